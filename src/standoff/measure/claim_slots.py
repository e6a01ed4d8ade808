"""The slots of MUC-4 that nobody has published since 1992: date, place, number and confidence.

All of them from what `read` publishes. Only claims with a participant that the model of roles found
count (as in `measure.claims.slots_of`).

- *Date*: the ``when`` of these claims against the keys' dates, one to one. A key's "- 11 JAN 90" is met
  by any date up to it, a range by any date within it; a claim's month or year is met only by itself.
- *Place*: the names and canonical names of the claims' places against the last, most exact name of each
  key's location, one to one.
- *Number*: of the people and things hit that were found and whose key gives a number, how many have it:
  the best or lowest figure among the claim's quantities that stand at the name, else 1 for a singular.
- *Confidence*: of the organisations found whose key says how sure the report is, how many claims say the
  same: in the report's own voice (fact), by the accused (claimed), by an authority, by others, or as
  something possible.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from standoff.measure.claims import most_pairs, plain
from standoff.model import Actor, Claim, Quantity, Reading, Statement

Template = Mapping[str, list[str]]
_DAY = re.compile(r"(\d{1,2}) ([A-Z]{3}) (\d{2})")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_AUTHORITIES = re.compile(
    r"\b(?:police|army|military|government|ministry|minister|armed forces|authorities|commander|colonel|"
    r"general|judge|court|president|security|troops|officials?)\b"
)


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Right answers, answers given, answers asked for; for number and confidence the last two are equal."""

    right: int = 0
    given: int = 0
    asked: int = 0

    def plus(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(
            right=self.right + other.right, given=self.given + other.given, asked=self.asked + other.asked
        )

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; for number and confidence the share that is right."""
        both = self.given + self.asked
        return 2 * self.right / both if both else 0.0


def score_report(templates: Sequence[Template], reading: Reading) -> dict[str, Counts]:
    """The four slots of one report."""
    claims = [c for c in reading.claims if c.type == "ASSAULT" and any(a.kind for a in _all(c))]
    return {
        "date": _dates(templates, claims),
        "place": _places(templates, claims, reading),
        "number": _numbers(templates, claims, reading),
        "confidence": _confidences(templates, claims, reading),
    }


def _all(claim: Claim) -> tuple[Actor, ...]:
    return (*claim.actors, *claim.targets, *claim.instruments)


def _paired(found: Sequence[object], asked: Sequence[object], fits: list[list[int]]) -> Counts:
    return Counts(right=most_pairs(fits), given=len(found), asked=len(asked))


def _dates(templates: Sequence[Template], claims: Sequence[Claim]) -> Counts:
    asked = sorted({entry for t in templates for entry in t.get("INCIDENT: DATE", ()) if _DAY.search(entry)})
    found = sorted({c.when for c in claims if c.when})
    fits = [[j for j, entry in enumerate(asked) if meets(when, entry)] for when in found]
    return _paired(found, asked, fits)


def meets(when: str, entry: str) -> bool:
    """Whether an EDTF date is what a key's date says."""
    days = [date(1900 + int(y), _MONTHS.index(m) + 1, int(d)) for d, m, y in _DAY.findall(entry)]
    try:
        day = date.fromisoformat(when)
    except ValueError:
        return False
    if "/" in entry:
        return day in days
    if len(days) == 2:
        return days[0] <= day <= days[1]
    return day <= days[0] if entry.strip().startswith("-") else day == days[0]


def _places(templates: Sequence[Template], claims: Sequence[Claim], reading: Reading) -> Counts:
    asked = sorted({_last(entry) for t in templates for entry in t.get("INCIDENT: LOCATION", ())})
    held = {p.id: {plain(p.name), plain(p.canonical or p.name)} for p in reading.places}
    found = {frozenset(held[each]) for c in claims for each in c.places if each in held}
    names = sorted(found, key=sorted)
    fits = [[j for j, entry in enumerate(asked) if entry in each] for each in names]
    return _paired(names, asked, fits)


def _last(entry: str) -> str:
    """The most exact name of a location: "COUNTRY: TOWN (CITY): QUARTER (NEIGHBORHOOD)"."""
    return plain(re.sub(r"\([^)]*\)", " ", entry.split(":")[-1].split(" - ")[0]))


def _numbers(templates: Sequence[Template], claims: Sequence[Claim], reading: Reading) -> Counts:
    keys = dict(_valued(templates, ("HUM TGT: NUMBER", "PHYS TGT: NUMBER")))
    quantities = {q.id: q for q in reading.quantities}
    right = asked = 0
    for claim in claims:
        for actor in claim.targets:
            wanted = re.match(r"\d+$", keys.get(plain(actor.label or actor.name), "")) if actor.kind else None
            if wanted:
                asked += 1
                right += number_of(
                    actor, [quantities[q] for q in claim.quantities if q in quantities]
                ) == int(wanted[0])
    return Counts(right=right, given=asked, asked=asked)


def number_of(actor: Actor, quantities: Sequence[Quantity]) -> float | None:
    """How many a participant is: the figure right at its words, else 1 unless its noun is a plural."""
    for quantity in quantities:
        near = any(start - 12 <= quantity.start < end for start, end in actor.mentions)
        if quantity.kind == "count" and near:
            return quantity.best if quantity.best is not None else quantity.low
    return None if plain(actor.label or actor.name).endswith("s") else 1


def _valued(templates: Sequence[Template], fields: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(name, value) of every entry of the form `VALUE: "NAME" / "OTHER NAME"`."""
    for template in templates:
        for field in fields:
            for entry in template.get(field, ()):
                value, _, names = entry.partition(":")
                yield from ((plain(name), value.strip(" ?()")) for name in _QUOTED.findall(names))


def _confidences(templates: Sequence[Template], claims: Sequence[Claim], reading: Reading) -> Counts:
    keys = dict(_valued(templates, ("PERP: ORGANIZATION CONFIDENCE",)))
    statements = {s.id: s for s in reading.statements}
    right = asked = 0
    for claim in claims:
        for actor in claim.actors:
            wanted = keys.get(plain(actor.label or actor.name)) if actor.kind == "organisation" else None
            if wanted:
                asked += 1
                right += confidence_of(claim, actor, statements.get(claim.statement or "")) in wanted.split(
                    " / "
                )
    return Counts(right=right, given=asked, asked=asked)


def confidence_of(claim: Claim, actor: Actor, statement: Statement | None) -> str:
    """How sure a report is that an organisation did it, in MUC-4's words."""
    if claim.modality in {"hypothetical", "conditional"}:
        return "POSSIBLE"
    if statement is None or statement.voice == "report":
        return "REPORTED AS FACT"
    speaker = plain(f"{statement.party or ''} {statement.represents or ''}")
    if speaker and (
        plain(actor.label or actor.name) in speaker or (statement.party_id or 0) == actor.party_id
    ):
        return "CLAIMED OR ADMITTED"
    authority = _AUTHORITIES.search(speaker) is not None
    return "SUSPECTED OR ACCUSED BY AUTHORITIES" if authority else "SUSPECTED OR ACCUSED"
