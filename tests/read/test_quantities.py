"""What the quantities layer says of invented sentences; nothing here is taken from a corpus."""

from __future__ import annotations

import json

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from tests.corpora import corpus

from standoff.errors import VocabError
from standoff.measure.quantities import reports, score_cluster, score_sample
from standoff.model import Context, Place, Quantity, Statement, Time
from standoff.read.quantities import find_quantities, number_rule

BLANK = spacy.blank("en")


def plain(text: str) -> list[Quantity]:
    """Without any grammar: numbers and bounds must stand all the same."""
    return find_quantities(BLANK(text), Context())


def bounds(text: str) -> tuple:
    found = plain(text)
    assert len(found) == 1, [q.text for q in found]
    q = found[0]
    return q.low, q.high, q.best, q.low_open, q.high_open, q.approximate


EXACT = [
    ("They saw 1,250 goats.", 1250),
    ("They saw 1 250 000 goats.", 1250000),
    ("They saw 12\u00a0500 goats.", 12500),
    ("They saw 1.5 million goats.", 1500000),
    ("They saw half a million goats.", 500000),
    ("They saw a quarter of a million goats.", 250000),
    ("They saw two and a half million goats.", 2500000),
    ("They saw two hundred and six goats.", 206),
    ("They saw thirty-one thousand four hundred goats.", 31400),
    ("They saw two dozen goats.", 24),
    ("They saw a dozen goats.", 12),
    ("They saw a hundred and five goats.", 105),
    ("They saw 40k goats.", 40000),
]


@pytest.mark.parametrize(("text", "value"), EXACT)
def test_plain_numbers(text, value):
    assert bounds(text) == (value, value, value, False, False, False)


HEDGED = [
    ("about 85 goats", (80, 90, 85, False, False, True)),
    ("roughly 300 goats", (270, 330, 300, False, False, True)),
    ("300 goats or so", (300, 300, 300, False, False, False)),
    ("300 or so goats", (270, 330, 300, False, False, True)),
    ("closer to 4,000 goats", (3600, 4400, 4000, False, False, True)),
    ("nearly 300 goats", (270, 300, 300, False, True, True)),
    ("more than 10 goats", (10, None, None, True, False, False)),
    ("at least 10 goats", (10, None, None, False, False, False)),
    ("no fewer than 10 goats", (10, None, None, False, False, False)),
    ("10 or more goats", (10, None, None, False, False, False)),
    ("100+ goats", (100, None, None, False, False, False)),
    ("up to 10 goats", (None, 10, None, False, False, False)),
    ("as many as 10 goats", (None, 10, None, False, False, False)),
    ("no more than 10 goats", (None, 10, None, False, False, False)),
    ("fewer than 10 goats", (None, 10, None, False, True, False)),
    ("up to about 500 goats", (None, 500, None, False, False, True)),
    ("20 to 30 goats", (20, 30, None, False, False, False)),
    ("between 4 and 6 goats", (4, 6, None, False, False, False)),
    ("five or six goats", (5, 6, None, False, False, False)),
    ("80-90 goats", (80, 90, None, False, False, False)),
    ("two to three thousand goats", (2000, 3000, None, False, False, False)),
    ("at least 20 to 30 goats", (20, None, None, False, False, False)),
    ("dozens of goats", (24, 99, None, False, False, True)),
    ("hundreds of goats", (200, 999, None, False, False, True)),
    ("tens of thousands of goats", (20000, 99999, None, False, False, True)),
    ("several hundred goats", (300, 999, None, False, False, True)),
    ("a few goats", (2, 9, None, False, False, True)),
]


@pytest.mark.parametrize(("words", "expected"), HEDGED)
@pytest.mark.parametrize("upper", [False, True])
def test_bounds_under_standoff_1(words, expected, upper):
    text = f"The herder lost {words} there."
    assert bounds(text.upper() if upper else text) == expected


NONE = [
    "They took Highway 11 north.",
    "An F-16 and an AK-47 were shown.",
    "The Group of 77 met.",
    "It cited Security Council resolution 2254.",
    "Call 555-0142 or +44 20 7946 0000.",
    "She waited in room 12.",
    "It was the third attack.",
    "On May 12, 2016 it rained.",
    "On 12 May it rained.",
    "It began in 1994.",
    "It began at 10:30.",
    "They left at 5 p.m.",
    "Velda won 3-1 there.",
    "No one knows why, one way or another.",
    "They went one by one.",
    "The 1990s were dry.",
    "See [3] and 36°16′11″E.",
    "1. Goats\n2. Sheep\n",
    "The meeting is on 2017-09-07.",
    "The ferry runs between 0645 and 1115.",
    "THE DANCE ENDED AROUND 2215.",
    "THE SHOP IS IN SECTOR 9.",
    "The Brigade 44 choir sang.",
    "UPDATE 2 - Velda ferry toll rises; mayor resigns",
    "WRAPUP 4-Storm shuts Velda harbour",
]


@pytest.mark.parametrize("text", NONE)
def test_numbers_that_are_no_quantities(text):
    assert [q.text for q in plain(text)] == []


KINDS = [
    ("It cost $2.3bn then.", "money", "USD", 2300000000),
    ("It cost 400 Syrian pounds then.", "money", "SYP", 400),
    ("It cost 400 pesos then.", "money", "peso", 400),
    ("It fell 26.1 percent then.", "percent", "%", 26.1),
    ("It lay 10 km off.", "measure", "km", 10),
    ("It was a 5,000-square-mile area.", "measure", "mile2", 5000),
    ("It held for 10 days then.", "duration", "day", 10),
    ("It was their 118th day as captives.", "duration", "day", 118),
    ("It was a 40-minute raid.", "duration", "minute", 40),
    ("The six-year-old war went on.", "duration", "year", 6),
    ("A 7-year-old girl slept.", "age", "year", 7),
    ("Mira Tolan, 34, slept.", "age", "year", 34),
    ("Her son, aged 7, slept.", "age", "year", 7),
    ("They need 40 tonnes a day there.", "rate", "tonne per day", 40),
]


@pytest.mark.parametrize(("text", "kind", "unit", "value"), KINDS)
def test_kinds_and_units(text, kind, unit, value):
    (found,) = plain(text)
    assert (found.kind, found.unit, found.best) == (kind, unit, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A ferry sank off Tesk\n12 goats saved, clerk says", 12),
        ("The fair drew between 1900 and 2000 travellers.", 1900),
        ("The flood came and displaced scores the mayor said.", 40),
        ("It grew .75 times as fast.", 0.75),
        ("It rose by nine to 64 then.", 9),
        ("It was up from 24 a day earlier.", 24),
    ],
)
def test_numbers_that_were_once_lost(text, value):
    first = plain(text)[0]
    assert (first.best if first.best is not None else first.low) == value
    assert first.kind == "count"


def test_a_change_is_no_range():
    assert [(q.low, q.high) for q in plain("The herd rose from 20 to 30 then.")] == [(20, 20), (30, 30)]
    assert [q.best for q in plain("Prices rose 12 percent to $3 million then.")] == [12, 3000000]


def by_text(host, text: str, **more) -> dict[str, Quantity]:
    return {q.text: q for q in find_quantities(host.doc(text), Context(published="2019-08-15"), **more)}


ROLES = [
    ("Five villagers were killed in Osmara.", "Five villagers", "killed"),
    ("A blast in Osmara killed five villagers.", "five villagers", "killed"),
    ("The blast left five villagers dead.", "five villagers", "killed"),
    ("Shells fell on Osmara, killing five villagers.", "five villagers", "killed"),
    ("Twelve soldiers died in the raid.", "Twelve soldiers", "killed"),
    ("About 40 fighters have been gunned down so far.", "About 40 fighters", "killed"),
    ("The death toll of the blast has risen to 90.", "90", "killed"),
    ("Rescuers found 20 bodies.", "20 bodies", "killed"),
    ("Three people were fatally shot.", "Three people", "killed"),
    ("The raid killed or wounded 20 fighters.", "20 fighters", "casualties"),
    ("There were 25 casualties.", "25 casualties", "casualties"),
    ("Seven shepherds are missing.", "Seven shepherds", "missing"),
    ("Gunmen abducted eight aid workers.", "eight aid workers", "kidnapped"),
    ("Police arrested 30 protesters.", "30 protesters", "detained"),
    ("They freed 12 hostages.", "12 hostages", "released"),
    ("The visitor saw 12 hostages.", "12 hostages", "detained"),
    ("Some 3,000 people fled the town.", "Some 3,000 people", "displaced"),
    ("They evacuated 200 patients.", "200 patients", "evacuated"),
    ("The convoy delivered 120 tonnes of flour.", "120 tonnes of flour", "supplied"),
]


@pytest.mark.parametrize(("text", "words", "role"), ROLES)
def test_roles_follow_verb_noun_or_adjective(host, text, words, role):
    assert by_text(host, text)[words].role == role


def test_the_doer_is_not_the_victim(host):
    found = by_text(host, "Twenty gunmen abducted eight nurses.")
    assert found["Twenty gunmen"].role == "other"
    assert found["eight nurses"].role == "kidnapped"


def test_dead_and_wounded_beside_one_another(host):
    found = by_text(host, "The shelling left 12 dead and 30 wounded.")
    assert (found["12 dead"].role, found["30 wounded"].role) == ("killed", "injured")


def test_upper_case_wire_text(host):
    text = "THREE SUBVERSIVES WERE KILLED AND SEVEN OTHERS WERE WOUNDED\nDURING CLASHES NEAR THE FARM."
    found = by_text(host, text)
    assert [q.role for q in found.values()] == ["killed", "injured"]
    assert found["SEVEN OTHERS"].what == "subversives"


def test_status_sex_and_age_only_as_the_words_say(host):
    text = "Six civilians, two soldiers, nine militants, four martyrs, three women and five children died."
    found = by_text(host, text)
    assert found["Six civilians"].status == "civilian"
    assert found["two soldiers"].status == "combatant"
    assert found["nine militants"].status is None
    assert found["four martyrs"].status is None
    assert (found["three women"].sex, found["five children"].age) == ("female", "child")


def test_all_but_is_a_number_of_its_own(host):
    found = by_text(host, "Troops rescued all but one of the 72 captives.")
    rest, one, whole = (
        found["all but one of the 72 captives"],
        found["one of the 72 captives"],
        found["72 captives"],
    )
    assert (rest.best, rest.role, rest.relation.kind, rest.relation.of) == (
        71,
        "released",
        "all_but",
        whole.id,
    )
    assert (one.best, one.relation.kind, one.relation.of_value) == (1, "part_of", 72)
    assert whole.role != "released"


def test_remainder_of_what_was_told_before(host):
    text = "A convoy of 17 lorries set out. Six lorries turned back. The remaining 11 were stuck at Osmara."
    found = by_text(host, text)
    last = found["The remaining 11"]
    assert (last.what, last.relation.kind, last.relation.of) == (
        "lorries",
        "remainder",
        found["17 lorries"].id,
    )


def test_a_like_number_copies_bounds(host):
    found = by_text(host, "It held roughly 300 herders and a like number of family members.")
    like = found["a like number of family members"]
    assert (like.low, like.high, like.best) == (270, 330, 300)
    assert like.relation.kind == "equals"
    assert like.what == "members"


def test_parts_inside_and_outside_a_total(host):
    found = by_text(host, "At least 12 villagers were killed, including three children.")
    assert found["three children"].of_total == "inside"
    assert found["three children"].relation.of == found["At least 12 villagers"].id
    found = by_text(host, "Besides the four guards, 12 villagers were killed.")
    assert found["four guards"].of_total == "outside"
    found = by_text(host, "Ten of 12 lorries were let through.")
    assert (found["Ten of 12 lorries"].relation.kind, found["Ten of 12 lorries"].relation.of_value) == (
        "part_of",
        12,
    )


def test_nobody_and_one_person(host):
    found = by_text(
        host, "No one was hurt. There were no casualties. A policeman was killed. A policeman slept."
    )
    assert [(q.text, q.best, q.role, q.negated) for q in found.values()] == [
        ("No one", 0, "injured", True),
        ("no casualties", 0, "casualties", True),
        ("A policeman", 1, "killed", False),
    ]


def test_new_stock_and_cumulative(host):
    found = by_text(
        host, "Another five villagers died. Twelve hostages are still held. So far 90 villagers have died."
    )
    assert found["Another five villagers"].measure == "new"
    assert found["Twelve hostages"].measure == "stock"
    assert found["90 villagers"].measure == "cumulative"


def test_what_the_other_layers_found_is_used(host):
    text = "Osmara's mayor said 12 villagers died on Monday. Police counted 30 lorries."
    said = Statement(
        id="s1", voice="source", source=((0, 14),), cue=((15, 19),), content=((20, 48),), said="2019-08-14"
    )
    wide = Statement(id="s2", voice="source", content=((0, 49),), said="2019-08-01")
    own = Statement(id="s0", voice="report", content=((0, len(text)),))
    monday = Time(
        id="t1", start=41, end=47, text="Monday", type="DATE", value="2019-08-12", edtf="2019-08-12"
    )
    place = Place(id="p1", start=0, end=6, name="Osmara")
    found = by_text(host, text, statements=[own, wide, said], times=[monday], places=[place])
    dead, lorries = found["12 villagers"], found["30 lorries"]
    assert (dead.statement, dead.as_of, dead.place) == ("s1", "2019-08-12", "p1")
    assert (lorries.statement, lorries.as_of, lorries.place) == ("s0", "2019-08-15", None)


def test_codebooks_are_named_rules_of_their_own():
    assert number_rule()["words"]["dozens"] == {"low": 24, "high": 99}
    with pytest.raises(VocabError, match="no number rule"):
        number_rule("guess")


UNDER = {
    "": lambda n: (n, n, n),
    "at least": lambda n: (n, None, None),
    "no fewer than": lambda n: (n, None, None),
    "more than": lambda n: (n, None, None),
    "up to": lambda n: (None, n, None),
    "fewer than": lambda n: (None, n, None),
}


@given(st.integers(2, 10**9), st.sampled_from(sorted(UNDER)), st.sampled_from([",", "\u00a0", "\u202f"]))
def test_any_number_with_any_hedge(number, hedge, separator):
    written = f"{number:,}".replace(",", separator)
    (found,) = plain(f"The clerk counted {hedge} {written} goats there.")
    assert (found.low, found.high, found.best) == UNDER[hedge](number)
    assert found.text.startswith(hedge)


@given(st.integers(3, 10**9), st.sampled_from(["about", "some", "roughly", "around", "an estimated"]))
def test_about_keeps_the_number_within_its_width(number, hedge):
    (found,) = plain(f"The clerk counted {hedge} {number:,} goats there.")
    assert found.best == number
    assert found.approximate
    assert found.low < number < found.high


ONES = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
ONES += ["seventeen", "eighteen", "nineteen"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(n: int) -> str:
    if n < 20:
        return ONES[n - 1]
    if n < 100:
        return TENS[n // 10 - 2] + (f"-{ONES[n % 10 - 1]}" if n % 10 else "")
    if n < 1000:
        return f"{ONES[n // 100 - 1]} hundred" + (f" and {in_words(n % 100)}" if n % 100 else "")
    return f"{in_words(n // 1000)} thousand" + (f" {in_words(n % 1000)}" if n % 1000 else "")


@given(st.integers(2, 999_999))
def test_any_number_in_words(number):
    (found,) = plain(f"The clerk counted {in_words(number)} goats there.")
    assert found.best == number


@given(
    st.integers(1, 10**6),
    st.integers(1, 10**6),
    st.sampled_from(["{} to {}", "between {} and {}", "{} or {}"]),
)
def test_ranges_hold_both_ends(a, b, form):
    low, high = sorted((a, b))
    found = plain("The clerk counted " + form.format(f"{low:,}", f"{high:,}") + " goats there.")
    if low < high:
        assert (found[0].low, found[0].high) == (low, high)
    assert all(q.low is None or q.high is None or q.low <= q.high for q in found)


# fmt: off
PIECES = [
    "about", "between", "and", "to", "12", "1,200", "3.5", "million", "half", "a", "dozen", "dozens",
    "of", "the", "remaining", "all", "but", "one", "goats", "killed", "were", ",", ".", "\n", "\n\n",
    "-", "$", "%", "no", "both", "including", "a like number", "soldiers", "day", "per", "years",
    "old", "“", "2017", "May", "GMT", "(", ")", "th", "hundred", "several", "the rest", "none", "more",
    "🐐", "\u00a0", "ß",
]
# fmt: on


def check(text: str, found: list[Quantity]) -> None:
    assert len({q.id for q in found}) == len(found)
    assert [q.start for q in found] == sorted(q.start for q in found)
    for q in found:
        assert q.text == text[q.start : q.end] != ""
        known = [n for n in (q.low, q.best, q.high) if n is not None]
        assert known == sorted(known)
        assert q.relation is None or q.relation.of in {None} | {other.id for other in found}


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_mixture_is_read_without_harm(pieces):
    text = " ".join(pieces)
    check(text, plain(text))


@given(st.text(max_size=80))
def test_any_text_is_read_without_harm(text):
    check(text, plain(text))


@given(st.lists(st.sampled_from(PIECES), max_size=24))
def test_any_mixture_with_grammar(host, pieces):
    text = " ".join(pieces)
    check(text, find_quantities(host.doc(text), Context()))


@pytest.mark.corpus
@pytest.mark.parametrize(("name", "found", "bound"), [("lima97", 0.97, 0.97), ("kisangani97", 0.98, 0.98)])
def test_floor_on_hand_read_clusters(host, name, found, bound):
    folder = corpus(f"data/clusters/{name}")
    assert reports(folder)
    score = score_cluster(folder, lambda t, p: (find_quantities(host.doc(t), Context(published=p)), []))
    assert score.share("found") >= found, score.missed
    assert score.share("bound") >= bound, score.wrong


@pytest.mark.corpus
def test_floor_on_the_sample(host):
    folder = corpus("seed")
    text = (folder / "report.txt").read_text(encoding="utf-8")
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    lines = score_sample(gold, find_quantities(host.doc(text), Context(published="2017-09-07")))
    assert [line["id"] for line in lines if not line["agrees"]] == []


@pytest.mark.parametrize(
    ("text", "place"),
    [("The mayor said in Arden that two died.", None), ("The mayor said that two died in Arden.", "pl")],
)
def test_where_it_was_said_is_not_where_it_was(text: str, place: str | None) -> None:
    at = text.index("Arden")
    said = text.index("that")
    statement = Statement(
        id="st", voice="source", party="mayor", cue=((10, 14),), content=((said, len(text) - 1),)
    )
    town = Place(id="pl", start=at, end=at + 5, name="Arden", feature="city")
    (found,) = find_quantities(BLANK(text), Context(), statements=(statement,), places=(town,))
    assert found.place == place


@pytest.mark.parametrize(
    "text",
    [
        "All passengers were not brought out alive.",
        "All bridges were found safe.",
        "All passenger was safe.",
    ],
)
def test_not_all_of_a_group_safe_says_of_nobody_that_none_died(text: str) -> None:
    assert [each for each in plain(text) if each.best == 0] == []
