"""What is left out of a brief, on a person's wish: taken out of the payload, once, before anything is drawn.

Names are replaced in every string of the payload, quotations and texts included, whatever their case or
accents. Only what the record knows as a name can be replaced: a person has to look before sharing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self

import msgspec

from standoff.errors import UsageError
from standoff.model import Mention, Victim, View
from standoff.model.spans import quote
from standoff.show.brief.masking import Edit, Mask, Masked, folded, parts_of

KINDS = ("names", "victims", "sources")


class Withhold(msgspec.Struct, frozen=True, kw_only=True):
    """What to leave out: kinds of names, exact places, the texts. Falsy when nothing is."""

    names: bool = False
    victims: bool = False
    sources: bool = False
    coarsen_km: float | None = None
    no_text: bool = False

    @classmethod
    def of(cls, kinds: Sequence[str], *, coarsen_km: float | None = None, no_text: bool = False) -> Self:
        """From the words of the command line. Raises `UsageError` for a kind there is not."""
        for kind in kinds:
            if kind not in KINDS:
                raise UsageError(
                    f"{kind!r} cannot be withheld", where="--withhold", todo=f"one of {', '.join(KINDS)}"
                )
        if coarsen_km is not None and not FINEST_KM <= coarsen_km <= 5000:
            raise UsageError(
                f"{coarsen_km:g} km is no width to round places to",
                where="--coarsen",
                todo=f"give {FINEST_KM:g} to 5000 km",
            )
        return cls(
            names="names" in kinds,
            victims="victims" in kinds,
            sources="sources" in kinds,
            coarsen_km=coarsen_km,
            no_text=no_text,
        )

    def __bool__(self) -> bool:
        return self.names or self.victims or self.sources or self.no_text or self.coarsen_km is not None

    def words(self) -> list[str]:
        """What is withheld, one phrase each, in a fixed order."""
        return [
            words
            for on, words in (
                (self.names, "names of persons"),
                (self.victims, "names and descriptions of victims"),
                (self.sources, "publishers, authors, addresses and ids of reports"),
                (self.coarsen_km is not None, f"exact places (rounded to {self.coarsen_km or 0:g} km)"),
                (self.no_text, "texts and quotations"),
            )
            if on
        ]


FINEST_KM = 0.01
"""Finer than any place is known."""
KM_PER_DEGREE = 111.32
KEPT = frozenset(
    {
        "schema", "kind", "status", "holds", "modality", "polarity", "relation", "rule", "anchor", "passage",
        "media_type", "sha256", "text_sha256", "hash", "type", "harm", "state", "published_origin",
        "precision", "question_anchor", "dispute", "as_of", "said", "published", "at", "when",
        "acquired_at", "language", "direction", "since", "since_basis",
        "until", "date", "earliest", "latest", "newest_report", "verdict", "stance", "standing", "keeping",
    }
)  # fmt: skip
"""Fields that hold codes, dates and hashes, never a name."""
QUOTATION = re.compile(r"“[^”]*”")
NAMELESS = ("name", "name_original", "description")
"""Fields that make a victim known."""


def withheld(payload: dict[str, Any], wishes: Withhold, view: View) -> dict[str, Any]:
    """The payload without what is to be withheld; the notice says what that was."""
    mask, places = Mask(), {}
    if wishes.victims:
        places = _victims(view, mask)
        for victim in payload["victims"]:
            victim.update(dict.fromkeys((*NAMELESS, "age", "sex")))
    if wishes.names:
        _persons(view, mask)
    ids = _sources(payload, view, mask) if wishes.sources else {}
    texts = {
        report["number"]: mask.text(report["text"] or "", places.get(report["id"], ()))
        for report in payload["reports"]
    }
    _retell(payload, texts)
    payload = _replaced(payload, lambda text: ids.get(text) or mask.text(text).text)
    if wishes.sources:
        for report in payload["reports"]:
            report.update(dict.fromkeys(("url", "author", "sha256", "text_sha256", "acquired_at")))
    if wishes.coarsen_km is not None:
        for place in payload["places"]:
            _coarsen(place, wishes.coarsen_km)
    if wishes.no_text:
        _without_text(payload)
    payload["withheld"] = wishes.words()
    return payload


def _persons(view: View, mask: Mask) -> None:
    """Every person named in a report, in the order of first mention, and every author."""
    people = {p.id: p for p in view.referents.parties if p.type in {"person", "unknown"}}
    numbers: dict[str, int] = {}
    others_too = _known_otherwise(view)
    for mention in _mentions(view):
        party = people.get(view.referents.party_of.get(mention.id) or mention.party_id or "")
        if mention.form != "name" or not (mention.type == "person" or (party and party.type == "person")):
            continue
        if _same(mention.text) in others_too or _no_name(mention.text):
            continue
        stands = f"person {numbers.setdefault(party.id if party else mention.text, len(numbers) + 1)}"
        for name in dict.fromkeys(filter(None, (mention.text, mention.party, party.name if party else None))):
            mask.add(name, stands, parts=True)
    others: list[str | None] = [*_authors(view)]
    others += [name for v in view.referents.victims for name in (v.name, v.name_original)]
    for other in filter(None, others):
        mask.add(other, f"person {numbers.setdefault(other, len(numbers) + 1)}", parts=True)


def _no_name(name: str) -> bool:
    """Whether a single word names nobody: a title, a particle, a month, or too short to be told apart."""
    return len(name.split()) == 1 and not parts_of(name)


def _same(name: str) -> str:
    return folded(name).removeprefix("the ")


def _known_otherwise(view: View) -> set[str]:
    """Names read as a person's now and then, but as often as a place's or a body's, or a publisher's."""
    persons, others = Counter[str](), Counter[str]()
    for mention in _mentions(view):
        if mention.form == "name":
            (persons if mention.type == "person" else others)[_same(mention.text)] += 1
    for place in (place for reading in view.readings for place in reading.places):
        others[_same(place.name)] += 1
    publishers = {_same(report.publisher.value) for report in view.reports if report.publisher.value}
    return publishers | {name for name, n in persons.items() if others[name] >= n}


def _authors(view: View) -> list[str]:
    """Authors that are persons: no publisher, origin or party of another kind is in their name."""
    bodies = [p.name for p in view.referents.parties if p.type not in {"person", "unknown"}]
    bodies += [report.publisher.value or "" for report in view.reports]
    bodies += [origin.name for origin in view.referents.origins]
    plain = [folded(name) for name in bodies if name]
    authors = dict.fromkeys(report.author.value for report in view.reports if report.author.value)
    persons = {party.name for party in view.referents.parties if party.type == "person"}
    return [a for a in authors if a in persons or not any(body in folded(a) for body in plain)]


def _mentions(view: View) -> Iterator[Mention]:
    for reading in view.readings:
        yield from reading.mentions


def _victims(view: View, mask: Mask) -> dict[str, list[Edit]]:
    """Names of victims everywhere; descriptions where they stand, and long ones everywhere."""
    places: dict[str, list[Edit]] = {}
    for n, victim in enumerate(view.referents.victims, 1):
        stands = f"victim {n}"
        for name in filter(None, (victim.name, victim.name_original)):
            mask.add(name, stands, parts=True)
        for words in filter(None, (victim.description, victim.text)):
            if len(words.split()) > 2:
                mask.add(words, stands)
        places.setdefault(victim.report, []).append(_edit(victim, stands))
    return places


def _edit(victim: Victim, stands: str) -> Edit:
    return Edit(victim.span[0], victim.span[1], stands)


def _sources(payload: dict[str, Any], view: View, mask: Mask) -> dict[str, str]:
    """Publishers, authors, origins, media and addresses; ids of reports, which are replaced whole too."""
    names: dict[str, int] = {}
    media = [party.name for party in view.referents.parties if party.type == "media"]
    known = [name for r in view.reports for name in (r.publisher.value, r.author.value)]
    for name in filter(None, (*known, *(origin.name for origin in view.referents.origins), *media)):
        key = _same(name)
        stands = f"source {names.setdefault(key, len(names) + 1)}"
        mask.add(name, stands)
        mask.add(key, stands)
    for author in _authors(view):
        mask.add(author, f"source {names[_same(author)]}", parts=True)
    ids: dict[str, str] = {}
    for report in payload["reports"]:
        ids[report["id"]] = stands = f"report {report['number']}"
        if len(report["id"]) > 4 and re.search(r"[^\W\d_]", report["id"]):
            mask.add(report["id"], stands)
        if report["url"]:
            mask.add(report["url"], "[address withheld]")
            mask.add(re.sub(r"^\w+://(www\.)?|[/?#].*$", "", report["url"]), "[address withheld]")
    return ids


def _retell(payload: Any, texts: dict[int, Masked]) -> None:  # noqa: ANN401
    """Move passages to where they stand in the masked text, and quote from that."""
    for report in payload["reports"]:
        text = texts[report["number"]]
        report["text"] = text.text
        for passage in report["passages"]:
            passage["start"], passage["end"] = text.span(passage["start"], passage["end"])
    for words in _all_words(payload):
        text = texts[words["report_number"]]
        words["text"] = quote(text.text, [text.span(*piece) for piece in words["pieces"]])


def _all_words(node: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401
    if isinstance(node, list):
        for each in node:
            yield from _all_words(each)
    elif isinstance(node, dict):
        if "passage" in node:
            yield node
        for each in node.values():
            yield from _all_words(each)


def _replaced(node: Any, replace: Callable[[str], str], key: str = "") -> Any:  # noqa: ANN401
    """Every string that may hold a name, replaced. Texts are masked already, which changes nothing twice."""
    if isinstance(node, str):
        return node if key in KEPT else replace(node)
    if isinstance(node, list):
        return [_replaced(each, replace, key) for each in node]
    if isinstance(node, dict):
        retold = "passages" in node or "passage" in node
        return {
            name: each if retold and name == "text" else _replaced(each, replace, name)
            for name, each in node.items()
        }
    return node


def _coarsen(place: dict[str, Any], km: float) -> None:
    """Round a point to a grid of ``km``, and let its radius be no less."""
    if place["lat"] is None or place["lon"] is None:
        return
    step = km / KM_PER_DEGREE
    lat = max(-90.0, min(90.0, round(place["lat"] / step) * step))
    wide = step / max(0.01, math.cos(math.radians(lat)))
    lon = round(place["lon"] / wide) * wide
    place["lat"], place["lon"] = round(lat, 4), round((lon + 180) % 360 - 180, 4)
    place["radius_km"] = max(place["radius_km"] or 0.0, km)


def _without_text(payload: dict[str, Any]) -> None:
    """Texts, titles and quotations out; report, span and figures stay."""
    for dispute in payload["disputes"]:
        dispute["why"] = QUOTATION.sub("“…”", dispute["why"])
        dispute["settle"] = [QUOTATION.sub("“…”", each) for each in dispute["settle"]]
        for side in (side for side in dispute["sides"] if _repeats(side)):
            side["answer"], side["verbatim"] = "in words that are withheld", [False]
            for account in side["accounts"]:
                account["answer"] = None
    for report in payload["reports"]:
        report["text"], report["title"] = None, None
    for words in _all_words(payload):
        words["text"] = None
    for finding in payload["findings"]:
        finding["text"] = QUOTATION.sub("“…”", finding["text"])
    for conflict in payload["ledger"]["conflicts"]:
        conflict["sentence"] = QUOTATION.sub("“…”", conflict["sentence"])
    for toll in (toll for row in payload["harm"] for toll in row["figures"]):
        toll["cautions"] = [QUOTATION.sub("“…”", caution) for caution in toll["cautions"]]


def _repeats(side: dict[str, Any]) -> bool:
    """Whether a side's answer repeats words of a report, be it to deny them."""
    told = [(account["answer"] or "", account["words"]["text"] or "") for account in side["accounts"]]
    return any(side["verbatim"]) or any(
        len(answer.split()) > 2 and answer in text and answer in side["answer"] for answer, text in told
    )
