"""What claims tell of as the case, and whether two answers speak of one time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from standoff import vocab
from standoff.model import Claim
from standoff.model.when import parse_when
from standoff.reconcile.answers.opposed import Answer
from standoff.reconcile.moments import days_apart
from standoff.reconcile.shelf import Page, Shelf


@cache
def windows() -> dict[str, Any]:
    """Days within which undated answers may be about one state of affairs."""
    found: dict[str, Any] = vocab.load("aggregation_rules")["windows"]
    return found


def about_one_time(a: Answer, b: Answer, within: int) -> bool:
    """Whether two answers may speak of one time: by dates that meet, else by days between tellings."""
    mine, theirs = parse_when(a.told.account.as_of), parse_when(b.told.account.as_of)
    if mine and theirs:
        return mine.may_meet(theirs)
    apart = days_apart(a.told.day, b.told.day)
    return apart is None or apart <= within


def factual_in(page: Page) -> Iterator[Claim]:
    """Claims of one page of what is or was."""
    return (claim for claim in page.reading.claims if claim.modality == "actual")


def incident_of(shelf: Shelf, answer: Answer) -> str | None:
    """Incident of the claim that an answer rests on."""
    claim = answer.told.claim
    return shelf.incident(claim.id, claim.incident) if claim else None
