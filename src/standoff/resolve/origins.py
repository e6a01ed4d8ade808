"""Origins: which reports carry the same words, so that copies count once.

Two tests, each kept as evidence: nearly the same text (shared eight-word runs), and a credited
agency whose story stands in the record too.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from standoff.model import Origin, Report
from standoff.model.ids import derived_id
from standoff.resolve.union import Union

RUN = 8
SKETCH = 96
SHARED = 0.5
_WORD = re.compile(r"\w+")


def resolve_origins(reports: Sequence[Report]) -> tuple[tuple[Origin, ...], dict[str, str]]:
    """Origins with their evidence, and the map from report ids to origin ids. Near linear."""
    ordered = sorted((r for r in reports if r.text), key=lambda r: r.id)
    runs = {report.id: _runs(report.text) for report in ordered}
    union = Union(report.id for report in ordered)
    why: dict[str, str] = {}
    for first, second in _candidates(runs):
        share = len(runs[first] & runs[second]) / max(1, min(len(runs[first]), len(runs[second])))
        if share >= SHARED and _lengths_fit(runs[first], runs[second]):
            union.join(first, second)
            why[second] = f"{share:.0%} of its eight-word runs stand in {first} too"
    return _origins({report.id: report for report in ordered}, union, why)


@lru_cache(maxsize=8192)
def _runs(text: str) -> frozenset[int]:
    words = [word.encode() for word in _WORD.findall(text.casefold())]
    joined = memoryview(b" ".join(words))
    ends = list(accumulate(len(word) + 1 for word in words))
    starts = [0, *ends]
    return frozenset(
        zlib.crc32(joined[starts[i] : end - 1])
        for i, end in enumerate(ends[min(RUN, len(ends)) - 1 :] or [1])
    )


def _candidates(runs: dict[str, frozenset[int]]) -> list[tuple[str, str]]:
    """Pairs that share a run of their sketches (the smallest hashes), so not all pairs are compared."""
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for report, hashes in runs.items():
        for each in _smallest(hashes):
            holders[each].append(report)
    pairs = {(group[0], other) for group in holders.values() for other in group[1:]}
    return sorted(pairs)


@lru_cache(maxsize=8192)
def _smallest(hashes: frozenset[int]) -> tuple[int, ...]:
    return tuple(sorted(hashes)[:SKETCH])


def _lengths_fit(a: frozenset[int], b: frozenset[int]) -> bool:
    """A short quotation inside a long report is no copy of it."""
    return min(len(a), len(b)) >= 0.3 * max(len(a), len(b))


def _origins(
    reports: dict[str, Report], union: Union, why: dict[str, str]
) -> tuple[tuple[Origin, ...], dict[str, str]]:
    origins, origin_of = [], {}
    for members in union.groups():
        lead = min(members, key=lambda r: (reports[r].published.value or "9999", r))
        name = reports[lead].publisher.value or lead
        identity = derived_id("or", reports[lead].text_sha256)
        evidence = (
            "; ".join(f"{m}: {why[m]}" for m in members if m in why) or "the only report with these words"
        )
        origins.append(Origin(id=identity, name=name, reports=tuple(members), evidence=evidence))
        origin_of.update(dict.fromkeys(members, identity))
    return tuple(origins), origin_of
