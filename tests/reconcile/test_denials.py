"""What is a denial: a negation that tells what was not so, and one that only says who somebody is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from standoff.reconcile.answers.denials import find_denial
from standoff.reconcile.answers.passages import Passage, _denied_by
from standoff.reconcile.matter import pattern, stems


def passage(text: str) -> Passage:
    """What the Carters Guild said, in these words."""
    page = SimpleNamespace(
        text=text, note=SimpleNamespace(held={}), report=SimpleNamespace(id="a"), published="2031-05-01"
    )
    return Passage(
        page=page,  # type: ignore[arg-type]
        span=(0, len(text)),
        statement=None,
        party="pa-guild",
        speaker="pa-guild",
        cue="said",
        claims=(),
        words=stems(text),
        named=frozenset(),
        places=frozenset(),
        incidents=frozenset(),
    )


@pytest.mark.parametrize("who", ["the carters", "men of the guild", "they"])
def test_a_negated_telling_is_a_denial(who: str) -> None:
    found = find_denial(passage(f"{who} did not raid the market"))
    assert found is not None
    assert stems("raid the market") & found.words


@pytest.mark.parametrize(
    "that", ["who did not raid", "which did not raid", "that did not raid", "who have not raided"]
)
def test_a_negation_that_says_who_somebody_is_denies_nothing(that: str) -> None:
    assert find_denial(passage(f"men {that} the market were freed")) is None


@pytest.mark.parametrize(
    "words", ["a charge denied by ", "The claim was strongly rejected by the ", "Accusations denied By "]
)
def test_who_denies_what_stands_before_is_named_behind_by(words: str) -> None:
    assert _denied_by(words, 0, len(words)) is not None
    assert pattern("denial", "denied_by").search(words.replace("by", "to").replace("By", "to")) is None
