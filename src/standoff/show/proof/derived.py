"""Proofs of what was derived: questions, figures, disputes, the ledger, findings, grades."""

from __future__ import annotations

from standoff import vocab
from standoff.model import (
    Account,
    Aggregate,
    Conflict,
    Dispute,
    Equation,
    Finding,
    Grade,
    LedgerGroup,
    LedgerStep,
    Question,
    QuestionLink,
    Side,
)
from standoff.show.proof.chain import Node
from standoff.show.proof.tables import Tables
from standoff.show.words import aggregated, clean, counted, date, figure, figure_of, listed, source

HOLDS = {"yes": "it holds", "no": "it does not hold", "open": "whether it holds is open"}


def rule_of(key: str) -> str:
    """Name and version of a rule that things are derived by."""
    name: str = vocab.load("aggregation_rules")["proofs"][key]
    return name


class Proofs(Tables):
    """Adds what was derived to the chains of annotations, referents and rows of tables."""

    # --- questions

    def _account(self, it: Account, report: str) -> Node:
        said = f", said {date(it.said)}" if it.said else ""
        teller = it.source or source(None, self.index.report(report))
        goes_on = "; these words name nobody and go on from what it said right before" if it.carried else ""
        line = clean(f"{teller}: {it.answer or figure_of(it)}{said} ({it.id}){goes_on}")
        origin = self._shared_origin(report)
        note = it.quantity or it.claim or it.statement
        thing = next((t for t in self.index.things.get(note or "", ()) if t.report == report), None)
        if thing is None:
            place = Node(f"in {self.where(report, (it.span,))}")
            return Node(line, self.words(report, (it.span,)), (place, *origin))
        return Node(line, None, (self.of(thing), *origin))

    def _shared_origin(self, report: str) -> tuple[Node, ...]:
        """The origin of a report that others copy or are copied from."""
        origin = self.index.view.referents.origin_of.get(report)
        found = next((t.record for t in self.index.things.get(origin or "", ()) if t.kind == "origin"), None)
        if found is None or len(found.reports) < 2:
            return ()
        others = f"one origin with {listed(r for r in found.reports if r != report)}"
        return (Node(f"{others} (rule {rule_of('origin')}): {clean(found.evidence)}"),)

    def _question(self, it: Question, _report: str) -> Node:
        accounts = self._members(each.id for each in it.accounts)
        links = tuple(Node(f"{each.id}: {self._link_line(each)}") for each in it.links)
        figures = tuple(Node(f"{each.id}: {_figure_line(each)}") for each in it.aggregates)
        title = (Node("figures under named rules", None, figures),) if figures else ()
        linked = (Node(f"links (rule {_link_rule(it)})", None, links),) if links else ()
        return Node(f"question {it.id}: {clean(it.question)}", None, (*accounts, *linked, *title))

    def _link_line(self, it: QuestionLink) -> str:
        return f"{it.from_} {it.relation} {it.to}: {clean(it.reason)}"

    def _link(self, it: QuestionLink, _report: str) -> Node:
        question = self.index.question_of.get(it.id)
        rule = f" (rule {_link_rule(question)})" if question else ""
        asked = (Node(f"both answer {question.id}: {clean(question.question)}"),) if question else ()
        line = f"link {it.id}: {self._link_line(it)}{rule}"
        return Node(line, None, (*asked, *self._members((it.from_, it.to))))

    def _aggregate(self, it: Aggregate, _report: str) -> Node:
        question = self.index.question_of.get(it.id)
        asked = (Node(f"it answers {question.id}: {clean(question.question)}"),) if question else ()
        rule = Node(
            f"rule {it.rule}-{it.version}: {clean(it.means)}", None, (Node(f"source: {clean(it.source)}"),)
        )
        notes = tuple(Node(f"note: {clean(each)}") for each in it.notes)
        used = Node(f"used ({len(it.used)})", None, self._members(it.used))
        aside = [
            Node(f"{each.account}: {clean(each.why)}", None, self._members((each.account,)))
            for each in it.set_aside
        ]
        left = (Node(f"set aside ({len(aside)})", None, tuple(aside)),) if aside else ()
        return Node(f"figure {it.id}: {_figure_line(it)}", None, (*asked, rule, *notes, used, *left))

    def _dispute(self, it: Dispute, _report: str) -> Node:
        sides = tuple(self._side(side, "") for side in it.sides)
        reasons = Node(f"called a dispute because: {clean(it.why)} (rule {it.rule})")
        return Node(f"dispute {it.id} ({it.status}): {clean(it.question)}", None, (reasons, *sides))

    def _side(self, it: Side, _report: str) -> Node:
        known = "; known only through its opponent" if it.only_through_opponent else ""
        origins = f"{counted(it.origins, 'independent origin')}, rule {rule_of('independence')}"
        parties = listed(it.parties, "nobody in this record")
        line = f"side {it.id}: {clean(it.answer)} — {parties} ({origins}{known})"
        if it.accounts:
            return Node(line, None, self._members(it.accounts))
        dispute = self.index.dispute_of.get(it.id)
        told = [each for side in (dispute.sides if dispute else ()) for each in side.accounts]
        return Node(line, None, (Node("what it is known through", None, self._members(told)),))

    # --- the ledger

    def _ledger_group(self, it: LedgerGroup, _report: str) -> Node:
        return Node(
            f"group {it.id}: {clean(it.name)}", None, tuple(self._step(step, "") for step in it.steps)
        )

    def _step(self, it: LedgerStep, _report: str) -> Node:
        """A bound and the claims it rests on; the same claims for both bounds stand once."""
        same = it.rests_on.low == it.rests_on.high
        parts = [("rests on", it.rests_on.low)] if same else [
            ("lower bound rests on", it.rests_on.low), ("upper bound rests on", it.rests_on.high),
        ]  # fmt: skip
        below = [Node(title, None, self._members(ids)) for title, ids in parts if ids]
        if it.assumptions:
            plain = figure(it.without_assumptions.low, it.without_assumptions.high)
            below.append(Node(f"assumes: {listed(it.assumptions)}; without that: {plain}"))
        whose = f" by {clean(it.party)}" if it.party else ""
        line = f"step {it.id}: {date(it.at)}, {it.kind}{whose}: {clean(it.text)} (rule {rule_of('ledger')})"
        return Node(line, None, tuple(below))

    def _equation(self, it: Equation, _report: str) -> Node:
        line = f"sum {it.id}: {clean(it.text)}; {HOLDS[it.holds]} (rule {rule_of('ledger')})"
        return Node(line, None, self._members(it.terms))

    def _conflict(self, it: Conflict, _report: str) -> Node:
        line = f"conflict {it.id}: {clean(it.sentence)} (rule {rule_of('ledger')})"
        return Node(line, None, self._members(it.claims))

    # --- findings

    def _finding(self, it: Finding, _report: str) -> Node:
        by = f", rule {it.rule}" if it.rule else ""
        origins = counted(it.origins, "independent origin")
        counted_by = Node(f"{origins} among the accounts that stand (rule {rule_of('independence')})")
        line = f"finding {it.id} ({it.status}{by}): {clean(it.text)}"
        return Node(line, None, (counted_by, *self._members(it.proof)))

    def _grade(self, it: Grade, _report: str) -> Node:
        means = f": {it.means}" if it.means else ""
        scheme = Node(f"rule {it.scheme}-{it.version}{means}", None, (Node(f"source: {clean(it.source)}"),))
        line = f"grade {it.id}: {it.grade or 'none'}, since {clean(it.why)}"
        return Node(line, None, (scheme, *self._members(it.rests_on)))


def _figure_line(it: Aggregate) -> str:
    return f"{aggregated(it)} under {it.rule}-{it.version} ({it.of})"


def _link_rule(it: Question) -> str:
    return rule_of("number_links" if it.kind in {"number", "divergent"} else "opposed_links")
