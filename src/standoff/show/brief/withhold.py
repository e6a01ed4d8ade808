"""What is left out of a brief, on a person's wish."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import msgspec

from standoff.errors import UsageError

KINDS = ("names", "victims", "sources")


class Withhold(msgspec.Struct, frozen=True, kw_only=True):
    """What to leave out: kinds of names, exact places, the texts. Falsy when nothing is."""

    names: bool = False
    victims: bool = False
    sources: bool = False
    coarsen_km: float | None = None
    no_text: bool = False

    @classmethod
    def of(cls, kinds: Sequence[str], *, coarsen_km: float | None = None, no_text: bool = False) -> Self:
        """From the words of the command line. Raises `UsageError` for a kind there is not."""
        for kind in kinds:
            if kind not in KINDS:
                raise UsageError(
                    f"{kind!r} cannot be withheld", where="--withhold", todo=f"one of {', '.join(KINDS)}"
                )
        if coarsen_km is not None and not 0 < coarsen_km <= 5000:
            raise UsageError(
                f"{coarsen_km:g} km is no width to round places to",
                where="--coarsen",
                todo="give km above 0 and up to 5000",
            )
        return cls(
            names="names" in kinds,
            victims="victims" in kinds,
            sources="sources" in kinds,
            coarsen_km=coarsen_km,
            no_text=no_text,
        )

    def __bool__(self) -> bool:
        return self.names or self.victims or self.sources or self.no_text or self.coarsen_km is not None

    def words(self) -> list[str]:
        """What is withheld, one phrase each, in a fixed order."""
        return [
            words
            for on, words in (
                (self.names, "names of persons"),
                (self.victims, "names and descriptions of victims"),
                (self.sources, "publishers, authors, addresses and ids of reports"),
                (self.coarsen_km is not None, f"exact places (rounded to {self.coarsen_km or 0:g} km)"),
                (self.no_text, "texts and quotations"),
            )
            if on
        ]
