"""What comes in, comes in whole: text layers, metadata with their origin, and clear refusals."""

from __future__ import annotations

import gzip
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from standoff.errors import InputError, LimitError
from standoff.model import Preserved, sha256_hex, text_sha256
from standoff.preserve import Given, Options, stream, take, take_bytes
from standoff.preserve.limits import check_text
from standoff.preserve.pdf import reflow

PAGE = b"""<!DOCTYPE html><html><head><title>Bridge closed</title>
<meta property="og:site_name" content="The Lantern"><meta name="author" content="Ada Vance">
<meta property="article:published_time" content="2021-03-04T23:10:00+02:00"></head><body>
<nav>Home Sport</nav><article><h1>Bridge closed</h1><p>The council closed the old bridge on Thursday after
twelve people were injured there, the mayor said.</p><p>Engineers will inspect it next week.</p></article>
<script>steal()</script></body></html>"""


def one(data: bytes, name: str, options: Options | None = None) -> Preserved:
    (found,) = take_bytes(data, name, name, options or Options())
    return found


def pdf(*lines: str, password: str | None = None) -> bytes:
    page = FPDF()
    page.add_page()
    page.set_font("Helvetica", size=12)
    for line in lines:
        page.multi_cell(0, 8, line, new_x="LMARGIN", new_y="NEXT")
    data = bytes(page.output())
    if password is None:
        return data
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def warc(**pages: bytes) -> bytes:
    return b"".join(gzip.compress(_captured(name, body)) for name, body in pages.items())


def _captured(name: str, body: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
        f"WARC-Target-URI: https://example.org/{name}\r\nWARC-Date: 2021-03-05T01:02:03Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


@given(st.text(min_size=1).filter(str.strip))
def test_a_text_file_is_its_text_layer_code_point_for_code_point(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    report = one(data, "a.txt").report
    if report.error is None and not report.bom and not any("not UTF-8" in w for w in report.warnings):
        assert report.text == text
        assert report.text_sha256 == text_sha256(text)
    assert report.sha256 == sha256_hex(data)


def test_line_ends_blanks_and_title_are_left_alone() -> None:
    text = "  Title here\r\n\r\nBody\tof it. \n"
    report = one(text.encode(), "a.txt").report
    assert report.text == text
    assert report.title.value == "Title here"
    assert report.title.origin == "guessed"


def test_only_a_bom_is_removed_and_that_is_recorded() -> None:
    report = one(b"\xef\xbb\xbfHello there.", "a.txt").report
    assert (report.text, report.bom) == ("Hello there.", True)


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_other_encodings_are_read_and_said(encoding: str) -> None:
    text = "The café owner said the rue is closed, and the naïve plan failed. " * 5
    report = one(text.encode(encoding), "a.txt").report
    assert report.text == text
    assert report.warnings


def test_a_page_gives_its_article_and_metadata() -> None:
    report = one(PAGE, "page.html").report
    assert "twelve people were injured" in report.text
    assert "steal" not in report.text
    assert (report.title.value, report.publisher.value, report.author.value) == (
        "Bridge closed",
        "The Lantern",
        "Ada Vance",
    )
    assert (report.published.value, report.published.origin) == ("2021-03-04", "metadata")


def test_what_is_given_wins_over_metadata() -> None:
    options = Options(given=Given(published="2020-01-01", publisher="Given"))
    report = one(PAGE, "page.html", options).report
    assert (report.published.value, report.published.origin) == ("2020-01-01", "given")
    assert report.publisher.value == "Given"


def test_markdown_front_matter() -> None:
    data = b"---\ntitle: A title\ndate: 2021-03-04\n---\n\n# Heading\n\nText.\n"
    report = one(data, "a.md").report
    assert report.text == "\n# Heading\n\nText.\n"
    assert (report.title.value, report.published.value) == ("A title", "2021-03-04")


def test_pdf_text_and_unwrapped_lines() -> None:
    report = one(pdf("The council said that twelve people were hurt. " * 6), "a.pdf").report
    assert "twelve people were hurt" in report.text
    assert report.media_type == "application/pdf"


def test_reflow_joins_wrapped_lines_and_keeps_paragraphs() -> None:
    wrapped = "This is a line of text that was cut\nin the middle of its sentence.\n\nA new para-\ngraph."
    assert reflow(wrapped).split("\n\n")[0].endswith("cut in the middle of its sentence.")


def test_mail_headers_body_and_attachment() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Press <p@out.example>", "x@y.example", "Statement"
    message["Date"] = "Thu, 04 Mar 2021 10:00:00 +0000"
    message.set_content("The office said four trucks passed.")
    message.add_attachment(PAGE, maintype="text", subtype="html", filename="page.html")
    body, attached = take_bytes(message.as_bytes(), "m.eml", "m.eml")
    assert body.report.text.strip() == "The office said four trucks passed."
    assert (body.report.title.value, body.report.published.value) == ("Statement", "2021-03-04")
    assert attached.report.id == "m.eml!page.html"
    assert attached.report.acquired.container == body.report.sha256


def test_warc_pages_keep_their_address_and_capture_time() -> None:
    (found,) = take_bytes(warc(a=PAGE), "a.warc.gz", "a.warc.gz")
    assert found.report.id == "https://example.org/a"
    assert found.report.acquired.at == "2021-03-05T01:02:03Z"
    assert found.report.sha256 == sha256_hex(PAGE)


def test_wacz_holds_warcs() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.warc.gz", warc(a=PAGE, b=PAGE.replace(b"bridge", b"tunnel")))
    assert len(list(take_bytes(out.getvalue(), "a.wacz", "a.wacz"))) == 2


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.warc", b"\0" * 40_000_000)
    error = one(out.getvalue(), "a.wacz").report.error
    assert error is not None
    assert "unpack" in error


def test_feed_entries_are_reports() -> None:
    feed = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>
    <item><title>One</title><link>https://e.example/1</link><pubDate>Thu, 04 Mar 2021 10:00:00 GMT</pubDate>
    <description>&lt;p&gt;First &lt;b&gt;story&lt;/b&gt;.&lt;/p&gt;</description></item>
    <item><title>Two</title><guid>two</guid><description>Second story.</description></item></channel></rss>"""
    first, second = take_bytes(feed, "f.xml", "f.xml")
    assert first.report.text == "First story."
    assert (first.report.published.value, first.report.publisher.value) == ("2021-03-04", "Wire")
    assert (second.report.id, second.report.published.value) == ("two", None)


def test_json_lines_keep_ids_and_name_the_bad_line() -> None:
    data = b'{"id":"a","text":"One.","published":"2021-03-04"}\n\nnot json\n{"text":"Three."}\n{"text":" "}\n'
    found = [p.report for p in take_bytes(data, "r.jsonl", "r.jsonl")]
    assert [r.id for r in found] == ["a", "r.jsonl#3", "r.jsonl#4", "r.jsonl#5"]
    assert [r.error is None for r in found] == [True, False, True, False]
    assert "line 3" in (found[1].error or "")
    assert (found[0].text, found[0].published.value) == ("One.", "2021-03-04")


def test_a_folder_comes_in_name_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "sub/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"Report {name}.")
    assert [p.report.id for p in take(str(tmp_path))] == ["a.txt", "b.txt", "sub/c.txt"]


def test_a_stream_of_lines_is_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'{"text":"One."}\n{"text":"Two."}')
    reports = stream([str(path)], None, "2021-03-04")
    assert next(reports).report.published.value == "2021-03-04"
    assert next(reports).report.text == "Two."


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.txt", "empty"),
        (b"  \n", "a.txt", "empty"),
        (b"\x00\x01\x02" * 50, "a.bin", "binary"),
        (b"%PDF-1.7 and then nothing", "a.pdf", "damaged"),
        (pdf("Hello.")[:400], "a.pdf", "damaged"),
        (pdf("Hello.", password="secret"), "a.pdf", "encrypted"),
        (pdf(""), "a.pdf", "no text"),
        (b"PK\x03\x04 not a zip", "a.wacz", "damaged"),
        (b"<html><body></body></html>", "a.html", "no article"),
        (b"WARC/1.0\r\nbroken", "a.warc", "web archive"),
        (b'<rss version="2.0"><channel></channel></rss>', "a.rss", "no entries"),
    ],
)
def test_what_cannot_be_read_is_kept_with_one_sentence(data: bytes, name: str, words: str) -> None:
    found = list(take_bytes(data, name, name))
    if words == "web archive" and not found:
        return  # a broken header may hold no record at all
    assert found[0].data == data
    assert words in (found[0].report.error or "")
    assert "\n" not in (found[0].report.error or "")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(take(str(tmp_path / "none.txt")))


def test_a_text_over_the_limit_is_refused() -> None:
    with pytest.raises(LimitError, match="limit"):
        check_text("a" * 10_000_001, "big.txt")


def test_a_date_that_is_none_is_not_used_and_said() -> None:
    report = one(b"Some words.", "a.txt", Options(given=Given(published="last Tuesday"))).report
    assert report.published.value is None
    assert any("last Tuesday" in warning for warning in report.warnings)


def test_a_date_after_the_day_it_was_had_is_said() -> None:
    report = one(b"Some words.", "a.txt", Options(given=Given(published="2999-01-01"))).report
    assert report.published.value == "2999-01-01"
    assert any("lies after" in warning for warning in report.warnings)


KINDS = st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a.eml", "a.warc", "a.wacz", "a.rss", "a.jsonl"])
STARTS = st.sampled_from(
    [
        b"",
        b"%PDF-1.5\n",
        b"PK\x03\x04",
        b"WARC/1.0\r\n",
        b"<html>",
        b"<rss>",
        b"From: a\n",
        b'{"text":',
        b"---\n",
    ]
)


@given(STARTS, st.binary(max_size=400), KINDS)
def test_no_bytes_break_the_door(start: bytes, rest: bytes, name: str) -> None:
    for found in take_bytes(start + rest, name, name):
        assert found.report.error is not None or found.report.text_sha256 == text_sha256(found.report.text)


@given(st.integers(0, 1500), st.integers(0, 255))
def test_a_damaged_pdf_is_read_or_refused(at: int, byte: int) -> None:
    data = bytearray(pdf("Twelve people were hurt, the council said."))
    data[at % len(data)] = byte
    assert list(take_bytes(bytes(data), "a.pdf", "a.pdf"))
