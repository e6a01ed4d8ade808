"""Readings built by hand, of an invented event."""

from __future__ import annotations

from standoff.model import (
    Acquisition,
    Actor,
    Claim,
    Extractor,
    Mention,
    Place,
    Quantity,
    ReaderInfo,
    Reading,
    Report,
    Sourced,
    Statement,
    annotation_id,
    sha256_hex,
    text_sha256,
)  # fmt: skip

READER = ReaderInfo(name="by-hand", version="1")


class Page:
    """A report and a reading of it, annotation by annotation."""

    def __init__(
        self, name: str, text: str, published: str | None = None, publisher: str | None = None
    ) -> None:
        self.name, self.text, self.published, self.publisher = name, text, published, publisher
        self.digest = text_sha256(text)
        self.mentions: list[Mention] = []
        self.places: list[Place] = []
        self.claims: list[Claim] = []
        self.quantities: list[Quantity] = []
        self.statements: list[Statement] = []

    def span(self, words: str) -> tuple[int, int]:
        at = self.text.index(words)
        return at, at + len(words)

    def mention(
        self, words: str, party: str | None = None, type: str = "person", form: str = "name"
    ) -> Mention:
        start, end = self.span(words)
        made = Mention(
            id=annotation_id("mention", self.digest, [(start, end)]), start=start, end=end, text=words,
            form=form, type=type, party=party,  # type: ignore[arg-type]
        )  # fmt: skip
        self.mentions.append(made)
        return made

    def place(self, words: str, geonameid: int | None = None) -> str:
        start, end = self.span(words)
        made = Place(
            id=annotation_id("place", self.digest, [(start, end)]), start=start, end=end, name=words,
            geonameid=geonameid, lat=float(geonameid) if geonameid else None, lon=2.0 if geonameid else None,
        )  # fmt: skip
        self.places.append(made)
        return made.id

    def count(self, words: str, best: int, what: str, role: str | None = None) -> str:
        start, end = self.span(words)
        made = Quantity(
            id=annotation_id("quantity", self.digest, [(start, end)]), start=start, end=end, text=words,
            kind="count", low=best, high=best, best=best, what=what, role=role,
        )  # fmt: skip
        self.quantities.append(made)
        return made.id

    def claim(
        self, words: str, type: str = "ASSAULT", mode: str | None = None, when: str | None = None,
        actors: tuple[str, ...] = (), targets: tuple[str, ...] = (), places: tuple[str, ...] = (),
        quantities: tuple[str, ...] = (), polarity: str = "affirmed",
        trigger: str | None = None, modality: str = "actual",
    ) -> Claim:  # fmt: skip
        spans = (self.span(words),)
        made = Claim(
            id=annotation_id("claim", self.digest, spans, type), type=type, mode=mode, when=when,
            actors=tuple(Actor(party_id=None, name=n) for n in actors),
            targets=tuple(Actor(party_id=None, name=n, mentions=self._words(n)) for n in targets),
            places=places, quantities=quantities, evidence=spans, polarity=polarity,  # type: ignore[arg-type]
            trigger=self.span(trigger) if trigger else None, modality=modality,  # type: ignore[arg-type]
        )  # fmt: skip
        self.claims.append(made)
        return made

    def _words(self, name: str) -> tuple[tuple[int, int], ...]:
        return (self.span(name),) if name in self.text else ()

    def report(self) -> Report:
        data = self.text.encode()
        return Report(
            id=self.name, sha256=sha256_hex(data), size=len(data), media_type="text/plain", text=self.text,
            text_sha256=self.digest, extractor=Extractor(name="plain", version="1"),
            acquired=Acquisition(at="2021-01-01T00:00:00Z", where=self.name, sha256="", size=0),
            publisher=Sourced(value=self.publisher), published=Sourced(value=self.published),
        )  # fmt: skip

    def reading(self) -> Reading:
        return Reading(
            report=self.name, text_sha256=self.digest, reader=READER, published=self.published,
            mentions=tuple(self.mentions), places=tuple(self.places), claims=tuple(self.claims),
            quantities=tuple(self.quantities), statements=tuple(self.statements),
        )  # fmt: skip
