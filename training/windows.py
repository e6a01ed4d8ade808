"""Training windows: sentences packed up to a number of pieces, with augmentation, as padded tensors."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import torch

from standoff.read.encoder.pieces import CLS, GAPS, LOWER, MIXED, NO_SHAPE, SEP, TITLE, UPPER, Pieces

LABELS = ("tag", "pos", "dep", "ent")
IGNORE = -100
INNER_MARKS = {",", "'", '"', "“", "”", "‘", "’", "``", "''", ";", ":", "--", "—", "–", "-", "(", ")"}


def label_sets(docs: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Sorted labels of each kind as seen in the training texts."""
    return {kind: sorted({label for d in docs for label in d[kind]}) for kind in LABELS}


def encode(docs: list[dict[str, Any]], labels: dict[str, list[str]], pieces: Pieces) -> list[dict[str, Any]]:
    """Number words and labels of every text, once."""
    number = {kind: {label: n for n, label in enumerate(names)} for kind, names in labels.items()}
    found = []
    for d in docs:
        known = pieces(d["words"])
        entry = {
            "ids": [k[0] for k in known],
            "shape": np.array([k[1] for k in known], dtype=np.int64),
            "gap": np.array(d["gap"], dtype=np.int64),
            "head": np.array(d["head"], dtype=np.int64),
            "start": np.array(d["start"], dtype=np.int64),
            "drop": np.array([w in INNER_MARKS for w in d["words"]], dtype=bool),
            "lengths": np.array([len(k[0]) for k in known], dtype=np.int64),
        }
        for kind in LABELS:
            entry[kind] = np.array([number[kind].get(x, IGNORE) for x in d[kind]], dtype=np.int64)
        if "cue_of" in d:
            entry["roles"] = np.array([d["source"], d["cue"], d["content"]], dtype=np.int64)
            entry["cue_of"] = np.array(d["cue_of"], dtype=np.int64)
            entry["source_of"] = np.array(d["source_of"], dtype=np.int64)
        found.append(entry)
    return found


def cut(entry: dict[str, Any], limit: int, rng: random.Random) -> list[tuple[int, int]]:
    """Word ranges of one text: whole sentences up to ``limit`` pieces, the first range shorter."""
    lengths, starts = entry["lengths"], entry["start"]
    size, begin, ranges = len(lengths), 0, []
    room = rng.randint(limit // 4, limit) - 2
    while begin < size:
        end, used, edge = begin, 0, begin
        while end < size and used + lengths[end] <= room:
            if starts[end] and end > begin:
                edge = end
            used += int(lengths[end])
            end += 1
        if end < size and edge > begin and rng.random() < 0.9:
            end = edge
        ranges.append((begin, end))
        begin, room = end, limit - 2
    return [r for r in ranges if r[1] > r[0]]


def window(entry: dict[str, Any], begin: int, end: int, rng: random.Random, upper: float) -> dict[str, Any]:
    """One training example; heads and links that leave the window are not trained on."""
    one = {k: entry[k][begin:end].copy() for k in ("shape", "gap", "start", *LABELS)}
    one["ids"] = entry["ids"][begin:end]
    one["head"] = _within(entry["head"][begin:end] - begin, end - begin)
    if "roles" in entry:
        one["roles"] = entry["roles"][:, begin:end].copy()
        first = one["roles"][:, 0]
        first[first == 2] = 1
        for link in ("cue_of", "source_of"):
            one[link] = _within(entry[link][begin:end] - begin, end - begin)
    if rng.random() < 0.06:
        one = without(one, entry["drop"][begin:end])
    cased = np.isin(one["shape"], (LOWER, TITLE, MIXED))
    draw = rng.random()
    if draw < upper:
        one["shape"][cased] = UPPER
    elif draw < upper + 0.03:
        one["shape"][cased | (one["shape"] == UPPER)] = LOWER
    if rng.random() < 0.1:
        one["gap"][one["gap"] == 2] = 1
    return one


def without(one: dict[str, Any], dropped: np.ndarray) -> dict[str, Any]:
    """The example with inner punctuation left out, as damaged texts have it."""
    size = len(dropped)
    keep = np.flatnonzero(~dropped)
    if not len(keep):
        return one
    place = np.full(size, IGNORE)
    place[keep] = np.arange(len(keep))
    head = one["head"]
    for k in keep:
        for _ in range(5):
            if head[k] >= 0 and dropped[head[k]] and head[head[k]] != head[k]:
                head[k] = head[head[k]]
    for k in np.flatnonzero(dropped):
        if k + 1 < size:
            one["start"][k + 1] |= one["start"][k]
            if "roles" in one:
                carry = (one["roles"][:, k] == 1) & (one["roles"][:, k + 1] == 2)
                one["roles"][carry, k + 1] = 1
    made = {k: one[k][keep] for k in ("shape", "gap", "start", *LABELS)}
    made["ids"] = [one["ids"][k] for k in keep]
    links = [k for k in ("head", "cue_of", "source_of") if k in one]
    for link in links:
        values = one[link][keep]
        made[link] = np.where(values >= 0, place[np.maximum(values, 0)], IGNORE)
    if "roles" in one:
        made["roles"] = one["roles"][:, keep]
    return made


def _within(values: np.ndarray, size: int) -> np.ndarray:
    return np.where((values >= 0) & (values < size), values, IGNORE)


def collate(batch: list[dict[str, Any]]) -> dict[str, torch.Tensor]:
    """Padded tensors of several examples."""
    length = max(2 + sum(len(p) for p in one["ids"]) for one in batch)
    length = (length + 15) // 16 * 16
    width = max(len(one["ids"]) for one in batch)
    size = len(batch)
    out = {
        "ids": np.zeros((size, length), dtype=np.int64),
        "shapes": np.full((size, length), NO_SHAPE, dtype=np.int64),
        "mask": np.zeros((size, length), dtype=np.int64),
        "first": np.zeros((size, width), dtype=np.int64),
        "roles": np.full((size, 3, width), IGNORE, dtype=np.int64),
    }
    for key in (*LABELS, "start", "head", "cue_of", "source_of"):
        out[key] = np.full((size, width), IGNORE, dtype=np.int64)
    for row, one in enumerate(batch):
        flat, shapes, first = [CLS], [NO_SHAPE], []
        for ids, shape, gap in zip(one["ids"], one["shape"], one["gap"], strict=True):
            first.append(len(flat))
            flat.extend(ids)
            shapes.extend([int(shape) * GAPS + int(gap)] * len(ids))
        flat.append(SEP)
        shapes.append(NO_SHAPE)
        out["ids"][row, : len(flat)] = flat
        out["shapes"][row, : len(flat)] = shapes
        out["mask"][row, : len(flat)] = 1
        out["first"][row, : len(first)] = first
        for key in (*LABELS, "start", "head", "cue_of", "source_of"):
            if key in one:
                out[key][row, : len(first)] = one[key]
        if "roles" in one:
            out["roles"][row, :, : len(first)] = one["roles"]
    return {k: torch.from_numpy(v) for k, v in out.items()}
