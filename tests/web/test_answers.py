"""Answers that are kept: made once however many ask, and packed for whoever takes them so."""

from __future__ import annotations

import gzip
import threading
import time

import pytest
from starlette.requests import Request

from standoff.errors import StandoffError
from standoff.web.answers import PACKED, Sent, answer, sent_of


def asked(**headers: str) -> Request:
    told = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": told})


def test_what_many_ask_for_at_once_is_made_once() -> None:
    sent, made, got = Sent(), [], []

    def make() -> list[int]:
        made.append(1)
        time.sleep(0.05)
        return [1, 2]

    threads = [threading.Thread(target=lambda: got.append(sent.of("a", make))) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(made) == 1
    assert {each.body for each in got} == {b"[1,2]"}


def test_what_could_not_be_made_is_tried_again() -> None:
    sent = Sent()
    with pytest.raises(KeyError):
        sent.of("a", lambda: {}["nothing"])
    assert sent.of("a", lambda: 1).body == b"1"


def test_a_large_answer_is_packed_for_whoever_takes_it_so() -> None:
    made = Sent().of("a", lambda: "x" * PACKED)
    packed = answer(asked(accept_encoding="gzip, br"), made)
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == made.body
    plain = answer(asked(), made)
    assert "content-encoding" not in plain.headers
    assert plain.body == made.body
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    small = answer(asked(accept_encoding="gzip"), Sent().of("b", lambda: "x"))
    assert "content-encoding" not in small.headers


def test_who_has_it_already_is_not_sent_it_again() -> None:
    made = Sent().of("a", lambda: "x" * PACKED)
    again = answer(asked(if_none_match=made.tag, accept_encoding="gzip"), made)
    assert (again.status_code, again.body) == (304, b"")


def test_what_is_kept_is_found_without_making_it() -> None:
    sent = Sent()
    assert sent.found("a") is None
    made = sent.of("a", lambda: [1])
    assert sent.found("a") is made


def test_large_answers_asked_for_last_are_made_of_the_next_view_too() -> None:
    before, after = Sent(), Sent()
    before.of("large", lambda: "1" * PACKED, lambda view: view * PACKED)
    before.of("small", lambda: "1", lambda view: view)
    before.of("of this view alone", lambda: "1" * PACKED)
    after.again(before, "2")
    large = after.found("large")
    assert large is not None
    assert large.body == b'"' + b"2" * PACKED + b'"'
    assert after.found("small") is after.found("of this view alone") is None


def test_what_is_gone_from_the_next_view_keeps_nothing_else_away() -> None:
    def gone(_: str) -> str:
        raise StandoffError("it is not there any more")

    before, after = Sent(), Sent()
    before.of("kept", lambda: "1" * PACKED, lambda view: view * PACKED)
    before.of("gone", lambda: "1" * PACKED, gone)
    after.again(before, "2")
    assert after.found("kept") is not None
    assert after.found("gone") is None


def test_answers_are_of_one_view() -> None:
    class Seen:
        pass

    one, other = Seen(), Seen()
    assert sent_of(one) is sent_of(one)
    assert sent_of(one) is not sent_of(other)
