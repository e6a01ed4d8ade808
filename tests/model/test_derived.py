"""What takes an account's place among the answers to a question."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from standoff.model import QuestionLink, replaced_by

RELATIONS = ("revises", "corrects", "repeats", "develops", "compatible")


def link(newer: str, relation: str, older: str) -> QuestionLink:
    return QuestionLink(
        id=f"{newer}-{relation}-{older}", from_=newer, to=older, relation=relation, reason="r"
    )


def test_what_was_repeated_goes_with_what_repeated_it():
    links = [link("b", "repeats", "a"), link("c", "repeats", "b"), link("d", "revises", "c")]
    assert replaced_by(links) == {"a": "d", "b": "d", "c": "d"}


def test_what_repeats_the_newer_figure_stands():
    assert replaced_by([link("b", "corrects", "a"), link("c", "repeats", "b")]) == {"a": "b"}


def test_a_copy_goes_with_its_original_only_where_copies_are_given():
    links = [link("b", "revises", "a"), link("c", "compatible", "a")]
    assert replaced_by(links) == {"a": "b"}
    assert replaced_by(links, {"a": ["c"]}) == {"a": "b", "c": "b"}


def test_a_rise_by_another_source_replaces_nothing():
    assert replaced_by([link("b", "develops", "a")]) == {}


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from(RELATIONS), st.sampled_from("abcdef"))))
def test_it_ends_and_names_only_what_stands_in_a_link(drawn):
    links = [link(*each) for each in drawn]
    found = replaced_by(links)
    assert {each.to for each in links if each.relation in {"revises", "corrects"}} <= set(found)
    assert set(found) <= {each.to for each in links}
