"""Exact bytes of an entry: RFC 8785 JSON in which a number is an integer or a decimal string.

A float is written as the shortest decimal string that gives the same double back, an integer
beyond 2**53 as a string of digits; typed decoding restores both. In free-form values (a review's
``value``), where no type says what a string was, they are written ``{"$decimal": "33.5"}``.

A string may hold a lone surrogate, which no UTF-8 can: U+FDD0 (a noncharacter) followed by four hex
digits stands for it, and for U+FDD0 itself. All other strings are written as they are.
"""

from __future__ import annotations

import json
import math
import re
from typing import Any, TypeVar

import msgspec
import rfc8785

from standoff.errors import RecordError

FORMAT = 1
SAFE = 2**53 - 1
DECIMAL = "$decimal"
MARK = "\ufdd0"
_MARK_BYTES = MARK.encode()
_NEEDS_ESCAPE = re.compile("[\ufdd0\ud800-\udfff]")
_ESCAPED = re.compile("\ufdd0([0-9a-f]{4})")
_T = TypeVar("_T")

Json = Any
"""JSON-like data: dicts with string keys, lists, strings, numbers, booleans, None."""


def escape(text: str) -> str:
    """The string as it can stand in UTF-8; nearly always the string itself."""
    if not _NEEDS_ESCAPE.search(text):
        return text
    return _NEEDS_ESCAPE.sub(lambda found: f"{MARK}{ord(found[0]):04x}", text)


def unescape(text: str) -> str:
    """Inverse of `escape`."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if MARK in text else text


def canonical(kind: str, at: str, body: Json) -> bytes:
    """Canonical bytes of one entry. ``body`` is made of structs, lists, dicts and scalars."""
    try:
        plain = _plain(msgspec.to_builtins(body))
    except TypeError as err:
        raise RecordError(f"a value cannot be written to the record: {err}") from err
    return canonical_json({"format": FORMAT, "kind": kind, "at": at, "body": plain})


def canonical_json(value: Json) -> bytes:
    """RFC 8785 bytes of JSON-like data that holds no float and no integer beyond 2**53."""
    try:
        # The same bytes as rfc8785's, five times faster, as long as keys sort alike in UTF-8 and UTF-16.
        text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return text.encode() if text.isascii() or _bmp_keys(value) else bytes(rfc8785.dumps(value))
    except (UnicodeEncodeError, TypeError, ValueError) as err:
        raise RecordError(f"a value cannot be written to the record: {err}") from err


def free(value: Json) -> Json:
    """Free-form JSON with numbers that need it written as ``{"$decimal": ...}``."""
    if isinstance(value, dict):
        return {_lift(key): free(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [free(item) for item in value]
    if isinstance(value, float) or (isinstance(value, int) and abs(value) > SAFE):
        return {DECIMAL: _number(value)}
    return value


def restore(value: Json) -> Json:
    """Inverse of `free`."""
    if isinstance(value, dict):
        if len(value) == 1 and DECIMAL in value:
            digits = value[DECIMAL]
            return int(digits) if digits.lstrip("-").isdigit() else float(digits)
        return {key[1:] if key.startswith("$") else key: restore(item) for key, item in value.items()}
    return [restore(item) for item in value] if isinstance(value, list) else value


def parse(data: bytes) -> dict[str, Any]:
    """An entry as plain data, strings restored, decimal strings left as strings."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as err:
        raise RecordError(f"an entry is not JSON: {err}") from err
    if not isinstance(value, dict):
        raise RecordError("an entry is not a JSON object")
    return _walk(value) if _MARK_BYTES in data else value


def as_stored(data: bytes) -> Json:
    """An entry as plain data with strings as they are written, to check its form."""
    return json.loads(data)


def typed(data: bytes, decoder: msgspec.json.Decoder[_T]) -> _T:
    """An entry as the struct that ``decoder`` was made for (it must be made with ``strict=False``)."""
    if _MARK_BYTES in data:
        return msgspec.convert(parse(data), decoder.type, strict=False)
    return decoder.decode(data)


def _number(value: int | float) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        raise RecordError(f"{value} is not a number that can be kept in the record")
    return repr(value)


def _plain(value: Json) -> Json:
    """Floats and large integers as decimal strings, strings made safe for UTF-8."""
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        return value if value.isascii() else escape(value)
    if isinstance(value, int):
        return value if -SAFE <= value <= SAFE else str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise TypeError("a key is not a string")
        return {escape(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} is not JSON")


def _walk(value: Json) -> Json:
    if isinstance(value, str):
        return unescape(value)
    if isinstance(value, dict):
        return {unescape(key): _walk(item) for key, item in value.items()}
    return [_walk(item) for item in value] if isinstance(value, list) else value


def _bmp_keys(value: Json) -> bool:
    if isinstance(value, dict):
        return all(key.isascii() and _bmp_keys(item) for key, item in value.items())
    return all(_bmp_keys(item) for item in value) if isinstance(value, list) else True


def _lift(key: Json) -> Json:
    return f"${key}" if isinstance(key, str) and key.startswith("$") else key
