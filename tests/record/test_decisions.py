"""Reviews act on exactly what they name, in order, and nothing is lost."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from standoff.model import Anchor, Reading, Review
from standoff.model.spans import quote
from standoff.record import anchor_of, apply_reviews
from standoff.record.decisions import in_force
from tests.record.make import AT, TEXT, read, span_of, taken

ONE = taken()
READING = read(ONE)
DIGEST = ONE.report.text_sha256


def anchor(layer: str, number: int = 0, reading: Reading = READING) -> Anchor:
    field = {"quantity": "quantities"}.get(layer, layer + "s")
    return anchor_of(layer, getattr(reading, field)[number], TEXT, DIGEST)


def words(layer: str, words: str) -> Anchor:
    return Anchor(layer=layer, text_sha256=DIGEST, spans=(span_of(TEXT, words),), quote=words)


def review(action: str, *targets: Anchor, **more: object) -> Review:
    return Review(action=action, targets=targets, by="Ada", at=AT, **more)  # type: ignore[arg-type]


def apply(*reviews: Review, reading: Reading = READING):
    return apply_reviews([ONE.report], [reading], list(enumerate(reviews, start=3)))


def test_no_reviews_change_nothing() -> None:
    assert apply().readings == (READING,)


def test_accept_marks_and_changes_nothing() -> None:
    done = apply(review("accept", anchor("time")))
    assert done.readings == (READING,)
    assert done.status_of == {READING.times[0].id: "accepted"}


def test_a_rejected_annotation_vanishes_and_what_leaned_on_it_is_unknown() -> None:
    done = apply(review("reject", anchor("statement")), review("reject", anchor("quantity", 1)))
    [now] = done.readings
    assert now.statements == ()
    assert [quantity.text for quantity in now.quantities] == ["12"]
    assert now.quantities[0].statement is None
    assert now.quantities[0].relation is not None
    assert now.quantities[0].relation.of is None
    assert now.claims[0].statement is None
    assert now.claims[0].quantities == (READING.quantities[0].id,)
    assert set(done.rejected) == {READING.statements[0].id, READING.quantities[1].id}


def test_accepting_what_was_rejected_brings_it_back() -> None:
    done = apply(review("reject", anchor("statement")), review("accept", anchor("statement")))
    assert done.readings == (READING,)
    assert done.status_of[READING.statements[0].id] == "accepted"
    assert done.entries_of[READING.statements[0].id] == (3, 4)


def test_a_correction_changes_fields_and_keeps_the_old_one() -> None:
    done = apply(review("correct", anchor("quantity"), value={"high": 14, "best": "13.5"}))
    quantity = done.readings[0].quantities[0]
    assert (quantity.low, quantity.high, quantity.best) == (12, 14, 13.5)
    assert quantity.id == READING.quantities[0].id
    assert done.originals == {quantity.id: READING.quantities[0]}
    assert done.status_of[quantity.id] == "corrected"


def test_corrected_spans_are_quoted_anew_and_references_follow() -> None:
    start, end = span_of(TEXT, "12 of 40 lorries")
    done = apply(review("correct", anchor("quantity"), value={"start": start, "end": end, "text": "wrong"}))
    [now] = done.readings
    moved = now.quantities[0]
    assert moved.text == "12 of 40 lorries"
    assert moved.id != READING.quantities[0].id
    assert now.claims[0].quantities == (moved.id, READING.quantities[1].id)
    assert done.originals[moved.id] == READING.quantities[0]


def test_a_later_review_may_name_the_corrected_words() -> None:
    start, end = span_of(TEXT, "on Monday")
    moved = Anchor(layer="time", text_sha256=DIGEST, spans=((start, end),), quote="on Monday")
    done = apply(
        review("correct", anchor("time"), value={"start": start}),
        review("correct", moved, value={"edtf": "2031"}),
    )
    assert done.orphans == ()
    assert (done.readings[0].times[0].text, done.readings[0].times[0].edtf) == ("on Monday", "2031")


def test_a_correction_that_does_not_fit_is_an_orphan_with_its_reason() -> None:
    for value in ({"end": 9999}, {"nonsense": 1}, {"id": "x"}, {"type": 5}, {"type": "YEARLY"}):
        done = apply(review("correct", anchor("time"), value=value))
        assert done.readings == (READING,)
        assert "does not fit" in done.orphans[0].reason


def test_an_addition_stands_at_its_words_in_text_order() -> None:
    value = {"form": "description", "type": "person"}
    done = apply(review("add", words("mention", "mayor"), value=value))
    assert [mention.text for mention in done.readings[0].mentions] == [
        "The mayor of Ostrava Gate",
        "mayor",
        "Rebels",
    ]
    [added] = [one for one in done.readings[0].mentions if one.text == "mayor"]
    assert done.status_of == {added.id: "added"}
    assert done.originals == {}


def test_an_addition_of_every_layer() -> None:
    values = {
        "place": ("Ostrava Gate", {"lat": 50.5, "lon": 14}),
        "time": ("Monday", {"type": "DATE", "value": "2031-04-28", "edtf": "2031-04-28"}),
        "quantity": ("40", {"kind": "count", "best": 40}),
        "statement": ("it", {"source": [span_of(TEXT, "Rebels")], "cue": [span_of(TEXT, "denied")]}),
        "claim": ("crossed", {"type": "MOVE"}),
    }  # fmt: skip
    for layer, (quoted, value) in values.items():
        bare = read(ONE, without="times")
        done = apply(review("add", words(layer, quoted), value=value), reading=bare)
        assert done.orphans == ()
        assert list(done.status_of.values()) == ["added"]


def test_adding_what_a_reader_has_found_since_corrects_it() -> None:
    done = apply(review("add", words("time", "Monday"), value={"type": "DATE", "value": "2031-04-28"}))
    assert [time.value for time in done.readings[0].times] == ["2031-04-28"]
    assert list(done.status_of.values()) == ["corrected"]


def test_an_undo_and_its_undo() -> None:
    reject = review("reject", anchor("time"))
    undone = apply(reject, review("undo", undoes=3))
    assert undone.readings == (READING,)
    assert (undone.undone, undone.status_of) == ((3,), {})
    again = apply(reject, review("undo", undoes=3), review("undo", undoes=4))
    assert again.readings[0].times == ()
    assert again.undone == (4,)


def test_an_undo_of_nothing_is_an_orphan() -> None:
    assert [orphan.entry for orphan in apply(review("undo", undoes=77)).orphans] == [3]


def test_words_that_moved_or_changed_make_orphans_never_look_alikes() -> None:
    here = anchor("time")
    shifted = msgspec.structs.replace(
        here, spans=((here.spans[0][0] - 3, here.spans[0][1]),), quote="on Monday"
    )
    for bad in (
        shifted,
        msgspec.structs.replace(here, quote="Sunday"),
        msgspec.structs.replace(here, text_sha256="0" * 64),
        msgspec.structs.replace(here, layer="mention"),
        msgspec.structs.replace(anchor("claim"), key="cl-000000000000"),
    ):
        done = apply(review("reject", bad))
        assert done.readings == (READING,)
        assert [orphan.anchor for orphan in done.orphans] == [bad]


def test_reviews_re_attach_to_a_newer_reading_on_exact_anchors() -> None:
    newer = read(ONE, "2", without="times")
    done = apply(review("reject", anchor("mention", 1)), review("reject", anchor("time")), reading=newer)
    assert [mention.text for mention in done.readings[0].mentions] == ["The mayor of Ostrava Gate"]
    assert [orphan.entry for orphan in done.orphans] == [4]


def test_a_review_acts_on_every_copy_of_the_text() -> None:
    copy = taken("copy.txt")
    done = apply_reviews(
        [ONE.report, copy.report], [READING, read(copy)], [(5, review("reject", anchor("time")))]
    )
    assert [reading.times for reading in done.readings] == [(), ()]


def test_decisions_for_other_stages_are_handed_on() -> None:
    party = Anchor(layer="party", key="mayor")
    done = apply(
        review("merge", anchor("mention", 0), anchor("mention", 1)),
        review("split", party),
        review("correct", Anchor(layer="question", key="k"), value={"kind": "number"}),
        review("reject", Anchor(layer="incident", key="i")),
        review("merge", words("mention", "lorries"), party),
    )
    assert done.merges[0].ids == tuple(mention.id for mention in READING.mentions)
    assert done.splits[0].review.targets == (party,)
    assert [decision.entry for decision in done.question_decisions] == [5]
    assert [decision.entry for decision in done.other_decisions] == [6]
    assert done.merges[1].ids == ()
    assert [orphan.anchor for orphan in done.orphans] == [words("mention", "lorries")]


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["accept", "reject", "correct", "undo"]),
        st.sampled_from(["time", "statement", "claim"]),
        st.integers(1, 14),
    ),
    max_size=12,
)


@given(ACTIONS)
def test_nothing_is_lost_and_undoing_all_restores(steps: list[tuple[str, str, int]]) -> None:
    reviews = []
    for entry, (action, layer, target) in enumerate(steps, start=1):
        if action == "undo":
            made = review("undo", undoes=target)
        else:
            made = review(
                action, anchor(layer), value={"confidence": target / 16} if action == "correct" else None
            )
        reviews.append((entry, made))
    done = apply_reviews([ONE.report], [READING], reviews)
    now = done.readings[0]
    held = {one.id for layer in (now.times, now.statements, now.claims) for one in layer}
    everything = {READING.times[0].id, READING.statements[0].id, READING.claims[0].id}
    assert held | set(done.rejected) == everything
    standing, _ = in_force(reviews)
    number = len(reviews)
    for entry, _ in standing:
        number += 1
        reviews.append((number, review("undo", undoes=entry)))
    assert apply_reviews([ONE.report], [READING], reviews).readings == (READING,)


def test_the_anchor_of_a_statement_is_all_its_words() -> None:
    made = anchor("statement")
    assert made.quote == quote(TEXT, made.spans)
    assert made.quote == "The mayor of Ostrava Gate … said … that 12 of 40 lorries had crossed"
