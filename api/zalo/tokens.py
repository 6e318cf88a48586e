"""The right to call Zalo: OAuth v4, an access token of 25 hours, a refresh token to use once.

A refresh happens under a lock of all processes, the new pair is on disk before anybody uses it,
and a mark written before the call tells after a crash that one was under way. Then the old
refresh token is tried once more: if the call never arrived it still works, if it did the grant is
lost and an administrator of the OA has to consent again.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
import secrets
import string
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
from sqlalchemy.orm import Session

from api.errors import ZaloGrantError, ZaloUnreachableError
from api.zalo.ledger import Ledger
from api.zalo.locks import CrossLock
from api.zalo.model import Grant, GrantState
from api.zalo.seal import Seal

__all__ = ["TokenKeeper", "TokenPair", "code_challenge", "new_verifier"]

logger = logging.getLogger(__name__)

_PATH = "/v4/oa/access_token"
_EARLY = timedelta(hours=5)
_LIFE = 90_000  # seconds of an access token, should Zalo not say
_WAIT_AFTER_SILENCE = timedelta(seconds=60)
_LOCK_SECONDS = 60.0
_VERIFIER = string.ascii_letters + string.digits


def new_verifier() -> str:
    """Make a PKCE verifier: 43 letters and digits."""
    return "".join(secrets.choice(_VERIFIER) for _ in range(43))


def code_challenge(verifier: str) -> str:
    """The challenge of a verifier (S256)."""
    digest = hashlib.sha256(verifier.encode("ascii")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True)
class TokenPair:
    """What Zalo hands out. It is never shown."""

    access: str
    refresh: str
    seconds: int

    def __repr__(self) -> str:
        """Keep the tokens out of logs and tracebacks."""
        return "TokenPair(•••)"


class TokenKeeper:
    """Gives out the access token of one OA, refreshed in time and only once."""

    def __init__(
        self,
        ledger: Ledger,
        seal: Seal,
        lock: CrossLock,
        *,
        oauth_url: str,
        app_id: str,
        app_secret: str,
        oa_id: str,
        clock: Callable[[], datetime],
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Take where tokens are kept, the lock of all processes, and the app's own secret."""
        self._ledger, self._seal, self._lock = ledger, seal, lock
        self._app_id, self._app_secret, self._oa_id = app_id, app_secret, oa_id
        self._clock = clock
        self._client = httpx.AsyncClient(base_url=oauth_url, timeout=15.0, transport=transport)
        self._here = asyncio.Lock()
        # Another process may have refreshed since: then Zalo refuses this one, and we read anew.
        self._known: tuple[str, datetime] | None = None

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def get(self, reject: str | None = None) -> str:
        """Return an access token; `reject` is one that Zalo has just refused.

        Raises:
            ZaloGrantError: there is no grant, or it is lost.
            ZaloUnreachableError: the refresh got no answer; try again in a minute.
        """
        if self._known is not None:
            token, until = self._known
            if token != reject and self._clock() < until:
                return token
        async with self._here:
            token, until = await self._get_fresh(reject)
        self._known = (token, until)
        return token

    async def exchange(self, code: str, verifier: str) -> None:
        """Trade the code of a consent (good for ten minutes, once) for the first pair.

        Raises:
            ZaloGrantError: Zalo did not take the code.
            ZaloUnreachableError: no answer.
        """
        form = {"code": code, "grant_type": "authorization_code", "code_verifier": verifier}
        pair = await self._ask(form)
        await self.keep(pair)

    async def keep(self, pair: TokenPair) -> None:
        """Put a pair on disk; the one before is kept beside it."""
        await self._ledger.run(lambda session: self._write(session, pair))
        self._known = None

    async def _get_fresh(self, reject: str | None) -> tuple[str, datetime]:
        """The token and until when it may be used without asking again."""
        grant = await self._ledger.run(self._read)
        if (token := self._usable(grant, reject)) is not None and grant is not None:
            return token, grant.expires_at - _EARLY
        if not await asyncio.to_thread(self._lock.acquire, _LOCK_SECONDS):
            raise ZaloUnreachableError("another process refreshes", unsure=False)
        try:
            grant = await self._ledger.run(self._read)
            if (token := self._usable(grant, reject)) is not None and grant is not None:
                return token, grant.expires_at - _EARLY
            assert grant is not None
            return await self._refresh(grant, reject)
        finally:
            await asyncio.to_thread(self._lock.release)

    async def _refresh(self, grant: Grant, reject: str | None) -> tuple[str, datetime]:
        opened = self._seal.open(grant.pair)
        if grant.state == GrantState.REFRESHING:
            logger.warning("zalo.refresh_interrupted: trying the old refresh token once")
        try:
            if grant.state == GrantState.UNSURE and self._tried_just_now(grant):
                raise ZaloUnreachableError("refresh without answer", unsure=True)
            await self._mark(GrantState.REFRESHING)
            pair = await self._ask_marked(opened["refresh"])
        except ZaloUnreachableError:
            now = self._clock()
            if opened["access"] == reject or now >= grant.expires_at:
                raise
            # Refreshing is done hours ahead: the token at hand still serves.
            return opened["access"], min(grant.expires_at, now + _WAIT_AFTER_SILENCE)
        await self.keep(pair)
        return pair.access, self._clock() + timedelta(seconds=pair.seconds) - _EARLY

    async def _ask_marked(self, refresh: str) -> TokenPair:
        """Refresh, and leave a mark of what came of it should it fail."""
        try:
            return await self._ask({"refresh_token": refresh, "grant_type": "refresh_token"})
        except ZaloUnreachableError as error:
            await self._mark(GrantState.UNSURE if error.unsure else GrantState.GOOD)
            raise
        except ZaloGrantError:
            await self._mark(GrantState.DEAD)
            raise

    async def _ask(self, form: Mapping[str, str]) -> TokenPair:
        try:
            response = await self._client.post(
                _PATH,
                data={"app_id": self._app_id, **form},
                headers={"secret_key": self._app_secret},
            )
            answer = response.json()
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise ZaloUnreachableError(type(error).__name__, unsure=False) from error
        except (httpx.HTTPError, ValueError) as error:
            raise ZaloUnreachableError(type(error).__name__, unsure=True) from error
        if not isinstance(answer, dict) or response.status_code >= 500:
            raise ZaloUnreachableError(f"status {response.status_code}", unsure=True)
        return _pair(answer)

    def _read(self, session: Session) -> Grant | None:
        return session.get(Grant, self._oa_id)

    def _usable(self, grant: Grant | None, reject: str | None) -> str | None:
        """The token, unless it was refused, is nearly over, or a refresh has to come first.

        Raises:
            ZaloGrantError: there is no grant, or it is lost.
        """
        if grant is None or grant.state == GrantState.DEAD:
            raise ZaloGrantError("Chưa có quyền gọi Zalo. Hãy chạy «motcua zalo connect».")
        token: str = self._seal.open(grant.pair)["access"]
        fresh = self._clock() < grant.expires_at - _EARLY
        return token if fresh and token != reject else None

    def _tried_just_now(self, grant: Grant) -> bool:
        return grant.tried_at is not None and self._clock() - grant.tried_at < _WAIT_AFTER_SILENCE

    async def _mark(self, state: GrantState) -> None:
        def mark(session: Session) -> None:
            grant = session.get_one(Grant, self._oa_id)
            grant.state, grant.tried_at = state, self._clock()

        if state in (GrantState.UNSURE, GrantState.DEAD):
            logger.error("zalo.grant_%s", state)
        await self._ledger.run(mark)

    def _write(self, session: Session, pair: TokenPair) -> None:
        now = self._clock()
        sealed = self._seal.close({"access": pair.access, "refresh": pair.refresh})
        grant = session.get(Grant, self._oa_id) or Grant(oa_id=self._oa_id)
        grant.previous_pair, grant.pair = grant.pair, sealed
        grant.state, grant.refreshed_at, grant.tried_at = GrantState.GOOD, now, None
        grant.expires_at = now + timedelta(seconds=pair.seconds)
        session.add(grant)


def _pair(answer: Mapping[str, Any]) -> TokenPair:
    """Read Zalo's answer; without a pair the grant is lost, whatever the reason given."""
    access, refresh = answer.get("access_token"), answer.get("refresh_token")
    if not (isinstance(access, str) and access and isinstance(refresh, str) and refresh):
        code = str(answer.get("error", ""))[:12]
        raise ZaloGrantError(
            f"Zalo không cấp mã truy cập (mã lỗi {code or 'không rõ'}). "
            "Người quản trị OA cần cấp quyền lại: «motcua zalo connect»."
        )
    seconds = str(answer.get("expires_in") or _LIFE)
    return TokenPair(access, refresh, int(seconds) if seconds.isdecimal() else _LIFE)
