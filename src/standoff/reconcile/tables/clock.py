"""The situation's own clock: since when, which day it is, what each lasting state was last said to be.

Staleness is measured against the newest report of the record, never against today's date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from standoff.model import Axes, TimelineItem
from standoff.model.ids import derived_id
from standoff.model.when import last_day
from standoff.reconcile.moments import starts_after
from standoff.reconcile.shelf import Shelf
from standoff.reconcile.tables.cited import Row
from standoff.reconcile.tables.durations import (
    Lasting,
    day_number,
    elapsed,
    reckoned_start,
    verdict,
)
from standoff.reconcile.tables.since import WHOLE
from standoff.reconcile.tables.spread import OPEN, Spread, common, spread_of
from standoff.reconcile.tables.states import Length, State, Thing, gather, with_whole

ENDED = frozenset({"released", "ended"})


def clock_rows(
    shelf: Shelf, axes: Axes, timeline: Iterable[TimelineItem], access: list[Row], agreements: list[Row]
) -> list[Row]:
    """The situation first, then one row a thing that lasts, in the order in which they were first told of."""
    newest = _newest(shelf, axes)
    things = gather(shelf, access, agreements, last_day(axes.as_of))
    whole = next((each for each in things if each.key == WHOLE), Thing("situation", WHOLE, "the situation"))
    rest = sorted((each for each in things if each is not whole), key=lambda each: (each.order, each.key))
    began = _since(whole)
    first = None if began[1] else _first_event(timeline)
    dates = sorted(
        {page.published for page in shelf.pages if page.published and _within(page.published, axes)}
    )
    if not shelf.pages:
        return []
    rows = [_row(whole, began if first is None else first, newest, dates, OPEN, OPEN)]
    over = _end(whole)[0]
    for each in rest:
        own = _since(each)
        along = began[0] if with_whole(each) else OPEN
        rows.append(
            _row(each, own, newest, _own_dates(each, newest), along, over if with_whole(each) else OPEN)
        )
    return rows


def _within(published: str, axes: Axes) -> bool:
    return not starts_after(published, last_day(axes.as_of))


def _newest(shelf: Shelf, axes: Axes) -> dt.date | None:
    days = [
        last_day(page.published) for page in shelf.pages if page.published and _within(page.published, axes)
    ]
    return max((day for day in days if day), default=None)


Since = tuple[Spread, str | None, list[Row]]
"""When a thing began, on what ground (stated, reckoned, first event), and the words that say so."""


def _since(thing: Thing) -> Since:
    """The beginning as stated; where none is, as reckoned back from the durations told."""
    if thing.begins:
        spread, agree = common(spread_of(each.when) for each in thing.begins)
        if not agree:  # rival beginnings: the clock goes by the first told, all stand beside it
            spread = spread_of(thing.begins[0].when)
        return spread, "stated", [{**each.row, "when": each.when} for each in thing.begins]
    reckoned = [(each, reckoned_start(each.said, each.told)) for each in thing.lengths]
    known = [(each, spread) for each, spread in reckoned if spread.anchor]
    if known:
        spread, agree = common(spread for _, spread in known)
        words: list[Row] = [{**each.row, "when": None} for each, _ in known]
        return (spread if agree else known[0][1]), "reckoned", words
    return OPEN, None, []


def _first_event(timeline: Iterable[TimelineItem]) -> Since:
    """The first event of the record that is told with its day, as a fact: where nobody says when it began."""
    for item in timeline:
        day = item.precision == "day" and item.modality == "actual" and item.polarity == "affirmed"
        if day and item.type not in {None, "STATE"} and item.dates_agree:
            row: Row = {**_plain(item), "when": item.when}
            return spread_of(item.when), "first event", [row]
    return OPEN, None, []


def _plain(item: TimelineItem) -> Row:
    mine = (each for each in item.told if (each.report, each.statement) == (item.report, item.statement))
    told = next(mine, item.told[0])
    return {
        "report": item.report, "span": item.span, "text": item.text, "source": told.source, "said": item.said,
        "published": item.published, "statement": item.statement, "annotation": item.id,
    }  # fmt: skip


def _own_dates(thing: Thing, newest: dt.date | None) -> list[str]:
    """Days on which something is said of it, and that of the newest report."""
    days = {each.day.isoformat() for each in thing.accounts if each.day}
    days |= {each.told.latest.isoformat() for each in thing.lengths if each.told.latest}
    return sorted(days | ({newest.isoformat()} if newest else set()))


def _end(thing: Thing) -> tuple[Spread, State | None]:
    """When it ended, as first told, and that account."""
    told = sorted((each for each in thing.accounts if each.state in ENDED), key=lambda each: each.order)
    return (told[0].about, told[0]) if told else (OPEN, None)


def _last(thing: Thing) -> State | None:
    """The account of its latest state. What is told without a date after it was first said to have ended
    looks back ("held for four months", say the freed), and is not counted."""
    over = _end(thing)[1]
    counted = [
        each
        for each in thing.accounts
        if over is None or each.state in ENDED or each.dated or each.order < over.order
    ]
    return max(counted, key=lambda each: each.order, default=None)


def _row(
    thing: Thing, since: Since, newest: dt.date | None, dates: list[str], whole: Spread, whole_end: Spread
) -> Row:
    began, basis, words = since
    last = _last(thing)
    until, over = _end(thing)
    start = began if basis == "stated" else whole
    return {
        "id": derived_id("ck", thing.family, thing.key, *(each.key for each in thing.accounts[:1])),
        "subject": thing.name,
        "kind": thing.family,
        "state": last.state if last else None,
        "last": {**last.row, "state": last.state, "as_of": last.as_of} if last else None,
        "since": _edtf(began),
        "since_basis": basis,
        "since_told": words,
        "since_agrees": common(spread_of(each.when) for each in thing.begins)[1],
        "until": _edtf(until) if over else None,
        "until_told": [over.row] if over else [],
        "newest_report": newest.isoformat() if newest else None,
        "stale_days_low": _stale(last.about.latest if last else None, newest),
        "stale_days_high": _stale(last.about.earliest if last else None, newest),
        "days": _days(began, until, dates),
        "durations": [
            _duration(each, start, until if over else whole_end, basis == "stated") for each in thing.lengths
        ],
        "accounts": [
            {**each.row, "state": each.state, "as_of": each.as_of}
            for each in sorted(thing.accounts, key=lambda each: each.order)
        ],
        "reports": list(dict.fromkeys(str(row["report"]) for row in _all_words(thing, words))),
    }


def _all_words(thing: Thing, words: list[Row]) -> list[Row]:
    return [*words, *(each.row for each in thing.accounts), *(each.row for each in thing.lengths)]


def _edtf(spread: Spread) -> str | None:
    """Bounds as EDTF: a day, or an interval with ".." at an open side; None where nothing is known."""
    if spread.anchor is None:
        return None
    first, last = (day.isoformat() if day else ".." for day in spread)
    return first if first == last else f"{first}/{last}"


def _stale(day: dt.date | None, newest: dt.date | None) -> int | None:
    """Days from a date to the newest report: 0 where the newest itself tells it."""
    return max(0, (newest - day).days) if day and newest else None


def _days(began: Spread, until: Spread, dates: list[str]) -> list[Row]:
    """Which day of it each date is; dates before it surely began, or after it surely ended, are left out."""
    rows: list[Row] = []
    for date in dates:
        on = spread_of(date)
        low, high = day_number(began, on)
        over = until.latest is not None and on.earliest is not None and on.earliest > until.latest
        if (low is None and high is None) or (high is not None and high < 1) or over:
            continue
        rows.append({"date": date, "low": low, "high": high})
    return rows


def _duration(length: Length, start: Spread, until: Spread, own: bool) -> Row:
    """A duration as said against that by the dates told; it runs to the telling, or to an earlier end."""
    said: Lasting = length.said
    end = length.told
    if until.latest and end.earliest and until.latest <= end.earliest:
        end = until
    fewest, most = elapsed(start, end) if start.anchor and end.anchor else (None, None)
    quantity = said.quantity
    return {
        **length.row,
        "quantity": quantity.id,
        "words": quantity.text,
        "low": quantity.low,
        "high": quantity.high,
        "low_open": quantity.low_open,
        "high_open": quantity.high_open,
        "unit": quantity.unit,
        "days_low": said.low,
        "days_high": said.high,
        "from": _edtf(start),
        "from_of": None if start.anchor is None else ("itself" if own else "the situation"),
        "to": _edtf(end),
        "reckoned_low": fewest,
        "reckoned_high": most,
        "verdict": verdict(said, fewest, most),
    }
