"""Bare figures whose count is told right beside them: "put the dead at 31", "enemy killed, 63"."""

from __future__ import annotations

import re

import msgspec

from standoff import vocab
from standoff.read.quantities.draft import Draft
from standoff.read.quantities.page import Page
from standoff.read.quantities.persons import is_person, singular
from standoff.read.quantities.roles import BESIDE, HELD, NOUNS, does_role, done_role
from standoff.read.quantities.things import spoils

WORDS = vocab.load("en/quantity_roles")["elliptic"]


def any_of(words: list[str]) -> str:
    """The words of a list as alternatives of a pattern, the longest first."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered)


_PERSONS, _COUNTS = any_of(WORDS["persons"]), any_of(WORDS["counts"])
_WHOSE = r"(?:(?P<whose>[^\W\d_][\w-]+)\s+)?"
KEPT = re.compile(
    rf"(?<!\w)(?:{_COUNTS})\s+of\s+(?:the\s+|its\s+|their\s+)?{_WHOSE}(?P<what>{_PERSONS})(?!\w)"
    rf"(?P<link>(?:(?!\b(?:{_PERSONS})\b)[^.;\n]){{0,60}}?\s(?:to|at|is|was|of|from|reached|passed|now|exceeded|stands))\s+$",
    re.IGNORECASE,
)
"""A count kept of persons, its figure after a link: "the army's count of rebel dead was lowered to 62"."""
PUT = re.compile(
    rf"(?<!\w)(?:(?:{any_of(WORDS['put'])})\s+(?:the\s+|its\s+|their\s+)?(?:number\s+of\s+)?|"
    rf"(?:and|,|but)\s+(?:the\s+number\s+of|the|that\s+of(?:\s+the)?)\s+)"
    rf"{_WHOSE}(?P<what>{_PERSONS})\s+at\s+$",
    re.IGNORECASE,
)
"""A figure put on persons, the verb once for several: "put the dead at 18 and the wounded at 200"."""
NUMBERING = re.compile(
    rf"(?<!\w)(?:the|its|their)\s+{_WHOSE}(?P<what>{_PERSONS})\s+(?:now\s+)?(?:{any_of(WORDS['numbering'])})\s+$",
    re.IGNORECASE,
)
MOVED_TO = re.compile(
    r"(?<!\w)(?:bring|brought|brings|bringing|rais\w+|lower\w*|cut|cutting|increas\w+|reduc\w+)\s+to\s+$",
    re.IGNORECASE,
)
BEHIND = re.compile(
    rf"\s+(?:the|its|their|his|her)\s+(?:{_COUNTS})\s+of\s+(?:the\s+)?(?:{_WHOSE}(?P<what>{_PERSONS})(?!\w)"
    r"|(?P<noun>[^\W\d_]+s)\b)",
    re.IGNORECASE,
)
"""The count behind its figure: "bringing to 19 the number of dead", "raised to 11 its tally of impacts"."""
OF_WHAT_WAS = re.compile(
    rf"(?<!\w)(?:{_COUNTS})\s+of\s+(?:the\s+)?(?P<noun>[^\W\d_]+(?:s|men|women|people|children))\s+"
    r"(?:(?:who|that)\s+(?:were|was|had|have|are)\s+)?(?P<did>[^\W\d_]+)(?:(?!\sof\s\d)[^.;\n]){0,90}?"
    r"\s(?:at|to|from|reached|passed|is|was|stands|stood)\s+$",
    re.IGNORECASE,
)
"""A count of what a participle tells of: "put the number of lorries burned at four", "the number of people
driven from their homes has climbed to 9,500"."""
AGES = re.compile(r"\s*(?:,\s*)?(?:and|or|years?|to)\b|\s*,\s*\w+\s+and\b", re.IGNORECASE)
"""What stands behind a number where it tells how old they are: "the victims were 12 and 15"."""
LABEL = re.compile(
    rf"(?:^|[\n.;:,(–—-]\s*|\band\s+){_WHOSE}(?P<what>{_PERSONS})\s*[,:–—-]\s*$", re.IGNORECASE
)
"""One line of a balance: "enemy killed, 63; prisoners, 31"."""
LABEL_END = re.compile(r"\s*(?:[,;.)\n]|$|and\b)")
FRONTED = re.compile(
    rf"(?:of|among|as\s+(?:for|to|regards))\s+(?:the\s+|its\s+|their\s+)?{_WHOSE}(?P<what>{_PERSONS}|[^\W\d_]+s),\s",
    re.IGNORECASE,
)
"""What a whole sentence is about: "Of rebel dead, the paper could establish 22"."""


def labels(page: Page, drafts: list[Draft]) -> None:
    """Give bare figures the noun and role of the count they are told as, before any clause is asked."""
    for draft in drafts:
        if not is_bare(draft) or draft.kind != "count":
            continue
        start, _ = page.sentence(draft.start)
        before = page.text[max(start, draft.start - 110) : draft.start]
        found = KEPT.search(before) or PUT.search(before)
        if found is None and not AGES.match(page.text, draft.number_end):
            found = NUMBERING.search(before)
        if found is None and LABEL_END.match(page.text, draft.number_end):
            found = LABEL.search(page.text, max(0, draft.start - 50), draft.start)
        found = found or FRONTED.match(page.text, start, draft.start)
        if found is None and MOVED_TO.search(before):
            found = BEHIND.match(page.text, draft.number_end)
        if found is None and (told := OF_WHAT_WAS.search(before)):
            _of_what_was(page, draft, told, draft.start - len(before))
        elif found is not None and found.groupdict().get("what") is None:
            _counts(draft, found["noun"])
        elif found is not None:
            named(draft, found["whose"], found["what"])


def _of_what_was(page: Page, draft: Draft, told: re.Match[str], offset: int) -> None:
    """Noun and role of a count by the participle behind its noun; nothing where that tells no role."""
    at = page.at(offset + told.start("did"))
    role = "destroyed" if spoils(told["did"]) and not is_person(told["noun"]) else None
    if role is None and at is not None:
        role = BESIDE.get(told["did"].lower()) or done_role(page.tokens[at]) or does_role(page.tokens[at])
    if role is not None:
        draft.role = role
        _counts(draft, told["noun"])


def _counts(draft: Draft, noun: str) -> None:
    """Say that a figure counts what a noun in the plural tells."""
    draft.counted = msgspec.structs.replace(draft.counted, how="named")
    draft.personal = is_person(noun)
    draft.what = draft.group = noun.lower() if draft.personal else singular(noun.lower())


def is_bare(draft: Draft) -> bool:
    """Whether a figure has no noun of its own, and nothing yet says what it counts."""
    return draft.counted.how == "none" and draft.relation is None


def named(draft: Draft, whose: str | None, what: str) -> None:
    """Noun and role of "rebel dead", "prisoners", "the wounded"."""
    low = what.lower()
    role = BESIDE.get(low) or NOUNS.get(low) or HELD.get(low)
    if role is None and whose is not None and is_person(what):
        role, whose, what = BESIDE.get(whose.lower()), what, f"{whose} {what}"
    if role is None:
        return
    owner = whose if whose is not None and is_person(whose) else None
    draft.role, draft.personal = role, True
    draft.counted = msgspec.structs.replace(draft.counted, how="named")
    draft.what = owner.lower() if owner else low
    draft.group = what if whose is None or what.endswith(whose) else f"{whose} {what}"
