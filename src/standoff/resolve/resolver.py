"""All of `resolve` in its order: parties, places, groups, incidents, victims, origins."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from standoff.model import Reading, Referents, Report
from standoff.resolve.bind import bind
from standoff.resolve.entities import Names
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
    names = {m.id: m.party or m.text for r in ordered for m in r.mentions} if joined or parted else {}
    one = [[names[i] for i in group if i in names] for group in joined]
    two = [[names[i] for i in group if i in names] for group in parted]
    told: Names = kept.last.setdefault("names", Names())
    parties, party_of = kept.stage(
        "parties",
        [layer for each in ordered for layer in (each.mentions, each.statements)],
        lambda: resolve_parties(ordered, one, two, told),
        (one, two, [each.report for each in ordered]),
    )
    named = Referents(parties=parties, party_of=party_of)
    bound = list(bind(ordered, named, kept))
    texts = {report.id: report.text for report in reports}
    places, place_of = kept.stage(
        "places",
        [each.places for each in bound],
        lambda: resolve_places(bound),
        [each.report for each in bound],
    )
    groups, group_of = resolve_groups(bound, texts, kept)
    happened = [[i for i in group if i not in names] for group in joined]
    apart = [[i for i in group if i not in names] for group in parted]
    incidents, incident_of = resolve_incidents(bound, place_of, happened, apart, texts, places, groups, kept)
    by_id = sorted(reports, key=_id)
    origins, origin_of = kept.stage("origins", by_id, lambda: resolve_origins(reports))
    return msgspec.structs.replace(
        named,
        places=places,
        place_of=place_of,
        groups=groups,
        group_of=group_of,
        incidents=incidents,
        incident_of=incident_of,
        victims=resolve_victims(bound, incident_of, texts, kept),
        origins=origins,
        origin_of=origin_of,
    )


def _id(report: Report) -> str:
    return report.id
