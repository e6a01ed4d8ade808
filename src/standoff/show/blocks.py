"""Rows that need more than a line: agreements with their terms, things that last with their clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from standoff.show.index import Index
from standoff.show.words import UNKNOWN, clean, counted, date, listed, own_voice, quoted, short, span_of

Line = tuple[int, str]
"""Indent and text."""
DAYS_SHOWN = 3
"""Days of a clock that a terminal shows: the last ones; JSON has all."""
TOLD_SHOWN = 4
STEP = 3
VERDICTS = {"holds": "holds", "too long": "is too long", "too short": "is too short", "open": "is left open"}
SINCE = {
    "stated": "as stated",
    "reckoned": "reckoned back from how long it is said to have lasted",
    "first event": "the first event told with its day; nobody says when it began",
    None: "",
}
KINDS = {"siege": "under siege", "confine": "kept from moving", "access": "access", "lasting": "lasting"}


def agreement_lines(row: Any, index: Index) -> Iterator[Any]:  # noqa: ANN401
    """Heading, then lines: the words, each term and how it is kept, who is for and against."""
    yield f"{listed(row['parties'], 'parties not known')}, {date(row['when'])}  ({row['id']})"
    if row["text"]:
        yield STEP, quoted(row["text"], 300)
    yield STEP, f"in {_report(index, row['report'])}"
    whole = [each for each in row["standing_told"] if each["verdict"] not in {"objected", "endorsed"}]
    yield STEP, f"As a whole: {_keeping(row['standing'])}"
    yield from _told(index, whole)
    for term in row["terms"]:
        owed = f" (owed by {listed(term['owed_by'])})" if term["owed_by"] else ""
        yield STEP, f"Term{owed}: {short(term['text'] or 'words not known', 220)}"
        yield 2 * STEP, _keeping(term["keeping"])
        yield from _told(index, term["told"])
    for term in row["breaches"]:
        yield STEP, f"Said to be broken: {short(term['text'] or 'words not known', 220)}"
    for title, names in (("Endorsed by", row["endorsed_by"]), ("Denounced by", row["denounced_by"])):
        if names:
            yield STEP, f"{title}: {listed(names)}"


def _keeping(verdict: str) -> str:
    return verdict if verdict in {"nothing reported", "disputed"} else f"said to be {verdict}"


def _told(index: Index, told: list[Any]) -> Iterator[Line]:
    """Accounts of keeping, the first few."""
    for each in told[:TOLD_SHOWN]:
        of = f" of {each['of']}" if each["of"] and each["of"] != each["by"] else ""
        by = each["by"] or own_voice(index.report(each["report"]))
        yield 2 * STEP, f"{each['verdict']}, says {by}{of}: {quoted(each['text'], 160)}"
    if len(told) > TOLD_SHOWN:
        yield 2 * STEP, f"and {counted(len(told) - TOLD_SHOWN, 'more account')}"


def clock_lines(row: Any, index: Index) -> Iterator[Any]:  # noqa: ANN401
    """Heading, then lines: since when, which day, the state last told and its age, durations."""
    kind = "" if row["kind"] in row["subject"] else f", {KINDS.get(row['kind'], row['kind'])}"
    yield f"{row['subject']}{kind}  ({row['id']})"
    yield STEP, _since(row, index)
    for each in row["since_told"][1:TOLD_SHOWN] if row["since_basis"] == "stated" else ():
        yield 2 * STEP, f"also {date(each['when'])}: {quoted(each['text'], 120)} — {_who(index, each)}"
    if row["days"]:
        yield STEP, "; ".join(_day(each) for each in row["days"][-DAYS_SHOWN:])
    last = row["last"]
    if last:
        stale = span_of(row["stale_days_low"], row["stale_days_high"])
        old = f"; {stale} before the newest report ({date(row['newest_report'])})" if stale else ""
        yield STEP, f"Last said: {last['state']}, as of {date(last['as_of'])}, by {_who(index, last)}{old}"
        yield 2 * STEP, quoted(last["text"], 160)
    for each in others_of(row["accounts"], last):
        yield 2 * STEP, f"{each['state']}, as of {date(each['as_of'])}, says {_who(index, each)}"
    for each in row["durations"]:
        yield STEP, _duration(each)
        yield 2 * STEP, f"{quoted(each['text'], 160)} — {_who(index, each)}"


def others_of(accounts: list[Any], last: Any) -> list[Any]:  # noqa: ANN401
    """The last account of each other source that puts it otherwise, latest first."""
    newest: dict[Any, Any] = {}
    for each in accounts:
        newest[each["source"] or each["report"]] = each
    newest.pop((last["source"] or last["report"]) if last else None, None)
    differing = [each for each in newest.values() if each["state"] != last["state"]]
    return sorted(differing, key=lambda each: str(each["as_of"] or ""), reverse=True)[:TOLD_SHOWN]


def _since(row: Any, index: Index) -> str:  # noqa: ANN401
    words = row["since_told"][0] if row["since_told"] else None
    told = f": {quoted(words['text'], 140)} — {_who(index, words)}" if words else ""
    ground = SINCE[row["since_basis"]]
    differ = "" if row["since_agrees"] else "; the beginnings told differ"
    return f"Since {date(row['since'])}" + (f" ({ground}{differ}){told}" if ground else "")


def _day(each: Any) -> str:  # noqa: ANN401
    ends = ["?" if end is None else str(end) for end in (each["low"], each["high"])]
    return f"{date(each['date'])} is day {ends[0] if ends[0] == ends[1] else ' to '.join(ends)}"


def _duration(each: Any) -> str:  # noqa: ANN401
    return f"“{clean(each['words'])}” {reckoning(each)}"


def reckoning(each: Any) -> str:  # noqa: ANN401
    """How a duration as told stands to the days by the dates told."""
    if each["reckoned_low"] is None or each["reckoned_high"] is None:
        return "cannot be held against dates: no beginning is stated"
    whose = "" if each["from_of"] == "itself" else f", the beginning of {each['from_of']}"
    days = span_of(each["reckoned_low"], each["reckoned_high"])
    when = f"{date(each['from'])}{whose}, to {date(each['to'])}"
    return f"{VERDICTS[each['verdict']]}: {when} is {days} (the most with both days counted)"


def _who(index: Index, row: Any) -> str:  # noqa: ANN401
    return row["source"] or own_voice(index.report(row["report"]))


def _report(index: Index, report_id: str) -> str:
    report = index.report(report_id)
    if report is None:
        return UNKNOWN
    return f"{clean(report_id)} ({own_voice(report)}, {date(report.published.value)})"
