"""People, their roles, and what a browser that signed in is known by."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

Role = Literal["reader", "reviewer", "owner"]
ROLES: tuple[Role, ...] = get_args(Role)
"""From the least to the most: each may do all that those before it may."""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with an account. ``name`` signs their decisions in the log."""

    id: int
    name: str
    role: Role
    active: bool = True


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A browser that signed in. ``key`` is the secret in its cookie, ``csrf`` the one in its requests."""

    key: str
    csrf: str
    person: Person


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """An address that may be opened once, to make an account of ``role``, until ``until`` (UTC, ISO 8601)."""

    id: int
    role: Role
    by: str
    until: str


def may(held: Role, needed: Role) -> bool:
    """Whether somebody of one role may do what needs another."""
    return ROLES.index(held) >= ROLES.index(needed)
