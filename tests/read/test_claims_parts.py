"""How the parts of the model of roles come into the claims."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from standoff.model import Context, Mention, Statement
from standoff.read.claims import find as finder
from standoff.read.claims import find_claims
from standoff.read.claims.page import Page
from standoff.read.claims.parts import attack_told
from standoff.read.host import load_host
from standoff.read.roles.candidates import candidates
from standoff.read.roles.group import Found, Part, plain
from standoff.read.roles.words import Words


def doc_of(text: str) -> Doc:
    return load_host().doc(text)


def part(doc: Doc, slot: str, words: str, share: float) -> Part:
    found = next(c for c in candidates(Words(doc)) if plain(doc[c.first : c.last + 1].text) == words)
    return Part(slot, words, (Found(words, found, share),), share)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Rebels attacked the town.", True),
        ("The mayor of the town was killed at home on Monday, his family said.", True),
        ("The flood killed the mayor of the town on Monday.", False),
        ("The central bank raised its main rate on Tuesday.", False),
    ],
)
def test_whether_harm_done_on_purpose_is_told(text: str, told: bool):
    assert attack_told(Page(doc_of(text))) is told


@pytest.mark.parametrize(
    "text", ["He was killed by a shell from the army.", "Two were killed by a shell fired by the army."]
)
def test_who_sent_a_shell_did_the_harm(text: str):
    claims = find_claims(doc_of(text), Context())
    assert {a.name for c in claims for a in c.actors} == {"army"}


def test_a_killing_without_a_word_of_fighting_has_its_victim(monkeypatch: pytest.MonkeyPatch):
    doc = doc_of("The mayor of the town was killed at home on Monday, his family said.")
    assert not Page(doc).all_fights
    monkeypatch.setattr(finder, "find_parts", lambda doc: [part(doc, "people", "mayor of the town", 0.4)])
    claims = find_claims(doc, Context())
    targets = [a for c in claims if c.type == "ASSAULT" for a in c.targets]
    assert [(a.label, a.kind) for a in targets] == [("mayor of the town", "person")]


@pytest.mark.parametrize(("slot", "role"), [("people", "targets"), ("perpetrators", "actors")])
def test_who_only_tells_of_an_attack_is_not_hit_by_it(slot: str, role: str, monkeypatch: pytest.MonkeyPatch):
    doc = doc_of("Gunmen shot nine villagers at the mill, said Orla Venn, a surgeon.")
    monkeypatch.setattr(finder, "find_parts", lambda doc: [part(doc, slot, "orla venn", 0.4)])
    start = doc.text.index("Orla")
    told = Statement(
        id="st-1", voice="source", source=((start, start + 9),), content=((0, doc.text.index(", said")),)
    )
    claims = [c for c in find_claims(doc, Context(), statements=[told]) if c.type == "ASSAULT"]
    named = [a.label for c in claims for a in getattr(c, role)]
    assert claims
    assert ("orla venn" in [each.casefold() for each in named if each]) is (slot == "perpetrators")


@pytest.mark.parametrize("turned", [False, True])
def test_of_two_parts_of_one_word_the_likelier_is_kept(turned: bool, monkeypatch: pytest.MonkeyPatch):
    doc = doc_of("The rebels were in the town, where an explosion had been heard.")
    two = [part(doc, "people", "rebels", 0.3), part(doc, "perpetrators", "rebels", 0.4)]
    monkeypatch.setattr(finder, "find_parts", lambda doc: two[::-1] if turned else two)
    claims = [c for c in find_claims(doc, Context()) if c.type == "ASSAULT"]
    assert [a.label for c in claims for a in c.actors if a.confidence is not None] == ["rebels"]
    assert not any(a.confidence is not None for c in claims for a in c.targets)


@pytest.mark.parametrize("shares", [(0.3, 0.6), (0.6, 0.3)])
def test_one_party_has_the_label_of_its_likelier_mention(
    shares: tuple[float, float], monkeypatch: pytest.MonkeyPatch
):
    doc = doc_of("Gunmen murdered the mayor, Orla Venn, on Monday.")
    two = [part(doc, "people", "mayor", shares[0]), part(doc, "people", "orla venn", shares[1])]
    monkeypatch.setattr(finder, "find_parts", lambda doc: two)
    mentions = [
        Mention(
            id=words, start=doc.text.index(words), end=doc.text.index(words) + len(words), text=words,
            form=form, type="person", party="Orla Venn",
        )
        for words, form in (("mayor", "description"), ("Orla Venn", "name"))
    ]  # fmt: skip
    claims = find_claims(doc, Context(), mentions=mentions)
    told = [a for c in claims if c.type == "ASSAULT" for a in c.targets if a.name == "Orla Venn"]
    assert [a.label for a in told] == ["mayor" if shares[0] > shares[1] else "Orla Venn"]
    assert len(told[0].mentions) == 2
