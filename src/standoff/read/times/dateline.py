"""The date in a dateline ("PORT CITY, 4 FEB 90 (AGENCY) --"): an anchor where no other is given."""

from __future__ import annotations

import re

from standoff.model.when import parse_when

_CLOSERS = re.compile(
    r"\)?\s*(?:\([^()\n]{1,60}\)|\[[^\]\n]{1,60}\])?\s*(?:--|—|–|_|-(?!\d)|:|\[TEXT\])|\s*\n"
)
_NOT_PLACES = frozenset({"on", "in", "by", "since", "from", "until", "at", "as", "the"})
_REACH = 200


def dateline_of(text: str, spans: list[tuple[int, int, str]]) -> str | None:
    """EDTF day of the first date that stands in a dateline, from ``(start, end, edtf)`` of full dates."""
    body = len(text) - len(text.lstrip())
    for start, end, edtf in spans:
        if start - body > _REACH or len(edtf) != 10 or parse_when(edtf) is None:
            continue
        lead = text[body:start]
        if _is_place_like(lead) and _CLOSERS.match(text, end):
            return edtf
    return None


def _is_place_like(lead: str) -> bool:
    """Whether what stands before the date is nothing, or short and capitalised as places and agencies are."""
    words = re.findall(r"[^\W\d_]+", lead)
    if not words:
        return not re.search(r"\w", lead)
    if "\n\n" in lead.strip() or len(words) > 12 or not re.search(r"[,()\n]\s*$", lead):
        return False
    return words[0].lower() not in _NOT_PLACES and all(word[0].isupper() or len(word) <= 3 for word in words)
