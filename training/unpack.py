"""Packaged weights back into a checkpoint: ``python -m training.unpack --to training/runs/final.pt``.

For going on from an encoder whose checkpoint was not kept: its int8 weights are turned back into numbers, so
what rounding took is gone.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from standoff.read.encoder.weights import FOLDER, load_weights
from training.model import HEAD, LAYERS, REACH, RELATIONS, Encoder
from training.train import save
from training.windows import LABELS

PREFIX = "encoder."


class Packed:
    """The constants of an exported network by name."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(path).graph
        self._held = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
        self._products = {
            node.name.removeprefix("/encoder/").removesuffix("/MatMul_quant").replace("/", "."): node.input[1]
            for node in graph.node
            if node.op_type == "MatMulInteger"
        }

    def state(self) -> dict[str, torch.Tensor]:
        """The encoder's parameters under their own names, all but the relations' distances."""
        plain = {
            name.removeprefix(PREFIX): value
            for name, value in self._held.items()
            if name.startswith(PREFIX) and value.dtype == np.float32 and value.ndim
        }
        tables = {f"{name}.weight": self._numbers(f"{PREFIX}{name}.weight") for name in ("words", "shapes")}
        products = {
            f"{name}.weight": self._numbers(table.removesuffix("_quantized")).T.copy()
            for name, table in self._products.items()
        }
        named = {n: v for n, v in plain.items() if not n.endswith("_scale")}
        return {name: torch.from_numpy(value.copy()) for name, value in (named | tables | products).items()}

    def _numbers(self, name: str) -> np.ndarray:
        zero = self._held[f"{name}_zero_point"].astype(np.float32)
        return (self._held[f"{name}_quantized"].astype(np.float32) - zero) * self._held[f"{name}_scale"]

    def distances(self) -> np.ndarray:
        """What distance adds to each relation, (2 * REACH + 1, relations).

        Up to version 0.1.0 a table held it; since then it is laid out from each word to each other.
        """
        far = next((v for v in self._held.values() if v.ndim == 3 and v.shape[0] == len(RELATIONS)), None)
        if far is not None:
            return np.concatenate([far[:, REACH:0:-1, 0], far[:, 0, : REACH + 1]], axis=1).T
        small = sorted(n for n in self._held if n.startswith("onnx::Gather") and n.endswith("_quantized"))
        return np.stack([self._numbers(name.removesuffix("_quantized")) for name in small], axis=1)


def unpacked(folder: Path) -> tuple[Encoder, dict[str, list[str]]]:
    """The encoder of packaged weights, and its labels."""
    weights = load_weights(folder)
    packed = Packed(folder / "encoder.onnx")
    state = packed.state()
    state["distance"] = torch.from_numpy(packed.distances().astype(np.float32))
    sizes = {kind: len(weights.labels[kind]) for kind in LABELS} | {"start": 2}
    heads = [state[f"layers.{k}.out.weight"].shape[1] // HEAD for k in range(LAYERS)]
    inner = [state[f"layers.{k}.up.weight"].shape[0] for k in range(LAYERS)]
    model = Encoder(sizes, 0.0, heads, inner)
    model.load_state_dict(state)
    return model.eval(), weights.labels


def main() -> None:
    """Unpack and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=FOLDER)
    parser.add_argument("--to", type=Path, default=Path("training/runs/final.pt"))
    options = parser.parse_args()
    options.to.parent.mkdir(parents=True, exist_ok=True)
    model, labels = unpacked(options.weights)
    save(model, labels, options.to, dict(load_weights(options.weights).training))


if __name__ == "__main__":
    main()
