"""Passages: the words of a report that the brief rests on, each with what rests on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from standoff.model import Span, Spans
from standoff.model.spans import hull, merge, quote
from standoff.show.brief.shape import Citing, PassageItem
from standoff.show.brief.shape_words import Words


class Passages:
    """Collects passages while a payload is made. Equal spans of a report are one passage.

    With ``collect`` off it only makes words: what is asked for in any order, by many at once, must not tell
    what was asked for before.
    """

    def __init__(self, numbers: Mapping[str, int], texts: Mapping[str, str], *, collect: bool = True) -> None:
        self._numbers, self._texts, self._collect = numbers, texts, collect
        self._cited: dict[str, dict[Span, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))

    def words(self, report: str, spans: Spans, label: str, anchor: str) -> Words:
        """Words of one or several spans; ``anchor`` is what rests on them, ``label`` says so to a person."""
        number = self._numbers.get(report, 0)
        pieces = merge(spans, self._texts.get(report, ""))
        for piece in pieces if self._collect else ():
            self._cited[report][piece].setdefault(anchor, label)
        start, end = pieces[0]
        return Words(
            report=report,
            report_number=number,
            span=hull(pieces),
            pieces=pieces,
            text=quote(self._texts.get(report, ""), pieces),
            passage=f"r{number}-{start}-{end}",
        )

    def of(self, report: str) -> tuple[PassageItem, ...]:
        """Passages of a report in text order, longer ones first."""
        found = self._cited.get(report, {})
        return tuple(
            PassageItem(
                id=f"r{self._numbers[report]}-{start}-{end}",
                start=start,
                end=end,
                cited_by=tuple(Citing(label=label, anchor=anchor) for anchor, label in cited.items()),
            )
            for (start, end), cited in sorted(found.items(), key=lambda each: (each[0][0], -each[0][1]))
        )
