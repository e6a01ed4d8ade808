"""Chains of annotations and of referents: from a thing down to report, offsets and exact words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import msgspec

from standoff.model import Claim, Incident, Party, Report, Review, Span, Statement
from standoff.model.review import Anchor
from standoff.model.spans import hull, quote
from standoff.show.index import Index, place_of
from standoff.show.things import Thing
from standoff.show.words import UNKNOWN, clean, counted, date, figure_of, listed, short, source

CONTEXT = 90
"""Characters of context shown on each side of the quoted words."""
MANY = 25
"""How many members of one kind are shown; the rest are counted, unless all are asked for."""
OPENING = 160
"""Characters of a report's opening words, which stand for it."""


class Node(NamedTuple):
    """One step of a chain: a line, exact words in their context, and what it rests on."""

    line: str
    words: tuple[str, str, str] | None = None
    below: tuple[Node, ...] = ()


class Chain:
    """Builds nodes kind by kind; every kind knows what it rests on.

    ``every`` shows all members of a thing, however many; else the first `MANY` of each kind.
    """

    def __init__(self, index: Index, *, every: bool = False) -> None:
        self.index, self.every = index, every

    def of(self, thing: Thing) -> Node:
        """The node of a thing, with the reviews on it last."""
        make: Callable[[Any, str], Node] = getattr(self, "_" + thing.kind.replace(" ", "_"), self._row)
        node = make(thing.record, thing.report or "")
        return node._replace(below=(*node.below, *self._reviewed(thing)))

    def _reviewed(self, thing: Thing) -> Iterable[Node]:
        record = thing.record
        thing_id = record["id"] if isinstance(record, dict) else getattr(record, "id", "")
        if status := self.index.view.status.get(thing_id):
            yield Node(f"review: {status}")
        for entry, review in self.index.reviews_of(thing_id, record):
            yield Node(_review_line(entry, review))

    def words(self, report: str, spans: Iterable[Span]) -> tuple[str, str, str] | None:
        """Exact words with the words around them."""
        pieces, found = tuple(spans), self.index.report(report)
        if not pieces or found is None:
            return None
        start, end = hull(pieces)
        before, after = found.text[max(0, start - CONTEXT) : start], found.text[end : end + CONTEXT]
        lead = "…" if start > CONTEXT else ""
        tail = "…" if end + CONTEXT < len(found.text) else ""
        return lead + before, quote(found.text, pieces), after + tail

    def where(self, report: str, spans: Iterable[Span]) -> str:
        """Report, its publisher and date, and offsets."""
        found, pieces = self.index.report(report), tuple(spans)
        offsets = ", ".join(f"{start}-{end}" for start, end in pieces)
        return f"{report_line(found)}{f', characters {offsets}' if offsets else ''}" if found else report

    # --- annotations

    def _statement(self, it: Statement, report: str) -> Node:
        spans = tuple(sorted((*it.source, *it.cue, *it.content))) if it.voice == "source" else it.content[:1]
        below = [Node(f"in {self.where(report, spans)}")]
        parent = self.index.statement(report, it.parent)
        if parent is not None:
            below.append(self._statement(parent, report))
        return Node(f"statement {it.id}: {said_how(it, self.index.report(report))}",
                    self.words(report, spans), tuple(below))  # fmt: skip

    def _mention(self, it: Any, report: str) -> Node:  # noqa: ANN401
        party = f"{it.party or it.text} ({it.type})"
        return self._words_of(f"mention {it.id}: {it.form} of {party}", it, report)

    def _time(self, it: Any, report: str) -> Node:  # noqa: ANN401
        anchor = f", counted from {date(it.anchor)}" if it.anchor else ""
        return self._words_of(f"time {it.id}: {date(it.edtf) if it.edtf else it.value}{anchor}", it, report)

    def _place_name(self, it: Any, report: str) -> Node:  # noqa: ANN401
        point = f"{it.lat:.3f}, {it.lon:.3f}" if it.lat is not None and it.lon is not None else UNKNOWN
        others = f"; {len(it.candidates)} candidates" if len(it.candidates) > 1 else ""
        return self._words_of(f"place name {it.id}: {it.canonical or it.name} at {point}{others}", it, report)

    def _quantity(self, it: Any, report: str) -> Node:  # noqa: ANN401
        counts = " ".join(filter(None, [it.group or it.what or it.unit or it.kind, it.role]))
        rule = f" (rule {it.rule})"
        when = f", as of {date(it.as_of)}" if it.as_of else ""
        return self._words_of(f"quantity {it.id}: {figure_of(it)} {counts}{when}{rule}", it, report)

    def _claim(self, it: Claim, report: str) -> Node:
        return self._words_of(f"claim {it.id}: {claim_line(it)}", it, report)

    def _words_of(self, line: str, it: Any, report: str) -> Node:  # noqa: ANN401
        """Words, where they stand, and the statement they are part of."""
        spans = place_of(it)
        below = [Node(f"in {self.where(report, spans)}")]
        statement = self.index.statement(report, getattr(it, "statement", None))
        if statement is not None and statement.voice == "source":
            below.insert(0, self._statement(statement, report)._replace(below=(), words=None))
        elif statement is not None:
            below.insert(0, Node(f"said in {source(statement, self.index.report(report))}"))
        return Node(line, self.words(report, spans), tuple(below))

    # --- referents

    def _report(self, it: Report, _report: str) -> Node:
        got = it.acquired
        below = [
            Node(f"published {date(it.published.value)} ({it.published.origin or 'none given or found'})"),
            Node(f"acquired {got.at} from {clean(got.where)}, {counted(it.size, 'byte')}"),
            Node(f"SHA-256 of its bytes {it.sha256}"),
            Node(f"text layer by {it.extractor.name} {it.extractor.version}, SHA-256 {it.text_sha256}"),
        ]
        if it.error:
            below.append(Node(f"not read: {clean(it.error)}"))
        origin = self.index.view.referents.origin_of.get(it.id)
        below += [self._origin(t.record, "") for t in self.index.things.get(origin or "", ())]
        opening = self._opening(it)
        place = (Node(f"in {self.where(it.id, opening)}"),)
        opened = Node("its opening words", self.words(it.id, opening), place)
        below.append(opened if opening else Node("it holds no text"))
        return Node(f"report {report_line(it)}", None, tuple(below))

    def _opening(self, it: Report) -> tuple[Span, ...]:
        """The first words of a report's text, up to the end of their line."""
        start = len(it.text) - len(it.text.lstrip())
        end = it.text.find("\n", start)
        end = min(len(it.text) if end < 0 else end, start + OPENING)
        return ((start, end),) if start < end else ()

    def _party(self, it: Party, _report: str) -> Node:
        below = [Node(f"joined because: {clean(it.reason)}")] if it.reason else []
        below += [Node(f"perhaps the same as {p.other}: {clean(p.reason)}") for p in it.possibly_same]
        below += self._members(it.statements or self.index.of_referent(it.id))
        names = f"; also called {listed(it.aliases)}" if it.aliases else ""
        stands = f", speaks for {it.represents}" if it.represents else ""
        return Node(f"party {it.id}: {clean(it.name)} ({it.type}){stands}{names}", None, tuple(below))

    def _place(self, it: Any, _report: str) -> Node:  # noqa: ANN401
        radius = f" within {it.radius_km:g} km" if it.radius_km is not None else ""
        point = f"{it.lat:.3f}, {it.lon:.3f}{radius}" if it.lat is not None else UNKNOWN
        return Node(f"place {it.id}: {it.name} at {point}", None, self._members(it.mentions))

    def _group(self, it: Any, _report: str) -> Node:  # noqa: ANN401
        return Node(f"group {it.id}: {it.name} ({it.unit})", None, self._members(it.members))

    def _incident(self, it: Incident, _report: str) -> Node:
        below = [Node(f"joined because: {clean(it.reason)}")] if it.reason else []
        below += [Node(f"perhaps the same as {p.other}: {clean(p.reason)}") for p in it.possibly_same]
        line = f"incident {it.id}: {clean(it.name)}, {date(it.when)}"
        return Node(line, None, (*below, *self._members((*it.claims, *it.quantities))))

    def _victim(self, it: Any, report: str) -> Node:  # noqa: ANN401
        name = it.name or it.description or UNKNOWN
        return self._words_of(f"victim {it.id}: {name}, {it.harm or 'harm not stated'}", it, report)

    def _origin(self, it: Any, _report: str) -> Node:  # noqa: ANN401
        kept = [self.index.reports[each] for each in it.reports if each in self.index.reports]
        below = tuple(
            Node(f"report {report_line(each)}", self.words(each.id, self._opening(each))) for each in kept
        )
        return Node(f"origin {it.id}: {clean(it.name)} ({clean(it.evidence)})", None, below)

    def _review(self, it: Review, _report: str) -> Node:
        below = tuple(self._anchor(anchor) for anchor in it.targets)
        orphans = [(orphan.entry, orphan.review) for orphan in self.index.view.orphans]
        entry = next((n for n, review in (*self.index.view.reviews, *orphans) if review is it), 0)
        return Node(_review_line(entry, it), None, below)

    def _anchor(self, it: Anchor) -> Node:
        """What a review is on: the words it names, in every report of that text."""
        found = [each for each in self.index.reports.values() if each.text_sha256 == it.text_sha256]
        chains = self._members(key for key in (it.key or "").split("|") if key)
        for report in found[:1]:
            if it.spans:
                place = Node(f"in {self.where(report.id, it.spans)}")
                return Node(f"on {it.layer}", self.words(report.id, it.spans), (place, *chains))
        return Node(f"on {it.layer} {short(it.quote or it.key or '', 120)}", None, chains)

    def _row(self, it: Any, report: str) -> Node:  # noqa: ANN401
        """Whatever has an id and no kind of its own: its words, and what it names that has words."""
        kept: dict[str, Any] = it if isinstance(it, dict) else msgspec.structs.asdict(it)
        told = next((kept[key] for key in ("question", "text", "name", "answer") if kept.get(key)), "")
        line = f"{kept.get('id')}: {short(str(told), 200)}"
        spans = place_of(it) or ((tuple(kept["span"]),) if kept.get("span") else ())
        place = (Node(f"in {self.where(report, spans)}"),) if spans else ()
        named = [each for each in ids_in(kept) if each != kept.get("id") and each in self.index.things]
        worded = [each for each in named if self.index.things[each][0].kind in WORDED]
        return Node(clean(line), self.words(report, spans), (*place, *self._members(worded or named)))

    def _members(self, ids: Iterable[str]) -> tuple[Node, ...]:
        """The chains of several ids; beyond `MANY` they are only counted."""
        wanted = [each for each in dict.fromkeys(ids) if each in self.index.things]
        shown = wanted if self.every else wanted[:MANY]
        nodes = [self.of(self.index.things[each][0]) for each in shown]
        if len(wanted) > len(shown):
            nodes.append(Node(f"and {len(wanted) - len(shown)} more: `standoff why --all` shows them"))
        return tuple(nodes)


WORDED = frozenset({"account", "claim", "quantity", "statement", "mention", "victim"})
"""Kinds of thing that stand on words of a report themselves."""


def ids_in(value: Any) -> Iterable[str]:  # noqa: ANN401
    """Every string within nested plain values, for there is no telling an id by its looks."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, msgspec.Struct):
        yield from ids_in(msgspec.structs.asdict(value))
    elif isinstance(value, dict):
        for each in value.values():
            yield from ids_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from ids_in(each)


def report_line(report: Report) -> str:
    """A report by its id, title, publisher and date."""
    title = f" “{short(report.title.value, 70)}”" if report.title.value else ""
    by = f", {clean(report.publisher.value)}" if report.publisher.value else ""
    when = f", {date(report.published.value)}" if report.published.value else ", no date"
    return f"{clean(report.id)}{title}{by}{when}"


def _review_line(entry: int, review: Review) -> str:
    reason = f": {clean(review.why)}" if review.why else ""
    what = f"undo of entry {review.undoes}" if review.undoes is not None else review.action
    return f"review, entry {entry}: {what} by {clean(review.by)} on {review.at[:10]}{reason}"


def said_how(it: Statement, report: Report | None) -> str:
    """Who says it, for whom, how, through whom, when."""
    bits = [source(it, report)]
    if it.represents and it.represents != it.party:
        bits.append(f"for {it.represents}")
    if it.stance:
        bits.append(" and ".join(it.stance))
    if it.channel:
        bits.append(f"by {it.channel}")
    if it.via:
        bits.append("through " + ", then ".join(via.name for via in it.via))
    if it.said:
        bits.append(f"on {date(it.said)}")
    return clean(", ".join(bits))


def claim_line(it: Claim) -> str:
    """A claim in a line: who, what, whom; denied, planned and the like are said."""
    who = listed((a.name for a in it.actors), "somebody")
    whom = listed(a.name for a in (*it.recipients, *it.targets))
    how = "" if it.modality == "actual" else f"{it.modality}, "
    kind = " ".join(filter(None, [it.type, it.mode]))
    denied = "denied, " if it.polarity == "denied" else ""
    when = f", {date(it.when)}" if it.when else ""
    return f"{denied}{how}{kind}: {who}{f' → {whom}' if whom else ''}{when}"
