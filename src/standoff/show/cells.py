"""What the cells of the timeline, access and harm say of a row."""

from __future__ import annotations

from typing import Any

from standoff.show.index import Index
from standoff.show.words import UNKNOWN, counted, date, figure, listed, quoted, short, whom

LONG = 180
"""Characters of quoted words that a table shows; `standoff why` shows all of them."""


def happened(it: Any, _index: Index) -> str:  # noqa: ANN401
    """The words of an event, led by how it is meant; by how many told, denied, with rival dates."""
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


def place_in_order(it: Any, _index: Index) -> str:  # noqa: ANN401
    """Its place among all items, or the first and last that it can take."""
    first, last = it.place_first, it.place_last
    return str(first) if first == last else f"{first}-{last}"


def access_words(it: Any, _index: Index) -> str:  # noqa: ANN401
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
    return f"{' '.join(part for part in parts if part)}: {quoted(it['text'], 130)}"


def access_when(it: Any, _index: Index) -> str:  # noqa: ANN401
    """When it was so; if that is not known, when it was told."""
    if it["when"]:
        return date(it["when"])
    told = it["said"] or it["published"]
    return f"{UNKNOWN}, told {date(told)}" if told else UNKNOWN


def harm_where(it: Any, _index: Index) -> str:  # noqa: ANN401
    """Place and day of an incident, as far as known."""
    when = date(it["when"]) if it["when"] else "day not known"
    return f"{it['place'] or 'place not known'}, {when}"


HARM_WORDS = {"casualties": "killed or injured"}


def harm_figures(it: Any, _index: Index) -> str:  # noqa: ANN401
    """One line a figure: how many of whom; whether it is a part, or disputed."""
    lines = []
    for each in it["figures"]:
        notes = [n.strip(" ()") for n in (each["status"], each["sex"], each["age"], each["scope"]) if n]
        if each["disputed"]:
            notes.append("disputed")
        who = whom(each["group"], each["low"], each["high"])
        who += f" ({listed(dict.fromkeys(notes))})" if notes else ""
        mark = "*" if each["notes"] else ""
        how = HARM_WORDS.get(each["harm"], each["harm"])
        lines.append(f"{how}: {figure(each['low'], each['high'], each['best'])}{mark} {who}")
    return "; ".join(lines)


OF_ITSELF = (("conceded", "tells of a deed of its own"), ("denied", "denies it"))


def responsible(it: Any, _index: Index) -> str:  # noqa: ANN401
    """Each party named, with who alleges it and whether it concedes or denies."""
    told = []
    for each in it["parties_named"]:
        marks = [f"alleged by {listed(each['alleged_by'], UNKNOWN)}"] if each["alleged_by"] else []
        marks += [f"named by {listed(each['named_by'], 'the report')}"] if each["named_by"] else []
        marks += [f"cleared by {listed(each['cleared_by'], UNKNOWN)}"] if each["cleared_by"] else []
        marks += [words for mark, words in OF_ITSELF if each[mark]]
        told.append(f"{each['party'] or UNKNOWN} ({'; '.join(marks)})")
    return "; ".join(told) or "nobody named"


def grades_of(it: Any, _index: Index) -> str:  # noqa: ANN401
    """The grades of an incident's figures, with the reason, where grading was asked for."""
    grades = [each["grade"] for each in it["figures"] if each["grade"]]
    told = dict.fromkeys(f"{each['grade'] or 'not graded'}: {each['why']}" for each in grades)
    return "; ".join(told)


def notes_of(row: Any) -> tuple[str, ...]:  # noqa: ANN401
    """What must be known of an incident's figures, each note once."""
    return tuple(dict.fromkeys(note for each in row["figures"] for note in each["notes"]))
