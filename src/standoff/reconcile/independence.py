"""Independent origins: one wire story in twenty papers is one, and so is one official in three reports.

An account leads back along a chain: who said it, who first heard it, whose report it stands in. Two
accounts are independent when they differ in whose words they are and in the channel that heard them.
The channel is the first relay that the report names ("told the agency, which ..."), else the origin of
the report, which all copies of one story share. Where a medium or party stands anywhere as a relay or as
the source itself, its own reports are that one channel too. Rule ``standoff-independence-1``, ours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from standoff.reconcile.accounts import Told


def source_of(told: Told) -> str:
    """Whose words an account is: whom the speaker speaks for; for own words, who first published them."""
    if told.own:
        return told.outlet or told.page.origin
    return told.principal or told.key


def channel_of(told: Told, relays: set[str]) -> str:
    """What an account came through; ``relays`` are parties known to pass on what others say."""
    if told.relay is not None and told.relay != told.outlet:
        return told.relay
    if source_of(told) in relays:
        return source_of(told)
    return told.outlet if told.outlet in relays and told.outlet else told.page.origin


def relays_of(told: Iterable[Told]) -> set[str]:
    """The parties that stand as a first relay in any of the accounts, each outside its own reports."""
    return {each.relay for each in told if each.relay is not None and each.relay != each.outlet}


def independent_origins(told: Iterable[Told]) -> int:
    """How many accounts can be told apart in both whose words they are and the channel they came through.

    The largest matching between sources and channels: copies of one origin count once, and so
    does one source that several reports quote, and what several reports have from one agency.
    """
    accounts = list(told)
    relays = relays_of(accounts)
    speakers = {source_of(each) for each in accounts if not each.own}
    relays |= {each.outlet for each in accounts if each.outlet in speakers and each.outlet}
    channels: dict[str, list[str]] = defaultdict(list)
    for each in accounts:
        channel, source = channel_of(each, relays), source_of(each)
        if channel not in channels[source]:
            channels[source].append(channel)
    taken: dict[str, str] = {}
    return sum(_place(source, channels, taken, set()) for source in list(channels))


def _place(source: str, channels: dict[str, list[str]], taken: dict[str, str], seen: set[str]) -> bool:
    """Give a source a channel of its own, moving others where that helps (an augmenting path)."""
    for channel in channels[source]:
        if channel not in taken:
            taken[channel] = source
            return True
    for channel in channels[source]:
        if channel not in seen and len(seen) < DEPTH:
            seen.add(channel)
            if _place(taken[channel], channels, taken, seen):
                taken[channel] = source
                return True
    return False


DEPTH = 200
"""How many channels one search may move; beyond it the count may fall short, never exceed."""
