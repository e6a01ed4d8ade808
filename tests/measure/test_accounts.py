"""What the accounts imply on clusters labelled by hand stands above its floors."""

from __future__ import annotations

import pytest

from standoff.measure.accounts import main, page, score
from standoff.measure.floors import load_floors, verdict
from tests.corpora import corpus


@pytest.mark.corpus
def test_accounts_stand_above_their_floors() -> None:
    floors, made = load_floors(), score(corpus("data"))
    stands = {measure: verdict(floors, made, measure) for measure in made.scores}
    assert set(stands.values()) <= {"holds", "above"}, stands
    written = "\n".join(page(made))
    assert all(f"| {measure} |" in written for measure in made.scores)


def test_without_the_reports_there_is_one_sentence(tmp_path, capsys) -> None:
    assert main([str(tmp_path)]) != 0
    assert len(capsys.readouterr().err.splitlines()) == 1
