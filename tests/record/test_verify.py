"""`verify` finds any change and names the first thing that does not fit."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import pytest

from standoff.model import Review, sha256_hex
from standoff.record import Record, anchor_of, copy, verify
from standoff.record.entries import chain_hash
from tests.record.hand import Place, Statement, ask, names, tamper
from tests.record.make import AT, TEXT, read, small, taken

TABLES = ("entry", "content", "derived", "derived_row", "situation")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "s.standoff"
    with Record.open(path) as record:
        record.add(taken("p.html", data=b"<p>" + TEXT.encode() + b"</p>"), read(taken()), at=AT)
        record.add(small(1), read(small(1)), at=AT)
        reading = read(taken())
        anchor = anchor_of("time", reading.times[0], TEXT, reading.text_sha256)
        record.append_review(Review(action="accept", targets=(anchor,), by="Ada", at=AT), at=AT)
        record.add(taken("q.html", data=b"<p>" + TEXT.encode() + b"</p>"), at=AT)
        record.replace_derived({"statements": [{"id": "a", "low": 1.5}, {"id": "b", "low": None}]}, "d-1")
    return path


@pytest.fixture
def path(sound: Path, place: Place) -> Place:
    copy(sound, place)
    return place


def everything(path: Place) -> object:
    if isinstance(path, Path):
        return path.read_bytes()
    return [ask(path, f"SELECT * FROM {table} ORDER BY 1") for table in sorted(names(path) & set(TABLES))]


def test_a_sound_situation_verifies_and_is_not_changed(path: Place) -> None:
    before = everything(path)
    result = verify(path)
    assert (result.ok, result.entries, result.contents, result.annotations) == (True, 6, 3, 14)
    assert result.notes == ()
    assert everything(path) == before


@pytest.mark.parametrize("number", range(1, 7))
def test_any_changed_byte_of_an_entry_is_found(path: Place, number: int) -> None:
    body = body_of(path, number)
    chosen = random.Random(number).sample(range(len(body)), 12)
    for place in chosen:
        changed = bytearray(body)
        changed[place] ^= 1
        tamper(path, ("UPDATE entry SET body = ? WHERE n = ?", (bytes(changed), number)))
        result = verify(path)
        assert not result.ok
        assert f"entry {number}" in str(result.where)
    tamper(path, ("UPDATE entry SET body = ? WHERE n = ?", (body, number)))
    assert verify(path).ok


def test_any_changed_byte_of_stored_content_is_found(path: Place) -> None:
    for sha256, packed in [tuple(row.values()) for row in ask(path, "SELECT sha256, packed FROM content")]:
        for place in (0, 1, *range(2, len(packed), 9), len(packed) - 1):
            changed = bytearray(packed)
            changed[place] ^= 1 << place % 8
            tamper(path, ("UPDATE content SET packed = ? WHERE sha256 = ?", (bytes(changed), sha256)))
            result = verify(path)
            assert not result.ok
            assert sha256 in str(result.where)
        tamper(path, ("UPDATE content SET packed = ? WHERE sha256 = ?", (packed, sha256)))
    assert verify(path).ok


def test_any_changed_byte_of_the_file_is_found_or_does_not_matter(sound: Path, tmp_path: Path) -> None:
    """Bytes no table uses may differ; what the record says may not."""
    data = sound.read_bytes()
    with Record.open(sound, write=False) as record:
        said = (record.head(), list(record.entries()))
    chance = random.Random(7)
    path = tmp_path / "s.standoff"
    for place in chance.sample(range(100, len(data)), 150):
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(changed))
        if verify(path).ok:
            with Record.open(path, write=False) as record:
                assert (record.head(), list(record.entries())) == said


NOTHING = zlib.compress(b"")
CHANGES = {
    "an entry removed": (("DELETE FROM entry WHERE n = 2", ()), "entry 2 is missing"),
    "the last entry's column": (("UPDATE entry SET report = 'z' WHERE n = 6", ()), "columns beside"),
    "an entry's time column": (("UPDATE entry SET at = '2031' WHERE n = 3", ()), "columns beside"),
    "an entry's hash": (("UPDATE entry SET hash = 'aa' WHERE n = 3", ()), "does not match its hash"),
    "content gone": (("DELETE FROM content WHERE size > 100", ()), "missing"),
    "content added": (
        ("INSERT INTO content VALUES (?, 0, ?, ?)", (sha256_hex(b""), zlib.crc32(NOTHING), NOTHING)),
        "no entry names",
    ),
    "a derived row": (("UPDATE statements SET low = 2 WHERE id = 'a'", ()), "rows have changed"),
    "a derived head": (("UPDATE derived SET head_hash = 'aa'", ()), "not in the log"),
    "a derived table gone": (("DROP TABLE statements", ()), ""),
    "an index gone": (("DROP INDEX entry_by_report", ()), "missing"),
    "a view gone": (("DROP VIEW reports", ()), "reports is missing"),
}  # fmt: skip
IN_DATABASE: dict[str, Statement] = {
    "a derived row": ("UPDATE derived_row SET cells = '[\"a\", 2]' WHERE row_number = 1", ()),
    "a derived table gone": ("DROP VIEW statements", ()),
}
"""Where derived tables are views, other statements do the same."""


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_done_to_it_is_named(path: Place, change: str) -> None:
    statement, words = CHANGES[change]
    tamper(path, statement if isinstance(path, Path) else IN_DATABASE.get(change, statement))
    result = verify(path)
    assert not result.ok
    assert words in str(result.problem)


def rewrite(path: Place, number: int, body: bytes) -> None:
    """Change an entry and hash all that follow anew, as someone who knows the format would."""
    rows = [(row["n"], bytes(row["body"])) for row in ask(path, "SELECT n, body FROM entry ORDER BY n")]
    previous, changes = "", []
    for n, old in rows:
        data = body if n == number else old
        previous = chain_hash(previous, data)
        changes.append(("UPDATE entry SET body = ?, hash = ? WHERE n = ?", (data, previous, n)))
    changes.append(("UPDATE derived SET head_hash = ? WHERE head = ?", (previous, rows[-1][0])))
    tamper(path, *changes)


def body_of(path: Place, number: int) -> bytes:
    [row] = ask(path, "SELECT body FROM entry WHERE n = ?", number)
    return bytes(row["body"])


@pytest.mark.parametrize(
    ("number", "old", "new", "words"),
    [
        (2, b'"text":"Monday"', b'"text":"Sunday"', "quoted words"),
        (2, b'"end":', b'"end":9', "does not lie in"),
        (5, b'"quote":"Monday"', b'"quote":"Sunday"', "quoted words"),
        (1, b'{"at"', b'{ "at"', "canonical"),
        (1, b'"format":1', b'"format":2', "unknown format"),
        (2, b'"report":"p.html"', b'"report":"q.html"', ""),
        (1, b',"text_sha256"', b'0,"text_sha256"', "size"),
    ],
)
def test_a_rewritten_chain_still_has_to_fit(
    path: Place, number: int, old: bytes, new: bytes, words: str
) -> None:
    changed = body_of(path, number).replace(old, new, 1)
    assert changed != body_of(path, number)
    rewrite(path, number, changed)
    result = verify(path)
    assert not result.ok
    assert words in str(result.problem)


def test_a_head_kept_elsewhere_shows_deliberate_rewriting(path: Place) -> None:
    kept = verify(path).head.hash
    changed = body_of(path, 5).replace(b'"by":"Ada"', b'"by":"Eve"')
    rewrite(path, 5, changed)
    assert verify(path).ok, "the chain alone cannot show this"
    assert "rewritten" in str(verify(path, kept).problem)


def test_a_head_kept_elsewhere_may_be_older(path: Place) -> None:
    kept = verify(path).head.hash
    with Record.open(path) as record:
        record.add(taken("z.txt", TEXT + " Later."))
    result = verify(path, kept)
    assert result.ok
    assert any("1 came after" in note for note in result.notes)
    assert any("the log is at 7" in note for note in result.notes), "derived tables are behind"


def test_another_deriving_version_is_no_damage(path: Place) -> None:
    result = verify(path, version="d-2")
    assert result.ok
    assert any("d-2" in note for note in result.notes)
