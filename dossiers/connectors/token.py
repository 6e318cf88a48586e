"""A token by client credentials (OAuth 2.0), kept until shortly before it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from dossiers.clock import Clock
from dossiers.connectors.http import ServiceClient
from dossiers.errors import SourceRefusedError

__all__ = ["Credentials", "Token"]

_EARLY = 30.0
_LEAST = 30.0


@dataclass(frozen=True)
class Credentials:
    """What the other system gave us to sign in as a service."""

    client_id: str
    client_secret: str = field(repr=False)


class Token:
    """The present token of one service."""

    def __init__(
        self, client: ServiceClient, credentials: Credentials, path: str, *, clock: Clock
    ) -> None:
        self._client = client
        self._credentials = credentials
        self._path = path
        self._clock = clock
        self._value: str | None = None
        self._ends_at: datetime | None = None
        self._lock = Lock()

    def value(self) -> str:
        """Return a token that is valid now.

        Raises:
            SourceError: none was given.
        """
        with self._lock:
            if self._value is None or self._ends_at is None or self._clock() >= self._ends_at:
                self._fetch()
            assert self._value is not None
            return self._value

    def forget(self) -> None:
        """Drop the token, because the service no longer takes it."""
        with self._lock:
            self._value = None

    def _fetch(self) -> None:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._credentials.client_id,
            "client_secret": self._credentials.client_secret,
        }
        answer = self._client.ask("POST", self._path, form=form)
        value = answer.get("access_token") if isinstance(answer, dict) else None
        if not isinstance(value, str) or not value:
            raise SourceRefusedError(self._client.name, "không cấp mã truy cập")
        lasts = answer.get("expires_in")
        seconds = float(lasts) if isinstance(lasts, int | float) else 0.0
        self._value = value
        self._ends_at = self._clock() + timedelta(seconds=max(seconds - _EARLY, _LEAST))
