"""A mention while it is being found, and the entity it is joined to."""

from __future__ import annotations

from dataclasses import dataclass, field

from standoff.model import BODIES

ACTING = BODIES | {"media"}
"""Types of parties that are one body, whoever acts for it."""


@dataclass(slots=True)
class Entity:
    """One chain: its names, the words that describe it, and what is known of it."""

    type: str
    name: str
    state: str | None = None
    gender: str | None = None
    plural: bool = False
    heads: set[str] = field(default_factory=set)
    described: list[str] = field(default_factory=list)
    named: bool = False


@dataclass(slots=True)
class Found:
    """A span before resolution. ``first`` and ``last`` are token indices, both included."""

    first: int
    last: int
    start: int
    end: int
    text: str
    form: str
    type: str
    head: str = ""
    plural: bool = False
    definite: bool = False
    gender: str | None = None
    title: str = ""
    title_first: int = -1
    entity: Entity | None = None
    confidence: float = 1.0
