"""Bare figures: what they count is told before them, not behind ("the council's 29", "killed, 63")."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import takewhile

import msgspec

from standoff import vocab
from standoff.read import grammar
from standoff.read.event_words import verb_forms
from standoff.read.quantities.draft import Draft
from standoff.read.quantities.labels import any_of, is_bare
from standoff.read.quantities.page import Page
from standoff.read.quantities.persons import is_person
from standoff.read.quantities.relations import OWN_FIGURE, counts_persons
from standoff.read.quantities.role_words import by_words
from standoff.read.quantities.roles import (
    BESIDE,
    DOES,
    DONE,
    HARM,
    HELD,
    by_grammar,
    done_role,
    lemma,
)

WORDS = vocab.load("en/quantity_roles")["elliptic"]


_SAID = any_of([form for verb in WORDS["telling"] for form in verb_forms(verb)])
TOLD = re.compile(
    rf"(?<!\w)(?:{_SAID}|{'|'.join(WORDS['holding'])})\s+(?:only\s+|just\s+|some\s+)?$|(?<=\w)['’]s?\s+$",
    re.IGNORECASE,
)
"""A figure as somebody's figure: "an earlier bulletin gave 61", "stuck to 70", "the council's 29"."""
THEIR_NUMBER = re.compile(
    r"(?<!\w)(?:their|its|the|whose)\s+(?:[^\W\d_]+\s+){0,2}?(?:number|figure|total|count)s?\s+"
    r"(?:(?:he|she|they|it)\s+(?:put|puts|gave|gives|estimated)\s+)?(?:(?:at|as|is|was|to|now|stands|stood|near|nearer|closer)\s+)*(?:[^\W\d_]+\s+){0,2}$",
    re.IGNORECASE,
)
"""The number of those told of before: "put their number at 1,200"."""
FROM_TO = re.compile(r"\s+to\s+(?:only\s+|just\s+|some\s+)?", re.IGNORECASE)
TO_FROM = re.compile(r"[^.;:\n]{0,40}?\sfrom\s+", re.IGNORECASE)
FROM = re.compile(r"(?<!\w)from\s+$", re.IGNORECASE)
TO = re.compile(r"(?<!\w)(?:to|at)\s+$", re.IGNORECASE)
THERE = re.compile(r"(?<!\w)there\s+(?:are|were|was|is)\s+(?:now\s+|only\s+|actually\s+)?$", re.IGNORECASE)
"""Before a bare figure that takes another's place: "spoke of 12 dead, now say there were 15"."""
CHAINED = re.compile(r",?\s*(?:and|then|or|but|later|first|now|not|,|\s)+", re.IGNORECASE)
MAKING = re.compile(rf"(?<!\w){WORDS['making']}\s+(?:a\s+total\s+of\s+)?$", re.IGNORECASE)
HOW_MANY = re.compile(
    r"(?<!\w)how\s+(?P<many>many)(?:\s+(?P<noun>[^\W\d_]+))?[^.?!\n]{3,80}\?", re.IGNORECASE
)
LIST = re.compile(
    r"(?:\s+(?:of|in|from)(?:\s+[\w-]+){1,4})?(?:,|,?\s+and|,?\s+as\s+well\s+as|,?\s+along\s+with)\s+", re.I
)
PLACED = re.compile(r"\s+(?:at|in|on|from|near|around|outside|inside|by|among)\s")
SUMMED = re.compile(rf"\s*(?:,\s*)?(?:{any_of(WORDS['summing'])})(?!\w)", re.IGNORECASE)
LOST = re.compile(
    rf"(?<!\w)(?:{any_of([f for v in WORDS['losing'] for f in verb_forms(v)])})\s+$", re.IGNORECASE
)
"""Before a bare figure: what a side lost is its dead where a text tells of harm, and seats elsewhere."""
COMMA = re.compile(r",\s*$")
ECHO_FROM = 13
"""The least number that a text is taken to repeat: smaller ones fall together by chance."""
NEAR = 12
SIZE = 10
"""Times that one figure of a thing may be another figure of it."""
OF_PERSONS = HARM | {"displaced"}
BLANK = frozenset({None, "other"})


def topics(page: Page, drafts: list[Draft]) -> None:
    """Give bare figures that no clause explains what the text around them counts."""
    counts = [d for d in drafts if d.kind == "count" and not d.negated]
    values: dict[object, Draft] = {}
    for draft in counts:
        if draft.role not in BLANK and draft.bounds.best is not None:
            values.setdefault(draft.bounds.best, draft)
    for k, draft in enumerate(counts):
        elliptic = is_bare(draft) or (draft.counted.how == "others" and not counts_persons(page, draft))
        if elliptic and draft.role in OF_PERSONS:
            _own_noun(page, draft, counts[max(0, k - NEAR) : k])
        elif k and draft.role in BLANK and _listed(page, draft, counts[k - 1]):
            draft.role, draft.personal = counts[k - 1].role, True
            if _spelt_out(page, draft, counts[k - 1]):
                draft.relation, draft.related, draft.of_total = "part_of", counts[k - 1], "inside"
        elif is_bare(draft) and draft.role in BLANK:
            source = _topic(page, draft, counts, k, values)
            if source is not None:
                alone = source.value == 1
                draft.role = source.role
                draft.what, draft.group = (None, None) if alone else (source.what, source.group)
                draft.personal = source.personal or (alone and counts_persons(page, source))
                draft.sex = None if draft.what is None else draft.sex


def _own_noun(page: Page, draft: Draft, before: list[Draft]) -> None:
    """A bare figure of harm counts persons: of the noun last counted close by, or of none that is named."""
    if draft.personal and (draft.what is None or draft.what in BESIDE or draft.what in HELD):
        return
    near = [d for d in reversed(before) if close(page, d, draft) and not _much_smaller(d, draft)]
    lender = next(
        (d for d in near if d.counted.how in {"plain", "part"} and d.value != 1 and counts_persons(page, d)),
        None,
    )
    draft.what, draft.group = (lender.what, lender.group) if lender else (None, None)
    draft.sex = None if lender is None else draft.sex
    draft.personal = True


def close(page: Page, earlier: Draft, draft: Draft) -> bool:
    """In the same paragraph, or in the sentence before."""
    if "\n\n" not in page.text[earlier.end : draft.start]:
        return True
    start, _ = page.sentence(draft.start)
    return page.sentence(max(0, start - 2))[0] <= earlier.start


def _listed(page: Page, draft: Draft, previous: Draft) -> bool:
    """Whether a count goes on a list: "killed one clerk, two members of the choir and all nine guards"."""
    if previous.role not in HARM or previous.counted.how != "plain" or draft.counted.how != "plain":
        return False
    joined = LIST.fullmatch(page.text, previous.end, draft.start) is not None
    joined = joined or _spelt_out(page, draft, previous)
    return joined and persons(page, draft) and not verb_follows(page, draft)


def _spelt_out(page: Page, draft: Draft, previous: Draft) -> bool:
    """Whether a colon opens the parts of a count: "seven persons died at the dam: six miners and a guard"."""
    start, _ = page.sentence(draft.start)
    between = page.text[previous.end : draft.start]
    smaller = None not in (previous.value, draft.value) and (draft.value or 0) < (previous.value or 0)
    return smaller and previous.start >= start and between.rstrip().endswith(":")


def _topic(
    page: Page, draft: Draft, counts: list[Draft], k: int, values: dict[object, Draft]
) -> Draft | None:
    value = draft.bounds.best
    echo = values.get(value)
    if echo is not None and isinstance(value, int | float) and value >= ECHO_FROM:
        return echo
    start, end = page.sentence(draft.start)
    previous = counts[k - 1] if k and counts[k - 1].start >= start else None
    if previous is not None and previous.role in BLANK and ":" in page.text[previous.end : draft.start]:
        previous = next((d for d in reversed(counts[:k]) if d.start < start or d.role not in BLANK), None)
        previous = previous if previous is not None and previous.start >= start else None
    roled = previous is not None and previous.role not in BLANK
    there = THERE.search(page.text, max(start, draft.start - 40), draft.start)
    if previous is not None and roled and (there or _placed(page, draft) or _chained(page, draft, previous)):
        return previous
    if previous is not None and roled and MAKING.search(page.text, max(start, draft.start - 40), draft.start):
        draft.measure = draft.measure or "cumulative"
        return previous
    if LOST.search(page.text, max(start, draft.start - 40), draft.start):
        near = (d for d in reversed(counts[max(0, k - NEAR) : k]) if close(page, d, draft))
        return pattern(draft, "killed", None) if any(d.role in HARM for d in near) else None
    told = TOLD.search(page.text, max(start, draft.start - 40), draft.start)
    if told and (found := _told(page, draft, counts, k, end)):
        return found
    if THEIR_NUMBER.search(page.text, max(start, draft.start - 60), draft.number_start):
        return next((d for d in reversed(counts[:k]) if d.role not in BLANK and close(page, d, draft)), None)
    return None


def _placed(page: Page, draft: Draft) -> bool:
    """A figure with nothing but a place or time behind it: "12 in the yard and 5 at the gate"."""
    return PLACED.match(page.text, draft.number_end) is not None and not _subject(page, draft)


def _chained(page: Page, draft: Draft, previous: Draft) -> bool:
    """ "figures of ten, then forty"; "from 12 to 15", "to 90 on Monday from 81"."""
    bare = previous.counted.how in {"none", "named"}
    if not bare:
        return False
    before = max(0, previous.start - NEAR)
    return any(
        joint.fullmatch(page.text, previous.end, draft.start) is not None
        and (first is None or first.search(page.text, before, previous.start) is not None)
        for joint, first in ((CHAINED, None), (FROM_TO, FROM), (TO_FROM, TO))
    )


def _subject(page: Page, draft: Draft) -> bool:
    """Whether the figure has a verb of its own."""
    i = page.at(draft.number_start)
    return i is not None and page.tokens[i].dep_ in {"nsubj", "nsubjpass"}


def _told(page: Page, draft: Draft, counts: list[Draft], k: int, end: int) -> Draft | None:
    """The count that somebody's figure answers: the last whole one close by, else the next one."""
    if (asked := _asked(page, draft)) is not None:
        return asked
    if OWN_FIGURE.search(page.text, max(0, draft.start - 40), draft.start):
        dead = (
            d for d in reversed(counts[max(0, k - NEAR) : k]) if d.role == "killed" and close(page, d, draft)
        )
        if (found := next(dead, None)) is not None:
            return pattern(draft, "killed", None)
    near = list(takewhile(lambda d: close(page, d, draft), reversed(counts[max(0, k - NEAR) : k])))
    whole = [d for d in near if d.role in OF_PERSONS and d.of_total != "inside"]
    alike = (d for d in whole if d.value == 1 or _of_one_size(d, draft))
    others = (d for d in near if d.value != 1 and counts_persons(page, d) and _of_one_size(d, draft))
    if found := next(alike, None) or next(others, None) or next(iter(whole), None):
        return found
    if (found := harm_before(page, draft)) is not None:
        return found
    for other in counts[k + 1 : k + 1 + NEAR]:
        if "\n\n" in page.text[draft.end : other.start]:
            break
        if other.role in HARM and other.of_total != "inside":
            return other
    return None


def _much_smaller(one: Draft, other: Draft) -> bool:
    """Whether a count is of too few to be the group that another is of: "three clerks", then "60 died"."""
    a, b = one.bounds.best or one.bounds.low, other.bounds.best or other.bounds.low
    return a is not None and b is not None and a * SIZE < b


def _of_one_size(one: Draft, other: Draft) -> bool:
    """Whether two figures are so near that one may be told for the other: within ten times."""
    return not _much_smaller(one, other) and not _much_smaller(other, one)


def _asked(page: Page, draft: Draft) -> Draft | None:
    """What the question asks that the figure answers: "How many were inside? He counts sixty"."""
    first = page.text.rfind("\n\n", 0, draft.start) + 1
    for found in reversed(list(HOW_MANY.finditer(page.text, first, draft.start))):
        many = page.at(found.start("many"))
        if many is None:
            return None
        noun = found["noun"] if found["noun"] and is_person(found["noun"]) else None
        head = many if noun is None else many + 1
        role = by_grammar(page.tokens[head]) or by_words(page, head, found.start("many"))
        return pattern(draft, role, noun) if role else None
    return None


def pattern(draft: Draft, role: str, noun: str | None) -> Draft:
    """Role and noun in the form of the count that a figure is to be like."""
    what = noun.lower() if noun else None
    return msgspec.structs.replace(draft, role=role, what=what, group=what, personal=True)


def harm_before(page: Page, draft: Draft) -> Draft | None:
    """The harm that the sentence, or one of the two before it, tells without a number."""
    start, _ = page.sentence(draft.start)
    for _ in range(2):
        start, _ = page.sentence(max(0, start - 2))
    first, last = bisect_left(page.starts, start), page.at(draft.start) or 0
    for i in range(last - 1, first - 1, -1):
        token = page.tokens[i]
        if token.tag_ in {"VBN", "VBD"} and (role := done_role(token)) in HARM:
            return pattern(draft, role, None)
    return None


def summed(page: Page, drafts: list[Draft]) -> None:
    """ "families keep arriving, some 600 people in all": the role of the clause that the figure sums up."""
    for draft in drafts:
        if draft.kind != "count" or draft.role not in BLANK or not SUMMED.match(page.text, draft.end):
            continue
        start, _ = page.sentence(draft.start)
        comma = COMMA.search(page.text, start, draft.start)
        first, last = bisect_left(page.starts, start), page.at(draft.start)
        if comma is None or last is None:
            continue
        for i in range(last - 1, max(first, last - NEAR) - 1, -1):
            token = page.tokens[i]
            role = _of_verb(token.text, token.tag_)
            if role is not None:
                draft.role = role
                noun = next((t for t in grammar.subjects(token) if is_person(t.text)), None)
                if is_bare(draft) and noun is not None:
                    draft.what = draft.group = noun.lower_
                    draft.personal = True
                break


def _of_verb(word: str, tag: str) -> str | None:
    if not tag.startswith("V"):
        return None
    return DONE.get(lemma(word)) if tag == "VBN" else DOES.get(lemma(word))


def persons(page: Page, draft: Draft) -> bool:
    """Whether a draft counts persons, by its noun, its role or what was found of it."""
    return draft.personal or draft.role in HARM or counts_persons(page, draft)


def verb_follows(page: Page, draft: Draft) -> bool:
    """Whether the next word after a draft is a verb."""
    i = page.at(draft.end)
    return i is not None and page.tokens[i].tag_ in {"VBD", "VBN", "VBP", "VBZ", "MD"}
