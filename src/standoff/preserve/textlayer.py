"""From extracted text and metadata to a `Report`. The text is hashed as it is and never touched."""

from __future__ import annotations

import msgspec

from standoff.errors import UsageError
from standoff.model import Acquisition, Extractor, Report, Sourced, sha256_hex, text_sha256
from standoff.preserve.dates import sourced_date, to_edtf
from standoff.preserve.language import detect
from standoff.preserve.limits import check_text


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What the user says of a report; it wins over metadata."""

    id: str | None = None
    published: str | None = None
    publisher: str | None = None
    title: str | None = None
    author: str | None = None
    url: str | None = None


def utf8(name: str) -> str:
    """A name as it can be stored: what in it is no UTF-8 is written out with a backslash."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def checked(given: Given) -> Given:
    """What a user says of reports, if it is UTF-8 and its date is one. Raises `UsageError` when not."""
    for field in given.__struct_fields__:
        value = getattr(given, field) or ""
        if value != utf8(value):
            raise UsageError(f"{utf8(value)!r} is not UTF-8", where=f"--{field}", todo="write it in UTF-8")
    if given.published is not None and to_edtf(given.published) is None:
        raise UsageError(
            f"{given.published!r} is no date",
            where="--published",
            todo="write it like 2021-03-04 (ISO 8601 or EDTF)",
        )
    return given


class Extracted(msgspec.Struct, kw_only=True):
    """What an extractor drew from bytes: the text, and what the document says of itself."""

    text: str
    extractor: Extractor
    media_type: str
    title: Sourced = Sourced()
    author: Sourced = Sourced()
    publisher: Sourced = Sourced()
    published: Sourced = Sourced()
    url: str | None = None
    bom: bool = False
    warnings: tuple[str, ...] = ()
    error: str | None = None


PLAIN = Extractor(name="plain", version="1")


def metadata(value: object) -> Sourced:
    """A metadata value, or unknown when it is empty."""
    text = str(value).strip() if value is not None else ""
    return Sourced(value=text, origin="metadata") if text else Sourced()


def to_report(found: Extracted, data: bytes, given: Given, acquired: Acquisition, name: str) -> Report:
    """The report of what was extracted. Raises `LimitError` when the text is over the limit."""
    check_text(found.text, acquired.where)
    warnings = list(found.warnings)
    if given.published and to_edtf(given.published) is None:
        warnings.append(f"the date given, {given.published!r}, is no ISO 8601 or EDTF date and was not used")
    published = sourced_date(given.published, "given") if given.published else found.published
    if published.value and published.value[:10] > acquired.at[:10] and published.value[:4].isdigit():
        warnings.append(f"the publication date {published.value} lies after the day the report was had")
    return Report(
        id=given.id or name,
        sha256=sha256_hex(data),
        size=len(data),
        media_type=found.media_type,
        text=found.text,
        text_sha256=text_sha256(found.text),
        extractor=found.extractor,
        acquired=acquired,
        title=_prefer(given.title, found.title),
        author=_prefer(given.author, found.author),
        publisher=_prefer(given.publisher, found.publisher),
        published=published,
        url=given.url or found.url,
        language=detect(found.text),
        bom=found.bom,
        warnings=tuple(warnings),
        error=found.error,
    )


def _prefer(given: str | None, found: Sourced) -> Sourced:
    return Sourced(value=given, origin="given") if given else found


def report_from_text(text: str, given: Given, acquired: Acquisition, name: str) -> Report:
    """A report whose text layer is the very string that was passed."""
    found = Extracted(text=text, extractor=PLAIN, media_type="text/plain")
    return to_report(found, text.encode("utf-8", "surrogatepass"), given, acquired, name)
