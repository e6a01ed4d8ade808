"""Ablations: every part is swapped where it is held, put back, and missed by the score it serves."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from standoff.errors import InputError
from standoff.measure.ablations import __main__ as command
from standoff.measure.ablations.cuts import Block, Cut, blocks
from standoff.measure.ablations.run import Row, ablate
from standoff.measure.corpora import CORPORA, Corpus, given
from standoff.measure.swap import Swap, swapped
from standoff.read import layers

TEXT = (
    'Orla Venn, the mayor of Paris, said on Monday that 40 people had fled. "We will return," Venn told '
    "reporters. Gunmen of the Red Dawn Front had kidnapped two priests, the police said."
)


def at(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def lines(path: Path, *rows: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def span(words: str) -> list[list[int]]:
    return [[TEXT.index(words), TEXT.index(words) + len(words)]]


def gold(layer: str, folder: Path) -> Path:
    """Invented gold of one report for a layer."""
    own = folder / "own.jsonl"
    if layer == "times":
        timex = {**at("Monday"), "type": "DATE", "value": "2031-05-05"}
        return lines(own, {"doc": "d", "text": TEXT, "dct": "2031-05-07", "timex": [timex]})
    if layer == "places":
        paris = {**at("Paris"), "name": "Paris", "lat": 48.85, "lon": 2.35}
        return lines(own, {"doc": "d", "text": TEXT, "toponyms": [paris]})
    if layer == "claims":
        template = {"PERP: ORGANIZATION ID": ['"RED DAWN FRONT"'], "HUM TGT: DESCRIPTION": ['"PRIESTS"']}
        return lines(own, {"doc": "d", "text": TEXT.upper(), "templates": [template]})
    if layer == "quantities":
        lines(folder / "made" / "reports.jsonl", {"id": "r", "text": TEXT})
        row = {**at("40"), "low": 40, "high": 40, "best": 40, "bound": "=", "kind": "count"}
        rows = [row | {"source": "Orla Venn"}]
        return lines(own, {"doc": "r", "corpus": "made", "id": "s", "start": 0, "end": 70, "rows": rows})
    (folder / "polnear").mkdir()
    (folder / "polnear" / "d.txt").write_text(TEXT, encoding="utf-8")
    said = [
        {"source": span("Orla Venn, the mayor of Paris"), "cue": span("said"),
         "content": span("that 40 people had fled")},
        {"source": span("Venn"), "cue": span("told"), "content": span('"We will return,"')},
    ]  # fmt: skip
    lines(folder / "polnear" / "gold.jsonl", {"doc": "d", "text_file": "d.txt", "attributions": said})
    return folder / "polnear"


def made(layer: str, tmp_path: Path) -> tuple[Block, Corpus, Path]:
    """The layer's block over the invented gold, with all its measures."""
    corpus, folder = given(layer, gold(layer, tmp_path), tmp_path)
    block = next(each for each in blocks() if each.layer == layer)
    names = tuple(dict.fromkeys(name for each in block.measures.values() for name in each))
    return block._replace(measures={corpus.name: names}), corpus, folder


@pytest.fixture
def rows(layer: str, tmp_path: Path) -> list[Row]:
    block, corpus, folder = made(layer, tmp_path)
    held = {name: vars(layers)[name] for name in ("find_times", "find_places", "find_claims", "_not_persons")}
    found = list(ablate(block, corpus, folder))
    assert {name: vars(layers)[name] for name in held} == held
    assert len(found) == len(block.cuts) * len(block.measures[corpus.name])
    return found


@pytest.mark.parametrize(
    ("layer", "measure", "start"),
    [
        ("times", "value F1", "the publication date"),
        ("places", "end-to-end F1", "judge of names (all"),
        ("quantities", "value, bound and source", "source: statements"),
        ("claims", "entity micro-F1", "the encoder"),
        ("statements", "LINKED F1", "the encoder"),
    ],
)
def test_a_layer_misses_the_part_it_rests_on(rows: list[Row], measure: str, start: str):
    (row,) = [each for each in rows if each.measure == measure and each.out.startswith(start)]
    assert row.whole > row.without
    assert row.change == pytest.approx(row.without - row.whole)
    assert row.change_interval[0] <= row.change <= row.change_interval[1]


def swaps() -> list[Swap]:
    return [each for block in blocks() for cut in block.cuts for each in cut.swaps]


def told(swap: Swap) -> str:
    """A name for a swap that is the same in every process."""
    owner = swap.owner if isinstance(swap.owner, str) else type(swap.owner).__name__
    return f"{owner}.{swap.name}"


@pytest.mark.parametrize("swap", swaps(), ids=told)
def test_a_swap_is_of_something_that_is_there_and_is_put_back(swap: Swap):
    owner = import_module(f"standoff.read.{swap.owner}") if isinstance(swap.owner, str) else swap.owner
    before = vars(owner)[swap.name]
    with swapped([swap]):
        assert vars(owner)[swap.name] is swap.by
    assert vars(owner)[swap.name] is before


def test_what_breaks_in_the_middle_puts_back_too():
    before = layers.find_places
    with pytest.raises(ZeroDivisionError), swapped([Swap("layers", "find_places", None)]):
        raise ZeroDivisionError
    assert layers.find_places is before
    with (
        pytest.raises(KeyError),
        swapped([Swap("layers", "find_places", None), Swap("reader", "none", None)]),
    ):
        pass
    assert layers.find_places is before


def test_every_block_names_a_corpus_of_its_layer_and_no_cut_twice():
    layers = {each.name: each.layer for each in CORPORA}
    for block in blocks():
        assert {layers.get(name, block.layer) for name in block.measures} == {block.layer}
        assert len({cut.out for cut in block.cuts}) == len(block.cuts)


def test_the_command_writes_its_tables_and_keeps_what_was_written_by_hand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    block, corpus, folder = made("times", tmp_path)
    anchor = next(cut for cut in block.cuts if cut.out.startswith("the publication date"))
    monkeypatch.setattr(command, "CORPORA", (corpus,))
    monkeypatch.setattr(command, "blocks", lambda: (block._replace(cuts=(anchor, Cut("nothing"))),))
    page = tmp_path / "page.md"
    assert command.main([str(folder), "--write", str(page)]) == 0
    page.write_text(page.read_text() + "a word of mine\n")
    assert command.main([str(folder), "--write", str(page)]) == 0
    told = page.read_text()
    value = "own.jsonl | value F1 | 100.0 (100.0–100.0)"
    assert "## Times" in told
    assert f"| {anchor.out} | {value} | 0.0 (0.0–0.0) | −100.0 (−100.0 to −100.0) |" in told
    assert f"| nothing | {value} | 100.0 (100.0–100.0) | +0.0 (+0.0 to +0.0) |" in told
    assert told.endswith("a word of mine\n")
    assert "own.jsonl, value F1: 100.0 -> 0.0" in capsys.readouterr().out


def test_without_the_data_there_is_one_clear_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert command.main([str(tmp_path / "nowhere")]) == InputError.exit_code
    assert command.main([str(tmp_path), "--layer", "times"]) == InputError.exit_code
    told = capsys.readouterr().err.splitlines()
    assert "development data is not here" in told[0]
    assert "TimeBank is not here" in told[1]
