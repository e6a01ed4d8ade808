"""Number questions: quantities of one subject, told by several, with the links between them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from standoff.model import Question
from standoff.model.derived import QuestionKind
from standoff.model.ids import derived_id
from standoff.model.when import first_day
from standoff.reconcile.accounts import Teller, Told, in_order
from standoff.reconcile.decisions import Decisions
from standoff.reconcile.figures.asked import Asked, Subject
from standoff.reconcile.figures.figure import denies, figure_words
from standoff.reconcile.figures.links import Linked, link_numbers
from standoff.reconcile.figures.subjects import group_name, subjects_of
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.wording import answer_words, phrase, say, table

BODIES = "gr-bodies"
"""Group of the dead as found: where they were counted, not how many there were."""


@dataclass(frozen=True)
class Open:
    """A question with its accounts as told and how they are linked. ``subject`` is None when it is
    not about a number; ``pairs`` name the accounts that contradict each other."""

    question: Question
    told: list[Told]
    linked: Linked
    subject: Subject | None = None
    name: str = ""

    @property
    def order(self) -> tuple[tuple[bool, str, str, str, int, int, str], str]:
        """Questions stand in the order of their first account."""
        return self.told[0].order, self.question.kind


def question_id(kind: QuestionKind, first: Told) -> str:
    """Id of a question: of its kind and its first account, which is in no other question of the kind."""
    return derived_id("qn", kind, first.page.report.id, first.annotation)


def number_questions(shelf: Shelf, teller: Teller, decisions: Decisions) -> list[Open]:
    """Every number question, in the order of first accounts."""
    asked: dict[tuple[Subject, str | None], list[Asked]] = defaultdict(list)
    subjects = subjects_of(shelf, decisions.parted)
    merged = _merged(subjects, decisions)
    for each in subjects:
        alone = each.quantity.id if each.quantity.id in decisions.apart else None
        asked[merged.get(each.quantity.id, each.subject), alone].append(each)
    found = (_kept(shelf, teller, subject, members, decisions) for (subject, _), members in asked.items())
    return sorted((each for each in found if each), key=lambda each: each.order)


def _kept(
    shelf: Shelf, teller: Teller, subject: Subject, asked: list[Asked], decisions: Decisions
) -> Open | None:
    """`_question`, as it was while its counts, their subjects and the decisions on them are the same."""
    return shelf.kept.of(
        ("number", asked[0].page.report.id, asked[0].quantity.id),
        [part for each in asked for part in (each.page, each.quantity)],
        lambda: _question(shelf, teller, subject, asked, decisions),
        (
            subject,
            [each.subject for each in asked],
            decisions.about(each.quantity.id for each in asked),
        ),
    )


def _merged(asked: list[Asked], decisions: Decisions) -> dict[str, Subject]:
    """Subjects of quantities that a person put into one question: that of the first of them."""
    subject_of = {each.quantity.id: each.subject for each in asked}
    merged: dict[str, Subject] = {}
    for members in decisions.together:
        known = [each.quantity.id for each in asked if each.quantity.id in members]
        if known:
            merged.update(dict.fromkeys(known, merged.get(known[0], subject_of[known[0]])))
    return merged


def _answer(asked: Asked) -> str:
    quantity = asked.quantity
    words = figure_words(
        quantity.low, quantity.high, quantity.best,
        low_open=quantity.low_open, high_open=quantity.high_open, approximate=quantity.approximate,
    )  # fmt: skip
    return answer_words("not", answer=words) if denies(quantity) else words


def _question(
    shelf: Shelf, teller: Teller, subject: Subject, asked: list[Asked], decisions: Decisions
) -> Open | None:
    made = [one for each in asked if (one := teller.of_quantity(each.page, each.quantity, _answer(each)))]
    told = in_order([_dated(shelf, subject, one) for one in made])
    if not told:
        return None
    linked = link_numbers(told, subject.measure, decisions, in_portions=subject.group == BODIES)
    kind: QuestionKind = "divergent" if linked.apart and not linked.against else "number"
    name = group_name(shelf, min(asked, key=lambda each: each.quantity.id != told[0].annotation))
    question = Question(
        id=question_id("number", told[0]),
        question=_words(shelf, subject, name, told[0]),
        kind=kind,
        incident=subject.incident,
        group=None if subject.group.startswith("words:") else subject.group,
        scope=_scope(shelf, subject, told[0]) or None,
        accounts=tuple(each.account for each in told),
        links=tuple(linked.links),
    )
    return Open(question, told, linked, subject, name)


def _dated(shelf: Shelf, subject: Subject, told: Told) -> Told:
    """A count with the day of its incident is not said to hold as of that day: it may have grown since."""
    known = shelf.incidents.get(subject.incident or "")
    when, given = first_day(known.when if known else None), first_day(told.account.as_of)
    published = first_day(told.page.published)
    if when is None or given is None or published == given:
        return told
    return replace(told, of_event=abs((given - when).days) <= 1)


def _scope(shelf: Shelf, subject: Subject, first: Told) -> str:
    """What narrows the count, in words."""
    keys = [subject.part] if subject.part else []
    keys += [key for key in (subject.sex, subject.age, subject.status) if key]
    keys += [subject.modality] if subject.modality != "actual" else []
    words = "".join(say("scope", key) for key in keys)
    if subject.moment:
        words += say("scope", "new", moment=subject.moment)
    place = shelf.place_name(first.page, first.quantity.place if first.quantity else None)
    where = phrase("where", place=place) if subject.place else ""
    return f"{where}{words}".strip()


def _words(shelf: Shelf, subject: Subject, name: str, first: Told) -> str:
    """The question in plain words, in neither side's terms."""
    incident = shelf.incidents.get(subject.incident or "")
    known = shelf.place_name(first.page, first.quantity.place if first.quantity else None)
    where = known if subject.place else shelf.place_name(None, incident.place if incident else None)
    scope = _scope(shelf, subject, first)
    narrower = scope.removeprefix(phrase("where", place=known).strip()) if subject.place else scope
    narrower = narrower if narrower.startswith((" ", ",")) or not narrower else f" {narrower}"
    template = subject.kind if subject.kind != "count" else subject.role
    if subject.group == BODIES and subject.role == "killed":
        template = "bodies"
    key = template if template in table("number") else "other"
    asked = say("number", key, group=name, where=phrase("where", place=where))
    return asked.removesuffix("?") + narrower + "?"
