"""The model of roles: candidates, masked names, participants, and how they come into the claims."""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from standoff import read
from standoff.errors import VocabError
from standoff.read.host import load_host
from standoff.read.roles.candidates import LONGEST, candidates
from standoff.read.roles.features import features, form
from standoff.read.roles.find import calibrated, find_parts
from standoff.read.roles.group import parts, plain
from standoff.read.roles.model import FILE, FOLDER, MANIFEST, SLOTS, load_model

ATTACK = (
    "Gunmen of the {group} kidnapped the mayor, {name}, in the village on Monday and blew up the town hall "
    "with dynamite, the governor said. The {group} killed two peasants there last week."
)


def doc_of(text: str) -> Doc:
    return load_host().doc(text)


def test_a_candidate_holds_its_head_and_stays_short():
    doc = doc_of(ATTACK.format(group="Sertia Liberation Front", name="Orla Venn"))
    found = list(candidates(doc))
    assert found
    assert all(c.first <= c.head <= c.last < len(doc) and c.last - c.first < LONGEST for c in found)
    assert len({(c.first, c.last) for c in found}) <= len(found)
    texts = {doc[c.first : c.last + 1].text for c in found}
    assert {"mayor", "town hall", "hall", "dynamite", "Orla Venn"} <= texts
    assert not any(text.lower().startswith(("the ", "two ")) for text in texts)


def test_no_party_is_known_by_its_name():
    """Fair to all sides: the features and so the shares are the same whoever is called what."""
    first, second = (
        doc_of(ATTACK.format(group=group, name=name))
        for group, name in (
            ("Sertia Liberation Front", "Orla Venn"),
            ("Norvia Liberation Front", "Tove Kell"),
        )
    )
    if [(t.tag_, t.dep_, t.ent_type_) for t in first] != [(t.tag_, t.dep_, t.ent_type_) for t in second]:
        pytest.skip("the encoder parses the two sentences differently")
    shown = [features(doc, list(candidates(doc))) for doc in (first, second)]
    assert shown[0] == shown[1]


def test_a_name_shows_only_its_kind():
    nlp = spacy.blank("en")
    doc = Doc(
        nlp.vocab, words=["Venn", "met", "rebels"], pos=["PROPN", "VERB", "NOUN"], ents=["B-PERSON", "O", "O"]
    )
    assert [form(token) for token in doc] == ["<PERSON>", "met", "rebels"]


@pytest.mark.parametrize("shouted", [False, True])
def test_who_did_what_to_whom_with_what(shouted: bool):
    text = ATTACK.format(group="Sertia Liberation Front", name="Orla Venn")
    found = find_parts(doc_of(text.upper() if shouted else text))
    by_slot = {slot: {p.words for p in found if p.slot == slot} for slot in SLOTS}
    assert "gunmen" in by_slot["perpetrators"]
    assert any("liberation front" in words for words in by_slot["organisation"])
    assert "town hall" in by_slot["things"]
    assert by_slot["people"] & {"orla venn", "mayor"}
    assert "dynamite" in by_slot["means"]
    assert all(0.0 <= p.share <= 1.0 for p in found)


def test_a_report_of_another_matter_has_no_participants():
    text = "The central bank raised its main rate by half a point on Tuesday, and shares in retailers fell."
    assert find_parts(doc_of(text)) == []


def test_title_and_name_are_one_participant():
    doc = doc_of("Rebels murdered mayor Orla Venn and burned her car.")
    found = list(candidates(doc))
    sure = np.zeros((len(found), 1 + len(SLOTS)), dtype=np.float32)
    for k, c in enumerate(found):
        if doc[c.first : c.last + 1].text in {"mayor", "Orla Venn"}:
            sure[k, 1 + SLOTS.index("people")] = 0.9
    people = [p for p in parts(doc, found, sure) if p.slot == "people"]
    assert len(people) == 1
    assert {m.words for m in people[0].mentions} == {"mayor", "orla venn"}


def test_claims_carry_kind_and_confidence():
    reading = read(ATTACK.format(group="Sertia Liberation Front", name="Orla Venn"), published="2031-05-06")
    weighed = [
        (role, actor)
        for claim in reading.claims
        if claim.type == "ASSAULT"
        for role in ("actors", "targets", "instruments")
        for actor in getattr(claim, role)
        if actor.confidence is not None
    ]
    assert {(role, actor.kind) for role, actor in weighed} >= {("actors", "person"), ("targets", "thing")}
    text = ATTACK.format(group="Sertia Liberation Front", name="Orla Venn")
    for _, actor in weighed:
        assert actor.label
        assert plain(actor.label) in plain(text)


def test_a_tampered_model_is_refused(tmp_path):
    for name in (FILE, MANIFEST):
        shutil.copy(FOLDER / name, tmp_path / name)
    manifest = json.loads((tmp_path / MANIFEST).read_text())
    (tmp_path / MANIFEST).write_text(json.dumps(manifest | {"sha256": "0" * 64}))
    with pytest.raises(VocabError, match="not the pinned one"):
        load_model(tmp_path)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.1, 3.0), st.floats(-3.0, 3.0))
def test_calibration_keeps_the_order(a: float, b: float, slope: float, bias: float):
    low, high = sorted((a, b))
    assert 0.0 <= calibrated(low, slope, bias) <= calibrated(high, slope, bias) <= 1.0
