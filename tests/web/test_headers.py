"""What every answer tells the browser, whatever its status; under which names; which files it gives."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from standoff.people import Register
from standoff.web import static
from standoff.web.policy import HEADERS, NOTHING, PAGE
from tests.web.workbench import BASE, NAMES, Client, Workbench, opened

UNSAFE_WORDS = re.compile(r"unsafe-|\*|https?:|'strict-dynamic'")


def csp(told: str) -> dict[str, str]:
    """A policy by its directives."""
    return {each.split()[0]: " ".join(each.split()[1:]) for each in told.split(";") if each.strip()}


def checked(got: Any, status: int) -> Any:
    """An answer that has the status it should, and every header that it must."""
    assert got.status_code == status, got.text
    policy = got.headers["content-security-policy"]
    assert not UNSAFE_WORDS.search(policy), policy
    held = csp(policy)
    assert held["default-src"] == "'none'"
    assert held["frame-ancestors"] == "'none'"
    assert held["base-uri"] == "'none'"
    assert held["form-action"] == "'none'"
    for name, value in HEADERS.items():
        assert got.headers[name] == value, name
    assert "cache-control" in got.headers
    assert "server" not in got.headers
    assert "access-control-allow-origin" not in got.headers
    assert got.status_code in {204, 303, 304} or "content-type" in got.headers
    return got


def test_every_status_has_them(
    shared: Workbench, reader: Client, reviewer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = shared.client()
    report = reader.told("reports")[0]["id"]
    tag = checked(reader.get("/api/report", params={"id": report}), 200).headers["etag"]
    checked(reader.get("/api/report", params={"id": report}, headers={"if-none-match": tag}), 304)
    checked(reader.get("/api/brief"), 200)
    checked(reader.get("/api/export?to=csv"), 200)
    checked(reader.get("/api/export?to=nothing"), 400)
    checked(stranger.get("/"), 200)
    checked(stranger.get("/assets/a.js"), 200)
    checked(stranger.get("/enter?token=x"), 401)
    checked(stranger.get("/api/overview"), 401)
    checked(reviewer.get("/api/people"), 403)
    checked(reader.get("/nothing"), 404)
    checked(reader.get("/api/nothing"), 404)
    checked(reader.get("/api/dispute?id=x"), 404)
    checked(reader.put("/api/overview"), 405)
    checked(reviewer.post("/api/reviews", content=b"x" * (17 * 2**20)), 413)
    checked(reader.get("/api/overview", headers={"host": "evil.example"}), 421)
    checked(reader.get("/api/events?count=x"), 422)
    checked(reviewer.post("/api/reviews", content=b"{", headers={"content-type": "application/json"}), 422)
    monkeypatch.setattr(shared.live, "parts", lambda *_: 1 / 0)
    checked(reader.get("/api/overview"), 500)
    checked(reader.get("/api/overview", headers={b"cookie": b"standoff-8737=\x80\xff"}), 401)


def test_a_request_for_the_policy_of_the_page_gets_it_and_data_forbids_all(
    shared: Workbench, reader: Client
) -> None:
    assert shared.client().get("/").headers["content-security-policy"] == PAGE
    assert reader.get("/api/overview").headers["content-security-policy"] == NOTHING
    held = csp(PAGE)
    assert held["script-src"] == "'self'"
    assert held["style-src"] == "'self'"
    assert held["connect-src"] == "'self'"


def test_what_is_told_of_the_record_is_kept_by_no_cache_between(reader: Client) -> None:
    for path in ("/api/overview", "/api/session", "/api/history", "/api/search?q=a"):
        assert {"private", "no-cache"} <= {*reader.get(path).headers["cache-control"].split(", ")}, path
    for path in ("/api/brief", "/api/export?to=csv", "/api/nothing", "/api/dispute?id=x"):
        assert reader.get(path).headers["cache-control"] == "no-store", path


def test_what_the_browser_has_is_not_sent_again(reader: Client) -> None:
    first = reader.get("/api/disputes")
    again = reader.get("/api/disputes", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = reader.get("/api/parties", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


# ---- under which name


LEADS_ELSEWHERE = (
    "evil.example",
    "evil.example:8737",
    "127.0.0.1.evil.example",
    "127.0.0.1@evil.example",
    "localhost.evil.example",
    "evil.example@127.0.0.1",
    "127.0.0.1:x",
    "127.0.0.1:99999",
    "10.0.0.1",
    "0.0.0.0",
    "[::",
    "",
    "127.0.0.1/x",
    "127.0.0.1?x",
    "127.0.0.1#x",
    "127.0.0.1\\x",
)


@pytest.mark.parametrize("host", LEADS_ELSEWHERE)
def test_a_name_made_to_lead_here_is_refused(reader: Client, host: str) -> None:
    """DNS rebinding: another site's name that answers with this machine's address."""
    got = checked(reader.get("/api/session", headers={"host": host}), 421)
    assert got.text == "this page is not served under that name"
    assert checked(reader.get("/", headers={"host": host}), 421)


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8737", "localhost:1", "localhost", "[::1]:8737", "127.0.0.1", "127.9.9.9"]
)
def test_this_machine_has_several_names(shared: Workbench, host: str) -> None:
    assert shared.client().get("/api/session", headers={"host": host}).status_code == 200


def test_a_name_that_was_given_is_the_only_one(demo_file: Path, tmp_path: Path) -> None:
    with opened(demo_file, tmp_path, team=True, hosts=("record.example",), https=True) as made:
        client = made.client()
        assert made.base == "https://record.example"
        got = client.get("/api/session")
        assert got.status_code == 200
        assert got.headers["strict-transport-security"].startswith("max-age=")
        for host in ("127.0.0.1", "localhost", "other.example", "record.example.evil.example"):
            assert client.get("/api/session", headers={"host": host}).status_code == 421
        assert client.get("/api/session", headers={"host": "RECORD.example:443"}).status_code == 200


# ---- files


CLIMBING = (
    "/../../etc/passwd",
    "/..%2f..%2fetc%2fpasswd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/%252e%252e%252fetc%252fpasswd",
    "/assets/../../app.py",
    "/assets/..%5c..%5capp.py",
    "/assets/%2e%2e/%2e%2e/app.py",
    "//etc/passwd",
    "/\\etc\\passwd",
    "/assets/%00a.js",
    "/assets//a.js",
    "/assets",
    "/assets/",
    "/index.html%00",
    "/.",
    "/%2e",
    "/assets/a.js/",
    "/ASSETS/a.js",
    "/api/../../app.py",
    "/report/..%2f..%2fapp.py",
)


@pytest.mark.parametrize("path", CLIMBING)
def test_no_address_leads_out_of_the_page(shared: Workbench, path: str) -> None:
    """Files are looked up by their names among those read at the start: there is no path to climb."""
    got = shared.client().get(path, follow_redirects=False)
    assert got.status_code in {200, 404}, got.text
    assert got.status_code == 404 or got.headers["content-type"].startswith("text/html"), (
        "a view: the page itself"
    )
    assert b"root:" not in got.content
    assert b"import" not in got.content


@pytest.mark.parametrize(
    "path", ["//evil.example", "///evil.example/%2f..", "/\\evil.example", "/api//evil.example"]
)
def test_no_address_leads_to_another_site(shared: Workbench, path: str) -> None:
    got = shared.client().get(path, follow_redirects=False)
    assert "location" not in got.headers


def test_the_files_of_a_folder_are_all_there_is(tmp_path: Path) -> None:
    built = tmp_path / "static"
    (built / "assets").mkdir(parents=True)
    (built / "index.html").write_text("<!doctype html>", encoding="utf-8")
    (built / "assets" / "main-1a2b.js").write_text("//" + "x" * 2000, encoding="utf-8")
    (built / "icon.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    held = static.load(built)
    assert set(held) == {"index.html", "assets/main-1a2b.js", "icon.svg"}
    assert held["assets/main-1a2b.js"].kept == static.FOREVER
    assert held["index.html"].kept == "no-cache"
    assert held["icon.svg"].media_type.startswith("image/svg+xml")
    assert 0 < len(held["assets/main-1a2b.js"].packed) < 100


def test_a_packed_file_is_sent_to_who_can_unpack_it(demo_file: Path, tmp_path: Path) -> None:
    files = {
        "index.html": static.Built(body=b"whole", packed=b"packed", media_type="text/html", kept="no-cache")
    }
    with opened(demo_file, tmp_path, files=files) as made:
        got = made.client().get("/", headers={"accept-encoding": "identity"})
        assert (got.content, got.headers["vary"]) == (b"whole", "Accept-Encoding")
        with made.client().stream("GET", "/", headers={"accept-encoding": "gzip"}) as packed:
            assert packed.headers["content-encoding"] == "gzip"
            assert b"".join(packed.iter_raw()) == b"packed"


def test_every_view_answers_the_page_and_nothing_else_does(shared: Workbench) -> None:
    client = shared.client()
    for view in static.VIEWS:
        assert client.get(f"/{view}").text.startswith("<!doctype html>"), view
        assert client.get(f"/{view}?id=<script>").text == client.get("/").text, (
            "nothing of the address is in it"
        )
    assert client.get("/nothing").text == "there is no such page"


def test_without_a_built_page_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="the page is not built"):
        static.load(tmp_path)


# ---- the session's cookie


def cookie_of(got: Any) -> tuple[str, str, set[str]]:
    head, *rest = got.headers["set-cookie"].split("; ")
    name, _, value = head.partition("=")
    return name, value, {each.lower() for each in rest}


def test_the_cookie_is_for_this_page_alone(shared: Workbench) -> None:
    got = shared.client().post(
        "/api/session", json={"name": NAMES["reader"], "password": "correct horse battery"}
    )
    name, value, rest = cookie_of(got)
    assert name == "standoff-8737"
    assert len(value) >= 40
    assert {"httponly", "samesite=strict", "path=/"} <= rest
    assert not any(each.startswith("domain") for each in rest)
    assert "secure" not in rest, "a browser would not take it over http"
    assert value not in got.text


def test_over_tls_the_cookie_is_bound_to_host_and_tls(demo_file: Path, tmp_path: Path) -> None:
    with opened(demo_file, tmp_path, team=True, hosts=("record.example",), https=True) as made:
        client = made.client().signed(NAMES["owner"])
        name, _, rest = cookie_of(
            made.client().post(
                "/api/session", json={"name": NAMES["owner"], "password": "correct horse battery"}
            )
        )
        assert name == "__Host-standoff"
        assert {"secure", "httponly", "samesite=strict", "path=/"} <= rest
        assert client.told("overview")["name"] == "demo"
        gone = client.delete("/api/session")
        name, _, rest = cookie_of(gone)
        assert (name, "max-age=0" in rest, "secure" in rest) == ("__Host-standoff", True, True)


def test_two_servers_of_one_machine_do_not_take_each_others_cookie(demo_file: Path, tmp_path: Path) -> None:
    """Cookies know no ports."""
    with opened(demo_file, tmp_path) as made:
        client = made.client()
        token = made.people.link(made.people.people()[0])
        got = client.get(f"http://127.0.0.1:9999/enter?token={token}", follow_redirects=False)
        assert cookie_of(got)[0] == "standoff-9999"
        assert client.get(f"{BASE}/api/overview").status_code == 401


def test_nobody_is_told_what_situation_it_is_who_is_not_signed_in(shared: Workbench) -> None:
    told = shared.client().get("/api/session").json()
    assert told == {"person": None, "csrf": None, "team": True, "name": None, "head": 0,
                    "version": told["version"], "shortest_password": 12}  # fmt: skip


def test_a_register_of_one_has_no_password_to_try() -> None:
    held, _ = Register.alone("Solo")
    assert held.sign_in("Solo", "correct horse battery") is None
