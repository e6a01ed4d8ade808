"""Hostile strings all the way through the server: kept as they are, sent as data that cannot run.

That nothing runs in a browser is tested in one; here, that the server gives it no occasion to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from standoff.record import verify
from tests.web import hostile
from tests.web.test_adding import done
from tests.web.workbench import NAMES, PASSWORD, Client, Workbench, opened


@pytest.fixture(scope="module")
def full(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, Client]]:
    """A workbench whose record holds every hostile string that it takes."""
    with opened(demo_file, tmp_path_factory.mktemp("hostile"), team=True) as made:
        client = made.client().signed(NAMES["owner"])
        lines = "\n".join(json.dumps(each) for each in hostile.reports()).encode()
        got = client.post("/api/files", files=[("files", ("hostile.jsonl", lines))])
        job = done(client, got.json(), 120)
        assert job["error"] is None, job
        assert len(job["outcomes"]) == len(hostile.EVERYTHING)
        made.live.parts(at_least=made.situation.record.head().n)
        yield made, client


def test_texts_come_back_as_they_were(full: tuple[Workbench, Client]) -> None:
    _, client = full
    given = {each["id"]: each for each in hostile.reports()}
    shown = {each["id"]: each for each in client.told("reports")}
    assert set(given) <= set(shown)
    for name, each in given.items():
        view = client.told("report", id=name)["report"]
        assert view["text"] == each["text"], name
        assert view["title"] == each["title"] or not each["title"].strip(), name


def test_every_answer_is_data(full: tuple[Workbench, Client]) -> None:
    """JSON that is told to be JSON and may not be taken for anything else: no answer is a page."""
    _, client = full
    paths: list[tuple[str, dict[str, Any]]] = [
        (path, {})
        for path in (
            "overview",
            "disputes",
            "parties",
            "places",
            "events",
            "reports",
            "queue",
            "history",
            "ledger",
            "changes",
            "clock",
        )
    ]
    paths += [("search", {"q": each}) for each in hostile.EVERYTHING]
    paths += [
        (path, {"id": each}) for path in ("report", "party", "dispute", "why") for each in hostile.SHORT
    ]
    paths += [("party", {"id": each["id"]}) for each in client.told("parties")]
    for path, params in paths:
        got = client.get(f"/api/{path}", params=params)
        assert got.status_code in {200, 400, 404, 422}, (path, params, got.text)
        assert got.headers["content-type"] == "application/json"
        assert got.headers["x-content-type-options"] == "nosniff"
        assert "script" not in got.headers["content-security-policy"]
        got.json()


def test_reasons_and_names_are_kept_as_words(full: tuple[Workbench, Client]) -> None:
    made, client = full
    party, last = client.told("parties")[0]["id"], 0
    for why in hostile.SHORT:
        if "\ud800" <= why[:1] <= "\udfff":
            continue
        got = client.decide("accept", party, why=why, seen={party: last})
        assert got.status_code in {201, 422}, (why, got.text)
        if got.status_code == 201:
            last = got.json()["entry"]
            assert client.told("history", count=1)["happenings"][0]["why"] == (why or None)
    for name in hostile.NAMES[:40]:
        token = client.post("/api/invitations", json={"role": "reader"}).json()["path"].partition("#")[2]
        made.app.state.tries.allows = lambda *_: True
        got = made.client().post("/api/join", json={"token": token, "name": name, "password": PASSWORD})
        assert got.status_code in {200, 400}, (name, got.text)
    assert client.told("people")
    check = verify(made.path)
    assert check.ok, check.problem


def test_the_still_brief_holds_none_of_it_as_markup(full: tuple[Workbench, Client]) -> None:
    _, client = full
    got = client.get("/api/brief")
    assert "unsafe" not in got.headers["content-security-policy"]
    found = Elements()
    found.feed(got.text)
    assert len(found.seen) > 1000
    for tag, attributes in found.seen:
        assert tag not in NEVER, tag
        assert not {"autofocus", "contenteditable", "srcdoc"} & set(attributes), tag
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            if name in {"href", "src", "action", "xlink:href"}:
                assert re.match(r"#|https?://", value or "#"), (tag, name, value)
    assert hostile.MARK not in "".join(found.scripts)


NEVER = {"iframe", "object", "embed", "base", "form", "dialog", "math", "template"}


class Elements(HTMLParser):
    """Every element of a page with its attributes, and what scripts hold that would run."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self._runs = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        self._runs = tag == "script" and dict(attrs).get("type") != "application/json"

    def handle_data(self, data: str) -> None:
        if self._runs:
            self.scripts.append(data)


def test_names_of_files_that_are_handed_out_are_plain(full: tuple[Workbench, Client]) -> None:
    from standoff.web.routes.handing import _file

    for each in hostile.EVERYTHING:
        told = _file(f"{each}-brief.html")["Content-Disposition"]
        assert told.isascii()
        assert told.isprintable()
        assert re.fullmatch(r"attachment; filename=\"[\w.-]+\"; filename\*=UTF-8''[\w.%~-]+", told), told[
            :200
        ]
