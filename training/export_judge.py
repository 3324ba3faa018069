"""A checkpoint of the judge -> the int8 ONNX graph that ships (`judge.onnx`), and its float32 twin.

    python training/export_judge.py --checkpoint spoken1.pt bare0.pt --out FOLDER

A checkpoint is the state of a `network.Judge`, as train_judge.py writes it; of several, the mean of their weights is
taken (Wortsman et al. 2022).  `FOLDER/float` holds the graph as trained, `FOLDER/int8` what ships.  The graph reads one
pair, so that nothing is padded and nothing masked.
"""
from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn

from export_extractor import applied, linear, quantised, written
from network import Judge

INPUTS = ("ids", "case", "quote", "side")
CLOSE = 1e-4


class Reader(nn.Module):
    """The wordpieces of one pair -> its scores."""

    def __init__(self, model: Judge) -> None:
        super().__init__()
        self.encoder, self.side, self.dense, self.score = model.encoder, model.side, model.dense, model.score

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor, side: Tensor) -> Tensor:
        """As `Judge`, each a vector of the pair's pieces."""
        encoder = self.encoder
        x = encoder.norm(encoder.words(ids) + encoder.places.weight[:ids.shape[0]])
        x = (x + encoder.case(case) + encoder.quote(quote) + self.side(side))[None]
        for layer in encoder.layers:
            x = applied(layer, x)
        return linear(torch.tanh(linear(x.mean(1), self.dense)), self.score).squeeze(0)


def example(pieces: int) -> dict[str, Tensor]:
    """Some pair."""
    return {"ids": torch.randint(999, 2000, (pieces,)), "case": torch.randint(0, 3, (pieces,)),
            "quote": torch.randint(0, 2, (pieces,)), "side": (torch.arange(pieces) > pieces // 2).long()}


@torch.no_grad()
def graph(model: Judge, out: Path) -> None:
    """Write the float32 graph."""
    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    written(Reader(model), out / "judge.onnx", example(9), ["scores"], {name: {0: "pieces"} for name in INPUTS})


@torch.no_grad()
def apart(model: Judge, path: Path) -> float:
    """How far a graph's scores lie from the network's, at most, over pairs of some lengths."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    model.eval()        # the export leaves it in the mode of training
    found = 0.0
    for pieces in (5, 9, 64, 183):
        pair = example(pieces)
        ours = model(*(part[None] for part in pair.values()), torch.ones(1, pieces, dtype=torch.long))[0].numpy()
        theirs, = session.run(["scores"], {name: part.numpy() for name, part in pair.items()})
        found = max(found, float(np.abs(ours - theirs).max()))
    return found


def main() -> None:
    """Export, and compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--checkpoint", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    model = Judge()
    states = [torch.load(path, weights_only=True) for path in args.checkpoint]
    model.load_state_dict({name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]})
    graph(model, args.out / "float")
    quantised(args.out / "float", args.out / "int8", ("judge",), bits7=True)
    far, rounded = (apart(model, args.out / kind / "judge.onnx") for kind in ("float", "int8"))
    print(f"float32 lies {far:.1e} from the network, int8 {rounded:.2f}")
    if far > CLOSE:
        raise SystemExit("the float32 graph does not do what the network does")


if __name__ == "__main__":
    main()
