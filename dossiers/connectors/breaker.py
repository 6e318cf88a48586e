"""A circuit breaker: after several failures in a row another system is left alone for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

__all__ = ["CircuitBreaker"]


class CircuitBreaker:
    """Opens after `failures` in a row; after `rest` seconds one call may try again."""

    def __init__(
        self,
        *,
        failures: int = 5,
        rest: float = 30.0,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = failures
        self._rest = rest
        self._seconds = seconds
        self._failures = 0
        self._opened_at: float | None = None
        self._lock = Lock()

    @property
    def is_open(self) -> bool:
        """Whether calls are being kept back."""
        return self._opened_at is not None

    def allows(self) -> bool:
        """Tell whether a call may be made; while open, one call each `rest` seconds may."""
        with self._lock:
            if self._opened_at is None:
                return True
            if self._seconds() - self._opened_at < self._rest:
                return False
            self._opened_at = self._seconds()  # the next one waits until this one is back
            return True

    def succeeded(self) -> None:
        """Note that the system answered."""
        with self._lock:
            self._failures, self._opened_at = 0, None

    def failed(self) -> None:
        """Note that it did not."""
        with self._lock:
            self._failures += 1
            if self._failures >= self._limit:
                self._opened_at = self._seconds()
