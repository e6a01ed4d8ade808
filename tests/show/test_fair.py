"""What a careful reader of both sides looks for in the brief: every account, its words, who says it."""

from __future__ import annotations

import re
from html import unescape

import msgspec
import pytest

from standoff.model import LedgerStep, Statement
from standoff.model.derived import SaidBy
from standoff.show import Withhold
from standoff.show.brief import brief_html
from standoff.show.brief.ledger_chart import group_chart
from standoff.show.brief.payload import payload
from standoff.show.brief.render import retold
from standoff.show.index import spoken_of
from standoff.show.words import in_their_words, quoted, quoted_answer, unquoted
from tests.show.fixture import view

VIEW = view()
DATA = payload(VIEW)
NONE = {"low": None, "high": None}
HTML = brief_html(VIEW)


def section(html: str, name: str) -> str:
    """The text of a part of the page, without its tags."""
    found = html.partition(f'<section id="{name}"')[2].partition("</section>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found)).split())


def test_every_account_of_a_dispute_stands_in_it_with_its_words_and_who_says_it():
    text = section(HTML, "disputes")
    for dispute in DATA["disputes"]:
        told = [account for side in dispute["sides"] for account in side["accounts"]]
        assert told
        for account in told:
            assert f'id="{account["anchor"]}"' in HTML
            assert unquoted(account["words"]["text"]) in text
            assert account["source"] in text


def test_the_same_words_told_in_pieces_are_shown_once_and_counted():
    words = {"report": "r", "span": [0, 40], "text": "Red accused Blue of killing the villagers"}
    inner = {**words, "span": [20, 40]}
    same = {"source": "Red", "answer": "yes", "low": None, "high": None, "best": None}
    outer = [{**same, "id": "2", "words": words}]
    pieces = [{**same, "id": "1", "words": inner}, {**same, "id": "3", "words": inner}]
    elsewhere = {**same, "id": "4", "words": {**inner, "report": "s"}}
    other = {**same, "id": "5", "words": inner, "answer": "no"}
    shown = retold([pieces[0], *outer, pieces[1], elsewhere, other])
    assert [(one["id"], [each["id"] for each in again]) for one, again in shown] == [
        ("2", ["1", "3"]), ("4", []), ("5", []),
    ]  # fmt: skip


def test_a_denial_is_quoted_with_the_word_that_denies_it():
    text = "Blue denied that its forces shelled the village."
    told = Statement(
        id="st", voice="source", source=((0, 4),), cue=((5, 11),), content=((12, 47),), stance=("denies",)
    )
    pieces = spoken_of((12, 47), told)
    assert [text[start:end] for start, end in pieces] == ["denied", "that its forces shelled the village"]
    assert spoken_of((12, 47), msgspec.structs.replace(told, stance=("asserts",))) == ((12, 47),)
    assert spoken_of((12, 47), None) == ((12, 47),)


def test_a_revised_figure_is_joined_to_the_one_it_replaces_and_both_say_so():
    assert 'class="join corrects"' in HTML
    text = section(HTML, "figures")
    assert "lowers its own at least 12" in text
    assert "by 14" in text
    assert "line-through" not in HTML, "what a source gave up is not struck out by us"


def test_an_open_bound_is_drawn_open():
    row = HTML.partition('id="figure-1-a1"')[2].partition("</tr>")[0]
    assert 'class="hollow"' in row
    assert "at least 12" in row


def step(**more: object) -> dict[str, object]:
    cite = {"id": "q1", "source": "Red", "words": {}}
    made = {"at": None, "kind": "killed", "low": 9, "high": 9, "best": 9, "text": "people killed: 9"}
    basis = {"party": None, "said_by": ["Red"], "assumptions": [], "without_assumptions": NONE}
    return {**made, **basis, "low_rests_on": [cite], "high_rests_on": [cite], **more}


def test_a_step_says_who_says_it_and_what_is_only_computed():
    other = {"id": "q2", "source": "Blue", "words": {}}
    several = {"low": 9, "high": 17, "high_rests_on": [other], "said_by": ["Red", "Blue"]}
    steps = [step(), step(**several), step(**several, assumptions=["no other flow"])]
    rows = group_chart({"name": "people", "steps": steps}).panels[0].rows
    assert [row.basis for row in rows] == ["said", "range", "follows"]
    assert [row.said_by for row in rows] == ["Red", "Red and Blue", "Red and Blue"]


def test_the_ledger_names_who_says_each_step():
    group = VIEW.derived.ledger.groups[0]
    first: LedgerStep = msgspec.structs.replace(group.steps[0], said_by=SaidBy(low=("Red",), high=("Red",)))
    told = msgspec.structs.replace(group, steps=(first, *group.steps[1:]))
    ledger = msgspec.structs.replace(VIEW.derived.ledger, groups=(told,))
    derived = msgspec.structs.replace(VIEW.derived, ledger=ledger)
    text = section(brief_html(msgspec.structs.replace(VIEW, derived=derived)), "ledger")
    assert re.search("says Red : *17 lorries", text)


def test_the_clock_the_keeping_of_terms_and_harm_by_incident_are_told():
    clock = section(HTML, "clock")
    assert "Since 1 Mar 2031 to 3 Mar 2031" in clock
    assert "9 Mar 2031 is day 7 to 9" in clock
    assert "5 days before the newest report" in clock
    assert "is too short" in clock
    deals = section(HTML, "agreements")
    assert "said to be kept" in deals
    assert "kept by waterworks , says ministry" in deals
    harm = section(HTML, "harm")
    assert harm.count("Tarvel, 3 Mar 2031") == 1
    assert "waterworks : cleared by Nadim Khoury" in harm
    assert "civilian status is contested" in harm


@pytest.mark.parametrize("row", ["clock", "harm", "agreements", "access"])
def test_what_rows_quote_is_withheld_with_the_texts(row):
    made = payload(VIEW, Withhold(no_text=True))
    assert made[row]
    assert '"text": "' not in str(made[row]).replace("'", '"')


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ('"No aid has come', "“No aid has come”"), ("“We kept our word,”", "“We kept our word,”"),
        ("“Yes,” he said", "““Yes,” he said”"), ("it broke", "“it broke”"), ("“", "““”"), ("", "“”"),
    ],
)  # fmt: skip
def test_quotations_have_one_pair_of_marks_and_keep_those_within(words, shown):
    assert quoted(words, 80) == shown


def test_an_answer_in_a_sides_own_words_stands_in_quotation_marks_and_is_withheld_with_them():
    dispute = VIEW.derived.disputes[1]
    said = {each.id: each.text for question in VIEW.derived.questions for each in question.accounts}
    sides = tuple(msgspec.structs.replace(s, answer=said[s.accounts[0]]) for s in dispute.sides)
    told = msgspec.structs.replace(dispute, kind="nature", sides=sides)
    derived = msgspec.structs.replace(VIEW.derived, disputes=(VIEW.derived.disputes[0], told))
    changed = msgspec.structs.replace(VIEW, derived=derived)
    headings = re.findall(r"<h4>(.*?)</h4>", brief_html(changed))
    assert any("“all villages had been warned”" in heading for heading in headings)
    assert "<h4>Yes</h4>" in HTML, "an answer in words of ours is in none"
    assert "all villages had been warned" not in str(payload(changed, Withhold(no_text=True)))


def test_words_that_a_side_repeats_to_deny_them_are_withheld_too():
    dispute = VIEW.derived.disputes[1]
    questions = tuple(
        msgspec.structs.replace(
            q, accounts=tuple(msgspec.structs.replace(a, answer=a.text) for a in q.accounts)
        )
        if q.id == dispute.question_id
        else q
        for q in VIEW.derived.questions
    )
    sides = (msgspec.structs.replace(dispute.sides[0], answer="denies: all villages had been warned"),)
    told = msgspec.structs.replace(dispute, kind="access", sides=sides)
    derived = msgspec.structs.replace(VIEW.derived, disputes=(told,), questions=questions)
    made = payload(msgspec.structs.replace(VIEW, derived=derived), Withhold(no_text=True))
    assert "all villages had been warned" not in str(made)


@pytest.mark.parametrize(
    ("kind", "answer", "shown"),
    [
        ("nature", "a hostage", "“a hostage”"),
        ("nature", "a visitor / a hostage", "a visitor / “a hostage”"),
        ("responsibility", "Red", "Red"), ("responsibility", "Red took 12 men; he", "“Red took 12 men; he”"),
        ("occurrence", "no", "no"), ("number", "12", "12"),
        ("access", "yes: aid is let in", "yes: aid is let in"),
    ],
)  # fmt: skip
def test_only_words_of_the_sources_are_quoted_as_an_answer(kind, answer, shown):
    verbatim = in_their_words(kind, answer, ["Red took 12 men; he was a hostage, no guest"])
    assert quoted_answer(answer, verbatim, 80) == shown


def test_who_is_held_is_not_drawn_as_gone():
    held, freed = step(kind="detained"), step(kind="released")
    rows = group_chart({"name": "people", "steps": [held, freed]}).panels[0].rows
    assert [row.sign for row in rows] == ["•", "−"]
    assert str(rows[0].chart).partition('class="mark')[0] != str(rows[1].chart).partition('class="mark')[0]
