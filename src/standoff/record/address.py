"""Where a situation lies: a file, or a schema of a PostgreSQL database. Pure; passwords never leave here.

``postgresql://[USER[:PASSWORD]@][HOST[:PORT]]/[DATABASE][?schema=NAME&...]``, as libpq reads it, and
``schema``, which is ours: the schema that holds the situation, ``public`` when none is named.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode

from standoff.errors import RecordError

SCHEMES = ("postgresql", "postgres")
PUBLIC = "public"
_LONGEST = 63
"""Bytes of a name in PostgreSQL."""
_SHOWN = frozenset({"host", "port", "user", "dbname", "service", "schema"})
_OURS = re.compile(rf"({'|'.join(SCHEMES)}):/+", re.IGNORECASE)
_OTHER = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_HOST = r"(?:\[[0-9a-f:.%]+\]|[^:@/?#,\s\[\]]*)(?::\d*)?"
_PARTS = re.compile(
    r"(?P<scheme>[a-z]+)://"
    r"(?:(?P<user>[^:@/?#\s]*)(?::(?P<password>[^@/?#\s]*))?@)?"
    rf"(?P<hosts>{_HOST}(?:,{_HOST})*)"
    r"(?:/(?P<dbname>[^@/?#\s]*))?"
    r"(?:\?(?P<query>[^=&@?#\s]+=[^=&@?#\s]*(?:&[^=&@?#\s]+=[^=&@?#\s]*)*)?)?",
    re.IGNORECASE,
)


class Address(NamedTuple):
    """A place in a database. ``conninfo`` goes to libpq and may hold a password; ``shown`` never does."""

    conninfo: str
    schema: str
    shown: str


def address_of(place: str | Path) -> Address | None:
    """The address when ``place`` is one, None when it is a path.

    Raises `RecordError` for an address of another kind, or one that cannot be taken apart safely.
    """
    text = str(place)
    if isinstance(place, Path):  # a path has lost one of the two slashes
        text = _OURS.sub(r"\1://", text, count=1) if _OURS.match(text) else text
        if not _OURS.match(text):
            return None
    other = _OTHER.match(text)
    if other is None:
        return None
    scheme = other[1].lower()
    if scheme not in SCHEMES:
        raise RecordError(
            "a situation is a file or lies in a PostgreSQL database",
            where=f"{scheme}://…",
            todo="write postgresql://USER@HOST/DATABASE?schema=NAME",
        )
    parts = _PARTS.fullmatch(text)
    if parts is None:
        # What it holds is not shown: a part taken for the host may be the end of a password.
        raise RecordError(
            "this address of a database cannot be read",
            where=f"{scheme}://…",
            todo="write postgresql://USER@HOST/DATABASE?schema=NAME, with %XX for :, /, ?, #, @, = and "
            "spaces in a name or password",
        )
    return _address(parts)


def _address(parts: re.Match[str]) -> Address:
    given = parse_qsl(parts["query"] or "", keep_blank_values=True)
    schema = next((value for name, value in given if name == "schema"), "") or PUBLIC
    _check_schema(schema)
    query = urlencode([each for each in given if each[0] != "schema"], quote_via=quote)
    user = parts["user"] or ""
    start = f"postgresql://{user}@" if parts["user"] is not None else "postgresql://"
    full = f"postgresql://{user}:{parts['password']}@" if parts["password"] is not None else start
    rest = (parts["hosts"] or "") + (f"/{parts['dbname']}" if parts["dbname"] is not None else "")
    told = urlencode([each for each in given if each[0] in _SHOWN], quote_via=quote, safe="/:")
    return Address(
        conninfo=full + rest + (f"?{query}" if query else ""),
        schema=schema,
        shown=start + rest + (f"?{told}" if told else ""),
    )


def _check_schema(schema: str) -> None:
    if len(schema.encode()) > _LONGEST or schema.startswith("pg_") or not schema.isprintable():
        raise RecordError(
            "this cannot be the name of a schema",
            where=f"schema={schema[:80]}",
            todo=f"take a name of up to {_LONGEST} bytes that does not begin with pg_",
        )


def shown(place: str | Path) -> str:
    """The place as it may be printed: a path as it is, an address without its password."""
    address = address_of(place)
    return str(place) if address is None else address.shown


def without_password(message: str, conninfo: str) -> str:
    """A database's own message, should it ever repeat the password it was given."""
    parts = _PARTS.fullmatch(conninfo)
    query = dict(parse_qsl(parts["query"] or "")) if parts else {}
    written = [parts["password"] or ""] if parts else []
    secrets = {*written, *map(unquote, written), *(v for name, v in query.items() if "password" in name)}
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        message = message.replace(secret, "…")
    return message
