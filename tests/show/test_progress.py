"""Progress of adding: plain lines without a terminal, one line an error, warnings counted."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from standoff.show.progress import WORDS, Adding


def run(outcomes, width: int = 80) -> tuple[str, Adding]:
    out = io.StringIO()
    with Adding(Console(file=out, width=width)) as shown:
        for n, (outcome, error, warnings) in enumerate(outcomes):
            shown.taken(f"r{n}.txt", 1)
            shown.done(f"r{n}.txt", outcome, error, warnings)
        shown.summary("x.standoff")
    return out.getvalue(), shown


def test_five_hundred_equal_warnings_are_one_line():
    text, shown = run([("new", None, ("no publication date",))] * 500)
    assert text.count("no publication date") == 1
    assert "500 reports, first r0.txt" in text
    assert "x.standoff: 500 reports: 500 new" in text
    assert not shown.failed


def test_each_error_is_one_line_and_fails():
    text, shown = run([("new", "cannot be read\n(it is empty)", ()), ("known", None, ())])
    assert shown.failed
    assert "r0.txt: cannot be read (it is empty)" in text.splitlines()
    assert "1 new, 1 already there" in text


def test_every_outcome_has_words():
    text, _ = run([(name, None, ()) for name in WORDS])
    assert all(words in text for words in WORDS.values())


def test_an_interruption_says_what_is_kept():
    out = io.StringIO()

    def interrupted():
        with Adding(Console(file=out)) as shown:
            shown.taken("a.txt", 1)
            shown.done("a.txt", "new", None, ())
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert "stopped after 1 report" in out.getvalue()
