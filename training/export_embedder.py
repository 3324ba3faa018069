"""A checkpoint of the embedder (or MiniLM as it is) -> the int8 ONNX graph that ships, and its float32 twin.

    python training/export_embedder.py (--checkpoint epoch3.pt | --minilm model.safetensors) --out FOLDER
"""
from __future__ import annotations

import argparse
from pathlib import Path

import torch

from export_extractor import quantised
from train_embedder import Embedder


def graph(model: Embedder, out: Path) -> None:
    """Write the float32 graph."""
    out.mkdir(parents=True, exist_ok=True)
    model.eval()
    ids = torch.randint(999, 2000, (2, 9))
    torch.onnx.export(model, (ids, torch.ones_like(ids)), str(out / "embedder.onnx"), dynamo=False, opset_version=17,
                      input_names=["ids", "mask"], output_names=["vectors"],
                      dynamic_axes={"ids": {0: "texts", 1: "pieces"}, "mask": {0: "texts", 1: "pieces"},
                                    "vectors": {0: "texts"}})


def main() -> None:
    """Export."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--minilm", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    if (args.checkpoint is None) == (args.minilm is None):
        parser.error("name either --checkpoint or --minilm")
    model = Embedder()
    if args.minilm:
        model.encoder.load_minilm(args.minilm)
    else:
        model.load_state_dict(torch.load(args.checkpoint, weights_only=True)["model"])
    graph(model, args.out / "float")
    quantised(args.out / "float", args.out / "int8", ("embedder",))


if __name__ == "__main__":
    main()
