"""The pinned weights: found, checked against their digests, and opened."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec

from standoff.errors import VocabError

FOLDER = Path(__file__).parent.parent / "weights"
MANIFEST = "weights.json"
FORMAT = 1


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """Contents of ``weights.json``: what the network is, file by file, and what its numbers mean."""

    format: int
    version: str
    files: dict[str, str]
    """SHA-256 of each file beside the manifest."""
    labels: dict[str, list[str]]
    """Names of the labels ``tag``, ``pos``, ``dep`` and ``ent`` in the network's order."""
    limit: int
    """Pieces of one window, the two end marks included."""
    overlap: int
    """Pieces that neighbouring windows share at most."""
    decode: dict[str, float]
    """Thresholds of the attribution decoder, chosen on development data."""
    training: dict[str, Any] = {}
    folder: Path = FOLDER


def load_weights(folder: Path = FOLDER) -> Weights:
    """Read the manifest and check every file. Raises `VocabError` when one is missing or another one."""
    raw = _read(folder / MANIFEST)
    try:
        found = msgspec.convert(json.loads(raw), Weights)
    except (ValueError, msgspec.ValidationError) as error:
        raise VocabError(f"the encoder's manifest is damaged: {error}", where=MANIFEST, todo=_TODO) from error
    if found.format != FORMAT:
        raise VocabError(f"the encoder's weights have format {found.format}, not {FORMAT}", todo=_TODO)
    for name, pinned in found.files.items():
        digest = hashlib.sha256(_read(folder / name)).hexdigest()
        if digest != pinned:
            raise VocabError("a file of the encoder is not the pinned one", where=name, todo=_TODO)
    return msgspec.structs.replace(found, folder=folder)


_TODO = "reinstall standoff"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise VocabError("a file of the encoder is missing", where=path.name, todo=_TODO) from error
