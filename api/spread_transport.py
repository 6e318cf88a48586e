"""HTTP over several small connection pools instead of a large one.

The pool of httpx looks at each of its connections at the start and at the end of every request; a
hundred requests that wait for a slow answer make that cost more than the requests themselves.
"""

from __future__ import annotations

import httpx

__all__ = ["SpreadTransport"]

_POOLS = 16
_CONNECTIONS = 400
_IDLE_SECONDS = 3.0  # servers commonly close after five: never use one that is being closed


class SpreadTransport(httpx.AsyncBaseTransport):
    """Gives each request to the pool with the fewest under way."""

    def __init__(self, *, trust_env: bool = True) -> None:
        """Open the pools; `trust_env` as with httpx."""
        each = _CONNECTIONS // _POOLS
        limits = httpx.Limits(
            max_connections=each,
            max_keepalive_connections=each,
            keepalive_expiry=_IDLE_SECONDS,
        )
        self._pools = [
            httpx.AsyncHTTPTransport(limits=limits, trust_env=trust_env) for _ in range(_POOLS)
        ]
        self._under_way = [0] * _POOLS

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request. The whole answer is read here, so the pool is free after it."""
        number = self._under_way.index(min(self._under_way))
        self._under_way[number] += 1
        try:
            response = await self._pools[number].handle_async_request(request)
            await response.aread()
            return response
        finally:
            self._under_way[number] -= 1

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in self._pools:
            await pool.aclose()
