"""Quotations: straight and curly marks, several paragraphs, marks left open at a paragraph's end."""

from __future__ import annotations

import re

import msgspec

from standoff.model import Span

MARK = re.compile(r"``|''|[\"“”„‟«»]")
OPENING = frozenset({"“", "„", "‟", "«", "``"})
CLOSING = frozenset({"”", "»"})
PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n|[ \t]{2,}|[\"“])[^\n]+)*")


class Quotation(msgspec.Struct, frozen=True):
    """One quotation with its marks; ``closed`` is False when no closing mark was found."""

    start: int
    end: int
    closed: bool = True


def paragraphs(text: str) -> list[Span]:
    """Paragraphs: lines, wrapped lines joined unless a blank or indented line parts them."""
    return [m.span() for m in PARAGRAPH.finditer(text) if m.group().strip()]


def quotations(text: str, parts: list[Span]) -> list[Quotation]:
    """All quotations in text order; one that runs over several paragraphs is one."""
    found: list[Quotation] = []
    carried = False
    for start, end in parts:
        inside = _in_paragraph(text, start, end)
        # A paragraph that begins with a mark goes on with the quotation the last one left open.
        if carried and inside and inside[0].start == _first(text, start):
            inside[0] = Quotation(found.pop().start, inside[0].end, inside[0].closed)
        found += inside
        carried = bool(inside) and not inside[-1].closed
    return found


def _first(text: str, start: int) -> int:
    while text[start].isspace():
        start += 1
    return start


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: int | None = None
    for mark in MARK.finditer(text, start, end):
        if opened is None:
            if _opens(text, mark, start):
                opened = mark.start()
        elif _closes(text, mark, end):
            found.append(Quotation(opened, mark.end()))
            opened = None
    if opened is not None and len(text[opened:end].split()) > 2:
        found.append(Quotation(opened, opened + len(text[opened:end].rstrip()), closed=False))
    return found


def _opens(text: str, mark: re.Match[str], start: int) -> bool:
    if mark.group() in OPENING:
        return True
    if mark.group() in CLOSING:
        return False
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end() : mark.end() + 1]
    return (before.isspace() or before in "([{—–-:/,…‘'") and bool(after) and not after.isspace()


def _closes(text: str, mark: re.Match[str], end: int) -> bool:
    if mark.group() in CLOSING:
        return True
    if mark.group() in OPENING:
        return False
    after = text[mark.end() : mark.end() + 1] if mark.end() < end else " "
    before = text[mark.start() - 1]
    # An inner straight mark stands after white space and before a word: it opens, it does not close.
    return not (before.isspace() and after.isalnum())
