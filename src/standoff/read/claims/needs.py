"""What must hold for a word to carry an event in one sense: one small question each."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from spacy.tokens import Token

from standoff import vocab
from standoff.read.claims.frame import Frame, undergoes
from standoff.read.claims.grasp import governors
from standoff.read.claims.kinds import (
    head_words,
    inner,
    is_armed,
    is_event,
    is_party,
    is_person,
    is_place,
    is_thing,
    is_weapon,
)
from standoff.read.event_words import classes, cues

_PLURAL = frozenset({"NNS", "NNPS"})
_MANY = frozenset({"they", "them", "we", "us", "who"})


def _patients(frame: Frame) -> list[Token]:
    """Those to whom it is done, or the subject where the sense says that it undergoes."""
    if frame.sense.noun:
        side = frame.owners if frame.sense.owner == "targets" else []
        return [*frame.done_to, *side]
    if not frame.done_to and frame.sense.rest:
        return [noun for prep, noun in frame.preps if frame.sense.preps.get(prep) == "targets"]
    return frame.doers if frame.sense.subject == "targets" and not frame.done_to else frame.done_to


def _physical(frame: Frame, token: Token) -> bool:
    page = frame.page
    return (
        is_person(page, token)
        or is_thing(token)
        or is_place(page, token)
        or is_party(page, token)
        or is_weapon(token)
    )


def _object(frame: Frame) -> bool:
    return bool(_patients(frame))


def _person(frame: Frame) -> bool:
    return any(is_person(frame.page, t) for t in _patients(frame))


def _object_physical(frame: Frame) -> bool:
    return any(_physical(frame, t) for t in _patients(frame))


def _armed(frame: Frame) -> bool:
    """Fighting is spoken of, and no participant shows that the word is meant otherwise."""
    if not (frame.page.armed(frame.trigger) or any(is_armed(t) for t in frame.all())):
        return False
    if frame.sense.noun:
        return True
    if any(is_deal(t) for t in frame.done_to):
        return False
    things = [t for t in frame.done_to if not (t.lower_ in cues("empty_heads") or is_event(t))]
    return not things or any(_physical(frame, t) for t in things)


def _blast(frame: Frame) -> bool:
    """A bomb or charge is what is set off or goes off, or something is blown up."""
    if any(is_weapon(t) or is_thing(t) or is_person(frame.page, t) for t in frame.done_to):
        return True
    return any(is_weapon(t) for t in frame.doers)


def _missile(frame: Frame) -> bool:
    """A weapon is what is fired, lobbed or launched."""
    return any(is_weapon(t) for t in frame.done_to)


def _group(frame: Frame) -> bool:
    return any(_several(frame, t) for t in frame.doers or frame.done_to)


def _several(frame: Frame, token: Token) -> bool:
    """Several people or vehicles, or a word for a body of them."""
    core, page = inner(token), frame.page
    if core.lower_ in classes().groups or token.lower_ in _MANY:
        return True
    mobile = is_person(page, core) or any(w in classes().vehicles for w in head_words(core))
    return mobile and (core.tag_ in _PLURAL or page.quantity_at[token.i] is not None or token.pos_ == "NUM")


def _group_object(frame: Frame) -> bool:
    return any(_several(frame, t) for t in frame.done_to)


def _captive(frame: Frame) -> bool:
    held = [t for t in _patients(frame) if any(w in classes().captives for w in head_words(inner(t)))]
    named = [t for t in _patients(frame) if is_person(frame.page, t)]
    spoken = any(
        w
        in {
            "hostage",
            "hostages",
            "prisoner",
            "prisoners",
            "captive",
            "captives",
            "captivity",
            "custody",
            "detained",
            "kidnapped",
        }
        for w in _words(frame)
    )
    return bool(held or named) and (
        spoken or any(t.lower_.startswith(("hostage", "prisoner", "captive", "detainee")) for t in held)
    )


def _words(frame: Frame) -> list[str]:
    span = frame.page.sentence(frame.trigger)
    return frame.page.lower[span.start : span.stop]


def _deal(frame: Frame) -> bool:
    return any(
        is_deal(t, wide=False)
        for t in [*frame.done_to, *(n for p, n in frame.preps if p in {"from", "of", "out"})]
    )


def is_deal(token: Token, wide: bool = True) -> bool:
    """A noun for an agreement; ``wide`` takes in plans, talks and transfers, judged as deals are."""
    words = head_words(token)
    return any(w in classes().deals or (wide and w in classes().deal_like) for w in words)


def _deal_or_party(frame: Frame) -> bool:
    return any(is_deal(t) for t in frame.done_to)


def _deal_subject(frame: Frame) -> bool:
    return any(
        is_deal(t, wide=False) or t.lower_ in {"talks", "negotiations"}
        for t in [*frame.doers, *frame.done_to]
    )


def _aid(frame: Frame) -> bool:
    return any(_is_aid(t) for t in [*frame.done_to, *(n for p, n in frame.preps if p == "with")])


def _is_aid(token: Token) -> bool:
    return any(w in classes().aid for w in head_words(inner(token))) or any(
        n.dep_ in {"compound", "amod", "nmod", "conj"} and n.lower_ in classes().aid for n in token.children
    )


def _aid_object(frame: Frame) -> bool:
    people = any(is_person(frame.page, t) for t in frame.done_to)
    return _aid(frame) or (people and any(w in classes().aid for w in _words(frame)))


def _subject_party(frame: Frame) -> bool:
    return any(is_party(frame.page, t) for t in frame.doers)


def _party_both(frame: Frame) -> bool:
    others = [*frame.done_to, *(n for p, n in frame.preps if p == "with")]
    return _subject_party(frame) and any(is_party(frame.page, t) and t.pos_ != "PRON" for t in others)


def _argument(frame: Frame) -> bool:
    return any(_participant(frame, t) for t in frame.all())


def _participant(frame: Frame, token: Token) -> bool:
    return is_party(frame.page, token) or is_thing(token)


def _between(frame: Frame) -> bool:
    """The noun's own phrase names a side ("a pact with X", "talks between X and Y")."""
    return any(is_party(frame.page, t) for p, t in frame.preps if p in frame.sense.preps)


def _party_argument(frame: Frame) -> bool:
    named = [*frame.owners, *(n for p, n in frame.preps if p in frame.sense.preps)]
    return any(is_party(frame.page, t) and t.pos_ != "ADJ" for t in named)


def _counted(frame: Frame) -> bool:
    return any(
        frame.page.quantity_at[t.i] is not None or _number_below(t) for t in [*frame.doers, *frame.done_to]
    )


def _number_below(token: Token) -> bool:
    return token.pos_ == "NUM" or any(c.dep_ == "nummod" for c in token.children)


def _counted_or_person(frame: Frame) -> bool:
    return (
        _number_below(frame.trigger) or frame.page.quantity_at[frame.trigger.i] is not None or _person(frame)
    )


def _place_object(frame: Frame) -> bool:
    places = [
        *frame.done_to,
        *(n for p, n in frame.preps if p in {"to", "for", "in", "into", "toward", "towards", "at", "from"}),
    ]
    return any(
        is_place(frame.page, t)
        or t.lower_ in {"territory", "area", "border", "zone", "country", "region", "capital"}
        for t in places
    )


def _force(frame: Frame) -> bool:
    return any(is_armed(t) for t in [*frame.done_to, *frame.doers])


def _person_or_vehicle(frame: Frame) -> bool:
    some = [*frame.doers, *frame.done_to]
    return any(
        is_person(frame.page, t) or any(w in classes().vehicles for w in head_words(inner(t))) for t in some
    )


def _not_question(frame: Frame) -> bool:
    """A demand made of someone or for something that matters, not "asked how he felt"."""
    return all(g.lower_ not in {"question", "questions"} for g in governors(frame.trigger, 2))


def _asks_to(frame: Frame) -> bool:
    """Someone is asked to do something, in an infinitive ("asked X to withdraw", "get X to agree")."""
    infinitive = any(
        c.dep_ in {"xcomp", "ccomp"} and any(a.lower_ == "to" for a in c.children)
        for c in frame.trigger.children
    )
    below = [c for c in frame.trigger.children if c.dep_ == "ccomp"]
    asked = [*frame.done_to, *(s for v in below for s in v.children if s.dep_ == "nsubj")]
    named = [t for t in asked if is_party(frame.page, t) and t.pos_ != "PRON"]
    frame.done_to = named or frame.done_to
    return infinitive and bool(named)


def _route(frame: Frame) -> bool:
    """A way for people and goods is what is opened or closed, or opens or closes."""
    return any(any(w in _routes() for w in head_words(inner(t))) for t in _patients(frame))


@cache
def _routes() -> frozenset[str]:
    return vocab.words("en/situations", "route_words")


def _innocent(frame: Frame) -> bool:
    side = [*frame.doers, *frame.done_to]
    return any(any(w in classes().civil for w in head_words(inner(t))) for t in side)


NEEDS: dict[str, Callable[[Frame], bool]] = {
    "object": _object,
    "person": _person,
    "physical": _object_physical,
    "armed": _armed,
    "blast": _blast,
    "missile": _missile,
    "group": _group,
    "group_object": _group_object,
    "captive": _captive,
    "deal": _deal,
    "deal_or_party": _deal_or_party,
    "deal_subject": _deal_subject,
    "aid": _aid,
    "aid_object": _aid_object,
    "subject_party": _subject_party,
    "subject_person": lambda frame: any(is_person(frame.page, t) for t in frame.doers),
    "party_both": _party_both,
    "argument": _argument,
    "party_argument": _party_argument,
    "counted": _counted,
    "counted_or_person": _counted_or_person,
    "place_object": _place_object,
    "force": _force,
    "force_or_armed_subject": _force,
    "person_or_vehicle": _person_or_vehicle,
    "not_question": _not_question,
    "asks_to": _asks_to,
    "between": _between,
    "innocent": _innocent,
    "route": _route,
}
"""Name of a need in ``en/events.toml`` -> the question it asks."""


def holds(frame: Frame) -> bool:
    """Whether all needs of the frame's sense hold, and its voice is the one the sense asks for."""
    if frame.sense.passive and not undergoes(frame):
        return False
    return all(NEEDS[need](frame) for need in frame.sense.needs)
