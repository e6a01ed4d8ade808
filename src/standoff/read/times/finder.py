"""Runs the rules over a text, left to right, and keeps the longest reading at each place."""

from __future__ import annotations

import re
from typing import NamedTuple

from spacy.tokens import Doc

from standoff.model import Context, Time, annotation_id
from standoff.model import text_sha256 as hash_of
from standoff.read.confidence import calibrated, time_forms
from standoff.read.times import dates
from standoff.read.times.anchor import Anchor, Focus, anchor_of
from standoff.read.times.dateline import dateline_of
from standoff.read.times.edtf import to_edtf
from standoff.read.times.holidays import holidays
from standoff.read.times.lexer import Lexed, lex
from standoff.read.times.merge import join_part, merge_clock
from standoff.read.times.modifiers import extend_left
from standoff.read.times.patterns import compile_pattern
from standoff.read.times.rules import RULES
from standoff.read.times.scene import Draft, Hit, Scene
from standoff.read.times.tense import Tense
from standoff.read.times.vague import starts, vague_at
from standoff.read.times.weights import Weights, packaged_weights

_ANYTHING = re.compile("(?P<pointer>.?)(?P<year>.?)")
_HOLIDAY = compile_pattern("<pointer>(LAST|NEXT|THIS)?")
_YEAR_BEHIND = compile_pattern("COMMA? OF? <year>(YEAR)")


class Found(NamedTuple):
    """A reading and its lexemes ``[first, last)``."""

    first: int
    last: int
    draft: Draft


class _Candidate(NamedTuple):
    first: int
    last: int
    order: int
    match: re.Match[str] | None
    holiday: str | None = None


def find_times(doc: Doc, context: Context) -> list[Time]:
    """Time expressions of a text, in order and without overlap. Relative ones hang on ``context.published``,
    else on the dateline's date, else stay unanchored. Never on today."""
    scene = scene_of(doc, context)
    digest = context.text_sha256 or hash_of(doc.text)
    return read_scene(scene, digest)


def read_scene(scene: Scene, digest: str) -> list[Time]:
    """`find_times` on a text made ready; ``digest`` is the hash of its text layer."""
    return [
        _time(each, scene.lexed, digest)
        for each in merge_clock(join_part(_read(scene), scene.lexed), scene.lexed)
    ]


def scene_of(doc: Doc, context: Context, weights: Weights | None = None) -> Scene:
    """A text ready to be read, with its anchor; ``weights`` are the packaged ones unless given."""
    weights = weights or packaged_weights()
    lexed = lex(doc.text)
    anchor = anchor_of(context.published) or anchor_of(_dateline(doc, lexed))
    return Scene(lexed, anchor, Tense(doc), Focus(), weights)


def dateline_date(doc: Doc) -> str | None:
    """EDTF day of the dateline of a text, or None."""
    return _dateline(doc, lex(doc.text))


def _dateline(doc: Doc, lexed: Lexed) -> str | None:
    head = lexed.at(400)
    part = Lexed(lexed.text, lexed.lexemes[:head], lexed.symbols[:head])
    found = _read(Scene(part, None, Tense(doc), Focus(), packaged_weights()))
    spans = []
    for each in found:
        edtf = to_edtf(each.draft.value) if each.draft.type in {"DATE", "TIME"} else None
        if edtf:
            day = edtf.partition("T")[0]
            spans.append((part.lexemes[each.first].start, part.lexemes[each.last - 1].end, day))
    return dateline_of(doc.text, spans)


def _candidates(lexed: Lexed) -> list[_Candidate]:
    found = []
    for order, rule in enumerate(RULES):
        for match in rule.pattern.finditer(lexed.symbols):
            if match.end() > match.start():
                found.append(_Candidate(match.start(), match.end(), order, match))  # noqa: PERF401
    for first, last, name in holidays(lexed.lexemes):
        found.append(_Candidate(first, last, -1, None, name))
    found.extend(_Candidate(index, index + 1, len(RULES), None) for index in starts(lexed.lexemes))
    return sorted(found, key=lambda each: (each.first, -each.last, each.order))


def _read(scene: Scene) -> list[Found]:
    found: list[Found] = []
    floor = 0
    for candidate in _candidates(scene.lexed):
        if candidate.first < floor:
            continue
        reading = _reading(scene, candidate)
        if reading is None:
            continue
        first, last, draft = reading
        first = extend_left(draft, scene.lexed.lexemes, first, last, floor)
        found.append(Found(first, last, draft))
        floor = scene.ended = last
        if draft.type in {"DATE", "TIME"} and not draft.aside:
            scene.focus.note(draft.value, scene.lexed.lexemes[first].start)
    return found


def _reading(scene: Scene, candidate: _Candidate) -> tuple[int, int, Draft] | None:
    if candidate.holiday is not None:
        return _holiday(scene, candidate.first, candidate.last, candidate.holiday)
    if candidate.match is None:
        return vague_at(scene.lexed.lexemes, candidate.first)
    hit = Hit(scene, candidate.match)
    draft = RULES[candidate.order].read(hit)
    if draft is None:
        return None
    first = draft.first if draft.first is not None else hit.first
    return first, draft.last if draft.last is not None else hit.last, draft


def _holiday(scene: Scene, first: int, last: int, name: str) -> tuple[int, int, Draft] | None:
    symbols = scene.lexed.symbols
    behind = _YEAR_BEHIND.match(symbols, last)
    ahead = _HOLIDAY.match(symbols, max(0, first - 1), first)
    match = behind or ahead
    draft = dates.holiday(Hit(scene, match), name) if match else None
    if draft is None:
        return None
    lead = 1 if ahead and ahead.group() else 0
    return first - lead, behind.end() if behind else last, draft


def _time(found: Found, lexed: Lexed, digest: str) -> Time:
    start, end = lexed.lexemes[found.first].start, lexed.lexemes[found.last - 1].end
    draft = found.draft
    edtf = draft.edtf or (to_edtf(draft.value, draft.mod) if draft.type in {"DATE", "TIME"} else None)
    return Time(
        id=annotation_id("time", digest, [(start, end)]),
        start=start,
        end=end,
        text=lexed.text[start:end],
        type=draft.type,
        value=draft.value,
        edtf=edtf,
        anchor=_edtf_of(draft.anchor),
        mod=draft.mod,
        confidence=calibrated("times", 1.0, *time_forms(draft.type, draft.value, draft.anchor is not None)),
    )


def _edtf_of(anchor: Anchor | None) -> str | None:
    return anchor.edtf if anchor else None
