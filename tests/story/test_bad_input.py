"""Whatever comes in: one clear sentence, an exit code, no traceback, and nothing that was there is lost."""

from __future__ import annotations

import io
import os
import random
import re
import sqlite3
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from tests.story.driver import COMMAND, Done, ok, process, refused, rows, standoff

GOOD = b"Police said on Monday that five people were killed in Reefton."
Make = Callable[[str, bytes], Path]


def pdf(*, password: str | None = None) -> bytes:
    page = FPDF()
    page.add_page()
    page.set_font("Helvetica", size=12)
    page.multi_cell(0, 8, GOOD.decode())
    data = bytes(page.output())
    if password is None:
        return data
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t \n", "empty"),
    "binary.txt": (bytes(range(256)) * 20, "binary"),
    "nulls.txt": (b"Five people\x00\x00\x00 were killed", "binary"),
    "cut.pdf": (pdf()[:300], "damaged or cut short"),
    "locked.pdf": (pdf(password="x"), "password|encrypted"),
    "not.pdf": (b"%PDF-1.7\nthis is no PDF", "damaged or cut short|no text"),
    "cut.zip": (zipped("a.warc", GOOD)[:60], "damaged or cut short"),
    "text.zip": (zipped("a.txt", GOOD), "no web archive"),
    "bomb.zip": (zipped("a.warc", b"\x00" * 40_000_000), "would unpack"),
    "cut.warc.gz": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "damaged|no page"),
    "empty.html": (b"<html><head><title>x</title></head><body></body></html>", "no article text"),
    "mail.eml": (b"From: a@b.example\nSubject: Nothing\n\n", "no text"),
    "feed.xml": (b"<?xml version='1.0'?><rss version='2.0'><channel></channel></rss>", "feed|entries"),
    "broken.jsonl": (b'{"text": "Five', "no report in JSON"),
    "other.jsonl": (b'["text"]', "no report in JSON"),
    "blank.jsonl": (b'{"text": " "}', "empty"),
    "utf8.txt": (b"\xef\xbb\xbfFive people \xff\xfe were killed", "not"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_refused_by_read(name: str, file: Make) -> None:
    data, words = BAD[name]
    done = standoff("read", file(name, data))
    assert any(word in refused(done, 3) for word in words.split("|"))
    assert done.out == ""


def test_what_cannot_be_read_is_kept_with_its_error_and_keeps_nothing_out(tmp_path: Path) -> None:
    folder, situation = tmp_path / "in", tmp_path / "s.standoff"
    folder.mkdir()
    for name, (data, _) in BAD.items():
        (folder / name).write_bytes(data)
    (folder / "a-good.txt").write_bytes(GOOD)
    (folder / "z-good.txt").write_bytes(GOOD.replace(b"five", b"six"))
    done = standoff("add", situation, folder, "--published", "2020-03-03")
    assert done.code == 3
    assert "Traceback" not in done.err
    kept = {row["id"]: row["error"] for row in rows(situation, "reports")}
    assert kept["a-good.txt"] is None
    assert kept["z-good.txt"] is None
    for name, (data, words) in BAD.items():
        (error,) = [error for each, error in kept.items() if each.split("#")[0] == name]
        assert any(word in error for word in words.split("|")), (name, error)
        assert error in done.err
        assert data in contents(situation), f"the bytes of {name} are kept"
    assert {row["best"] for row in rows(situation, "quantities")} == {5, 6}
    again = process("add", situation, folder, "--published", "2020-03-03")
    assert again.code == 3
    told = again.err.splitlines()
    assert all("[SO-2" in line for line in told[:-1]), "libraries say nothing on their own"
    assert "already there" in told[-1]
    assert {row["id"]: row["error"] for row in rows(situation, "reports")} == kept
    ok("verify", situation)


def contents(situation: Path) -> set[bytes]:
    from standoff.record import Record

    with Record.open(situation, write=False) as record:
        return {record.data(report.sha256) for report in record.reports()} - {None}


def test_100_mb_of_text_is_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as out:
        for _ in range(100):
            out.write(b"Five people were killed on Monday. \n" * 29128)
    assert path.stat().st_size > 100_000_000
    told = refused(standoff("read", path), 3)
    assert "limit" in told
    assert "[SO-210]" in told
    done = standoff("add", tmp_path / "s.standoff", path)
    assert done.code == 3
    assert "[SO-210]" in done.err
    (row,) = rows(tmp_path / "s.standoff", "reports")
    assert row["size"] > 100_000_000


def test_a_sparse_giant_is_refused_unread_and_keeps_nothing_out(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with (tmp_path / "in" / "giant.txt").open("wb") as out:
        out.truncate(1_000_000_000)
    (tmp_path / "in" / "good.txt").write_bytes(GOOD)
    done = standoff("add", tmp_path / "s.standoff", tmp_path / "in")
    assert done.code == 3
    assert "1,000,000,000 bytes" in done.err
    assert [row["id"] for row in rows(tmp_path / "s.standoff", "reports")] == ["good.txt"]


def test_bytes_in_another_encoding_are_read_with_a_warning(tmp_path: Path) -> None:
    text = "Le café est fermé, police said: naïve plan, five people were killed in the déroute. " * 3
    done = ok("read", "-", stdin=text.encode("cp1252"))
    (report,) = done.lines()
    assert report["text"] == text
    assert any("UTF-8" in warning for warning in report["warnings"])
    (tmp_path / "a.txt").write_bytes(text.encode("utf-16"))
    (report,) = ok("read", tmp_path / "a.txt").lines()
    assert report["text"] == text


def test_a_report_without_a_date_gets_a_warning_and_no_anchor(tmp_path: Path) -> None:
    (report,) = ok("read", "-", stdin=GOOD).lines()
    assert report["published"] is None
    assert any("no publication date" in warning for warning in report["warnings"])
    assert all(time["anchor"] is None and time["edtf"] is None for time in report["times"])
    (dated,) = ok("read", "-", "--published", "2020-03-03", stdin=GOOD).lines()
    assert dated["warnings"] == []
    assert [time["edtf"] for time in dated["times"]] == ["2020-03-02"]
    (tmp_path / "a.txt").write_bytes(GOOD)
    assert "no publication date" in ok("add", tmp_path / "s.standoff", tmp_path / "a.txt").err


def test_a_date_in_the_future_is_used_and_warned_of(tmp_path: Path) -> None:
    (report,) = ok("read", "-", "--published", "2950-03-03", stdin=GOOD).lines()
    assert report["published"] == "2950-03-03"
    assert any("2950-03-03 lies after" in warning for warning in report["warnings"])
    (tmp_path / "a.txt").write_bytes(GOOD)
    added = ok("add", tmp_path / "s.standoff", tmp_path / "a.txt", "--published", "2950-03-03")
    assert added.err.count("2950-03-03 lies after") == 1


@pytest.mark.parametrize("date", ["yesterday", "2020-13-01", "2020-02-30", "", "03/04/2020"])
def test_a_date_that_is_none_is_refused(tmp_path: Path, file: Make, date: str) -> None:
    assert "--published" in refused(standoff("read", "-", "--published", date, stdin=GOOD), 2)
    situation = tmp_path / "s.standoff"
    assert "--published" in refused(standoff("add", situation, file("a.txt", GOOD), "--published", date), 2)
    assert not situation.exists()


# ---- commands


@pytest.fixture
def situation(file: Make, tmp_path: Path) -> Path:
    ok("add", tmp_path / "s.standoff", file("a.txt", GOOD), "--published", "2020-03-03")
    return tmp_path / "s.standoff"


MISUSE = [
    (("show", "S", "nonsense"), 2, "timeline, statements, claims"),
    (("show", "S", "reports", "--format", "xml"), 2, "table, json or csv"),
    (("show", "S", "reports", "--as-of", "soon"), 2, "--as-of"),
    (("show", "S", "reports", "--known-by", "2020-02-31"), 2, "--known-by"),
    (("show", "S", "reports", "--recorded-by", "999"), 2, "goes up to 2"),
    (("show", "S", "reports", "--recorded-by", "-1"), 2, "--recorded-by"),
    (("show", "S"), 2, "Missing argument"),
    (("show", "S", "reports", "more"), 2, "unexpected"),
    (("why", "S", "ds-0000000000"), 2, "ds-0000000000"),
    (("export", "S", "--to", "nonsense", "-o", "T"), 2, "csv, geojson"),
    (("export", "S", "--to", "csv", "-o", "T/a.txt"), 8, "cannot be written"),
    (("brief", "S"), 2, "--output"),
    (("brief", "S", "-o", "T/no/folder/b.html"), 2, "cannot be written"),
    (("brief", "S", "-o", "T/b.html", "--withhold", "all"), 2, "names, victims, sources"),
    (("brief", "S", "-o", "T/b.html", "--coarsen", "-5"), 2, "--coarsen"),
    (("schema", "nonsense"), 2, "read-input"),
    (("verify", "S", "--head", "12"), 6, "head"),
    (("copy", "S", "S"), 6, "already"),
    (("copy", "S", "T/no/folder/c.standoff"), 6, "c.standoff"),
    (("review", "S", "burn", "x"), 7, "accept, add"),
    (("review", "S", "reject", "qt-000000000000"), 7, "qt-000000000000"),
    (("review", "S", "add", "quantity", "a.txt", "5-5000"), 7, "a.txt|5-5000|span"),
    (("review", "S", "add", "quantity", "a.txt", "x-y"), 7, "span"),
    (("review", "S", "add", "quantity", "nope.txt", "0-4"), 7, "nope.txt"),
    (("serve", "S", "--port", "70000"), 2, "--port"),
    (("serve", "S", "--host", "0.0.0.0"), 2, "reached from elsewhere"),
    (("read", "T/missing.txt"), 3, "missing.txt"),
    (("read", "--input-format", "pdf"), 2, "text or jsonl"),
    (("read", "--jobs", "0"), 2, "--jobs"),
    (("read", "--jobs", "many"), 2, "--jobs"),
    (("add", "S"), 2, "Missing argument"),
    (("add", "S", "T/a.txt", "--input-format", "nonsense"), 2, "jsonl"),
    (("add", "T", "T/a.txt"), 6, "folder"),
    (("add", "T/a.txt", "T/a.txt"), 6, "not a situation file"),
    (("add", "T/no/folder/s.standoff", "T/a.txt"), 6, "cannot be made"),
    (("demo", "--into", "T/a.txt"), 2, "cannot be written"),
    (("nonsense",), 2, "nonsense"),
    (("read", "--nonsense"), 2, "--nonsense"),
    *[((command, "T/none.standoff", *more), 6, "no such situation file") for command, *more in (
        ("show", "reports"), ("why", "x"), ("verify",), ("brief", "-o", "T/b.html"), ("copy", "T/c.standoff"),
        ("export", "--to", "csv", "-o", "T/x"), ("serve",), ("review", "reject", "x"),
    )],
]  # fmt: skip


def told_as(row: tuple[tuple[str, ...], int, str]) -> str:
    return " ".join(row[0])


@pytest.mark.parametrize(("command", "code", "words"), MISUSE, ids=map(told_as, MISUSE))
def test_misuse_gets_one_sentence(
    situation: Path, tmp_path: Path, command: tuple[str, ...], code: int, words: str
) -> None:
    before = situation.read_bytes()
    args = [str(situation) if word == "S" else re.sub("^T(?=/|$)", str(tmp_path), word) for word in command]
    done = standoff(*args)
    told = refused(done, code)
    assert any(word in told for word in words.split("|")), told
    assert "[SO-" in told
    assert situation.read_bytes() == before
    assert not (tmp_path / "none.standoff").exists()


def test_a_source_that_is_missing_keeps_no_other_out(situation: Path, tmp_path: Path, file: Make) -> None:
    other = file("b.txt", GOOD.replace(b"five", b"seven"))
    done = standoff("add", situation, tmp_path / "typo.txt", other, "--published", "2020-03-03")
    assert done.code == 3
    assert "typo.txt" in done.err
    assert {row["id"] for row in rows(situation, "reports")} == {"a.txt", "b.txt"}


def test_a_private_address_is_refused_before_anything_is_sent(situation: Path) -> None:
    for address in ("http://127.0.0.1:9/x", "http://[::1]:9/x", "http://169.254.169.254/latest"):
        done = standoff("add", situation, address)
        assert done.code == 4
        assert "[SO-220]" in done.err
    assert len(rows(situation, "reports")) == 1


def test_a_folder_that_holds_the_situation_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(GOOD)
    for _ in range(2):
        ok("add", tmp_path / "s.standoff", tmp_path, "--published", "2020-03-03")
    assert [row["id"] for row in rows(tmp_path / "s.standoff", "reports")] == ["a.txt"]


def test_an_id_that_names_another_text_is_refused(situation: Path) -> None:
    lines = b'{"id": "x", "text": "Nine people died in Ahaura."}\n{"id": "x", "text": "Ten people died."}\n'
    done = standoff("add", situation, "-", "--input-format", "jsonl", stdin=lines)
    assert done.code == 3
    assert "[SO-401]" in done.err
    assert {row["best"] for row in rows(situation, "quantities")} == {5, 9}


@pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="names must be UTF-8 here")
def test_a_file_name_that_is_no_utf8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path / "caf") + b"\xe9.txt"
    with open(path, "wb") as out:  # noqa: PTH123  (a name of bytes)
        out.write(GOOD)
    with open(os.fsencode(tmp_path / "leer") + b"\xe9.txt", "wb"):  # noqa: PTH123
        pass
    situation = tmp_path / "s.standoff"
    done = standoff("add", situation, tmp_path, "--published", "2020-03-03")
    assert done.code == 3
    assert "the file is empty" in done.err
    assert len(rows(situation, "reports")) == 2
    assert ok("show", situation, "reports").out
    ok("verify", situation)


# ---- situation files


def test_a_newer_file_says_what_to_do(situation: Path) -> None:
    with sqlite3.connect(situation) as con:
        con.execute("PRAGMA user_version = 999")
    con.close()
    assert "upgrade" in refused(standoff("show", situation, "reports"), 6)
    assert "upgrade" in refused(standoff("add", situation, situation.with_name("a.txt")), 6)


def test_a_file_of_another_program(tmp_path: Path, file: Make) -> None:
    path = tmp_path / "other.standoff"
    with sqlite3.connect(path) as con:
        con.execute("CREATE TABLE t (x)")
    con.close()
    before = path.read_bytes()
    assert "another program" in refused(standoff("add", path, file("a.txt", GOOD)), 6)
    assert path.read_bytes() == before


@pytest.mark.parametrize("size", [0, 50, 100, 5000, 20000])
def test_a_file_cut_short(situation: Path, size: int) -> None:
    situation.write_bytes(situation.read_bytes()[:size])
    more = situation.with_name("a.txt")
    for command in (("show", situation, "reports"), ("verify", situation), ("add", situation, more)):
        assert "[SO-4" in refused(standoff(*command), 6)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_never_ends_in_a_traceback(situation: Path, seed: int) -> None:
    """A stretch of any length, anywhere: in the database's pages, in entries, in contents."""
    chance = random.Random(seed)
    data = bytearray(situation.read_bytes())
    length = chance.choice([1, 8, 40, 300, 2000])
    start = chance.randrange(len(data) - length)
    data[start : start + length] = chance.randbytes(length)
    situation.write_bytes(bytes(data))
    more = situation.with_name("a.txt")
    commands = ("verify",), ("show", "reports"), ("show", "quantities"), ("add", more)
    for command, *args in commands:
        done = standoff(command, situation, *args)
        if done.code:
            told = done.err.splitlines()[-1]  # before it, `add` may tell how far it got
            assert "[SO-4" in refused(done._replace(err=told), 6)
            assert "Traceback" not in done.err


def test_a_header_that_lies(situation: Path) -> None:
    data = bytearray(situation.read_bytes())
    data[16:18] = struct.pack(">H", 7)  # a page size there is not
    situation.write_bytes(bytes(data))
    refused(standoff("show", situation, "reports"), 6)


# ---- streams and disks


def limited(size: int) -> Callable[[], None]:
    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_a_full_disk_while_adding_loses_nothing(situation: Path, tmp_path: Path) -> None:
    lines = b"".join(
        b'{"id": "n%d", "text": "%s %s"}\n' % (n, GOOD, os.urandom(3000).hex().encode()) for n in range(12)
    )
    (tmp_path / "many.jsonl").write_bytes(lines)
    size = situation.stat().st_size
    command = ("add", situation, tmp_path / "many.jsonl", "--published", "2020-03-03")
    done = process(*command, preexec_fn=limited(size + 40_000))
    assert done.code == 6, done
    assert "Traceback" not in done.err
    assert "[SO-4" in done.err
    ok("verify", situation)
    some = {row["id"] for row in rows(situation, "reports")}
    assert "a.txt" in some
    assert len(some) < 13
    ok(*command)
    assert {row["id"] for row in rows(situation, "reports")} == {"a.txt", *(f"n{n}" for n in range(12))}
    ok("verify", situation)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("form", ["table", "json"])
def test_output_that_cannot_be_written(situation: Path, form: str) -> None:
    command = [*COMMAND, "show", str(situation), "reports", "--format", form]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=300)
    refused(Done(done.returncode, "", done.stderr.decode()))


def test_a_reader_that_goes_away_is_no_error() -> None:
    lines = b'{"text": "Five people were killed in Reefton on Monday, police said."}\n' * 400
    with subprocess.Popen(
        [*COMMAND, "read", "-", "--input-format", "jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdin.write(lines[: len(lines) // 40])
        running.stdin.flush()
        assert running.stdout.readline().startswith(b'{"schema"')
        running.stdout.close()
        try:
            running.stdin.write(lines)
            running.stdin.close()
        except BrokenPipeError:
            pass
        told = running.stderr.read()
        assert running.wait(120) == 0
        assert told == b""


def test_a_terminal_that_knows_ascii_only(situation: Path) -> None:
    env = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    table = process("show", situation, "reports", env=env)
    assert table.code == 0, table.err
    assert table.err == ""
    (row,) = process("show", situation, "reports", "--format", "json", env=env).json()
    assert row["id"] == "a.txt"
