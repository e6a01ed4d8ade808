"""From role tags and pointing scores to attributions: who (source) says (cue) what (content)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from standoff.read.encoder.network import Scores

Range = tuple[int, int]
Floats = NDArray[np.float32]
SOURCE, CUE, CONTENT = range(3)


class Linked(NamedTuple):
    """One attribution in word ranges, with the linker's confidence."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    confidence: float


class Part(NamedTuple):
    """A window's scores, the words it covers, and the words it answers for."""

    scores: Scores
    begin: int
    owned: Range
    heads: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
    """The head of every word it answers for, as a word of the whole text."""


def attributions(parts: Sequence[Part], settings: Mapping[str, float]) -> list[Linked]:
    """All attributions of a text, in the order of their cues."""
    if not parts:
        return []
    roles = np.concatenate([p.scores.roles[p.owned[0] - p.begin : p.owned[1] - p.begin] for p in parts])
    sources = spans(roles[:, SOURCE], settings["source"])
    cues = spans(roles[:, CUE], settings["cue"])
    contents = spans(roles[:, CONTENT], settings["content"])
    if not cues or not contents:
        return []
    to_cue = votes(parts, contents, cues, "cue")
    to_source = votes(parts, cues, sources, "source")
    claimed: dict[int, list[int]] = defaultdict(list)
    shares: dict[int, list[float]] = defaultdict(list)
    for content, options in sorted(to_cue.items()):
        cue, share = max(options.items(), key=lambda item: (item[1], -item[0]))
        if cue >= 0 and share >= settings["link"]:
            claimed[cue].append(content)
            shares[cue].append(share)
    made = []
    for cue in sorted(claimed):
        options = to_source.get(cue, {})
        source = _best(options, settings["sourceless"])
        held = tuple(contents[k] for k in claimed[cue])
        facts = {
            "cue": surety(roles[:, CUE], cues[cue : cue + 1]),
            "content": surety(roles[:, CONTENT], held),
            "link": max(shares[cue]),
            "source": options.get(source, 0.0),
            "named": float(source >= 0),
        }
        confidence = trust(facts, settings)
        if confidence >= settings["keep"]:
            named = () if source < 0 else (sources[source],)
            made.append(Linked(named, (cues[cue],), held, round(confidence, 4)))
    return made


def trust(facts: Mapping[str, float], settings: Mapping[str, float]) -> float:
    """How likely an attribution is right (0 to 1): a logistic model of its shares."""
    weight = settings["weight_bias"] + sum(settings["weight_" + k] * logit(v) for k, v in facts.items())
    return float(1.0 / (1.0 + np.exp(-weight)))


def logit(share: float) -> float:
    """Log-odds of a share, kept within -5 to 5."""
    bounded = min(max(share, 0.0067), 0.9933)
    return float(np.log(bounded / (1.0 - bounded)))


def spans(role: Floats, lean: float) -> list[Range]:
    """Word ranges of one role from its (N, 3) log-probabilities; ``lean`` above 0 finds more."""
    inside = np.logaddexp(role[:, 1], role[:, 2]) + lean > role[:, 0]
    before = np.concatenate([[False], inside[:-1]])
    begins = np.flatnonzero(inside & (~before | (role[:, 1] > role[:, 2])))
    after = np.concatenate([inside[1:], [False]])
    ends = np.flatnonzero(inside & ~after) + 1
    # A range runs to the next begin or to the end of its run, whichever comes first.
    limit = ends[np.searchsorted(ends, begins, side="right")] if len(begins) else ends
    following = np.concatenate([begins[1:], [len(role)]]) if len(begins) else begins
    return [(int(a), int(min(b, c))) for a, b, c in zip(begins, limit, following, strict=True)]


def votes(
    parts: Sequence[Part], pointing: Sequence[Range], targets: Sequence[Range], link: str
) -> dict[int, dict[int, float]]:
    """For each pointing range, the share of its words' votes each target gets; -1 stands for itself."""
    found: dict[int, dict[int, float]] = {}
    for part in parts:
        width = len(part.scores.start)
        for n, (a, b) in _touching(pointing, part.owned):
            rows = slice(max(a, part.owned[0]) - part.begin, min(b, part.owned[1]) - part.begin)
            scores = getattr(part.scores, link)[rows].astype(np.float32)
            share = np.exp(scores - scores.max(axis=1, keepdims=True))
            ahead = np.concatenate([[0.0], (share / share.sum(axis=1, keepdims=True)).sum(axis=0).cumsum()])
            mine = found.setdefault(n, {})
            own = (max(a - part.begin, 0), min(b - part.begin, width))
            mine[-1] = mine.get(-1, 0.0) + float(ahead[own[1]] - ahead[own[0]]) / (b - a)
            for m, (c, d) in _touching(targets, (part.begin, part.begin + width)):
                low, high = max(c - part.begin, 0), min(d - part.begin, width)
                mine[m] = mine.get(m, 0.0) + float(ahead[high] - ahead[low]) / (b - a)
    return found


def surety(role: Floats, ranges: Sequence[Range]) -> float:
    """Mean probability that the words of these ranges do belong to the role."""
    inside = [1.0 - np.exp(role[a:b, 0]) for a, b in ranges]
    return float(np.concatenate(inside).mean())


def _touching(ranges: Sequence[Range], window: Range) -> list[tuple[int, Range]]:
    """Numbered ranges that share a word with the window; ``ranges`` are in order and apart."""
    low = bisect_right(ranges, window[0], key=lambda r: r[1])
    high = bisect_left(ranges, window[1], key=lambda r: r[0])
    return [(n, ranges[n]) for n in range(low, high)]


def _best(options: Mapping[int, float], sourceless: float) -> int:
    """The source with most votes, or -1 when none beats the vote for "no source named"."""
    if not options:
        return -1
    best, _ = max(
        options.items(), key=lambda item: (item[1] * (sourceless if item[0] < 0 else 1.0), -item[0])
    )
    return best
