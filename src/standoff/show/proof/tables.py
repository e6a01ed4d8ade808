"""Proofs of rows of tables: the timeline, the clock, access, harm, agreements."""

from __future__ import annotations

from typing import Any

from standoff.show.proof.chain import Chain, Node
from standoff.show.words import UNKNOWN, clean, date, figure, listed, short

Row = dict[str, Any]


class Tables(Chain):
    """Adds rows of tables to the chains of annotations and referents."""

    def _timeline_item(self, it: Any, report: str) -> Node:  # noqa: ANN401
        """The item's words, then every other telling of the event."""
        node = self._words_of(f"timeline {it.id}: {date(it.when)}, {it.modality}, {it.polarity}", it, report)
        others = self._members(each.annotation for each in it.told) if len(it.told) > 1 else ()
        return node._replace(below=(*node.below, *others))

    def _harm(self, it: Row, _report: str) -> Node:
        """Each figure of the incident, then those said to be responsible."""
        figures = tuple(self._figure(each) for each in it["figures"])
        blamed = tuple(self._blamed(each) for each in it["said_to_be_responsible"])
        where = f"{date(it['when'])}, {it['place'] or UNKNOWN}"
        line = f"harm {it['id']}: {it['what'] or 'no incident known'}, {where}"
        return Node(clean(line), None, (*figures, *blamed))

    def _figure(self, it: Row) -> Node:
        toll = f"{figure(it['low'], it['high'], it.get('best'))} ({it['rule']})"
        line = f"{it['group'] or 'people'} {it['harm']}, {toll}"
        return Node(clean(line), None, self._members((it.get("aggregate") or "", *it["accounts"])))

    def _blamed(self, it: Row) -> Node:
        told = f"said to be responsible: {it['party']}, {it['stance']} by {it['by'] or 'the report'}"
        return Node(clean(told), None, self._members((it["claim"],)))

    def _agreement(self, it: Row, _report: str) -> Node:
        """The claims of the agreement, its terms and what is told of their keeping, then of the whole."""
        terms = tuple(self._term(each) for each in (*it["terms"], *it["breaches"]))
        whole = tuple(self._kept(each) for each in (*it["standing_told"], *it["objections"]))
        line = f"agreement {it['id']}: {listed(it['parties'], 'parties not known')}, {date(it['when'])}"
        return Node(line, None, (*self._members(it["claims"]), *terms, *whole))

    def _term(self, it: Row) -> Node:
        line = f"{it['kind']}, {it['keeping']}: {short(it['text'] or UNKNOWN, 120)}"
        claim = self._members((it["claim"] or "",))
        return Node(line, None, (*claim, *(self._kept(each) for each in it["told"])))

    def _kept(self, it: Row) -> Node:
        return self._quoted(f"{it['verdict']}, says {it['by'] or UNKNOWN}", it)

    def _clock(self, it: Row, _report: str) -> Node:
        """When it began, what it was said to be, and the durations told, each with its words."""
        began = [self._quoted(f"began {date(each['when'])}", each) for each in it["since_told"]]
        said = [self._quoted(f"{each['state']} as of {date(each['as_of'])}", each) for each in it["accounts"]]
        lasted = [self._quoted(f"“{each['words']}”: {each['verdict']}", each) for each in it["durations"]]
        line = f"clock {it['id']}: {clean(it['subject'])}, since {date(it['since'])}"
        return Node(line, None, (*began, *said, *lasted))

    def _access(self, it: Row, report: str) -> Node:
        if "state" not in it:
            return self._row(it, report)  # a table of somebody else's making
        line = f"access {it['id']}: {listed(it['what'])} {it['state']}, {date(it['when'])}"
        return Node(clean(line), None, (self._quoted("account", it), *self._members((it["claim"],))))

    def _quoted(self, line: str, row: Row) -> Node:
        """A line with the words of a row that has its report and span."""
        if not row.get("span"):
            return Node(clean(line))
        spans = (tuple(row["span"]),)
        return Node(
            clean(line), self.words(row["report"], spans), (Node(f"in {self.where(row['report'], spans)}"),)
        )
