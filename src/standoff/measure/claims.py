"""Claims against MUC-4: who attacked whom and what, with what, at entity level.

What is counted. A report's gold entities are gathered over its templates into five slots:
perpetrator individual, perpetrator organisation, (physical) target, victim (human target: name and
description of one person are alternatives of one entity), weapon. Templates and fillers marked
optional ("?") are kept as gold, as GRIT does; entities of one slot that share an alternative are one.
Predicted entities come from ASSAULT and harm claims (`slots_of`). Entities are aligned one to one
within a slot of a report (maximum number of pairs); a pair matches when the prediction equals one of
the gold entity's alternatives after `plain`, or, as GRIT's CEAF-REE does with mentions, is contained
in the set of alternatives. Precision, recall and F1 are micro-averaged over all slots.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from standoff import vocab
from standoff.model import Actor, Claim

SLOTS = ("perp_individual", "perp_organisation", "target", "victim", "weapon")
_KEYS = {
    "perp_individual": "PERP: INDIVIDUAL ID",
    "perp_organisation": "PERP: ORGANIZATION ID",
    "target": "PHYS TGT: ID",
    "weapon": "INCIDENT: INSTRUMENT ID",
}
_QUOTED = re.compile(r'"([^"]*)"')
_ARTICLES = re.compile(r"^(?:the|a|an|his|her|their|its|some|several|about|at least)\s+")

Entities = dict[str, list[frozenset[str]]]
"""Slot -> entities, each the set of its alternatives after `plain`."""


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Matched pairs, predictions and gold entities of one slot, or of all."""

    matched: int = 0
    predicted: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Share of predictions that match; 0 when there are none."""
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold entities found; 0 when there are none."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.predicted + self.gold
        return 2 * self.matched / both if both else 0.0

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            matched=self.matched + other.matched,
            predicted=self.predicted + other.predicted,
            gold=self.gold + other.gold,
        )


def plain(words: str) -> str:
    """Lower case, no article, no punctuation, single spaces: the form in which strings are compared."""
    text = re.sub(r"[^\w\s]", " ", words.casefold())
    text = " ".join(text.split())
    return _ARTICLES.sub("", text)


def _alternatives(filler: str) -> frozenset[str]:
    return frozenset(form for quoted in _QUOTED.findall(filler) if (form := plain(quoted)))


def _merged(entities: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """Entities joined where they share an alternative, in order of first appearance."""
    kept: list[frozenset[str]] = []
    for entity in entities:
        if not entity:
            continue
        same = [each for each in kept if each & entity]
        kept = [each for each in kept if not each & entity] + [entity.union(*same)]
    return kept


def gold_entities(templates: Sequence[dict[str, list[str]]]) -> Entities:
    """The five slots of one report's answer key."""
    found: dict[str, list[frozenset[str]]] = {slot: [] for slot in SLOTS}
    for template in templates:
        for slot, key in _KEYS.items():
            found[slot].extend(_alternatives(filler) for filler in template.get(key, ()))
        found["victim"].extend(_alternatives(filler) for filler in template.get("HUM TGT: NAME", ()))
        # "DESCRIPTION": "NAME" ties the description to its person; without a name it stands for itself
        found["victim"].extend(_alternatives(filler) for filler in template.get("HUM TGT: DESCRIPTION", ()))
    return {slot: _merged(entities) for slot, entities in found.items()}


def score_report(gold: Entities, predicted: Entities) -> dict[str, Tally]:
    """Tallies of one report by slot, under the best one-to-one alignment."""
    tallies = {}
    for slot in SLOTS:
        ours, theirs = _merged(predicted.get(slot, ())), gold.get(slot, [])
        matched = 0
        if ours and theirs:
            matched = most_pairs([[j for j, b in enumerate(theirs) if a & b] for a in ours])
        tallies[slot] = Tally(matched=matched, predicted=len(ours), gold=len(theirs))
    return tallies


def most_pairs(fits: Sequence[Sequence[int]]) -> int:
    """The greatest number of one-to-one pairs, where ``fits[i]`` lists what the i-th may be paired with."""
    taken: dict[int, int] = {}

    def place(one: int, tried: set[int]) -> bool:
        for other in fits[one]:
            if other in tried:
                continue
            tried.add(other)
            if other not in taken or place(taken[other], tried):
                taken[other] = one
                return True
        return False

    return sum(place(one, set()) for one in range(len(fits)))


def score(pairs: Iterable[tuple[Entities, Entities]]) -> dict[str, Tally]:
    """Tallies by slot, and ``micro`` over all slots, of (gold, predicted) pairs."""
    total = {slot: Tally() for slot in (*SLOTS, "micro")}
    for gold, predicted in pairs:
        for slot, tally in score_report(gold, predicted).items():
            total[slot] = total[slot].plus(tally)
            total["micro"] = total["micro"].plus(tally)
    return total


# -- from claims to slots ---------------------------------------------------------------------------

_GROUP = re.compile(
    r"\b(?:front|army|cartel|movement|command|squad|organi[sz]ation|party|forces?|group|brigade)\b"
)
_PEOPLE = re.compile(
    r"\b(?:m[ae]n|guerrillas?|guerillas?|terrorists?|rebels?|soldiers?|individuals?|subversives?|gunmen|gunman|"
    r"assailants?|attackers?|members?|persons?|people|troops?|extremists?|youths?|criminals?|hitmen|commandos?|"
    r"hooded|kidnappers?|civilians?|patrol|elements|militants?|drug|traffickers|policem[ea]n|officers?|unit)\b"
)
_COMBATANT = re.compile(
    r"\b(?:soldiers?|guerrillas?|guerillas?|terrorists?|rebels?|subversives?|extremists?|troops?|combatants?|"
    r"insurgents?|criminals?|troops|forces?)$"
)
_MODIFIERS = frozenset(
    re.findall(
        r"\w+",
        "armed unidentified unknown hooded heavily alleged suspected young several masked one two three four "
        "five six seven eight nine ten many other these those uniformed military police army security rebel "
        "enemy",
    )
)


@cache
def _things() -> frozenset[str]:
    nouns = vocab.load("en/event_nouns")
    singular = [*nouns["things"], *nouns["place_nouns"], *nouns["vehicles"]]
    return frozenset(form for noun in singular for form in (noun, noun + "s", noun + "es"))


def is_thing(name: str) -> bool:
    """Whether a target's name ends in a building, vehicle or place: a physical target, not a victim."""
    words = name.casefold().split()
    return any(" ".join(words[-length:]) in _things() for length in (1, 2))


def slots_of(claims: Sequence[Claim], text: str) -> Entities:
    """Entities of a report's violent claims, by slot."""
    found: dict[str, list[frozenset[str]]] = {slot: [] for slot in SLOTS}
    for claim in claims:
        if not _incident(claim):
            continue
        for actor in claim.actors:
            people, organisation = _perpetrators(_forms(actor, text))
            found["perp_individual"].append(people)
            found["perp_organisation"].append(organisation)
        for actor in claim.targets:
            if _fighters(actor) or not _describes_someone(actor):
                continue
            slot = "target" if is_thing(actor.name) else "victim"
            found[slot].append(_forms(actor, text))
        found["weapon"].extend(_forms(actor, text) for actor in claim.instruments)
    return {slot: _merged(entities) for slot, entities in found.items()}


def _perpetrators(forms: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Individuals and organisation in a perpetrator's words: "guerrillas of the X", "X guerrillas", "X"."""
    people: set[str] = set()
    organisation: set[str] = set()
    for form in forms:
        head, of, name = form.partition(" of ")
        if not _PEOPLE.search(form):
            organisation.add(form)
        elif of and _PEOPLE.search(head):
            people |= {form, head}
            organisation.add(plain(name))
        else:
            people.add(form)
            first, _, last = form.rpartition(" ")
            if first and _PEOPLE.fullmatch(last) and not _describes(first):
                people.add(last)
                organisation.add(first)
    return frozenset(people), frozenset(organisation) if not people or len(organisation) else frozenset()


def _describes(words: str) -> bool:
    """Whether all words before a noun only describe or count ("two heavily armed")."""
    return all(word in _MODIFIERS or word.isdigit() for word in words.split())


def _describes_someone(actor: Actor) -> bool:
    """Whether a target's words are more than a number or "others"."""
    return not all(word in _MODIFIERS | {"others"} or word.isdigit() for word in plain(actor.name).split())


def _fighters(actor: Actor) -> bool:
    """Unnamed fighters: MUC-4 leaves out what armed sides do to each other."""
    return _COMBATANT.search(actor.name.casefold()) is not None


def _incident(claim: Claim) -> bool:
    if claim.polarity == "denied" or claim.modality in {"demanded", "conditional"}:
        return False
    return claim.type == "ASSAULT"


def _forms(actor: Actor, text: str) -> frozenset[str]:
    """A participant's name, the words of each mention, and both without a leading number."""
    words = {plain(actor.name), *(plain(text[start:end]) for start, end in actor.mentions)}
    words |= {
        re.sub(r"^(?:\d+(?: \d{3})*|one|two|three|four|five|six|seven|eight|nine|ten) ", "", each)
        for each in words
    }
    return frozenset(each for each in words if each)


def reports(path: Path) -> Iterator[dict[str, Any]]:
    """Reports of a MUC-4 file (``doc``, ``text``, ``templates``)."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def measure_muc4(paths: Iterable[Path], read: Callable[[str], Sequence[Claim]]) -> dict[str, Tally]:
    """Score ``read`` (text -> claims) on MUC-4 files. The texts are upper case: a reader that knows case
    from lower-cased copies (offsets kept) does far better on them."""
    return score(
        (gold_entities(report["templates"]), slots_of(read(report["text"]), report["text"]))
        for path in paths
        for report in reports(path)
    )
