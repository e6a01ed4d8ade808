"""Signing in and out, inviting, changing people; how often one may try; what an open page hears of it."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from standoff.web.routes import news
from standoff.web.tries import Tries
from tests.web.workbench import NAMES, PASSWORD, Client, Workbench, running, until


def number(team: Workbench, role: str) -> int:
    return next(each.id for each in team.people.people() if each.role == role)


def test_one_person_comes_in_by_an_address_once(alone: Workbench) -> None:
    token = alone.people.link(alone.people.people()[0])
    client = alone.client().entered(token)
    told = client.get("/api/session").json()
    assert (told["person"]["name"], told["team"], told["name"]) == ("Solo", False, "demo")
    assert alone.client().get(f"/enter?token={token}", follow_redirects=False).status_code == 401


def test_another_browser_is_let_in_by_a_link(me: Client, alone: Workbench) -> None:
    path = me.post("/api/session/link").json()["path"]
    other = alone.client()
    assert other.get(path, follow_redirects=False).status_code == 303
    assert other.get("/api/session").json()["person"]["name"] == "Solo"
    assert me.get("/api/session").json()["person"], "the first stays signed in"


def test_a_planted_cookie_is_worth_nothing_after_signing_in(team: Workbench) -> None:
    """Session fixation."""
    victim = team.client()
    victim.cookies.set("standoff-8737", "planted-by-somebody-else")
    victim.signed(NAMES["reader"])
    assert victim.told("overview")
    attacker = team.client()
    attacker.cookies.set("standoff-8737", "planted-by-somebody-else")
    assert attacker.get("/api/overview").status_code == 401
    kept = {each.value for each in victim.cookies.jar}
    assert all(len(each or "") >= 40 for each in kept if each != "planted-by-somebody-else")


def test_signing_in_again_gives_another_key_and_token(team: Workbench) -> None:
    client = team.client().signed(NAMES["reader"])
    first = client.cookies["standoff-8737"], client.headers["x-csrf-token"]
    client.signed(NAMES["reader"])
    assert client.cookies["standoff-8737"] != first[0]
    assert client.headers["x-csrf-token"] != first[1]


def test_signing_out_ends_the_session_on_the_server(team: Workbench) -> None:
    client = team.client().signed(NAMES["reader"])
    key = client.cookies["standoff-8737"]
    got = client.delete("/api/session")
    assert got.status_code == 200
    assert got.headers["clear-site-data"] == '"cache"'
    other = team.client()
    other.cookies.set("standoff-8737", key)
    assert other.get("/api/overview").status_code == 401


def test_a_wrong_name_and_a_wrong_password_are_told_alike(team: Workbench) -> None:
    told = [
        team.client().post("/api/session", json={"name": name, "password": "wrong horse battery"}).text
        for name in (NAMES["reader"], "Nobody")
    ]
    assert told[0] == told[1]
    assert "do not fit" in told[0]


def test_a_name_can_be_tried_ten_times_in_five_minutes(team: Workbench) -> None:
    """However it is written, and with the right password at last."""
    client, name = team.client(), NAMES["reader"]
    ways = (name, name.upper(), f" {name} ", "\uff32ea")
    codes = [
        client.post("/api/session", json={"name": ways[n % 4], "password": "wrong horse battery"}).status_code
        for n in range(12)
    ]
    assert codes == [403] * 10 + [429] * 2
    got = client.post("/api/session", json={"name": name, "password": PASSWORD})
    assert got.status_code == 429
    assert got.json()["todo"] == "wait a few minutes"
    team.client().signed(NAMES["owner"])


def test_an_address_can_try_sixty_times(team: Workbench) -> None:
    client = team.client()
    codes = [client.get(f"/enter?token={n}").status_code for n in range(62)]
    assert codes == [401] * 60 + [429] * 2
    assert client.post("/api/join", json={"token": "x", "name": "n", "password": PASSWORD}).status_code == 429
    assert client.post("/api/session", json={"name": "n", "password": "p"}).status_code == 429


def test_the_old_password_cannot_be_tried_at_will(team: Workbench) -> None:
    """Who finds a page open must not find the password out by it."""
    client = team.client().signed(NAMES["reader"])
    wanted = {"old": "wrong horse battery", "new": "another horse battery"}
    codes = [client.put("/api/password", json=wanted).status_code for _ in range(11)]
    assert codes[:9] == [403] * 9
    assert codes[-1] == 429


def test_tries_are_counted_by_name_and_by_address() -> None:
    tries = Tries()
    assert all(tries.allows("10.0.0.1", "Ada") for _ in range(10))
    assert not tries.allows("10.0.0.2", "ada")
    assert tries.allows("10.0.0.1", "Bob")


# ---- people


def test_an_owner_invites_and_somebody_joins(team: Workbench) -> None:
    owner = team.client().signed(NAMES["owner"])
    path = owner.post("/api/invitations", json={"role": "reviewer"}).json()["path"]
    page, _, token = path.partition("#")
    assert page == "/join"
    assert len(token) >= 30
    guest = team.client()
    assert guest.get(path).text.startswith("<!doctype html>")
    wanted = {"token": token, "name": "Gus", "password": "short"}
    got = guest.post("/api/join", json=wanted)
    assert (got.status_code, got.json()["where"]) == (400, "password")
    got = guest.post("/api/join", json={**wanted, "password": "a longer password"})
    assert got.json()["person"] == {"id": 4, "name": "Gus", "role": "reviewer", "active": True}
    assert guest.told("overview")
    assert guest.post("/api/join", json={**wanted, "password": "a longer password"}).status_code == 403
    assert [each["name"] for each in owner.told("people")["people"]] == ["Gus", "Owen", "Rea", "Revi"]


def test_an_invitation_can_be_withdrawn(team: Workbench) -> None:
    owner = team.client().signed(NAMES["owner"])
    path = owner.post("/api/invitations", json={"role": "owner"}).json()["path"]
    (one,) = owner.told("people")["invitations"]
    assert owner.delete(f"/api/invitations/{one['id']}").json()["invitations"] == []
    got = team.client().post(
        "/api/join", json={"token": path.partition("#")[2], "name": "Eve", "password": PASSWORD}
    )
    assert got.status_code == 403


def test_taking_access_ends_what_is_open(team: Workbench) -> None:
    owner, reviewer = team.client().signed(NAMES["owner"]), team.client().signed(NAMES["reviewer"])
    got = owner.patch(f"/api/people/{number(team, 'reviewer')}", json={"active": False})
    assert {each["name"]: each["active"] for each in got.json()["people"]}[NAMES["reviewer"]] is False
    assert reviewer.get("/api/overview").status_code == 401
    assert reviewer.decide("accept", "x").status_code == 401


def test_a_lesser_role_holds_at_once(team: Workbench) -> None:
    owner, reviewer = team.client().signed(NAMES["owner"]), team.client().signed(NAMES["reviewer"])
    owner.patch(f"/api/people/{number(team, 'reviewer')}", json={"role": "reader"})
    assert reviewer.get("/api/overview").status_code == 401
    again = team.client().signed(NAMES["reviewer"])
    assert again.decide("accept", "x").status_code == 403


def test_the_last_owner_cannot_leave(team: Workbench) -> None:
    owner = team.client().signed(NAMES["owner"])
    for change in ({"active": False}, {"role": "reader"}):
        got = owner.patch(f"/api/people/{number(team, 'owner')}", json=change)
        assert (got.status_code, got.json()["what"]) == (400, "that would leave no owner")
    assert owner.told("overview")
    assert owner.patch("/api/people/999", json={"role": "reader"}).status_code == 400


def test_ones_own_password_is_changed_and_other_sessions_end(team: Workbench) -> None:
    one, other = team.client().signed(NAMES["reader"]), team.client().signed(NAMES["reader"])
    got = one.put("/api/password", json={"old": PASSWORD, "new": "another horse battery"})
    assert got.status_code == 200
    assert one.get("/api/overview").status_code == 200
    assert other.get("/api/overview").status_code == 401
    team.client().signed(NAMES["reader"], "another horse battery")
    got = team.client().post("/api/session", json={"name": NAMES["reader"], "password": PASSWORD})
    assert got.status_code == 403


def test_alone_there_is_nobody_to_invite(me: Client) -> None:
    asked = (
        me.post("/api/invitations", json={"role": "reader"}),
        me.patch("/api/people/1", json={"role": "reader"}),
        me.put("/api/password", json={"old": "x", "new": PASSWORD}),
    )
    for got in asked:
        assert (got.status_code, got.json()["what"]) == (409, "here one person works alone")


# ---- news


class Ear(threading.Thread):
    """Listens to news as a page does, until the stream ends."""

    def __init__(self, base: str, client: Client) -> None:
        super().__init__(daemon=True)
        self.base, self.key = base, client.cookies[next(iter(client.cookies))]
        self.port = base.rpartition(":")[2]
        self.heard: list[dict[str, Any]] = []
        self.ended = False
        self.start()

    def run(self) -> None:
        cookies = {"cookie": f"standoff-{self.port}={self.key}"}
        with httpx.stream("GET", f"{self.base}/api/news", headers=cookies, timeout=60) as got:
            for line in got.iter_lines():
                if line.startswith("data: "):
                    self.heard.append(json.loads(line[6:]))
        self.ended = True

    def kinds(self) -> list[str]:
        return [each["kind"] for each in self.heard]


@pytest.fixture
def base(team: Workbench) -> Iterator[str]:
    with running(team.app) as address:
        yield address


def test_pages_hear_what_is_decided_and_derived(team: Workbench, base: str) -> None:
    reviewer = team.client().signed(NAMES["reviewer"])
    ears = [Ear(base, team.client().signed(NAMES["reader"])) for _ in range(3)]
    until(lambda: all(each.heard for each in ears))
    first = ears[0].heard[0]
    assert (first["kind"], first["head"]) == ("derived", team.live.current.view.head[0])
    party = reviewer.told("parties")[0]["id"]
    entry = reviewer.decide("accept", party).json()["entry"]
    for each in ears:
        until(lambda each=each: any(news.get("head") == entry for news in each.heard))  # type: ignore[misc]


@pytest.mark.parametrize("how", ["closed", "role", "signed out", "password"])
def test_the_news_of_somebody_who_is_out_end(team: Workbench, base: str, how: str) -> None:
    owner, reader = team.client().signed(NAMES["owner"]), team.client().signed(NAMES["reader"])
    stays, goes = Ear(base, owner), Ear(base, reader)
    until(lambda: stays.heard and goes.heard)
    who = number(team, "reader")
    if how == "closed":
        owner.patch(f"/api/people/{who}", json={"active": False})
    elif how == "role":
        owner.patch(f"/api/people/{who}", json={"role": "reviewer"})
    elif how == "signed out":
        reader.delete("/api/session")
    else:
        team.client().signed(NAMES["reader"]).put(
            "/api/password", json={"old": PASSWORD, "new": "another horse battery"}
        )
    until(lambda: goes.ended, 10)
    assert goes.kinds()[-1] == "signed-out"
    team.bus.tell({"kind": "derived", "head": 1, "seconds": 0})
    until(lambda: len(stays.heard) > 1)
    assert "sessions" not in stays.kinds()
    assert not stays.ended


def test_access_taken_by_another_program_ends_the_news_soon(
    team: Workbench, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even while there is news all the time."""
    monkeypatch.setattr(news, "PAUSE", 0.3)
    ear = Ear(base, team.client().signed(NAMES["reader"]))
    until(lambda: ear.heard)
    team.people.change(number(team, "reader"), active=False)

    def busy() -> bool:
        team.bus.tell({"kind": "derived", "head": 1, "seconds": 0})
        return ear.ended

    until(busy, 10)


def test_what_is_added_is_told_to_who_may_add(team: Workbench, base: str) -> None:
    ears = {role: Ear(base, team.client().signed(NAMES[role])) for role in ("reader", "reviewer")}  # type: ignore[index]
    until(lambda: all(each.heard for each in ears.values()))
    team.bus.tell({"kind": "job", "job": {}})
    team.bus.tell({"kind": "derived", "head": 7, "seconds": 0})
    until(lambda: all(each.heard[-1].get("head") == 7 for each in ears.values()))
    assert "job" in ears["reviewer"].kinds()
    assert "job" not in ears["reader"].kinds()


def test_a_page_that_does_not_listen_holds_nobody_up(team: Workbench) -> None:
    """A slow page is told to look at everything again."""
    import asyncio

    from standoff.web.bus import BACKLOG

    async def slow() -> list[Any]:
        heard = []
        news = team.bus.hear(0.2)
        first = asyncio.ensure_future(anext(news))
        await asyncio.sleep(0.05)
        for n in range(BACKLOG + 50):
            team.bus.tell({"kind": "derived", "head": n})
        await asyncio.sleep(0.05)
        heard.append(await first)
        async for each in news:
            if each is None:
                break
            heard.append(each)
        await news.aclose()  # type: ignore[attr-defined]
        return heard

    heard = asyncio.run(slow())
    assert heard[-1] == {"kind": "behind"}
    assert len(heard) <= BACKLOG + 2
    assert team.bus.listening == 0


def test_too_many_pages_are_refused(team: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "PAGES", 0)
    got = team.client().signed(NAMES["reader"]).get("/api/news")
    assert (got.status_code, got.json()["what"]) == (503, "too many pages listen for news")


# ---- secrets


def test_no_secret_is_logged_or_said_back(
    team: Workbench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx2").setLevel(logging.WARNING)  # the browser of this test, not the server
    client = team.client()
    said = []
    wrong = "a very secret password"
    said.append(client.post("/api/session", json={"name": NAMES["reader"], "password": wrong}))
    said.append(client.post("/api/session", json={"name": 7, "password": wrong}))
    said.append(client.post("/api/session", json={"name": "x", "password": [wrong]}))
    said.append(
        client.post(
            "/api/session", content=f'{{"password": "{wrong}"', headers={"content-type": "application/json"}
        )
    )
    said.append(client.post("/api/join", json={"name": "x", "password": wrong, "token": "secret-token"}))
    said.append(
        client.post("/api/join", json={"name": "x" * 999, "password": wrong, "token": "secret-token" * 99})
    )
    said.append(client.get("/enter?token=secret-token"))
    client.signed(NAMES["reader"])
    secrets = [
        wrong,
        "secret-token",
        PASSWORD,
        client.cookies["standoff-8737"],
        client.headers["x-csrf-token"],
    ]
    said.append(client.put("/api/password", json={"old": wrong, "new": PASSWORD}))
    monkeypatch.setattr(team.people, "sign_in", lambda *_: 1 / 0)
    said.append(client.post("/api/session", json={"name": NAMES["reader"], "password": wrong}))
    assert [each.status_code for each in said] == [403, 422, 422, 422, 403, 422, 401, 403, 500]
    for secret in secrets:
        assert not any(secret in each.text for each in said)
        assert secret not in caplog.text


def test_a_fault_is_told_without_what_it_was(
    team: Workbench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = team.client().signed(NAMES["reader"])

    def broken(*_: object) -> None:
        raise ValueError("inside: hunter2")

    monkeypatch.setattr(team.live, "parts", broken)
    got = reader.get("/api/overview")
    assert (got.status_code, got.json()["code"], got.json()["what"]) == (
        500,
        "SO-000",
        "something broke here",
    )
    assert "hunter2" not in got.text
    ours = [each for each in caplog.records if each.name == "standoff.web"]
    assert [each.getMessage() for each in ours] == ["a request failed: ValueError"]


def test_where_the_file_stands_is_not_told(team: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    from standoff.errors import RecordError

    reader = team.client().signed(NAMES["reader"])

    def locked(*_: object) -> None:
        raise RecordError("the file is locked", where=str(team.path))

    monkeypatch.setattr(team.live, "parts", locked)
    got = reader.get("/api/overview")
    assert got.status_code == 503
    assert str(team.path.parent) not in got.text
