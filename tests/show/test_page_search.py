"""Full text: what is typed is words, and what is found points at them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff import demo
from standoff.model import Report, Sourced, View, text_sha256
from standoff.show.page import Search
from standoff.situation import Situation
from tests.show import fixture

ARABIC = "قال مدير المستشفى إن ثلاثة عشر شخصا قتلوا في الغارة. وقالت الوزارة إن العدد خمسة عشر."
ACCENTS = "Ilka Brandström und Zoë Müller sprachen in Łódź über Ćevapčići. 👩‍👩‍👧 Ко\u0301ли сказал."
MARKS = (
    'Private \ue000marks\ue001 and \ue002 cuts, a\u202eb bidi, <b>tags</b> & "quotes"; drop table found; --'
)


def report_of(like: Report, name: str, text: str, **more: Any) -> Report:
    return msgspec.structs.replace(like, id=name, text=text, text_sha256=text_sha256(text), **more)


@pytest.fixture(scope="module")
def view() -> View:
    made = fixture.view()
    like = made.reports[0]
    more = (
        report_of(like, "arabic", ARABIC, language=Sourced(value="ar"), publisher=Sourced(value="الجريدة")),
        report_of(like, "accents", ACCENTS),
        report_of(like, "marks", MARKS),
    )
    return msgspec.structs.replace(made, reports=(*made.reports, *more))


@pytest.fixture(scope="module")
def search(view: View) -> Search:
    held = Search()
    held.keep(view)
    return held


@pytest.fixture(scope="module")
def of_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[View, Search]]:
    with Situation.open(demo.build(tmp_path_factory.mktemp("search"))) as held:
        made = Search()
        made.keep(held.view())
        yield held.view(), made


def found(search: Search, sought: str, **more: Any) -> list[str]:
    return [each.id for each in search.find(sought, kind="report", **more).hits]


# ---- what is typed is words


def test_all_words_must_be_there_in_any_order(search: Search) -> None:
    assert found(search, "brandström killed") == found(search, "killed brandström") != []
    assert found(search, "brandström xyzzy") == []


def test_words_in_quotation_marks_stand_together(search: Search) -> None:
    assert found(search, '"private marks"') == ["marks"]
    assert found(search, '"bidi <b>tags</b>"') == ["marks"]
    assert found(search, '"tags bidi"') == []
    assert found(search, '"sprachen in" müller') == ["accents"]


def test_the_last_word_may_be_begun_only(search: Search) -> None:
    assert "accents" in found(search, "spra")
    assert found(search, "spra ") == [], "until it is ended"
    assert found(search, '"spra"') == []


@pytest.mark.parametrize(
    "sought", ["Brandstrom", "BRANDSTRÖM", "brandstro\u0308m", "zoe muller", "cevapcici"]
)
def test_diacritics_and_case_do_not_matter(search: Search, sought: str) -> None:
    assert "accents" in found(search, sought)


@pytest.mark.parametrize(
    ("sought", "names"),
    [("المستشفى", ["arabic"]), ('"ثلاثة عشر"', ["arabic"]), ("кόли", []), ("сказал", ["accents"])],
)
def test_other_scripts_are_found(search: Search, sought: str, names: list[str]) -> None:
    assert found(search, sought) == names


OPERATORS = (
    "NEAR(people killed, 2)",
    "people AND killed OR x",
    "NOT killed",
    "body:killed",
    "kind:report",
    "{body kind}: killed",
    "^people",
    "people + killed",
    "kil*",
    "*",
    "(",
    ")",
    '"',
    '""',
    '"""',
    '" OR "a',
    'x" OR body MATCH "y',
    "-killed",
    "a:b:c",
    "rank",
    "found",
    "'; DROP TABLE found; --",
    "killed' OR '1'='1",
    "\\",
    "\x00",
    "a\x00b",
    "\ue000\ue001\ue002",
    "{",
    "}",
    "[",
    "%",
    "_",
    ";",
    "--",
    "/*",
)


@pytest.mark.parametrize("sought", OPERATORS)
def test_signs_of_the_query_language_mean_nothing(search: Search, sought: str) -> None:
    told = search.find(sought)
    assert told.total == len(search.find(sought, count=1000).hits)
    assert search.find("killed").total > 0, "the index stands"


@given(st.text(max_size=60))
def test_anything_may_be_typed(search: Search, sought: str) -> None:
    told = search.find(sought)
    msgspec.json.encode(told)


@given(st.text(alphabet='"*^:(){}-+ANDORTEa \ue000\ue001\ue002\u202e', max_size=40))
def test_anything_may_be_typed_of_the_signs_that_matter(search: Search, sought: str) -> None:
    search.find(sought)


def test_nothing_typed_finds_nothing(search: Search) -> None:
    for sought in ("", " ", '""', "...", "👩‍👩‍👧"):
        assert search.find(sought).total == 0


# ---- what is found points at the words


def plain(text: str) -> str:
    return text.casefold()


def test_a_span_stands_at_the_words_sought(of_demo: tuple[View, Search]) -> None:
    view, search = of_demo
    texts = {each.id: each.text for each in view.reports}
    count = 0
    for sought in ("hospital", "killed", "mayor", "governor", "said"):
        for hit in search.find(sought, kind="report", count=200).hits:
            assert hit.report is not None
            assert hit.span is not None
            assert plain(texts[hit.report][slice(*hit.span)]).startswith(sought)
            count += 1
        for hit in search.find(sought, kind="statement", count=200).hits:
            assert hit.report is not None
            assert hit.span is not None
            assert sought in plain(texts[hit.report][slice(*hit.span)])
            count += 1
    assert count > 20


@pytest.mark.parametrize(
    ("sought", "name", "words"),
    [
        ("cevap", "accents", "Ćevapčići"),
        ("المستشفى", "arabic", "المستشفى"),
        ("tags", "marks", "tags"),
        ("сказал", "accents", "сказал"),
    ],
)
def test_spans_count_code_points_whatever_stands_before(
    search: Search, view: View, sought: str, name: str, words: str
) -> None:
    (hit,) = (each for each in search.find(sought, kind="report").hits if each.id == name)
    text = next(each.text for each in view.reports if each.id == name)
    assert hit.span is not None
    assert text[slice(*hit.span)] == words


def test_pieces_say_which_are_the_words_sought(search: Search) -> None:
    for hit in search.find("killed").hits:
        assert [plain(piece) for piece, sought in hit.pieces if sought] != []
        assert all(plain(piece).startswith("killed") for piece, sought in hit.pieces if sought)
        assert all(piece for piece, _ in hit.pieces)


def test_marks_of_the_private_area_in_a_report_are_not_taken_for_ours(search: Search) -> None:
    (hit,) = (each for each in search.find("cuts", kind="report").hits if each.id == "marks")
    assert [piece for piece, sought in hit.pieces if sought] == ["cuts"]
    assert not {"\ue000", "\ue001", "\ue002"} & set("".join(piece for piece, _ in hit.pieces))


# ---- filters and pages


def test_kinds_are_counted_whichever_is_shown(of_demo: tuple[View, Search]) -> None:
    _, search = of_demo
    whole = search.find("hospital", count=500)
    assert whole.total == sum(whole.kinds.values()) == len(whole.hits)
    for kind, count in whole.kinds.items():
        told = search.find("hospital", kind=kind, count=500)
        assert (told.total, told.kinds) == (count, whole.kinds)
        assert {each.kind for each in told.hits} <= {kind}


def test_pages_follow_each_other(of_demo: tuple[View, Search]) -> None:
    _, search = of_demo
    whole = search.find("said", count=500).hits
    assert len(whole) > 6
    parts = [each for n in range(0, len(whole), 4) for each in search.find("said", first=n, count=4).hits]
    assert parts == list(whole)
    assert search.find("said", first=10**9).hits == ()


def test_filters_leave_out_what_does_not_fit(of_demo: tuple[View, Search]) -> None:
    view, search = of_demo
    publisher = view.reports[0].publisher.value
    assert publisher
    assert {each.publisher for each in search.find("said", publisher=publisher).hits} == {publisher}
    assert search.find("said", publisher="nobody' OR '1'='1").total == 0
    day = view.reports[3].published.value
    assert day
    held = [each for each in search.find("said", begin=day, end=day, count=500).hits if each.kind != "party"]
    assert held
    assert {each.published for each in held} == {day}
    name = view.reports[0].id
    assert {each.report for each in search.find("said", within=frozenset({name})).hits} <= {name, None}


# ---- kept up


def test_what_was_read_anew_replaces_what_was_there(view: View) -> None:
    held = Search()
    held.keep(view)
    first = view.reports[0]
    other = report_of(first, first.id, "Nothing but zanzibar here.")
    held.keep(msgspec.structs.replace(view, reports=(other, *view.reports[1:])))
    assert found(held, "zanzibar") == [first.id]
    assert first.id not in found(held, "killed")
    assert held.find("zanzibar", count=500).total == 1


def test_it_is_asked_while_it_is_kept_up(view: View) -> None:
    held = Search()
    held.keep(view)
    stop, wrong = threading.Event(), []

    def ask() -> None:
        while not stop.is_set():
            try:
                held.find("killed people")
            except Exception as error:
                wrong.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for each in threads:
        each.start()
    for n in range(30):
        changed = report_of(view.reports[0], view.reports[0].id, f"People killed: {n}.")
        held.keep(msgspec.structs.replace(view, reports=(changed, *view.reports[1:])))
    stop.set()
    for each in threads:
        each.join()
    assert wrong == []


def test_nothing_is_left_on_disk(tmp_path: Path, view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Search().keep(view)
    assert list(tmp_path.iterdir()) == []
