"""The networks that are trained: MiniLM with marks of case and quotation, what finds claims, and what judges a pair.

The encoder is BERT (Devlin et al. 2019) in MiniLM's size (Wang et al. 2020).  The cue tagger is a linear-chain CRF
(Lafferty et al. 2001) over words.  The linker reads all words again for one cue: what stands where is told by the
distance to that cue, and a second CRF parts source, content and the rest, so that contents may overlap from cue to cue.

The judge of two sentences is a cross-encoder: it reads both at once, each piece marked with the sentence that it is of.
"""
from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from whence.neural import distances
from whence.neural.judge import OUTPUTS
from whence.neural.pieces import CASES, QUOTES
from whence.neural.spans import CUE_TAGS, LINK_TAGS, allowed

HIDDEN, HEADS, LAYERS, INNER = 384, 12, 6, 1536
LINK, LINK_HEADS, LINK_LAYERS = 192, 4, 2
NEVER = -1e4


class Dropout(nn.Module):
    """Dropout whose masks are slices of one long random mask: drawing anew costs an eighth of a step on a processor."""

    POOL = 1 << 24

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        self.pool: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        """x of any shape."""
        if not self.training or not self.rate:
            return x
        if self.pool is None or self.pool.dtype != x.dtype or len(self.pool) <= x.numel():
            self.pool = ((torch.rand(max(self.POOL, 2 * x.numel())) >= self.rate) / (1 - self.rate)).to(x.dtype)
        at = int(torch.randint(len(self.pool) - x.numel(), ()))
        return x * self.pool[at:at + x.numel()].view(x.shape)


class Layer(nn.Module):
    """A transformer layer with the norm after each part, as in BERT."""

    def __init__(self, size: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.norm1, self.norm2 = nn.LayerNorm(size, eps=1e-12), nn.LayerNorm(size, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: batch x length x size; mask: batch x 1 x 1 x length, 0 where there is a token and -inf elsewhere."""
        batch, length, size = x.shape
        q, k, v = self.qkv(x).reshape(batch, length, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(2, 3) * (size // self.heads) ** -.5 + mask.to(q.dtype)
        mixed = self.dropout(scores.softmax(3)).to(v.dtype) @ v
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, size))))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Fused(Layer):
    """The same layer with torch's fused attention, which drops no weights of attention: half the time for a pair."""

    def __init__(self, size: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__(size, heads, inner, dropout)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """As `Layer`."""
        batch, length, size = x.shape
        q, k, v = self.qkv(x).reshape(batch, length, 3, self.heads, size // self.heads).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        x = self.norm1(x + self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, size))))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Wordpieces with their marks -> a vector each."""

    def __init__(self, dropout: float = .1, layer: type[Layer] = Layer) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(30522, HIDDEN), nn.Embedding(512, HIDDEN)
        self.case, self.quote = nn.Embedding(CASES, HIDDEN), nn.Embedding(QUOTES, HIDDEN)
        self.norm, self.dropout = nn.LayerNorm(HIDDEN, eps=1e-12), Dropout(dropout)
        self.layers = nn.ModuleList(layer(HIDDEN, HEADS, INNER, dropout) for _ in range(LAYERS))
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.quote.weight)

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor, mask: Tensor) -> Tensor:
        """ids, case, quote: batch x length, with the marks of start and end; mask: 1 where there is a token."""
        x = self.words(ids) + self.places.weight[:ids.shape[1]]
        x = self.dropout(self.norm(x) + self.case(case) + self.quote(quote))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * NEVER
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_minilm(self, path: Path) -> None:
        """Take the weights of all-MiniLM-L6-v2 (model.safetensors)."""
        kept = load_file(path)
        take = {"words.weight": "embeddings.word_embeddings.weight", "norm.weight": "embeddings.LayerNorm.weight",
                "norm.bias": "embeddings.LayerNorm.bias"}
        state = {ours: kept[theirs] for ours, theirs in take.items()}
        state["places.weight"] = (kept["embeddings.position_embeddings.weight"]
                                  + kept["embeddings.token_type_embeddings.weight"][0])
        for n in range(LAYERS):
            their, our = f"encoder.layer.{n}.", f"layers.{n}."
            for part in ("weight", "bias"):
                state[f"{our}qkv.{part}"] = torch.cat(
                    [kept[f"{their}attention.self.{name}.{part}"] for name in ("query", "key", "value")])
                for ours, theirs in (("out", "attention.output.dense"), ("norm1", "attention.output.LayerNorm"),
                                     ("up", "intermediate.dense"), ("down", "output.dense"),
                                     ("norm2", "output.LayerNorm")):
                    state[f"{our}{ours}.{part}"] = kept[f"{their}{theirs}.{part}"]
        missing, unexpected = self.load_state_dict(state, strict=False)
        if unexpected or set(missing) != {"case.weight", "quote.weight"}:
            raise ValueError(f"not the weights of all-MiniLM-L6-v2: {missing=} {unexpected=}")


class Tagger(nn.Module):
    """Vectors of words -> scores of the cue tags (words x 5)."""

    def __init__(self) -> None:
        super().__init__()
        self.score = nn.Linear(HIDDEN, len(CUE_TAGS))

    def forward(self, words: Tensor) -> Tensor:
        """words: ... x 384."""
        return self.score(words)


class Linker(nn.Module):
    """Vectors of a passage's words and one cue -> scores of the link tags for that cue (words x 9)."""

    def __init__(self, dropout: float = .1) -> None:
        super().__init__()
        self.word, self.cue = nn.Linear(HIDDEN, LINK), nn.Linear(2 * HIDDEN, LINK)
        self.distance, self.between = nn.Embedding(distances.KINDS, LINK), nn.Embedding(distances.BETWEEN, LINK)
        self.norm, self.dropout = nn.LayerNorm(LINK), Dropout(dropout)
        self.layers = nn.ModuleList(Layer(LINK, LINK_HEADS, 2 * LINK, dropout) for _ in range(LINK_LAYERS))
        self.score = nn.Linear(LINK, len(LINK_TAGS))

    def forward(self, words: Tensor, cue: Tensor, distance: Tensor, between: Tensor, mask: Tensor) -> Tensor:
        """words: pairs x words x 384; cue: its first and last word (pairs x 768); the others: pairs x words."""
        return self.linked(self.word(words), cue, distance, between, mask)

    def linked(self, own: Tensor, cue: Tensor, distance: Tensor, between: Tensor, mask: Tensor) -> Tensor:
        """The same for words that are made smaller already, once for all cues: pairs x words x 192."""
        x = own + self.cue(cue)[:, None] + self.distance(distance) + self.between(between)
        x = self.dropout(self.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * NEVER
        for layer in self.layers:
            x = layer(x, bias)
        return self.score(x)


class Chain(nn.Module):
    """A linear-chain CRF: tags may follow each other only as `allowed` says."""

    def __init__(self, tags: tuple[str, ...]) -> None:
        super().__init__()
        free, begins, ends = (torch.from_numpy(part) for part in allowed(tags))
        self.moves = nn.Parameter(torch.zeros(len(tags), len(tags)))
        self.register_buffer("barred", (~free).float() * NEVER)
        self.register_buffer("barred_first", (~begins).float() * NEVER)
        self.register_buffer("barred_last", (~ends).float() * NEVER)

    def loss(self, scores: Tensor, tags: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood of each row; scores: rows x words x tags; tags and mask: rows x words."""
        scores, moves = scores.float(), self.moves + self.barred
        real = mask.float()
        gold = (scores.gather(2, tags[..., None])[..., 0] * real).sum(1)
        gold = gold + (moves[tags[:, :-1], tags[:, 1:]] * real[:, 1:]).sum(1)
        alpha = scores[:, 0] + self.barred_first
        for step in range(1, scores.shape[1]):
            following = torch.logsumexp(alpha[:, :, None] + moves[None], 1) + scores[:, step]
            alpha = torch.where(mask[:, step, None], following, alpha)
        return torch.logsumexp(alpha + self.barred_last, 1) - gold


class Extractor(nn.Module):
    """Encoder, tagger, linker and their chains."""

    def __init__(self, dropout: float = .1) -> None:
        super().__init__()
        self.encoder, self.tagger, self.linker = Encoder(dropout), Tagger(), Linker(dropout)
        self.cue_chain, self.link_chain = Chain(CUE_TAGS), Chain(LINK_TAGS)


class Judge(nn.Module):
    """Two sentences -> scores of same, partial, other and contrary, and one that ranks answers to a query.

    The encoder's pieces are averaged, as the sentence encoder that MiniLM was trained to be averages them.
    """

    def __init__(self, dropout: float = .1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout, Fused)
        self.encoder.dropout = nn.Dropout(dropout)
        self.side = nn.Embedding(2, HIDDEN)
        nn.init.zeros_(self.side.weight)
        self.dense, self.score = nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, OUTPUTS)

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor, side: Tensor, mask: Tensor) -> Tensor:
        """Each batch x length; side: 0 for pieces of the first sentence, 1 for the second's; mask: 1 for a piece."""
        encoder = self.encoder
        x = encoder.words(ids) + encoder.places.weight[:ids.shape[1]]
        x = encoder.dropout(encoder.norm(x) + encoder.case(case) + encoder.quote(quote) + self.side(side))
        real = mask.to(x.dtype)
        bias = (1.0 - real[:, None, None, :]) * NEVER
        for layer in encoder.layers:
            x = layer(x, bias)
        mean = (x * real[..., None]).sum(1) / real[..., None].sum(1)
        return self.score(encoder.dropout(torch.tanh(self.dense(mean))))
