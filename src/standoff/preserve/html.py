"""HTML and saved pages: the article's text and its metadata, by trafilatura. Nothing in it is run."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import trafilatura

from standoff.errors import InputError
from standoff.model import Extractor
from standoff.preserve.dates import sourced_date
from standoff.preserve.plain import decode
from standoff.preserve.textlayer import Extracted, metadata

EXTRACTOR = Extractor(name="trafilatura", version=version("trafilatura"))
_DATES = {"extensive_search": False, "original_date": True, "max_date": "2100-01-01"}


def extract_html(data: bytes, where: str) -> Extracted:
    """Main text of a page. Raises `InputError` when the page holds no article text."""
    markup, bom, warnings = decode(data, where)
    if not markup.strip():
        raise InputError("the page is empty", where=where, todo="give a page that holds a report")
    page: Any = trafilatura.bare_extraction(
        markup,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        date_extraction_params=_DATES,
    )
    text = (page.text or "") if page is not None else ""
    if not text.strip():
        raise InputError("no article text was found in the page", where=where, todo="save the text itself")
    return Extracted(
        text=text,
        extractor=EXTRACTOR,
        media_type="text/html",
        title=metadata(page.title),
        author=metadata(page.author),
        publisher=metadata(page.sitename or page.hostname),
        published=sourced_date(page.date, "metadata"),
        url=page.url or None,
        bom=bom,
        warnings=warnings,
    )


def fragment_text(markup: str) -> str:
    """All text of an HTML fragment (a feed entry, a mail body), without its markup."""
    return str(trafilatura.html2txt(f"<html><body>{markup}</body></html>") or "")
