"""Gold files of every form as documents; what is not of that form is refused in one sentence.

A form is a function from where the files lie to documents. Offsets are checked against the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from standoff.errors import InputError
from standoff.measure import marked, places, times
from standoff.measure.layers.base import Document
from standoff.measure.layers.statements import Gold
from standoff.model import Span

T = TypeVar("T")


class _Article(msgspec.Struct, frozen=True):
    doc: str
    text_file: str
    attributions: list[Gold]


class _Muc(msgspec.Struct, frozen=True):
    doc: str
    text: str
    templates: list[dict[str, Any]]


class _Report(msgspec.Struct, frozen=True):
    """A report of any of the development files: one of ``id`` and ``doc`` names it."""

    text: str
    id: str | None = None
    doc: str | None = None
    published: str | None = None


class _Cluster(msgspec.Struct, frozen=True):
    quantities: list[dict[str, Any]]


def polnear(folder: Path) -> Iterator[Document]:
    """A folder with ``gold.jsonl`` (``doc``, ``text_file``, ``attributions``) and the texts it names."""
    for row in _lines(folder / "gold.jsonl", _Article):
        with (
            _told(folder / row.text_file, "text"),
            (folder / row.text_file).open(encoding="utf-8", newline="") as file,
        ):
            text = file.read()
        spans = [span for each in row.attributions for span in (*each.source, *each.content)]
        yield Document(row.doc, _checked(text, spans, row.doc), None, row.attributions)


def timeml(path: Path) -> Iterator[Document]:
    """JSON Lines of ``doc``, ``text``, ``dct``, ``timex`` (``start``, ``end``, ``type``, ``value``)."""
    for row in _lines(path, times.GoldText):
        text = _checked(row.text, [(each.start, each.end) for each in row.timex], row.doc)
        yield Document(row.doc, text, row.dct, row.timex)


def toponyms(path: Path) -> Iterator[Document]:
    """JSON Lines of ``doc``, ``text``, ``toponyms`` (``start``, ``end``, ``name``, ``lat``, ``lon``)."""
    for row in _lines(path, places.Text):
        text = _checked(row.text, [(each.start, each.end) for each in row.toponyms], row.doc)
        yield Document(row.doc, text, None, row.toponyms)


def muc4(path: Path) -> Iterator[Document]:
    """JSON Lines of ``doc``, ``text``, ``templates`` (slot -> fillers)."""
    for row in _lines(path, _Muc):
        yield Document(row.doc, row.text, None, row.templates)


def clusters(folder: Path) -> Iterator[Document]:
    """A folder with ``reports.jsonl`` and ``gold.json`` (its ``quantities``), or a folder of such folders."""
    found = sorted(folder.glob("*/gold.json"))
    for path in found or [folder / "gold.json"]:
        yield from _cluster(path)


def _cluster(path: Path) -> Iterator[Document]:
    with _told(path, "cluster's gold"):
        rows = msgspec.json.decode(path.read_bytes(), type=_Cluster).quantities
    for report in _lines(path.with_name("reports.jsonl"), _Report):
        with _told(path, "cluster's gold"):
            own = [row for row in rows if row["doc"] == report.id]
            spans = [(row["span_text_start_offset"], row["span_end"]) for row in own]
        name = report.id or ""
        yield Document(name, _checked(report.text, spans, name), report.published, own)


def stretches(path: Path, data: Path) -> Iterator[Document]:
    """JSON Lines of fully marked stretches (`marked.Stretch`); the texts lie in the data folder."""
    held: dict[tuple[str, str], list[marked.Stretch]] = {}
    for stretch in _lines(path, marked.Stretch):
        held.setdefault((stretch.corpus, stretch.doc), []).append(stretch)
    texts = {name: _texts(name, data) for name in {corpus for corpus, _ in held}}
    for (corpus, doc), own in held.items():
        report = texts[corpus].get(doc)
        if report is None:
            raise InputError(f"the gold names a document that {corpus} does not hold", where=doc)
        for each in own:
            _checked(report.text, [(each.start, each.end)], doc)
            _checked(
                report.text[: each.end], [(row.start, row.end) for row in each.rows], each.id, each.start
            )
        yield Document(doc, report.text, report.published, own)


def _texts(name: str, data: Path) -> dict[str, _Report]:
    """The reports of a corpus by id: ``NAME.jsonl``, ``NAME/reports.jsonl``, or ``A/B.jsonl`` for A-B."""
    tried = [
        data / f"{name}.jsonl",
        data / name / "reports.jsonl",
        data / f"{name.replace('-', '/', 1)}.jsonl",
    ]
    path = next((each for each in tried if each.is_file()), None)
    if path is None:
        raise InputError(
            f"the texts of the corpus {name} are not here",
            where=str(tried[0]),
            todo="give the folder that holds the development data",
        )
    return {each.id or each.doc or "": each for each in _lines(path, _Report)}


def _lines(path: Path, form: type[T]) -> Iterable[T]:
    """Every line of a JSON Lines file as a record. Raises `InputError`."""
    decoder = msgspec.json.Decoder(form)
    with _told(path, "gold file"):
        lines = path.read_bytes().splitlines()
    rows = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            with _told(path, f"gold file: line {number} is not of the form wanted"):
                rows.append(decoder.decode(line))
    if not rows:
        raise InputError("this gold file holds no documents", where=str(path))
    return rows


@contextmanager
def _told(path: Path, what: str) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise InputError(f"no such {what.split(':')[0]}", where=str(path)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"this {what.split(':')[0]} cannot be read", where=str(path)) from error
    except (msgspec.MsgspecError, KeyError, TypeError) as error:
        raise InputError(f"this is no such {what}: {error}", where=str(path)) from error


def _checked(text: str, spans: Sequence[Span], where: str, start: int = 0) -> str:
    for low, high in spans:
        if not start <= low < high <= len(text):
            raise InputError(f"a gold span [{low}, {high}) does not lie in its text", where=where)
    return text
