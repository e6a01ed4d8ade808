"""Role, status, sex, age, unit and measure of one draft, from its words and its clause."""

from __future__ import annotations

import re

from standoff import vocab
from standoff.model.annotation import Measure
from standoff.read.event_words import verb_forms
from standoff.read.quantities.draft import Draft
from standoff.read.quantities.page import Page
from standoff.read.quantities.persons import acts, age_of, is_person, sex_of, singular, status_of
from standoff.read.quantities.relations import counts_persons, is_inside
from standoff.read.quantities.role_words import by_words
from standoff.read.quantities.roles import (
    BESIDE,
    HARM,
    NOUNS,
    by_grammar,
    by_noun,
    by_state,
    denied,
)
from standoff.read.quantities.things import destroyed

VOCAB = vocab.load("en/quantity_roles")
TOLLS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(rf"(?<!\w){re.escape(words)}(?!\w)(?:[^.;\n]|\n(?!\n)){{0,120}}$", re.IGNORECASE), role)
    for role, phrases in VOCAB["tolls"].items()
    for words in sorted(phrases, key=len, reverse=True)
]
TOLL_LINK = re.compile(
    r"(?:up\s+from|to|at|of|as|was|is|reach(?:ed|es|ing)?|pass(?:ed|es)|top(?:ped|s)|exceed(?:ed|s)|hits?|near(?:ed|s)|now|stands|:)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
TOLL_BREAK = re.compile(r"\b(?:while|whereas|who|whom|with|including|and\s+\d)\b", re.IGNORECASE)


def _forms(words: list[str]) -> str:
    """Every form of regular and listed verbs, as a pattern: "lose" is also lost, loses and losing."""
    forms = {form for word in words for form in ([word] if " " in word else verb_forms(word))}
    ordered = sorted(forms, key=lambda w: (-len(w), w))
    return "|".join(re.escape(form).replace("\\ ", r"\s+") for form in ordered)


def _cue(words: list[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in ordered)})(?!\w)", re.IGNORECASE)


CUMULATIVE, STOCK = _cue(VOCAB["measure"]["cumulative"]), _cue(VOCAB["measure"]["stock"])
NEW = _cue(VOCAB["measure"]["new"])
SINCE = re.compile(r"\b(?:since|so\s+far|to\s+date)\b", re.IGNORECASE)
NEW_BEFORE = re.compile(
    r"(?<!\w)(?:another|an\s+additional|a\s+further|further)\s+(?:\S+\s+){0,2}$", re.IGNORECASE
)
OF = re.compile(r"\s+of\s", re.IGNORECASE)
STATES = frozenset({"injured", "missing", "kidnapped", "detained", "present"})
"""Roles that an adjective gives and a verb may end."""
OUTCOMES = frozenset({"killed", "released", "evacuated", "arrived", "left"})
PLANNED = re.compile(
    r"(?<!\w)(?:to\s+\w+|(?:release|freedom|liberation|freeing)\s+of)\s+(?:\S+\s+){0,2}$", re.IGNORECASE
)
"""Words after which those who are held are not free yet: "demands the release of 40 jailed miners"."""
WALKING_OUT = frozenset(VOCAB["elliptic"]["walking_out"])
_TAKEN = _forms([*VOCAB["beside"]["lives"], "loss of"])
LIFE_TAKEN = re.compile(rf"(?<!\w)(?:{_TAKEN})\s+(?:[\w-]+\s+){{0,2}}$", re.IGNORECASE)
LIVES_OF = re.compile(r"(?<!\w)li(?:ves|fe)\s+of\s+(?:[\w-]+\s+){0,2}$", re.IGNORECASE)
OWN_LIVES = re.compile(
    r"\s+(?:who\s+)?(?:(?:have|has|had|also)\s+)*(?:lost|lose|losing|gave|give|paid\s+with)"
    r"\s+(?:their|his|her)\s+li(?:ves|fe)\b",
    re.IGNORECASE,
)
LOSS = re.compile(r"\blo(?:s[est]|sing)|\bli(?:fe|ves)\b|\bbur(?:y|ie)", re.IGNORECASE)
"""A quick look before the patterns below."""
FELL = re.compile(
    r"(?:\s+of\s+[^.,;\n]{2,40})?(?:\s+(?:ha(?:d|ve)|also))*\s+f(?:e|a)ll(?:en)?\b", re.IGNORECASE
)
AGAINST = re.compile(r",\s+(?:against|for)\s+$", re.IGNORECASE)
HOLDING = re.compile(
    r"\s+(?:that\s+|whom\s+)?(?:it|they|he|she|we)\s+(?:was|were|is|are|has|had|have)\s+(?:been\s+)?"
    r"(?:holding|detaining|detained)\b",
    re.IGNORECASE,
)
KILLED = re.compile(r"\b(?:killed|killing|died|slain)\b", re.IGNORECASE)
WARRIORS = frozenset(VOCAB["elliptic"]["fallen"])
LOST = re.compile(
    rf"(?<!\w)(?:{_forms([*VOCAB['elliptic']['losing'], 'loss of'])})\s+"
    r"(?:(?:an?|his|her|their)\s+\w+\s+and\s+)?(?:[\w-]+\s+)?$",
    re.IGNORECASE,
)
SUFFERED = frozenset({"killed", "injured", "casualties", "kidnapped", "detained", "missing"})
STOCKS = frozenset({"present", "detained", "missing", "displaced"})


def describe(page: Page, draft: Draft) -> None:
    """Fill in what the words around a draft say of it."""
    if draft.kind in {"count", "rate"}:
        draft.personal = draft.personal or counts_persons(page, draft) or draft.counted.how == "beside"
        _roles(page, draft)
        _persons(draft)
        draft.measure = draft.measure or _measure(page, draft)
        if draft.kind == "count" and draft.unit is None:
            draft.unit = "person" if _personal(draft) else (singular(draft.what) if draft.what else None)
        _confidence(draft)
    elif draft.kind in {"percent", "measure", "money"}:
        _roles(page, draft)
    elif draft.kind == "age":
        _persons(draft)


def _personal(draft: Draft) -> bool:
    return draft.personal or (draft.role in {"killed", "injured"} and draft.what in {"lives", "life"})


def _roles(page: Page, draft: Draft) -> None:
    if draft.role is not None:
        return
    if draft.roleless:
        draft.role = by_state(draft.what)
        return
    counted = draft.counted
    if destroyed(page, draft):
        draft.role = "destroyed"
        return
    if counted.how == "beside" and (role := _of_these(page, draft)):
        draft.role, draft.of_total = role, "inside"
        return
    if counted.how == "beside":
        roles = {BESIDE[word] for word in counted.words if word in BESIDE}
        draft.role = "casualties" if roles == {"killed", "injured"} else BESIDE[counted.words[0]]
        return
    role = _held_apart(page, draft, by_noun(counted.words, counted.what)) or _lost(page, draft)
    if role is None and counted.how in {"none", "others"} and (role := _toll(page, draft)):
        _as_toll(draft)
    role = role or _fell(page, draft) or _against(page, draft) or _held_by(page, draft)
    role = role or _by_clause(page, draft) or _toll(page, draft)
    if role is None and counted.how != "pronoun":
        role = by_state(draft.what, counted.words)
    if (
        role in {"killed", "injured", "casualties", "kidnapped"}
        and draft.what
        and not _can_suffer(page, draft)
    ):
        role = None
    if role in SUFFERED and (counted.how == "others" or acts(draft.what or "")):
        draft.personal = True
    draft.role = role or ("other" if draft.kind == "count" and draft.what else None)


def _of_these(page: Page, draft: Draft) -> str | None:
    """ "three of the injured died": what became of a part of those in a state, by its clause."""
    number = page.at(draft.number_start)
    if number is None or not page.parsed or not OF.match(page.text, draft.number_end):
        return None
    return by_grammar(page.tokens[number])


def _held_apart(page: Page, draft: Draft, role: str | None) -> str | None:
    """The role that a noun's adjective gives, unless its clause tells what became of them: "released eight
    wounded soldiers"."""
    if role == "casualties" and (clause := _by_clause(page, draft)) in {"killed", "injured"}:
        return clause  # "buried 19 victims"
    if role not in STATES or draft.counted.what in NOUNS:
        return role
    clause = _by_clause(page, draft)
    if clause == "released" and PLANNED.search(page.text, max(0, draft.start - 60), draft.start):
        return role
    return clause if clause in OUTCOMES else role


def _lost(page: Page, draft: Draft) -> str | None:
    """ "claimed 12 lives", "the loss of 12 lives", "12 clerks lost their lives", "lost 12 of its men"."""
    counted, text = draft.counted, page.text
    if LOSS.search(text, max(0, draft.start - 40), draft.end + 40) is None:
        return None
    before, after = text[max(0, draft.start - 40) : draft.start], text[draft.end : draft.end + 40]
    if counted.what in {"lives", "life"}:
        return "killed" if LIFE_TAKEN.search(before) else None
    if OWN_LIVES.match(after) or LIVES_OF.search(before):
        return "killed"
    persons = is_person(draft.what or "") and singular(draft.what or "") not in WALKING_OUT
    return "killed" if persons and LOST.search(before) else None


def _fell(page: Page, draft: Draft) -> str | None:
    """ "three fighters of the column fell": of the armed, who fall are killed."""
    return "killed" if _armed(draft.what or "") and FELL.match(page.text, draft.end) else None


def _against(page: Page, draft: Draft) -> str | None:
    """ "120 rebels were killed, against 17 soldiers": of the armed, who is set against others was killed."""
    start, _ = page.sentence(draft.start)
    before = page.text[max(start, draft.start - 160) : draft.start]
    lost = AGAINST.search(before) is not None and _armed(draft.what or "")
    return "killed" if lost and KILLED.search(before) else None


def _held_by(page: Page, draft: Draft) -> str | None:
    """ "the 64 men it was holding"."""
    return "detained" if is_person(draft.what or "") and HOLDING.match(page.text, draft.end) else None


def _armed(what: str) -> bool:
    return singular(what) in WARRIORS or (is_person(what) and status_of((what,), what) == "combatant")


def _can_suffer(page: Page, draft: Draft) -> bool:
    """Whether what is counted can be killed or hurt; vehicles and houses cannot."""
    what = draft.what or ""
    if draft.personal or is_person(what) or draft.counted.how not in {"plain", "part"}:
        return True
    if by_noun(draft.counted.words, draft.counted.what) or what in {"lives", "life"}:
        return True
    return singular(what) in UNITS_OF_PEOPLE or acts(what)


UNITS_OF_PEOPLE = frozenset(
    {
        "ally",
        "family",
        "member",
        "group",
        "crew",
        "civilian",
        "militia",
        "dozen",
        "nationality",
        "victim",
        "african",
        "other",
    }
)


def _toll(page: Page, draft: Draft) -> str | None:
    """ "the death toll rose to 90": the role of a number that follows its noun."""
    bare = draft.counted.how in {"none", "others"}
    if not bare and not _personal(draft):
        return None
    start, _ = page.sentence(draft.start)
    before = page.text[max(start, draft.start - 160) : draft.start]
    if not TOLL_LINK.search(before):
        return None
    for pattern, role in TOLLS:
        found = pattern.search(before)
        if found and not TOLL_BREAK.search(found[0]):
            return role
    return None


def _as_toll(draft: Draft) -> None:
    """A toll's bare number counts persons whom no noun names; what an earlier count named is not theirs."""
    if draft.counted.how == "none":
        draft.what = draft.group = None
        draft.personal = True


def _by_clause(page: Page, draft: Draft) -> str | None:
    head = draft.anchor
    if head is None:
        head = page.at(draft.number_start)
    if head is None:
        return None
    token = page.tokens[head]
    role = by_grammar(token) if page.parsed else None
    if role is None and draft.counted.how in {"none", "others"}:
        number = page.at(draft.number_start)
        role = by_grammar(page.tokens[number]) if number is not None and page.parsed else None
    if role in HARM:
        _negation(page, draft, head)
        return role
    if is_inside(page, draft):
        return role  # what stands behind it is told of others; its role is its whole's
    return by_words(page, head, draft.start) or role


def _negation(page: Page, draft: Draft, head: int) -> None:
    """Mark a count whose harm is denied: "three soldiers were not killed"."""
    if denied(page.tokens[head]):
        draft.negated = True


def _persons(draft: Draft) -> None:
    words = draft.counted.words
    if draft.what is None or not is_person(draft.what):
        return
    own = words or (draft.what,)
    draft.status = status_of(own, draft.what)
    draft.sex, draft.age = sex_of(own), age_of(own)


def _measure(page: Page, draft: Draft) -> Measure | None:
    """Stock, cumulative or new, where the words say so."""
    text = page.text
    inside = text[draft.number_end : draft.end]
    if NEW_BEFORE.search(text, max(0, draft.start - 30), draft.number_start) or re.match(
        r"\s+(?:more|additional|further|new)\b", text[draft.number_end : draft.number_end + 12], re.I
    ):
        return "new"
    if re.search(r"(?<!\w)another\s", text[draft.start : draft.number_start], re.I) or NEW.match(
        inside.strip()
    ):
        return "new"
    start, end = page.sentence(draft.start)
    around = text[max(start, draft.start - 60) : min(end, draft.end + 80)]
    if draft.role in {"displaced", "detained"} and SINCE.search(around):
        return "cumulative"
    if draft.role in STOCKS:
        return "stock"
    if draft.role in HARM | {"released", "evacuated", "arrived", "left", "supplied"} and CUMULATIVE.search(
        around
    ):
        return "cumulative"
    if draft.role in HARM and draft.counted.how == "none" and CUMULATIVE.search(text, start, draft.start):
        return "cumulative"
    if draft.relation == "remainder" or (draft.role in {"other", None} and STOCK.search(around)):
        return "stock"
    return None


def _confidence(draft: Draft) -> None:
    if draft.negated:
        return
    if draft.what is None and not draft.personal:
        draft.confidence = min(draft.confidence, 0.5)
    elif draft.role in {None, "other"}:
        draft.confidence = min(draft.confidence, 0.85)
    if draft.bounds.approximate and draft.bounds.best is None:
        draft.confidence = min(draft.confidence, 0.8)
