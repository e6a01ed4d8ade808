"""Statements of invented reports: attributions given by hand to test the resolving, and the rules alone."""

from __future__ import annotations

import json

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpora import corpus

from standoff.measure.statements import LinkedScore, linked_f1
from standoff.model import Context, Statement, Time
from standoff.model import spans as sp
from standoff.read.mentions import find_mentions
from standoff.read.raw import ATTRIBUTIONS, RawAttribution
from standoff.read.statements import find_statements
from standoff.read.statements.kind import kind_of
from standoff.read.statements.party import shown
from standoff.read.statements.quotes import paragraphs, quotations
from standoff.read.statements.stance import stance

BLANK = spacy.blank("en")


def place(text: str, words: str, after: int = 0) -> tuple[int, int]:
    start = text.index(words, after)
    return start, start + len(words)


def told(
    text: str, *parts: tuple[str, str, str | tuple[str, ...]], ents: dict[str, str] | None = None, times=()
):
    """Read a text whose attributions (source, cue, content) are given by their words."""
    doc = BLANK(text)
    raws = []
    for source, cue, content in parts:
        pieces = (content,) if isinstance(content, str) else content
        raws.append(
            RawAttribution(
                source=(place(text, source),) if source else (),
                cue=(place(text, cue),) if cue else (),
                content=tuple(place(text, p) for p in pieces),
            )
        )
    doc.user_data[ATTRIBUTIONS] = raws
    labels = [doc.char_span(*place(text, words), label=label) for words, label in (ents or {}).items()]
    doc.ents = [span for span in labels if span is not None]
    dates = [
        Time(id=f"t{n}", start=a, end=b, text=text[a:b], type="DATE", value=value, edtf=value)
        for n, (words, value) in enumerate(times)
        for a, b in [place(text, words)]
    ]
    return find_statements(doc, Context(), find_mentions(doc, Context()), dates)


def sources(statements: list[Statement]) -> list[Statement]:
    return [s for s in statements if s.voice == "source"]


def one(*args, **more) -> Statement:
    found = sources(told(*args, **more))
    assert len(found) == 1
    return found[0]


def test_relay_chain_runs_from_first_hearer_to_last():
    text = "“The road is open,” Vera Kolm told a provincial radio channel, according to the Morning Courier."
    made = sources(
        told(
            text,
            ("Vera Kolm", "told", "“The road is open,”"),
            (
                "the Morning Courier",
                "according to",
                "“The road is open,” Vera Kolm told a provincial radio channel",
            ),
            ents={"Vera Kolm": "PERSON", "Morning Courier": "ORG"},
        )
    )
    assert [s.party for s in made] == ["Vera Kolm"]
    assert [v.name for v in made[0].via] == ["a provincial radio channel", "the Morning Courier"]
    assert all(text[slice(*v.span)] == v.name for v in made[0].via)
    assert made[0].channel == "radio"


def test_reporters_are_no_relay():
    made = one(
        "“We are ready,” Vera Kolm told reporters on Monday.",
        ("Vera Kolm", "told reporters", "“We are ready,”"),
        times=[("Monday", "2031-03-03")],
    )
    assert made.via == ()
    assert (made.channel, made.said) == ("briefing", "2031-03-03")


def test_cited_sources_speak_and_the_medium_relays():
    text = "Talks will resume, according to a Reuters report citing two diplomats."
    made = one(text, ("a Reuters report citing two diplomats", "according to", "Talks will resume"))
    assert "diplomats" in (made.party or "")
    assert [v.name for v in made.via] == ["Reuters"]


def test_an_unsigned_paper_gives_the_speaker_its_channel_and_date():
    text = "The Front claimed the bridge was closed, according to a statement on May 4."
    made = one(
        text,
        ("The Front", "claimed", "the bridge was closed"),
        ("a statement on May 4", "according to", "The Front claimed the bridge was closed"),
        times=[("May 4", "2031-05-04")],
    )
    assert (made.party, made.channel, made.said) == ("Front", "statement", "2031-05-04")
    assert len(made.cue) == 2


def test_a_paper_of_another_body_says_whom_it_speaks_for():
    text = "The Northern Alliance met. Col. Ada Rau said in an Alliance statement that the truce held."
    made = one(text, ("Col. Ada Rau", "said in an Alliance statement", "that the truce held"),
               ents={"Northern Alliance": "ORG", "Ada Rau": "PERSON"})  # fmt: skip
    assert (made.party, made.represents) == ("Ada Rau", "Northern Alliance")


@pytest.mark.parametrize(
    "silence",
    [
        "The army declined to comment on the raid.",
        "The army did not immediately respond to questions about the raid.",
        "The army could neither confirm nor deny the raid.",
        "The army refused to discuss the raid.",
        "The army could not be reached for comment on the raid.",
    ],
)
def test_silence_is_no_statement(silence):
    verb = next(v for v in ("declined", "respond", "deny", "refused", "reached") if v in silence)
    found = told(silence, ("The army", verb, "the raid"))
    assert sources(found) == []
    assert len(found) == 1


def test_no_source_stays_unknown():
    made = one("The mayor was accused of theft.", ("", "was accused of", "theft"))
    assert made.voice == "source"
    assert (made.party, made.represents, made.source) == (None, None, ())


def test_words_shown_twice_are_one_statement():
    text = (
        "“Help must reach the valley by nightfall,” Ida Moe tweeted.\n\n"
        "Help must reach the #valley by nightfall 1/2\n\nIt rained."
    )
    made = one(
        text, ("Ida Moe", "tweeted", "“Help must reach the valley by nightfall,”"), ents={"Ida Moe": "PERSON"}
    )
    assert [text[s:e] for s, e in made.content] == [
        "“Help must reach the valley by nightfall,”",
        "Help must reach the #valley by nightfall 1/2",
    ]
    assert (made.kind, made.channel) == ("direct", "tweet")


def test_parent_is_the_smallest_that_holds_it_and_a_medium_is_its_relay():
    text = "State television reported that the general said the port was safe."
    outer, inner = sources(
        told(
            text,
            ("State television", "reported", "that the general said the port was safe"),
            ("the general", "said", "the port was safe"),
        )
    )
    assert outer.parent is None
    assert inner.parent == outer.id
    assert [v.name for v in inner.via] == ["State television"]


def test_an_event_holds_for_what_the_speaker_says_next():
    text = "“We won,” Vera Kolm said in an interview on Monday. Rain fell.\n\n“It was hard,” Vera Kolm added."
    cue = "said in an interview"
    doc = BLANK(text)
    second = text.rindex("Vera Kolm")
    doc.user_data[ATTRIBUTIONS] = [
        RawAttribution(
            source=(place(text, "Vera Kolm"),),
            cue=(place(text, cue),),
            content=(place(text, "“We won,”"),),
        ),
        RawAttribution(
            source=((second, second + 9),),
            cue=(place(text, "added"),),
            content=(place(text, "“It was hard,”"),),
        ),
    ]
    doc.ents = [
        doc.char_span(*place(text, "Vera Kolm"), label="PERSON"),
        doc.char_span(second, second + 9, label="PERSON"),
    ]
    start, end = place(text, "Monday")
    day = "2031-03-03"
    monday = Time(id="t", start=start, end=end, text="Monday", type="DATE", value=day, edtf=day)
    made = sources(find_statements(doc, Context(), find_mentions(doc, Context()), [monday]))
    assert [(s.channel, s.said) for s in made] == [("interview", "2031-03-03")] * 2


def test_own_voice_is_one_statement_of_the_rest():
    text = "Rain fell. “It is cold,” said Ida Moe.\n\nThe river rose."
    found = told(text, ("Ida Moe", "said", "“It is cold,”"))
    report = found[-1]
    assert [s.voice for s in found].count("report") == 1
    assert (report.source, report.cue, report.via, report.party) == ((), (), (), None)
    words = sp.quote(text, report.content)
    assert "Rain fell" in words
    assert "The river rose" in words
    assert "cold" not in words


def test_nothing_left_leaves_an_empty_own_voice():
    found = told("“It is cold.”", ("", "", "“It is cold.”"))
    assert found[-1].voice == "report"
    assert found[-1].content == ()


@pytest.mark.parametrize(
    ("cue", "content", "stand"),
    [
        ("said", "the road is open", ("asserts",)),
        ("denied", "the charge", ("denies",)),
        ("accused", "the army of theft", ("accuses",)),
        ("called for", "a truce", ("demands",)),
        ("vowed", "to fight on", ("commits", "promises")),
        ("condemned", "the raid", ("rejects",)),
        ("welcomed", "the deal", ("endorses",)),
        ("threatened", "to leave", ("threatens",)),
        ("did not accept", "the deal", ("asserts",)),
        ("doubted", "the count", ("doubts",)),
        ("confirmed", "the deaths", ("confirms",)),
        ("said", "“We will not leave the hill”", ("asserts", "commits")),
        ("said", "the plan is not a solution", ("rejects",)),
        ("SAID", "THE ROAD IS OPEN", ("asserts",)),
    ],
)
def test_stance(cue, content, stand):
    assert stance(cue, content) == stand


@pytest.mark.parametrize(
    ("pieces", "kind"),
    [
        (["“All of it is quoted,”", "“and so is this.”"], "direct"),
        (["none of it"], "indirect"),
        (["half of it “is quoted”"], "mixed"),
        (['"straight marks too"'], "direct"),
        (["“an open one"], "direct"),
        (["‘single marks, don’t they’"], "direct"),
        (["“one paragraph\n\n“and the next”"], "direct"),
        (["the ’90s were the guards’ best"], "indirect"),
    ],
)
def test_kind(pieces, kind):
    assert kind_of(pieces) == kind


def test_a_quotation_over_paragraphs_is_one():
    text = 'He said: "The first part.\n\n"The second part," and left.\n\nShe is 5\'10" tall and "fine" too.'
    found = quotations(text, paragraphs(text))
    assert [text[q.start : q.end] for q in found] == ['"The first part.\n\n"The second part,"', '"fine"']


def test_rules_alone_find_quotations_and_clauses(host):
    text = (
        "“The bridge is closed,” said Ida Moe, a farmer. “Nobody can cross.” "
        "The minister announced that the market would open on Friday."
    )
    doc = host.doc(text)
    del doc.user_data[ATTRIBUTIONS]
    made = sources(find_statements(doc, Context(), find_mentions(doc, Context()), []))
    quoted = next(s for s in made if s.party == "Ida Moe")
    assert [text[s:e] for s, e in quoted.content] == ["“The bridge is closed,”", "“Nobody can cross.”"]
    assert any("the market would open" in sp.quote(text, s.content) for s in made)


def test_upper_case_wire_text(host):
    text = "PORT ALDA, 4 MAR (XYZ) -- COLONEL JUAN PEREIRA ADDED THAT THE BRIDGE WAS SAFE."
    doc = host.doc(text)
    del doc.user_data[ATTRIBUTIONS]
    made = sources(find_statements(doc, Context(), find_mentions(doc, Context()), []))
    assert any(s.party == "JUAN PEREIRA" and "BRIDGE WAS SAFE" in sp.quote(text, s.content) for s in made)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="abc AB.,:;\"“”'’\n()—- said told", max_size=120))
def test_any_text_is_anchored_and_read_the_same_twice(text):
    def read() -> list[Statement]:
        doc = BLANK(text)
        return find_statements(doc, Context(), find_mentions(doc, Context()), [])

    found = read()
    assert found == read()
    assert [s.voice for s in found].count("report") == 1
    assert len({s.id for s in found}) == len(found)
    for each in found:
        sp.check_spans((*each.source, *each.cue, *each.content), len(text))


def test_linked_needs_content_and_source():
    text = "Ida said it rained. Per said it snowed."
    gold = [RawAttribution(source=((0, 3),), cue=((4, 8),), content=((9, 18),))]
    assert linked_f1(gold, gold, text).all.f1 == 1.0
    wrong = [RawAttribution(source=((20, 23),), cue=((4, 8),), content=((9, 18),))]
    assert linked_f1(gold, wrong, text).all.matched_gold == 0
    twice = linked_f1(gold, gold * 2, text).all
    assert (twice.matched_predicted, twice.predicted) == (1, 2)


@pytest.mark.corpus
def test_linked_floor_on_polnear_dev(host):
    folder = corpus("data/polnear/dev")
    score = LinkedScore()
    for row in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()[:10]:
        gold = json.loads(row)
        text = (folder / gold["text_file"]).read_bytes().decode("utf-8")
        doc = host.doc(text)
        found = find_statements(doc, Context(), find_mentions(doc, Context()), [])
        wanted = [
            RawAttribution(**{k: tuple(map(tuple, a[k])) for k in ("source", "cue", "content")})
            for a in gold["attributions"]
        ]
        score += linked_f1(wanted, sources(found), text)
    assert score.all.f1 > 0.65
    assert score.quoted.f1 > 0.72


def test_figures_passed_over_inside_a_content_are_filled_in():
    text = "The rebels demanded the release of some 400 jailed comrades."
    made = one(text, ("The rebels", "demanded", ("the release of", "comrades")))
    assert [text[s:e] for s, e in made.content] == ["the release of some 400 jailed comrades"]


def test_whoever_was_quoted_speaks():
    text = "The bishop was quoted as saying that they were free."
    made = one(text, ("", "was quoted as saying", ("The bishop", "that they were free")))
    assert (made.party, [text[s:e] for s, e in made.content]) == ("bishop", ["that they were free"])


def test_a_medium_that_cites_somebody_is_the_relay():
    text = "The Evening Herald, citing a naval officer, said the ship was lost."
    made = one(text, ("The Evening Herald", "said", "the ship was lost"))
    assert ([v.name for v in made.via], made.party) == (["Evening Herald"], "naval officer")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the wardens: 12 in the yard", "wardens"),
        ("the UN.", "UN"),
        ("U.N.", "U.N."),
        ("A union", "union"),
    ],
)
def test_a_sources_words_as_a_name(words: str, name: str) -> None:
    assert shown(words) == name
