"""Date, place, number and confidence of MUC-4's keys, on invented reports."""

from __future__ import annotations

import pytest

from standoff.measure.claim_slots import confidence_of, meets, score_report
from standoff.model import Actor, Claim, Place, Quantity, Reading, Statement

TEMPLATE = {
    "INCIDENT: DATE": ["04 MAR 31"],
    "INCIDENT: LOCATION": ["SERTIA: OLD PORT (CITY): MILL HILL (NEIGHBORHOOD)"],
    "HUM TGT: NUMBER": ['3: "CLERKS"'],
    "PERP: ORGANIZATION CONFIDENCE": ['CLAIMED OR ADMITTED: "RED DAWN" / "RD"'],
}


@pytest.mark.parametrize(
    ("when", "entry", "right"),
    [
        ("1931-03-04", "04 MAR 31", True),
        ("1931-03-05", "04 MAR 31", False),
        ("1931-03-01", "- 04 MAR 31", True),
        ("1931-03-05", "- 04 MAR 31", False),
        ("1931-03-03", "01 MAR 31 - 04 MAR 31", True),
        ("1931-03", "04 MAR 31", False),
    ],
)
def test_dates(when: str, entry: str, right: bool):
    assert meets(when, entry) is right


def test_a_report_that_has_all_four_right_and_one_that_has_none():
    told = Statement(id="s", voice="source", party="Red Dawn")
    claim = Claim(
        id="c",
        type="ASSAULT",
        actors=(Actor(party_id=None, name="Red Dawn", kind="organisation"),),
        targets=(Actor(party_id=None, name="clerks", mentions=((10, 16),), kind="person"),),
        quantities=("q",),
        places=("p",),
        when="1931-03-04",
        statement="s",
    )
    reading = Reading(
        report="r",
        text_sha256="0",
        reader={"name": "x", "version": "0"},
        statements=(told,),
        places=(Place(id="p", start=0, end=4, name="Mill Hill"),),
        quantities=(Quantity(id="q", start=4, end=9, text="three", kind="count", best=3),),
        claims=(claim,),
    )
    assert {slot: each.f1 for slot, each in score_report([TEMPLATE], reading).items()} == dict.fromkeys(
        ("date", "place", "number", "confidence"), 1.0
    )
    assert not any(each.right for each in score_report([], reading).values())


def test_who_says_it_decides_the_confidence():
    actor = Actor(party_id=None, name="Red Dawn", kind="organisation")
    claim = Claim(id="c", type="ASSAULT", actors=(actor,))
    police = Statement(id="s", voice="source", party="police")
    assert confidence_of(claim, actor, None) == "REPORTED AS FACT"
    assert confidence_of(claim, actor, police) == "SUSPECTED OR ACCUSED BY AUTHORITIES"
    possible = Claim(id="c", type="ASSAULT", actors=(actor,), modality="hypothetical")
    assert confidence_of(possible, actor, police) == "POSSIBLE"
