"""What each table shows: its columns as data, one specification a WHAT."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from standoff.show.cells import (
    LONG,
    access_when,
    access_words,
    grades_of,
    happened,
    harm_figures,
    harm_where,
    notes_of,
    place_in_order,
    responsible,
)
from standoff.show.index import Index
from standoff.show.words import (
    UNKNOWN,
    aggregated,
    clean,
    counted,
    date,
    figure_of,
    listed,
    own_voice,
    short,
    source,
)

Get = Callable[[Any, Index], str]


class Column(NamedTuple):
    """A column: its title, what it shows of a record, and its width (``None``: what is left over)."""

    title: str
    get: Get
    width: int | None = None
    whole: bool = False  # never broken over lines


class Spec(NamedTuple):
    """A table: its heading, columns, and what is said when there are no rows."""

    heading: str
    columns: tuple[Column, ...]
    empty: str


def _id(it: Any, _index: Index) -> str:  # noqa: ANN401
    return str(it["id"] if isinstance(it, dict) else it.id)


ID = Column("ID", _id, 15, whole=True)


def _field(name: str, none: str = UNKNOWN) -> Get:
    """The text of a field, or what stands for not knowing it."""

    def get(it: Any, _index: Index) -> str:  # noqa: ANN401
        value = it[name] if isinstance(it, dict) else getattr(it, name)
        return str(value) if value not in (None, "", [], ()) else none

    return get


def _date(name: str) -> Get:
    return lambda it, _: date(it[name] if isinstance(it, dict) else getattr(it, name))


def _names(name: str, none: str = UNKNOWN) -> Get:
    return lambda it, _: listed(it[name] if isinstance(it, dict) else getattr(it, name), none)


def _speaker(it: Any, index: Index) -> str:  # noqa: ANN401
    """Who says a thing that knows its report and statement."""
    return source(index.statement(it.report, it.statement), index.report(it.report))


def _when(it: Any, _index: Index) -> str:  # noqa: ANN401
    """When it is said to have happened; if that is not known, when it was told."""
    if it.when:
        return date(it.when)
    told = it.said or it.published
    return f"{UNKNOWN}, told {date(told)}" if told else UNKNOWN


def _said(it: Any, index: Index) -> str:  # noqa: ANN401
    stance = f"{', '.join(it.stance)}: " if it.stance else ""
    return stance + short(it.text or "", LONG)


def _who(it: Any, index: Index) -> str:  # noqa: ANN401
    who = source(it, index.report(it.report))
    stands = f" (for {it.represents})" if it.represents and it.represents != it.party else ""
    via = f" through {', '.join(v.name for v in it.via)}" if it.via else ""
    return who + stands + via


def _claimed(it: Any, _index: Index) -> str:  # noqa: ANN401
    marks = [m for m in (it.modality, it.polarity) if m not in {"actual", "affirmed"}]
    return " ".join(filter(None, [it.type, it.mode, f"({', '.join(marks)})" if marks else None]))


def _whom(it: Any, _index: Index) -> str:  # noqa: ANN401
    who = listed((a.name for a in it.actors), "not stated")
    whom = listed(a.name for a in (*it.recipients, *it.targets))
    return f"{who} → {whom}" if whom else who


def _counts(it: Any, _index: Index) -> str:  # noqa: ANN401
    what = it.group or it.what or it.unit or it.kind
    notes = [n for n in (it.status, it.sex, it.age, it.of_total and f"{it.of_total} a total") if n]
    return f"{what} ({', '.join(notes)})" if notes else what


def _asked(it: Any, _index: Index) -> str:  # noqa: ANN401
    links = sum(link.relation in {"revises", "corrects"} for link in it.links)
    return str(it.question) + (f" ({counted(links, 'revision')})" if links else "")


def _answers(it: Any, index: Index) -> str:  # noqa: ANN401
    said = dict.fromkeys(account.answer or figure_of(account) for account in it.accounts)
    return short(" / ".join(said), LONG)


def _point(it: Any, _index: Index) -> str:  # noqa: ANN401
    if it.lat is None or it.lon is None:
        return UNKNOWN
    radius = f" ±{it.radius_km:g} km" if it.radius_km is not None else ""
    return f"{it.lat:.2f}, {it.lon:.2f}{radius}"


def _place(it: Any, index: Index) -> str:  # noqa: ANN401
    found = index.things.get(it.place or "")
    return found[0].record.name if found and hasattr(found[0].record, "name") else it.place or UNKNOWN


def _teller(it: Any, index: Index) -> str:  # noqa: ANN401
    return it["source"] or own_voice(index.report(it["report"]))


def _title(it: Any, _index: Index) -> str:  # noqa: ANN401
    if it.error:
        return f"not read: {short(it.error, LONG)}"
    return short(it.title.value or "no title", 90)


def _origin(it: Any, _index: Index) -> str:  # noqa: ANN401
    copies = f", with {listed(it.copies)}" if it.copies else ""
    return f"{it.origin_name or UNKNOWN}{copies}"


def _decided(it: Any, _index: Index) -> str:  # noqa: ANN401
    if it.undoes is not None:
        return f"undo of entry {it.undoes}"
    return str(it.action) + (f" (undone by entry {it.undone_by})" if it.undone_by else "")


def _on(review: Any) -> str:  # noqa: ANN401
    return short("; ".join(f"{a.layer} {a.quote or a.key or ''}".strip() for a in review.targets), LONG)


def _aggregate(it: Any, _index: Index) -> str:  # noqa: ANN401
    """The figure under the rule that was chosen, marked where it has notes; nothing where there is none."""
    return "".join(aggregated(each) + ("*" if each.notes else "") for each in it.aggregates[:1])


FIGURE = Column("Figure", _aggregate, 22)
GRADE = Column("Grade", grades_of, 24)


def columns_of(what: str, rule: str | None, grade: str | None) -> tuple[Column, ...]:
    """The columns of a table, with the chosen rule's figure or the grade in the place of one of them."""
    columns = SPECS[what].columns
    if what == "questions" and rule is not None:
        return tuple(FIGURE if each.title == "Answers" else each for each in columns)
    if what == "harm" and grade is not None:
        return tuple(GRADE if each.title == "Said to be responsible" else each for each in columns)
    return columns


def note_lines(what: str, records: list[Any], rule: str | None) -> list[str]:
    """What must be known of the figures in a table, one line a figure that has notes."""
    if what == "harm":
        noted = [(str(row["id"]), notes_of(row)) for row in records]
    elif what == "questions" and rule is not None:
        noted = [(it.id, it.aggregates[0].notes if it.aggregates else ()) for it in records]
    else:
        noted = []
    return [f"* {clean(row)}: {clean('; '.join(notes))}" for row, notes in noted if notes]


SPECS: dict[str, Spec] = {
    "timeline": Spec(
        "Timeline: what is said to have happened, and by whom",
        (
            Column("When", _when, 12),
            Column("Place", place_in_order, 7, whole=True),
            Column("What the words say", happened),
            Column("Source", _speaker, 14),
            Column("ID", _id, 13, whole=True),
        ),
        "Nothing that can be set in time was found.",
    ),
    "statements": Spec(
        "Statements: who said what",
        (
            Column("Who", _who, 19),
            Column("What", _said),
            Column("Said on", _date("said"), 10),
            ID,
        ),
        "No statements were found.",
    ),
    "claims": Spec(
        "Claims: what is claimed, by whose words",
        (
            Column("Kind", _claimed, 13),
            Column("Who → whom", _whom, 18),
            Column("Words", lambda it, _: short(it.text or "", LONG)),
            ID,
        ),
        "No claims were found.",
    ),
    "parties": Spec(
        "Parties: who speaks or is spoken of",
        (
            Column("Name", lambda it, _: listed([it.name])),
            Column("Kind", _field("type"), 12),
            Column("Speaks for", _field("represents", ""), 17),
            Column("Said", lambda it, _: str(len(it.statements)), 4),
            Column("ID", _id, 22),
        ),
        "No parties were found.",
    ),
    "places": Spec(
        "Places",
        (
            Column("Place", _field("name")),
            Column("Country", _field("country"), 9),
            Column("Latitude, longitude", _point, 22),
            Column("Reports", lambda it, _: str(len(it.reports)), 7),
            Column("ID", _id, 18),
        ),
        "No places were found.",
    ),
    "quantities": Spec(
        "Quantities: figures as said",
        (
            Column("Figure", lambda it, _: ("not " if it.negated else "") + figure_of(it), 11),
            Column("Of what", _counts),
            Column("Role", _field("role", ""), 9),
            Column("As of", _date("as_of"), 10),
            Column("Who says", _speaker, 13),
            ID,
        ),
        "No quantities were found.",
    ),
    "incidents": Spec(
        "Incidents",
        (
            Column("What", _field("name")),
            Column("When", _date("when"), 12),
            Column("Where", _place, 14),
            Column("Reports", lambda it, _: str(len(it.reports)), 7),
            ID,
        ),
        "No incidents were found.",
    ),
    "victims": Spec(
        "Victims: persons reported harmed (the record asserts nothing of its own)",
        (
            Column("Person", lambda it, _: it.name or it.description or UNKNOWN),
            Column("Harm", _field("harm"), 10),
            Column("Age", _field("age"), 9),
            Column("Who says", _speaker, 18),
            Column("ID", _id, 13, whole=True),
        ),
        "No victims are named or described.",
    ),
    "questions": Spec(
        "Questions that the reports answer",
        (
            Column("Question", _asked),
            Column("Answers", _answers, 22),
            Column("Accounts", lambda it, _: str(len(it.accounts)), 8),
            Column("ID", _id, 13, whole=True),
        ),
        "No questions came up.",
    ),
    "queue": Spec(
        "Queue: what a person should decide first",
        (
            Column("Question", lambda it, _: it.ask),
            Column("Why it is open", lambda it, _: it.reason, 22),
            Column("To say yes: standoff review FILE", lambda it, _: it.decide, 26),
        ),
        "Nothing waits for a decision.",
    ),
    "findings": Spec(
        "Findings: every answer, how well it is attested, by how many independent origins",
        (
            Column("Finding", lambda it, _: it.text),
            Column("Status", _field("status"), 12),
            Column("Origins", lambda it, _: str(it.origins), 7),
            Column("ID", _id, 13, whole=True),
        ),
        "Nothing was found.",
    ),
    "access": Spec(
        "Access: routes, passage and deliveries, as told",
        (
            Column("When", access_when, 12),
            Column("What is said", access_words),
            Column("Who says", _teller, 16),
            ID,
        ),
        "Nothing is said of routes, aid or passage.",
    ),
    "harm": Spec(
        "Harm: incidents in which people are reported killed, injured or missing",
        (
            Column("Where, when", harm_where, 14),
            Column("Figures", harm_figures),
            Column("Said to be responsible", responsible, 24),
            Column("ID", _id, 13, whole=True),
        ),
        "No harm to people is reported.",
    ),
    "reports": Spec(
        "Reports that the record rests on",
        (
            Column("Published", lambda it, _: date(it.published.value), 10),
            Column("Title", _title),
            Column("Publisher", lambda it, _: it.publisher.value or UNKNOWN, 15),
            Column("Origin", _origin, 15),
            Column("ID", _id, 16),
        ),
        "The record holds no reports: `standoff add FILE REPORT...` adds some.",
    ),
    "reviews": Spec(
        "Reviews: what people decided",
        (
            Column("Entry", lambda it, _: str(it.entry), 5),
            Column("Decision", _decided, 12),
            Column("On", lambda it, _: _on(it)),
            Column("By", _field("by"), 10),
            Column("On day", lambda it, _: it.at[:10], 10),
            Column("Why", lambda it, _: short(it.why or "", 90), 14),
        ),
        "Nobody has reviewed anything yet: `standoff review FILE accept ID` does.",
    ),
    "orphans": Spec(
        "Orphans: reviews that no longer find what they named",
        (
            Column("Entry", lambda it, _: str(it.entry), 5),
            Column("Decision", lambda it, _: it.review.action, 9),
            Column("On", lambda it, _: _on(it.review)),
            Column("By", lambda it, _: it.review.by, 10),
            Column("Why it is an orphan", lambda it, _: it.reason, 24),
        ),
        "Every review finds what it named.",
    ),
}
