"""Hard cases of statements: one runner over the ``statements_*.toml`` beside it.

A case gives a ``text`` (and when it was ``published``) and what it ``says``: for each statement the words of
its ``content`` pieces, and those of these fields that the case is about: ``source`` (words that must stand
in it), ``nobody`` (no source, no party), ``party``, ``represents``, ``channel``, ``said`` ("" for none),
``via``, ``kind``, ``stance`` (stands that must be among those found), ``parent`` (the number of the
statement it stands in). Contents must share four words of five with what was found, a leading "that" aside.
No other statement may be found, unless ``more`` allows it; ``denies = false``: none may deny. ``xfail`` is
the reason why a case is known to be read wrongly; one that is read rightly after all fails, so that its
mark is taken off.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from standoff.model import Context, Span, Statement
from standoff.read.reader import Item, read_doc

HERE = Path(__file__).parent
WORD = re.compile(r"\w+")
ARTICLE = re.compile(r"^(?:the|a|an) ", re.IGNORECASE)
LEAST = 0.8


def cases() -> list[Any]:
    found = []
    for path in sorted(HERE.glob("statements_*.toml")):
        group = path.stem.removeprefix("statements_")
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            reason = case.get("xfail")
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            found.append(pytest.param(case, id=f"{group}: {case['name']}", marks=marks))
    return found


@pytest.mark.parametrize("case", cases())
def test_hard_case(host, case):
    text = case["text"]
    context = Context(published=case.get("published"))
    reading = read_doc(host.doc(text), Item(text=text, context=context))
    found = [s for s in reading.statements if s.voice == "source"]
    wrong = compared(text, case, found)
    told = "\n".join(shown(text, each) for each in found)
    assert not wrong, "\n".join([*wrong, "found:", told])


def compared(text: str, case: dict[str, Any], found: list[Statement]) -> list[str]:
    """What is wrong with the statements found, in words."""
    wrong: list[str] = []
    held: list[Statement | None] = []
    for wanted in case["says"]:
        spans = places(text, wanted["content"])
        best = max(found, key=lambda s: overlap(text, spans, s.content), default=None)
        if best is None or overlap(text, spans, best.content) < LEAST:
            wrong.append(f"no statement holds {wanted['content']}")
            held.append(None)
            continue
        held.append(best)
        wrong += differences(text, wanted, best, held)
    if len(found) != len(case["says"]) and not case.get("more"):
        wrong.append(f"{len(found)} statements for {len(case['says'])}")
    if case.get("denies") is False and any("denies" in s.stance for s in found):
        wrong.append("a denial was found")
    return wrong


def places(text: str, pieces: list[str]) -> list[Span]:
    """Where the words of a content stand, each piece after the one before."""
    found, at = [], 0
    for piece in pieces:
        start = text.index(piece, at)
        at = start + len(piece)
        found.append((start, at))
    return found


def overlap(text: str, wanted: Any, found: Any) -> float:
    """Share of words that two contents have in common."""
    one, other = words_at(text, wanted), words_at(text, found)
    return len(one & other) / (len(one | other) or 1)


def words_at(text: str, spans: Any) -> set[int]:
    inside: set[int] = set()
    for start, end in spans:
        tokens = list(WORD.finditer(text, start, end))
        if tokens and tokens[0].group().casefold() == "that":
            tokens = tokens[1:]
        inside |= {m.start() for m in tokens}
    return inside


def differences(
    text: str, wanted: dict[str, Any], found: Statement, held: list[Statement | None]
) -> list[str]:
    """Where one statement differs from what is wanted of it."""
    source = {w.casefold() for s, e in found.source for w in WORD.findall(text[s:e])}
    named = {w.casefold() for w in WORD.findall(ARTICLE.sub("", wanted.get("source", "")))}
    checks: list[tuple[str, Any, Any]] = []
    if wanted.get("nobody"):
        checks += [("source", (), found.source), ("party", None, found.party)]
    if not named <= source:
        checks.append(("source", sorted(named), sorted(source)))
    for field in ("party", "represents", "channel", "said", "kind"):
        if field in wanted:
            checks.append((field, wanted[field] or None, getattr(found, field)))
    if "via" in wanted:
        names = [
            [ARTICLE.sub("", name) for name in each] for each in (wanted["via"], [v.name for v in found.via])
        ]
        checks.append(("via", *names))
    if "parent" in wanted:
        outer = held[wanted["parent"] - 1]
        checks.append(("parent", outer.id if outer else "its outer statement", found.parent))
    if not set(wanted.get("stance", ())) <= set(found.stance):
        checks.append(("stance", wanted["stance"], found.stance))
    return [f"{name}: {right!r}, found {held!r}" for name, right, held in checks if right != held]


def shown(text: str, found: Statement) -> str:
    """A statement on a line."""
    pieces = [" | ".join(text[s:e] for s, e in spans) for spans in (found.source, found.cue, found.content)]
    return (
        f"  [{pieces[0]}] <{pieces[1]}> «{pieces[2]}» {found.party} for {found.represents}, {found.channel}, "
        + (f"{[v.name for v in found.via]}, {found.said}, {found.kind}, {found.stance}, in {found.parent}")
    )
