"""`standoff read`: JSON Lines in and out, every key there, in order, as a stream, however it is run."""

from __future__ import annotations

import json
import os
import select
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

import standoff as package
from tests.story.driver import COMMAND, Done, ok, process, refused, standoff

TEXTS = (
    "At least 12 people were killed in Reefton on Tuesday, the mayor, Ada Quill, told Radio Karamea.",
    "GREYMOUTH, May 6 — Two of the 17 buses were hauled back. About 30 fighters remain, officials said.",
    "The council denied that it blocked aid. “No truck was turned back,” it said in a statement on Monday.",
    "Nothing in here counts or quotes.",
    "ÉCLAIR 🚌 moved 5 km; نقل ثلاثة أشخاص. “Five\u2028people,” he said.\r\n\r\nTabs\there  twice.  ",
    "Von den Verletzten wurden fünf Menschen in das Krankenhaus gebracht, teilte die Polizei am Montag mit. "
    "Die Behörden haben die Straße gesperrt, und niemand weiß, wann sie wieder geöffnet werden soll. "
    "Ein Sprecher der Stadt sagte, die Ursache sei noch nicht bekannt.",
    "x",
)
FIXED = {
    "statements": "id voice source cue content party party_id represents channel via said kind stance parent "
    "confidence",
    "mentions": "id",
    "times": "id start end type value edtf anchor",
    "places": "id start end name canonical lat lon geonameid radius_km candidates confidence",
    "quantities": "id start end text kind low high best low_open high_open approximate rule unit what group "
    "role measure status sex age of_total as_of place incident statement confidence",
    "claims": "id type mode actors recipients targets instruments quantities when places incident modality "
    "polarity statement evidence confidence",
}
LISTS = {
    *("source", "cue", "content", "via", "stance", "candidates", "actors", "recipients", "targets"),
    *("instruments", "quantities", "places", "evidence"),
}


def report(number: int) -> dict[str, Any]:
    text = TEXTS[number % len(TEXTS)] + (f" Report {number}." if number >= len(TEXTS) else "")
    return {"id": f"r{number}", "text": text, "published": "2019-05-07" if number % 2 else None}


def lines_of(numbers: range) -> bytes:
    return b"".join(json.dumps(report(n)).encode() + b"\n" for n in numbers)


def read(data: bytes, *more: str) -> list[Any]:
    return ok("read", "-", "--input-format", "jsonl", *more, stdin=data).lines()


@pytest.fixture(scope="module")
def out() -> list[Any]:
    return read(lines_of(range(len(TEXTS))))


def test_one_object_a_line_in_order_with_the_text_untouched(out: list[Any]) -> None:
    assert [each["id"] for each in out] == [f"r{n}" for n in range(len(TEXTS))]
    assert [each["text"] for each in out] == list(TEXTS)
    assert [each["published"] for each in out] == [report(n)["published"] for n in range(len(TEXTS))]


def test_every_fixed_key_is_there_and_lists_are_never_null(out: list[Any]) -> None:
    top = {"schema", "id", "text", "text_sha256", "published", "reader", "warnings", *FIXED}
    assert any(each[layer] for layer in FIXED for each in out)
    for each in out:
        assert top <= set(each)
        assert set(each["reader"]) == {"name", "version"}
        for layer, keys in FIXED.items():
            for row in each[layer]:
                assert set(keys.split()) <= set(row), (layer, set(keys.split()) - set(row))
                for key in LISTS & set(keys.split()):
                    assert isinstance(row[key], list), (layer, key)
                assert not any(value == "" for value in row.values()), (layer, row)
    for layer in FIXED:
        assert any(each[layer] for each in out), layer


def test_spans_lie_in_the_text_and_quote_it(out: list[Any]) -> None:
    for each in out:
        for layer in ("times", "quantities", "mentions"):
            for row in each[layer]:
                assert row["text"] == each["text"][row["start"] : row["end"]]
        for row in each["places"]:
            assert row["name"] == each["text"][row["start"] : row["end"]]
        for row in each["statements"]:
            for start, end in (*row["source"], *row["cue"], *row["content"]):
                assert 0 <= start < end <= len(each["text"])


def test_what_is_named_inside_a_report_is_there(out: list[Any]) -> None:
    for each in out:
        ids = {row["id"] for layer in FIXED for row in each[layer]}
        assert len(ids) == sum(len(each[layer]) for layer in FIXED), "ids are unique"
        for row in each["quantities"]:
            assert row["statement"] is None or row["statement"] in ids
        for row in each["claims"]:
            assert {*row["quantities"], *row["places"]} <= ids
            assert row["statement"] is None or row["statement"] in ids


def test_own_voice_has_no_source_cue_via_or_party(out: list[Any]) -> None:
    own = [row for each in out for row in each["statements"] if row["voice"] == "report"]
    assert own
    for row in own:
        assert (row["source"], row["cue"], row["via"], row["party"]) == ([], [], [], None)


def test_what_comes_out_fits_the_printed_schema(out: list[Any]) -> None:
    check = Draft202012Validator(ok("schema", "read-output").json())
    for each in out:
        check.validate(each)
    given = Draft202012Validator(ok("schema", "read-input").json())
    for number in range(len(TEXTS)):
        given.validate(report(number))
    assert not given.is_valid({"id": "x"})


def test_another_language_is_said_to_be_unread(out: list[Any]) -> None:
    german = out[5]
    assert german["language"] == "de"
    assert any("another language" in warning for warning in german["warnings"])
    assert all(german[layer] == [] for layer in FIXED)


def test_a_report_reads_the_same_alone_in_company_and_from_python(out: list[Any]) -> None:
    """Bit for bit: what else is read, and in which order, changes no score."""
    for number in (0, 2, 4):
        assert read(lines_of(range(number, number + 1))) == [out[number]]
    assert read(b"".join(reversed(lines_of(range(len(TEXTS))).splitlines(keepends=True))))[::-1] == out
    one = package.read(TEXTS[1], id="r1", published="2019-05-07")
    assert json.loads(msgspec.json.encode(one)) == out[1]


def test_two_jobs_give_the_bytes_of_one_whatever_the_hash_seed(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_bytes(lines_of(range(140)))
    one = process("read", path, env={"PYTHONHASHSEED": "1"})
    two = process("read", path, "--jobs", "2", env={"PYTHONHASHSEED": "2"})
    assert (one.code, two.code) == (0, 0), (one.err, two.err)
    assert one.out == two.out
    assert len(one.lines()) == 140


def test_the_first_report_is_out_before_the_last_is_in() -> None:
    with subprocess.Popen(
        [*COMMAND, "read", "-", "--input-format", "jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdin
        assert running.stdout
        for number in range(3):
            running.stdin.write(lines_of(range(number, number + 1)))
            running.stdin.flush()
            assert select.select([running.stdout], [], [], 120)[0], (
                "nothing came out while the input was open"
            )
            assert json.loads(running.stdout.readline())["id"] == f"r{number}"
        running.stdin.close()
        assert running.stdout.read() == b""
        assert running.wait(60) == 0


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_memory_stays_where_it_is_however_long_the_input() -> None:
    with subprocess.Popen(
        [*COMMAND, "read", "-", "--input-format", "jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as running:
        assert running.stdin
        assert running.stdout
        peaks = []
        for round_ in range(3):
            for number in range(round_ * 60, round_ * 60 + 60):
                running.stdin.write(lines_of(range(number, number + 1)))
                running.stdin.flush()
                running.stdout.readline()
            status = Path(f"/proc/{running.pid}/status").read_text()
            peaks.append(
                next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
            )
        running.stdin.close()
        assert running.wait(60) == 0
    assert peaks[2] - peaks[1] < 8_000, f"kB after 60, 120, 180 reports: {peaks}"


def test_a_bad_line_is_named_and_the_others_are_read() -> None:
    data = lines_of(range(1)) + b'{"txt": 1}\nnull\n\xff\xfe\n\n' + lines_of(range(1, 2))
    done = standoff("read", "-", "--input-format", "jsonl", stdin=data)
    assert done.code == 3
    assert [json.loads(line)["id"] for line in done.out.splitlines()] == ["r0", "r1"]
    told = done.err.splitlines()
    assert len(told) == 3
    assert ["line 2" in told[0], "line 3" in told[1], "line 4" in told[2]] == [True] * 3


def test_what_a_line_says_wins_over_what_is_given_for_all() -> None:
    data = b'{"text": "Five died.", "published": "2020-01-01"}\n{"text": "Six died."}\n'
    assert [each["published"] for each in read(data, "--published", "2021-01-01")] == [
        "2020-01-01",
        "2021-01-01",
    ]


def test_a_numeric_id_and_unknown_keys_are_taken() -> None:
    (one,) = read(b'{"text": "Five died.", "id": 7, "colour": [1], "publisher": null}\n')
    assert one["id"] == "7"
    assert one["publisher"] is None


def test_a_byte_order_mark_and_windows_line_ends() -> None:
    data = b'\xef\xbb\xbf{"text": "Five died."}\r\n{"text": "Six died."}\r\n'
    assert [each["text"] for each in read(data)] == ["Five died.", "Six died."]


def test_plain_text_on_standard_input_is_one_report() -> None:
    text = "  Five died.\r\n\r\nSix were hurt, police said. \n"
    (one,) = ok("read", "-", stdin=text.encode()).lines()
    assert one["text"] == text
    (same,) = ok("read", stdin=text.encode()).lines()
    assert same == one


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="processes are found in /proc")
def test_a_reader_process_that_is_killed_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_bytes(lines_of(range(3000)))
    with subprocess.Popen(
        [*COMMAND, "read", str(path), "--jobs", "2"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.readline()
        for worker in workers_of(running.pid):
            os.kill(worker, 9)
        running.stdout.read()
        told = running.stderr.read().decode()
        code = running.wait(60)
    assert "[SO-310]" in refused(Done(code, "", told), 5)


def workers_of(parent: int) -> list[int]:
    """Reading processes of ours: children that were spawned to work."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if fields.get("PPid") == str(parent) and b"spawn_main" in command:
            found.append(int(status.parent.name))
    return found[:1]
