"""What a thing rests on: a chain from any id down to report, span and exact words, with reviews on it."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from standoff.errors import UsageError
from standoff.model import (
    Account,
    Claim,
    Dispute,
    Finding,
    Incident,
    LedgerGroup,
    LedgerStep,
    Party,
    Question,
    Report,
    Review,
    Side,
    Span,
    Statement,
    View,
)
from standoff.model.spans import hull, quote
from standoff.show.index import Index, Thing, place_of
from standoff.show.words import UNKNOWN, clean, counted, date, figure, figure_of, listed, short, source

CONTEXT = 90
"""Characters of context shown on each side of the quoted words."""
MANY = 25
"""How many members of one kind are shown; the rest are counted."""


class Node(NamedTuple):
    """One step of a chain: a line, exact words in their context, and what it rests on."""

    line: str
    words: tuple[str, str, str] | None = None
    below: tuple[Node, ...] = ()


def why(view: View, thing_id: str) -> list[Node]:
    """The chains of an id, one for each thing it names. Raises `UsageError` with the nearest ids."""
    index = Index(view)
    found = index.things.get(thing_id) or _by_start(index, thing_id)
    if not found:
        known = sorted(index.things)
        kind = thing_id.partition("-")[0] + "-"
        near = difflib.get_close_matches(thing_id, known, n=3, cutoff=0.5)
        near = near or [each for each in known if each.startswith(kind)][:3]
        hint = f"did you mean {', '.join(near)}?" if near else "take an id from a table of `standoff show`"
        raise UsageError(f"nothing in this record has the id {thing_id!r}", todo=hint)
    ledgers = [thing for thing in found if thing.kind == "ledger group"]
    return [_Chain(index).of(thing) for thing in ledgers or found]


def _by_start(index: Index, start: str) -> list[Thing]:
    """The things of the one id that starts so, if there is just one and enough of it is given."""
    ids = [each for each in index.things if each.startswith(start)] if len(start) >= 5 else []
    return index.things[ids[0]] if len(ids) == 1 else []


class _Chain:
    """Builds nodes kind by kind; every kind knows what it rests on."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def of(self, thing: Thing) -> Node:
        """The node of a thing, with the reviews on it last."""
        make: Callable[[Any, str], Node] = getattr(self, "_" + thing.kind.replace(" ", "_"))
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
        return f"{_report_line(found)}{f', characters {offsets}' if offsets else ''}" if found else report

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
        return Node(f"report {_report_line(it)}", None, tuple(below))

    def _party(self, it: Party, _report: str) -> Node:
        below = [Node(f"joined because: {clean(it.reason)}")] if it.reason else []
        below += [Node(f"perhaps the same as {p.other}: {clean(p.reason)}") for p in it.possibly_same]
        below += self._members(it.statements)
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
        below = tuple(Node(f"report {_report_line(self.index.reports[r])}") for r in it.reports
                      if r in self.index.reports)  # fmt: skip
        return Node(f"origin {it.id}: {clean(it.name)} ({clean(it.evidence)})", None, below)

    # --- derived

    def _account(self, it: Account, report: str) -> Node:
        said = f", said {date(it.said)}" if it.said else ""
        teller = it.source or source(None, self.index.report(report))
        line = clean(f"{teller}: {it.answer or figure_of(it)}{said} ({it.id})")
        note = it.quantity or it.claim
        thing = next((t for t in self.index.things.get(note or "", ()) if t.report == report), None)
        if thing is None:
            return Node(line, self.words(report, (it.span,)), (Node(f"in {self.where(report, (it.span,))}"),))
        return Node(line, None, (self.of(thing),))

    def _question(self, it: Question, _report: str) -> Node:
        links = tuple(
            Node(f"{link.from_} {link.relation} {link.to}: {clean(link.reason)}") for link in it.links
        )
        return Node(
            f"question {it.id}: {clean(it.question)}", None, (*self._members(_ids(it.accounts)), *links)
        )

    def _dispute(self, it: Dispute, _report: str) -> Node:
        sides = tuple(self._side(side, "") for side in it.sides)
        reasons = Node(f"called a dispute because: {clean(it.why)} (rule {it.rule})")
        return Node(f"dispute {it.id} ({it.status}): {clean(it.question)}", None, (reasons, *sides))

    def _side(self, it: Side, _report: str) -> Node:
        known = "; known only through its opponent" if it.only_through_opponent else ""
        origins = counted(it.origins, "independent origin")
        line = f"{clean(it.answer)} — {listed(it.parties, 'nobody in this record')} ({origins}{known})"
        return Node(line, None, self._members(it.accounts))

    def _ledger_group(self, it: LedgerGroup, _report: str) -> Node:
        return Node(f"group {it.id}: {clean(it.name)}", None, tuple(self._step(step) for step in it.steps))

    def _step(self, it: LedgerStep) -> Node:
        """A bound and the claims it rests on; the same claims for both bounds stand once."""
        same = it.rests_on.low == it.rests_on.high
        parts = [("rests on", it.rests_on.low)] if same else [
            ("lower bound rests on", it.rests_on.low), ("upper bound rests on", it.rests_on.high),
        ]  # fmt: skip
        below = [Node(title, None, self._members(ids)) for title, ids in parts if ids]
        if it.assumptions:
            plain = figure(it.without_assumptions.low, it.without_assumptions.high)
            below.append(Node(f"assumes: {listed(it.assumptions)}; without that: {plain}"))
        return Node(f"{date(it.at)}, {it.kind}: {clean(it.text)}", None, tuple(below))

    def _timeline_item(self, it: Any, report: str) -> Node:  # noqa: ANN401
        """The item's words, then every other telling of the event."""
        node = self._words_of(f"timeline {it.id}: {date(it.when)}, {it.modality}, {it.polarity}", it, report)
        others = tuple(self._members(each.annotation for each in it.told)) if len(it.told) > 1 else ()
        return node._replace(below=(*node.below, *others))

    def _finding(self, it: Finding, _report: str) -> Node:
        return Node(f"finding {it.id} ({it.status}): {clean(it.text)}", None, self._members(it.proof))

    def _harm(self, it: Any, _report: str) -> Node:  # noqa: ANN401
        """One node a figure of the incident, then those said to be responsible."""
        figures = tuple(
            Node(
                clean(
                    f"{each['group'] or 'people'} {each['harm']}, {figure(each['low'], each['high'])} "
                    f"({each['rule']})"
                ),
                None,
                self._members(each["accounts"]),
            )
            for each in it["figures"]
        )
        blamed = tuple(
            self._quoted(f"{each['party'] or UNKNOWN}: {each['stance']} by {each['by'] or UNKNOWN}", each)
            for each in it["said_to_be_responsible"]
        )
        where = f"{date(it['when'])}, {it['place'] or UNKNOWN}"
        line = f"harm {it['id']}: {it['what'] or 'no incident known'}, {where}"
        return Node(clean(line), None, (*figures, *blamed))

    def _agreement(self, it: Any, _report: str) -> Node:  # noqa: ANN401
        """The claims of the agreement, then its terms and what is told of their keeping."""
        below = [*self._members(it["claims"])]
        for term in (*it["terms"], *it["breaches"]):
            told = tuple(
                self._quoted(f"{each['verdict']}, says {each['by'] or UNKNOWN}", each)
                for each in term["told"]
            )
            line = f"{term['kind']}, {term['keeping']}: {short(term['text'] or UNKNOWN, 120)}"
            below.append(Node(line, None, (*self._members([term["claim"]] if term["claim"] else []), *told)))
        below += [
            self._quoted(f"the whole: {each['verdict']}, says {each['by'] or UNKNOWN}", each)
            for each in (*it["standing_told"], *it["objections"])
        ]
        line = f"agreement {it['id']}: {listed(it['parties'], 'parties not known')}, {date(it['when'])}"
        return Node(line, None, tuple(below))

    def _clock(self, it: Any, _report: str) -> Node:  # noqa: ANN401
        """When it began, what it was said to be, and the durations told, each with its words."""
        began = [self._quoted(f"began {date(each.get('when'))}", each) for each in it["since_told"]]
        said = [
            self._quoted(f"{each['state']}, as of {date(each['as_of'])}", each) for each in it["accounts"]
        ]
        lasted = [
            self._quoted(f"{clean(each['words'])}: {each['verdict']}", each) for each in it["durations"]
        ]
        line = f"clock {it['id']}: {clean(it['subject'])}, since {date(it['since'])}"
        return Node(line, None, (*began, *said, *lasted))

    def _access(self, it: Any, _report: str) -> Node:  # noqa: ANN401
        line = f"access {it['id']}: {it['state']}, {date(it['when'])}"
        return Node(line, None, (*self._members([it["claim"]]), self._quoted("account", it)))

    def _quoted(self, line: str, row: Any) -> Node:  # noqa: ANN401
        """A line with the words of a row that has its report and span."""
        if not row.get("span"):
            return Node(clean(line))
        spans = (tuple(row["span"]),)
        where = Node(f"in {self.where(row['report'], spans)}")
        return Node(clean(line), self.words(row["report"], spans), (where,))

    def _review(self, it: Review, _report: str) -> Node:
        below = tuple(
            Node(f"on {anchor.layer} {short(anchor.quote or anchor.key or '', 120)}") for anchor in it.targets
        )
        orphans = [(orphan.entry, orphan.review) for orphan in self.index.view.orphans]
        entry = next((n for n, review in (*self.index.view.reviews, *orphans) if review is it), 0)
        return Node(_review_line(entry, it), None, below)

    def _members(self, ids: Iterable[str]) -> tuple[Node, ...]:
        """The chains of several ids; beyond `MANY` they are only counted."""
        wanted = list(dict.fromkeys(ids))
        nodes = [self.of(self.index.things[each][0]) for each in wanted[:MANY] if each in self.index.things]
        if len(wanted) > MANY:
            nodes.append(Node(f"and {len(wanted) - MANY} more: see `standoff show` with --format json"))
        return tuple(nodes)


def _ids(records: Iterable[Any]) -> list[str]:
    return [record.id for record in records]


def _report_line(report: Report) -> str:
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


def print_why(view: View, thing_id: str, console: Console | None = None) -> None:
    """Print what an id rests on, down to the words. Raises `UsageError` for an id there is not."""
    console = console or Console(highlight=False)
    for node in why(view, thing_id):
        tree = Tree(_label(node))
        _grow(tree, node)
        console.print(tree)


def _grow(tree: Tree, node: Node) -> None:
    for each in node.below:
        _grow(tree.add(_label(each)), each)


def _label(node: Node) -> Text:
    label = Text(clean(node.line))
    if node.words:
        before, words, after = node.words
        label.append("\n")
        label.append(clean(before) + (" " if before[-1:].isspace() else ""), style="dim")
        label.append(f"[{clean(words)}]", style="bold")
        label.append((" " if after[:1].isspace() else "") + clean(after), style="dim")
    return label
