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
from standoff.read.roles.features import features
from standoff.read.roles.find import find_parts
from standoff.read.roles.group import Found, Part, parts, plain
from standoff.read.roles.model import FILE, FOLDER, MANIFEST, SLOTS, load_model
from standoff.read.roles.weigh import TRAITS, traits, weighed
from standoff.read.roles.words import Words

ATTACK = (
    "Gunmen of the {group} kidnapped the mayor, {name}, in the village on Monday and blew up the town hall "
    "with dynamite, the governor said. The {group} killed two peasants there last week."
)

BOMBING = (
    "Terrorists from the Red Dawn Front set off a car bomb outside the Ministry of Health in the capital on "
    "Tuesday, killing two policemen and wounding the deputy minister, Orla Venn. The explosion destroyed a "
    "police patrol car."
)


def doc_of(text: str) -> Doc:
    return load_host().doc(text)


def test_a_candidate_holds_its_head_and_stays_short():
    doc = doc_of(ATTACK.format(group="Sertia Liberation Front", name="Orla Venn"))
    found = list(candidates(Words(doc)))
    assert found
    assert all(c.first <= c.head <= c.last < len(doc) and c.last - c.first < LONGEST for c in found)
    assert len({(c.first, c.last) for c in found}) <= len(found)
    texts = {doc[c.first : c.last + 1].text for c in found}
    assert {"mayor", "town hall", "hall", "dynamite", "Orla Venn"} <= texts
    assert not any(text.lower().startswith(("the ", "two ")) for text in texts)


def renamed(doc: Doc, names: dict[str, str]) -> Doc:
    """The same sentence under other names: words swapped, every annotation kept."""
    return Doc(
        doc.vocab,
        words=[names.get(t.text, t.text) for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=[t.tag_ for t in doc],
        pos=[t.pos_ for t in doc],
        deps=[t.dep_ for t in doc],
        heads=[t.head.i for t in doc],
        lemmas=[names.get(t.lemma_, t.lemma_) for t in doc],
        ents=[f"{t.ent_iob_}-{t.ent_type_}" if t.ent_type_ else "O" for t in doc],
    )


def seen_of(doc: Doc) -> list[list[str]]:
    """The features of every candidate."""
    words = Words(doc)
    found = list(candidates(words))
    seen = features(words, found)
    return [seen.of(k) for k in range(len(found))]


def test_what_candidates_share_is_told_once():
    doc = doc_of(BOMBING)
    words = Words(doc)
    found = list(candidates(words))
    seen = features(words, found)
    assert seen.has.shape == (len(found), 8)
    assert sum(map(len, seen.groups)) < sum(len(each) for each in seen_of(doc)) / 2
    one = next(k for k, c in enumerate(found) if doc[c.first : c.last + 1].text == "car bomb")
    assert {"h=bomb", "m=car", "t=car bomb", "f=car", "l=bomb"} <= set(seen.of(one))


def test_no_party_is_known_by_its_name():
    """Fair to all sides: the features, and so the shares, are the same whoever is called what."""
    doc = doc_of(ATTACK.format(group="Sertian Army", name="Orla Venn"))
    names = {"Sertian": "Norvian", "Orla": "Tovek", "Venn": "Kellam"}
    first, second = renamed(doc, {}), renamed(doc, names)
    assert first.text != second.text
    assert seen_of(first) == seen_of(second)


def test_a_name_shows_only_its_kind():
    nlp = spacy.blank("en")
    doc = Doc(
        nlp.vocab, words=["Venn", "met", "rebels"], pos=["PROPN", "VERB", "NOUN"], ents=["B-PERSON", "O", "O"]
    )
    assert Words(doc).form == ["<PERSON>", "met", "rebels"]


@pytest.mark.parametrize("shouted", [False, True])
def test_who_did_what_to_whom_with_what(shouted: bool):
    found = find_parts(doc_of(BOMBING.upper() if shouted else BOMBING))
    by_slot = {slot: {p.words for p in found if p.slot == slot} for slot in SLOTS}
    assert "terrorists" in by_slot["perpetrators"]
    assert "police patrol car" in by_slot["things"]
    assert "policemen" in by_slot["people"]
    assert "car bomb" in by_slot["means"]
    assert all(0.0 <= p.share <= 1.0 for p in found)


def test_passing_over_unlikely_nouns_loses_no_participant():
    doc = doc_of(BOMBING + " " + ATTACK.format(group="Sertia Liberation Front", name="Orla Venn"))
    words, model = Words(doc), load_model()
    found = list(candidates(words))
    shares = model.shares(model.totals(features(words, found)))
    whole = list(weighed(doc, parts(doc, found, shares), model.curves, model.bar))
    assert [(p.slot, p.words) for p in find_parts(doc)] == [(p.slot, p.words) for p in whole]
    assert whole


def test_a_report_of_another_matter_has_no_participants():
    text = "The central bank raised its main rate by half a point on Tuesday, and shares in retailers fell."
    assert find_parts(doc_of(text)) == []


def test_title_and_name_are_one_participant():
    doc = doc_of("Rebels murdered mayor Orla Venn and burned her car.")
    found = list(candidates(Words(doc)))
    sure = np.zeros((len(found), 1 + len(SLOTS)), dtype=np.float32)
    for k, c in enumerate(found):
        if doc[c.first : c.last + 1].text in {"mayor", "Orla Venn"}:
            sure[k, 1 + SLOTS.index("people")] = 0.9
    people = [p for p in parts(doc, found, sure) if p.slot == "people"]
    assert len(people) == 1
    assert {m.words for m in people[0].mentions} == {"mayor", "orla venn"}


def test_claims_carry_kind_label_and_confidence():
    weighed = [
        (role, actor)
        for claim in read(BOMBING, published="2031-05-06").claims
        if claim.type == "ASSAULT"
        for role in ("actors", "targets", "instruments")
        for actor in getattr(claim, role)
        if actor.confidence is not None
    ]
    kinds = {(role, actor.kind) for role, actor in weighed}
    assert kinds >= {
        ("actors", "person"),
        ("targets", "thing"),
        ("targets", "person"),
        ("instruments", "weapon"),
    }
    for _, actor in weighed:
        assert actor.label
        assert plain(actor.label) in plain(BOMBING)
        assert 0.0 < actor.confidence < 1.0


def test_a_tampered_model_is_refused(tmp_path):
    for name in (FILE, MANIFEST):
        shutil.copy(FOLDER / name, tmp_path / name)
    manifest = json.loads((tmp_path / MANIFEST).read_text())
    (tmp_path / MANIFEST).write_text(json.dumps(manifest | {"sha256": "0" * 64}))
    with pytest.raises(VocabError, match="not the pinned one"):
        load_model(tmp_path)


def part(doc: Doc, slot: str, words: str, share: float) -> Part:
    """A participant of one mention, whose words stand in the document."""
    found = next(c for c in candidates(Words(doc)) if plain(doc[c.first : c.last + 1].text) == words)
    return Part(slot, words, (Found(words, found, share),), share)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.0, 0.99))
def test_what_is_weighed_reaches_the_bar_and_keeps_its_order(a: float, b: float, bar: float):
    doc = doc_of(BOMBING)
    low, high = sorted((a, b))
    curves = np.zeros((len(SLOTS), len(TRAITS)))
    curves[:, TRAITS.index("any mention")] = 1.0
    found = [part(doc, "people", "policemen", low), part(doc, "things", "police patrol car", high)]
    assert len(traits(doc, found)) == 2
    kept = list(weighed(doc, found, curves, bar))
    assert all(bar <= each.share + 0.001 and each.share <= 1.0 for each in kept)
    assert [each.share for each in kept] == sorted(each.share for each in kept)


def test_what_else_the_report_may_have_counts():
    """A victim is likelier beside a likely weapon, and less so where its words may be a doer's."""
    doc = doc_of(BOMBING)
    victim = part(doc, "people", "policemen", 0.3)
    curve = load_model().curves

    def share(*others: Part) -> float:
        return next(iter(weighed(doc, [victim, *others], curve, 0.0))).share

    alone = share()
    assert share(part(doc, "means", "car bomb", 0.9)) > alone
    assert share(part(doc, "perpetrators", "policemen", 0.6)) < alone


def test_a_report_without_others_has_traits_of_its_own():
    doc = doc_of(BOMBING)
    assert traits(doc, []).shape == (0, len(TRAITS))
    row = dict(zip(TRAITS, traits(doc, [part(doc, "means", "car bomb", 0.5)])[0], strict=True))
    assert row["one"] == 1.0
    assert row["any mention"] == pytest.approx(0.0)
    assert row["likeliest means"] == 0.5
    assert row["likeliest people"] == 0.0
    assert row["as means"] == 0.0
