"""Every route is walked: who may not, may not; what another site's page asks for is not done."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.routing import BaseRoute

from standoff.people import Role, may
from standoff.people.opened import ROLES
from standoff.web import static
from standoff.web.access import OPEN, SAFE, check_unsafe, needs
from standoff.web.routes import ROUTERS
from tests.web.workbench import BASE, FILES, NAMES, Client, Workbench

ROUTES: list[Any] = [route for each in (*ROUTERS, static.router(FILES)) for route in each.routes]
UNSAFE: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/api/session"): {"json": {"name": "Nobody", "password": "nothing"}},
    ("DELETE", "/api/session"): {},
    ("POST", "/api/session/link"): {},
    ("POST", "/api/join"): {"json": {"name": "Nobody", "password": "nothing", "token": "none"}},
    ("POST", "/api/invitations"): {"json": {"role": "reader"}},
    ("DELETE", "/api/invitations/{number}"): {},
    ("PATCH", "/api/people/{number}"): {"json": {}},
    ("PUT", "/api/password"): {"json": {"old": "wrong", "new": "neither is this"}},
    ("POST", "/api/files"): {"files": {"files": ("a.txt", b"")}, "data": {"published": "no date"}},
    ("POST", "/api/texts"): {"json": {}},
    ("POST", "/api/reviews"): {"json": {"action": "accept", "targets": ["nothing"]}},
    ("POST", "/api/brief"): {"json": {"as_of": "no date"}},
}
"""A request for each route that changes something, that would change nothing."""


def role_of(route: Any) -> str:
    role = (route.openapi_extra or {}).get("x-role")
    assert role is not None, f"{route.path} does not say which role it needs"
    return str(role)


def methods(route: Any) -> list[str]:
    return sorted(route.methods)


WALK = [(method, route.path, role_of(route)) for route in ROUTES for method in methods(route)]
GUARDED = [each for each in WALK if each[2] != OPEN]
CHANGING = [each for each in WALK if each[0] not in SAFE]


def ask(client: Client, method: str, path: str, **more: Any) -> Any:
    """A route asked for as the page would; what streams is not waited for."""
    asked = path.replace("{number}", "9999").replace("{path:path}", "nothing-here")
    headers = {**more.pop("headers", {})}
    return client.request(method, asked, headers=headers, **{**UNSAFE.get((method, path), {}), **more})


@pytest.fixture(scope="module")
def people(shared: Workbench) -> dict[str, Client]:
    return {role: shared.client().signed(NAMES[role]) for role in ROLES}


@pytest.fixture(autouse=True)
def many_tries(shared: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared.app.state.tries, "allows", lambda *_: True)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{methods(route)[0]} {route.path}")
def test_a_route_checks_what_it_says(route: BaseRoute | Any) -> None:
    """The role in the description is the one that is checked, and it is checked before all else."""
    first = route.dependencies[0].dependency
    role = role_of(route)
    assert first is (check_unsafe if role == OPEN else needs(role))  # type: ignore[arg-type]


def test_only_ways_to_sign_in_and_the_page_itself_are_open() -> None:
    assert [each[:2] for each in WALK if each[2] == OPEN] == [
        ("GET", "/api/session"),
        ("POST", "/api/session"),
        ("POST", "/api/join"),
        ("GET", "/enter"),
        ("GET", "/{path:path}"),
    ]


def test_what_changes_anything_is_never_a_get() -> None:
    """`/enter` uses its token up: that is what it is for."""
    assert {(method, path) for method, path, _ in CHANGING} == set(UNSAFE)
    assert {method for method, _, _ in WALK} <= {"GET", "POST", "PUT", "PATCH", "DELETE"}


@pytest.mark.parametrize(("method", "path", "role"), GUARDED)
def test_nobody_comes_in_who_is_not_signed_in(shared: Workbench, method: str, path: str, role: Role) -> None:
    stranger = shared.client()
    got = ask(stranger, method, path, headers={"x-csrf-token": "guessed"})
    assert got.status_code == 401, got.text
    assert got.json()["code"] == "SO-700"
    assert "set-cookie" not in got.headers
    stranger.cookies.set("standoff-8737", "guessed")
    assert ask(stranger, method, path).status_code == 401


@pytest.mark.parametrize(("method", "path", "role"), GUARDED)
def test_lesser_roles_are_refused_and_the_others_are_not(
    people: dict[str, Client], method: str, path: str, role: Role
) -> None:
    for held in ROLES:
        if may(held, role):
            if path not in {"/api/news", "/api/session"}:  # a stream, and signing out
                assert (
                    ask(people[held], method, path).status_code not in {401, 403} or path == "/api/password"
                )
        else:
            got = ask(people[held], method, path)
            assert got.status_code == 403, (held, got.text)
            assert got.json()["what"] == f"that needs the role {role}"


@pytest.mark.parametrize(("method", "path", "role"), [each for each in CHANGING if each[2] != OPEN])
@pytest.mark.parametrize("token", [None, "", "guessed", "\u00e9"])
def test_nothing_is_changed_without_the_token_of_the_session(
    people: dict[str, Client], method: str, path: str, role: Role, token: str | None
) -> None:
    """Not with that of another's session either."""
    client = people["owner"]
    kept = client.headers.pop("x-csrf-token")
    try:
        tokens = [token] if token != "guessed" else [token, people["reader"].headers["x-csrf-token"]]
        for each in tokens:
            got = ask(client, method, path, headers={} if each is None else {"x-csrf-token": each.encode()})
            assert got.status_code == 403, got.text
            assert "token" in got.json()["what"]
    finally:
        client.headers["x-csrf-token"] = kept


FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "SAME-ORIGIN "},
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": ""},
    {"origin": "http://127.0.0.1:8738"},
    {"origin": "http://127.0.0.1:8737.evil.example"},
    {"origin": "http://127.0.0.1:8737@evil.example"},
]


@pytest.mark.parametrize(("method", "path", "role"), CHANGING)
@pytest.mark.parametrize("headers", FOREIGN, ids=lambda each: "=".join(*each.items()))
def test_nothing_is_changed_from_another_sites_page(
    people: dict[str, Client], method: str, path: str, role: str, headers: dict[str, str]
) -> None:
    """Signing in neither: it would make somebody work under another's name."""
    got = ask(people["owner"], method, path, headers=headers)
    assert got.status_code == 403, got.text
    assert "another site" in got.json()["what"]


@pytest.mark.parametrize("headers", [{"origin": BASE}, {"sec-fetch-site": "same-origin", "origin": BASE}])
def test_the_page_itself_may(people: dict[str, Client], headers: dict[str, str]) -> None:
    got = ask(people["owner"], "POST", "/api/reviews", headers=headers)
    assert got.status_code == 422, got.text


def test_the_address_that_lets_in_does_not_from_another_sites_page(shared: Workbench) -> None:
    (owner,) = (each for each in shared.people.people() if each.role == "owner")
    token = shared.people.link(owner)
    stranger = shared.client()
    for site in ("cross-site", "same-site"):
        got = stranger.get(f"/enter?token={token}", headers={"sec-fetch-site": site}, follow_redirects=False)
        assert got.status_code == 403
        assert "set-cookie" not in got.headers
    got = stranger.get(f"/enter?token={token}", headers={"sec-fetch-site": "none"}, follow_redirects=False)
    assert (got.status_code, got.headers["location"]) == (303, "/")
    again = stranger.get(f"/enter?token={token}", follow_redirects=False)
    assert again.status_code == 401, "it was used up"
    assert token not in again.text


def test_methods_that_a_route_does_not_have_are_refused(people: dict[str, Client]) -> None:
    for method in ("PUT", "TRACE", "PROPFIND"):
        got = people["owner"].request(method, "/api/overview")
        assert got.status_code == 405
        assert got.json()["what"] == "method not allowed"


def test_a_query_is_no_way_to_bring_a_session(shared: Workbench, people: dict[str, Client]) -> None:
    key = people["owner"].cookies["standoff-8737"]
    for asked in (f"/api/overview?standoff-8737={key}", f"/api/overview?token={key}"):
        assert shared.client().get(asked).status_code == 401
    assert shared.client().get("/api/overview", headers={"authorization": f"Bearer {key}"}).status_code == 401
