"""Publication dates as given or found in metadata, brought to EDTF. Nothing is taken from a clock."""

from __future__ import annotations

import email.utils
import re
from typing import Literal

from standoff.model import Sourced
from standoff.model.when import parse_when

_ISO = re.compile(r"^\s*(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?\s*$")
_COMPACT = re.compile(r"^\s*(\d{4})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?\s*$")


def to_edtf(value: str | None) -> str | None:
    """A date in ISO 8601, compact, e-mail (RFC 5322) or EDTF form as EDTF; None when it is none of these."""
    if not value or not value.strip():
        return None
    iso = _ISO.match(value)
    if iso and parse_when(iso[1]):
        return iso[1]
    compact = _COMPACT.match(value)
    if compact and parse_when("-".join(compact.groups())):
        return "-".join(compact.groups())
    if re.search(r"\d{4}", value) and parse_when(value.strip()):
        return value.strip()
    return _from_mail(value)


def _from_mail(value: str) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(value).date().isoformat()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def sourced_date(value: str | None, origin: Literal["given", "metadata", "guessed"]) -> Sourced:
    """The date with its origin, or unknown."""
    edtf = to_edtf(value)
    return Sourced(value=edtf, origin=origin) if edtf else Sourced()
