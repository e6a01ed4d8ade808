"""Names on a list: "the roll carries 31 names" counts those whom the list is of."""

from __future__ import annotations

import re
from functools import cache

from standoff import vocab
from standoff.read.quantities.draft import Draft
from standoff.read.quantities.page import Page

WORDS = vocab.load("en/quantity_roles")["listed"]
ROLES = ("missing", "injured", "detained", "killed")
"""What the people of a list may be, the surest first: a list told of beside graves may be of the missing."""
LISTS, NAMES = frozenset(WORDS["lists"]), frozenset(WORDS["nouns"])
OF = re.compile(r"\s+of\s+(?:the\s+|those\s+)?(?P<whom>[^\W\d_]+)", re.IGNORECASE)
BY = re.compile(r"\bby\s+$", re.IGNORECASE)
"""A difference: "shorter by three"."""
BEFORE = 160
"""Code points within which a list stands before its names."""
BLANK = frozenset({None, "other", "present"})
"""Roles that say nothing of whom a list names: a roll that "carries" names holds them."""
ECHO_FROM = 13
"""The least number that a text is taken to repeat: smaller ones fall together by chance."""


def names_of_people(page: Page, drafts: list[Draft]) -> None:
    """Give counts of listed names the role that the words round the list tell; they then count people."""
    counted = {d.bounds.best: d for d in reversed(drafts) if d.role == "killed" and d.bounds.best is not None}
    for draft in drafts:
        if draft.kind != "count" or draft.what not in NAMES or draft.role not in BLANK or draft.negated:
            continue
        if BY.search(page.text, max(0, draft.start - 6), draft.start):
            continue
        role = _role(page, draft)
        value = draft.bounds.best
        if role is None and value is not None and value >= ECHO_FROM and value in counted:
            role = "killed"
        if role is not None:
            draft.role, draft.personal = role, True
            draft.what = draft.group = None
            draft.relation = draft.related = draft.of_total = None


def _role(page: Page, draft: Draft) -> str | None:
    """Whom the list before a count of names is of: as it says, else as the paragraph or title tells."""
    text = page.text
    start = max(page.sentence(draft.start)[0], draft.start - BEFORE)
    lists = [m for m in re.finditer(r"[^\W\d_]+", text[start : draft.start]) if m.group().lower() in LISTS]
    if not lists:
        return None
    whom = OF.match(text, start + lists[-1].end())
    if whom is not None and (said := _of(whom["whom"])) is not None:
        return said
    opens = text.rfind("\n", 0, draft.start) + 1
    closes = text.find("\n", draft.end)
    title = text[: max(0, text.find("\n"))]
    return _of(text[opens : closes if closes > 0 else len(text)]) or _of(title)


def _of(words: str) -> str | None:
    return next((role for role in ROLES if _pattern(role).search(words)), None)


@cache
def _pattern(role: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(WORDS[role])})\b", re.IGNORECASE)
