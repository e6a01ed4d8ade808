"""A view with one rule of aggregation chosen, and with grades where they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from standoff import vocab
from standoff.errors import UsageError
from standoff.model import Aggregate, Grade, Question, View
from standoff.model.derived import Derived

TAKING = ("questions", "harm")
"""The WHATs that show figures under a chosen rule."""
Row = dict[str, object]


def check_rule(rule: str | None) -> str | None:
    """The rule's name, if there is such a rule. Raises `UsageError` that lists the rules."""
    known = vocab.load("aggregation_rules")["rules"]
    if rule is not None and rule not in known:
        raise UsageError(f"there is no rule {rule!r}", where="--rule", todo=f"one of {', '.join(known)}")
    return rule


def check_grade(scheme: str | None) -> str | None:
    """The name of a grading scheme, if there is such a one. Raises `UsageError` that lists them."""
    known = vocab.load("aggregation_rules")["grades"]
    if scheme is not None and scheme not in known:
        raise UsageError(
            f"there is no grading {scheme!r}", where="--grade", todo=f"one of {', '.join(known)}"
        )
    return scheme


def check_choice(what: str, rule: str | None, grade: str | None) -> None:
    """Raises `UsageError` for a rule or a grading that a WHAT shows nothing of."""
    if check_rule(rule) is not None and what not in TAKING:
        raise UsageError(
            f"{what} shows no figure under a rule", where="--rule", todo=f"use {' or '.join(TAKING)}"
        )
    if check_grade(grade) is not None and what != "harm":
        raise UsageError(f"{what} shows no grade", where="--grade", todo="use harm")


def chosen(view: View, rule: str | None = None, grade: str | None = None) -> View:
    """The view with each question's figure under ``rule`` only (else under all rules), each row of harm
    with its figure under that rule (else minmax), and with the grades of a scheme (else none).

    Raises `UsageError` for a rule or a scheme that there is not.
    """
    if check_rule(rule) is None and check_grade(grade) is None:
        return view
    made = view.derived
    questions = [_question(each, rule) for each in made.questions] if rule else list(made.questions)
    figures = {each.id: each.aggregates for each in questions}
    grades = {each.question: each for each in made.grades if each.scheme == grade}
    harm = tuple(_harm(row, figures if rule else {}, grades) for row in made.harm)
    derived: Derived = msgspec.structs.replace(made, questions=tuple(questions), harm=harm)
    return msgspec.structs.replace(view, derived=derived)


def _question(question: Question, rule: str | None) -> Question:
    kept = tuple(each for each in question.aggregates if each.rule == rule)
    return msgspec.structs.replace(question, aggregates=kept)


def _harm(row: Row, figures: Mapping[str, tuple[Aggregate, ...]], grades: Mapping[str, Grade]) -> Row:
    """An incident with each of its figures under the rule; the first of them is the row's own."""
    made = row["figures"]
    assert isinstance(made, list)
    taken = [_taken(each, figures, grades) for each in made]
    return {**row, **{key: taken[0][key] for key in OWN}, "figures": taken}


OWN = ("low", "high", "best", "rule", "aggregate", "notes", "grade")
"""What a row of harm has of its first figure, and a rule or a grading may change."""


def _taken(row: Row, figures: Mapping[str, tuple[Aggregate, ...]], grades: Mapping[str, Grade]) -> Row:
    question = str(row["question"])
    graded = grades.get(question)
    return {
        **row,
        **_figure(figures.get(question, ())),
        "grade": _grade(graded) if graded else row.get("grade"),
    }


def _figure(aggregates: tuple[Aggregate, ...]) -> Row:
    return {
        key: value
        for each in aggregates[:1]
        for key, value in (
            ("low", each.low),
            ("high", each.high),
            ("best", each.best),
            ("rule", f"{each.rule}-{each.version}"),
            ("aggregate", each.id),
            ("notes", list(each.notes)),
        )
    }


def _grade(it: Grade) -> dict[str, Any]:
    return {
        "id": it.id,
        "scheme": f"{it.scheme}-{it.version}",
        "grade": it.grade,
        "means": it.means,
        "why": it.why,
    }


def choice_lines(rule: str | None, grade: str | None) -> list[str]:
    """What was chosen, in words, as printed above a table."""
    lines = []
    if rule is not None:
        about = vocab.load("aggregation_rules")["rules"][rule]
        lines.append(f"Figures under {rule}-{about['version']} ({about['of']}): {about['means']}")
    if grade is not None:
        about = vocab.load("aggregation_rules")["grades"][grade]
        lines.append(
            f"Grades as {about['of']} defines them ({grade}-{about['version']}); no finding of this record:"
        )
        lines += [f"  {each['name']}: {each['means']}" for each in about["grade"]]
    return lines
