"""A claim in the making: participants as head tokens, until it is written out as a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

import msgspec
from spacy.tokens import Token

from standoff.model import Actor, Claim, Span, annotation_id
from standoff.read.claims.grasp import governors, np_bounds
from standoff.read.claims.kinds import actor
from standoff.read.claims.meant import modality, polarity
from standoff.read.claims.page import Page
from standoff.read.claims.persons import described
from standoff.read.roles import Part

KINDS: dict[str, Literal["person", "organisation", "thing", "weapon"]] = {
    "perpetrators": "person",
    "organisation": "organisation",
    "things": "thing",
    "people": "person",
    "means": "weapon",
}
"""The kind of participant that each part of `read.roles` is."""

ROLES = ("actors", "recipients", "targets", "instruments")
_CLAUSAL = frozenset({"VERB", "AUX"})


@dataclass
class Draft:
    """``head`` carries the event; ``verb`` is the clause it stands in; bounds are tokens, inclusive."""

    type: str
    mode: str | None
    head: Token
    verb: Token
    trigger: tuple[int, int]
    evidence: tuple[int, int]
    roles: dict[str, list[Token]] = field(default_factory=dict)
    confidence: float = 0.7
    denied: bool = False
    absorbed: list[int] = field(default_factory=list)
    parts: dict[int, Part] = field(default_factory=dict)
    """What the model of roles says of a participant, by its head token."""

    def participants(self) -> Iterator[Token]:
        """Every participant in role order."""
        for role in ROLES:
            yield from self.roles.get(role, ())

    def add(self, role: str, tokens: Iterable[Token]) -> None:
        """Put tokens in a role, each once, and into one role only."""
        taken = {t.i for t in self.participants()}
        for token in tokens:
            if role != "none" and token.i not in taken:
                self.roles.setdefault(role, []).append(token)
                taken.add(token.i)


def _actors(page: Page, draft: Draft, role: str) -> tuple[Actor, ...]:
    """Participants without repetition: two mentions of one party become one actor with both spans.

    Its kind and label are those of its likelier mention.
    """
    found: dict[str, Actor] = {}
    for token in draft.roles.get(role, ()):
        part = draft.parts.get(token.i)
        one = actor(page, token) if part is None else _weighed(page, token, part)
        if one is None:
            continue
        if role == "targets":
            one = described(page, token, one)
        known = found.get(one.name)
        if known is not None:
            spans = tuple(sorted({*known.mentions, *one.mentions}))
            weighed = max(known, one, key=lambda a: -1.0 if a.confidence is None else a.confidence)
            one = msgspec.structs.replace(weighed, party_id=known.party_id or one.party_id, mentions=spans)
        found[one.name] = one
    return tuple(found.values())


def _weighed(page: Page, token: Token, part: Part) -> Actor:
    """A participant with the words the model cut for it, and how likely it took its part."""
    span = page.chars(part.best.candidate.first, part.best.candidate.last)
    label = " ".join(page.text[span[0] : span[1]].split())
    known = actor(page, token) or Actor(party_id=None, name=label, mentions=(span,))
    return msgspec.structs.replace(known, kind=KINDS[part.slot], label=label, confidence=part.share)


def _attached(page: Page, draft: Draft, i: int) -> bool:
    """Whether a token in the evidence belongs to the draft's own clause, not to one below it."""
    token = page.doc[i]
    mine = {draft.head.i, draft.verb.i}
    chain = draft.verb
    while chain.dep_ in {"xcomp", "conj"} and chain.head.i != chain.i:
        chain = chain.head
        mine.add(chain.i)
    for head in governors(token, 12):
        if head.i in mine:
            return True
        if head.pos_ in _CLAUSAL:
            return False
    return False


def _when(page: Page, draft: Draft) -> str | None:
    """EDTF of the time nearest to the trigger among those of its own clause."""
    best: tuple[int, str] | None = None
    when = next((c for c in draft.verb.children if c.lower_ == "when"), None)
    if when is not None:
        # "on Monday, when they struck a deal": the clause tells of that day
        before = [page.time_at[i] for i in range(max(0, when.i - 2), when.i)]
        dated = next((t for t in before if t is not None and t.edtf is not None), None)
        if dated is not None:
            return dated.edtf
    span = page.sentence(draft.head)
    for i in span:
        time = page.time_at[i]
        if (
            time is None
            or time.edtf is None
            or time.type not in {"DATE", "TIME"}
            or not _attached(page, draft, i)
        ):
            continue
        distance = abs(i - draft.head.i)
        if best is None or distance < best[0]:
            best = distance, time.edtf
    return best[1] if best else None


def _places(page: Page, draft: Draft) -> tuple[str, ...]:
    """Places of the clause that are not themselves parties acting in it."""
    acting = {
        k for role in ("actors", "recipients") for t in draft.roles.get(role, ()) for k in range(*_closed(t))
    }
    found: dict[str, None] = {}
    for i in range(draft.evidence[0], draft.evidence[1] + 1):
        place = page.place_at[i]
        if place is not None and i not in acting and _attached(page, draft, i):
            found[place.id] = None
    return tuple(found)


def _closed(token: Token) -> tuple[int, int]:
    first, last = np_bounds(token)
    return first, last + 1


def _quantities(page: Page, draft: Draft) -> tuple[str, ...]:
    """Quantities that stand in a participant's phrase; those of a trigger noun ("12 deaths") too."""
    found: dict[str, None] = {}
    for token in [*draft.participants(), draft.head]:
        for i in range(*_closed(token)):
            quantity = page.quantity_at[i]
            if quantity is not None:
                found[quantity.id] = None
    return tuple(found)


def write(page: Page, draft: Draft, text_hash: str) -> Claim:
    """The draft as a record."""
    trigger: Span = page.chars(*draft.trigger)
    how = modality(page, draft.verb, *draft.evidence)
    if draft.head is not draft.verb and how == "actual":
        how = modality(page, draft.head, *draft.evidence)
    actors, recipients, targets, instruments = (_actors(page, draft, r) for r in ROLES)
    if draft.type == "STATE":
        held = {each.name for each in targets}
        actors = tuple(each for each in actors if each.name not in held)
    denied = draft.denied != (polarity(page, draft.verb, [draft.head, *draft.participants()]) == "denied")
    return Claim(
        id=annotation_id("claim", text_hash, [trigger], f"{draft.type}|{draft.mode}"),
        type=draft.type,
        mode=draft.mode,
        actors=actors,
        recipients=recipients,
        targets=targets,
        instruments=instruments,
        quantities=_quantities(page, draft),
        when=_when(page, draft),
        places=_places(page, draft),
        modality=how,
        polarity="denied" if denied else "affirmed",
        statement=page.statement_id(draft.head),
        evidence=(page.chars(*draft.evidence),),
        trigger=trigger,
        confidence=round(draft.confidence, 2),
    )
