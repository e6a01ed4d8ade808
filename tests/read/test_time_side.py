"""On which side of the day of publication a date lies; the sentences are invented."""

from __future__ import annotations

import pytest
import spacy

from standoff.model import Context
from standoff.read.times import find_times
from standoff.vocab import load as load_words

NLP = spacy.blank("en")


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("Parliament will vote in October.", "2021-11-10", "2022-10"),
        ("Parliament voted in October.", "2021-09-10", "2020-10"),
        ("Talks resume Monday in Geneva.", "2021-11-19", "2021-11-22"),
        ("The army shelled the town Monday.", "2021-11-19", "2021-11-15"),
        ("THE GENERAL WILL MEET HIM ON TUESDAY", "2021-11-19", "2021-11-23"),
        ("THE GENERAL MET HIM ON TUESDAY", "2021-11-19", "2021-11-16"),
        ("the general will meet him on tuesday", "2021-11-19", "2021-11-23"),
        ("He said the road would be open by March 1.", "2021-09-19", "2022-03-01"),
        ("The truce, signed on June 3, collapsed.", "2021-09-19", "2021-06-03"),
    ],
)
def test_tense_tells_the_side_of_the_day_of_publication(text: str, published: str, value: str) -> None:
    assert [t.value for t in find_times(NLP(text), Context(published=published))] == [value]


def test_every_sign_that_has_a_weight_is_grammar_or_a_listed_word() -> None:
    listed = {word for group in load_words("en/time_contexts")["classes"].values() for word in group}
    kinds = {"Word", "word", "edge", ",", ".", ";", ":"}
    for sign in load_words("en/time_weights")["ahead"]:
        place, _, word = sign.partition(" ")
        if place in {"lead", "before", "after"} and word not in {"the verb"}:
            assert word in listed | kinds or word.isupper(), sign


def test_the_fold_of_a_document_never_changes() -> None:
    training = pytest.importorskip("training.times", reason="training needs scipy", exc_type=ImportError)
    assert [training.fold_of(doc) for doc in ("a", "b", "c", "wsj_0001", "APW1")] == [0, 1, 3, 3, 1]


def test_a_sign_that_always_goes_with_the_later_date_speaks_for_it() -> None:
    training = pytest.importorskip("training.times", reason="training needs scipy", exc_type=ImportError)
    rows = [
        training.Example(
            str(number), frozenset({"ahead" if number % 2 else "behind", "always"}), number % 2 == 1
        )
        for number in range(40)
    ]
    weights = training.fit(rows).ahead
    assert weights["ahead"] > 1 > -1 > weights["behind"]
    assert abs(weights.get("always", 0)) < 0.5
