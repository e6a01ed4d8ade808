"""W3C Web Annotation (JSON-LD): every annotation, with position and quotation, and every dispute.

Positions count Unicode code points, as the recommendation asks and as we do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote as percent

import msgspec

from standoff.exchange.common import Annotation, dumps, each_annotation, pairs
from standoff.exchange.loss import Export, losses
from standoff.model import Claim, Dispute, Report, Span, Statement, View

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"standoff": "urn:standoff:ns:"}]
AROUND = 32
"""Code points of prefix and suffix."""

_POSITIONS = frozenset(
    {"id", "start", "end", "text", "source", "cue", "content", "evidence", "trigger", "via"}
)
_ROLES = ("actors", "recipients", "targets", "instruments")


def web_annotation(view: View) -> Export:
    """One AnnotationPage. Times of creation are left out: the annotations have none of their own."""
    items = [
        _annotation(view, report, reading.reader.name, reading.reader.version, layer, annotation)
        for report, reading in pairs(view)
        for layer, annotation in each_annotation(reading)
    ]
    placeless = [item for item in items if not item["target"]]
    items = [item for item in items if item["target"]]
    reports = {report.id: report for report in view.reports}
    items += [_dispute(view, reports, dispute) for dispute in view.derived.disputes]
    page = {
        "@context": CONTEXT,
        "id": f"urn:standoff:{percent(view.name)}:page",
        "type": "AnnotationPage",
        "items": items,
    }
    return Export(
        files={f"{view.name}.annotations.jsonld": dumps(page)},
        losses=losses(
            ("annotations without words", len(placeless), "an annotation must have a target"),
            ("ledger groups", len(view.derived.ledger.groups), "sums and flows are not said of a passage"),
            ("timeline items", len(view.derived.timeline), "an order over passages is not an annotation"),
            ("reviews", len(view.reviews), "only their outcome goes out (standoff:status), not who and why"),
        ),
    )


def _annotation(
    view: View, report: Report, reader: str, version: str, layer: str, annotation: Annotation
) -> dict[str, Any]:
    status = view.status.get(annotation.id)
    targets = [_target(report, span, role) for role, spans in _spans(annotation).items() for span in spans]
    identifying = layer in {"mention", "time", "place"}
    return {
        "id": f"urn:standoff:{percent(report.id, safe='')}:{annotation.id}",
        "type": "Annotation",
        "motivation": "editing" if status == "corrected" else "identifying" if identifying else "describing",
        "generator": {"type": "Software", "name": reader, "standoff:version": version},
        "body": {
            "type": f"standoff:{layer.capitalize()}",
            **_fields(annotation),
            "standoff:status": status,
        },
        "target": targets,
    }


def _spans(annotation: Annotation) -> Mapping[str, Iterable[Span]]:
    if isinstance(annotation, Statement):
        via = tuple(relay.span for relay in annotation.via)
        return {"source": annotation.source, "cue": annotation.cue, "content": annotation.content, "via": via}
    if isinstance(annotation, Claim):
        trigger = (annotation.trigger,) if annotation.trigger else ()
        return {"evidence": annotation.evidence, "trigger": trigger}
    return {"words": ((annotation.start, annotation.end),)}


def _target(report: Report, span: Span, role: str) -> dict[str, Any]:
    start, end = span
    return {
        "type": "SpecificResource",
        "source": report.url or f"urn:sha256:{report.sha256}",
        "standoff:role": role,
        "standoff:report": report.id,
        "standoff:textSha256": report.text_sha256,
        "state": {"type": "TimeState", "sourceDate": report.acquired.at},
        "selector": [
            {"type": "TextPositionSelector", "start": start, "end": end},
            {
                "type": "TextQuoteSelector",
                "exact": report.text[start:end],
                "prefix": report.text[max(0, start - AROUND) : start],
                "suffix": report.text[end : end + AROUND],
            },
        ],
    }


def _fields(annotation: Annotation) -> dict[str, Any]:
    """Fields that are no positions; participants by name, relays by name, so that lists stay flat."""
    told = {
        f"standoff:{key}": value
        for key, value in msgspec.to_builtins(annotation).items()
        if key not in {*_POSITIONS, *_ROLES}
    }
    for role in _ROLES if isinstance(annotation, Claim) else ():
        told[f"standoff:{role}"] = [actor.name for actor in getattr(annotation, role)]
    if isinstance(annotation, Statement):
        told["standoff:via"] = [relay.name for relay in annotation.via]
    return told


def _dispute(view: View, reports: Mapping[str, Report], dispute: Dispute) -> dict[str, Any]:
    """A dispute as an assessment of all the passages that its sides rest on."""
    side_of = {account: side.answer for side in dispute.sides for account in side.accounts}
    accounts = [
        account
        for question in view.derived.questions
        if question.id == dispute.question_id
        for account in question.accounts
        if account.id in side_of and account.report in reports
    ]
    return {
        "id": f"urn:standoff:{percent(view.name)}:{dispute.id}",
        "type": "Annotation",
        "motivation": "assessing",
        "body": {
            "type": "standoff:Dispute",
            "standoff:question": dispute.question,
            "standoff:kind": dispute.kind,
            "standoff:status": dispute.status,
            "standoff:why": dispute.why,
            "standoff:sides": [side.answer for side in dispute.sides],
        },
        "target": [_target(reports[one.report], one.span, side_of[one.id]) for one in accounts],
    }
