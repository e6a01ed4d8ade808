"""Quantities told without a number: "a policeman was killed", "no casualties", "a like number"."""

from __future__ import annotations

import re

from standoff import vocab
from standoff.read.quantities import rules
from standoff.read.quantities.draft import Draft
from standoff.read.quantities.nouns import Counted, Nouns
from standoff.read.quantities.page import Page
from standoff.read.quantities.persons import PERSONS, is_person, is_plural
from standoff.read.quantities.roles import BE, BESIDE, DONE, HARM, by_grammar, lemma
from standoff.read.quantities.rules import Bounds

ROLES, NUMBERS = vocab.load("en/quantity_roles"), vocab.load("en/numbers")


def _any(words: list[str]) -> str:
    return "|".join(
        re.escape(w).replace(r"\ ", r"\s+") for w in sorted(set(words), key=lambda w: (-len(w), w))
    )


_NONE = {word: role for role in ("casualties", "injured", "killed") for word in ROLES["none"][role]}
_SINGLE = _any([word for word in PERSONS if word not in {"other", "people", "head", "general", "private"}])
SINGULAR = re.compile(
    rf"(?<![\w-])(?:an?|another|his|her|their|my)\s+(?:[\w'’.-]+\s+){{0,4}}?(?P<noun>{_SINGLE}|\w{{2,}}(?:man|woman))(?![\w-])",
    re.IGNORECASE,
)
NO_HARM = re.compile(
    rf"(?<!\w)(?:no|without(?:\s+any)?|zero|any)\s+(?:(?:reports?|word|sign|immediate\s+reports?|civilian|military|serious|other|further|new|human)\s+(?:of\s+)?){{0,3}}(?P<noun>{_any(list(_NONE))})(?!\w)",
    re.IGNORECASE,
)
NO_ONE = re.compile(
    rf"(?<!\w)(?P<who>no\s*-?one|nobody|none(?:\s+of\s+(?:the\s+|them|those|its|his|their)\s*)?|not\s+a\s+single\s+(?:[\w'’-]+\s+)?(?:{_SINGLE})|no\s+(?:[\w'’-]+\s+){{0,2}}?(?:{_any(ROLES['none']['persons'])}))(?P<link>(?:\s+[\w'’-]+){{0,4}}?\s+(?:was|were|is|are|has|have|had|been|got)(?:\s+(?:been|yet|reported|immediately|seriously))*\s+(?P<verb>\w+)|\s+(?P<died>died|perished))",
    re.IGNORECASE,
)
ALL_SAFE = re.compile(
    r"(?<!\w)all\s+(?:of\s+)?(?:the\s+|its\s+|their\s+|those\s+|other\s+)?(?:[\w-]+\s+)?(?P<noun>[^\W\d_]+)"
    r"\s+(?:was|were|is|are|had\s+been|have\s+been)\s+(?:[\w-]+\s+){0,3}?"
    rf"(?:{_any(ROLES['none']['safe'])})(?!\w)",
    re.IGNORECASE,
)
ORDINALS: dict[str, int] = NUMBERS["ordinals"]
LIKE = {kind: re.compile(rf"(?<!\w)(?:{_any(words)})(?!\w)", re.I) for kind, words in NUMBERS["same"].items()}
THE_REST = re.compile(
    rf"(?<!\w)(?:{_any(NUMBERS['rest']['words'])})(?!\w)(?!\s+of\s+the\s+(?:world|country|day|week|year|region|nation))",
    re.I,
)
SOME = re.compile(
    r"(?<!\w)some\s+(?P<noun>casualties|deaths|injuries|fatalities|losses)(?!\w)", re.IGNORECASE
)


def _harmed(page: Page, head: int, start: int) -> str | None:
    """The harm done to the person at token ``head``: grammar first, then the words beside it."""
    token = page.tokens[head]
    role = by_grammar(token) if page.parsed else None
    if role in HARM:
        return role
    following = page.tokens[head + 1 : head + 8]
    passive = False
    for each in following:
        low = each.lower_
        if low in {".", ",", ";", "who"} and not passive:
            break
        if low in BE:
            passive = True
        elif passive and (low in BESIDE or lemma(low) in DONE):
            found = BESIDE.get(low) or DONE.get(lemma(low))
            return found if found in HARM else None
        elif passive and low not in {"also", "then", "shot", "reportedly", "later", "slightly", "seriously"}:
            break
    return None


def singular_persons(page: Page) -> list[Draft]:
    """One person harmed: "a policeman was killed", "killing his wife"."""
    found = []
    for match in SINGULAR.finditer(page.text):
        head = page.at(match.start("noun"))
        if head is None or not page.tokens[head].text.strip() or is_plural(match["noun"]):
            continue
        if page.text[: match.start()][-4:].casefold() == "not ":
            continue  # "not a single passenger" is none
        if page.starts[head] > match.start("noun") or page.end(head) < match.end("noun"):
            head = page.at(match.end("noun") - 1)
        if head is None or _modifies(page, head):
            continue
        role = _harmed(page, head, match.start())
        if role is None:
            continue
        words = tuple(match[0].lower().split()[1:])
        # "a third soldier has died": so many have, this one included
        nth = ORDINALS.get(words[0]) if match[0][:1] in {"a", "A"} and role == "killed" else None
        counted = Counted(
            how="plain",
            what=match["noun"].lower(),
            group=" ".join(match[0].split()[1:]),
            head=head,
            end=match.end(),
            words=words,
        )
        found.append(
            Draft(
                start=match.start(),
                end=match.end(),
                kind="count",
                bounds=rules.exact(nth or 1),
                measure="cumulative" if nth else None,
                counted=counted,
                anchor=head,
                role=role,
                confidence=0.6,
                number_start=match.start(),
                number_end=match.start() + 1,
            )
        )
    return found


def _modifies(page: Page, head: int) -> bool:
    """Whether the noun only modifies the next one ("a student leader", "the police station")."""
    if head + 1 >= len(page.tokens):
        return False
    following = page.tokens[head + 1]
    return (
        following.tag_ in {"NN", "NNS", "POS"} and following.lower_ not in BESIDE and following.text.isalpha()
    ) or following.text in {"'s", "’s"}


def _nothing(start: int, end: int, what: str | None, role: str | None) -> Draft:
    counted = Counted(how="plain", what=what, group=what, end=end, words=(what,) if what else ())
    return Draft(
        start=start,
        end=end,
        kind="count",
        bounds=rules.exact(0),
        counted=counted,
        role=role,
        negated=True,
        confidence=0.8,
        number_start=start,
        number_end=end,
    )


def nothings(page: Page) -> list[Draft]:
    """ "no casualties", "no one was killed", "none of the hostages was hurt": zero, negated."""
    found = []
    for match in NO_HARM.finditer(page.text):
        if match[0].lower().startswith("any") and not re.search(
            r"(?:not|n't|n’t|without|denied|no)\s+(?:\w+\s+){0,3}$",
            page.text[max(0, match.start() - 40) : match.start()],
        ):
            continue
        noun = re.sub(r"\s+", " ", match["noun"].lower())
        unknown = re.search(r"\b(?:reports?|word|sign)\b", match[0], re.IGNORECASE)
        draft = _nothing(match.start(), match.end(), noun, _NONE[noun])
        draft.confidence = 0.6 if unknown else 0.8
        found.append(draft)
    for match in NO_ONE.finditer(page.text):
        verb = lemma(match["verb"] or match["died"])
        role = BESIDE.get((match["verb"] or "").lower()) or (
            "killed" if verb in {"die", "perish"} else DONE.get(verb)
        )
        if role is None:
            continue
        last = match["who"].split()[-1].lower()
        what = last if is_person(last) else None
        found.append(_nothing(match.start("who"), match.end("who"), what, role))
    return found


def all_safe(page: Page) -> list[Draft]:
    """ "all passengers were brought out unharmed": none of them died."""
    found = []
    for match in ALL_SAFE.finditer(page.text):
        noun = match["noun"].lower()
        if is_person(noun) and is_plural(noun) and " not " not in match[0].lower():
            draft = _nothing(match.start(), match.end(), noun, "killed")
            draft.what = draft.group = noun
            found.append(draft)
    return found


def like_numbers(page: Page, nouns: Nouns) -> list[Draft]:
    """ "a like number of family members": bounds come later from the quantity it equals."""
    found = []
    for kind, pattern in LIKE.items():
        for match in pattern.finditer(page.text):
            counted = nouns.after(match.end())
            found.append(
                Draft(
                    start=match.start(),
                    end=max(match.end(), counted.end),
                    kind="count",
                    bounds=Bounds(approximate=kind == "about"),
                    counted=counted,
                    anchor=counted.head,
                    relation="equals",
                    confidence=0.7,
                    number_start=match.start(),
                    number_end=match.end(),
                )
            )
    return found


def rests(page: Page, nouns: Nouns) -> list[Draft]:
    """ "the rest", "the others": unknown number, remainder of an earlier quantity."""
    found = []
    for match in THE_REST.finditer(page.text):
        counted = nouns.after(match.end())
        if counted.how != "part":
            counted = Counted(how="others", head=page.at(match.end() - 1), end=match.end())
        found.append(
            Draft(
                start=match.start(),
                end=max(match.end(), counted.end),
                kind="count",
                bounds=Bounds(),
                counted=counted,
                anchor=page.at(match.end() - 1),
                relation="remainder",
                confidence=0.5,
                number_start=match.start(),
                number_end=match.end(),
            )
        )
    return found


def somes(page: Page) -> list[Draft]:
    """ "some casualties": more than none, nothing further known."""
    found = []
    for match in SOME.finditer(page.text):
        noun = match["noun"].lower()
        counted = Counted(
            how="plain",
            what=noun,
            group=noun,
            head=page.at(match.start("noun")),
            end=match.end(),
            words=(noun,),
        )
        found.append(
            Draft(
                start=match.start(),
                end=match.end(),
                kind="count",
                bounds=rules.word("some"),
                counted=counted,
                anchor=counted.head,
                confidence=0.7,
                number_start=match.start(),
                number_end=match.start() + 4,
            )
        )
    return found


def wordless(page: Page, nouns: Nouns) -> list[Draft]:
    """All quantities told without a number."""
    return [
        *singular_persons(page),
        *nothings(page),
        *all_safe(page),
        *like_numbers(page, nouns),
        *rests(page, nouns),
        *somes(page),
    ]
