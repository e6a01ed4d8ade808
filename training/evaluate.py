"""Measure packaged weights: ``python -m training.evaluate --data ../shared/data``.

LINKED: content token IoU >= 0.5 and sources that share a token (or are both empty), one to one.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment
from spacy.tokens import Doc

from standoff.read.encoder.links import CONTENT, CUE, SOURCE, attributions, spans
from standoff.read.encoder.weights import FOLDER, load_weights
from standoff.read.host import Host, words_of
from training.prepare import ROLES, polnear

QUOTES = set('"“”„«»') | {"''", "``"}


class Attribution(NamedTuple):
    """One attribution as sets of word numbers."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


def agrees(a: Attribution, b: Attribution) -> float:
    """Content IoU when two attributions count as the same, else 0."""
    shared = len(a.content & b.content) / max(1, len(a.content | b.content))
    sources = bool(a.source & b.source) or not (a.source or b.source)
    return shared if shared >= 0.5 and sources else 0.0


def match(found: Sequence[Attribution], gold: Sequence[Attribution]) -> list[tuple[int, int]]:
    """Best one-to-one pairing of found and gold attributions."""
    if not found or not gold:
        return []
    merit = np.zeros((len(found), len(gold)))
    for i, a in enumerate(found):
        for j, b in enumerate(gold):
            if a.content & b.content:
                merit[i, j] = agrees(a, b)
    rows, columns = linear_sum_assignment(-merit)
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if merit[i, j] > 0]


def f1(right: float, found: float, gold: float) -> dict[str, float]:
    """Precision, recall and F1 of counts."""
    p, r = right / max(found, 1), right / max(gold, 1)
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / max(p + r, 1e-9), 4)}


class Tally:
    """Counts over documents."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()

    def add(self, words: Sequence[str], found: Sequence[Attribution], gold: Sequence[Attribution]) -> None:
        """Count one document."""
        quoted = {k for k, w in enumerate(words) if w in QUOTES}
        kinds_found = ["q" if a.content & quoted else "u" for a in found]
        kinds_gold = ["q" if a.content & quoted else "u" for a in gold]
        pairs = match(found, gold)
        c = self.count
        for kind in kinds_found:
            c["found " + kind] += 1
        for kind in kinds_gold:
            c["gold " + kind] += 1
        for i, j in pairs:
            c["right p " + kinds_found[i]] += 1
            c["right r " + kinds_gold[j]] += 1
            c["exact"] += found[i].content == gold[j].content
        for n, role in enumerate(ROLES):
            mine = set().union(*(a[n] for a in found))
            theirs = set().union(*(a[n] for a in gold))
            c["tok found " + role] += len(mine)
            c["tok gold " + role] += len(theirs)
            c["tok right " + role] += len(mine & theirs)

    def report(self) -> dict[str, Any]:
        """Scores of all documents so far."""
        c = self.count
        total = {k: c[k + " q"] + c[k + " u"] for k in ("found", "gold", "right p")}
        out: dict[str, Any] = {"linked": f1(total["right p"], total["found"], total["gold"])}
        for kind, name in (("q", "quoted"), ("u", "unquoted")):
            p = c["right p " + kind] / max(1, c["found " + kind])
            r = c["right r " + kind] / max(1, c["gold " + kind])
            out[name] = {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / max(1e-9, p + r), 4)}
        out["exact content"] = f1(c["exact"], total["found"], total["gold"])
        for role in ROLES:
            out["tokens " + role] = f1(*(c[f"tok {k} {role}"] for k in ("right", "found", "gold")))
        return out


def gold_of(doc: Doc, places: Sequence[int], entries: Iterable[dict[str, Any]]) -> list[Attribution]:
    """Gold attributions as word numbers."""
    at = [(doc[int(i)].idx, doc[int(i)].idx + len(doc[int(i)])) for i in places]
    starts = np.array([a for a, _ in at])
    ends = np.array([b for _, b in at])

    def words(pieces: Iterable[Sequence[int]]) -> frozenset[int]:
        return frozenset(int(k) for s, e in pieces for k in np.flatnonzero((starts < e) & (ends > s)))

    return [Attribution(*(words(x[r]) for r in ROLES)) for x in entries]


def as_sets(linked: Iterable[Any]) -> list[Attribution]:
    """Found attributions as word numbers."""
    return [
        Attribution(*(frozenset(k for a, b in getattr(x, r) for k in range(a, b)) for r in ROLES))
        for x in linked
    ]


def readings(
    host: Host, texts: Iterable[tuple[str, str, Any]]
) -> list[tuple[list[str], list[Any], list[Attribution]]]:
    """Words, network scores and gold of every text (scores are kept so that decoding can be tuned)."""
    kept = []
    for _, text, entries in texts:
        doc = host._nlp.make_doc(text)
        words, places, gaps = words_of(doc)
        kept.append((words, host.parts(words, gaps), gold_of(doc, places, entries)))
    return kept


def score(
    kept: Iterable[tuple[list[str], list[Any], list[Attribution]]], settings: dict[str, float]
) -> dict[str, Any]:
    """Attribution scores under one setting of the decoder."""
    tally = Tally()
    for words, parts, gold in kept:
        tally.add(words, as_sets(attributions(parts, settings)), gold)
    return tally.report()


def tags_alone(kept: Iterable[tuple[list[str], list[Any], list[Attribution]]]) -> dict[str, Any]:
    """Token F1 of the role taggers before linking."""
    c: Counter[tuple[str, int]] = Counter()
    for _, parts, gold in kept:
        roles = np.concatenate([p.scores.roles[p.owned[0] - p.begin : p.owned[1] - p.begin] for p in parts])
        for n in (SOURCE, CUE, CONTENT):
            mine = {k for a, b in spans(roles[:, n], 0.0) for k in range(a, b)}
            theirs = set().union(*(a[n] for a in gold))
            c["found", n] += len(mine)
            c["gold", n] += len(theirs)
            c["right", n] += len(mine & theirs)
    return {ROLES[n]: f1(c["right", n], c["found", n], c["gold", n]) for n in (SOURCE, CUE, CONTENT)}


def agreement(
    host: Host, texts: Iterable[tuple[str, str, Any]], parsed: list[dict[str, Any]]
) -> dict[str, float]:
    """How often the encoder says what its teacher said (dev texts, never trained on)."""
    c: Counter[str] = Counter()
    for (_, text, _), teacher in zip(texts, parsed, strict=True):
        doc = host.doc(text)
        words = [t for t in doc if not t.is_space]
        number = {t.i: k for k, t in enumerate(words)}
        for k, token in enumerate(words):
            c["n"] += 1
            c["tag"] += token.tag_ == teacher["tag"][k]
            c["pos"] += token.pos_ == teacher["pos"][k]
            head = number.get(token.head.i) == teacher["head"][k]
            c["uas"] += head
            c["las"] += head and token.dep_ == teacher["dep"][k]
            c["start right"] += bool(token.is_sent_start) and teacher["start"][k]
            c["start found"] += bool(token.is_sent_start)
            c["start gold"] += teacher["start"][k]
        mine, theirs = (
            set(_names([t.ent_iob_ + "-" + t.ent_type_ for t in words])),
            set(_names(teacher["ent"])),
        )
        c["ner right"] += len(mine & theirs)
        c["ner found"] += len(mine)
        c["ner gold"] += len(theirs)
    out = {k: round(c[k] / c["n"], 4) for k in ("tag", "pos", "uas", "las")}
    for k in ("start", "ner"):
        out[k + " f1"] = f1(c[k + " right"], c[k + " found"], c[k + " gold"])["f1"]
    return out


def _names(labels: Sequence[str]) -> Iterable[tuple[int, int, str]]:
    begin, kind = -1, ""
    for k, label in enumerate([*labels, "O"]):
        if begin >= 0 and not label.startswith("I"):
            yield begin, k, kind
            begin = -1
        if label.startswith("B"):
            begin, kind = k, label[2:]


def speed(host: Host, texts: Sequence[str]) -> float:
    """Words a second, end to end, on one thread."""
    host.doc(texts[0])
    began = time.perf_counter()
    words = sum(len(doc) for doc in host.docs(texts))
    return words / (time.perf_counter() - began)


def main() -> None:
    """Print every figure as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--weights", type=Path, default=FOLDER)
    options = parser.parse_args()
    weights = load_weights(options.weights)
    host = Host(weights, 1)
    texts = list(polnear(options.data / "polnear/dev"))
    kept = readings(host, texts)
    out = {"attributions": score(kept, weights.decode), "role tags alone": tags_alone(kept)}
    parsed = pickle.loads((options.cache / "polnear-dev.pickle").read_bytes())
    out["agreement with the teacher"] = agreement(host, texts, parsed)
    out["words a second"] = {"docs": round(speed(host, [t for _, t, _ in texts][:30]))}
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
