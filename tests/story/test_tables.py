"""What holds stands in the file as plain tables that any SQLite tool opens."""

from __future__ import annotations

import json
import sqlite3

import pytest

from tests.story.conftest import Demo
from tests.story.driver import rows

pytestmark = pytest.mark.xdist_group("demo")


def test_any_sqlite_tool_reads_what_holds(demo: Demo) -> None:
    link = sqlite3.connect(f"file:{demo.situation}?mode=ro", uri=True)
    try:
        asked = link.execute("SELECT id, question, kind, sides FROM disputes").fetchall()
        shown = rows(demo.situation, "disputes")
        assert [row[:3] for row in asked] == [(d["id"], d["question"], d["kind"]) for d in shown]
        assert [json.loads(row[3]) for row in asked] == [d["sides"] for d in shown]
        (quantities,) = link.execute("SELECT count(*) FROM quantities").fetchone()
        assert quantities == len(rows(demo.situation, "quantities"))
        (behind,) = link.execute(
            "SELECT count(*) FROM derived WHERE head < (SELECT max(n) FROM entry)"
        ).fetchone()
        assert behind == 0
    finally:
        link.close()
