"""Which way a text runs: by its language, else by the letters that most of it is in."""

from __future__ import annotations

import unicodedata
from typing import Literal

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "iw", "ur", "ps", "sd", "ckb", "yi", "dv", "ug"})
ENOUGH = 2000
"""Signs of a text that are looked at where its language is not known."""


def direction(language: str | None, text: str) -> Literal["rtl", "auto"]:
    """``rtl``, or ``auto``: each line by its first letter. A country or script in the code changes nothing.

    The first letters of a text do not tell: "BBC", a name, a dateline stand before Arabic and Hebrew too.
    """
    if language:
        return "rtl" if language.replace("_", "-").partition("-")[0].lower() in RIGHT_TO_LEFT else "auto"
    ways = [unicodedata.bidirectional(sign) for sign in text[:ENOUGH]]
    right = sum(way in {"R", "AL"} for way in ways)
    return "rtl" if right > ways.count("L") else "auto"
