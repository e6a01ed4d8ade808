"""JSON Schemas of what goes in and what comes out, made from the records themselves."""

from __future__ import annotations

import json
import types
from typing import Any

import msgspec

from standoff.errors import UsageError
from standoff.model import ReadInput, ReadOutput
from standoff.show.rows import MAKERS, WHATS

NAMES = ("read-input", "read-output", *WHATS, "brief")
DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema called ``name``. Raises `UsageError` that lists the names."""
    if name not in NAMES:
        raise UsageError(f"there is no schema {name!r}", todo=f"one of {', '.join(NAMES)}")
    if name == "read-input":
        made = msgspec.json.schema(ReadInput)
    else:
        made = complete(msgspec.json.schema(_type(name)))
    return {"$schema": DRAFT, "title": f"standoff {name}", **made}


def _type(name: str) -> Any:  # noqa: ANN401
    if name == "read-output":
        return ReadOutput
    if name == "brief":
        from standoff.show.brief.shape import Brief

        return Brief
    kind = MAKERS[name][0]
    return kind if name == "ledger" else types.GenericAlias(list, (kind,))


def complete(node: Any) -> Any:  # noqa: ANN401
    """Every key of every object is always there; defaults are of no use to who reads output."""
    if isinstance(node, list):
        return [complete(each) for each in node]
    if not isinstance(node, dict):
        return node
    done = {key: complete(value) for key, value in node.items() if key != "default"}
    if isinstance(done.get("properties"), dict):
        done["required"] = list(done["properties"])
    return done


def schema_text(name: str) -> str:
    """The JSON Schema called ``name``, indented. Raises `UsageError` that lists the names."""
    return json.dumps(schema(name), ensure_ascii=False, indent=2)
