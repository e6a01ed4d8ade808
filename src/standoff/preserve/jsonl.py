"""JSON Lines: one report a line; only ``text`` is required."""

from __future__ import annotations

import msgspec

from standoff.errors import InputError
from standoff.model import ReadInput
from standoff.preserve.textlayer import Given

_DECODER = msgspec.json.Decoder(ReadInput)


def parse_line(line: bytes, where: str) -> tuple[str, Given]:
    """Text and what is given beside it. Raises `InputError` naming the line and what is wrong with it."""
    try:
        found = _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(
            f"the line is no report in JSON ({str(error)[:120]})",
            where=where,
            todo='write an object with at least "text"',
        ) from error
    if not found.text.strip():
        raise InputError("the report's text is empty", where=where, todo='fill "text"')
    given = Given(
        id=str(found.id) if found.id is not None else None,
        published=found.published,
        publisher=found.publisher,
        title=found.title,
        author=found.author,
        url=found.url,
    )
    return found.text, given
