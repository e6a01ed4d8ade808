"""Pronouns: the nearest party that fits, speakers first; "we" in a quotation is its speaker."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque

from spacy.tokens import Doc

from standoff.model import Span
from standoff.read.mentions.found import Entity, Found

KEEP = 14
PARALLEL = 1.2
"""What it counts for that a pronoun and what it may stand for are subjects of one sentence."""
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def point(doc: Doc, found: list[Found], quoted: list[Span], sources: list[Span]) -> None:
    """Give every third-person pronoun of ``found`` (in text order) its entity."""
    sentence = _sentences(doc)
    recent: deque[tuple[int, float, bool, Found]] = deque(maxlen=KEEP)
    source_starts = [s for s, _ in sources]
    for mention in found:
        where = sentence[mention.first]
        inside = _inside(quoted, mention.start)
        speaks = _is_source(sources, source_starts, mention)
        if mention.type == "relative":
            mention.entity = _antecedent(doc, mention, recent)
        elif mention.form == "pronoun":
            mention.entity = _choose(doc, mention, where, inside, recent)
            mention.confidence = 0.6
        if mention.entity is not None:
            weight = _weight(doc, mention, speaks)
            recent.append((where, weight, inside, mention))


def _sentences(doc: Doc) -> list[int]:
    numbers, number = [], -1
    starts = doc.has_annotation("SENT_START")
    for token in doc:
        number += bool(token.is_sent_start) if starts else token.text in ".?!"
        numbers.append(number)
    return numbers


def _inside(quoted: list[Span], at: int) -> bool:
    index = bisect_right(quoted, (at, 1 << 60)) - 1
    return index >= 0 and quoted[index][0] <= at < quoted[index][1]


def _is_source(sources: list[Span], starts: list[int], mention: Found) -> bool:
    index = bisect_right(starts, mention.start) - 1
    if index >= 0 and mention.start < sources[index][1]:
        return True
    after = bisect_left(starts, mention.start)
    return after < len(starts) and starts[after] < mention.end


def _weight(doc: Doc, mention: Found, speaks: bool) -> float:
    subject = doc[mention.last].dep_ in SUBJECTS
    named = 0.3 if mention.form == "name" else 0.0
    # "as governor", "is the governor": words about somebody else in the sentence.
    if mention.form == "description" and doc[mention.last].dep_ in {"attr", "pobj", "oprd"}:
        named = -0.7
    return (1.6 if speaks else 0.0) + (1.0 if subject else 0.0) + named


def _choose(
    doc: Doc, mention: Found, where: int, inside: bool, recent: deque[tuple[int, float, bool, Found]]
) -> Entity | None:
    best: Entity | None = None
    score = -4.0
    for order, (at, weight, quoted, other) in enumerate(recent):
        entity = other.entity
        if entity is None or not fits(mention, entity, other):
            continue
        value = weight - 0.8 * min(where - at, 8) + 0.01 * order - (1.5 if quoted and not inside else 0.0)
        if at == where and _parallel(doc, mention, other):
            value += PARALLEL
        if value >= score:
            best, score = entity, value
    if best is not None and mention.gender and best.gender is None and best.type == "person":
        best.gender = mention.gender
    return best


def _parallel(doc: Doc, mention: Found, other: Found) -> bool:
    """Whether a plural subject takes up the plural subject of the clause before it in its sentence."""
    subjects = doc[mention.last].dep_ in SUBJECTS and doc[other.last].dep_ in SUBJECTS
    return (
        subjects
        and mention.type == "many"
        and (other.plural or (other.entity is not None and other.entity.plural))
    )


def _antecedent(doc: Doc, mention: Found, recent: deque[tuple[int, float, bool, Found]]) -> Entity | None:
    """What "who" and "which" stand for: the noun that their clause hangs on, else the party just before."""
    verb = doc[mention.first].head
    noun = verb.head.i if verb.dep_ == "relcl" else -1
    for _, _, _, other in reversed(recent):
        if other.first <= noun <= other.last:
            return other.entity
    near = [o for _, _, _, o in recent if o.last + 2 >= mention.first] if noun < 0 else []
    return near[-1].entity if near else None


def fits(mention: Found, entity: Entity, other: Found) -> bool:
    """Whether a pronoun may stand for an entity: number, gender, kind."""
    kind = mention.type
    if kind in {"male", "female"}:
        return entity.type == "person" and not entity.plural and entity.gender in {None, kind}
    if kind == "body":
        return entity.type in {"organisation", "state", "media", "armed_group"} and not entity.plural
    if kind == "many":
        return entity.plural or other.plural or entity.type in {"population", "armed_group"}
    return False
