"""Passages: each sentence of what a source says, or the report itself tells, with what it is about."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial, wraps
from typing import Any, TypeVar, cast

from standoff.model import Claim, Mention, Span, Spans, Statement
from standoff.model.breaks import BREAK
from standoff.model.spans import contains, overlap, trim
from standoff.reconcile.accounts import Teller, Told, as_told_of
from standoff.reconcile.kept import NOTHING
from standoff.reconcile.matter import Weights, pattern, stems
from standoff.reconcile.partisan import speaks_for_a_side
from standoff.reconcile.shelf import Page, Shelf

T = TypeVar("T")
NEIGHBOURS = 2
REACH = 80
"""How far before a name, in code points, the words "denied by" are looked for."""
FEWEST = 8
"""Shortest passage, in code points."""


@dataclass(frozen=True)
class Passage:
    """One sentence (or piece of one) of one voice.

    ``party`` is the principal of who speaks, None for the report's own voice; where a report speaks for a
    side (``partisan``), its publisher is the party of its own voice. ``speaker`` is that party itself;
    ``cue`` the words that bring in what is said; ``words`` are stems and notions without the words of names;
    ``around`` those of its neighbours in one paragraph; ``named`` the principals that it names; ``number``
    counts the passages of its report in text order. Where a passage
    tells of another's denial, ``retold`` is the name of who denies, ``party`` and ``speaker`` are that
    party, ``host`` is the span of the passage it was told in and ``said`` that of what follows the word of
    denying (empty in "a charge denied by X"); of all other passages ``said`` is the whole.
    """

    page: Page
    span: Span
    statement: Statement | None
    party: str | None
    speaker: str | None
    cue: str
    claims: tuple[Claim, ...]
    words: frozenset[str]
    named: frozenset[str]
    places: frozenset[str]
    incidents: frozenset[str]
    number: int = 0
    partisan: bool = False
    around: frozenset[str] = frozenset()
    retold: str | None = None
    host: Span | None = None
    said: Span | None = None
    held: dict[str, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    @cached_property
    def text(self) -> str:
        """The words as they stand."""
        return self.page.text[self.span[0] : self.span[1]]

    @cached_property
    def content(self) -> str:
        """The words of what is said."""
        start, end = self.said or self.span
        return self.page.text[start:end]

    @cached_property
    def voice(self) -> str:
        """Who speaks: a party, or the report's own publisher (the report itself where nobody is known)."""
        return self.party or f"own:{self.page.publisher or self.page.report.id}"

    @cached_property
    def key(self) -> str:
        """Names the passage, whatever the order of reports."""
        voice = self.statement.id if self.statement else "own"
        return f"{self.page.report.id}:{voice}:{self.span[0]}{':retold' if self.retold else ''}"

    @cached_property
    def stance(self) -> frozenset[str]:
        """The stands of its statement; none for what is retold."""
        return frozenset(self.statement.stance) if self.statement and not self.retold else frozenset()

    @cached_property
    def types(self) -> frozenset[str]:
        """Types of what it tells of as having happened or not."""
        return frozenset(each.type for each in self.claims if each.modality == "actual")


def once(work: Callable[[Passage], T]) -> Callable[[Passage], T]:
    """A function of a passage alone, worked out once for each. What it gives must not hold the passage."""
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def kept(passage: Passage) -> T:
        found = passage.held.get(name, NOTHING)
        if found is NOTHING:
            found = passage.held[name] = work(passage)
        return cast("T", found)

    return kept


def once_in_page(work: Callable[[Passage], T]) -> Callable[[Passage], T]:
    """The same for passages of `passages_in` and for what holds them: kept with the page."""
    name = f"{work.__module__}.{work.__qualname__}"

    @wraps(work)
    def kept(passage: Passage) -> T:
        held = passage.page.note.held
        found = held.get((name, passage.key), NOTHING)
        if found is NOTHING or found[0] is not passage:
            found = held[name, passage.key] = (passage, work(passage))
        return cast("T", found[1])

    return kept


def passage_of(told: Told, passages: Iterable[Passage]) -> Passage:
    """The passage, of some, that an account is of. Raises `StopIteration` where none is."""
    return next(each for each in passages if each.span == told.account.span and each.page is told.page)


def passages_of(shelf: Shelf) -> list[Passage]:
    """Passages of all pages, in the order of pages and text."""
    return [each for page in shelf.pages for each in passages_in(shelf, page)]


def passages_in(shelf: Shelf, page: Page) -> list[Passage]:
    """Passages of one page, in text order."""
    return shelf.of_page(page, "passages", partial(_in_page, shelf, page))


def weights_of(shelf: Shelf, passages: list[Passage]) -> Weights:
    """How telling each word is among these passages. What rests on how telling one passage is (`weighed`) is
    worked out anew where that changed."""
    weights = Weights(each.words for each in passages)
    before: Weights | None = shelf.kept.last.get("weights")
    if before is not None:
        changed = weights.changed_since(before)
        shelf.kept.change((WEIGHED, each.key) for each in passages if any(map(changed, each.words)))
    shelf.kept.last["weights"] = weights
    return weights


def weighed(shelf: Shelf, passage: Passage) -> None:
    """Note that somebody asks how telling the words of a passage are."""
    shelf.kept.watch.saw(WEIGHED, passage.key)


WEIGHED = "weighed"


class _Marks:
    """A page's annotations by where they stand."""

    def __init__(self, shelf: Shelf, page: Page) -> None:
        reading = page.reading
        self.shelf, self.page = shelf, page
        self.mentions = sorted(reading.mentions, key=lambda each: (each.start, each.end))
        self.starts = [each.start for each in self.mentions]
        self.claims = sorted(
            (c for c in reading.claims if c.trigger), key=lambda each: each.trigger or (0, 0)
        )
        self.triggers = [each.trigger[0] for each in self.claims if each.trigger]

    def mentions_in(self, span: Span) -> list[Mention]:
        return self.mentions[bisect_left(self.starts, span[0]) : bisect_right(self.starts, span[1] - 1)]

    def claims_in(self, span: Span) -> tuple[Claim, ...]:
        found = self.claims[bisect_left(self.triggers, span[0]) : bisect_right(self.triggers, span[1] - 1)]
        return tuple(found)

    def party(self, mention: Mention) -> str:
        known = self.shelf.referents.party_of.get(mention.id) or mention.party_id
        return self.shelf.principal(known or self.shelf.party_called(mention.party or mention.text))


def _in_page(shelf: Shelf, page: Page) -> list[Passage]:
    marks = _Marks(shelf, page)
    publisher = shelf.principal(shelf.party_called(page.publisher)) if page.publisher else None
    partisan = publisher is not None and speaks_for_a_side(shelf, page)
    cues = [span for each in page.reading.statements for span in each.cue]
    found: list[Passage] = []
    for statement in page.reading.statements:
        own = statement.voice == "report"
        speaker = None if own else shelf.speaker(statement)
        party = shelf.principal(speaker, statement.represents) if speaker else None
        if own and partisan:
            speaker = party = publisher
        for span in _sentences(page.text, statement.content):
            if own and any(overlap(span, cue) for cue in cues):
                continue  # the frame of what somebody says, not a telling of its own
            cue = " ".join(page.text[start:end] for start, end in statement.cue)
            made = _passage(marks, span, None if own else statement, party, speaker, cue)
            found += [made, *_retold(marks, made)]
    found.sort(key=lambda each: (each.span, each.key))
    for n, each in enumerate(found):  # nobody else has seen one yet, and a copy of each takes long
        vars(each).update(number=n, partisan=partisan, around=_around(page.text, found, n))
    return found


def _around(text: str, found: list[Passage], n: int) -> frozenset[str]:
    """Words of the neighbours of a passage in its paragraph, without its own."""
    words: set[str] = set()
    for step in (-1, 1):
        at = n + step
        while 0 <= at < len(found) and abs(at - n) <= NEIGHBOURS:
            first, last = sorted((found[n].span, found[at].span))
            if "\n" in text[first[1] : last[0]]:
                break
            words |= found[at].words
            at += step
    return frozenset(words - found[n].words)


def _sentences(text: str, spans: Spans) -> Iterator[Span]:
    for start, end in spans:
        at = start
        for match in BREAK.finditer(text, start, end):
            yield from _worth(text, (at, match.start()))
            at = match.end()
        yield from _worth(text, (at, end))


def _worth(text: str, span: Span) -> Iterator[Span]:
    kept = trim(text, span)
    if kept[1] - kept[0] >= FEWEST:
        yield kept


def _passage(
    marks: _Marks, span: Span, statement: Statement | None, party: str | None, speaker: str | None, cue: str
) -> Passage:
    page, shelf = marks.page, marks.shelf
    mentions = marks.mentions_in(span)
    claims = marks.claims_in(span)
    places = [each for each in page.reading.places if contains(span, (each.start, each.end))]
    named = [(m.start, m.end) for m in mentions if m.form == "name"]
    named += [(each.start, each.end) for each in places]
    return Passage(
        page=page,
        span=span,
        statement=statement,
        party=party,
        speaker=speaker,
        cue=cue,
        claims=claims,
        words=stems(_without(page.text, span, named)),
        named=frozenset(marks.party(each) for each in mentions),
        places=frozenset(found for each in places if (found := shelf.place(page, each.id))),
        incidents=frozenset(found for each in claims if (found := shelf.incident(each.id, each.incident))),
    )


def _retold(marks: _Marks, host: Passage) -> Iterator[Passage]:
    """Denials by a party that the passage only tells of: "the ministry has rejected the charge", "a charge
    denied by the rebels"."""
    text, (start, end) = host.page.text, host.span
    for mention in marks.mentions_in(host.span):
        after = pattern("denial", "denies_after").match(text, mention.end, end)
        by = _denied_by(text, max(start, mention.start - REACH), mention.start)
        party = marks.party(mention)
        if (after is None and by is None) or party == host.party:
            continue
        points = after and pattern("denial", "said_which").search(
            text, max(start, mention.start - REACH), mention.start
        )
        whole = (mention.start, end) if after else (by.start() if by else start, mention.end)
        verb = after or by
        assert verb is not None
        made = _passage(marks, trim(text, whole), host.statement, party, party, verb.group())
        said = (verb.end(), end) if after and not points else (mention.end, mention.end)
        yield replace(
            made,
            words=_passage(marks, said, None, None, None, "").words,
            said=said,
            retold=mention.party or mention.text,
            host=host.span,
        )


def _denied_by(text: str, start: int, end: int) -> re.Match[str] | None:
    """The words "denied by" at the end of a stretch, which few stretches with a name behind them have."""
    if "by " not in text[start:end].lower():
        return None
    return pattern("denial", "denied_by").search(text, start, end)


def _without(text: str, span: Span, names: list[Span]) -> str:
    """The words of a span without capitalised words that stand in names."""
    pieces, at = [], span[0]
    for start, end in sorted(names):
        if start < at or end > span[1]:
            continue
        plain = " ".join(word for word in text[start:end].split() if word[:1].islower())
        pieces += [text[at:start], plain]
        at = end
    return " ".join([*pieces, text[at : span[1]]])


def tell(
    teller: Teller,
    passage: Passage,
    answer: str,
    facet: str,
    *,
    denied: bool = False,
    only: bool = False,
) -> Told | None:
    """The account of a passage; of the party that speaks, or of the report itself. ``only`` says that the
    passage has one answer of this facet, so that its words, which may hold names, make no part of its id."""
    return teller.shelf.of_page(
        passage.page,
        ("tell", passage.key, passage.span, passage.retold, passage.speaker, answer, facet, denied, only),
        partial(_tell, teller, passage, answer, facet, denied=denied, only=only),
    )


def _tell(
    teller: Teller, passage: Passage, answer: str, facet: str, *, denied: bool, only: bool
) -> Told | None:
    facet = f"{facet}:{'retold:' if passage.retold else ''}{'' if only else answer}"
    told = teller.of_words(passage.page, passage.span, passage.statement, answer, facet, denied=denied)
    if told is None or passage.retold is None or passage.speaker is None:
        return told
    return as_told_of(teller.shelf, told, passage.speaker, passage.retold)
