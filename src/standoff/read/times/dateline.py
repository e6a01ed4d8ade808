"""The date in a dateline ("PORT CITY, 4 FEB 90 (AGENCY) --") or at the head of a page ("Published 4 Feb
1990" below the headline): an anchor where no other is given."""

from __future__ import annotations

import re

from standoff.model.when import parse_when
from standoff.vocab import words

_CLOSERS = re.compile(
    r"\)?\s*(?:\([^()\n]{1,60}\)|\[[^\]\n]{1,60}\])?\s*(?:--|—|–|_|-(?!\d)|:|\[TEXT\])|\s*\n"
)
_NOT_PLACES = words("en/time_around", "prose")
_REACH = 200
_WEEKDAYS = words("en/weekdays", "names")
_LEAD_IN = words("en/time_signals", "published")


def dateline_of(text: str, spans: list[tuple[int, int, str]]) -> str | None:
    """EDTF day of the first date that stands in a dateline, from ``(start, end, edtf)`` of full dates."""
    body = len(text) - len(text.lstrip())
    for start, end, edtf in spans:
        if start - body > _REACH or len(edtf) != 10 or parse_when(edtf) is None:
            continue
        lead = text[body:start]
        closed = _is_place_like(lead) and _CLOSERS.match(text, end)
        if closed or _is_below_headline(lead) or _is_behind_agency(lead, text[start:end]):
            return edtf
    return None


def _is_below_headline(lead: str) -> bool:
    """Whether a date opens the line below a headline, alone or after "Published"."""
    headline, _, line = lead.rpartition("\n")
    said = {word.lower() for word in re.findall(r"[^\W\d_]+", line)}
    if not said <= _LEAD_IN or (said and said <= _NOT_PLACES):
        return False
    return headline.strip() != "" and not headline.rstrip().endswith((".", ",", ";"))


def _is_behind_agency(lead: str, date: str) -> bool:
    """Whether a date with its weekday follows initials in mixed-case text: "AP Friday 4 May 1990"."""
    weekday = re.match(r"[^\W\d_]+", date)
    initials = re.search(r"(?<![\w.])[A-Z]{2,8}\s+$", lead)
    return bool(weekday and weekday[0].lower() in _WEEKDAYS and initials and not lead.isupper())


def _is_place_like(lead: str) -> bool:
    """Whether what stands before the date is nothing, or short and capitalised as places and agencies are."""
    said = re.findall(r"[^\W\d_]+", lead)
    if not said:
        return not re.search(r"\w", lead)
    if "\n\n" in lead.strip() or len(said) > 12 or not re.search(r"[,()\n]\s*$", lead):
        return False
    return said[0].lower() not in _NOT_PLACES and all(word[0].isupper() or len(word) <= 3 for word in said)
