"""Floors hold, rise, and fall only for a stated reason; and every layer stands above its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from standoff.errors import InputError
from standoff.measure.__main__ import main
from standoff.measure.corpora import CORPORA, Corpus, Scored, digest, score_corpus
from standoff.measure.floors import Floors, Lowered, load_floors, pin, verdict, write_floors
from standoff.measure.pages import write_page
from standoff.measure.tables import markdown
from tests.corpora import corpus as beside


def scored(score: float, sha256: str = "aa", name: str = "PolNeAR dev", part: str = "whole") -> Scored:
    return Scored(
        corpus=name,
        layer="statements",
        part=part,
        digest=sha256,
        scores={"LINKED F1": score},
        documents=2,
        words=10,
        seconds=0.1,
    )


def pinned(score: float) -> Floors:
    floors, refused = pin(Floors(), [scored(score)])
    assert not refused
    return floors


@pytest.mark.parametrize(
    ("score", "stands"), [(71.0, "above"), (70.0, "holds"), (69.0, "holds"), (68.9, "below"), (0.0, "below")]
)
def test_a_score_holds_within_the_tolerance(score: float, stands: str):
    assert verdict(pinned(70.0), scored(score), "LINKED F1") == stands


def test_other_data_is_said_and_not_compared():
    assert verdict(pinned(70.0), scored(99.0, sha256="bb"), "LINKED F1") == "other data"
    assert "OTHER DATA" in "".join(markdown([scored(99.0, sha256="bb")], pinned(70.0)))


def test_a_measure_without_a_floor_says_so():
    assert verdict(Floors(), scored(70.0), "LINKED F1") == "not pinned"


def test_pinning_raises_and_never_lowers_by_itself():
    floors, refused = pin(pinned(70.0), [scored(72.5)])
    assert (floors.floor[0].score, refused) == (72.5, [])
    floors, refused = pin(floors, [scored(72.4)])
    assert floors.floor[0].score == 72.5
    assert len(refused) == 1
    assert "--lower" in refused[0]


def test_a_floor_falls_only_with_its_reason():
    floors, refused = pin(pinned(70.0), [scored(65.0)], "smaller weights")
    assert not refused
    assert floors.floor[0].score == 65.0
    assert floors.lowered == (
        Lowered(
            corpus="PolNeAR dev",
            part="whole",
            measure="LINKED F1",
            before=70.0,
            after=65.0,
            reason="smaller weights",
        ),
    )
    # a later rise keeps what was told
    assert pin(floors, [scored(80.0)])[0].lowered == floors.lowered


def test_floors_of_other_data_stay_without_a_reason():
    floors, refused = pin(pinned(70.0), [scored(90.0, sha256="bb")])
    assert floors == pinned(70.0)
    assert len(refused) == 1
    floors, refused = pin(pinned(70.0), [scored(90.0, sha256="bb")], "the corpus was mended")
    assert not refused
    assert verdict(floors, scored(90.0, sha256="bb"), "LINKED F1") == "holds"


def test_floors_are_written_and_read_back(tmp_path: Path):
    floors, _ = pin(pinned(70.0), [scored(65.5), scored(1, name="LGL", part="quick")], 'a "quoted" reason, ü')
    write_floors(floors, tmp_path / "floors.toml")
    assert load_floors(tmp_path / "floors.toml") == floors
    assert load_floors(tmp_path / "none.toml") == Floors()


def test_a_damaged_file_of_floors_is_one_sentence(tmp_path: Path):
    (tmp_path / "floors.toml").write_text("floor = 3\n")
    with pytest.raises(InputError, match=r"no file of floors"):
        load_floors(tmp_path / "floors.toml")


def test_without_the_data_there_is_one_clear_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main([str(tmp_path / "nowhere")]) == InputError.exit_code
    assert main([str(tmp_path)]) == InputError.exit_code
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2
    assert "development data is not here" in told[0]
    assert "PolNeAR dev is not here" in told[1]


def test_a_page_keeps_what_was_written_by_hand(tmp_path: Path):
    page = tmp_path / "page.md"
    write_page(["# First"], page)
    page.write_text(page.read_text() + "a word of mine\n")
    write_page(["# Second"], page)
    assert page.read_text().startswith("# Second\n")
    assert page.read_text().endswith("a word of mine\n")


def test_the_digest_is_of_names_and_bytes(tmp_path: Path):
    made = next(each for each in CORPORA if each.name == "TimeBank")
    file = tmp_path / made.files[0]
    file.parent.mkdir()
    file.write_text("{}")
    first = digest(made, tmp_path)
    assert first == digest(made, tmp_path)
    file.write_text("{} ")
    assert digest(made, tmp_path) != first


@pytest.mark.corpus
@pytest.mark.parametrize("made", CORPORA, ids=lambda made: made.name)
def test_every_layer_stands_above_its_floor(made: Corpus):
    floors = load_floors()
    (score,) = score_corpus(made, beside("data"), quick=True)
    if not floors.same_data(score):
        pytest.skip(f"{made.name} is other data than its floors were pinned on")
    stands = {measure: verdict(floors, score, measure) for measure in score.scores}
    broken = {measure: score.scores[measure] for measure, each in stands.items() if each == "below"}
    assert not broken, f"{made.name} fell below its floors: {broken}"
    assert "not pinned" not in stands.values()
