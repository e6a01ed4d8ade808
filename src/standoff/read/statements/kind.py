"""Whether a content is quoted, told, or both."""

from __future__ import annotations

import re
from typing import Literal

MARKS = re.compile(r"[\"“”„«»]|``|''")
WORD = re.compile(r"\w+")
# A quotation of several paragraphs opens each with a mark of its own.
REOPENED = re.compile(r"(?<![\"”»’'\s])(\n\s*)[\"“„«](?=\S)")
SINGLE = re.compile(
    r"(?<![\w’'])[‘'](?=[^\W\d_])(.+?)(?:(?<=[,.?!…])[’'](?!\w)|(?<=\w)[’'](?=[\s,.;:?!]|$))", re.DOTALL
)


def kind_of(pieces: list[str], *, repeated: tuple[bool, ...] = ()) -> Literal["direct", "indirect", "mixed"]:
    """Direct when all words stand between quotation marks (or repeat some that do), mixed when some do."""
    inside = outside = 0
    for number, piece in enumerate(pieces):
        if repeated and repeated[number]:
            continue
        quoted = _quoted(piece)
        inside += quoted
        outside += len(WORD.findall(piece)) - quoted
    if not inside:
        return "indirect"
    return "direct" if outside <= 1 else "mixed"


def _quoted(piece: str) -> int:
    """Number of words between marks; an open mark runs to the end, a closing one alone from the start."""
    piece = REOPENED.sub(r"\1", piece)
    marks = list(MARKS.finditer(piece))
    single = [m for m in SINGLE.finditer(piece) if not marks or m.start() < marks[0].start()]
    if single:
        return sum(len(WORD.findall(m.group(1))) for m in single)
    if not marks:
        return 0
    if len(marks) == 1:
        lone = marks[0]
        closing = lone.group() in {"”", "»"} or (lone.group() == '"' and lone.start() > len(piece) / 2)
        return len(WORD.findall(piece[: lone.start()] if closing else piece[lone.end() :]))
    total, position = 0, 0
    while position + 1 < len(marks):
        total += len(WORD.findall(piece[marks[position].end() : marks[position + 1].start()]))
        position += 2
    if position < len(marks):
        total += len(WORD.findall(piece[marks[position].end() :]))
    return total
