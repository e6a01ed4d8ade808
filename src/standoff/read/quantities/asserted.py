"""What a report says further on of persons it has counted: "eight people, all of them civilians"."""

from __future__ import annotations

import re
from bisect import bisect_left

from standoff.read.quantities.draft import Draft
from standoff.read.quantities.page import Page
from standoff.read.quantities.persons import (
    age_group,
    age_of,
    is_person,
    is_plural,
    sex_of,
    status_of,
)
from standoff.read.quantities.relations import counts_persons

ALL = re.compile(
    r"(?P<lead>[,(–—-]\s*|(?:^|[.!?;]\s+|\n\s*))(?:all|each|every\s+one)\s+(?:of\s+(?:them|whom)\s+|(?:of\s+)?the\s+"
    r"(?:dead|wounded|injured|victims|casualties)\s+)?(?:were\s+|are\s+|being\s+)?"
    r"(?P<words>(?:[^\W\d_][\w-]*\s+){0,3}?)(?P<noun>[^\W\d_][\w-]*)(?=\s*(?:[,.;:)!?]|$|\s(?:from|except|and)\b))",
    re.IGNORECASE | re.MULTILINE,
)
BOTH = re.compile(r",\s+both\s+(?P<one>[^\W\d_]+)\s+and\s+(?P<other>[^\W\d_]+)(?=\s*[,.;)])", re.IGNORECASE)
AND = re.compile(
    r"\s+(?:and|or)\s+(?P<words>(?:[^\W\d_][\w-]*\s+){0,2}?)(?P<noun>[^\W\d_][\w-]*)", re.IGNORECASE
)
REACH = 160


def assert_more(page: Page, drafts: list[Draft]) -> None:
    """Fill in status, sex and age from "all of them ...", from a second noun and from a stated age."""
    persons = [d for d in drafts if d.kind == "count" and not d.negated and counts_persons(page, d)]
    for draft in persons:
        _second_noun(page, draft)
    for match in ALL.finditer(page.text):
        if is_person(match["noun"]) and is_plural(match["noun"]):
            _all_of_them(page, match, persons)
    for match in BOTH.finditer(page.text):
        near = _nearest(match.start(), persons)
        if near is not None and is_person(match["one"]) and is_person(match["other"]):
            _mixed(near, (match["one"],), (match["other"],))
    for draft in drafts:
        value = draft.bounds.best
        if draft.kind == "age" and draft.age is None and draft.what and value is not None:
            draft.age = age_group(float(value) if draft.unit == "year" else 0.0)


def _nearest(offset: int, persons: list[Draft]) -> Draft | None:
    """The last count of persons before an offset, if near enough."""
    last = bisect_left(persons, offset, key=lambda draft: draft.start) - 1
    near = last >= 0 and 0 <= offset - persons[last].end <= REACH
    return persons[last] if near else None


def _all_of_them(page: Page, match: re.Match[str], persons: list[Draft]) -> None:
    """In apposition to the count, or as the next sentence right after the one that holds it."""
    draft = _nearest(match.start("lead"), persons)
    if draft is None:
        return
    start, end = page.sentence(draft.start)
    apposed = match["lead"].strip()[:1] in {",", "(", "-", "–", "—"}
    if page.sentence(match.start("noun"))[0] != (start if apposed else end):
        return
    words = (*match["words"].lower().split(), match["noun"].lower())
    draft.status = draft.status or status_of(words, words[-1])
    draft.sex, draft.age = draft.sex or sex_of(words), draft.age or age_of(words)


def _second_noun(page: Page, draft: Draft) -> None:
    """ "22 soldiers and civilians": one number for two kinds of persons."""
    head = draft.counted.head
    if not page.parsed or head is None or draft.counted.how != "plain" or draft.end != draft.counted.end:
        return
    found = AND.match(page.text, draft.end)
    if not found or not is_person(found["noun"]) or not is_plural(found["noun"]):
        return
    other = page.at(found.start("noun"))
    if other is None or page.tokens[other].dep_ != "conj" or page.tokens[other].head.i != page.tokens[head].i:
        return
    own = draft.counted.words or (draft.what or "",)
    _mixed(draft, own, (*found["words"].lower().split(), found["noun"].lower()))
    draft.end = found.end()
    draft.group = f"{draft.group}{' '.join(['', *found[0].split()])}" if draft.group else None


def _mixed(draft: Draft, one: tuple[str, ...], other: tuple[str, ...]) -> None:
    """Status, sex and age of two kinds of persons under one number: kept where they agree."""
    states = {status_of(one, one[-1]), status_of(other, other[-1])}
    if len(states) == 1:
        draft.status = states.pop()
    else:
        draft.status = "mixed" if states == {"civilian", "combatant"} else None
    draft.sex = sex_of(one) if sex_of(one) == sex_of(other) else None
    draft.age = age_of(one) if age_of(one) == age_of(other) else None
