"""A trained checkpoint -> the two int8 ONNX graphs that ship in the package, and their float32 twins.

    python training/export_extractor.py --checkpoint last.pt --out FOLDER

`FOLDER/float` holds the graphs as trained, `FOLDER/int8` what ships: weights of matrix products and embeddings in
8 bits, one scale a column, activations quantised as they come (onnxruntime's dynamic quantisation).
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from network import HIDDEN, Extractor


class Reader(nn.Module):
    """Wordpieces -> the vectors of words, and the scores of cue tags."""

    def __init__(self, model: Extractor) -> None:
        super().__init__()
        self.encoder, self.tagger = model.encoder, model.tagger

    def forward(self, ids: Tensor, case: Tensor, quote: Tensor, mask: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor]:
        """As the encoder, with the place of each word's first piece: batch x words."""
        vectors = self.encoder(ids, case, quote, mask)
        words = vectors.gather(1, firsts[..., None].expand(-1, -1, HIDDEN))
        return words, self.tagger(words)


class Links(nn.Module):
    """Vectors of words, and cues -> the scores of link tags."""

    def __init__(self, model: Extractor) -> None:
        super().__init__()
        self.linker = model.linker

    def forward(
        self, words: Tensor, rows: Tensor, ends: Tensor, distance: Tensor, between: Tensor, mask: Tensor
    ) -> Tensor:
        """words: batch x words x 384; rows: each pair's passage; ends: its cue's first and last word (pairs x 2)."""
        own = self.linker.word(words)[rows]
        cue = torch.cat([words[rows, ends[:, 0]], words[rows, ends[:, 1]]], 1)
        return self.linker.linked(own, cue, distance, between, mask)


def graphs(model: Extractor, out: Path) -> None:
    """Write the float32 graphs."""
    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    ids = torch.randint(999, 2000, (2, 9))
    marks = torch.ones_like(ids)
    firsts = torch.tensor([[1, 2, 4, 5], [1, 3, 4, 6]])
    torch.onnx.export(
        Reader(model), (ids, marks, marks, marks, firsts), str(out / "reader.onnx"), dynamo=False, opset_version=17,
        input_names=["ids", "case", "quote", "mask", "firsts"], output_names=["words", "cues"],
        dynamic_axes={**{name: {0: "passages", 1: "pieces"} for name in ("ids", "case", "quote", "mask")},
                      **{name: {0: "passages", 1: "words"} for name in ("firsts", "words", "cues")}})
    words, rows = torch.randn(2, 4, HIDDEN), torch.tensor([0, 1, 1])
    ends, near = torch.tensor([[1, 2], [0, 0], [3, 3]]), torch.ones(3, 4, dtype=torch.long)
    torch.onnx.export(
        Links(model), (words, rows, ends, near, near, near.float()), str(out / "linker.onnx"), dynamo=False,
        opset_version=17, input_names=["words", "rows", "ends", "distance", "between", "mask"], output_names=["links"],
        dynamic_axes={"words": {0: "passages", 1: "words"}, "rows": {0: "pairs"}, "ends": {0: "pairs"},
                      **{name: {0: "pairs", 1: "words"} for name in ("distance", "between", "mask", "links")}})


def quantised(float32: Path, int8: Path, names: tuple[str, ...] = ("reader", "linker")) -> None:
    """Write the int8 graphs."""
    int8.mkdir(parents=True, exist_ok=True)
    for name in names:
        ready = int8 / f"{name}.ready.onnx"
        quant_pre_process(str(float32 / f"{name}.onnx"), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(str(ready), str(int8 / f"{name}.onnx"), weight_type=QuantType.QInt8, per_channel=True,
                         op_types_to_quantize=["MatMul", "Gather"])
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
