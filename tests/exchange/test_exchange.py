"""Exports say what they hold exactly and what they cannot hold."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from standoff.errors import ExportError, UsageError
from standoff.exchange import FORMATS, export_to
from standoff.exchange.common import precision
from standoff.model import (
    Account,
    Axes,
    Derived,
    Dispute,
    Incident,
    Party,
    PlaceReferent,
    Question,
    QuestionLink,
    Referents,
    Review,
    Side,
    View,
)
from standoff.record import anchor_of
from tests.record.make import AT, TEXT, read, span_of, taken

ONE = taken(published="2031-05-02", publisher="Harbour Post")
READING = read(ONE)
PART, WHOLE = READING.quantities
DENIAL = "Rebels denied it"


def account(name: str, words: str, **more: Any) -> Account:
    fields = {
        "source": None,
        "party_id": None,
        "origin": "o1",
        "said": None,
        "as_of": None,
        "published": "2031-05-02",
        "statement": None,
    } | more
    return Account(id=name, report="a.txt", span=span_of(TEXT, words), text=words, **fields)


@pytest.fixture
def view() -> View:
    first = account(
        "ac1", "12 of 40 lorries", source="mayor", party_id="p1", statement=READING.statements[0].id,
        low=12, quantity=PART.id, claim=READING.claims[0].id, as_of="2031-05",
    )  # fmt: skip
    later = account("ac2", DENIAL, source="Rebels", party_id="p2", answer="none")
    question = Question(
        id="qu1",
        question='How many lorries "crossed", by when?',
        kind="number",
        incident="in1",
        accounts=(first, later),
        links=(QuestionLink(from_="ac2", to="ac1", relation="corrects", reason="test"),),
    )
    sides = (Side(id="s1", answer="12", accounts=("ac1",)), Side(id="s2", answer="none", accounts=("ac2",)))
    dispute = Dispute(
        id="di1", question=question.question, question_id="qu1", kind="number", incident="in1",
        status="open", sides=sides, why="they differ", rule="r",
    )  # fmt: skip
    anchor = anchor_of("quantity", PART, TEXT, READING.text_sha256)
    return View(
        name="gate",
        axes=Axes(),
        reports=(ONE.report,),
        readings=(READING,),
        referents=Referents(
            parties=(Party(id="p1", name="mayor", type="person"),),
            places=(PlaceReferent(id="pl1", name="Ostrava Gate", lat=50.12345678, lon=14.5, radius_km=2.5),),
            incidents=(
                Incident(id="in1", name="crossing", type="MOVE", place="pl1", when="2031-05"),
                Incident(id="in2", name="nowhere", type="MOVE"),
            ),
        ),
        derived=Derived(questions=(question,), disputes=(dispute,)),
        reviews=((3, Review(action="accept", targets=(anchor,), by="Ada", at=AT)),),
        status={PART.id: "accepted"},
    )


def rows(view: View, folder: Path) -> list[dict[str, str]]:
    path = export_to(view, "csv", folder).files[0]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_has_one_row_per_account_and_unknown_is_empty(view: View, tmp_path: Path) -> None:
    first, later = rows(view, tmp_path)
    assert (first["value_low"], first["value_high"], first["value_text"]) == ("12", "", "12")
    assert (first["as_of_start"], first["as_of_end"]) == ("2031-05-01", "2031-05-31")
    assert (first["source_type"], later["source_type"]) == ("person", "")
    assert (first["review_status"], first["reviewer"]) == ("accepted", "Ada")
    assert (later["supersedes"], later["answer"], later["value_low"]) == ("ac1", "none", "")
    for row in (first, later):
        assert TEXT[int(row["char_start"]) : int(row["char_end"])] == row["quote"]
        assert row["text_sha256"] == ONE.report.text_sha256


def test_the_metadata_describes_every_column_and_says_that_empty_is_null(view: View, tmp_path: Path) -> None:
    written = export_to(view, "csv", tmp_path)
    told = json.loads(written.files[1].read_text(encoding="utf-8"))
    assert told["url"] == written.files[0].name
    columns = told["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == list(rows(view, tmp_path)[0])
    assert {column["null"] for column in columns} == {""}


def test_places_without_coordinates_stay_with_a_null_geometry(view: View, tmp_path: Path) -> None:
    written = export_to(view, "geojson", tmp_path)
    told = json.loads(written.files[0].read_text(encoding="utf-8"))
    by_id = {feature["id"]: feature for feature in told["features"]}
    assert by_id["in1"]["geometry"] == {"type": "Point", "coordinates": [14.5, 50.123457]}
    assert by_id["in1"]["properties"]["uncertainty_m"] == 2500
    assert by_id["in1"]["properties"]["time_prec"] == "month"
    assert by_id["in2"]["geometry"] is None
    assert any("1 features without a place" in str(loss) for loss in written.losses)


def test_impossible_coordinates_are_not_drawn(view: View, tmp_path: Path) -> None:
    place = msgspec.structs.replace(view.referents.places[0], lat=500.0)
    wrong = msgspec.structs.replace(view, referents=msgspec.structs.replace(view.referents, places=(place,)))
    told = json.loads(export_to(wrong, "geojson", tmp_path).files[0].read_text(encoding="utf-8"))
    assert {feature["geometry"] for feature in told["features"]} == {None}


def test_every_selector_selects_its_quotation(view: View, tmp_path: Path) -> None:
    told = json.loads(export_to(view, "webannotation", tmp_path).files[0].read_text(encoding="utf-8"))
    assert len({item["id"] for item in told["items"]}) == len(told["items"]) == 8
    for item in told["items"]:
        assert item["target"]
        for target in item["target"]:
            position, words = target["selector"]
            assert TEXT[position["start"] : position["end"]] == words["exact"]
            assert words["prefix"] + words["exact"] + words["suffix"] in TEXT
    dispute = told["items"][-1]
    assert dispute["motivation"] == "assessing"
    assert [target["standoff:role"] for target in dispute["target"]] == ["12", "none"]


@pytest.mark.parametrize("name", FORMATS)
def test_an_export_is_the_same_every_time_and_comes_with_its_losses(
    view: View, tmp_path: Path, name: str
) -> None:
    first = export_to(view, name, tmp_path)
    before = [path.read_bytes() for path in first.files]
    assert [path.read_bytes() for path in export_to(view, name, tmp_path).files] == before
    assert sorted(tmp_path.iterdir()) == sorted(first.files)
    told = first.files[-1].read_text(encoding="utf-8")
    assert first.losses
    assert all(str(loss) in told for loss in first.losses)


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_record_can_be_exported(tmp_path: Path, name: str) -> None:
    empty = View(
        name="e", axes=Axes(), reports=(), readings=(), referents=Referents(), derived=Derived()
    )  # fmt: skip
    assert export_to(empty, name, tmp_path).losses == ()


def test_unknown_formats_and_unwritable_folders_are_sentences(view: View, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="acled, csv, geojson, webannotation"):
        export_to(view, "xls", tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match="cannot be written"):
        export_to(view, "csv", tmp_path / "file")


@pytest.mark.parametrize(
    ("edtf", "told"),
    [
        ("2031", "year"), ("2031-05", "month"), ("2031-05-01", "day"), ("2031-05~", "month"),
        ("2031-05-XX", "month"), ("2031-05-01/2031-05-03", "interval"), (None, None), ("soon", None),
    ],
)  # fmt: skip
def test_precision(edtf: str | None, told: str | None) -> None:
    assert precision(edtf) == told
