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


def test_a_folder_without_gold_is_one_sentence(tmp_path, capsys) -> None:
    assert main(["--gold", str(tmp_path)]) != 0
    assert capsys.readouterr().err.count("no cluster lies there") == 1


def test_clusters_of_ones_own_pin_no_floors(tmp_path, capsys) -> None:
    with pytest.raises(SystemExit):
        main(["--gold", str(tmp_path), "--pin"])
    assert "leave out --gold" in capsys.readouterr().err
