"""What becomes of a report that comes in: the rules for ids, bytes, copies."""

from __future__ import annotations

import pytest

from standoff.errors import AnchorError, RecordError
from standoff.model import Preserved, Reading
from standoff.record import Record
from tests.record.hand import Place
from tests.record.make import TEXT, read, taken


@pytest.fixture
def record(place: Place):
    with Record.open(place) as record:
        yield record


def ids(record: Record) -> list[str]:
    return [report.id for report in record.reports()]


def test_a_new_report_has_two_entries(record: Record) -> None:
    one = taken()
    added = record.add(one, read(one))
    assert (added.report, added.outcome, added.entries) == ("a.txt", "new", (1, 2))
    assert record.reports() == [one.report]
    assert record.readings() == [read(one)]
    assert record.data(one.report.sha256) == one.data


def test_the_same_bytes_again_are_another_acquisition(record: Record) -> None:
    one = taken()
    record.add(one, read(one))
    again = record.add(taken(where="elsewhere/a.txt"), read(one))
    other = record.add(taken("b.txt"), None)
    assert [again.outcome, other.outcome] == ["same_bytes", "same_bytes"]
    assert again.report == other.report == "a.txt"
    assert len(again.entries) == 1, "an equal reading is not logged twice"
    assert [one.where for one in record.acquisitions("a.txt")] == ["a.txt", "elsewhere/a.txt", "b.txt"]
    assert ids(record) == ["a.txt"]


def test_the_same_text_under_a_given_id_is_a_copy(record: Record) -> None:
    record.add(taken("x"), id_given=True)
    assert record.add(taken("y"), id_given=True).outcome == "copy_text"
    assert ids(record) == ["x", "y"]


def test_the_same_text_from_another_publisher_is_a_copy(record: Record) -> None:
    record.add(taken("wire.txt", publisher="Northern Wire"))
    added = record.add(taken("wire.txt", publisher="Harbour Post"))
    assert (added.outcome, ids(record)) == ("copy_text", ["wire.txt", added.report])
    assert added.report.startswith("wire.txt#")
    third = record.add(taken("wire.txt", publisher="Third Paper"))
    assert len({"wire.txt", added.report, third.report}) == 3
    again = record.add(taken("wire.txt", publisher="Harbour Post"))
    assert (again.outcome, again.report) == ("same_bytes", added.report)


def test_the_same_text_in_other_bytes_is_another_acquisition_of_that_name(record: Record) -> None:
    record.add(taken("p.html", data=b"<p>one</p>"))
    added = record.add(taken("p.html", data=b"<p>two</p>"))
    assert (added.outcome, ids(record)) == ("same_text", ["p.html"])
    assert record.data(taken("p.html", data=b"<p>two</p>").report.sha256) == b"<p>two</p>"


def test_another_file_of_the_same_name_gets_a_name_of_its_own(record: Record) -> None:
    record.add(taken("a.txt", TEXT))
    other = taken("a.txt", TEXT + " Later.")
    added = record.add(other, read(other))
    assert added.outcome == "id_clash"
    assert added.report == f"a.txt#{other.report.sha256[:8]}"
    assert record.readings()[0].report == added.report
    assert record.add(other, read(other)).outcome == "same_bytes"
    assert len(ids(record)) == 2


def test_a_given_id_belongs_to_one_text(record: Record) -> None:
    record.add(taken("x"), id_given=True)
    with pytest.raises(RecordError, match=r"'x' already names a report with another text.*id of its own"):
        record.add(taken("x", TEXT + " Later."), id_given=True)
    assert record.head().n == 1


def test_two_files_without_words_are_two_reports(record: Record) -> None:
    record.add(taken("a.pdf", "", data=b"%PDF 1", error="it is encrypted"))
    added = record.add(taken("a.pdf", "", data=b"%PDF 2", error="it is encrypted"))
    assert added.outcome == "id_clash"
    assert [report.error for report in record.reports()] == ["it is encrypted"] * 2


def test_a_date_given_later_is_taken_and_the_new_reading_with_it(record: Record) -> None:
    undated = taken()
    record.add(undated, read(undated))
    dated = taken(published="2031-05-02")
    assert not record.knows(dated.report.sha256, "a.txt", published="2031-05-02")
    added = record.add(dated, read(dated))
    assert (added.outcome, len(added.entries)) == ("described", 2)
    assert record.reports()[0].published.value == "2031-05-02"
    assert record.readings()[0].published == "2031-05-02"
    record.add(undated, read(undated))
    assert record.readings()[0].published == "2031-05-02", "a look without the date takes nothing back"
    assert record.knows(dated.report.sha256, "a.txt", published="2031-05-02")


def test_given_goes_before_metadata_and_metadata_before_a_guess(record: Record) -> None:
    for value, origin in (("2031-01-01", "guessed"), ("2031-01-02", "metadata"), ("2031-01-03", "given")):
        record.add(taken(published=value, origin=origin))
    record.add(taken(published="2031-01-04", origin="metadata"))
    assert [report.published.value for report in record.reports()] == ["2031-01-03"]


def test_a_better_extractor_replaces_the_text_and_keeps_the_old(record: Record) -> None:
    record.add(taken("a.pdf", "", data=b"%PDF", error="unreadable"))
    better = taken("a.pdf", TEXT, data=b"%PDF", version="2")
    assert record.add(better, read(better)).outcome == "reextracted"
    assert [(report.id, report.text) for report in record.reports()] == [("a.pdf", TEXT)]
    assert record.add(taken("a.pdf", "", data=b"%PDF", error="x", version="1")).outcome == "same_bytes"
    assert record.reports()[0].text == TEXT
    assert len(list(record.entries(["report"]))) == 2


def test_known_bytes_are_recognised_by_id_and_file_name(record: Record) -> None:
    record.add(taken())
    digest = taken().report.sha256
    assert record.knows(digest, "a.txt")
    assert not record.knows(digest, "b.txt")
    record.add(taken("b.txt"))
    assert record.knows(digest, "b.txt")
    assert not record.knows("0" * 64, "a.txt")
    assert not record.knows(digest, "a.txt", publisher="Harbour Post")


def test_names_and_texts_that_are_no_utf_8_are_kept(record: Record) -> None:
    odd = taken("caf\udce9.txt", "lone \ud800 surrogate \ufdd0")
    record.add(odd)
    assert record.reports() == [odd.report]
    assert record.knows(odd.report.sha256, "caf\udce9.txt")


def broken(reading: Reading) -> Reading:
    import msgspec

    mention = msgspec.structs.replace(reading.mentions[0], text="The major")
    return msgspec.structs.replace(reading, mentions=(mention,))


def test_words_that_are_not_there_are_refused_whole(record: Record) -> None:
    one = taken()
    with pytest.raises(AnchorError, match="quoted words"):
        record.add(one, broken(read(one)))
    assert record.head().n == 0
    assert record.reports() == []


def test_bytes_that_do_not_match_are_refused(record: Record) -> None:
    with pytest.raises(AnchorError, match="SHA-256"):
        record.add(Preserved(report=taken().report, data=b"other"))
