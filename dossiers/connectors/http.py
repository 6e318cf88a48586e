"""Ask another system over HTTP, and be neither hurt nor held up by it.

Every call has a time-out and an end, failures are tried again with growing pauses, a system that
stays down is left alone for a while, and an answer that is too long is cut off. Redirects are not
followed. Only look-ups are made here, so that asking twice does no harm.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from dossiers.connectors.breaker import CircuitBreaker
from dossiers.errors import SourceAnswerError, SourceRefusedError, SourceUnavailableError

__all__ = ["Limits", "ServiceClient"]

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True)
class Limits:
    """How long a citizen waits for another system at most, and how much is read from it."""

    timeout: float = 3.0
    total: float = 8.0
    attempts: int = 3
    pause: float = 0.2
    most_bytes: int = 1_000_000


class ServiceClient:
    """Sends look-ups to one system and returns the JSON of its answers."""

    def __init__(
        self,
        name: str,
        base_url: str,
        *,
        limits: Limits | None = None,
        breaker: CircuitBreaker | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare a client; nothing is sent.

        Args:
            name: the system as officers and citizens know it.
            base_url: its address.
            limits: time-outs and sizes.
            breaker: shared by everything that asks this system.
            transport: for tests.
            sleep: for tests.
            seconds: a clock that only runs forward, for tests.
        """
        self.name = name
        self._limits = limits or Limits()
        self._breaker = breaker or CircuitBreaker()
        self._sleep = sleep
        self._seconds = seconds
        self._client = httpx.Client(
            base_url=base_url, timeout=self._limits.timeout, transport=transport
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        body: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Send a look-up; return the JSON of the answer, or None for 404.

        Raises:
            SourceUnavailableError: it is down, too slow, or was left alone after failures.
            SourceRefusedError: it answered 401 or 403.
            SourceAnswerError: the answer is no JSON, too long, or another error.
        """
        if not self._breaker.allows():
            raise SourceUnavailableError(self.name, "tạm ngừng hỏi sau nhiều lần không trả lời")
        request = self._client.build_request(
            method, path, params=params, data=form, json=body, headers=headers
        )
        end = self._seconds() + self._limits.total
        for attempt in range(self._limits.attempts):
            if attempt:
                self._sleep(self._limits.pause * 2 ** (attempt - 1))
            status, content, failure = self._send(request, end)
            if failure is None:
                self._breaker.succeeded()
                return self._json(status, content)
            if self._seconds() >= end:
                break
        self._breaker.failed()
        raise SourceUnavailableError(self.name, failure or "không trả lời")

    def _send(self, request: httpx.Request, end: float) -> tuple[int, bytes, str | None]:
        """Send once; return status, content, and what failed if another try may help."""
        try:
            response = self._client.send(request, stream=True)
            try:
                content = self._content(response, end)
            finally:
                response.close()
        except httpx.TimeoutException:
            return 0, b"", "quá thời gian chờ"
        except httpx.TransportError as error:
            return 0, b"", f"không kết nối được ({type(error).__name__})"
        if response.status_code in _PASSING:
            return 0, b"", f"trả lời lỗi {response.status_code}"
        return response.status_code, content, None

    def _content(self, response: httpx.Response, end: float) -> bytes:
        """Read an answer up to the longest that is accepted, and no longer than till `end`."""
        content = bytearray()
        for part in response.iter_bytes():
            content += part
            if len(content) > self._limits.most_bytes:
                raise SourceAnswerError(self.name, "câu trả lời quá dài")
            if self._seconds() >= end:
                raise httpx.ReadTimeout("the answer drips", request=response.request)
        return bytes(content)

    def _json(self, status: int, content: bytes) -> Any:
        if status == 404:
            return None
        if status in (401, 403):
            raise SourceRefusedError(self.name, f"không cho truy cập ({status})")
        if status != 200:
            raise SourceAnswerError(self.name, f"trả lời {status}")
        try:
            return json.loads(content)
        except ValueError as error:
            raise SourceAnswerError(self.name, "câu trả lời không phải JSON") from error
