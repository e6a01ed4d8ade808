"""What is kept from view to view is what working it out anew would give."""

from __future__ import annotations

from standoff.reconcile.kept import Watched, Workings


class Desk:
    """An outer piece made of an inner one, which looks in a table; how often each was worked out."""

    def __init__(self) -> None:
        self.kept = Workings()
        self.table = {"a": 1, "b": 1}
        self.made = {"outer": 0, "inner": 0}
        self.rests_on = object()

    def view(self, changed: tuple[tuple[str, str], ...] = (), *, another: bool = False) -> int:
        self.kept.begin(changed)
        self.rests_on = object() if another else self.rests_on
        return self.kept.of("outer", [self.rests_on], self._outer)

    def _outer(self) -> int:
        self.made["outer"] += 1
        return 10 * self.kept.of("inner", (), self._inner)

    def _inner(self) -> int:
        self.made["inner"] += 1
        return Watched("table", self.table, self.kept.watch)["a"]


def test_a_piece_is_made_anew_when_a_look_up_of_a_piece_within_it_changed() -> None:
    desk = Desk()
    assert desk.view() == 10
    desk.table["a"] = 2
    assert desk.view((("table", "a"),)) == 20
    assert desk.made == {"outer": 2, "inner": 2}


def test_a_look_up_that_nothing_made_changes_nothing() -> None:
    desk = Desk()
    desk.view()
    desk.table["b"] = 2
    assert desk.view((("table", "b"),)) == 10
    assert desk.made == {"outer": 1, "inner": 1}


def test_a_piece_within_one_that_held_for_a_while_is_still_there_when_it_must_be_made_anew() -> None:
    desk = Desk()
    for _ in range(3):
        desk.view()
    assert desk.view(another=True) == 10
    assert desk.made == {"outer": 2, "inner": 1}


def test_what_nobody_asked_for_is_forgotten() -> None:
    desk = Desk()
    desk.view()
    desk.kept.begin(())
    desk.kept.begin(())
    assert desk.view() == 10
    assert desk.made == {"outer": 2, "inner": 2}
