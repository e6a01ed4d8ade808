"""What each table shows: its columns as data, one specification a WHAT."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from standoff.show.index import Index
from standoff.show.words import (
    UNKNOWN,
    counted,
    date,
    figure,
    figure_of,
    listed,
    own_voice,
    short,
    source,
)

LONG = 180
"""Characters of quoted words that a table shows; `standoff why` shows all of them."""

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


def _happened(it: Any, _index: Index) -> str:  # noqa: ANN401
    marks = [mark for mark in (it.modality, it.polarity) if mark not in {"actual", "affirmed"}]
    lead = f"[{', '.join(marks)}] " if marks else ""
    notes = []
    if len(it.reports) > 1:
        notes.append(f"told in {counted(len(it.reports), 'report')}")
    if any(each.polarity == "denied" for each in it.told) and it.polarity != "denied":
        notes.append("also denied")
    if not it.dates_agree:
        notes.append(f"dates told: {', '.join(map(date, it.dates))}")
    return lead + short(it.text, LONG) + (f" ({'; '.join(notes)})" if notes else "")


def _place_in_order(it: Any, _index: Index) -> str:  # noqa: ANN401
    """Its place among all items, or the first and last that it can take."""
    first, last = it.place_first, it.place_last
    return str(first) if first == last else f"{first}-{last}"


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


def _access(it: Any, _index: Index) -> str:  # noqa: ANN401
    """State, of what, by whom, for whom, since when, how much; then the words."""
    parts = [listed(it["what"]), it["state"]]
    if it["by"]:
        parts.append(f"by {listed(it['by'])}")
    if it["to"]:
        parts.append(f"for {listed(it['to'])}")
    if it["since"]:
        parts.append(f"since {date(it['since'])}")
    counts = [each["text"] for each in it["flow"]["counts"]] if it["flow"] else []
    if counts and not set(counts) <= set(it["what"]):
        parts.append(f"({listed(counts)})")
    return f"{' '.join(part for part in parts if part)}: “{short(it['text'], 130)}”"


def _access_when(it: Any, _index: Index) -> str:  # noqa: ANN401
    if it["when"]:
        return date(it["when"])
    told = it["said"] or it["published"]
    return f"{UNKNOWN}, told {date(told)}" if told else UNKNOWN


def _teller(it: Any, index: Index) -> str:  # noqa: ANN401
    return it["source"] or own_voice(index.report(it["report"]))


def _harm_where(it: Any, _index: Index) -> str:  # noqa: ANN401
    when = date(it["when"]) if it["when"] else "day not known"
    return f"{it['place'] or 'place not known'}, {when}"


def _harmed(it: Any, _index: Index) -> str:  # noqa: ANN401
    """One line a figure: how many of whom; whether it is a part, or disputed."""
    lines = []
    for each in it["figures"]:
        notes = [n.strip(" ()") for n in (each["status"], each["sex"], each["age"], each["scope"]) if n]
        if each["disputed"]:
            notes.append("disputed")
        whom = (each["group"] or "people") + (f" ({listed(dict.fromkeys(notes))})" if notes else "")
        lines.append(f"{each['harm']}: {figure(each['low'], each['high'])} {whom}")
    return "; ".join(lines)


OF_ITSELF = (("conceded", "says that it did"), ("denied", "denies it"))


def _responsible(it: Any, _index: Index) -> str:  # noqa: ANN401
    """Each party named, with who alleges it and whether it concedes or denies."""
    told = []
    for each in it["parties_named"]:
        marks = [f"alleged by {listed(each['alleged_by'], UNKNOWN)}"] if each["alleged_by"] else []
        marks += [f"named by {listed(each['named_by'], 'the report')}"] if each["named_by"] else []
        marks += [f"cleared by {listed(each['cleared_by'], UNKNOWN)}"] if each["cleared_by"] else []
        marks += [words for mark, words in OF_ITSELF if each[mark]]
        told.append(f"{each['party'] or UNKNOWN} ({'; '.join(marks)})")
    return "; ".join(told) or "nobody named"


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


SPECS: dict[str, Spec] = {
    "timeline": Spec(
        "Timeline: what is said to have happened, and by whom",
        (
            Column("When", _when, 12),
            Column("Place", _place_in_order, 7, whole=True),
            Column("What the words say", _happened),
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
    "access": Spec(
        "Access: routes, passage and deliveries, as told",
        (
            Column("When", _access_when, 12),
            Column("What is said", _access),
            Column("Who says", _teller, 16),
            ID,
        ),
        "Nothing is said of routes, aid or passage.",
    ),
    "harm": Spec(
        "Harm: incidents in which people are reported killed, injured or missing",
        (
            Column("Where, when", _harm_where, 14),
            Column("Figures", _harmed),
            Column("Said to be responsible", _responsible, 24),
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
