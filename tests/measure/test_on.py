"""Gold of one's own: measured like the development data, and refused in one sentence when it is none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from standoff.errors import InputError, UsageError
from standoff.measure.__main__ import main
from standoff.measure.corpora import FORMS, given
from standoff.measure.listing import CHECKOUT

TEXT = "Orla Venn said on Monday that 40 people had fled to Paris."


def lines(path: Path, *rows: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def at(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def timeml(tmp_path: Path) -> Path:
    timex = {**at("Monday"), "type": "DATE", "value": "2031-05-05"}
    return lines(tmp_path / "own.jsonl", {"doc": "d1", "text": TEXT, "dct": "2031-05-07", "timex": [timex]})


def test_times_of_ones_own_are_measured_and_their_errors_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    right = timeml(tmp_path)
    timex = {**at("Monday"), "type": "DATE", "value": "2031-01-01"}
    wrong = lines(
        tmp_path / "wrong.jsonl", {"doc": "d2", "text": TEXT, "dct": "2031-05-07", "timex": [timex]}
    )
    listing = tmp_path / "errors.txt"
    asked = ["--on", f"times={right}", "--on", f"times={wrong}", "--errors", str(listing), "--calibration"]
    assert main(asked) == 0
    shown = capsys.readouterr().out
    assert "times: own.jsonl" in shown
    assert "ECE" in shown
    assert max(map(len, shown.splitlines())) <= 80
    told = listing.read_text()
    assert "own.jsonl (times): 0 errors in 1 documents, 1 without any" in told
    assert "     1  wrong: DATE" in told
    assert "d2 [18, 24) 'Monday': gold 2031-01-01 | found 2031-05-05 [Monday]" in told


def test_marked_quantities_take_their_texts_from_the_data_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    lines(tmp_path / "data" / "made" / "reports.jsonl", {"id": "r1", "text": TEXT})
    row = {**at("40"), "low": 40, "high": 40, "best": 40, "bound": "=", "kind": "count"}
    gold = lines(
        tmp_path / "gold.jsonl",
        {"doc": "r1", "corpus": "made", "id": "s1", "start": 0, "end": len(TEXT), "rows": [row]},
    )
    assert main([str(tmp_path / "data"), "--on", f"quantities={gold}"]) == 0
    shown = capsys.readouterr().out
    assert [line.split()[2] for line in shown.splitlines() if "value F1" in line] == ["100.0"]


@pytest.mark.parametrize("form", FORMS)
def test_what_is_no_such_gold_is_said_in_one_sentence(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    folder = FORMS[form][2]
    path = tmp_path / "own"
    if folder:
        path.mkdir()
        lines(path / "gold.jsonl", {"what": "ever"})
        lines(path / "gold.json", {"what": "ever"})
    else:
        lines(path, {"what": "ever"})
    assert main(["--on", f"{form}={path}"]) == InputError.exit_code
    (told,) = capsys.readouterr().err.splitlines()
    assert "gold" in told


BEYOND = {"start": 0, "end": 9, "type": "DATE", "value": "x"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"doc": "d", "text": "ab", "dct": "2031", "timex": [BEYOND]}, "does not lie in its text"),
        ({"doc": "d", "text": "ab", "timex": []}, "line 1 is not of the form wanted"),
    ],
)  # fmt: skip
def test_a_damaged_line_is_named(row: Any, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["--on", f"times={lines(tmp_path / 'own.jsonl', row)}"]) == InputError.exit_code
    assert told in capsys.readouterr().err


def loaded(form: str, path: Path, data: Path) -> list[Any]:
    made, folder = given(form, path, data)
    return list(made.load(folder))


@pytest.mark.parametrize(
    ("name", "told"), [("empty.jsonl", "holds no documents"), ("none", "no such gold"), ("", "is a file")]
)
def test_an_empty_file_a_missing_one_and_a_folder_for_a_file_are_refused(
    name: str, told: str, tmp_path: Path
):
    lines(tmp_path / "empty.jsonl")
    with pytest.raises(InputError, match=told):
        loaded("times", tmp_path / name, tmp_path)


def test_a_text_that_is_not_there_is_named(tmp_path: Path):
    row = {"doc": "r9", "corpus": "made", "id": "s1", "start": 0, "end": 4, "rows": []}
    gold = lines(tmp_path / "gold.jsonl", row)
    with pytest.raises(InputError, match="made are not here"):
        loaded("quantities", gold, tmp_path)
    lines(tmp_path / "made.jsonl", {"id": "r1", "text": TEXT})
    with pytest.raises(InputError, match="a document that made does not hold"):
        loaded("quantities", gold, tmp_path)


@pytest.mark.parametrize(
    "asked",
    [["--on", "times"], ["--on", "tunes=x"], ["--on", "times=x", "--pin"]],
    ids=["no path", "form", "pin"],
)
def test_what_makes_no_sense_is_refused(asked: list[str], capsys: pytest.CaptureFixture[str]):
    assert main(asked) == UsageError.exit_code
    assert "--on" in capsys.readouterr().err


def test_a_listing_is_never_written_into_the_checkout(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    asked = ["--on", f"times={timeml(tmp_path)}", "--errors", str(CHECKOUT / "errors.txt")]
    assert main(asked) == InputError.exit_code
    assert "outside the checkout" in capsys.readouterr().err
    assert not (CHECKOUT / "errors.txt").exists()
