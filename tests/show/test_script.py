"""Which way a text runs."""

from __future__ import annotations

import pytest

from standoff.show.brief.payload import payload
from standoff.show.script import direction
from tests.show.fixture import view


@pytest.mark.parametrize(
    ("language", "text", "way"),
    [
        ("ar", "BBC: قال", "rtl"),
        ("ar-EG", "", "rtl"),
        ("he_IL", "", "rtl"),
        ("FA", "", "rtl"),
        ("en", "قال متحدث باسم القيادة", "auto"),
        ("zh-Hant", "", "auto"),
        (None, "BBC Monitoring: قالت منظمة إن أربعة عشر شخصا قتلوا", "rtl"),
        (None, "Peter Lyall: דובר הפיקוד אמר כי לוחמים נהרגו", "rtl"),
        (None, "The spokesman (متحدث) said so on Monday", "auto"),
        (None, "14 37 2019", "auto"),
        (None, "", "auto"),
    ],
)
def test_the_language_tells_else_the_letters_that_most_of_it_is_in(language, text, way):
    assert direction(language, text) == way


def test_the_brief_says_it_of_each_report():
    told = {each["id"]: (each["language"], each["direction"]) for each in payload(view())["reports"]}
    assert {way for _, way in told.values()} <= {"rtl", "auto"}
    assert all(way == "auto" for language, way in told.values() if language == "en")
