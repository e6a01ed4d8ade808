"""A quantity and what it counts: what the questions of numbers are put together from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from standoff.model import Quantity
from standoff.reconcile.shelf import Page


class Subject(NamedTuple):
    """What is counted. Quantities of one subject answer one question; ``local`` ties a subject that
    no referent is known for to its report's origin."""

    incident: str | None
    group: str
    role: str
    measure: str
    kind: str
    unit: str | None
    status: str | None
    sex: str | None
    age: str | None
    place: str | None
    part: str | None
    modality: str
    moment: str | None
    local: str | None

    @property
    def plain(self) -> bool:
        """Whether it is the whole group, as a fact: no sub-scope, part or plan."""
        scopes = (self.status, self.sex, self.age, self.place)
        return not any(scopes) and not self.part and self.modality == "actual" and self.kind == "count"


@dataclass(frozen=True, slots=True)
class Asked:
    """A quantity with its subject, its page and the group's name in the words of the report."""

    page: Page
    quantity: Quantity
    subject: Subject
    words: str

    def moved(self, **fields: str | None) -> Asked:
        """The same quantity under a subject with other fields; itself where they are no other."""
        if all(getattr(self.subject, name) == value for name, value in fields.items()):
            return self
        return replace(self, subject=self.subject._replace(**fields))  # type: ignore[arg-type]
