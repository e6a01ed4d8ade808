"""The brief: one payload, one file; hostile words stay words; every link leads somewhere."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from itertools import pairwise

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import UsageError
from standoff.model import Axes, Derived, Referents, View
from standoff.show import write_brief
from standoff.show.brief import brief_html, policy
from standoff.show.brief.marked import marked, pieces_of
from standoff.show.brief.payload import payload
from standoff.show.schema import schema
from tests.show.fixture import HOSTILE, TWO, view

VIEW = view()
DATA = payload(VIEW)
HTML = brief_html(VIEW)


class Seen(HTMLParser):
    """What a browser would make of the page: elements, attributes, text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.quiet = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.quiet += tag in {"style", "script"} or (tag == "a" and dict(attrs).get("class") == "back")

    def handle_endtag(self, tag):
        self.quiet -= tag in {"style", "script"} and self.quiet > 0
        self.quiet -= tag == "a" and self.quiet > 0

    def handle_data(self, data):
        if not self.quiet:
            self.text.append(data)


SEEN = Seen(HTML)


def attributes(name: str) -> list[str]:
    return [value for _, found in SEEN.elements for key, value in found.items() if key == name and value]


def test_the_payload_fits_its_published_schema():
    jsonschema.Draft202012Validator(schema("brief")).validate(DATA)
    json.dumps(DATA, allow_nan=False)


def test_the_same_view_gives_the_same_bytes():
    assert brief_html(view()) == HTML


def test_hostile_report_text_stays_text():
    assert HOSTILE in "".join(SEEN.text)
    assert [tag for tag, _ in SEEN.elements].count("script") == 1
    assert not [tag for tag, _ in SEEN.elements if tag in {"img", "iframe", "object", "form", "base", "link"}]
    assert not [key for _, found in SEEN.elements for key in found if key.startswith("on") or key == "style"]


def test_nothing_is_fetched_from_elsewhere():
    assert not attributes("src")
    assert all(link.startswith("#") for link in attributes("href"))
    assert "default-src 'none'" in policy()
    assert "unsafe-inline" not in policy()
    assert policy() in attributes("content")


def test_every_link_leads_to_one_place():
    ids = attributes("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in attributes("href")} <= set(ids)
    assert all(name in ids for found in attributes("aria-labelledby") for name in found.split())


def test_every_figure_leads_to_its_words_and_back():
    accounts = [account for item in DATA["figures"] for account in item["accounts"]]
    assert accounts
    for account in accounts:
        words, report = account["words"], DATA["reports"][account["words"]["report_number"] - 1]
        start, end = words["span"]
        assert report["text"][start:end] == words["text"]
        passage = next(p for p in report["passages"] if p["id"] == words["passage"])
        assert account["anchor"] in {cited["anchor"] for cited in passage["cited_by"]}
        assert account["anchor"] in attributes("id")
        assert f'href="#{words["passage"]}"' in HTML


def test_headings_never_skip_a_level():
    levels = [int(tag[1]) for tag, _ in SEEN.elements if tag in {"h1", "h2", "h3", "h4", "h5"}]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_captions_and_scoped_headers():
    tags = [tag for tag, _ in SEEN.elements]
    assert tags.count("table") == tags.count("caption")
    assert all("scope" in found for tag, found in SEEN.elements if tag == "th")


def test_what_is_contested_comes_first():
    order = [
        HTML.index(f'<section id="{name}"')
        for name in ("disputes", "figures", "ledger", "timeline", "reports")
    ]
    assert order == sorted(order)


def test_quotations_find_their_own_direction():
    quotes = [found for tag, found in SEEN.elements if tag == "q"]
    assert quotes
    assert all(found.get("dir") == "auto" for found in quotes)
    assert "لم يحذرنا أحد" in TWO
    assert "لم يحذرنا أحد" in "".join(SEEN.text)


def test_unknown_is_said_never_zero():
    text = " ".join(SEEN.text)
    assert "coordinates not known" in text
    assert "no date" in text
    leaflet = next(report for report in DATA["reports"] if report["id"] == "leaflet.txt")
    assert leaflet["published"] is None


def test_axes_are_printed():
    html = brief_html(view(Axes(known_by="2031-03-06", as_of="2031-03-05", recorded_by=7), undated=1))
    for words in (
        "--as-of 2031-03-05",
        "--known-by 2031-03-06",
        "--recorded-by 7",
        "1 report without a date",
    ):
        assert words in html


def test_an_empty_record_still_has_a_brief():
    empty = View(name="x", axes=Axes(), reports=(), readings=(), referents=Referents(), derived=Derived())
    assert "No two accounts" in brief_html(empty)
    jsonschema.validate(payload(empty), schema("brief"))


def test_unwritable_places_are_told_in_a_sentence(tmp_path):
    write_brief(VIEW, tmp_path / "brief.html")
    assert (tmp_path / "brief.html").read_text(encoding="utf-8") == HTML
    with pytest.raises(UsageError, match="cannot be written"):
        write_brief(VIEW, tmp_path / "no" / "brief.html")


@st.composite
def texts_with_passages(draw):
    text = draw(st.text(alphabet="ab <&>\"'\n\u0627\U0001f30a", min_size=1, max_size=40))
    ends = st.integers(0, len(text))
    spans = draw(st.sets(st.tuples(ends, ends).filter(lambda s: s[0] < s[1]), max_size=8))
    passages = [
        {
            "id": f"p{a}-{b}",
            "start": a,
            "end": b,
            "cited_by": [{"label": "ledger: x", "anchor": "a"}] * (1 + a % 2),
        }
        for a, b in sorted(spans, key=lambda s: (s[0], -s[1]))
    ]
    return text, passages


@given(texts_with_passages())
def test_marking_never_changes_the_text(made):
    text, passages = made
    html = str(marked(text, passages))
    assert "".join(Seen(html).text) == text.replace("\r", "\n")
    for passage in passages:
        assert html.count(f'id="{passage["id"]}"') == 1
    pieces = list(pieces_of(passages, len(text)))
    for n, a in enumerate(pieces):
        for b in pieces[n + 1 :]:
            assert b.start >= a.end or (a.start <= b.start and b.end <= a.end), "pieces nest or lie apart"


def test_an_account_that_was_repeated_and_then_replaced_is_marked_so():
    deaths = next(each for each in VIEW.derived.questions if each.id == "qn-deaths")
    repeated = msgspec.structs.replace(deaths.links[1], from_="ac-d1", to="ac-d2", relation="repeats")
    changed = msgspec.structs.replace(deaths, links=(deaths.links[0], repeated))
    questions = tuple(changed if each.id == changed.id else each for each in VIEW.derived.questions)
    data = payload(
        msgspec.structs.replace(VIEW, derived=msgspec.structs.replace(VIEW.derived, questions=questions))
    )
    replaced = {
        told["id"]: told["replaced_by"]
        for figure in data["figures"]
        for told in figure["accounts"]
        if told["replaced_by"]
    }
    assert replaced == {"ac-d1": "ac-d3", "ac-d2": "ac-d3"}
