"""What stands in for a part that is left out: nothing, everything, or the plainest thing possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec
import numpy as np
from spacy.tokens import Doc

from standoff.measure.swap import Swap
from standoff.model import Actor, Statement
from standoff.model.spans import hull
from standoff.read.claims import draft
from standoff.read.claims.page import Page
from standoff.read.encoder import links
from standoff.read.encoder.links import Part, Range
from standoff.read.places import rank
from standoff.read.places.page import Page as PlacesPage
from standoff.read.places.pool import Floats, Pool
from standoff.read.places.spans import Name
from standoff.read.quantities.draft import Draft
from standoff.read.quantities.persons import is_person
from standoff.read.quantities.setting import Setting
from standoff.read.raw import ATTRIBUTIONS, RawAttribution
from standoff.read.times.scene import Hit

STEEP = 500.0
"""Weight of the number of inhabitants under which the larger place wins by any margin."""
ENTITIES = frozenset({"GPE", "LOC"})

Kind = Literal["person", "organisation", "thing", "weapon"]

_votes = links.votes


def nothing(*_: object, **__: object) -> list[object]:
    """In place of a function that finds things."""
    return []


def no(*_: object, **__: object) -> bool:
    """In place of a rule that asks something."""
    return False


def yes(*_: object, **__: object) -> bool:
    """In place of a rule that asks something."""
    return True


def first_given(first: object, *_: object) -> object:
    """In place of a function that mends its first argument."""
    return first


def second_given(_: object, second: object, *__: object) -> object:
    """In place of a function that mends its second argument."""
    return second


# -- statements --------------------------------------------------------------------------------------


def nearest(*kinds: str) -> Swap:
    """The network's votes of these links replaced: all of them go to the nearest target."""

    def votes(
        parts: Sequence[Part], pointing: Sequence[Range], targets: Sequence[Range], link: str
    ) -> dict[int, dict[int, float]]:
        if link not in kinds:
            return _votes(parts, pointing, targets, link)
        return {
            number: {min(range(len(targets)), key=lambda k: _apart(each, targets[k])): 1.0}
            for number, each in enumerate(pointing)
            if targets
        }

    return Swap("encoder.links", "votes", votes)


def _apart(one: Range, other: Range) -> int:
    return max(one[0] - other[1], other[0] - one[1])


def as_decoded(doc: Doc) -> list[RawAttribution]:
    """The network's attributions and nothing else."""
    found: list[RawAttribution] = doc.user_data.get(ATTRIBUTIONS, [])
    return found


# -- times -------------------------------------------------------------------------------------------


def by_tense(hit: Hit, _: list[str], behind: str, ahead: str) -> bool:
    """The later of two dates where the clause tells of the future."""
    return behind != ahead and hit.side() == "future"


# -- places ------------------------------------------------------------------------------------------


def most_populous() -> tuple[Floats, Floats]:
    """Weights under which the bearer of a name with most inhabitants wins."""
    alone = np.array([STEEP * (name == "people") for name in rank.ALONE])
    return alone, np.array([STEEP * (name == "people") for name in rank.TOGETHER])


_weights = rank.weights


def each_alone() -> tuple[Floats, Floats]:
    """The fitted weights of the first round, for all rounds: other names tell nothing."""
    alone = _weights()[0]
    return alone, np.concatenate([alone, np.zeros(len(rank.TOGETHER) - len(alone))])


def labelled(page: PlacesPage, names: list[Name], *_: object) -> Floats:
    """Every name that the encoder labelled a place is one, and no other is."""
    return np.array([float(page.label[each.first] in ENTITIES) for each in names])


def all_kept(_: object, names: list[Name], *__: object) -> Floats:
    """Every name that was proposed is a place."""
    return np.ones(len(names))


def as_ranked(_: Pool, chance: Floats) -> Floats:
    """The chances as they are."""
    return chance


# -- quantities --------------------------------------------------------------------------------------


def own_voice(setting: Setting, _: object) -> Statement | None:
    """Everything is said by the report."""
    return setting.own


def nearest_statement(setting: Setting, number: Draft) -> Statement | None:
    """Whoever's words, cue or name stand nearest says it."""

    def apart(statement: Statement) -> int:
        low, high = hull((*statement.source, *statement.cue, *statement.content))
        return max(low - number.end, number.start - high, 0)

    return min(setting.sources, key=apart) if setting.sources else setting.own


# -- claims ------------------------------------------------------------------------------------------

_actors = draft._actors


def kinds_by_words(page: Page, of: draft.Draft, role: str) -> tuple[Actor, ...]:
    """Participants whose kind the model of roles did not tell, with the kind that their own words tell."""

    def told(one: Actor) -> Actor:
        persons = any(map(is_person, one.name.lower().split())) or _named_person(page, one)
        other: Kind = "thing" if role == "targets" else "organisation"
        kind: Kind = "weapon" if role == "instruments" else "person" if persons else other
        return msgspec.structs.replace(one, kind=one.kind or kind)

    return tuple(map(told, _actors(page, of, role)))


def _named_person(page: Page, one: Actor) -> bool:
    spans = [page.doc.char_span(*each, alignment_mode="expand") for each in one.mentions]
    return any(token.ent_type_ == "PERSON" for span in spans if span is not None for token in span)


def no_events(_: object) -> Iterator[object]:
    """No word is a word of an event."""
    return iter(())
