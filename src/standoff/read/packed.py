"""Our records inside a `Doc` as msgpack, so that a document with them can be saved, or sent to a process.

spaCy packs ``doc.user_data`` by srsly, which finds these two functions as entry points. Kept light: every
program that packs a document here loads them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from standoff.model import Claim, Mention, Place, Quantity, Statement, Time
from standoff.read.raw import RawAttribution

KEY = "__standoff__"
_TYPES: dict[str, type[msgspec.Struct]] = {
    each.__name__: each for each in (Claim, Mention, Place, Quantity, Statement, Time, RawAttribution)
}
_Chain = Callable[[Any], Any] | None


def encode(value: Any, chain: _Chain = None) -> Any:  # noqa: ANN401  (srsly's own shape)
    """A record as a plain dictionary; anything else goes on along the chain."""
    name = type(value).__name__
    if _TYPES.get(name) is type(value):
        return {KEY: name, "fields": msgspec.to_builtins(value)}
    return chain(value) if chain else value


def decode(value: Any, chain: _Chain = None) -> Any:  # noqa: ANN401  (srsly's own shape)
    """The record that `encode` packed; anything else goes on along the chain."""
    if isinstance(value, dict) and value.get(KEY) in _TYPES:
        return msgspec.convert(value["fields"], _TYPES[value[KEY]])
    return chain(value) if chain else value
