"""Whether figures of one question are read as counts of one thing: the same kind of noun, the same role.

Gold gives every count of a cluster a ``question``: one label, one thing counted. Two counts *agree* when the
quantities read on their words have one class of noun (the noun itself where it is in no class; see
`standoff.resolve.groups`) and one role. Pairs of one label should agree. Pairs of different labels should
not, as far as noun and role can tell them apart: they cannot tell the same toll of two days or two villages
apart, so that this share is read as a change, not as an error. Pairs agree *loosely* when the nouns may be
joined further on, too: "27 people" and "nine workers". A count that names no noun agrees with nothing, and
so does a gold row on which no quantity was read.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from standoff.measure.gold_clusters import from_text, gold_of, names, texts_of
from standoff.model import Quantity
from standoff.resolve.counted import GENERIC, counted

Row = Mapping[str, Any]


class Key(NamedTuple):
    """What is compared of a quantity: class of its noun (None for none), whether of persons, and role."""

    noun: str | None
    persons: bool
    role: str


class RoleScore(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of gold rows and of pairs of them.

    ``roled`` rows have a noun and a role that says something (not "other"). ``same`` pairs are of one label,
    ``other`` pairs of two; ``agree`` and ``loose`` say how many of them agree.
    """

    rows: int = 0
    read: int = 0
    roled: int = 0
    same: int = 0
    same_agree: int = 0
    same_loose: int = 0
    other: int = 0
    other_agree: int = 0
    other_loose: int = 0

    def __add__(self, more: RoleScore) -> RoleScore:
        return RoleScore(**{f: getattr(self, f) + getattr(more, f) for f in self.__struct_fields__})

    def share(self, name: str) -> float:
        """A count of pairs as a share of all pairs of its sort; 0 when there are none."""
        whole = int(getattr(self, name.partition("_")[0]))
        return int(getattr(self, name)) / whole if whole else 0.0


def stretch(row: Row) -> tuple[int, int]:
    """Code points of a gold row, whichever of the two gold formats it is written in."""
    if "start" in row:
        return int(row["start"]), int(row["end"])
    return int(row["span_text_start_offset"]), int(row["span_end"])


def laid_on(row: Row, quantities: Sequence[Quantity]) -> Quantity | None:
    """The quantity read on a row's words: of those that share a code point, the one that fits them best.

    A number that stands in both comes before a longer overlap, so that "10 of the 72 hostages" is the ten.
    """
    start, end = stretch(row)
    near = [q for q in quantities if q.start < end and start < q.end]
    numbers = {row.get(k) for k in ("low", "high", "value_min", "value_max")} - {None}

    def fit(q: Quantity) -> tuple[bool, int]:
        overlap = min(q.end, end) - max(q.start, start)
        return bool(numbers & {q.low, q.high, q.best}), 2 * overlap - (q.end - q.start)

    return max(near, key=fit, default=None)


def key_of(quantity: Quantity | None) -> Key:
    """Class of the noun, whether it counts persons, and role of what was read; no class for no quantity."""
    thing = counted(quantity) if quantity is not None else None
    if quantity is None or thing is None:
        return Key(None, False, "other")
    return Key(thing.name, thing.unit == "person", quantity.role or "other")


def score_roles(rows: Iterable[Row], read: Mapping[str, Sequence[Quantity]]) -> RoleScore:
    """Score a cluster's gold counts against the quantities of its reports, by report."""
    labelled = [(str(row["question"]), laid_on(row, read.get(row["doc"], ()))) for row in rows]
    keys = [(label, key_of(quantity)) for label, quantity in labelled]
    by_label: defaultdict[str, Counter[Key]] = defaultdict(Counter)
    for label, key in keys:
        by_label[label][key] += 1
    over_all = Counter(key for _, key in keys)
    same = sum(_pairs(each.total()) for each in by_label.values())
    agree, loose = sum(map(_agreeing, by_label.values())), sum(map(_loosely, by_label.values()))
    return RoleScore(
        rows=len(keys),
        read=sum(quantity is not None for _, quantity in labelled),
        roled=sum(key.noun is not None and key.role != "other" for _, key in keys),
        same=same,
        same_agree=agree,
        same_loose=loose,
        other=_pairs(len(keys)) - same,
        other_agree=_agreeing(over_all) - agree,
        other_loose=_loosely(over_all) - loose,
    )


def _agreeing(keys: Counter[Key]) -> int:
    """Pairs that have one noun and one role."""
    return sum(_pairs(n) for key, n in keys.items() if key.noun is not None)


def _loosely(keys: Counter[Key]) -> int:
    """Pairs that have one role and one noun, or a noun for persons and a general one."""
    general: Counter[str] = Counter()
    special: Counter[str] = Counter()
    for key, n in keys.items():
        if key.persons:
            (general if key.noun in GENERIC else special)[key.role] += n
    mixed = sum(_pairs(n) for n in general.values()) + sum(n * special[role] for role, n in general.items())
    return mixed + sum(
        _pairs(n) for key, n in keys.items() if key.noun is not None and key.noun not in GENERIC
    )


def _pairs(n: int) -> int:
    """How many pairs ``n`` things make."""
    return n * (n - 1) // 2


def table(scores: Mapping[str, RoleScore]) -> str:
    """One line a cluster, and their sum."""
    total = sum(scores.values(), RoleScore())
    pairs = ("same_agree", "same_loose", "other_agree", "other_loose")
    heads = "".join(f"{name.replace('_', ' '):>20}" for name in pairs)
    lines = [f"{'cluster':16}{'rows':>5}{'read':>5}{'with role':>11}{heads}"]
    for name, each in [*scores.items(), ("all", total)]:
        told = (
            f"{getattr(each, f)}/{getattr(each, f.partition('_')[0])} {each.share(f):6.1%}" for f in pairs
        )
        lines.append(
            f"{name:16}{each.rows:5}{each.read:5}{each.roled:11}" + "".join(f"{t:>20}" for t in told)
        )
    return "\n".join(lines)


def main() -> int:
    """Print the table of every cluster with gold whose reports are there."""
    scores = {}
    for name in names():
        if texts_of(name).exists():
            view = from_text(name).view
            read = {each.report: each.quantities for each in view.readings}
            scores[name] = score_roles(gold_of(name)["quantities"], read)
    sys.stdout.write(table(scores) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
