"""An invented situation, written by hand: reports with quantities, claims and who said them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from standoff.model import (
    Acquisition,
    Actor,
    Claim,
    Extractor,
    Group,
    Incident,
    Mention,
    Origin,
    Party,
    Place,
    Quantity,
    ReaderInfo,
    Reading,
    Referents,
    Relation,
    Report,
    Sourced,
    Statement,
    Time,
)
from standoff.model.ids import sha256_hex, slug


@dataclass
class Page:
    """One report under construction; every annotation gets words of its own in the text."""

    id: str
    published: str | None
    publisher: str | None
    text: str = ""
    statements: list[Statement] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    times: list[Time] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    own: list[tuple[int, int]] = field(default_factory=list)

    def write(self, words: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += words + ". "
        return start, start + len(words)

    def says(self, party: str | None, words: str = "It is so", **more: Any) -> str:
        """A statement of a party (None: a source that could not be told); its id."""
        span = self.write(words)
        statement = Statement(
            id=f"st-{self.id}-{len(self.statements)}", voice="source", content=(span,), party=party,
            party_id=slug(party) if party else None, **more,
        )  # fmt: skip
        self.statements.append(statement)
        return statement.id

    def speech(self, party: str, cue: str, words: str, *stance: str) -> str:
        """A statement with the words that bring it in: "The Mill Guild denied that ..."; its id."""
        source = self.write(party)
        said = self.write(cue)
        content = self.write(words)
        statement = Statement(
            id=f"st-{self.id}-{len(self.statements)}", voice="source", source=(source,), cue=(said,),
            content=(content,), party=party, party_id=slug(party), stance=stance or ("asserts",),
        )  # fmt: skip
        self.statements.append(statement)
        return statement.id

    def names(self, party: str, words: str | None = None, type_: str = "organisation") -> None:
        """A mention of a party at the last place where its name, or the words given, stand."""
        text = words or party
        start = self.text.rindex(text)
        self.mentions.append(
            Mention(
                id=f"mn-{self.id}-{len(self.mentions)}",
                start=start,
                end=start + len(text),
                text=text,
                form="name",
                type=type_,
                party=party,
                party_id=slug(party),
            )
        )

    def at(self, words: str, value: str, type_: str = "TIME") -> None:
        """A time at the last place where its words stand."""
        start = self.text.rindex(words)
        self.times.append(
            Time(
                id=f"tm-{self.id}-{len(self.times)}",
                start=start,
                end=start + len(words),
                text=words,
                type=type_,
                value=value,
                edtf=value,
            )
        )

    def stands_at(self, words: str, geonameid: int) -> None:
        """A place at the last place where its words stand."""
        start = self.text.rindex(words)
        self.places.append(
            Place(
                id=f"pl-{self.id}-{len(self.places)}", start=start, end=start + len(words), name=words,
                geonameid=geonameid,
            )
        )  # fmt: skip

    def tells(self, words: str) -> None:
        """A sentence of the report's own voice."""
        self.own.append(self.write(words))

    def count(self, words: str, low: float | None = None, high: float | None = None, **more: Any) -> str:
        """A quantity; with one number given, exactly that; ``behind`` are the words after it. Its id."""
        start, _ = self.write(" ".join(filter(None, (words, more.pop("behind", "")))))
        end = start + len(words)
        exact = low is not None and high is None and not more.pop("at_least", False)
        approximate = more.get("approximate", False)
        bounds: dict[str, Any] = {"low": low, "high": low if exact else high, "best": low if exact else None}
        if approximate and exact:
            bounds = {"low": None, "high": None, "best": low}
        quantity = Quantity(
            id=more.pop("id", f"qt-{self.id}-{len(self.quantities)}"), start=start, end=end, text=words,
            kind="count", **{**bounds, **more},
        )  # fmt: skip
        self.quantities.append(quantity)
        return quantity.id

    def claim(
        self, type_: str, words: str, actors: str = "", targets: str = "", to: str = "", **more: Any
    ) -> str:
        """A claim; actors, targets and recipients are names parted by commas. Its id. With ``told`` its words
        are those that stand in the text already."""
        start = self.text.rindex(words) if more.pop("told", False) else -1
        span = (start, start + len(words)) if start >= 0 else self.write(words)
        claim = Claim(
            id=more.pop("id", f"cl-{self.id}-{len(self.claims)}"), type=type_, evidence=(span,), trigger=span,
            actors=_actors(actors), targets=_actors(targets), recipients=_actors(to), **more,
        )  # fmt: skip
        self.claims.append(claim)
        return claim.id


def _actors(names: str) -> tuple[Actor, ...]:
    return tuple(Actor(party_id=slug(name), name=name) for name in names.split(", ") if name)


@dataclass
class World:
    """All pages, and what is the same across them."""

    pages: list[Page] = field(default_factory=list)
    groups: dict[str, tuple[str, str, str | None]] = field(default_factory=dict)
    nouns: dict[str, str] = field(default_factory=dict)
    group_of: dict[str, str] = field(default_factory=dict)
    incident_of: dict[str, str] = field(default_factory=dict)
    origin_of: dict[str, str] = field(default_factory=dict)
    incidents: dict[str, Incident] = field(default_factory=dict)
    represents: dict[str, str] = field(default_factory=dict)

    def page(self, id_: str, published: str | None = "2031-05-02", publisher: str | None = None) -> Page:
        page = Page(id_, published, publisher or f"Paper {id_}")
        self.pages.append(page)
        return page

    def group(
        self, id_: str, name: str, *quantities: str, unit: str = "person", parent: str | None = None
    ) -> None:
        self.groups[id_] = (name, unit, parent)
        self.group_of.update(dict.fromkeys(quantities, id_))

    def incident(self, id_: str, *members: str, **more: Any) -> None:
        self.incidents[id_] = Incident(
            **{"id": id_, "name": id_, "type": "ASSAULT", "quantities": members, **more}
        )
        self.incident_of.update(dict.fromkeys(members, id_))

    def reports(self) -> list[Report]:
        return [_report(page) for page in self.pages]

    def readings(self) -> list[Reading]:
        return [_reading(page) for page in self.pages]

    def referents(self) -> Referents:
        names = {each.party for page in self.pages for each in page.statements if each.party}
        for page in self.pages:
            for claim in page.claims:
                names |= {each.name for each in (*claim.actors, *claim.targets, *claim.recipients)}
            names |= {each.party for each in page.mentions if each.party}
        names |= set(self.represents.values())
        origins: dict[str, list[str]] = {}
        for page in self.pages:
            origins.setdefault(self.origin_of.get(page.id, f"or-{page.id}"), []).append(page.id)
        return Referents(
            parties=tuple(
                Party(
                    id=slug(name), name=name, type="organisation",
                    represents=slug(self.represents[name]) if name in self.represents else None,
                )
                for name in sorted(names)
            ),
            groups=tuple(
                Group(
                    id=id_, name=name, unit=unit, parent=parent,
                    noun=self.nouns.get(id_, ""), general=self.nouns.get(id_) == "people",
                )
                for id_, (name, unit, parent) in sorted(self.groups.items())
            ),
            incidents=tuple(self.incidents[each] for each in sorted(self.incidents)),
            origins=tuple(
                Origin(id=id_, name=id_, reports=tuple(sorted(members)), evidence="test")
                for id_, members in sorted(origins.items())
            ),
            group_of=dict(self.group_of),
            incident_of=dict(self.incident_of),
            origin_of={member: id_ for id_, members in origins.items() for member in members},
        )  # fmt: skip


def _report(page: Page) -> Report:
    digest = sha256_hex(page.text.encode())
    return Report(
        id=page.id, sha256=digest, size=len(page.text), media_type="text/plain", text=page.text,
        text_sha256=digest, extractor=Extractor(name="test", version="1"),
        acquired=Acquisition(at="2031-06-01T00:00:00Z", where="-", sha256=digest, size=len(page.text)),
        publisher=Sourced(value=page.publisher, origin="given"),
        published=Sourced(value=page.published, origin="given"),
    )  # fmt: skip


def _reading(page: Page) -> Reading:
    return Reading(
        report=page.id, text_sha256=sha256_hex(page.text.encode()),
        reader=ReaderInfo(name="hand", version="1"), published=page.published,
        statements=(*page.statements, *_own_voice(page)), quantities=tuple(page.quantities),
        claims=tuple(page.claims), mentions=tuple(page.mentions), times=tuple(page.times),
        places=tuple(page.places),
    )  # fmt: skip


def _own_voice(page: Page) -> tuple[Statement, ...]:
    own = Statement(id=f"st-{page.id}-own", voice="report", content=tuple(page.own))
    return (own,) if page.own else ()


def tolls(*told: tuple[str, str | None, float]) -> World:
    """A world in which each of (day, party or None for own voice, number) tells how many were killed
    in one incident, each in a report of its own."""
    world = World()
    ids = []
    for n, (day, party, number) in enumerate(told):
        page = world.page(f"r{n}", day)
        statement = page.says(party) if party else None
        ids.append(page.count(f"{number:g} people", number, role="killed", statement=statement))
    world.group("gr-people", "people", *ids)
    world.incident("in-1", *ids)
    return world


def derive(world: World, **more: Any) -> Any:
    from standoff.reconcile import reconcile

    return reconcile(world.reports(), world.readings(), world.referents(), **more)


def equals(of: str) -> Relation:
    return Relation(kind="equals", of=of)


def remainder(of: str | None = None) -> Relation:
    return Relation(kind="remainder", of=of)
