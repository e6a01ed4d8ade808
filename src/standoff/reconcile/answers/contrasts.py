"""What was it, and on which side: descriptions of one thing that exclude each other.

The pairs of descriptions ("guest" and "hostage", "market" and "depot") are vocabulary. Two passages stand
against each other where they speak of one matter, hold words of opposite descriptions, and at least one of
them *says what the thing is* ("were smugglers", "an arms store, not a market"), or both tell it of one
incident. War reports are full of fighters and civilians; words alone are no dispute.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial

from standoff.model import BODIES
from standoff.reconcile.accounts import Teller
from standoff.reconcile.answers.akin import against
from standoff.reconcile.answers.denials import find_denial
from standoff.reconcile.answers.near import Meeting, Near, near_of, soon
from standoff.reconcile.answers.opposed import Answer, ask
from standoff.reconcile.answers.opposites import Contrast, contrasts, patterns_for
from standoff.reconcile.answers.passages import Passage, passage_of, passages_in, tell
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.questions import Open
from standoff.reconcile.matter import (
    NOTION,
    WORD,
    Weights,
    clause_around,
    pattern,
    stems,
    surface,
    table,
)
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.wording import neutral, phrase, say
from standoff.vocab import Caseless

NEEDED = 2.6
CLOSE = frozenset({"load", "deaths"})
"""Questions that need a word in common right beside both descriptions: of whose death, of which load."""
DAYS = 5
"""Days within which one word in common ties two descriptions of what every conflict has many of."""
HAPPENED = frozenset({"people", "thing", "deaths", "blast", "cause"})
"""Questions of what was: what will, would or must be is no answer."""
TOLD = frozenset({"deaths", "blast", "cause", "what"})
"""Questions of what happened: that it did not is a denial, no description."""
PART_OF_BEST = 0.7
HARM = frozenset({"ASSAULT", "COERCE"})


@dataclass(frozen=True)
class Described:
    """A passage that describes by side 0 or 1; ``words`` as they stand; ``says`` that it says what the thing
    is; ``clause`` the stems that stand near the description."""

    passage: Passage
    side: int
    words: str
    says: bool
    clause: frozenset[str]
    denies: bool


Pair = tuple[Described, Described, Meeting]


def _descriptions(shelf: Shelf) -> dict[int, list[Described]]:
    """Every description of all passages, by the number of its contrast."""
    found: dict[int, list[Described]] = defaultdict(list)
    for page in shelf.pages:
        for n, described in shelf.of_page(page, "described", partial(_described_in, shelf, page)):
            found[n].append(described)
    return found


def _described_in(shelf: Shelf, page: Page) -> list[tuple[int, Described]]:
    """Every description of one page with the number of its contrast."""
    found: list[tuple[int, Described]] = []
    for passage in passages_in(shelf, page):
        if passage.retold:
            continue
        text = passage.content
        patterns = patterns_for({word.casefold() for word in WORD.findall(text)})
        thrown = pattern("denial", "thrown_out").search(text) if patterns else None
        text = text[: thrown.start()] if thrown else text  # what follows is another's
        for n, sides in patterns.items():
            described = describe(contrasts()[n], passage, text, sides)
            if described:
                permitted = _permitting(shelf, contrasts()[n], described)
                found.append((n, _classed(contrasts()[n], n, permitted)))
    return found


def _classed(contrast: Contrast, n: int, described: Described) -> Described:
    """With the notion that the things which can be so described share where they are alike: gate and exit."""
    if not contrast.alike:
        return described
    words = described.passage.words | {f"{NOTION}of {n}"}
    return replace(described, passage=replace(described.passage, words=words))


def describe(
    contrast: Contrast, passage: Passage, text: str, sides: list[re.Pattern[str] | None]
) -> Described | None:
    """How a passage describes in its own words ``text``, where it does so one way only; "X, not Y" describes
    as X, "no X" as the other. ``sides`` are patterns of the forms of each side that may stand there."""
    if contrast.of and not contrast.of.holds(text):
        return None
    used = [list(side.finditer(text)) if side else [] for side in sides]
    of_what_was = contrast.tied or contrast.ask in HAPPENED
    if not any(used) or (of_what_was and _unreal(text)):
        return None
    denied = [[m for m in side if _denied(contrast, text, m)] for side in used]
    found = [[m for m in side if m not in denied[n] and not _agent(text, m)] for n, side in enumerate(used)]
    held = [n for n, each in enumerate(found) if each]
    negated = [n for n in (0, 1) if not found[n] and denied[n]]
    if len(held) == 1:
        side = held[0]
        said = next((m for m in found[side] if _says(text, m)), None)
        first = said or found[side][0]
        denies = bool(negated)
    elif not held and len(negated) == 1:
        side, first, said = 1 - negated[0], denied[negated[0]][0], None
        denies = True
    else:
        return None
    says = said is not None or denies or pattern("described", "names").holds(passage.cue)
    denial = find_denial(passage)
    if denial and denial.sure and not pattern("denial", "verbs").search(passage.cue):
        return None  # it holds the words of whom it denies
    if denial and denial.sure:
        side, says, denies = 1 - side, True, True
    start, end = clause_around(text, first.span())
    return Described(passage, side, " ".join(text[start:end].split()), says, stems(text[start:end]), denies)


@lru_cache(maxsize=1)
def _unreal(text: str) -> bool:
    """Whether a text tells of what may be or shall be. Every contrast in turn asks it of one text."""
    return pattern("described", "unreal").holds(text)


def _permitting(shelf: Shelf, contrast: Contrast, described: Described) -> Described:
    """A permission that a report tells of is the account of who gives it, not the report's own."""
    passage = described.passage
    if contrast.ask != "way" or described.side != 1 or passage.party is not None:
        return described
    text, (start, end) = passage.page.text, passage.span
    given = pattern("access", "giving").search(text, start, end)
    before = [
        m for m in passage.page.reading.mentions if given and start <= m.start and m.end <= given.start()
    ]
    giver = next((m for m in reversed(before) if m.form == "name" or m.type in BODIES), None)
    if giver is None or giver.party is None:
        return described
    party = shelf.principal(shelf.referents.party_of.get(giver.id) or shelf.party_called(giver.party))
    return replace(described, passage=replace(passage, party=party, speaker=party, retold=giver.party))


def _says(text: str, match: re.Match[str]) -> bool:
    """Whether a description says what the thing is ("were smugglers"), rather than only naming it so."""
    return pattern("described", "says").holds(text[max(0, match.start() - 40) : match.start()])


def _denied(contrast: Contrast, text: str, match: re.Match[str]) -> bool:
    """Whether a description is denied ("not a market", "no civilians", "nobody carried a gun")."""
    key = "denied_of" if contrast.of else "denied"
    return pattern("described", key).holds(text[max(0, match.start() - 40) : match.start()])


def _agent(text: str, match: re.Match[str]) -> bool:
    """Whether the word names who does it ("by the soldiers")."""
    return AGENT.holds(text[max(0, match.start() - 30) : match.start()])


AGENT = Caseless(r"\bby\s+(?:(?:the|a|an|some|their|its|his)\s+)?(?:[\w-]+\s+){0,1}$")


def contrast_questions(shelf: Shelf, teller: Teller, decisions: Decisions, weights: Weights) -> list[Open]:
    """Questions of nature and place whose sides describe one thing in ways that exclude each other."""
    found: list[Open] = []
    for n, described in sorted(_descriptions(shelf).items()):
        contrast = contrasts()[n]
        if {each.side for each in described} == {0, 1}:
            found += _asked(teller, contrast, n, list(_pairs(shelf, n, described, weights)), decisions)
    return found


def _pairs(shelf: Shelf, n: int, described: list[Described], weights: Weights) -> Iterator[Pair]:
    """Descriptions that stand against each other, as those do that have most in common."""
    contrast = contrasts()[n]
    askers = [each for each in described if each.side == 0]
    others = {each.passage.key: each for each in described if each.side == 1}
    near = near_of(
        shelf,
        ("contrast", n),
        [each.passage for each in described if each.side == 1],
        weights,
        [each.passage for each in askers],
    )
    for one in askers:
        same = [one, near.mark(one.passage, contrast.days)]
        work = partial(_best, shelf, contrast, one, others, near)
        for other, met in shelf.kept.of(("contrast", n, one.passage.key), same, work):
            yield one, other, met


def _best(
    shelf: Shelf, contrast: Contrast, one: Described, others: dict[str, Described], near: Near
) -> tuple[tuple[Described, Meeting], ...]:
    """What stands against one description."""
    held = []
    for met in near.of(one.passage, contrast.days, partial(_opposed, shelf, one.passage)):
        other = others[met.other.key]
        worth = _worth(contrast, one, other, met)
        if worth >= NEEDED:
            held.append((worth, other, met))
    best = max((worth for worth, _, _ in held), default=0.0)
    return tuple((other, met) for worth, other, met in held if worth >= PART_OF_BEST * best)


def _opposed(shelf: Shelf, a: Passage, b: Passage) -> bool:
    """Whether two passages are of two voices, one at least a source's or a side's, and of different sides.
    What one report tells in its own words it takes to hold together, whoever is said to have done it."""
    if a.page is b.page and _own(a) and _own(b):
        return False
    return (a.party is not None or b.party is not None) and against(shelf, a, b)


def _own(passage: Passage) -> bool:
    return passage.statement is None or passage.statement.voice == "report"


def _worth(contrast: Contrast, one: Described, other: Described, met: Meeting) -> float:
    """How surely both describe one thing; the describing words themselves do not count."""
    if not (one.says or other.says or contrast.of):
        return 0.0
    if contrast.ask == "people" and not all(each.says or _harmed(each) for each in (one, other)):
        return 0.0
    shared = {key for key in met.shared if key not in contrast.stems and key not in _harm_words()}
    words = sum(not key.startswith(NOTION) for key in shared)
    close = {key for key in shared if key in one.clause and key in other.clause}
    harmed = met.places and met.types and _harmed(one) and _harmed(other)
    named = bool(one.passage.named & other.passage.named)
    if contrast.named and not named:
        return 0.0
    if contrast.alike and _elsewhere(one.passage, other.passage):
        return 0.0
    near = words > 1 or soon(one.passage, other.passage, DAYS)
    if contrast.tied and not (named or met.places or met.incident or near):
        return 0.0
    if contrast.ask in TOLD and (one.denies or other.denies):
        return 0.0
    worth = min(words, 3) + 0.7 * min(len(shared) - words, 2) + 0.3 * min(met.around, 3)
    worth += 0.5 * min(len(close), 2) + 0.5 * met.places + 1.5 * harmed + 0.8 * met.beside + 1.3 * met.next
    worth += 0.5 * (one.says + other.says) + 0.8 * (one.denies or other.denies) + 0.3 * named
    worth += 0.8 * (met.incident and met.types) + contrast.given
    denied = (one.denies or other.denies) and met.around > 0
    if contrast.ask in CLOSE and not (close or (met.incident and met.types and words)):
        return 0.0
    grounds = bool(close) or harmed or contrast.of is not None or denied or (met.incident and words > 0)
    return worth if grounds or (met.beside and one.says and other.says) else 0.0


def _elsewhere(a: Passage, b: Passage) -> bool:
    """Whether both name places and none that is the same."""
    return bool(a.places and b.places) and not a.places & b.places


@cache
def _harm_words() -> frozenset[str]:
    return stems(" ".join(table("described")["harm"]))


def _harmed(described: Described) -> bool:
    """Whether the description is of who or what was harmed; what is denied to be it counts too."""
    targets = [a.name for c in described.passage.claims if c.type in HARM for a in c.targets]
    return described.denies or bool(described.clause & stems(" ".join(targets)))


def _asked(
    teller: Teller,
    contrast: Contrast,
    number: int,
    pairs: list[Pair],
    decisions: Decisions,
) -> list[Open]:
    blocks: dict[str, list[str]] = defaultdict(list)
    held: dict[str, Described] = {}
    for one, other, _ in pairs:
        block = f"contrast:{number}:{one.passage.key}:{other.passage.key}"
        for each in (one, other):
            blocks[each.passage.key].append(block)
            held[each.passage.key] = each
    answers = []
    for key, each in held.items():
        told = tell(teller, each.passage, each.words, f"{contrast.kind}{number}")
        if told:
            answers.append(Answer(told, str(each.side), tuple(blocks[key])))
    shared = {each.passage.key: met.shared for one, other, met in pairs for each in (one, other)}
    found = ask(
        contrast.kind,
        answers,
        lambda members: (_words(contrast, members, held, shared), None),
        lambda _a, _b: True,
        decisions,
    )
    return [each for each in found if each.linked.against]


def _words(
    contrast: Contrast, members: list[Answer], held: dict[str, Described], shared: dict[str, frozenset[str]]
) -> str:
    first = passage_of(members[0].told, (each.passage for each in held.values()))
    return say("nature", contrast.ask, about=about(first.content, shared[first.key] - contrast.stems))


def about(text: str, shared: frozenset[str]) -> str:
    """What two passages have in common, in the words of the first: `` (about: bridge, closed)``."""
    words = [neutral(word.casefold()) for word in surface(text, shared)][:MOST_WORDS]
    return phrase("about", words=", ".join(dict.fromkeys(words)) or None)


MOST_WORDS = 3
