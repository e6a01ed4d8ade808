"""How values are said to a person: figures as said, dates, sources. Unknown is said, never left as 0."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from standoff import vocab
from standoff.model import Account, Aggregate, LedgerStep, Quantity, Report, Statement
from standoff.model.annotation import Number

UNKNOWN = "not known"
_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn"}
_KEPT = {"\u200c", "\u200d", "\u200e", "\u200f"}  # joiners and marks that scripts need


def number(value: Number) -> str:
    """A number with commas: 12000 is 12,000."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:,.6g}"


def figure(
    low: Number | None,
    high: Number | None,
    best: Number | None = None,
    *,
    low_open: bool = False,
    high_open: bool = False,
    approximate: bool = False,
    joint: str = "-",
) -> str:
    """Bounds in words: "about 85", "at least 12", "more than 5", "200-999", or just the number."""
    if approximate and best is not None:
        return f"{'nearly' if high_open else 'about'} {number(best)}"
    if low is not None and high is not None:
        return number(low) if low == high else f"{number(low)}{joint}{number(high)}"
    if low is not None:
        return f"{'more than' if low_open else 'at least'} {number(low)}"
    if high is not None:
        return f"{'fewer than' if high_open else 'at most'} {number(high)}"
    return UNKNOWN if best is None else number(best)


def figure_of(it: Account | Quantity | LedgerStep) -> str:
    """`figure` of whatever has bounds."""
    return figure(
        it.low,
        it.high,
        it.best,
        low_open=getattr(it, "low_open", False),
        high_open=getattr(it, "high_open", False),
        approximate=getattr(it, "approximate", False),
    )


def aggregated(it: Aggregate) -> str:
    """An aggregate in words: its bounds, and the best figure where the rule gives one beside them."""
    bounds = figure(it.low, it.high, low_open=it.low_open, high_open=it.high_open)
    if it.best is None or it.low == it.high:
        return bounds
    return f"{number(it.best)} ({bounds})"


def date(edtf: str | None) -> str:
    """An EDTF date for a person: open ends and uncertainty in words; not known when there is none."""
    if not edtf:
        return UNKNOWN
    start, slash, end = edtf.partition("/")
    if slash:
        if start in {"", ".."}:
            return f"until {date(end)}" if end not in {"", ".."} else UNKNOWN
        return f"{date(start)} or later" if end in {"", ".."} else f"{date(start)} to {date(end)}"
    about = "about " if edtf[-1] in "~%" else ""
    unsure = " (uncertain)" if edtf[-1] in "?%" else ""
    return f"{about}{edtf.rstrip('~?%').replace('T', ' ')}{unsure}"


def source(statement: Statement | None, report: Report | None) -> str:
    """Who says it: the party; the report's own voice by its publisher; or that it is unclear."""
    if statement is not None and statement.voice == "source":
        return statement.party or "source unclear"
    return own_voice(report)


def own_voice(report: Report | None) -> str:
    """The report's own voice: by the name of its publisher where that is known."""
    publisher = report.publisher.value if report else None
    return f"{publisher} (own words)" if publisher else "the report's own words"


def clean(text: str) -> str:
    """Text that is safe to print on one line: no control or direction-changing signs, single spaces."""
    shown = text if text.isprintable() else "".join(map(_sign, text))
    return re.sub(r" {2,}", " ", shown).strip()


@lru_cache(4096)
def _sign(c: str) -> str:
    return " " if c.isspace() else c if c in _KEPT or unicodedata.category(c) not in _HIDDEN else "\ufffd"


def short(text: str, width: int) -> str:
    """The first ``width`` signs of a cleaned text, cut at a word, with an ellipsis."""
    text = clean(text)
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > width * 0.6 else cut).rstrip(" ,;:") + "…"


_QUOTES = frozenset('"“”„«»')


def around(text: str, span: tuple[int, int], width: int = 160) -> tuple[str, str]:
    """The text of the same paragraph before and after a span, of about ``width`` signs each.

    What is longer is cut between words and marked by an ellipsis.
    """
    start, end = span
    before, after = text[:start].rpartition("\n\n")[2], text[end:].partition("\n\n")[0]
    if len(before) > width:
        before = "…" + before[-width:].lstrip().partition(" ")[2]
    if len(after) > width:
        after = after[:width].rpartition(" ")[0] + "…"
    return before, after


def unquoted(text: str) -> str:
    """Words as they stand between quotation marks of ours: their own outer pair, or a lone mark, left out.

    Marks that part what is said from what is told of it stay: ``“Yes,” he said``.
    """
    bare = text.strip()
    marks = [n for n, char in enumerate(bare) if char in _QUOTES]
    edges = {0, len(bare) - 1}
    if not marks or len(marks) > 2 or not set(marks) <= edges:
        return bare
    return bare.strip("".join(_QUOTES)).strip() or bare


def quoted(text: str, width: int) -> str:
    """The first ``width`` signs of somebody's words, between quotation marks."""
    return f"“{short(unquoted(clean(text)), width)}”"


OURS = frozenset({"number", "divergent", "time", "place", "actor"})
"""Kinds of questions whose answers are put in words of ours: numbers, dates, places, yes and no."""
TELLING = frozenset({"nature", "motive"})
"""Kinds whose answers are in words of the sources, however few; elsewhere few words are yes, no, a name."""
SHORT_ANSWER = 4
PARTED = " / "
"""What parts the answers of one side."""


def in_their_words(kind: str, answer: str, told: Iterable[str]) -> list[bool]:
    """Which parts of an answer repeat the words of who gave it, and so have to stand in quotation marks."""
    parts = answer.split(PARTED)
    if kind in OURS or (kind not in TELLING and len(answer.split()) <= SHORT_ANSWER):
        return [False] * len(parts)
    texts = [clean(text).casefold() for text in told]
    return [any(clean(part).casefold() in text for text in texts) for part in parts]


def quoted_answer(answer: str, verbatim: Iterable[bool], width: int) -> str:
    """An answer whose parts in somebody's own words stand between quotation marks."""
    parts = zip(answer.split(PARTED), verbatim, strict=True)
    return PARTED.join(quoted(part, width) if theirs else short(part, width) for part, theirs in parts)


def counted(n: int, noun: str, plural: str | None = None) -> str:
    """``1 report``, ``3 reports``."""
    return f"{number(n)} {noun if n == 1 else plural or noun + 's'}"


def listed(names: Any, none: str = "") -> str:  # noqa: ANN401
    """Names parted by commas, or ``none``."""
    return ", ".join(clean(str(name)) for name in names if name) or none


def joined(names: list[str]) -> str:
    """Names in words: "A", "A and B", "A, B and C"."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def span_of(low: int | None, high: int | None) -> str:
    """Days in words: "5 days", "10 to 11 days"; empty where nothing is known."""
    if low is None and high is None:
        return ""
    if low is None or high is None or low == high:
        return counted(low if low is not None else high or 0, "day")
    return f"{low} to {counted(high, 'day')}"


def whom(group: str | None, low: Number | None, high: Number | None) -> str:
    """The name of a group beside its figure, for one of them in the singular: "1 person"."""
    if low == high == 1:
        return _one_of().get(group or PEOPLE, group or PEOPLE)
    return group or PEOPLE


PEOPLE = "people"


@cache
def _one_of() -> dict[str, str]:
    """What one member is called, by the name of the class."""
    return {row["class"]: row["nouns"][0] for row in vocab.load("group_nouns")["group"]}
