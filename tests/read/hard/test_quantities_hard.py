"""Hard cases of quantities: one runner over the ``quantities_*.toml`` beside it.

A case gives a ``text`` (and when it was ``published``) and what it ``counts``: for each figure the ``words``
on which it stands and those of these fields that the case is about: ``kind``, ``best``, ``low``, ``high``,
``low_open``, ``what``, ``group``, ``role``, ``measure``, ``status``, ``sex``, ``age``, ``of_total``,
``as_of``; ``relation`` and ``of`` (words of the figure it follows from); ``place`` (its name); ``source``
(words of the party that says so, "" for the report's own voice). "" asks that a field is empty. A figure
given by ``best`` may be under no bound. ``xfail`` is the reason why a case is known to be read wrongly; one
that is read rightly after all fails, so that it is taken off. ``waits`` names what the statements layer must
find first; such a case may pass or fail.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from standoff.model import Context, Quantity, Reading, Statement
from standoff.read.reader import Item, read_doc

HERE = Path(__file__).parent
PLAIN = (
    "kind",
    "best",
    "low",
    "high",
    "low_open",
    "what",
    "group",
    "role",
    "measure",
    "status",
    "sex",
    "age",
    "of_total",
    "as_of",
)


def cases() -> list[Any]:
    found = []
    for path in sorted(HERE.glob("quantities_*.toml")):
        group = path.stem.removeprefix("quantities_")
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            known, waits = case.get("xfail"), case.get("waits")
            reason = known or waits
            marks = [pytest.mark.xfail(reason=reason, strict=bool(known))] if reason else []
            found.append(pytest.param(case, id=f"{group}: {case['name']}", marks=marks))
    return found


@pytest.mark.parametrize("case", cases())
def test_hard_case(host, case):
    text = case["text"]
    reading = read_doc(host.doc(text), Item(text=text, context=Context(published=case.get("published"))))
    wrong = [line for wanted in case["counts"] for line in compared(text, wanted, reading)]
    told = "\n".join(f"  {q.text!r} {shown(q)}" for q in reading.quantities)
    assert not wrong, "\n".join([*wrong, "found:", told])


def compared(text: str, wanted: dict[str, Any], reading: Reading) -> list[str]:
    """Where the quantity on the wanted words that agrees most differs from what is wanted."""
    start, end = found_at(text, wanted["words"])
    near = [q for q in reading.quantities if q.start < end and start < q.end]
    faults = [differences(text, wanted, each, reading) for each in near]
    if not faults:
        return [f"nothing is read at {wanted['words']!r}"]
    return [f"{wanted['words']!r}: {line}" for line in min(faults, key=len)]


def differences(text: str, wanted: dict[str, Any], found: Quantity, reading: Reading) -> list[str]:
    """Where one quantity differs from what is wanted of it."""
    checks = [(name, wanted[name], getattr(found, name)) for name in PLAIN if name in wanted]
    checks = [(name, asked, "" if held is None else held) for name, asked, held in checks]
    if "best" in wanted:
        open_ended = (found.low_open, found.high_open, found.low is None or found.high is None)
        checks.append(("bounds", (False, False, False), open_ended))
    if "relation" in wanted:
        checks.append(("relation", wanted["relation"], found.relation.kind if found.relation else ""))
    if "of" in wanted:
        start, end = found_at(text, wanted["of"])
        whole = next((q for q in reading.quantities if found.relation and q.id == found.relation.of), None)
        stands = whole is not None and whole.start < end and start < whole.end
        checks.append(("of", wanted["of"], wanted["of"] if stands else whole and whole.text))
    if "place" in wanted:
        names = {place.id: place.name for place in reading.places}
        checks.append(("place", wanted["place"], names.get(found.place or "", "")))
    faults = [f"{name} {asked!r}, found {held!r}" for name, asked, held in checks if asked != held]
    if "source" in wanted and not credited(text, wanted["source"], found, reading):
        faults.append(f"source {wanted['source']!r}, found {said(text, found, reading)}")
    return faults


def found_at(text: str, words: str) -> tuple[int, int]:
    """Where the words stand, as words of their own."""
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    assert match, f"{words!r} is not in the text"
    return match.span()


def statement_of(found: Quantity, reading: Reading) -> Statement | None:
    return next((s for s in reading.statements if s.id == found.statement), None)


def credited(text: str, source: str, found: Quantity, reading: Reading) -> bool:
    """Whether the figure is the source's; "" is the report's own voice."""
    statement = statement_of(found, reading)
    if statement is None or statement.voice == "report":
        return source == ""
    names = [statement.party or "", statement.represents or "", *(text[s:e] for s, e in statement.source)]
    return source != "" and any(source.casefold() in name.casefold() for name in names)


def said(text: str, found: Quantity, reading: Reading) -> str:
    statement = statement_of(found, reading)
    if statement is None or statement.voice == "report":
        return "the report's own voice"
    return f"{statement.party} [{' '.join(text[s:e] for s, e in statement.source)}]"


def shown(found: Quantity) -> str:
    """A quantity's fields that are set."""
    names = [*PLAIN, "as_of"]
    return ", ".join(f"{n} {getattr(found, n)}" for n in names if getattr(found, n) not in (None, False))
