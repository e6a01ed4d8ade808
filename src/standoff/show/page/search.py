"""Full text over reports, statements and parties: an index in memory, kept up as the record grows."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count as numbers
from typing import NamedTuple

import msgspec

from standoff.errors import StandoffError
from standoff.model import Reading, Report, Span, View
from standoff.model.spans import hull, quote
from standoff.show.page.shape_found import Hit, Hits
from standoff.show.words import clean

KINDS = ("report", "statement", "party")
_OPEN, _SHUT, _CUT = "\ue000", "\ue001", "\ue002"
"""Marks around what was sought, and where a text was cut: of the private area, taken out of report text."""
_PRIVATE = str.maketrans(dict.fromkeys((_OPEN, _SHUT, _CUT), "\ufffd"))
FACETS = 30
"""Publishers and parties that a search counts, those with most."""
WORDS = 24
"""Words of a report around what was sought."""
LONGEST = 400
"""Characters of a question that are looked at."""
_TABLE = """CREATE VIRTUAL TABLE found USING fts5(
  body, kind UNINDEXED, id UNINDEXED, report UNINDEXED, publisher UNINDEXED, published UNINDEXED,
  party UNINDEXED, title UNINDEXED, first UNINDEXED, last UNINDEXED,
  tokenize = "unicode61 remove_diacritics 2"
)"""
_COLUMNS = "kind, id, report, publisher, published, party, title, first, last"


class _Fact(NamedTuple):
    """What a hit is counted by. It is held beside the index: to read thousands of rows for it takes longer
    than to find them."""

    kind: str
    report: str | None
    publisher: str | None
    party: str | None


_Row = tuple[object, ...]


class Search:
    """An index over what one view shows. Threads may share it."""

    def __init__(self) -> None:
        self._con = sqlite3.connect(":memory:", check_same_thread=False)
        self._lock = threading.Lock()
        self.age = 0
        """How often the index was brought up to a view."""
        self._held: dict[str, tuple[Report, Reading | None]] = {}
        self._parties: object = None
        self._facts: dict[int, _Fact] = {}
        self._rows: dict[str | None, list[int]] = {}
        """Numbers of rows by their report; those of parties have none."""
        self._next = numbers(1)
        try:
            self._con.execute(_TABLE)
        except sqlite3.OperationalError as error:
            raise StandoffError(
                "this Python's SQLite has no full-text search (FTS5)", todo="use a Python built with it"
            ) from error

    def keep(self, view: View) -> None:
        """Bring the index up to a view: only reports whose reading changed are taken in again."""
        readings = {each.report: each for each in view.readings}
        with self._lock, self._con:
            for report in view.reports:
                now = report, readings.get(report.id)
                before = self._held.get(report.id)
                if before is None or before[0] is not now[0] or before[1] is not now[1]:
                    self._put(report.id, _rows(*now))
                    self._held[report.id] = now
            if self._parties is not view.referents.parties:
                self._put(None, _parties(view))
                self._parties = view.referents.parties
            self.age += 1

    def _put(self, report: str | None, rows: Iterator[_Row]) -> None:
        """Rows of a report, or of all parties, in the place of those that were there."""
        old = self._rows.pop(report, [])
        self._con.executemany("DELETE FROM found WHERE rowid = ?", [(number,) for number in old])
        for number in old:
            del self._facts[number]
        new = dict(zip(self._next, rows, strict=False))
        self._rows[report] = list(new)
        self._facts.update((number, _fact(row)) for number, row in new.items())
        self._con.executemany(
            f"INSERT INTO found (rowid, body, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
            [(number, *row) for number, row in new.items()],
        )

    def find(
        self,
        sought: str,
        *,
        kind: str | None = None,
        publisher: str | None = None,
        party: str | None = None,
        begin: str | None = None,
        end: str | None = None,
        within: frozenset[str] | None = None,
        first: int = 0,
        count: int = 40,
    ) -> Hits:
        """What holds all the words sought, best first; words in quotation marks must stand together.

        ``within`` names the only reports to look in; ``begin`` and ``end`` are ISO 8601 days of publication.
        """
        match = _match(sought)
        if not match:
            return Hits(total=0, kinds={}, publishers={}, parties={}, hits=())
        wishes = [("publisher = ?", publisher), ("party = ?", party)]
        wishes += [("published >= ?", begin), ("published < ?", f"{end}~" if end else None)]
        where = "".join(f" AND {wish}" for wish, value in wishes if value is not None)
        # One row that holds them all: between two rows SQLite lets go of the interpreter, which would then
        # have to be waited for thousands of times while the record is derived.
        asked = f"SELECT json_group_array(json_array(rank, rowid)) FROM found WHERE found MATCH ?{where}"  # noqa: S608
        with self._lock:
            (told,) = self._con.execute(asked, (match, *(v for _, v in wishes if v is not None))).fetchone()
            ranked = sorted(msgspec.json.decode(told, type=list[tuple[float, int]]))
            rows = [(number, self._facts[number]) for _, number in ranked]
            if within is not None:
                rows = [each for each in rows if each[1].report is None or each[1].report in within]
            wanted = [number for number, fact in rows if kind is None or fact.kind == kind]
            hits = [self._hit(number, match) for number in wanted[first : first + count]]
        kinds = Counter(fact.kind for _, fact in rows)
        return Hits(
            total=len(wanted),
            kinds={each: kinds[each] for each in KINDS},
            publishers=_most(fact.publisher for _, fact in rows),
            parties=_most(fact.party for _, fact in rows if fact.kind == "statement"),
            hits=tuple(hits),
        )

    def _hit(self, number: int, match: str) -> Hit:
        asked = (
            f"SELECT snippet(found, 0, '{_OPEN}', '{_SHUT}', '{_CUT}', {WORDS}), {_COLUMNS} "  # noqa: S608
            "FROM found WHERE rowid = ? AND found MATCH ?"
        )
        words, kind, name, report, publisher, published, party, title, start, end = self._con.execute(
            asked, (number, match)
        ).fetchone()
        span = (start, end) if start is not None else None
        if kind == "report":
            span = _where(self._held[report][0], words)
        return Hit(
            kind=kind,
            id=name,
            title=title,
            report=report,
            publisher=publisher,
            published=published,
            party=party,
            pieces=tuple(_pieces(words)),
            span=span,
        )


def _most(names: Iterable[str | None]) -> dict[str, int]:
    """How often each name stands there, the most frequent first."""
    return dict(Counter(each for each in names if each).most_common(FACETS))


def _fact(row: _Row) -> _Fact:
    _, kind, _, report, publisher, _, party, *_ = row
    return _Fact(str(kind), *(None if each is None else str(each) for each in (report, publisher, party)))


def _rows(report: Report, reading: Reading | None) -> Iterator[_Row]:
    title = report.title.value or report.id
    told = (report.id, report.publisher.value, report.published.value)
    yield _body(report), "report", report.id, *told, None, title, None, None
    for each in reading.statements if reading else ():
        if each.voice == "source" and each.content:
            words = quote(report.text, each.content).translate(_PRIVATE)
            yield words, "statement", each.id, *told, each.party, title, *hull(each.content)


def _parties(view: View) -> Iterator[_Row]:
    for each in view.referents.parties:
        names = " · ".join(dict.fromkeys((each.name, *each.aliases))).translate(_PRIVATE)
        yield names, "party", each.id, None, None, None, each.name, each.name, None, None


def _match(sought: str) -> str:
    """A question of FTS5 in which everything typed is a word: its own signs mean nothing here."""
    parts = re.findall(r'"([^"]*)"|(\S+)', sought[:LONGEST].replace("\0", " "))
    words = [(phrase or word).replace('"', " ").strip() for phrase, word in parts]
    words = [each for each in words if re.search(r"\w", each)]
    last_is_open = bool(words) and not sought.rstrip().endswith('"') and not sought.endswith(" ")
    quoted = [f'"{each}"' for each in words]
    return " ".join(quoted) + ("*" if last_is_open else "")


def _pieces(words: str) -> Iterator[tuple[str, bool]]:
    """The words of a snippet, each piece with whether it was sought."""
    for n, part in enumerate(re.split(f"[{_OPEN}{_SHUT}]", words.replace(_CUT, "…"))):
        if part:
            yield clean(part) if not part.isspace() and part == part.strip() else _kept(part), bool(n % 2)


def _kept(part: str) -> str:
    """A cleaned piece with the white space that parts it from its neighbours."""
    inner = clean(part)
    return f"{' ' if part[:1].isspace() else ''}{inner}{' ' if part[-1:].isspace() and inner else ''}"


def _where(report: Report, words: str) -> Span | None:
    """Where the first word that was sought stands in a report's text; None where it stands in its title."""
    plain = words.strip(_CUT)
    bare = plain.replace(_OPEN, "").replace(_SHUT, "")
    before = len(_body(report)) - len(report.text)
    at = _body(report).find(bare)
    if at < 0:
        return None
    for n, found in enumerate(re.finditer(f"{_OPEN}([^{_SHUT}]*){_SHUT}", plain)):
        start = at + found.start() - 2 * n - before
        if start >= 0:
            return start, start + len(found[1])
    return None


def _body(report: Report) -> str:
    """What of a report is looked through: its title, and its text."""
    return f"{report.title.value or ''}\n{report.text}".translate(_PRIVATE)
