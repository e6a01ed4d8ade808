"""Each layer alone in any English pipeline: with any annotation, in any order, saved and sent."""

from __future__ import annotations

import subprocess
import sys
import warnings
from itertools import permutations
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from tests.read.contract_reader import REPORT, one, small_pipeline

from standoff.model import Statement, Time
from standoff.read.components import PUBLISHED, key
from standoff.read.layers import LAYERS
from standoff.read.packed import decode, encode
from standoff.read.raw import ATTRIBUTIONS
from standoff.read.reader import default_reader

WHEN = {"published": "2031-01-02"}
WORDS = ["The", "mayor", "said", "that", "rebels", "killed", "12", "people", "on", "Monday", "."]
HEADS = [1, 2, 2, 5, 5, 2, 7, 5, 5, 8, 2]
DEPS = ["det", "nsubj", "ROOT", "mark", "nsubj", "ccomp", "nummod", "dobj", "prep", "pobj", "punct"]
TAGS = ["DT", "NN", "VBD", "IN", "NNS", "VBD", "CD", "NNS", "IN", "NNP", "."]
POS = ["DET", "NOUN", "VERB", "SCONJ", "NOUN", "VERB", "NUM", "NOUN", "ADP", "PROPN", "PUNCT"]
LEMMAS = ["the", "mayor", "say", "that", "rebel", "kill", "12", "people", "on", "Monday", "."]
ENTS = ["O"] * 6 + ["B-CARDINAL", "O", "O", "B-DATE", "O"]
GRAMMAR = {"tags": TAGS, "pos": POS, "lemmas": LEMMAS, "heads": HEADS, "deps": DEPS, "ents": ENTS}
NO_GRAMMAR = "ignore:the pipeline gives no"


def by_hand(nlp: Language, **grammar: Any) -> Doc:
    """A document that a person annotated, in part or whole."""
    return Doc(nlp.vocab, words=WORDS, **grammar)


def with_layers(nlp: Language, *layers: str) -> Language:
    for layer in layers or LAYERS:
        nlp.add_pipe(f"standoff_{layer}", config=WHEN)
    return nlp


@pytest.fixture(scope="module")
def ours() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("standoff_encoder")
    return with_layers(nlp)


# -- what the host gives ----------------------------------------------------------------------------


def test_a_document_annotated_by_hand_is_read_without_the_encoder():
    nlp = with_layers(spacy.blank("en"))
    found = nlp(by_hand(nlp, **GRAMMAR))._.standoff
    said = found.statements[0]
    assert (said.party, said.stance) == ("mayor", ("asserts",))
    text = " ".join(WORDS)
    assert [text[slice(*span)] for span in said.content] == ["that rebels killed 12 people on Monday"]
    assert [(q.best, q.role, q.statement) for q in found.quantities] == [(12, "killed", said.id)]
    assert [(t.value, t.anchor) for t in found.times] == [("2030-12-30", "2031-01-02")]
    assert [(c.type, c.statement) for c in found.claims] == [("ASSAULT", said.id)]
    assert "mayor" in {m.party for m in found.mentions}


def test_quoted_and_said_are_found_in_a_foreign_pipeline():
    nlp = with_layers(small_pipeline(), "statements")
    text = (
        '"We counted 14 bodies," said Mira Tolan. The army denied that it had fired. '
        "According to the council, two buses left."
    )
    parties = {each.party for each in nlp(text)._.standoff.statements}
    assert {"Mira Tolan", "army", "council"} <= parties


@pytest.mark.filterwarnings(NO_GRAMMAR)
@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("left_out", [*GRAMMAR, "all"])
def test_a_layer_makes_do_with_what_there_is(layer: str, left_out: str):
    nlp = with_layers(spacy.blank("en"), layer)
    grammar = {} if left_out == "all" else {name: each for name, each in GRAMMAR.items() if name != left_out}
    if left_out == "heads":
        grammar.pop("deps")
    elif left_out == "deps":
        grammar.pop("heads")
    doc = nlp(by_hand(nlp, **grammar))
    assert isinstance(doc.user_data[key(layer)], list)


@pytest.mark.filterwarnings(NO_GRAMMAR)
@given(
    st.lists(
        st.tuples(st.text(st.characters(codec="utf-8"), min_size=1, max_size=6), st.booleans()), max_size=12
    )
)
def test_any_tokens_of_anybody_are_read(tokens: list[tuple[str, bool]]):
    for nlp in (encoded(), bare()):
        words, spaces = [word for word, _ in tokens], [space for _, space in tokens]
        doc = Doc(nlp.vocab, words=words, spaces=spaces)
        text = doc.text
        doc = nlp(doc)
        assert doc.text == text
        for layer in LAYERS:
            for each in getattr(doc._.standoff, layer):
                if hasattr(each, "start"):
                    assert 0 <= each.start < each.end <= len(text)


_MADE: dict[str, Language] = {}


def encoded() -> Language:
    if "encoded" not in _MADE:
        nlp = spacy.blank("en")
        nlp.add_pipe("standoff_encoder")
        _MADE["encoded"] = with_layers(nlp)
    return _MADE["encoded"]


def bare() -> Language:
    if "bare" not in _MADE:
        _MADE["bare"] = with_layers(spacy.blank("en"))
    return _MADE["bare"]


def test_what_is_missing_is_told_once():
    nlp = with_layers(spacy.blank("en"))
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("default")
        for text in (REPORT, REPORT, "Another text."):
            nlp(text)
    sentences = {str(each.message) for each in told}
    assert len(told) <= 2, "one for layers that rest on all, one for those that need little"
    assert all("standoff_encoder" in each for each in sentences)
    assert any("tags, parts of speech, lemmas, parse, names" in each for each in sentences)


def test_nothing_is_missing_where_there_is_nothing():
    nlp = with_layers(spacy.blank("en"))
    for text in ("", "  ", "\n\n"):
        assert nlp(text)._.standoff.times == []


def test_the_frame_knows_what_a_layer_needs(ours: Language):
    lone = with_layers(spacy.blank("en"), "claims")
    assert lone.analyze_pipes()["problems"]["standoff_claims"]
    assert not any(ours.analyze_pipes()["problems"].values())


# -- the same whatever stands beside it -------------------------------------------------------------


def test_components_say_what_the_reader_says(ours: Language):
    doc, reading = ours(REPORT), one(default_reader(1), REPORT)
    for layer in LAYERS:
        assert tuple(getattr(doc._.standoff, layer)) == getattr(reading, layer), layer


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_alone_says_what_it_says_in_company(ours: Language, layer: str):
    nlp = spacy.blank("en")
    nlp.add_pipe("standoff_encoder")
    with_layers(nlp, layer)
    assert getattr(nlp(REPORT)._.standoff, layer) == getattr(ours(REPORT)._.standoff, layer)


def test_the_order_of_layers_is_of_no_account(ours: Language):
    expected = ours(REPORT)
    for order in list(permutations(LAYERS))[::97]:  # eight of 720
        nlp = spacy.blank("en")
        nlp.add_pipe("standoff_encoder")
        doc = with_layers(nlp, *order)(REPORT)
        assert all(doc.user_data[key(each)] == expected.user_data[key(each)] for each in LAYERS), order


def test_the_encoder_takes_the_place_of_what_was_there():
    nlp = small_pipeline()
    nlp.add_pipe("standoff_mentions")  # keeps what the foreign grammar says of attributions
    nlp.add_pipe("standoff_encoder")
    doc = with_layers(nlp, "statements")(REPORT)
    plain = spacy.blank("en")
    plain.add_pipe("standoff_encoder")
    expected = plain(REPORT)
    if [t.text for t in doc] == [t.text for t in expected]:
        assert [(t.tag_, t.dep_, t.head.i, t.lemma_) for t in doc] == [
            (t.tag_, t.dep_, t.head.i, t.lemma_) for t in expected
        ]
        assert doc.user_data[ATTRIBUTIONS] == expected.user_data[ATTRIBUTIONS]


def test_records_of_somebody_else_are_taken_as_they_are():
    nlp = spacy.blank("en")
    nlp.add_pipe("standoff_encoder")
    text = "The mayor said on Monday that 12 people left."
    at = text.index("on Monday")
    theirs = Time(
        id="tm-x", start=at, end=at + 9, text="on Monday", type="DATE", value="1999-05-06", edtf="1999-05-06"
    )
    doc = nlp.make_doc(text)
    doc.user_data[key("times")] = [theirs]
    doc = with_layers(nlp, "statements")(doc)
    assert doc._.standoff.statements[0].said == "1999-05-06"
    assert doc._.standoff.times == [theirs]


def test_a_document_may_have_its_own_date(ours: Language):
    doc = ours.make_doc("They left on Monday.")
    doc.user_data[PUBLISHED] = "2021-03-04"
    assert ours(doc)._.standoff.times[0].edtf == "2021-03-01"
    assert ours("They left on Monday.")._.standoff.times[0].edtf == "2030-12-30"


def test_a_layer_that_there_is_not(ours: Language):
    with pytest.raises(AttributeError, match="no layer 'weather'; there are: times, mentions"):
        ours("A text.")._.standoff.weather  # noqa: B018


# -- saved and sent ---------------------------------------------------------------------------------


def test_a_document_is_saved_with_its_records(ours: Language):
    doc = ours(REPORT)
    again = Doc(ours.vocab).from_bytes(doc.to_bytes())
    (third,) = (
        DocBin(store_user_data=True)
        .from_bytes(DocBin(store_user_data=True, docs=[doc]).to_bytes())
        .get_docs(ours.vocab)
    )
    for layer in LAYERS:
        expected = getattr(doc._.standoff, layer)
        assert getattr(again._.standoff, layer) == getattr(third._.standoff, layer) == expected


def test_packing_leaves_what_is_not_ours_alone():
    statement = Statement(id="st-1", voice="source", content=((0, 3),))
    assert decode(encode(statement)) == statement
    assert encode({"a": 1}) == decode({"a": 1}) == {"a": 1}
    assert encode(7, lambda value: value + 1) == decode(7, lambda value: value + 1) == 8
    assert decode({"__standoff__": "Popen", "fields": {}}) == {"__standoff__": "Popen", "fields": {}}


def test_a_pipeline_is_saved_with_its_components(ours: Language, tmp_path: Any):
    ours.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again.pipe_names == ours.pipe_names
    assert (
        again("They left on Monday.").user_data[key("times")]
        == ours("They left on Monday.").user_data[key("times")]
    )


def test_documents_in_a_stream(ours: Language):
    docs = list(ours.pipe([REPORT, "", "Two men left."], batch_size=2))
    assert [doc._.standoff.statements for doc in docs] == [
        ours(doc.text)._.standoff.statements for doc in docs
    ]


def test_importing_the_package_leaves_spacy_as_it_was():
    code = (
        "import standoff, standoff.model, standoff.hooks; from spacy.tokens import Doc; "
        "assert not Doc.has_extension('standoff')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
