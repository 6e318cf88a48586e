"""How many messages a conversation and an address may send, and how many codes they may guess."""

from __future__ import annotations

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

__all__ = ["LOOPBACK", "GuessLimiter", "RateLimiter"]

LOOPBACK = frozenset({"127.0.0.1", "::1"})
_ADDRESS_FACTOR = 10
"""Many people share one address (a centre's counters, a mobile network)."""


class RateLimiter:
    """A moving window of one minute, kept in memory of this process."""

    def __init__(self, messages_per_minute: int) -> None:
        """Allow so many messages a conversation, ten times as many an address."""
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._conversation = RateLimitItemPerMinute(messages_per_minute)
        self._address = RateLimitItemPerMinute(messages_per_minute * _ADDRESS_FACTOR)

    def allows(self, sender: str, address: str) -> bool:
        """Count one message and tell whether it may pass."""
        within = self._window.hit(self._conversation, "sender", sender)
        # The loopback itself is the operator's own machine; what a proxy there passes on carries
        # the client's address.
        if address in LOOPBACK:
            return within
        return self._window.hit(self._address, "address", address) and within


class GuessLimiter:
    """Counts codes that do not exist, by conversation and by client, for a quarter of an hour."""

    def __init__(self, wrong_codes: int = 10) -> None:
        """Allow so many wrong codes a conversation, and as many a client."""
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._limit = RateLimitItemPerMinute(wrong_codes, 15)

    def allows(self, *clients: str) -> bool:
        """Tell whether one more code may be tried; nothing is counted."""
        return all(self._window.test(self._limit, client) for client in clients if client)

    def count(self, *clients: str) -> None:
        """Count one wrong code."""
        for client in clients:
            if client:
                self._window.hit(self._limit, client)
