"""Words as they stand in a row: the span quoted, in which report, whose words they are, when told."""

from __future__ import annotations

from standoff.model import Span
from standoff.reconcile.shelf import Page, Shelf
from standoff.reconcile.wording import say

Row = dict[str, object]


def source_of(shelf: Shelf, page: Page, statement: str | None) -> str | None:
    """Who says it: the party's name; "source unclear"; None for the report's own voice."""
    known = page.statements.get(statement or "")
    if known is None or known.voice == "report":
        return None
    speaker = shelf.speaker(known)
    return shelf.name(speaker, known.party) if speaker else say("source", "unclear")


def told_on(page: Page, statement: str | None) -> str | None:
    """When it was said, else published (EDTF); None where neither is known."""
    known = page.statements.get(statement or "")
    return (known.said if known else None) or page.published


def cite(shelf: Shelf, page: Page, span: Span, statement: str | None, annotation: str | None) -> Row:
    """The words of a span as a row of its own: report, span, text, source, when said and published, and the
    annotation (claim, quantity or time) they were read from."""
    known = page.statements.get(statement or "")
    return {
        "report": page.report.id,
        "span": span,
        "text": page.text[span[0] : span[1]],
        "source": source_of(shelf, page, statement),
        "said": known.said if known else None,
        "published": page.published,
        "statement": statement if known else None,
        "annotation": annotation,
    }


def statement_at(page: Page, span: Span) -> str | None:
    """Id of the innermost statement whose content holds a span; the report's own voice where none does."""
    held = [
        (sum(end - start for start, end in each.content), each.id)
        for each in page.reading.statements
        if each.voice == "source" and any(start <= span[0] and span[1] <= end for start, end in each.content)
    ]
    own = next((each.id for each in page.reading.statements if each.voice == "report"), None)
    return min(held)[1] if held else own
