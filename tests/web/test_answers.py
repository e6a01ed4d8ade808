"""Answers that are kept: made once however many ask, and packed for whoever takes them so."""

from __future__ import annotations

import gzip
import threading
import time

import pytest
from starlette.requests import Request

from standoff.web.answers import PACKED, Sent, answer


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
