"""Where and when a quantity stands: the statement, the date it holds for, the place named beside it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from standoff import vocab
from standoff.model import Context, Place, Statement, Time
from standoff.model.annotation import Relation
from standoff.model.spans import hull
from standoff.read.quantities.draft import Draft
from standoff.read.quantities.page import Page
from standoff.read.quantities.roles import lemma

CHAIN = vocab.load("en/quantity_roles")["chained"]
LATER = "|".join(CHAIN["later"])
LEFT_OUT = re.compile(r"\s+(?:at|to|as)\s+(?:[\w-]+\s+){0,3}", re.IGNORECASE)
"""Between a content and the figure it puts on its noun: "put the number of the missing at about 40"."""
CHAINED = re.compile(
    rf"\s*,?\s*(?:{'|'.join(CHAIN['joining'])}|{LATER})(?:\s+(?:{LATER}))?\s+", re.IGNORECASE
)
"""Between one figure of a speaker and the next."""
PLAIN = re.compile(r"(?:[^,;:()\"“”«»–—\n]|(?<=\d),(?=\d)|\n(?!\n)){0,40}")
"""A gap in a clause, and no aside."""
SINCE = re.compile(
    rf"\b(?:{'|'.join(vocab.load('en/situations')['cues']['since'])})\s+(?:\w+\s+){{0,2}}$", re.I
)
REACH = 40
"""Code points before a date within which "since" makes it a beginning: a count since then is of later."""
PRESUPPOSING = frozenset(vocab.load("en/quantity_roles")["presupposing"]["cues"])


class Setting:
    """What the other layers say around a quantity. Every answer is None where they were not given."""

    def __init__(
        self,
        page: Page,
        context: Context,
        statements: Sequence[Statement],
        times: Sequence[Time],
        places: Sequence[Place],
    ) -> None:
        self.page = page
        self.published = context.published
        sized = [
            (sum(e - s for s, e in s_.content), s_)
            for s_ in statements
            if s_.voice == "source" and s_.content
        ]
        self.sources = [s for _, s in sorted(sized, key=lambda pair: (pair[0], pair[1].content))]
        self.own = next((s for s in statements if s.voice == "report"), None)
        self.times = sorted(
            (t for t in times if t.edtf is not None and t.type in {"DATE", "TIME"}), key=lambda t: t.start
        )
        self.time_starts = [t.start for t in self.times]
        self.title_end = _title_end(page.text)
        self.places = sorted(places, key=lambda p: p.start)
        self.place_starts = [p.start for p in self.places]

    def statement(self, draft: Draft) -> Statement | None:
        """The smallest source's statement whose content holds the number; else the report's own."""
        start, end = draft.number_start, draft.number_end
        beside = None
        for statement in self.sources:
            low, high = hull(statement.content)
            inside = low <= start and end <= high and any(s <= start < e for s, e in statement.content)
            if inside and self._reaches(statement, start) and not self._presupposed(statement):
                return statement
            if beside is None and self._cut_off(statement, start, end):
                beside = statement
        return beside or self.own

    def _presupposed(self, statement: Statement) -> bool:
        """Whether the statement judges what the report tells: "praised them for freeing 71 captives"."""
        if statement.kind == "direct":
            return False
        text = self.page.text
        return any(lemma(word) in PRESUPPOSING for s, e in statement.cue for word in text[s:e].split()[:3])

    def _cut_off(self, statement: Statement, start: int, end: int) -> bool:
        """A number that the content's cut left out: between two pieces of a clause, or after "at"."""
        if statement.kind != "indirect":
            return False
        before = max((e for _, e in statement.content if e <= start), default=None)
        after = min((s for s, _ in statement.content if end <= s), default=None)
        if before is None:
            return False
        if after is not None:
            around = [s for s, _ in (*statement.source, *statement.cue)]
            gap = self.page.text[before:after]
            return PLAIN.fullmatch(gap) is not None and not any(before <= s < after for s in around)
        gap = self.page.text[before:start]
        return LEFT_OUT.fullmatch(gap) is not None or (
            CHAINED.fullmatch(gap) is not None and self._numbered(before)
        )

    def _numbered(self, end: int) -> bool:
        """Whether what is said ends in a number, or in what it counts: "had said 30 dead and then 17"."""
        last = self.page.at(max(0, end - 1))
        return last is not None and any(
            token.like_num for token in self.page.tokens[max(0, last - 2) : last + 1]
        )

    def _reaches(self, statement: Statement, start: int) -> bool:
        """Words in no quotation do not reach over a paragraph's end: a headline is not the next source's."""
        if statement.kind == "direct" or not statement.cue:
            return True
        low, high = sorted((start, statement.cue[0][0]))
        return "\n\n" not in self.page.text[low:high]

    def as_of(self, draft: Draft, statement: Statement | None) -> str | None:
        """EDTF date of the number: a date in its clause, else when it was said, else the publication."""
        if draft.kind in {"age", "duration", "money", "measure", "percent"} and draft.role is None:
            return self._said(statement)
        start, end = self.page.sentence(draft.start)
        near = self.times[bisect_left(self.time_starts, start) : bisect_right(self.time_starts, end - 1)]
        near = [t for t in near if not SINCE.search(self.page.text, max(start, t.start - REACH), t.start)]
        fixed = [t for t in near if self._same_clause(draft, t) and not self._of_event(draft, t)]
        if fixed:
            return min(fixed, key=lambda t: (_gap(draft, t.start, t.end), t.start)).edtf
        return self._said(statement)

    def _said(self, statement: Statement | None) -> str | None:
        return (statement.said if statement and statement.said else None) or self.published

    def _same_clause(self, draft: Draft, time: Time) -> bool:
        """No clause border (comma with a verb's subject, semicolon, quotation mark) between the two."""
        low, high = sorted(((draft.start, draft.end), (time.start, time.end)))
        between = self.page.text[low[1] : high[0]]
        if low[1] <= self.title_end <= high[0]:
            return False
        if len(between) > 90 or any(sign in between for sign in ';:"“”'):
            return False
        words = between.lower().replace(",", " , ").split()
        return not {"said", "told", "says", "which", "who", "while", "but", "when", "after", "before"} & set(
            words
        )

    def _of_event(self, draft: Draft, time: Time) -> bool:
        """Whether the date is the event's: it stands between a toll and the verb that moves it."""
        start, _ = self.page.sentence(draft.start)
        if time.end > draft.start:
            return False
        noun, verb = _moves()
        last = max((m.end() for m in noun.finditer(self.page.text, start, time.start)), default=None)
        if last is None or verb.search(self.page.text, last, time.start):
            return False
        return verb.search(self.page.text, time.end, draft.start) is not None

    def place(self, draft: Draft, statement: Statement | None) -> str | None:
        """Id of the nearest place named in the sentence, but not where it was said ("he said in Velm that two
        had died"); one that follows is preferred."""
        start, end = self.page.sentence(draft.start)
        near = self.places[bisect_left(self.place_starts, start) : bisect_right(self.place_starts, end - 1)]
        near = [p for p in near if not (draft.start < p.end and p.start < draft.end)]
        near = [p for p in near if not _said_there(statement, p)]
        if not near:
            return None
        return min(
            near, key=lambda p: (_gap(draft, p.start, p.end) * (1 if p.start >= draft.end else 2), p.start)
        ).id

    def relation(self, draft: Draft, ids: dict[int, str]) -> Relation | None:
        """The record of how the draft follows from another."""
        if draft.relation is None:
            return None
        other = draft.related
        value = draft.whole if draft.whole is not None else (other.bounds.best if other else None)
        if draft.relation == "equals":
            value = None
        if draft.relation == "part_of" and other is None and value is None:
            return None
        return Relation(kind=draft.relation, of=ids.get(id(other)) if other else None, of_value=value)  # type: ignore[arg-type]


def _said_there(statement: Statement | None, place: Place) -> bool:
    """Whether a place stands between the verb of a statement and what is said."""
    if statement is None or not statement.cue or not statement.content:
        return False
    return statement.cue[0][1] <= place.start and place.end <= statement.content[0][0]


def _title_end(text: str) -> int:
    """Where a first line that reads as a title ends (no stop, then a new beginning), or -1."""
    end = text.find("\n")
    following = text[end:].lstrip()[:1]
    return end if end > 0 and text[end - 1] not in ".,;:-—" and not following.islower() else -1


@cache
def _moves() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Nouns for a toll, and verbs by which it moves or stands."""
    told = vocab.load("en/quantity_roles")["moves"]
    noun, verb = (re.compile(rf"\b(?:{'|'.join(told[key])})\b", re.IGNORECASE) for key in ("nouns", "verbs"))
    return noun, verb


def _gap(draft: Draft, start: int, end: int) -> int:
    return max(0, start - draft.end, draft.start - end)
