"""Somebody else's reader held to the text: nothing loose comes through, and what breaks is one sentence."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from tests.read.contract_reader import REPORT, check, item, one
from tests.read.test_contract import example

from standoff.errors import InputError, ReaderError, StandoffError, UsageError
from standoff.model import Place, Quantity, ReaderInfo, Reading, Statement
from standoff.read import Item
from standoff.read.anchored import AnchoredReader
from standoff.read.reader import default_reader


@pytest.mark.parametrize("kind", [ReaderError, UsageError, InputError])
def test_an_error_comes_out_of_a_worker_as_it_went_in(kind: type[StandoffError]):
    error = kind("a thing went wrong", where="here", todo="try again")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.todo) == (kind, str(error), "try again")


class Scripted:
    """A reader that gives what it is told to, for whatever it is given."""

    info = ReaderInfo(name="scripted", version="1")

    def __init__(self, *readings: Any, error: Exception | None = None) -> None:
        self._readings, self._error = readings, error

    def read(self, items: Any) -> Iterator[Any]:
        given = iter(items)
        for reading in self._readings:
            next(given, None)
            yield reading
        if self._error:
            next(given, None)
            raise self._error
        list(given)


def reading_of(text: str = REPORT, **layers: Any) -> Reading:
    base = item(text)
    return Reading(
        report="r",
        text_sha256=base.context.text_sha256,
        reader=Scripted.info,
        published="2031-01-02",
        **layers,
    )


def through(*readings: Any, error: Exception | None = None, items: Any = None) -> list[Reading]:
    return list(AnchoredReader(Scripted(*readings, error=error), "scripted").read(items or [item(REPORT)]))


def test_what_does_not_stand_in_the_text_is_refused_and_counted():
    at = REPORT.index("Norvik")
    places = [
        Place(id="pl-1", start=at, end=at + 6, name="Norvik"),
        Place(id="pl-2", start=at, end=at + 6, name="Oslo"),
        Place(id="pl-3", start=5, end=5, name=""),
        Place(id="pl-4", start=-6, end=-1, name=REPORT[-6:-1]),
        Place(id="pl-5", start=at, end=10**9, name="Norvik"),
        Place(id="pl-1", start=at, end=at + 6, name="Norvik"),
    ]
    outside = Statement(id="st-1", voice="source", content=((0, 5), (10**6, 10**6 + 1)))
    tied = Quantity(id="qt-1", start=14, end=16, text="12", kind="count", statement="st-1", place="pl-2")
    (reading,) = through(reading_of(places=tuple(places), statements=(outside,), quantities=(tied,)))
    assert [each.id for each in reading.places] == ["pl-1"]
    assert not reading.statements
    assert (reading.quantities[0].statement, reading.quantities[0].place) == (None, None)
    assert any(warning.startswith("6 of 8 annotations refused") for warning in reading.warnings)
    check(reading, REPORT)


def test_a_sound_reading_comes_through_as_it_is():
    sound = one(default_reader(1), REPORT)
    assert through(msgspec.structs.replace(sound)) == [sound]


@pytest.mark.parametrize(
    ("readings", "error", "told"),
    [
        ([], None, "gave no reading"),
        ([reading_of(), reading_of()], None, "more readings than it was given"),
        ([{"report": "r"}], None, "is no reading"),
        ([None], None, "is no reading"),
        ([msgspec.structs.replace(reading_of(), report="q")], None, "of another report"),
        ([msgspec.structs.replace(reading_of(), text_sha256="0")], None, "of another report"),
        ([reading_of(places=(Place(id="p", start="0", end=6, name="Rebels"),))], None, "is no reading"),
        ([], ZeroDivisionError("division by zero"), "failed: ZeroDivisionError: division by zero"),
        ([], StopIteration("odd"), "failed: RuntimeError"),
    ],
)
def test_a_reader_that_breaks_its_promise_is_one_clear_sentence(readings: Any, error: Any, told: str):
    with pytest.raises(ReaderError, match=told) as caught:
        through(*readings, error=error)
    assert "scripted" in str(caught.value)


def test_what_the_input_raises_is_not_laid_at_the_readers_door():
    def items() -> Iterator[Item]:
        yield item(REPORT)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(default_reader(1).read(items()))
    with pytest.raises(OSError, match="the disk is gone"):
        list(AnchoredReader(example().make(None), "shouting").read(items()))
