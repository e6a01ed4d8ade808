"""Pronouns: the nearest party that fits, speakers first; "we" in a quotation is its speaker."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque

from spacy.tokens import Doc

from standoff.model import Span
from standoff.read.mentions.found import ACTING, Entity, Found
from standoff.read.mentions.governing import SUBJECTS, charged_before, subject_beside, subjects_above

KEEP = 14
PARALLEL = 1.2
"""What it counts for that a pronoun and what it may stand for are subjects of one sentence."""
GOVERNS = 3.0
"""What it counts for that what a pronoun may stand for is the subject of the clause that its clause hangs on:
more than that another, further off, is the speaker."""
TAKEN_UP = 1.5
"""What it counts for that a pronoun opens a sentence and a person was the subject of the one before it."""
SOON = 1
"""Sentences back in which what is several is taken for "they" before a body, which is one."""


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
    beside = [each.i for each in subject_beside(doc[mention.last])]
    acting = {id(m.entity) for _, _, _, m in recent if any(m.first <= i <= m.last for i in beside)}
    fitting = [
        (order, at, weight, quoted, other, other.entity)
        for order, (at, weight, quoted, other) in enumerate(recent)
        if other.entity is not None and id(other.entity) not in acting and fits(mention, other.entity, other)
    ]
    governor = _governor(doc, mention, [each[4] for each in fitting], inside)
    if any(where - at <= SOON and _agrees(mention, other) for _, at, _, _, other, _ in fitting):
        fitting = [each for each in fitting if each[4] is governor or _agrees(mention, each[4])]
    for order, at, weight, quoted, other, entity in fitting:
        value = weight - 0.8 * min(where - at, 8) + 0.01 * order - (1.5 if quoted and not inside else 0.0)
        if other is governor:
            value += GOVERNS
        elif governor is None and at == where and _parallel(doc, mention, other):
            value += PARALLEL
        if at == where - 1 and _taken_up(doc, mention, other):
            value += TAKEN_UP
        if value >= score:
            best, score = entity, value
    if best is not None and mention.gender and best.gender is None and best.type == "person":
        best.gender = mention.gender
    return best


def _governor(doc: Doc, mention: Found, fitting: list[Found], inside: bool) -> Found | None:
    """The one among those that fit that is the subject nearest above a pronoun; in a quotation that carries
    a charge on, whom it charges, though "they" may be one body."""
    pronoun = doc[mention.last]
    for subject in subjects_above(pronoun):
        for other in fitting:
            if other.first <= subject.i <= other.last and _agrees(mention, other):
                return other
    charged = charged_before(pronoun) if inside else []
    return next((m for m in fitting for each in charged if m.first <= each.i <= m.last), None)


def _agrees(mention: Found, other: Found) -> bool:
    return mention.type != "many" or (other.entity is not None and _several(other.entity, other))


def _parallel(doc: Doc, mention: Found, other: Found) -> bool:
    """Whether a plural subject takes up the plural subject of the clause before it in its sentence."""
    subjects = doc[mention.last].dep_ in SUBJECTS and doc[other.last].dep_ in SUBJECTS
    return (
        subjects
        and mention.type == "many"
        and (other.plural or (other.entity is not None and other.entity.plural))
    )


def _taken_up(doc: Doc, mention: Found, other: Found) -> bool:
    """Whether a person's pronoun opens a sentence whose forerunner in the paragraph has a person for subject:
    "NAME gave a higher figure. He said ..."."""
    if mention.type not in {"male", "female"} or not doc[mention.first].is_sent_start:
        return False
    subjects = doc[mention.last].dep_ in SUBJECTS and doc[other.last].dep_ in SUBJECTS
    return subjects and other.form == "name" and "\n" not in doc.text[other.end : mention.start]


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
        return entity.type in ACTING and not entity.plural
    if kind == "many":
        return _several(entity, other) or entity.type in ACTING
    return False


def _several(entity: Entity, other: Found) -> bool:
    return entity.plural or other.plural or entity.type in {"population", "armed_group"}
