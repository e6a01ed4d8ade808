"""Bare figures that are told as the number of those who did or suffered something, or as the size of a crowd:
"the number of divers who drowned is 17", "put those who fled at 8,200", "estimated the crowd at 700"."""

from __future__ import annotations

import re

import msgspec

from standoff import vocab
from standoff.read.quantities.draft import Draft
from standoff.read.quantities.labels import any_of, is_bare
from standoff.read.quantities.page import Page
from standoff.read.quantities.persons import is_person
from standoff.read.quantities.roles import BESIDE, DONE, NOUNS, VOCAB, does_role, done_role, lemma

WORDS, CROWDS = VOCAB["elliptic"], vocab.load("en/quantity_roles")["crowds"]
_COUNTS, _PUT = any_of(WORDS["counts"]), any_of(WORDS["put"])
_LINK = (
    r"\s(?:(?:has|have|had|now)\s+)*(?:to|at|is|was|reach(?:ed|es)?|pass(?:ed|es)|hit|hits|now|exceeded|exceeds|stands)"
    r"\s+(?:at\s+)?$"
)
NUMBER_WHO = re.compile(
    rf"(?<!\w)(?:{_COUNTS})\s+of\s+(?:the\s+|its\s+|their\s+)?(?P<noun>[^\W\d_][\w-]+)[^.;,\n]{{0,60}}?"
    r"\s(?:who|that)\s+(?:(?:have|has|had|were|was|are)\s+(?:been\s+)?)?(?P<verb>[^\W\d_]+)"
    rf"[^.;\n]{{0,50}}?{_LINK}",
    re.IGNORECASE,
)
"""The number of those who did or suffered something: "the number of divers who drowned is 17"."""
NUMBER_DONE = re.compile(
    rf"(?<!\w)(?:{_COUNTS})\s+of\s+(?:the\s+|its\s+|their\s+)?(?P<noun>[^\W\d_][\w-]+)\s+(?:\w+ly\s+)?"
    rf"(?P<done>[^\W\d_]+(?:ed|en|wn|ught|ld))\b[^.;\n]{{0,60}}?{_LINK}",
    re.IGNORECASE,
)
"""The same with a participle: "the number of divers rescued has reached 17"."""
PUT_THOSE = re.compile(
    rf"(?<!\w)(?:{_PUT})\s+(?P<noun>those)\s+(?:who|that)\s+"
    r"(?:(?:have|has|had|were|are)\s+(?:been\s+)?)?(?P<verb>[^\W\d_]+)[^.;\n]{0,50}?\s(?:at|to)\s+$",
    re.IGNORECASE,
)
"""The same, put at a number: "put those who fled at 8,200"."""
LOSSES = re.compile(
    rf"(?<!\w)(?P<noun>[^\W\d_][\w-]+)\s+losses\b[^.;:\n]{{0,50}}?(?:{_LINK[:-1]}|\sreach\s+)$", re.I
)
"""What a side has lost, in a clause: "rebel losses in the fight reached 12"."""
OF_THOSE = re.compile(
    rf"(?<!\w)(?:{_COUNTS})\s+of\s+(?:the\s+|those\s+)(?P<word>[^\W\d_]+)[^.?!\n]{{0,60}}[.;]\s+"
    r"(?:it|the\s+(?:figure|number|total|toll))\s+(?:was|is|had\s+been|stood\s+at|stands\s+at)\s+(?:now\s+)?$",
    re.IGNORECASE,
)
"""A count that the sentence before names: "corrected his count of those seized. It was 17"."""
NAMES_OF = re.compile(r"\s+of\s+(?:the\s+|those\s+)?(?P<word>[^\W\d_]+)", re.IGNORECASE)
CROWD = re.compile(
    rf"(?<!\w)(?:{any_of(CROWDS['nouns'])})\s+(?:\w+\s+){{0,3}}?(?:at|as|was|of|to|numbered|numbering)\s+$",
    re.IGNORECASE,
)
"""How large a crowd was: "put the crowd at 700"."""
CAME = re.compile(
    rf"\s+(?:had\s+|have\s+|were\s+|was\s+|people\s+)*(?:{any_of(CROWDS['did'])})(?!\w)", re.IGNORECASE
)
ANY_CROWD = re.compile(rf"(?<!\w)(?:{any_of(CROWDS['nouns'] + CROWDS['doing'])})(?!\w)", re.IGNORECASE)
GENERAL = frozenset(CROWDS["general"])
TAKEN = re.compile(
    r"\s+(?:people\s+)?(?:were|was|had\s+been|have\s+been)\s+(?:taken|seized)(?!\w)", re.IGNORECASE
)
HOSTAGES = re.compile(r"(?<!\w)(?:hostages?|captives?)(?!\w)", re.IGNORECASE)


def of_whom(page: Page, drafts: list[Draft]) -> None:
    """Give figures the noun and role of those that the words around say they are the number of."""
    for draft in drafts:
        if draft.kind == "count" and not draft.negated:
            start, _ = page.sentence(draft.start)
            before = page.text[max(start, draft.start - 130) : draft.start]
            if is_bare(draft):
                _bare(page, draft, before)
            if draft.what == "names" and (found := NAMES_OF.match(page.text, draft.end)):
                _role(draft, _of_word(found["word"]), None)
            _crowd(page, draft, before)


def _bare(page: Page, draft: Draft, before: str) -> None:
    who = NUMBER_WHO.search(before) or PUT_THOSE.search(before)
    if who:
        _did(page, draft, who["noun"], draft.start - len(before) + who.start("verb"))
    elif done := NUMBER_DONE.search(before):
        at = page.at(draft.start - len(before) + done.start("done"))
        _role(draft, done_role(page.tokens[at]) if at is not None else None, done["noun"])
    elif lost := LOSSES.search(before):
        _role(draft, "killed", lost["noun"])
    elif told := OF_THOSE.search(page.text, max(0, draft.start - 160), draft.start):
        _role(draft, _of_word(told["word"]), None)
    elif TAKEN.match(page.text, draft.number_end) and HOSTAGES.search(page.text):
        _role(draft, "kidnapped", None)


def _did(page: Page, draft: Draft, noun: str, verb: int) -> None:
    """Role of those who are told of by what they did or suffered; ``verb`` is where its word begins."""
    i = page.at(verb)
    token = page.tokens[i] if i is not None else None
    passive = token is not None and i and page.tokens[i - 1].lower_ in {"were", "was", "are", "been"}
    role = (done_role(token) if passive else does_role(token)) if token is not None else None
    _role(draft, role, noun)


def _role(draft: Draft, role: str | None, noun: str | None) -> None:
    """Settle of whom a figure is; nothing where the words give no role."""
    if role is not None:
        draft.role, draft.personal = role, True
        draft.counted = msgspec.structs.replace(draft.counted, how="named")
        draft.what = draft.group = noun.lower() if noun and is_person(noun) else None


def _of_word(word: str) -> str | None:
    """The role of "the dead", "those seized"."""
    low = word.lower()
    return BESIDE.get(low) or NOUNS.get(low) or DONE.get(lemma(low))


def _crowd(page: Page, draft: Draft, before: str) -> None:
    """How many came to a march or a rally: counted as those who took part, however they are called."""
    bare = is_bare(draft)
    general = draft.counted.how == "plain" and (draft.what or "") in GENERAL
    if not bare and not general:
        return
    first, _ = page.sentence(max(0, page.sentence(draft.start)[0] - 2))
    _, end = page.sentence(draft.start)
    told = bare and CROWD.search(before) is not None
    came = (
        CAME.match(page.text, draft.end) is not None and ANY_CROWD.search(page.text, first, end) is not None
    )
    if told or came:
        draft.role, draft.personal = "present", True
        draft.what = draft.group = CROWDS["noun"]
        draft.counted = msgspec.structs.replace(draft.counted, how="named")
