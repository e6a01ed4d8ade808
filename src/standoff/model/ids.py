"""Identifiers that depend on content alone: never on list order, reader version or a clock."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from standoff.model.spans import Span

ARTICLE = re.compile(r"^(the|a|an)\s+")
SIGNS = re.compile(r"[^\w]+")
PREFIX = {
    "statement": "st",
    "mention": "mn",
    "time": "tm",
    "place": "pl",
    "quantity": "qt",
    "claim": "cl",
}


def sha256_hex(data: bytes) -> str:
    """Lower-case hex SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()


def text_sha256(text: str) -> str:
    """SHA-256 of a text layer, over its UTF-8 bytes (lone surrogates kept by ``surrogatepass``)."""
    return sha256_hex(text.encode("utf-8", "surrogatepass"))


def annotation_id(layer: str, text_hash: str, spans: Iterable[Span], extra: str = "") -> str:
    """Id of an annotation from text hash, layer and spans; ``extra`` parts equal spans of one layer."""
    where = ",".join(f"{start}-{end}" for start, end in spans)
    digest = sha256_hex(f"{text_hash}|{layer}|{where}|{extra}".encode())[:12]
    return f"{PREFIX[layer]}-{digest}"


def derived_id(prefix: str, *parts: str) -> str:
    """Id of a derived thing from the sorted anchors or keys it is made of."""
    return f"{prefix}-{sha256_hex('|'.join(sorted(parts)).encode())[:10]}"


def _without_accents(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name)
    return "".join(c for c in folded if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=65536)
def slug(name: str) -> str:
    """Lower-case ASCII key of a name: accents folded, article dropped, other signs to ``-``."""
    plain = name.casefold() if name.isascii() else _without_accents(name)
    plain = ARTICLE.sub("", plain.strip())
    key = SIGNS.sub("-", plain).strip("-_")
    return key or sha256_hex(name.encode())[:8]
