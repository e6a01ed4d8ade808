"""What kind of document some bytes are: by their first bytes, then by the name they came under."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal

Kind = Literal["text", "markdown", "html", "pdf", "mail", "warc", "wacz", "feed", "jsonl"]

SUFFIXES: dict[str, Kind] = {
    ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".mhtml": "mail", ".mht": "mail", ".pdf": "pdf", ".eml": "mail", ".warc": "warc", ".wacz": "wacz",
    ".rss": "feed", ".atom": "feed", ".jsonl": "jsonl", ".ndjson": "jsonl",
}  # fmt: skip
MEDIA: dict[str, Kind] = {
    "text/html": "html", "application/xhtml+xml": "html", "application/pdf": "pdf",
    "text/markdown": "markdown", "message/rfc822": "mail", "application/rss+xml": "feed",
    "application/atom+xml": "feed", "application/x-ndjson": "jsonl", "application/jsonl": "jsonl",
    "text/plain": "text",
}  # fmt: skip
_HEADERS = (
    rb"From|To|Subject|Date|Message-ID|MIME-Version|Received|Return-Path|Delivered-To|X-[\w-]+|Content-Type"
)
_MAIL = re.compile(rb"\A(?:(?:" + _HEADERS + rb"):[^\n]*\n(?:[ \t][^\n]*\n)*){3}", re.IGNORECASE)
_PROLOG = rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
_FEED = re.compile(_PROLOG + rb"<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_HTML = re.compile(_PROLOG + rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def sniff(data: bytes, name: str, media_type: str = "") -> Kind:
    """The kind of ``data``, which came under ``name`` with the media type a server gave, if any."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "wacz"
    if head.startswith(b"WARC/") or (head.startswith(b"\x1f\x8b") and name.endswith((".warc.gz", ".gz"))):
        return "warc"
    if _FEED.match(head):
        return "feed"
    if _HTML.match(head):
        return "html"
    suffix = PurePosixPath(name.casefold()).suffix
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    if media_type in MEDIA:
        return MEDIA[media_type]
    return "mail" if _MAIL.match(head.replace(b"\r\n", b"\n")) else "text"
