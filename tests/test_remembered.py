"""What an open situation remembers changes nothing: after every decision and every report it shows what a
situation that was opened afresh shows, byte by byte."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from standoff import demo
from standoff.errors import ReviewError
from standoff.model import Axes, Review, View
from standoff.preserve import Given, Options, Upload
from standoff.reviewing import make_review
from standoff.situation import Situation

LATE = (
    "At least 21 people were killed in Runanga, the Valley Trust said on Friday. The Joint Command denied "
    "that it shelled the village. Two trucks of food reached the train, Red Lantern said."
)
STEPS = 9


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo.build(tmp_path_factory.mktemp("remembered"))


def annotations(view: View, layer: str) -> list[str]:
    return [each.id for reading in view.readings for each in getattr(reading, layer)]


def parties(view: View, dice: random.Random) -> list[str]:
    named = [each.name for each in view.referents.parties if each.statements]
    return dice.sample(named, 2)


def incidents(view: View, dice: random.Random) -> list[str]:
    return dice.sample([each.id for each in view.referents.incidents], 2)


def undone(view: View, dice: random.Random) -> Review | None:
    before = [n for n, review in view.reviews if review.action != "undo"]
    return make_review(view, "undo", [str(dice.choice(before))], {}, "Ada", None) if before else None


def added(view: View, dice: random.Random) -> Review:
    report = dice.choice([each for each in view.reports if len(each.text) > 40])
    begin = dice.randrange(len(report.text) - 12)
    while report.text[begin].isspace():
        begin += 1
    number = dice.randrange(1, 90)
    values = {
        "kind": "count",
        "best": number,
        "low": number,
        "high": number,
        "role": "killed",
        "what": "people",
    }
    return make_review(view, "add", ["quantity", report.id, f"{begin}-{begin + 5}"], values, "Ada", None)


def one(action: str, layer: str, values: dict[str, object]) -> Callable[[View, random.Random], Review]:
    return lambda view, dice: make_review(
        view, action, [dice.choice(annotations(view, layer))], values, "Ada", None
    )


DECISIONS: tuple[Callable[[View, random.Random], Review | None], ...] = (
    one("accept", "quantities", {}),
    one("reject", "quantities", {}),
    one("reject", "claims", {}),
    one("reject", "statements", {}),
    one("correct", "quantities", {"best": 17, "low": 17, "high": 17}),
    one("correct", "statements", {"party": "Valley Trust"}),
    one("correct", "claims", {"polarity": "denied"}),
    lambda view, dice: make_review(view, "merge", parties(view, dice), {}, "Ada", None),
    lambda view, dice: make_review(view, "split", parties(view, dice), {}, "Ada", None),
    lambda view, dice: make_review(view, "merge", incidents(view, dice), {}, "Ada", None),
    lambda view, dice: make_review(view, "split", incidents(view, dice), {}, "Ada", None),
    added,
    undone,
)


@pytest.mark.parametrize("seed", range(6))
def test_after_any_decisions_an_open_situation_shows_what_a_fresh_one_shows(
    made: Path, tmp_path: Path, seed: int
) -> None:
    dice = random.Random(seed)
    path = Path(shutil.copy(made, tmp_path / "open.standoff"))
    with Situation.open(path) as held:
        held.view()
        for step in range(STEPS):
            if step == STEPS // 2:
                upload = Upload(name=f"late-{seed}.txt", data=LATE.encode(), where="a test")
                given = Given(published="2019-05-10", publisher="Valley Post")
                assert [each.outcome for each in held.add([upload], Options(given=given))] == ["new"]
            try:
                review = dice.choice(DECISIONS)(held.view(), dice)
            except ReviewError:
                continue  # two of one party, or words that fit no field: refused, as it should be
            if review is not None:
                held.review(review)
            early = Axes(known_by="2019-05-08")
            for axes in (None, early) if step % 3 == 0 else (None,):
                with Situation.open(path) as fresh:
                    assert msgspec.json.encode(held.view(axes)) == msgspec.json.encode(fresh.view(axes))
        assert len(held.view().reviews) > STEPS // 2, "most of what was drawn was a decision"
