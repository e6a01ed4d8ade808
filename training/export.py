"""Checkpoint to packaged weights: ``python -m training.export training/runs/final.pt``.

Writes encoder.onnx (int8 weights), tokenizer.json and weights.json with their digests.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

from training.model import Encoder
from training.train import minilm_folder

LIMIT, OVERLAP = 256, 48
DECODE = {"source": 1.0, "cue": 1.0, "content": 0.0, "link": 0.3, "sourceless": 1.0, "keep": 0.0}
DECODE |= {f"weight_{k}": 1.0 for k in ("bias", "cue", "content", "link", "source", "named")}
"""Settings of the decoder until `training.calibrate` has fitted them."""
INPUTS = ["ids", "shapes", "first"]
OUTPUTS = ["labels", "start", "roles", "arc", "cue", "source"]


class Packaged(nn.Module):
    """The encoder with what the package needs worked out inside the graph."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder.exported(LIMIT)

    def forward(self, ids: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        labels, roles, arc, cue, source = self.encoder(ids, shapes, None, first)
        *parts, start = labels.split(list(self.encoder.sizes.values()), dim=-1)
        best = torch.stack([p.argmax(dim=-1) for p in parts], dim=-1)
        three = torch.log_softmax(roles.unflatten(-1, (3, 3)), dim=-1).flatten(-2)
        return best, start[..., 1] - start[..., 0], three, arc, cue, source


def load(path: Path) -> tuple[Encoder, dict[str, Any]]:
    """The trained encoder and what was saved beside it."""
    kept = torch.load(path, map_location="cpu", weights_only=True)
    model = Encoder(kept["sizes"], 0.0, kept["heads"], kept["inner"])
    model.load_state_dict(kept["state"])
    return model.eval(), kept


def to_onnx(model: Encoder, path: Path) -> None:
    """The network in fp32."""
    ids = torch.randint(1000, 2000, (1, 40))
    shapes = torch.zeros((1, 40), dtype=torch.long)
    first = torch.arange(1, 31)[None]
    axes = {"ids": {1: "pieces"}, "shapes": {1: "pieces"}, "first": {1: "words"}}
    axes |= {"labels": {1: "words"}, "start": {1: "words"}, "roles": {1: "words"}}
    axes |= {name: {1: "words", 2: "words"} for name in ("arc", "cue", "source")}
    torch.onnx.export(
        Packaged(model), (ids, shapes, first), str(path), input_names=INPUTS, output_names=OUTPUTS,
        dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


def to_int8(source: Path, target: Path, **options: bool) -> None:
    """Weights of matrix products in int8 a column, the embedding table in int8.

    Seven bits of range, so that processors without VNNI instructions do not saturate; it costs nothing
    measurable.
    """
    with tempfile.TemporaryDirectory() as folder:
        clean = Path(folder) / "clean.onnx"
        quant_pre_process(str(source), str(clean), skip_symbolic_shape=True)
        settings = {"weight_type": QuantType.QInt8, "per_channel": True, "reduce_range": True} | options
        quantize_dynamic(
            str(clean), str(target), op_types_to_quantize=["MatMul", "Gemm", "Gather"], **settings
        )


def manifest(folder: Path, kept: dict[str, Any], decode: dict[str, float]) -> None:
    """Write weights.json for the files in the folder."""
    digests = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in ("encoder.onnx", "tokenizer.json")
    }
    content = {
        "format": 1, "version": kept.get("version", "0"), "files": digests, "labels": kept["labels"],
        "limit": LIMIT, "overlap": OVERLAP, "decode": decode, "training": kept["facts"],
    }  # fmt: skip
    (folder / "weights.json").write_text(json.dumps(content, indent=1, sort_keys=True) + "\n")


def main() -> None:
    """Export, quantise and pin."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--to", type=Path, default=Path("src/standoff/read/weights"))
    parser.add_argument("--version", default="0.1.0")
    parser.add_argument("--fp32", action="store_true", help="keep full precision (for comparison)")
    options = parser.parse_args()
    options.to.mkdir(parents=True, exist_ok=True)
    model, kept = load(options.checkpoint)
    kept["version"] = options.version
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        to_onnx(model, full)
        onnx.checker.check_model(str(full))
        if options.fp32:
            shutil.copy(full, options.to / "encoder.onnx")
        else:
            to_int8(full, options.to / "encoder.onnx")
    shutil.copy(minilm_folder() / "tokenizer.json", options.to / "tokenizer.json")
    manifest(options.to, kept, DECODE)


if __name__ == "__main__":
    main()
