"""How often somebody may try to sign in: a few times a minute for a name, and from one address."""

from __future__ import annotations

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from standoff.people.register import folded

A_NAME = RateLimitItemPerMinute(10, 5)
"""Tries for one name from anywhere: 10 in 5 minutes."""
AN_ADDRESS = RateLimitItemPerMinute(60, 5)
"""Tries from one address: 60 in 5 minutes."""


class Tries:
    """Counts tries in memory; a restart forgets them."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def allows(self, client: str, *names: str) -> bool:
        """Count a try; whether it is within what is allowed."""
        if not self._limiter.hit(AN_ADDRESS, "address", client):
            return False
        return all(self._limiter.hit(A_NAME, "name", folded(each)) for each in names)
