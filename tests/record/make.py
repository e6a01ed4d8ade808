"""Invented reports and readings for the tests of the record."""

from __future__ import annotations

from typing import Any

from standoff.model import (
    Acquisition,
    Claim,
    Extractor,
    Mention,
    Preserved,
    Quantity,
    ReaderInfo,
    Reading,
    Relation,
    Report,
    Sourced,
    Statement,
    Time,
    annotation_id,
    sha256_hex,
    text_sha256,
)

TEXT = "The mayor of Ostrava Gate said on Monday that 12 of 40 lorries had crossed. Rebels denied it."
AT = "2031-05-01T10:00:00Z"


def given(value: str | None, origin: str = "given") -> Sourced:
    return Sourced(value=value, origin=origin if value is not None else None)


def taken(
    name: str = "a.txt",
    text: str = TEXT,
    *,
    data: bytes | None = None,
    published: str | None = None,
    publisher: str | None = None,
    origin: str = "given",
    where: str | None = None,
    version: str = "1",
    error: str | None = None,
) -> Preserved:
    raw = text.encode("utf-8", "surrogatepass") if data is None else data
    digest = sha256_hex(raw)
    report = Report(
        id=name,
        sha256=digest,
        size=len(raw),
        media_type="text/plain",
        text=text,
        text_sha256=text_sha256(text),
        extractor=Extractor(name="plain", version=version),
        acquired=Acquisition(at=AT, where=where or name, sha256=digest, size=len(raw)),
        published=given(published, origin),
        publisher=given(publisher, origin),
        error=error,
    )
    return Preserved(report=report, data=raw)


def span_of(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def read(preserved: Preserved, version: str = "1", *, without: str = "") -> Reading:
    """A small reading of a text that contains `TEXT`; ``without`` leaves one layer empty."""
    report = preserved.report
    text, digest = report.text, report.text_sha256

    def at(words: str) -> tuple[int, int]:
        return span_of(text, words)

    def single(layer: str, words: str) -> dict[str, Any]:
        start, end = at(words)
        return {
            "id": annotation_id(layer, digest, [(start, end)]),
            "start": start,
            "end": end,
            "text": words,
        }

    spans = {"source": (at("The mayor of Ostrava Gate"),), "cue": (at("said"),)}
    spans["content"] = (at("that 12 of 40 lorries had crossed"),)
    statement = Statement(
        id=annotation_id("statement", digest, [s for part in spans.values() for s in part]),
        voice="source",
        party="mayor",
        confidence=0.93,
        **spans,
    )
    whole = Quantity(
        kind="count",
        low=40,
        high=40,
        best=40.5,
        statement=statement.id,
        **single("quantity", "40 lorries"),
    )
    part = Quantity(
        kind="count",
        low=12,
        statement=statement.id,
        relation=Relation(kind="part_of", of=whole.id),
        **single("quantity", "12"),
    )
    claim = Claim(
        id=annotation_id("claim", digest, [at("crossed")], "MOVE"),
        type="MOVE",
        quantities=(part.id, whole.id),
        statement=statement.id,
        evidence=(at("12 of 40 lorries had crossed"),),
        trigger=at("crossed"),
    )
    layers = {
        "statements": (statement,),
        "mentions": (
            Mention(
                form="name", type="person", party="mayor", **single("mention", "The mayor of Ostrava Gate")
            ),
            Mention(form="name", type="armed_group", **single("mention", "Rebels")),
        ),
        "times": (Time(type="DATE", value="XXXX-WXX-1", **single("time", "Monday")),),
        "quantities": (part, whole),
        "claims": (claim,),
    }
    layers.pop(without, None)
    return Reading(
        report=report.id,
        text_sha256=digest,
        reader=ReaderInfo(name="test", version=version),
        published=report.published.value,
        **layers,
    )


def small(number: int) -> Preserved:
    """One of many different reports."""
    return taken(f"r{number}.txt", f"{TEXT} Bulletin {number}.", published=f"2031-05-{number % 28 + 1:02d}")
