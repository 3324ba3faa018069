"""A trained checkpoint -> the two int8 ONNX graphs that ship in the package, and their float32 twins.

    python training/export_extractor.py --checkpoint last.pt --out FOLDER

`FOLDER/float` holds the graphs as trained, `FOLDER/int8` what ships: weights of matrix products and the reader's
embeddings in 8 bits, one scale a column, activations quantised as they come (onnxruntime's dynamic quantisation).  Both
graphs read one passage, so that nothing is padded and nothing masked.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from torch.nn import functional

from network import HIDDEN, Extractor, Layer


class Attention(torch.autograd.Function):
    """Attention as the one operation that onnxruntime has for it; torch writes it as a dozen."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor, heads: int) -> Tensor:
        """q, k, v: batch x length x size."""
        q, k, v = (part.unflatten(2, (heads, -1)).transpose(1, 2) for part in (q, k, v))
        return functional.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any, heads: int) -> Any:
        """The operation in the graph."""
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=heads).setType(q.type())


def applied(layer: Layer, x: Tensor) -> Tensor:
    """What `Layer.forward` does to texts without padding."""
    q, k, v = layer.qkv(x).split(layer.out.in_features, 2)
    x = layer.norm1(x + layer.out(Attention.apply(q, k, v, layer.heads)))
    return layer.norm2(x + layer.down(functional.gelu(layer.up(x))))


def linear(x: Tensor, by: nn.Linear) -> Tensor:
    """As `by(x)`; written out, it is quantised also where x is no batch."""
    return x @ by.weight.T + by.bias


class Reader(nn.Module):
    """The wordpieces of one passage -> the vectors of its words, and the scores of their cue tags."""

    def __init__(self, model: Extractor) -> None:
        super().__init__()
        self.encoder, self.tagger = model.encoder, model.tagger

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor]:
        """As the encoder, with the place of each word's first piece."""
        encoder = self.encoder
        x = encoder.norm(encoder.words(ids) + encoder.places.weight[:ids.shape[0]])
        x = (x + encoder.case(case) + encoder.quote(quote))[None]
        for layer in encoder.layers:
            x = applied(layer, x)
        words = x[0][firsts]
        return words, linear(words, self.tagger.score)


class Links(nn.Module):
    """The vectors of a passage's words, and its cues -> the scores of the link tags for each cue."""

    def __init__(self, model: Extractor) -> None:
        super().__init__()
        self.linker = model.linker
        places = model.linker.distance.weight[:, None] + model.linker.between.weight
        self.register_buffer("places", places.detach().flatten(0, 1))

    def forward(self, words: Tensor, ends: Tensor, places: Tensor) -> Tensor:
        """words: words x 384; ends: each cue's first and last word (cues x 2); places: cues x words, the kind of
        distance times `BETWEEN`, plus the kind of what lies between."""
        linker = self.linker
        cue = linear(words[ends].flatten(1), linker.cue)
        x = linker.norm(linear(words, linker.word) + cue[:, None] + self.places[places])
        for layer in linker.layers:
            x = applied(layer, x)
        return linker.score(x)


def written(model: nn.Module, path: Path, inputs: dict[str, Tensor], outputs: list[str], axes: dict[str, Any]) -> None:
    """Write one float32 graph."""
    torch.onnx.export(
        model, tuple(inputs.values()), str(path), dynamo=False, opset_version=17, input_names=list(inputs),
        output_names=outputs, dynamic_axes=axes, custom_opsets={"com.microsoft": 1})


@torch.no_grad()
def graphs(model: Extractor, out: Path) -> None:
    """Write the float32 graphs."""
    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    ids, marks, firsts = torch.randint(999, 2000, (9,)), torch.ones(9, dtype=torch.long), torch.tensor([1, 2, 4, 5])
    written(Reader(model), out / "reader.onnx", {"ids": ids, "case": marks, "quote": marks, "firsts": firsts},
            ["words", "cues"], {**{name: {0: "pieces"} for name in ("ids", "case", "quote")},
                                **{name: {0: "words"} for name in ("firsts", "words", "cues")}})
    ends, places = torch.tensor([[1, 2], [0, 0], [3, 3]]), torch.ones(3, 4, dtype=torch.long)
    written(Links(model), out / "linker.onnx", {"words": torch.randn(4, HIDDEN), "ends": ends, "places": places},
            ["links"], {"words": {0: "words"}, "ends": {0: "cues"},
                        **{name: {0: "cues", 1: "words"} for name in ("places", "links")}})


def quantised(float32: Path, int8: Path, names: tuple[str, ...] = ("reader", "linker"), *, bits7: bool = False) -> None:
    """Write the int8 graphs; with `bits7` the weights in 7 bits, so that no processor's sums overflow (those without
    VNNI add in 16 bits, and what is past the end is cut off there) and all give the same.
    """
    int8.mkdir(parents=True, exist_ok=True)
    for name in names:
        kinds = ["MatMul"] if name == "linker" else ["MatMul", "Gather"]
        ready = int8 / f"{name}.ready.onnx"
        quant_pre_process(str(float32 / f"{name}.onnx"), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(int8 / f"{name}.onnx"), weight_type=QuantType.QInt8, per_channel=True,
                         reduce_range=bits7, op_types_to_quantize=kinds)
        ready.unlink()
        onnx.checker.check_model(str(int8 / f"{name}.onnx"))


def main() -> None:
    """Export, with the chains' moves beside the graphs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    model = Extractor()
    model.load_state_dict(torch.load(args.checkpoint, weights_only=True)["model"])
    graphs(model, args.out / "float")
    quantised(args.out / "float", args.out / "int8")
    moves = {"cues": model.cue_chain.moves.tolist(), "links": model.link_chain.moves.tolist()}
    for kind in ("float", "int8"):
        (args.out / kind / "moves.json").write_text(json.dumps(moves), encoding="utf8")


if __name__ == "__main__":
    main()
