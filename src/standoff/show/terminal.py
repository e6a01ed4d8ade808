"""Tables on a terminal: 80 columns are enough, nothing is said by colour alone, pipes are fine."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from standoff.model import Account, Dispute, LedgerGroup, View
from standoff.model.spans import merge, quote
from standoff.show.blocks import agreement_lines, clock_lines
from standoff.show.chosen import check_choice, choice_lines, chosen
from standoff.show.index import Index, spoken_of
from standoff.show.rows import MAKERS, check_what
from standoff.show.tables import SPECS, Column, columns_of, note_lines
from standoff.show.words import (
    UNKNOWN,
    clean,
    counted,
    date,
    figure,
    in_their_words,
    listed,
    own_voice,
    quoted,
    quoted_answer,
    unquoted,
)

HOLDS = {"yes": "holds", "no": "does not hold", "open": "open"}
TELLINGS = 3
Telling = tuple[str | None, str]
"""When something was told, and the words."""
STATUS = {"open": "open", "divergent": "lower bounds differ", "settled": "settled since"}


def print_table(
    view: View,
    what: str,
    console: Console | None = None,
    *,
    rule: str | None = None,
    grade: str | None = None,
) -> None:
    """Print one WHAT, with figures under ``rule`` and the grades of a scheme where they are asked for.

    Raises `UsageError` for a WHAT, a rule or a scheme there is not.
    """
    check_what(what)
    check_choice(what, rule, grade)
    _Printer(chosen(view, rule, grade), console or Console(highlight=False), rule, grade).print(what)


class _Printer:
    def __init__(self, view: View, console: Console, rule: str | None, grade: str | None) -> None:
        self.view, self.console, self.index = view, console, Index(view)
        self.rule, self.grade = rule, grade

    def print(self, what: str) -> None:
        """Heading, axes, the table or blocks, and what to do next."""
        records = list(MAKERS[what][1](self.view))
        special = {"disputes": self._disputes, "ledger": self._ledger, "agreements": self._agreements,
                   "clock": self._clock}  # fmt: skip
        if what in special:
            example = special[what](records)
        else:
            spec = SPECS[what]
            self._heading(spec.heading, len(records))
            for line in choice_lines(self.rule, self.grade):
                self._line(line)
            columns = columns_of(what, self.rule, self.grade)
            example = self._table(columns, records) if records else None
            for line in note_lines(what, records, self.rule):
                self._line(line)
            if not records:
                self._line(spec.empty)
        self._foot(what, example)

    # --- parts of every table

    def _heading(self, heading: str, n: int | None = None) -> None:
        told = f"{heading} ({n})" if n else heading
        self.console.print(Text(told, style="bold"))
        for line in axes_lines(self.view):
            self._line(line)

    def _foot(self, what: str, example: str | None) -> None:
        if example:
            self._line(f"Next: `standoff why FILE {example}` shows what it rests on")
        elif what not in {"reviews", "orphans"} and self.view.reports:
            self._line("Next: `standoff show FILE reports` lists what this record rests on")

    def _line(self, text: str, indent: int = 0) -> None:
        self.console.print(Padding(Text(text), (0, 0, 0, indent), expand=False))

    def _table(self, columns: Iterable[Column], records: Iterable[Any], indent: int = 0) -> str:
        """Print rows; returns the id of the first, to be named as an example."""
        columns, records = tuple(columns), list(records)
        table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
        for column in columns:
            table.add_column(
                column.title,
                width=column.width,
                ratio=None if column.width else 1,
                no_wrap=column.whole,
                overflow="fold",
            )
        for record in records:
            table.add_row(*(Text(clean(column.get(record, self.index))) for column in columns))
        self.console.print(Padding(table, (0, 0, 0, indent)))
        first = records[0] if records else None
        found = (
            first.get("id") if isinstance(first, dict) else getattr(first, "id", getattr(first, "entry", ""))
        )
        return str(found or "")

    # --- disputes

    def _disputes(self, disputes: list[Dispute]) -> str | None:
        self._heading(
            "Disputes: where the accounts cannot all hold, or are set against each other", len(disputes)
        )
        if not disputes:
            self._line("No two accounts contradict each other.")
        for n, dispute in enumerate(disputes, 1):
            self.console.print()
            head = Text(f"{n}. {clean(dispute.question)}", style="bold")
            self.console.print(head)
            self._line(f"{STATUS[dispute.status]}; kind: {dispute.kind}; {dispute.id}", 3)
            columns = (
                Column("Answer", partial(self._answer, dispute.kind), 14),
                Column("Who says so", self._who_says, 24),
                Column("In these words", self._words),
            )
            self._table(columns, dispute.sides, indent=3)
            self._line(f"Why it is called a dispute: {clean(dispute.why)}", 3)
        self.console.print()
        return disputes[0].id if disputes else None

    def _answer(self, kind: str, side: Any, _index: Index) -> str:  # noqa: ANN401
        """What a side answers; in quotation marks where it is in the side's own words."""
        told = [self.index.things[each][0].record.text for each in side.accounts if each in self.index.things]
        return quoted_answer(side.answer, in_their_words(kind, side.answer, told), 60)

    def _who_says(self, side: Any, _index: Index) -> str:  # noqa: ANN401
        if not side.parties:
            return "nobody in this record: known only through its opponent"
        known = "; known only through its opponent" if side.only_through_opponent else ""
        return f"{listed(side.parties)} ({counted(side.origins, 'origin')}{known})"

    def _words(self, side: Any, _index: Index) -> str:  # noqa: ANN401
        """What a side was told in, the first few tellings by day; words within others of their day once."""
        told = list(
            dict.fromkeys(
                self._telling(self.index.things[each][0].record)
                for each in side.accounts
                if each in self.index.things
            )
        )
        days: dict[str | None, list[Telling]] = {}
        for each in told:
            days.setdefault(each[0], []).append(each)
        told = [one for one in told if not any(_holds(other, one) for other in days[one[0]])]
        told = list({words: (day, words) for day, words in reversed(told)}.values())[::-1]  # first told so
        picked = (
            told if len(told) <= TELLINGS else [*told[: TELLINGS - 1], told[-1]]
        )  # what holds last is shown
        shown = [f"{date(day) if day else 'no date'}: {quoted(words, 150)}" for day, words in picked]
        more = f" (and {counted(len(told) - TELLINGS, 'more telling')})" if len(told) > TELLINGS else ""
        return "; ".join(shown) + more

    def _telling(self, account: Account) -> Telling:
        """Day and words of an account, led by the cue where they are denied."""
        statement = self.index.statement(account.report, account.statement)
        report = self.index.report(account.report)
        spans = spoken_of(account.span, statement)
        words = quote(report.text, merge(spans, report.text)) if report else account.text
        told = unquoted(clean(words or account.text))
        return account.said or account.published, f"… {told}" if account.carried else told

    # --- ledger

    def _ledger(self, ledgers: list[Any]) -> str | None:
        ledger = ledgers[0]
        self._heading(
            "Ledger: groups as stock and flow, with the bounds that the claims allow", len(ledger.groups)
        )
        if not ledger.groups:
            self._line("No group of people or things is counted.")
        for group in ledger.groups:
            self._group(group)
        if ledger.equations:
            self.console.print()
            self.console.print(Text("Sums that the accounts imply", style="bold"))
            for each in ledger.equations:
                self._line(f"{each.text}   ({HOLDS[each.holds]})", 3)
        if ledger.conflicts:
            self.console.print()
            self.console.print(Text("What cannot all be true", style="bold"))
            for each in ledger.conflicts:
                self._line(f"- {clean(each.sentence)}", 3)
        if not ledger.conflicts_complete:
            self._line("More that cannot all be true may exist: the search met its limit of checks.", 3)
        self.console.print()
        return ledger.groups[0].id if ledger.groups else None

    def _group(self, group: LedgerGroup) -> None:
        self.console.print()
        self.console.print(Text(f"{clean(group.name)}  ({group.id})", style="bold"))
        columns = (
            Column("When", lambda it, _: date(it.at), 12),
            Column("Step", lambda it, _: it.kind, 10),
            Column("Bounds", lambda it, _: figure(it.low, it.high, it.best), 14),
            Column("Said or computed", self._step),
        )
        self._table(columns, group.steps, indent=3)

    def _step(self, step: Any, index: Index) -> str:  # noqa: ANN401
        claims = dict.fromkeys((*step.rests_on.low, *step.rests_on.high))
        rests = f"; rests on {counted(len(claims), 'claim')}" if claims else ""
        assumed = f"; assumes {listed(step.assumptions)}" if step.assumptions else ""
        plain = step.without_assumptions
        without = f"; without that: {figure(plain.low, plain.high)}" if step.assumptions else ""
        names = listed(dict.fromkeys((*step.said_by.low, *step.said_by.high))) or listed([step.party])
        by = f", {'over what is said by' if len(claims) > 1 else 'by'} {names}" if names else ""
        scene = listed(index.scenes(claims))
        where = f" in {scene}" if scene else ""
        return f"{step.text}{where}{by}{rests}{assumed}{without}"

    # --- agreements and the clock, line by line

    def _agreements(self, agreements: list[Any]) -> str | None:
        heading = "Agreements: parties, terms, how they are kept, who is for and against"
        self._heading(heading, len(agreements))
        return self._blocks(agreements, agreement_lines, "No agreement is reported.")

    def _clock(self, rows: list[Any]) -> str | None:
        heading = "Clock: since when, which day it is, what each lasting thing was last said to be"
        self._heading(heading, len(rows))
        return self._blocks(rows, clock_lines, "Nothing that lasts is told of.")

    def _blocks(self, rows: list[Any], lines: Any, empty: str) -> str | None:  # noqa: ANN401
        if not rows:
            self._line(empty)
        for row in rows:
            self.console.print()
            head, *rest = lines(row, self.index)
            self.console.print(Text(clean(head), style="bold"))
            for indent, line in rest:
                self._line(clean(line), indent)
        self.console.print()
        return str(rows[0]["id"]) if rows else None

    def _report(self, report_id: str) -> str:
        report = self.index.report(report_id)
        return (
            f"{clean(report_id)} ({own_voice(report)}, {date(report.published.value)})" if report else UNKNOWN
        )


def _holds(outer: Telling, inner: Telling) -> bool:
    """Whether one telling of a day has another within its words."""
    return outer != inner and inner[1] in outer[1]


def axes_lines(view: View) -> list[str]:
    """What the view was cut along, and how many undated reports that left out."""
    lines = [f"Cut along {view.axes.words()}"] if view.axes.words() else []
    if view.axes.known_by is not None:
        lines.append(f"{counted(view.undated, 'report')} without a date left out by --known-by")
    return lines
