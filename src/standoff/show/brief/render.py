"""From the payload to one HTML file: no network, no server, no script needed; report text stays text."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from standoff.errors import UsageError
from standoff.model import View
from standoff.show.blocks import KINDS, SINCE
from standoff.show.brief import charts, ledger_chart, series
from standoff.show.brief import map as maps
from standoff.show.brief.marked import marked
from standoff.show.brief.payload import payload
from standoff.show.brief.svg import marker, tag
from standoff.show.brief.withhold import Withhold
from standoff.show.brief.wording import day, days_between, nested, pretty, upfirst
from standoff.show.words import counted, figure, number, quoted_answer, span_of, unquoted

TEMPLATES = Path(__file__).parent / "templates"


def policy() -> str:
    """The Content-Security-Policy of the page: its own style and script by their hashes, nothing else."""
    style, script = (content_hash(_asset(name)) for name in ("style.css", "script.js"))
    parts = ("default-src 'none'", f"style-src {style}", f"script-src {script}")
    return "; ".join((*parts, "base-uri 'none'", "form-action 'none'"))


def content_hash(text: str) -> str:
    """A text as a source expression of a policy: what stands between its tags, to the byte."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def brief_html(view: View, withhold: Withhold | None = None) -> str:
    """The brief of a view as one HTML document."""
    return page(payload(view, withhold))


def write_html(html: str, path: str | Path) -> None:
    """Write a brief to ``path``. Raises `UsageError` when it cannot be written there."""
    try:
        Path(path).write_text(html, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"the brief cannot be written ({error.strerror})", where=str(path), todo="choose another place"
        ) from error


def page(data: Mapping[str, Any]) -> str:
    """The document of a payload. Everything in it is escaped by the templates."""
    several = [item for item in data["figures"] if item["dispute"] or _differ(item["accounts"])]
    several.sort(key=lambda item: item["dispute"] is None)
    single = [item for item in data["figures"] if item not in several]
    return (
        _environment()
        .get_template("brief.html.j2")
        .render(
            brief=data,
            charted=[_charted(item) for item in several],
            single=single,
            groups=[ledger_chart.group_chart(group) for group in data["ledger"]["groups"]],
            map=maps.draw(data["places"]),
            # Ours, read from the package; what a report says never gets in here.
            style=Markup(_asset("style.css")),  # noqa: S704
            script=Markup(_asset("script.js")),  # noqa: S704
            policy=policy(),
        )
    )


def _differ(accounts: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the answers are not all the same."""
    return len({(a["low"], a["high"], a["best"], a["answer"]) for a in accounts}) > 1


def _charted(item: Mapping[str, Any]) -> dict[str, Any]:
    """A question with the chart of each account: the marker tells the source, lines join its answers."""
    accounts = series.in_rows(item)
    scale = charts.scale_of(accounts) or charts.Scale(0.0, 1.0, (0.0, 1.0))
    shapes = charts.shapes_of(account["source"] for account in accounts)
    joins = series.joins_of(item, accounts)
    lines = series.lines_of(joins, accounts, scale)
    follows = {join.newer: join for join in joins}
    named = {account["id"]: account for account in accounts}
    rows = [
        {
            "account": account,
            "shape": shapes[account["source"]],
            "join": follows.get(n),
            "older": accounts[follows[n].older] if n in follows else None,
            "newer": named.get(account["replaced_by"]),
            "chart": charts.interval(
                account,
                scale,
                f"{account['source']}: {account['figure']}",
                shapes[account["source"]],
                joins=lines.get(n, ()),
            ),
        }
        for n, account in enumerate(accounts)
    ]
    return {"item": item, "axis": charts.axis(scale), "rows": rows}


def icon(shape: int) -> Markup:
    """A source's marker, to stand beside its name."""
    return tag("svg", marker(shape), class_="icon", width="18", height="18", aria_hidden="true")


def line_sample(relation: str) -> Markup:
    """A short piece of the line that a relation is drawn with, for the key."""
    piece = tag("line", x1="1", x2="27", y1="9", y2="9", class_=f"join {relation}")
    return tag("svg", piece, class_="icon", width="28", height="18", aria_hidden="true")


def retold(accounts: Sequence[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], list[Mapping[str, Any]]]]:
    """Accounts of a side in their order, each with those of its source that lie within its own words."""
    widest = sorted(accounts, key=lambda a: a["words"]["span"][0] - a["words"]["span"][1])
    homes: dict[tuple[Any, ...], list[tuple[Mapping[str, Any], list[Mapping[str, Any]]]]] = {}
    for account in widest:
        alike = homes.setdefault(_said(account), [])
        again = next((inside for outer, inside in alike if _within(account, outer)), None)
        if again is None:
            alike.append((account, []))
        else:
            again.append(account)
    order = {account["id"]: n for n, account in enumerate(accounts)}
    shown = [each for alike in homes.values() for each in alike]
    return sorted(shown, key=lambda each: min(order[a["id"]] for a in (each[0], *each[1])))


def _said(account: Mapping[str, Any]) -> tuple[Any, ...]:
    """What accounts share that may be one telling: report, source and answer."""
    keys = ("source", "answer", "low", "high", "best")
    return (account["words"]["report"], *(account[key] for key in keys))


def _within(inner: Mapping[str, Any], outer: Mapping[str, Any]) -> bool:
    (start, end), (first, last) = inner["words"]["span"], outer["words"]["span"]
    return bool(first <= start and end <= last)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(day=day, number=number, pretty=pretty, upfirst=upfirst)
    made.filters.update(nested=nested, unquoted=unquoted)
    made.globals.update(
        counted=counted,
        figure=figure,
        retold=retold,
        quoted_answer=quoted_answer,
        span_of=span_of,
        since_words=SINCE,
        clock_kinds=KINDS,
        step_legend=ledger_chart.LEGEND,
        line_sample=line_sample,
        days_between=days_between,
        icon=icon,
        marked=marked,
        sum_chart=ledger_chart.sum_chart,
        holds=ledger_chart.HOLDS,
    )
    return made
