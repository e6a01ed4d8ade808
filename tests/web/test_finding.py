"""Routes of the views of finding: outlines are kept by the browser, lists come by pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from standoff.people import Register
from standoff.situation import Situation
from standoff.web.adding import Adder
from standoff.web.app import make_app
from standoff.web.bus import Bus
from standoff.web.live import Live


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A page over an empty situation, signed in."""
    path = str(tmp_path_factory.mktemp("finding") / "empty.standoff")
    bus = Bus()
    people, token = Register.alone("Ada")
    with Situation.open(path) as situation:
        live = Live(situation, bus.tell)
        app = make_app(live, people, Adder(path, bus.tell, live.grown), bus, team=False, files={})
        client = TestClient(app, base_url="http://localhost", follow_redirects=False)
        assert client.get(f"/enter?token={token}").status_code == 303
        yield client
        live.close()
    people.close()


def test_outlines_come_packed_and_once(page):
    first = page.get("/api/outlines")
    assert first.status_code == 200
    assert first.headers["content-type"] == "application/geo+json"
    assert first.headers["content-encoding"] == "gzip"
    assert first.json()["type"] == "FeatureCollection"
    again = page.get("/api/outlines", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = page.get("/api/outlines", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == first.json()


def test_nobody_has_outlines_without_signing_in(page):
    stranger = TestClient(page.app, base_url="http://localhost")
    told = ("/api/access", "/api/harm", "/api/agreements", "/api/victims?q=a")
    for path in ("/api/outlines", "/api/event?id=tl-1", "/api/events", "/api/history", *told):
        assert stranger.get(path).status_code == 401


def test_an_event_or_party_that_is_not_there_is_one_sentence(page):
    for path in ("/api/event?id=tl-none", "/api/party?id=p-none"):
        refused = page.get(path)
        assert refused.status_code == 404
        assert refused.json()["todo"]


def test_empty_views_are_empty_and_whole(page):
    assert page.get("/api/events").json() == {"total": 0, "days": [], "events": []}
    told = page.get("/api/history").json()
    assert (told["total"], told["published"], told["undated"]) == (0, [], 0)
    assert page.get("/api/search?q=a").json()["publishers"] == {}


@pytest.mark.parametrize("asked", ["count=0", "count=501", "first=-1"])
def test_pages_have_bounds(page, asked):
    assert page.get(f"/api/party?id=p&{asked}").status_code == 422
