"""Withholding: what was withheld is nowhere in the file, whatever its case, accents or place."""

from __future__ import annotations

import re
import unicodedata

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import UsageError
from standoff.show import Withhold
from standoff.show.brief import brief_html
from standoff.show.brief.masking import Edit, Mask, apply, parts_of
from standoff.show.brief.payload import payload
from standoff.show.schema import schema
from tests.show.fixture import FOUR, ONE, THREE, TWO, view

VIEW = view()
NAMES = (
    *("Ilka", "Brandström", "Brandstrom", "Nadim", "Khoury", "نديم", "خوري"),
    *("Okafor", "Lind", "Dana", "Jori", "Maas", "Miro", "Vance"),
)
SOURCES = ("Tarvel Post", "Northern Wire", "Evening Lamp", "Radio Ossel", "Jori Maas", "tarvelpost.example",
           "tarvel-post.txt", "ministry-wire", "late-edition", "leaflet.txt", "broken.pdf")  # fmt: skip


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def html(**wishes) -> str:
    kinds = [kind for kind in ("names", "victims", "sources") if wishes.pop(kind, False)]
    return brief_html(VIEW, Withhold.of(kinds, **wishes))


def left(page: str, words: tuple[str, ...]) -> list[str]:
    page = folded(page)
    return [word for word in words if folded(word) in page]


def test_everything_is_there_when_nothing_is_withheld():
    assert left(html(), NAMES + SOURCES) == list(NAMES + SOURCES)
    assert "Withheld from this copy" not in html()
    assert not Withhold.of([])
    assert not Withhold()


def test_names_are_gone_in_every_case_and_script():
    page = html(names=True)
    assert left(page, NAMES) == []
    assert "names of persons" in page
    assert "person 1" in page
    assert left(page, ("Tarvel Post", "waterworks", "ministry")) == ["Tarvel Post", "waterworks", "ministry"]


def test_victims_are_gone_with_what_describes_them():
    page = html(victims=True)
    assert left(page, ("Miro", "Vance", "schoolboy")) == []
    assert left(page, ("Brandström",)) == ["Brandström"]
    assert "victim 1" in page


def test_sources_are_gone_with_their_addresses_and_ids():
    page = html(sources=True)
    assert left(page, SOURCES) == []
    assert not any(report.sha256 in page for report in VIEW.reports)
    assert left(page, ("Brandström",)) == ["Brandström"]
    assert "source 1" in page


def test_no_text_leaves_figures_with_report_and_offsets():
    page = html(no_text=True)
    sentences = [
        s for text in (ONE, TWO, THREE, FOUR) for s in re.split(r"[.\n;]\s*", text) if len(s.split()) > 3
    ]
    assert sentences
    assert left(page, tuple(sentences)) == []
    assert left(page, ("At least 12 people", "We were warned by nobody", "14 people")) == []
    assert "at least 12" in page
    assert "characters\u00a0" in page.replace("&nbsp;", "\u00a0")


def test_places_are_coarse_and_say_so():
    for km in (5.0, 25.0, 300.0):
        data = payload(VIEW, Withhold.of([], coarsen_km=km))
        for place, exact in zip(data["places"], VIEW.referents.places, strict=True):
            if exact.lat is None:
                assert place["lat"] is None
                continue
            assert place["radius_km"] >= max(km, exact.radius_km)
            assert abs(place["lat"] - exact.lat) * 111.32 <= km / 2 + 0.01
            assert (place["lat"], place["lon"]) != (exact.lat, exact.lon)
    page = html(coarsen_km=25)
    assert "47.512" not in page
    assert "rounded to 25 km" in page


@pytest.mark.parametrize(
    "wishes",
    [{"names": True}, {"victims": True}, {"sources": True}, {"no_text": True}, {"coarsen_km": 9.0},
     {"names": True, "victims": True, "sources": True, "coarsen_km": 50.0, "no_text": True}],
)  # fmt: skip
def test_a_withholding_payload_fits_the_schema_and_its_links_hold(wishes):
    kinds = [kind for kind in ("names", "victims", "sources") if wishes.get(kind)]
    made = Withhold.of(kinds, coarsen_km=wishes.get("coarsen_km"), no_text=wishes.get("no_text", False))
    data = payload(VIEW, made)
    jsonschema.validate(data, schema("brief"))
    assert data["withheld"] == made.words()
    for report in data["reports"]:
        for passage in report["passages"]:
            assert 0 <= passage["start"] <= passage["end"]
            assert report["text"] is None or passage["end"] <= len(report["text"])
    page = brief_html(VIEW, made)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_spans_still_count_the_report_itself():
    plain, masked = payload(VIEW), payload(VIEW, Withhold.of(["names"]))
    for a, b in zip(plain["figures"], masked["figures"], strict=True):
        assert [x["words"]["span"] for x in a["accounts"]] == [x["words"]["span"] for x in b["accounts"]]
        assert [x["words"]["text"] for x in a["accounts"]] == [x["words"]["text"] for x in b["accounts"]]


def test_a_shared_surname_stands_for_either():
    mask = Mask()
    mask.add("Ada Venn", "person 1", parts=True)
    mask.add("Bo Venn", "person 2", parts=True)
    assert (
        mask.text("Ada Venn met Bo Venn; the Venns left.").text
        == "person 1 met person 2; the person 1 or 2 left."
    )


def test_titles_particles_and_months_are_no_names():
    assert parts_of("Lt. Gen. Abd al-Rahim May") == ["Rahim"]


def test_words_that_only_hold_a_name_stay():
    mask = Mask()
    mask.add("Rem Lind", "person 1", parts=True)
    assert mask.text("A blind remark about linden trees").text == "A blind remark about linden trees"


def test_unknown_kinds_and_widths_are_refused():
    with pytest.raises(UsageError, match="names, victims, sources"):
        Withhold.of(["everything"])
    with pytest.raises(UsageError, match="km"):
        Withhold.of([], coarsen_km=0)


NAME = st.text(alphabet="abcdefgé", min_size=4, max_size=8).map(str.capitalize)


@given(
    NAME, st.text(alphabet="xyz .,\n", max_size=20), st.text(alphabet="xyz .,\n", max_size=20), st.booleans()
)
def test_a_name_is_found_in_any_case(name, before, after, upper):
    mask = Mask()
    mask.add(name, "person 1")
    said = name.upper() if upper else name.lower()
    text = f"{before} {said} {after}"
    masked = mask.text(text)
    assert folded(name) not in folded(masked.text)
    assert masked.text == f"{before} person 1 {after}"
    assert masked.span(len(text) - len(after), len(text)) == (len(masked.text) - len(after), len(masked.text))


@given(st.text(min_size=1, max_size=30), st.data())
def test_spans_move_with_the_text_around_edits(text, data):
    cut = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(cut, cut).map(sorted).filter(lambda s: s[0] < s[1]), max_size=4))
    masked = apply(text, [Edit(a, b, "~~") for a, b in spans])
    a, b = sorted(data.draw(st.tuples(cut, cut)))
    start, end = masked.span(a, b)
    assert 0 <= start <= end <= len(masked.text)
    if all(b <= s or e <= a for s, e in spans):
        assert masked.text[start:end] == text[a:b]


def test_wishes_are_told_in_words():
    made = Withhold.of(["sources", "names"], coarsen_km=2.5, no_text=True)
    assert made.words()[0] == "names of persons"
    assert "2.5 km" in " ".join(made.words())
    assert msgspec.json.encode(made.words())


def test_a_word_wrongly_read_as_a_name_tears_no_holes():
    """A reader's slip (an article, a place, a body) must not turn the whole text into pseudonyms."""
    reading = VIEW.readings[0]
    slips = []
    for words in ("The", "Tarvel", "waterworks"):
        start = ONE.index(words)
        slips.append(
            msgspec.structs.replace(
                reading.mentions[0],
                id=f"mn-{words}",
                start=start,
                end=start + len(words),
                text=words,
                party=words,
            )
        )
    organisation = msgspec.structs.replace(slips[2], id="mn-body", type="organisation")
    torn = msgspec.structs.replace(reading, mentions=(*reading.mentions, *slips, organisation))
    made = payload(msgspec.structs.replace(VIEW, readings=(torn, *VIEW.readings[1:])), Withhold.of(["names"]))
    assert made["reports"][0]["text"].startswith("Dam breaks above Tarvel")
    assert "The waterworks said" in made["reports"][0]["text"]
    assert "Brandstr" not in str(made)
