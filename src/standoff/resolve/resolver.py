"""All of `resolve` in its order: parties, places, groups, incidents, victims, origins."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from standoff.model import Reading, Referents, Report
from standoff.resolve.bind import bind
from standoff.resolve.groups import resolve_groups
from standoff.resolve.incidents import resolve_incidents
from standoff.resolve.kept import Kept, Unkept
from standoff.resolve.origins import resolve_origins
from standoff.resolve.parties import resolve_parties
from standoff.resolve.places import resolve_places
from standoff.resolve.victims import resolve_victims

Ids = Sequence[Sequence[str]]


def resolve(
    reports: Sequence[Report],
    readings: Sequence[Reading],
    *,
    joined: Ids = (),
    parted: Ids = (),
    kept: Kept | None = None,
) -> Referents:
    """Referents of a set of readings.

    ``joined``/``parted`` are groups of annotation ids (mentions for parties, claims for incidents)
    that a person joined or set apart. The result does not depend on the order of reports or readings, nor
    on ``kept``, which only saves what was worked out before.
    """
    kept = kept or Unkept()
    ordered = sorted(readings, key=lambda r: (r.report, r.text_sha256))
    names = {m.id: m.party or m.text for r in ordered for m in r.mentions}
    parties, party_of = resolve_parties(
        ordered,
        [[names[i] for i in group if i in names] for group in joined],
        [[names[i] for i in group if i in names] for group in parted],
    )
    named = Referents(parties=parties, party_of=party_of)
    ordered = list(bind(ordered, named, kept))
    texts = {report.id: report.text for report in reports}
    places, place_of = resolve_places(ordered)
    groups, group_of = resolve_groups(ordered, texts, kept)
    incidents, incident_of = resolve_incidents(ordered, place_of, joined, parted, texts, places, groups, kept)
    origins, origin_of = resolve_origins(reports)
    return msgspec.structs.replace(
        named,
        places=places,
        place_of=place_of,
        groups=groups,
        group_of=group_of,
        incidents=incidents,
        incident_of=incident_of,
        victims=resolve_victims(ordered, incident_of),
        origins=origins,
        origin_of=origin_of,
    )
