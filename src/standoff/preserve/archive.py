"""Web archives: WARC (plain or gzip) and WACZ. Each page or PDF answered with 200 is a report."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

import msgspec
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from standoff.errors import InputError, LimitError
from standoff.preserve.limits import MAX_RATIO, MAX_RECORD, MAX_UNPACKED

BROKEN = (
    ArchiveLoadFailed,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    zlib.error,
)
"""What the parser raises over records that are not as the standard has them: one without an address."""
TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")


class Captured(msgspec.Struct, frozen=True, kw_only=True):
    """One captured answer: its address, when it was captured (UTC ISO 8601), its type and bytes."""

    url: str
    at: str | None
    media_type: str
    data: bytes


def read_warc(stream: io.BufferedIOBase | io.BytesIO, where: str) -> Iterator[Captured]:
    """Pages of a WARC. Raises `InputError` when it is damaged, `LimitError` when it unpacks too large."""
    total = 0
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type not in {"response", "resource"} or not _wanted(record):
                continue
            body = record.content_stream().read(MAX_RECORD + 1)
            total += len(body)
            if len(body) > MAX_RECORD or total > MAX_UNPACKED:
                raise LimitError("a web archive unpacks over the limit", where=where, todo="split it")
            yield Captured(
                url=record.rec_headers.get_header("WARC-Target-URI") or "",
                at=record.rec_headers.get_header("WARC-Date"),
                media_type=_media_type(record),
                data=body,
            )
    except BROKEN as error:
        raise InputError(
            f"the web archive is damaged ({type(error).__name__})", where=where, todo="get it again"
        ) from error


def _media_type(record: object) -> str:
    headers = getattr(record, "http_headers", None) or getattr(record, "rec_headers", None)
    value = headers.get_header("Content-Type") if headers else None
    return str(value or "").split(";")[0].strip().casefold()


def _wanted(record: object) -> bool:
    headers = getattr(record, "http_headers", None)
    status = headers.get_statuscode() if headers else "200"
    return status == "200" and _media_type(record) in TYPES


def read_wacz(data: bytes, where: str) -> Iterator[Captured]:
    """Pages of all WARCs inside a WACZ (a zip). A zip bomb is refused before it is unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise InputError("the archive is damaged or cut short", where=where, todo="get it again") from error
    with archive:
        members = archive.infolist()
        unpacked = sum(m.file_size for m in members)
        if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(data), 1):
            raise LimitError(
                f"the archive would unpack to {unpacked:,} bytes",
                where=where,
                todo="do not open it; split it",
            )
        warcs = [m for m in members if m.filename.endswith((".warc", ".warc.gz"))]
        if not warcs:
            raise InputError("the zip holds no web archive", where=where, todo="unzip it and add the folder")
        for member in warcs:
            yield from _member(archive, member, where)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str) -> Iterator[Captured]:
    try:
        with archive.open(member) as stream:
            yield from read_warc(io.BufferedReader(stream), f"{where}!{member.filename}")  # type: ignore[type-var]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise InputError(
            "a file in the archive cannot be read", where=f"{where}!{member.filename}"
        ) from error
