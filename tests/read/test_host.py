"""The host: any text becomes a whole `Doc`, offsets untouched, the same alone or in company."""

import itertools

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.read.host import EncoderComponent, load_host, make_encoder
from standoff.read.raw import ATTRIBUTIONS, RawAttribution

REPORT = (
    "KARDAVA, March 3 - At least 14 people were killed when shells hit the market in Old Kardava on Sunday, "
    "the regional health office said.\n\n"
    '"We counted 14 bodies," said Mira Tolan, a doctor at the hospital. "Nine of them were children."\n\n'
    "The army denied that it had fired on the town and accused the rebels of hiding weapons there.\n"
)
ODD = st.text(
    alphabet=st.one_of(
        st.sampled_from(list(" \t\n\r\u00a0\u200b\u2028'\"“”’.,;:-—()[]0123456789aeiourstKM")),
        st.characters(codec="utf-8"),
    ),
    max_size=120,
)


@pytest.fixture(scope="module")
def host():
    return load_host()


def check_whole(doc, text):
    """What holds for every document, whatever the text."""
    assert doc.text == text
    for annotation in ("TAG", "POS", "DEP", "HEAD", "LEMMA", "ENT_IOB", "SENT_START"):
        assert doc.has_annotation(annotation) or not len(doc)
    sents = list(doc.sents)
    assert [t.i for s in sents for t in s] == list(range(len(doc)))
    for sent in sents:
        assert sum(t.head.i == t.i for t in sent) == 1
        assert all(sent.start <= t.head.i < sent.end for t in sent)
        assert (sent.root.dep_ == "ROOT") == (sent.root.head.i == sent.root.i)
    for token in doc:
        assert token.tag_
        assert token.pos_
        assert (token.dep_ == "ROOT") == (token.head.i == token.i)
    assert all(ent.label_ and ent.text.strip() for ent in doc.ents)
    list(doc.noun_chunks)
    for each in doc.user_data[ATTRIBUTIONS]:
        assert isinstance(each, RawAttribution)
        assert 0.0 <= each.confidence <= 1.0
        assert each.content
        assert each.cue
        for start, end in itertools.chain(each.source, each.cue, each.content):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()


@settings(deadline=None, max_examples=150)
@given(ODD)
def test_any_text_becomes_a_whole_document(host_text):
    check_whole(load_host().doc(host_text), host_text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "\n Yes",
        "Yes",
        ".",
        "🙂",
        "e\u0301",
        "\u200b",
        "a" * 5000,
        "9" * 300,
        "no end " * 900,
        "\u202e\u0627\u0644",
        "x\r\n\r\ny",
        "?" * 700,
        "\x00\x07",
    ],
    ids=range(16),
)
def test_odd_texts(host, text):
    check_whole(host.doc(text), text)


def test_a_report_is_read_with_its_grammar(host):
    doc = host.doc(REPORT)
    check_whole(doc, REPORT)
    killed = next(t for t in doc if t.text == "killed")
    assert (killed.tag_, killed.lemma_, killed.pos_) == ("VBN", "kill", "VERB")
    people = next(t for t in doc if t.text == "people")
    assert people.dep_ == "nsubjpass"
    assert people.head == killed
    names = {(e.text, e.label_) for e in doc.ents}
    assert ("Mira Tolan", "PERSON") in names
    assert ("Sunday", "DATE") in names
    firsts = [sent.text.split()[0] for sent in doc.sents if sent.text.strip()]
    assert {"The"} <= set(firsts)


def test_a_report_is_read_with_its_attributions(host):
    doc = host.doc(REPORT)
    found = doc.user_data[ATTRIBUTIONS]

    def words(spans):
        return " … ".join(REPORT[a:b] for a, b in spans)

    said = {words(a.source).split(",")[0]: a for a in found}
    assert "Mira Tolan" in said
    assert "We counted 14 bodies" in words(said["Mira Tolan"].content)
    assert words(said["Mira Tolan"].cue) == "said"
    office = next(a for a in found if "health office" in words(a.source))
    assert "14 people were killed" in words(office.content)


def test_upper_case_wire_is_read_too(host):
    doc = host.doc(
        "A SPOKESMAN FOR THE RIVER COUNCIL SAID THAT GUNMEN KILLED TWO GUARDS NEAR VELTA ON MONDAY."
    )
    assert [t.lemma_ for t in doc if t.text == "KILLED"] == ["kill"]
    assert next(t for t in doc if t.text == "GUNMEN").dep_ == "nsubj"
    assert any(e.text == "MONDAY" for e in doc.ents)
    assert doc.user_data[ATTRIBUTIONS]


def test_a_text_reads_the_same_alone_and_in_company(host):
    texts = [REPORT, "Short.", "", REPORT * 4, "Officials said so."]
    together = list(host.docs(iter(texts)))
    assert [d.text for d in together] == texts
    for text, doc in zip(texts, together, strict=True):
        alone = host.doc(text)
        assert alone.to_array(["HEAD", "DEP", "TAG", "POS", "LEMMA", "ENT_IOB", "ENT_TYPE"]).tolist() == (
            doc.to_array(["HEAD", "DEP", "TAG", "POS", "LEMMA", "ENT_IOB", "ENT_TYPE"]).tolist()
        )
        assert alone.user_data[ATTRIBUTIONS] == doc.user_data[ATTRIBUTIONS]


def test_documents_come_as_they_are_asked_for(host):
    taken = []

    def texts():
        for k in itertools.count():
            taken.append(k)
            yield f"Report {k}."

    first = next(iter(host.docs(texts())))
    assert first.text == "Report 0."
    assert len(taken) < 100


def test_a_long_text_is_read_in_windows_without_losing_a_word(host):
    text = " ".join(f"The mayor of Town {k} said that {k} houses had burned." for k in range(120))
    doc = host.doc(text)
    check_whole(doc, text)
    assert len(doc.user_data[ATTRIBUTIONS]) > 100
    assert abs(len(list(doc.sents)) - 120) <= 6


def test_the_component_fills_a_blank_pipeline():
    nlp = spacy.blank("en")
    pipe = make_encoder(nlp, "standoff_encoder")
    assert isinstance(pipe, EncoderComponent)
    doc = pipe(nlp.make_doc("The council said that the bridge was closed."))
    assert doc.vocab is nlp.vocab
    assert next(t for t in doc if t.text == "said").dep_ == "ROOT"
    assert [doc.text[a:b] for a, b in doc.user_data[ATTRIBUTIONS][0].source] == ["The council"]
