"""Records kept as rows of a TOML file that a program writes and people read."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from standoff.errors import InputError

T = TypeVar("T")


def read_rows(path: Path, form: type[T], what: str) -> T:
    """The file as a record of lists; empty when it is not there. Raises `InputError` naming ``what``."""
    if not path.is_file():
        return form()
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), form)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(f"this is no file of {what}: {error}", where=str(path)) from error


def write_rows(path: Path, header: str, tables: Mapping[str, Iterable[msgspec.Struct]]) -> None:
    """Write every table's rows, in the order given, below a header."""
    blocks = [header]
    for name, rows in tables.items():
        blocks += [f"[[{name}]]\n{''.join(_fields(row))}" for row in rows]
    path.write_text("\n".join(blocks), encoding="utf-8")


def _fields(row: msgspec.Struct) -> Iterable[str]:
    fields: dict[str, Any] = msgspec.to_builtins(row)
    # a JSON string, number, boolean or list of these is a TOML one as well
    return [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items()]
