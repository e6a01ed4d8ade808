"""The timeline: claims and dated quantities by when they are said to have happened."""

from __future__ import annotations

from collections.abc import Iterator

from standoff.model import Axes, Claim, Quantity, TimelineItem
from standoff.model.ids import derived_id
from standoff.model.when import first_day, last_day
from standoff.reconcile.accounts import claim_span, sentence_around
from standoff.reconcile.moments import precision, starts_after
from standoff.reconcile.shelf import Page, Shelf

IDLE = frozenset({"STATE", "ACCUSE", "CONSULT"})
"""Types that tell no event by themselves: on the timeline only with a date."""


def find_timeline(shelf: Shelf, axes: Axes) -> list[TimelineItem]:
    """Items by when, then publication, then id; undated ones by publication alone, at its end.

    The words of copies of one origin stand once, by the copy that was published first.
    """
    until = last_day(axes.as_of)
    seen: set[tuple[str, str, str | None]] = set()
    items = []
    for page in shelf.pages:
        for item in _of_page(shelf, page):
            key = (page.origin, item.text, item.when)
            if key in seen or starts_after(item.when or item.published, until):
                continue
            seen.add(key)
            items.append(item)
    return sorted(items, key=_order)


def _order(item: TimelineItem) -> tuple[bool, str, str, str, int, str]:
    first = first_day(item.when) or last_day(item.when) or first_day(item.published)
    return (
        first is None,
        first.isoformat() if first else "",
        item.published or "9999",
        item.report,
        item.span[0],
        item.id,
    )


def _of_page(shelf: Shelf, page: Page) -> Iterator[TimelineItem]:
    told: set[str] = set()
    for claim in page.reading.claims:
        item = _of_claim(shelf, page, claim)
        if item is not None:
            told.update(claim.quantities)
            yield item
    for quantity in page.reading.quantities:
        if quantity.id not in told and quantity.as_of and quantity.role not in {None, "other"}:
            yield _of_quantity(shelf, page, quantity)


def _of_claim(shelf: Shelf, page: Page, claim: Claim) -> TimelineItem | None:
    span = claim_span(page, claim)
    if span is None or (claim.type in IDLE and claim.when is None):
        return None
    return _item(
        page,
        span,
        claim.id,
        shelf.incident(claim.id, claim.incident),
        claim.when,
        claim.statement,
        claim.modality,
        claim.polarity,
    )


def _of_quantity(shelf: Shelf, page: Page, quantity: Quantity) -> TimelineItem:
    return _item(
        page,
        sentence_around(page.text, (quantity.start, quantity.end)),
        quantity.id,
        shelf.incident(quantity.id, quantity.incident),
        quantity.as_of,
        quantity.statement,
        "actual",
        "denied" if quantity.negated else "affirmed",
    )


def _item(
    page: Page,
    span: tuple[int, int],
    annotation: str,
    incident: str | None,
    when: str | None,
    statement: str | None,
    modality: str,
    polarity: str,
) -> TimelineItem:
    said = page.statements[statement].said if statement in page.statements else None
    return TimelineItem(
        id=derived_id("tl", page.report.id, annotation),
        incident=incident,
        when=when,
        precision=precision(when),
        said=said,
        published=page.published,
        text=page.text[span[0] : span[1]],
        report=page.report.id,
        span=span,
        statement=statement,
        modality=modality,
        polarity=polarity,
    )
