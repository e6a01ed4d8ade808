"""The errors of a corpus as a text to read: how many of each kind first, then one by one.

A listing repeats words of the corpus, so it is never written inside this checkout.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from standoff.errors import InputError
from standoff.measure.layers.base import Document, Fault, Yardstick
from standoff.model import Reading

CHECKOUT = Path(__file__).resolve().parents[3]
WORDS = 160
"""Code points of a span, of gold's answer and of the found one that are shown."""


class Listing:
    """Gathers the errors of one corpus, document by document; ``unread`` says why no words are shown."""

    def __init__(self, corpus: str, yardstick: Yardstick, unread: str | None = None) -> None:
        self._corpus, self._yardstick, self._unread = corpus, yardstick, unread
        self._kinds: dict[str, list[str]] = defaultdict(list)
        self._documents = self._clean = 0

    def see(self, document: Document, reading: Reading) -> None:
        """Note the errors of one document."""
        faults = sorted(self._yardstick.faults(document, reading), key=lambda each: each.start or 0)
        for fault in faults:
            self._kinds[f"{fault.kind}: {fault.type}"].append(_line(document, fault, words=not self._unread))
        self._documents += 1
        self._clean += not faults

    def lines(self) -> Iterator[str]:
        """The listing, the most frequent kinds first."""
        total = sum(map(len, self._kinds.values()))
        yield (
            f"{self._corpus} ({self._yardstick.layer}): {total} errors in {self._documents} documents, "
            f"{self._clean} without any"
        )
        yield from (self._unread, "") if self._unread else ("",)
        sides: Counter[str] = Counter()
        for kind, lines in self._kinds.items():
            sides[kind.split(":")[0]] += len(lines)
        yield "  ".join(f"{side} {count}" for side, count in sides.most_common())
        ordered = sorted(self._kinds.items(), key=lambda item: (-len(item[1]), item[0]))
        yield from (f"{len(lines):6}  {kind}" for kind, lines in ordered)
        for kind, lines in ordered:
            yield from ("", f"== {kind} ({len(lines)})", *lines)
        yield ""


def _line(document: Document, fault: Fault, *, words: bool) -> str:
    where = document.id
    if fault.start is not None and fault.end is not None:
        where += f" [{fault.start}, {fault.end})"
        where += f" {_short(document.text[fault.start : fault.end])!r}" if words else ""
    if not words:
        return where
    told = [
        f"gold {_short(fault.gold)}" * bool(fault.gold),
        f"found {_short(fault.found)}" * bool(fault.found),
    ]
    return f"{where}: {' | '.join(filter(None, told))}"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= WORDS else f"{line[: WORDS - 1]}…"


def write_listings(listings: list[Listing], path: Path) -> None:
    """Write listings. Raises `InputError` for a file inside this checkout."""
    refuse_inside(path)
    path.write_text("\n".join(line for each in listings for line in each.lines()) + "\n", encoding="utf-8")


def refuse_inside(path: Path) -> None:
    """Raise `InputError` for a file inside this checkout."""
    if (CHECKOUT / "pyproject.toml").is_file() and path.resolve().is_relative_to(CHECKOUT):
        raise InputError(
            "an error listing repeats the words of its corpus",
            where=str(path),
            todo="write it to a file outside the checkout",
        )
