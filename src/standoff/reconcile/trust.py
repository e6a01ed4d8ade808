"""Whom to believe: a filter on the voices that the ledger and the aggregates count."""

from __future__ import annotations

import msgspec


class Trust(msgspec.Struct, frozen=True, kw_only=True):
    """Which voices are counted. Questions and disputes always show all of them.

    ``only`` and ``without`` hold party ids (of the speaker or of whom it speaks for); an empty
    ``only`` means everyone. ``own_voice`` and ``unclear`` say whether the reports' own voice and
    sources that could not be told are counted.
    """

    only: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    own_voice: bool = True
    unclear: bool = True

    def counts(self, *, own: bool, parties: tuple[str, ...]) -> bool:
        """Whether a voice counts; ``parties`` are the speaker's id and its principal's."""
        if own:
            return self.own_voice
        if not parties:
            return self.unclear and not self.only
        if any(party in self.without for party in parties):
            return False
        return not self.only or any(party in self.only for party in parties)
