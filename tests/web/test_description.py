"""The API does what its description says, whatever is asked of it; the page's types are of that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from standoff.web.describe import description
from tests.web.workbench import NAMES, Client, Workbench, opened

ROOT = Path(__file__).resolve().parents[2]
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
"""Roles and what is ignored are walked elsewhere."""
EXAMPLES = 25


def test_the_pages_types_are_made_from_what_the_server_says() -> None:
    written = json.loads((ROOT / "page" / "openapi.json").read_text(encoding="utf-8"))
    assert written == description(), (
        "run: python -m standoff.web.describe > page/openapi.json, and npm run types"
    )


def test_every_route_says_who_may_what_it_gives_and_what_it_is_for() -> None:
    for path, methods in description()["paths"].items():
        for method, told in methods.items():
            assert told["x-role"], (path, method)
            assert len(told["description"]) > 15, (path, method)
            assert {each[0] for each in told["responses"]} <= {"2", "3", "4"}, (path, method)
            assert "4XX" in told["responses"], (path, method)


@pytest.fixture(scope="module")
def owner(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, Client]]:
    """A workbench that may be written to, and its owner."""
    with opened(demo_file, tmp_path_factory.mktemp("described"), team=True) as made:
        made.app.state.tries.allows = lambda *_: True
        yield made, made.client().signed(NAMES["owner"])


def strings(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for each in node.values():
            yield from strings(each)
    elif isinstance(node, list):
        for each in node:
            yield from strings(each)
    elif isinstance(node, str):
        yield node


OPERATIONS = [
    (method.upper(), path)
    for path, methods in description()["paths"].items()
    for method in methods
    if path != "/api/news"  # a stream has no end
]


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_what_it_answers_is_what_it_says(owner: tuple[Workbench, Client], method: str, path: str) -> None:
    """Signed in, with the session's token: requests made from the description, and ones that break it."""
    workbench, client = owner
    config = SchemathesisConfig.from_dict(
        {"seed": 5, "generation": {"mode": "all", "max-examples": EXAMPLES}}
    )
    schema = schemathesis.openapi.from_dict(description(), config=config)
    schema.app = workbench.app
    operation = schema[path][method]
    known = {
        "id": [
            "ds-",
            *(each["id"] for view in ("disputes", "parties", "reports") for each in client.told(view)),
        ]
    }

    @hypothesis.settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    )  # fmt: skip
    @hypothesis.given(case=operation.as_strategy(), nth=hypothesis.strategies.integers(0, 40))
    def check(case: Any, nth: int) -> None:
        if nth % 2 and isinstance(case.query, dict) and "id" in case.query:
            case.query["id"] = known["id"][nth % len(known["id"])]
        again = workbench.client().signed(NAMES["owner"]) if path in {"/api/session", "/enter"} else client
        session = {"cookie": f"standoff-8737={again.cookies['standoff-8737']}", "host": "127.0.0.1:8737"}
        got = case.call(
            base_url="http://127.0.0.1:8737",
            headers={**session, "x-csrf-token": again.headers["x-csrf-token"]},
        )
        case.validate_response(got, checks=CHECKS)

    check()
    assert client.get("/api/overview").status_code == 200


HOSTILE = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\u202e",
    "'",
    '"',
    "' OR 1=1 --",
    "%",
    "%00",
    "../..",
    "..\\..",
    "<script>",
    "${7*7}",
    "{{7*7}}",
    "9" * 400,
    "-1",
    "1e9",
    "NaN",
    "null",
    "[]",
    "{}",
    "\U0001f600" * 50,
    "\u0301" * 100,
    "NEAR(a b)",
    "a*",
    "*",
    "a AND",
    "NOT",
    "body:x",
    "^a",
    "(",
    ")",
    '"a',
    "a - b",
    "+",
    "\ufeff",
    "\ue000\ue001",
    "2019",
    "2019-13-45",
    "0000-00-00",
)


@pytest.mark.parametrize(
    "path", [p for m, p in OPERATIONS if m == "GET" and p.startswith("/api") and p != "/api/export"]
)
def test_no_parameter_breaks_a_view(owner: tuple[Workbench, Client], path: str) -> None:
    _, client = owner
    told = description()["paths"][path]["get"].get("parameters", [])
    for parameter in told:
        for value in HOSTILE:
            others = {each["name"]: "x" for each in told if each.get("required") and each is not parameter}
            got = client.get(path, params={**others, parameter["name"]: value})
            assert got.status_code < 500, (parameter["name"], value, got.text)
            assert got.status_code < 400 or got.json()["what"]
    for asked in (
        "?q=%ff%fe",
        "?id=%ff",
        "?begin=%C0%80",
        "?as_of=%ed%a0%80",
        "?" + "x" * 9000,
        "?&&&=;",
        "?count=1&count=2",
    ):
        assert client.get(path + asked).status_code < 500, asked


def test_no_body_breaks_a_route(owner: tuple[Workbench, Client]) -> None:
    _, client = owner
    bodies = (
        b"",
        b"null",
        b"[]",
        b"{",
        b'"',
        b"\xff\xfe",
        b"{" * 100_000,
        b"[" * 100_000,
        b'{"a":' * 5000,
        b"1e999",
        b"NaN",
        b'{"action": "accept", "targets": ["\\ud800"]}',
        b'{"action": "accept", "targets": ["a"], "seen": {"\\ud800": 1}}',
        b'{"action": "accept", "targets": ["a"], "seen": {"a": 1e400}}',
        b'{"action": "accept", "targets": ["a"], "why": "\\ud800"}',
        b'{"action": "accept", "targets": ["a"], "values": {"\\ud800": 1}}',
        b'{"text": "\\ud800"}',
        b'{"text": "\\u0000"}',
        b'{"name": "\\ud800", "password": "\\ud800"}',
        b'{"token": "\\ud800", "name": "a", "password": "correct horse battery"}',
        b'{"old": "\\ud800", "new": "%s"}' % (b"\\ud800" * 12),
    )
    for method, path in OPERATIONS:
        if method in {"GET", "DELETE"}:
            continue
        for body in bodies:
            for kind in (
                "application/json",
                "text/plain",
                "multipart/form-data",
                "multipart/form-data; boundary=x",
                "application/xml",
            ):
                got = client.request(
                    method, path.replace("{number}", "1"), content=body, headers={"content-type": kind}
                )
                assert got.status_code < 500, (method, path, body[:60], kind, got.text)
                assert got.status_code < 400 or got.json()["what"], (path, body[:60])
