"""Parts of the counted: "19 dead, eight of them women" counts women, and dead ones."""

from __future__ import annotations

import re

from standoff.read.quantities.draft import Draft
from standoff.read.quantities.elliptic import BLANK, NEAR, close, harm_before, persons, verb_follows
from standoff.read.quantities.page import Page
from standoff.read.quantities.persons import age_of, is_person, is_plural, sex_of
from standoff.read.quantities.relations import apposed

DONE_TO = frozenset({"killed", "injured"})
PREDICATE = re.compile(
    r"\s+(?:(?:were|are|was|is|being)\s+)?(?:[^\W\d_]+\s+)?(?P<noun>[^\W\d_]+)"
    r"(?=\s*[,.;:)\n]|\s+(?:and|who|from|in|at|aged)\b|$)",
    re.IGNORECASE,
)
"""What some of the counted are: "nine of them were children"."""
POINTING = re.compile(
    r"(?<!\w)(?:of|among)\s+(?:whom|these|those|them|which),?\s+(?:at\s+least\s+|only\s+|some\s+)?$",
    re.IGNORECASE,
)


def members(page: Page, drafts: list[Draft]) -> None:
    """Give parts told by a pronoun their own noun, where they have one, and the role of their whole."""
    counts = [d for d in drafts if d.kind == "count" and not d.negated]
    for k, draft in enumerate(counts):
        if draft.counted.how == "part" and draft.relation == "part_of" and draft.related is None:
            draft.related = _harmed_whole(page, draft, counts[max(0, k - NEAR) : k])
        pronoun = draft.counted.how == "pronoun"
        if not pronoun and not (draft.counted.how == "none" and _pointing(page, draft)):
            continue
        if pronoun and _ours(page, draft):
            draft.what, draft.group, draft.personal = None, None, True
            draft.relation = draft.related = draft.of_total = None
            continue
        noun = _predicate(page, draft)
        whole = _whole(page, draft, counts[max(0, k - NEAR) : k])
        if whole is not None:
            _of_whole(page, draft, whole, noun)
        elif draft.role in BLANK and _fragment(page, draft):
            told = harm_before(page, draft)
            draft.role, draft.personal = (told.role, True) if told else (draft.role, draft.personal)
        if noun is not None:
            draft.what, draft.group, draft.personal = noun, noun, True
            draft.sex, draft.age = sex_of((noun,)), age_of((noun,))


def _pointing(page: Page, draft: Draft) -> bool:
    return POINTING.search(page.text, max(0, draft.start - 40), draft.start) is not None


def _predicate(page: Page, draft: Draft) -> str | None:
    """The persons that a part is said to be: "women", "children"."""
    found = PREDICATE.match(page.text, draft.end)
    if found is None or not is_person(found["noun"]) or not is_plural(found["noun"]):
        return None
    return found["noun"].lower()


def _harmed_whole(page: Page, draft: Draft, before: list[Draft]) -> Draft | None:
    """ "killed all 14 gunmen ... five of the rebels": the larger count of those to whom the same was done."""
    for other in reversed(before):
        larger = other.value is not None and draft.value is not None and other.value > draft.value
        if larger and draft.role in DONE_TO and other.role == draft.role and other.relation != "part_of":
            return other
    return None


def _of_whole(page: Page, draft: Draft, whole: Draft, noun: str | None) -> None:
    draft.relation, draft.related = draft.relation or "part_of", whole
    own = draft.role not in BLANK and noun is None and verb_follows(page, draft)
    if whole.role not in BLANK and not own:
        draft.role = whole.role
    borrowed = draft.counted.how == "none" or draft.what is None or not close(page, whole, draft)
    if noun is None and borrowed:
        draft.what, draft.group, draft.personal = whole.what, whole.group, whole.personal


def _ours(page: Page, draft: Draft) -> bool:
    """ "30 of us", "eight of our own": people of whom no noun is told."""
    head = draft.counted.head
    return head is not None and page.tokens[head].lower_ in {"us", "own", "you"}


def _whole(page: Page, draft: Draft, before: list[Draft]) -> Draft | None:
    """The nearest larger count of persons close by: what "them" points to."""
    if before and apposed(page, draft, before[-1]):
        return before[-1]
    for other in reversed(before):
        if not close(page, other, draft):
            return None
        larger = other.value is None or draft.value is None or other.value > draft.value
        if larger and other.relation not in {"part_of", "remainder"} and persons(page, other):
            return other
    return None


def _fragment(page: Page, draft: Draft) -> bool:
    """Whether the part is all of its sentence: "Thirty-eight of them."."""
    start, end = page.sentence(draft.start)
    return len(page.text[start:end].strip()) <= draft.end - draft.start + 3
