"""The shapes of access, harm, agreements and victims in the page: some of each, and how many fit.

The items are the brief's own, so that one set of components draws both.
"""

from __future__ import annotations

import msgspec

from standoff.show.brief.shape import VictimItem
from standoff.show.brief.shape_events import AccessItem, AgreementItem, HarmItem


class AccessList(msgspec.Struct, frozen=True, kw_only=True):
    """Accounts of routes, passage and deliveries, by the day that they are of, else the day of telling."""

    total: int
    items: tuple[AccessItem, ...]


class HarmList(msgspec.Struct, frozen=True, kw_only=True):
    """Incidents in which people are said to have been harmed, in the record's order."""

    total: int
    items: tuple[HarmItem, ...]


class AgreementList(msgspec.Struct, frozen=True, kw_only=True):
    """Agreements as told, in the record's order."""

    total: int
    items: tuple[AgreementItem, ...]


class VictimList(msgspec.Struct, frozen=True, kw_only=True):
    """Tellings of persons reported harmed: those of one name stand together, named ones first.

    ``around`` is the text before and after the words of each, by its id.
    """

    total: int
    items: tuple[VictimItem, ...]
    around: dict[str, tuple[str, str]]
