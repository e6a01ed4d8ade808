"""The front door: a file, folder, address or standard input comes in, preserved reports go out.

A document that cannot be read is kept all the same: its bytes, and the sentence why.
"""

from __future__ import annotations

import datetime as dt
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast, get_args

import msgspec

from standoff.errors import InputError, NetworkError, StandoffError, UsageError
from standoff.model import Acquisition, Extractor, Preserved, sha256_hex
from standoff.preserve.jsonl import parse_line
from standoff.preserve.limits import MAX_RECORD, check_bytes
from standoff.preserve.sniff import Kind, sniff
from standoff.preserve.textlayer import Extracted, Given, checked, report_from_text, to_report, utf8

EXTRACTORS: dict[Kind, tuple[str, str]] = {
    "text": ("plain", "extract_text"),
    "markdown": ("plain", "extract_markdown"),
    "html": ("html", "extract_html"),
    "pdf": ("pdf", "extract_pdf"),
    "mail": ("mail", "extract_mail"),
}
"""Module of this room and function in it, (bytes, where) -> `Extracted`, for each kind of document."""
KINDS = frozenset(get_args(Kind))
FAILED = Extractor(name="none", version="1")
OURS = (".standoff", ".standoff-wal", ".standoff-shm", ".standoff-journal")
"""Situation files that lie in a folder of reports are no reports."""

Passed = Callable[[str, StandoffError], None]

if TYPE_CHECKING:
    from standoff.preserve.archive import Captured


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How to take things in: what the user says of the reports, and what is allowed."""

    given: Given = Given()
    input_format: Kind | None = None
    allow_private: bool = False


class Upload(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes that were handed over rather than found: ``name`` is what their file was called, ``where`` what
    custody says of where they came from."""

    name: str
    data: bytes
    where: str

    def __str__(self) -> str:
        return self.name


def _from(module: str, name: str) -> Any:  # noqa: ANN401  (whatever stands there)
    """A function of a module of this room, loaded when a document of its kind comes: libraries are heavy."""
    return getattr(import_module(f"standoff.preserve.{module}"), name)


def take(
    source: str | Upload,
    options: Options = Options(),  # noqa: B008  (frozen)
    passed: Passed | None = None,
) -> Iterator[Preserved]:
    """Preserved reports of a path, folder, http(s) address or ``-``. Folders in name order.

    Documents that fail come out with ``error`` set. A path or address that cannot be had at all is told
    to ``passed`` and passed over; without ``passed`` it raises `InputError` or `NetworkError`.
    """
    try:
        yield from _take(source, options, passed)
    except (InputError, NetworkError) as error:
        if passed is None:
            raise
        passed(str(source), error)


def _take(source: str | Upload, options: Options, passed: Passed | None) -> Iterator[Preserved]:
    if isinstance(source, Upload):
        yield from take_bytes(source.data, source.name, source.where, options)
    elif source == "-":
        yield from take_bytes(sys.stdin.buffer.read(), "stdin", "-", options)
    elif source.startswith(("http://", "https://")):
        answer = _from("fetch", "fetch")(source, allow_private=options.allow_private)
        given = msgspec.structs.replace(options.given, url=options.given.url or answer.url)
        options = msgspec.structs.replace(options, given=given)
        yield from take_bytes(answer.data, source, source, options, media_type=answer.media_type)
    else:
        path = Path(source)
        yield from (
            _take_folder(path, options, passed) if path.is_dir() else _take_file(path, path.name, options)
        )


def _take_folder(path: Path, options: Options, passed: Passed | None) -> Iterator[Preserved]:
    files = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.endswith(OURS))
    visible = [p for p in files if not any(part.startswith(".") for part in p.relative_to(path).parts)]
    if not visible:
        raise InputError("the folder holds no files", where=str(path), todo="name one with reports in it")
    for each in visible:
        try:
            yield from _take_file(each, each.relative_to(path).as_posix(), options)
        except InputError as error:
            if passed is None:
                raise
            passed(str(each), error)


def _take_file(path: Path, name: str, options: Options) -> Iterator[Preserved]:
    try:
        check_bytes(path.stat().st_size, str(path))
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror})", where=str(path), todo="check its name and rights"
        ) from error
    yield from take_bytes(data, name, str(path), options)


def take_bytes(
    data: bytes,
    name: str,
    where: str,
    options: Options = Options(),  # noqa: B008  (frozen)
    *,
    media_type: str = "",
    at: str | None = None,
    container: str | None = None,
) -> Iterator[Preserved]:
    """Preserved reports of some bytes that came under ``name`` from ``where`` (``at``: UTC, else now)."""
    name, where = utf8(name), utf8(where)
    kind = options.input_format or sniff(data, name, media_type)
    acquired = Acquisition(
        at=at or now(), where=where, sha256=sha256_hex(data), size=len(data), container=container
    )
    try:
        yield from _take_kind(kind, data, name, acquired, options)
    except InputError as error:
        yield _failed(data, name, acquired, options.given, media_type, error)


def _take_kind(
    kind: Kind, data: bytes, name: str, acquired: Acquisition, options: Options
) -> Iterator[Preserved]:
    where = acquired.where
    if kind == "jsonl":
        yield from _take_lines(data, name, acquired, options)
    elif kind in {"warc", "wacz"}:
        reader, given = ("read_wacz", data) if kind == "wacz" else ("read_warc", io.BytesIO(data))
        pages: Iterator[Captured] = _from("archive", reader)(given, where)
        found_none = True
        for page in pages:
            found_none = False
            yield from _take_page(page, acquired, options)
        if found_none:
            raise InputError("the web archive holds no page", where=where, todo="see what was captured")
    elif kind == "feed":
        for entry, told in _from("feed", "read_feed")(data, where):
            body = told.text.encode("utf-8", "surrogatepass")
            part = _part(acquired, body, f"{where}#{entry}")
            yield Preserved(report=to_report(told, body, options.given, part, entry), data=body)
    else:
        found: Extracted = _from(*EXTRACTORS[kind])(data, where)
        yield Preserved(report=to_report(found, data, options.given, acquired, name), data=data)
        if kind == "mail":
            for attached, payload in _from("mail", "attachments")(data, where):
                plain = msgspec.structs.replace(options, input_format=None)
                part_name = f"{name}!{attached}"
                yield from take_bytes(
                    payload, part_name, f"{where}!{attached}", plain, container=acquired.sha256
                )


def _take_lines(data: bytes, name: str, acquired: Acquisition, options: Options) -> Iterator[Preserved]:
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if line.strip():
            yield from _take_line(line, number, name, acquired, options)


def _take_line(
    line: bytes, number: int, name: str, acquired: Acquisition, options: Options
) -> Iterator[Preserved]:
    where = f"{acquired.where}, line {number}"
    part = _part(acquired, line, where)
    try:
        text, given = parse_line(line, where)
        both = _merge(given, options.given)
        report = report_from_text(text, both, part, f"{name}#{number}")
        report = msgspec.structs.replace(report, sha256=part.sha256, size=part.size)
        yield Preserved(report=report, data=line, id_given=both.id is not None)
    except InputError as error:
        yield _failed(line, f"{name}#{number}", part, options.given, "application/json", error)


def _take_page(page: Captured, acquired: Acquisition, options: Options) -> Iterator[Preserved]:
    given = msgspec.structs.replace(options.given, url=page.url or None)
    plain = msgspec.structs.replace(options, given=given, input_format=None)
    yield from take_bytes(
        page.data,
        page.url or acquired.where,
        f"{acquired.where}!{page.url}",
        plain,
        media_type=page.media_type,
        at=page.at,
        container=acquired.sha256,
    )


def _merge(line: Given, user: Given) -> Given:
    """What a line says of itself wins over what was given for the whole file."""
    fields = {f: getattr(line, f) or getattr(user, f) for f in line.__struct_fields__}
    return Given(**fields)


def _part(acquired: Acquisition, data: bytes, where: str) -> Acquisition:
    return Acquisition(
        at=acquired.at, where=where, sha256=sha256_hex(data), size=len(data), container=acquired.sha256
    )


def _failed(
    data: bytes, name: str, acquired: Acquisition, given: Given, media_type: str, error: InputError
) -> Preserved:
    found = Extracted(
        text="",
        extractor=FAILED,
        media_type=media_type or "application/octet-stream",
        error=error.sentence(),
    )
    return Preserved(report=to_report(found, data, given, acquired, name), data=data)


def now() -> str:
    """UTC now, to the second, ISO 8601: custody time only, never the anchor of a date in a text."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def stream(files: Iterable[str], input_format: str | None, published: str | None) -> Iterator[Preserved]:
    """Reports of files or standard input, one at a time; JSON Lines are read line by line.

    Memory stays constant however long the input is. ``published`` is the date of all that state none.
    """
    options = Options(given=checked(Given(published=published)), input_format=kind_of(input_format))
    for source in files:
        lines = input_format == "jsonl" or (input_format is None and source.endswith((".jsonl", ".ndjson")))
        if not lines:
            yield from take(source, options)
        elif source == "-":
            yield from _stream_lines(sys.stdin.buffer, "stdin", options)
        else:
            with _opened(Path(source)) as handle:
                yield from _stream_lines(handle, source, options)


def kind_of(name: str | None) -> Kind | None:
    """The kind of input of that name, if one was named. Raises `UsageError` that lists the kinds."""
    if name is None or name in KINDS:
        return cast("Kind | None", name)
    raise UsageError(f"{name!r} is no kind of input", where="--input-format", todo=", ".join(sorted(KINDS)))


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror})", where=str(path), todo="check its name and rights"
        ) from error


def _stream_lines(handle: BinaryIO, where: str, options: Options) -> Iterator[Preserved]:
    number = 0
    while line := handle.readline(MAX_RECORD + 1):
        number += 1
        check_bytes(len(line), f"{where}, line {number}", MAX_RECORD)
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            name = Path(where).name
            acquired = Acquisition(at=now(), where=where, sha256=sha256_hex(line), size=len(line))
            yield from _take_line(line.rstrip(b"\r\n"), number, name, acquired, options)


def text_acquisition(text: str, where: str = "text") -> Acquisition:
    """Custody of a text that was passed as a string."""
    data = text.encode("utf-8", "surrogatepass")
    return Acquisition(at=now(), where=where, sha256=sha256_hex(data), size=len(data))
