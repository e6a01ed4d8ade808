"""Plain text and Markdown: the text layer is the decoded file, only a UTF-8 BOM removed."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from standoff.errors import InputError
from standoff.model import Extractor, Sourced
from standoff.preserve.dates import sourced_date
from standoff.preserve.textlayer import PLAIN, Extracted, metadata

_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FRONT = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_FIELD = re.compile(r"^(\w+):[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
MARKDOWN = Extractor(name="markdown", version="1")
TITLE_LENGTH = 160
MOSTLY_ASCII = 0.15


def decode(data: bytes, where: str) -> tuple[str, bool, tuple[str, ...]]:
    """Text, whether a UTF-8 BOM was removed, and warnings. Raises `InputError` for binary or empty data."""
    if not data.strip():
        raise InputError("the file is empty", where=where, todo="give a file that holds a report")
    if data.startswith(codecs.BOM_UTF8):
        return _strict(data[3:], where), True, ()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), False, ("the file is UTF-16; it was decoded as such",)
    if _looks_binary(data):
        raise InputError("the file is binary, not text", where=where, todo="give text, HTML, PDF or e-mail")
    try:
        return data.decode("utf-8"), False, ()
    except UnicodeDecodeError:
        return _guess(data, where)


def _strict(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"the file says it is UTF-8 but byte {error.start} is not",
            where=where,
            todo="save it as UTF-8",
        ) from error


def _looks_binary(data: bytes) -> bool:
    head = data[:65536]
    return b"\x00" in head or len(_CONTROL.findall(head)) > len(head) * 0.02


def _guess(data: bytes, where: str) -> tuple[str, bool, tuple[str, ...]]:
    """Mostly ASCII bytes are Western European (cp1252); for others the library's guess is taken."""
    foreign = sum(byte > 127 for byte in data[:200_000]) / len(data[:200_000])
    best = from_bytes(data[:200_000]).best()
    names = (["cp1252"] if foreign < MOSTLY_ASCII else []) + ([best.encoding] if best else [])
    for name in names:
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        return text, False, (f"the file is not UTF-8; it was read as {name}, a guess",)
    raise InputError("the text's encoding is not known", where=where, todo="save it as UTF-8")


def extract_text(data: bytes, where: str) -> Extracted:
    """Plain text. A short first line that ends in no full stop is guessed to be the title."""
    text, bom, warnings = decode(data, where)
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    is_title = 0 < len(first) <= TITLE_LENGTH and not first.endswith((".", ",", ";", ":")) and first != text
    return Extracted(
        text=text,
        extractor=PLAIN,
        media_type="text/plain",
        title=Sourced(value=first, origin="guessed") if is_title else Sourced(),
        bom=bom,
        warnings=warnings,
    )


def extract_markdown(data: bytes, where: str) -> Extracted:
    """Markdown as text, front matter (``key: value`` between ``---``) cut off and read as metadata.

    What stands after the front matter is the text layer, code point for code point.
    """
    found = extract_text(data, where)
    front = _FRONT.match(found.text)
    found.text = found.text[front.end() :] if front else found.text
    fields = {k.casefold(): v.strip("'\"") for k, v in _FIELD.findall(front[1])} if front else {}
    heading = _HEADING.search(found.text)
    found.media_type, found.extractor = "text/markdown", MARKDOWN
    found.title = metadata(fields.get("title") or (heading[1] if heading else None))
    found.author = metadata(fields.get("author"))
    found.publisher = metadata(fields.get("publisher"))
    found.published = sourced_date(fields.get("date") or fields.get("published"), "metadata")
    found.url = fields.get("url")
    return found
