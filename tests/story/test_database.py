"""Every command works on a database as it does on a file."""

from __future__ import annotations

import http.cookiejar
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import standoff
from standoff.demo import REPORTS
from standoff.show import WHATS
from tests.story.driver import ok, process, refused, rows, started
from tests.story.driver import standoff as run

pytestmark = pytest.mark.xdist_group("postgres")
SECRET = "hunter2"
FILES = ("01-coast-courier.txt", "02-southern-wire.txt", "05-joint-command.eml", "08-southern-wire.txt")


@pytest.fixture(scope="module")
def situation(schema: Callable[[], str]) -> str:
    """Reports added to a schema by the command line; the address has a password that nobody asks for."""
    place = schema().replace("standoff@", f"standoff:{SECRET}@", 1)
    done = ok("add", place, *(REPORTS / name for name in FILES), "--publisher", "Wire")
    assert "4 reports: 4 new" in " ".join(done.err.split())
    assert SECRET not in done.out + done.err
    return place


@pytest.fixture(scope="module")
def file(situation: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a file."""
    folder = tmp_path_factory.mktemp("copied")
    done = ok("copy", situation, folder)
    [made] = folder.iterdir()
    assert str(made) in done.err
    assert made.stem == re.search(r"schema=(\w+)", situation)[1]  # type: ignore[index]
    return made


@pytest.mark.parametrize("what", WHATS)
def test_every_table_is_that_of_the_file(situation: str, file: Path, what: str) -> None:
    assert rows(situation, what) == rows(file, what)  # type: ignore[arg-type]


def test_a_brief_an_export_and_why_are_those_of_the_file(situation: str, file: Path, tmp_path: Path) -> None:
    told = []
    for place in (situation, file):
        folder = tmp_path / str(len(told))
        folder.mkdir()
        done = [ok("brief", place, "-o", folder / "b.html"), ok("export", place, "--to", "csv", "-o", folder)]
        id_ = rows(place, "statements")[0]["id"]  # type: ignore[arg-type]
        done.append(ok("why", place, id_))
        assert SECRET not in "".join(each.out + each.err for each in done)
        told.append([each.read_bytes() for each in sorted(folder.iterdir())] + [done[-1].out.encode()])
    assert told[0] == told[1]
    assert SECRET.encode() not in b"".join(told[0])


def test_verify_gives_the_head_of_the_file(situation: str, file: Path) -> None:
    said = ok("verify", situation)
    head = said.out.split()[-1]
    assert ok("verify", file, "--head", head).out.split()[-1] == head
    assert SECRET not in said.out + said.err
    assert said.out.startswith("postgresql://standoff@/standoff?")


def test_adding_again_adds_nothing_and_a_review_is_kept(
    file: Path, schema: Callable[[], str], tmp_path: Path
) -> None:
    place = schema()
    ok("copy", file, place)
    ok("add", place, *(REPORTS / name for name in FILES), "--publisher", "Wire")
    assert ok("verify", place).out.split()[-1] == ok("verify", file).out.split()[-1]
    target = rows(place, "quantities")[0]["id"]  # type: ignore[arg-type]
    ok("review", place, "reject", target, "--by", "Ada", "--why", "it is a date")
    [review] = rows(place, "reviews")  # type: ignore[arg-type]
    assert (review["by"], review["why"]) == ("Ada", "it is a date")
    assert target not in {row["id"] for row in rows(place, "quantities")}  # type: ignore[arg-type]
    ok("brief", place, "-o", tmp_path / "b.html", "--withhold", "names")
    with standoff.open(place) as record:
        assert record.reviews()[0]["by"] == "Ada"


@pytest.fixture
def served(situation: str) -> Iterator[str]:
    with started("serve", situation, "--port", "0", stderr=subprocess.PIPE) as server:
        assert server.stderr is not None
        line = server.stderr.readline().decode()
        assert SECRET not in line
        yield line.split()[-1]


def test_it_is_served(served: str) -> None:
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    browser = urllib.request.build_opener(jar)
    page = browser.open(served, timeout=60).read().decode()
    reports = browser.open(served.partition("/enter")[0] + "/api/reports", timeout=60).read().decode()
    assert "joint-command" in reports
    assert SECRET not in page + reports


def test_accounts_stand_in_the_database(file: Path, schema: Callable[[], str]) -> None:
    place = schema()
    ok("copy", file, place)
    word = b"a password of some length\n"
    ok("people", place, "add", "Ada", "--role", "owner", "--password-stdin", stdin=word)
    told = ok("people", place)
    assert told.out == "Ada: owner\n"
    assert ok("verify", place).out.split()[-1] == ok("verify", file).out.split()[-1]
    assert SECRET not in told.out + told.err
    with started("serve", place, "--port", "0", stderr=subprocess.PIPE) as server:
        assert server.stderr is not None
        address = server.stderr.readline().decode().split()[-1]
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(f"{address}api/reports", timeout=60)


def test_what_goes_wrong_is_one_sentence_without_the_password(situation: str, tmp_path: Path) -> None:
    missing = re.sub(r"schema=\w+", "schema=none", situation)
    other = re.sub(r"host=[^&]+", f"host={tmp_path}", situation)
    for place, words in ((missing, "no situation in this schema"), (other, "cannot be opened")):
        for command in (
            ("show", place, "claims"),
            ("verify", place),
            ("copy", place, tmp_path / "x.standoff"),
        ):
            told = refused(run(*command), 6)
            assert words in told
            assert SECRET not in told
    assert list(tmp_path.iterdir()) == []
    told = refused(process("add", f"postgresql://ada:{SECRET}/x@db/y", REPORTS / FILES[0]), 6)
    assert SECRET not in told
    told = refused(run("copy", situation, situation), 6)
    assert "already" in told
    assert SECRET not in told
