"""Every quantity of some 150 invented sentences: one runner over ``quantities_table.txt`` beside it.

Under a sentence stands a line for each of its quantities: ``words | kind | bound and number | unit``. What is
found must overlap these words, in their order, and nothing else may be found. A line that begins with ``!``
gives the reason why the sentence is known to be read wrongly; one that is read rightly after all fails.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from standoff.measure.marked import bound_of
from standoff.model import Context, Quantity
from standoff.read.quantities import find_quantities

TABLE = Path(__file__).with_name("quantities_table.txt")


class Wanted(NamedTuple):
    """One line of the table; ``numbers`` is empty for a vague one, ``unit`` None where it is not asked."""

    words: str
    kind: str
    bound: str
    numbers: tuple[float, ...]
    unit: str | None


def wanted(line: str) -> Wanted:
    """A line of the table read."""
    words, kind, said, *rest = (part.strip() for part in line.split("|"))
    if said == "vague":
        bound, numbers = said, ()
    elif ".." in said:
        bound = "vague" if said.startswith("~") else "range"
        numbers = tuple(float(part) for part in said.lstrip("~").split(".."))
    else:
        number = said.lstrip("=~<>")
        bound, numbers = said.removesuffix(number), (float(number),)
    unit = rest[0] if rest else None
    return Wanted(words, kind, bound, numbers, unit)


def cases() -> list[Any]:
    """A parameter for each sentence of the table."""
    found: list[tuple[str, str, list[str], list[str]]] = []
    group = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = line.strip("[]")
        elif line.startswith("    "):
            found[-1][2].append(line)
        elif line.startswith("!"):
            found[-1][3].append(line[1:].strip())
        elif line and not line.startswith("#"):
            found.append((group, line, [], []))
    return [
        pytest.param(
            text,
            [wanted(line) for line in lines],
            id=f"{name}: {text[:48]}",
            marks=[pytest.mark.xfail(reason=why[0], strict=True)] if why else [],
        )
        for name, text, lines, why in found
    ]


def differs(want: Wanted, found: Quantity, text: str, begin: int) -> list[str]:
    """In what a quantity differs from a line of the table; ``begin`` is where the line's words stand."""
    wrong = []
    if not (found.start < begin + len(want.words) and begin < found.end):
        wrong.append(f"at {found.text!r}")
    if found.kind != want.kind:
        wrong.append(f"kind {found.kind}")
    if bound_of(found) != want.bound:
        wrong.append(f"bound {bound_of(found)}")
    pair = want.bound == "range" or (found.low is not None and found.best is None)
    held = [n for n in ([found.low, found.high] if pair else [found.best, found.high]) if n is not None]
    near = [math.isclose(a, b, rel_tol=1e-3) for a, b in zip(want.numbers, held, strict=False)]
    if want.numbers and (len(held) < len(want.numbers) or not all(near)):
        wrong.append(f"value {found.low}, {found.high}, {found.best}")
    if want.unit is not None and (found.unit or "-") != want.unit:
        wrong.append(f"unit {found.unit}")
    return wrong


@pytest.mark.parametrize(("text", "lines"), cases())
def test_every_quantity_of_a_sentence(host, text, lines):
    found = find_quantities(host.doc(text), Context())
    problems, at = [], 0
    for want, each in zip(lines, found, strict=False):
        begin = text.index(want.words, at)
        at = begin + 1
        problems += [f"{want.words!r}: {wrong}" for wrong in differs(want, each, text, begin)]
    if len(found) != len(lines):
        problems.append(f"found {[q.text for q in found]}")
    assert problems == []
