"""What a relative expression is counted from: the publication date, or the last date the text named."""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from standoff.model.when import parse_when

_FINENESS = {"day": 0, "week": 1, "month": 2, "quarter": 3, "half": 3, "year": 4, "decade": 5, "century": 6}


class Anchor(msgspec.Struct, frozen=True):
    """A day, how finely it is known ("day", "month" or "year"), and its EDTF."""

    day: dt.date
    grain: str
    edtf: str

    def as_fine_as(self, unit: str) -> bool:
        """Whether counting in ``unit`` from here makes sense."""
        return _FINENESS[self.grain] <= _FINENESS.get(unit, 0)


def anchor_of(edtf: str | None) -> Anchor | None:
    """The anchor that a publication date gives; None for None, intervals, open or vague dates
    and years before 1000 or after 2999."""
    when = parse_when(edtf)
    if when is None or edtf is None or "/" in edtf or not when.earliest or not when.latest:
        return None
    plain = edtf.split("T")[0].rstrip("?~%")
    grain = {4: "year", 7: "month", 10: "day"}.get(len(plain))
    if grain is None or not re.fullmatch(r"[12]\d{3}(-\d\d){0,2}", plain):
        return None
    return Anchor(when.earliest, grain, edtf)


class Focus:
    """The dates that the text has named so far, for "the next day", "that year", "the quarter"."""

    def __init__(self) -> None:
        self.latest: Anchor | None = None
        self.latest_day: Anchor | None = None
        self.quarter: tuple[int, int] | None = None
        self.quarter_at = -1

    def note(self, value: str, offset: int) -> None:
        """Remember a resolved TIMEX3 date."""
        if match := re.match(r"(\d{4})-Q([1-4])", value):
            self.quarter, self.quarter_at = (int(match[1]), int(match[2])), offset
        elif found := anchor_of(value.split("T")[0]):
            self.latest = found
            self.latest_day = found if found.grain == "day" else self.latest_day
