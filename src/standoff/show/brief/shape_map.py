"""The shape of a still map: lines and spots on a drawing of a given size, in its own pixels."""

from __future__ import annotations

import msgspec


class LandItem(msgspec.Struct, frozen=True, kw_only=True):
    """A country as far as it is seen: an SVG path."""

    name: str
    path: str


class NameItem(msgspec.Struct, frozen=True, kw_only=True):
    """A country's name, centred on a point."""

    name: str
    x: float
    y: float


class SpotItem(msgspec.Struct, frozen=True, kw_only=True):
    """A place by its id and the number of its marker.

    ``radius`` is that of its uncertainty where it is wider than the marker, ``area`` whether it stands for an
    area, ``label`` on which side its name has room.
    """

    id: str
    n: int
    name: str
    x: float
    y: float
    radius: float | None
    area: bool
    label: str | None


class ScaleItem(msgspec.Struct, frozen=True, kw_only=True):
    """A bar of scale: its words and its width."""

    text: str
    width: float


class StillMap(msgspec.Struct, frozen=True, kw_only=True):
    """The map around the places that most of the record speaks of; ``apart`` are ids of those not on it."""

    width: float
    height: float
    land: tuple[LandItem, ...]
    names: tuple[NameItem, ...]
    spots: tuple[SpotItem, ...]
    scale: ScaleItem
    apart: tuple[str, ...]
