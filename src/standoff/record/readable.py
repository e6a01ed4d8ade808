"""The views over the log that people read, told once for every database.

Each database writes them in its own SQL; `schema` does for SQLite, `pgschema` for PostgreSQL.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

LAYERS = ("statements", "mentions", "times", "places", "quantities", "claims")
_RESERVED = frozenset({"where", "by"})


class Column(NamedTuple):
    """A column: one of table ``entry`` itself, or a value (or the length of a list) of the entry's body."""

    name: str
    source: str
    kind: Literal["column", "text", "integer", "count"] = "text"

    @property
    def written(self) -> str:
        """The name as SQL takes it."""
        return f'"{self.name}"' if self.name in _RESERVED else self.name


class Shown(NamedTuple):
    """A view over the entries of one kind."""

    kind: str
    columns: tuple[Column, ...]


def _same(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, name, "column") for name in names)


_SOURCED = tuple(Column(key, f"report.{key}.value") for key in ("title", "author", "publisher", "published"))
_CUSTODY = (
    Column("acquired", "report.acquired.at"),
    Column("where", "report.acquired.where"),
    *_same("sha256", "text_sha256"),
)

SHOWN = {
    "reports": Shown(
        "report",
        (
            Column("id", "report", "column"),
            *_SOURCED,
            Column("url", "report.url"),
            Column("media_type", "report.media_type"),
            Column("size", "report.size", "integer"),
            Column("error", "report.error"),
            *_CUSTODY,
        ),
    ),
    "acquisitions": Shown("acquisition", (*_same("report"), *_SOURCED, *_CUSTODY)),
    "readings": Shown(
        "reading",
        (
            *_same("report"),
            Column("reader", "reader.name"),
            Column("version", "reader.version"),
            *(Column(layer, layer, "count") for layer in LAYERS),
        ),
    ),
    "reviews": Shown(
        "review",
        (
            Column("action", "action"),
            Column("by", "by"),
            Column("why", "why"),
            Column("layer", "targets[0].layer"),
            Column("quote", "targets[0].quote"),
            Column("key", "targets[0].key"),
            Column("targets", "targets"),
            Column("value", "value"),
            Column("undoes", "undoes", "integer"),
        ),
    ),
    "failures": Shown(
        "failure",
        (*_same("report"), Column("stage", "stage"), Column("code", "code"), Column("what", "what")),
    ),
}
