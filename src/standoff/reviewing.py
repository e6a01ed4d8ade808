"""From what a person types to a review: ids, names and spans become anchors that last.

A review never names a derived id: a party, incident or question is named by the anchors of what it
is made of, so that the decision holds when everything derived is built again.
"""

from __future__ import annotations

import datetime as dt
import difflib
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

import msgspec

from standoff.errors import ReviewError
from standoff.model import Anchor, Quantity, Review, View
from standoff.model.ids import annotation_id
from standoff.model.review import Action
from standoff.model.spans import quote
from standoff.record import anchor_of, apply_reviews
from standoff.record.anchors import FIELD, field_names, layers

ACTIONS = frozenset(get_args(Action))
LAYERS = ("statement", "mention", "time", "place", "quantity", "claim")
LAYER_OF = {annotation_id(layer, "", ())[:3]: layer for layer in LAYERS}
"""The layer of an annotation by how its id begins."""
DIGITS = 16
"""An entry's number has fewer."""
QUOTED = {"mention": "text", "time": "text", "quantity": "text", "place": "name"}
"""The field of each layer that holds the words of its span: they follow the span and are not set."""
LONGEST = 20_000
"""Characters of all the values of one decision, as JSON."""


def make_review(
    view: View,
    action: str,
    targets: Sequence[str],
    settings: Sequence[str] | Mapping[str, Any],
    by: str,
    why: str | None,
) -> Review:
    """The review for an action on targets as shown in tables. Raises `ReviewError` with what to do.

    ``settings`` are corrected fields: ``field=value`` as typed, or the values themselves.
    """
    if action not in ACTIONS:
        raise ReviewError(f"{action!r} is no decision", todo=f"one of {', '.join(sorted(ACTIONS))}")
    at = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if action == "undo":
        return Review(action="undo", by=by, at=at, why=why, undoes=_entry(targets))
    if action == "add":
        anchor = _new_anchor(view, targets)
        fields = _values(settings, anchor.layer)
        return _tried(view, Review(action="add", targets=(anchor,), value=fields, by=by, at=at, why=why))
    anchors = [anchor for target in targets for anchor in _anchors(view, target, action)]
    if not anchors:
        raise ReviewError(f"a review that would {action} names nothing", todo="name an id that a table shows")
    if action in {"merge", "split"} and len(targets) < 2 and anchors[0].layer != "question":
        raise ReviewError(f"{action} needs at least two things", todo="name them one after the other")
    value = _values(settings, anchors[0].layer) if settings else None
    if action == "correct" and not value:
        raise ReviewError("a correction changes nothing", todo="say what with --set field=value")
    review = Review(action=action, targets=tuple(anchors), value=value, by=by, at=at, why=why)  # type: ignore[arg-type]
    return _tried(view, review) if action == "correct" else review


def _tried(view: View, review: Review) -> Review:
    """A correction or an addition that does what it says. Raises `ReviewError` where it would do nothing."""
    wanted = {anchor.text_sha256 for anchor in review.targets}
    readings = [each for each in view.readings if each.text_sha256 in wanted]
    if not readings:
        return review
    try:
        made = apply_reviews(view.reports, readings, [(1, review)])
    except OverflowError as error:
        raise ReviewError(f"a value does not fit: {error}") from error
    if made.orphans:
        raise ReviewError(made.orphans[0].reason, todo="`standoff schema read-output` has the fields")
    for reading in made.readings:
        for quantity in reading.quantities:
            if made.entries_of.get(quantity.id):
                _check_bounds(quantity)
    return review


def _check_bounds(it: Quantity) -> None:
    told = [each for each in (it.low, it.best, it.high) if each is not None]
    if told != sorted(told):
        raise ReviewError(
            "low, best and high are not in their order",
            where=", ".join(f"{name}={getattr(it, name)}" for name in ("low", "best", "high")),
            todo="set all three",
        )


def _entry(targets: Sequence[str]) -> int:
    number = targets[0] if len(targets) == 1 else ""
    if not (number.isascii() and number.isdecimal() and len(number) < DIGITS):
        raise ReviewError("undo takes the entry number of one review", todo="`standoff show FILE reviews`")
    return int(targets[0])


def _anchors(view: View, target: str, action: str) -> list[Anchor]:
    for find in (_annotation, _incident, _question, _party, _odd_annotation):
        found: list[Anchor] = find(view, target, action)
        if found:
            return found
    near = difflib.get_close_matches(target, sorted(_known(view)), n=3)
    raise ReviewError(
        f"nothing in the record is called {target!r}",
        todo=f"did you mean {', '.join(near)}" if near else "name an id that a table shows",
    )


def _annotation(view: View, target: str, _action: str) -> list[Anchor]:
    layer = LAYER_OF.get(target[:3])
    if layer is None:
        return []
    for reading in view.readings:
        for annotation in getattr(reading, FIELD[layer]):
            if annotation.id == target:
                report = next(each for each in view.reports if each.id == reading.report)
                return [anchor_of(layer, annotation, report.text, report.text_sha256)]
    return []


def _odd_annotation(view: View, target: str, _action: str) -> list[Anchor]:
    """An annotation whose id does not begin as ours do."""
    texts = {report.id: report for report in view.reports}
    for reading in view.readings:
        for layer, annotation in layers(reading):
            if annotation.id == target:
                report = texts[reading.report]
                return [anchor_of(layer, annotation, report.text, report.text_sha256)]
    return []


def _incident(view: View, target: str, action: str) -> list[Anchor]:
    """An incident as its claims, else its counts; set apart from another, it is named by the first of them,
    so that its own stay together."""
    found = next((one for one in view.referents.incidents if one.id == target), None)
    members = (found.claims or found.quantities) if found else ()
    wanted = members[:1] if action == "split" else members
    return [anchor for each in wanted for anchor in _annotation(view, each, action)]


def _question(view: View, target: str, _action: str) -> list[Anchor]:
    dispute = next((d for d in view.derived.disputes if d.id == target), None)
    wanted = dispute.question_id if dispute else target
    question = next((q for q in view.derived.questions if q.id == wanted), None)
    if question is None:
        return []
    members = sorted({a.quantity or a.claim or "" for a in question.accounts} - {""})
    return [Anchor(layer="question", key="|".join(members))]


def _party(view: View, target: str, action: str) -> list[Anchor]:
    """A party as its first mention (for merge and split), or by its name."""
    party = next(
        (p for p in view.referents.parties if target in {p.id, p.name, *p.aliases}),
        None,
    )
    if party is None:
        return []
    if action not in {"merge", "split"}:
        return [Anchor(layer="party", key=party.name)]
    for reading in view.readings:
        for mention in reading.mentions:
            if view.referents.party_of.get(mention.id) == party.id:
                return _annotation(view, mention.id, action)
    return []


def _known(view: View) -> set[str]:
    derived, referents = view.derived, view.referents
    groups: tuple[Sequence[Any], ...] = (
        derived.disputes, derived.questions, referents.incidents, referents.parties
    )  # fmt: skip
    known = {each.id for group in groups for each in group} | {p.name for p in referents.parties}
    return known | {a.id for reading in view.readings for _, a in layers(reading)}


def _new_anchor(view: View, targets: Sequence[str]) -> Anchor:
    """``LAYER REPORT START-END [START-END ...]`` as an anchor."""
    usage = "LAYER REPORT START-END, e.g. add quantity report.txt 120-131 --set best=12"
    if len(targets) < 3 or targets[0] not in LAYERS:
        raise ReviewError("add needs a layer, a report and a span", todo=usage)
    layer, name, *spots = targets
    report = next((r for r in view.reports if r.id == name), None)
    if report is None:
        raise ReviewError(f"there is no report {name!r}", todo="`standoff show FILE reports` lists them")
    try:
        spans = tuple((int(a), int(b)) for a, b in (spot.split("-") for spot in spots))
    except ValueError:
        raise ReviewError("a span is two offsets", todo=usage) from None
    return Anchor(layer=layer, text_sha256=report.text_sha256, spans=spans, quote=quote(report.text, spans))


def _values(settings: Sequence[str] | Mapping[str, Any], layer: str) -> dict[str, Any]:
    """The fields to set; of a ``field=value`` pair the value is JSON where it can be, else a string."""
    allowed = field_names(layer) if layer in LAYERS else ()
    typed = [each.partition("=") for each in settings] if not isinstance(settings, Mapping) else []
    values = dict(settings) if isinstance(settings, Mapping) else {f: _decoded(v) for f, _, v in typed}
    wrong = [f"{field}={value}" if sign else field for field, sign, value in typed if not sign]
    wrong += [field for field in values if allowed and field not in allowed]
    if allowed and (quoted := {"id", QUOTED.get(layer, "id")} & set(values)):
        raise ReviewError(
            f"{sorted(quoted)[0]!r} of a {layer} follows its words", todo="change start and end, or reject it"
        )
    if not _finite(values):
        raise ReviewError("a value is no number that can be kept", todo="give a finite one")
    if len(repr(values)) > LONGEST:
        raise ReviewError("the values are longer than any field may be", todo="give shorter ones")
    if wrong:
        raise ReviewError(f"{wrong[0]!r} sets no field of a {layer}", todo=f"fields are {', '.join(allowed)}")
    return values


def _finite(value: Any) -> bool:  # noqa: ANN401  (any JSON value)
    if isinstance(value, Mapping):
        return all(map(_finite, value.values()))
    if isinstance(value, list | tuple):
        return all(map(_finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def _decoded(value: str) -> Any:  # noqa: ANN401  (any JSON value)
    decode: Callable[[str], Any] = msgspec.json.decode
    try:
        return decode(value)
    except msgspec.DecodeError:
        return value
