"""Rows, JSON, CSV and schemas: one shape everywhere, unknown stays unknown."""

from __future__ import annotations

import csv
import io
import json

import jsonschema
import pytest

from standoff.errors import StandoffError, UsageError
from standoff.show import WHATS, Rows, csv_text, json_text, rows
from standoff.show.rows import _cell, _extra
from standoff.show.schema import NAMES, schema, schema_text
from tests.show.fixture import view

VIEW = view()


@pytest.mark.parametrize("what", WHATS)
def test_json_fits_its_schema(what):
    found = json.loads(json_text(VIEW, what))
    jsonschema.Draft202012Validator(schema(what)).validate(found)
    assert found, "the invented situation has something of everything"
    assert found == (rows(VIEW, what)[0] if what == "ledger" else rows(VIEW, what))


@pytest.mark.parametrize("name", NAMES)
def test_schemas_are_schemas_and_ask_for_every_key(name):
    made = json.loads(schema_text(name))
    jsonschema.Draft202012Validator.check_schema(made)
    if name != "read-input":
        for kind in made.get("$defs", {}).values():
            assert set(kind.get("required", ())) == set(kind.get("properties", ()))


def test_only_text_is_required_of_what_is_read():
    made = schema("read-input")
    jsonschema.validate({"text": "Nothing else is known."}, made)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"id": "a"}, made)


def test_unknown_names_list_what_there_is():
    with pytest.raises(UsageError, match="timeline, statements"):
        rows(VIEW, "nothing")
    with pytest.raises(UsageError, match="read-input, read-output"):
        schema_text("nothing")


def test_links_say_from():
    links = rows(VIEW, "questions")[0]["links"]
    assert links[0]["from"] == "ac-d3"
    assert links[0]["relation"] == "corrects"


def test_the_ledger_is_one_object_and_flat_for_frames():
    found = rows(VIEW, "ledger")
    assert found["groups"] == found[0]["groups"]
    assert len(found.to_pandas()) == len(found.to_polars()) == 5
    with pytest.raises(TypeError, match="position"):
        rows(VIEW, "disputes")["groups"]


def test_rows_know_their_report_words_and_review():
    corrected = next(row for row in rows(VIEW, "quantities") if row["id"] == "qt-dead3")
    assert (corrected["report"], corrected["review"]) == ("late-edition.html", "corrected")
    assert next(r for r in rows(VIEW, "statements") if r["id"] == "st-fix")["text"] == "14 people were killed"


def test_reports_come_without_text_but_with_origin_and_copies():
    late = next(row for row in rows(VIEW, "reports") if row["id"] == "late-edition.html")
    assert "text" not in late
    assert (late["origin_name"], late["copies"]) == ("Evening Lamp", ["broken.pdf"])
    broken = next(row for row in rows(VIEW, "reports") if row["id"] == "broken.pdf")
    assert broken["statements"] is None, "what was not read has no count, not 0"


@pytest.mark.parametrize("what", WHATS)
def test_csv_holds_the_same_rows(what):
    table = list(csv.DictReader(io.StringIO(csv_text(VIEW, what))))
    flat = rows(VIEW, what).flat
    assert len(table) == len(flat)
    for written, row in zip(table, flat, strict=True):
        assert all(written[key] == "" for key, value in row.items() if value is None)


def test_csv_never_starts_a_formula():
    assert _cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert _cell(-3) == -3


def test_frames_without_the_extra_say_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pandas", None)
    with pytest.raises(StandoffError, match=r"standoff\[frames\]"):
        Rows([{"a": 1}]).to_pandas()
    assert _extra("json") is json


def test_a_notebook_shows_rows_escaped():
    shown = rows(VIEW, "reports")._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "50 more" in Rows([{"a": n} for n in range(100)])._repr_html_()
