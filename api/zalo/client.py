"""Calls to Zalo's OA interface (openapi.zalo.me).

Zalo answers HTTP 200 also where it refuses: the member `error` decides. Sending knows no
idempotency key, so a call without an answer is told apart from one that surely never arrived.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from api.errors import ZaloRefusedError, ZaloUnreachableError
from api.spread_transport import SpreadTransport
from api.zalo.pace import Pace

__all__ = ["Said", "Sent", "ZaloClient"]

logger = logging.getLogger(__name__)

_NEVER_ARRIVED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_TOO_MANY = -32
_PAUSE_SECONDS = 60.0
_PAGE = 10


@dataclass(frozen=True)
class Sent:
    """What Zalo says of a message it took."""

    message_id: str
    quota: Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """One message of a conversation as Zalo keeps it; `by_citizen` or by the OA."""

    message_id: str
    text: str
    milliseconds: int
    by_citizen: bool


class ZaloClient:
    """Calls one OA's interface; every call takes the access token to use."""

    def __init__(
        self,
        base_url: str,
        pace: Pace,
        *,
        app_secret: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Take the address and the pace; with `app_secret` each call proves that it is known."""
        self._client = httpx.AsyncClient(
            base_url=base_url,
            timeout=httpx.Timeout(15.0, connect=5.0),
            transport=transport or SpreadTransport(),
            follow_redirects=False,
        )
        self._pace = pace
        self._app_secret = app_secret

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def send(self, token: str, user_id: str, message: Mapping[str, Any]) -> Sent:
        """Send a consultation message (`POST /v3.0/oa/message/cs`).

        Raises:
            ZaloRefusedError: Zalo refused it.
            ZaloUnreachableError: no answer; `unsure` tells whether it may have arrived.
        """
        body = {"recipient": {"user_id": user_id}, "message": message}
        return _sent(await self._post(token, "/v3.0/oa/message/cs", json_body=body))

    async def send_template(
        self, token: str, user_id: str, template_id: str, data: Mapping[str, str]
    ) -> Sent:
        """Send an approved template by user id (`POST /v3.0/oa/message/template`).

        Raises:
            ZaloRefusedError, ZaloUnreachableError: as with `send`.
        """
        body = {"user_id": user_id, "template_id": template_id, "template_data": data}
        return _sent(await self._post(token, "/v3.0/oa/message/template", json_body=body))

    async def upload(self, token: str, name: str, content: bytes, media_type: str) -> str:
        """Upload a file of at most 5 MB and return the token to send it by (good for 7 days).

        Raises:
            ZaloRefusedError, ZaloUnreachableError: as with `send`.
        """
        files = {"file": (name, content, media_type)}
        answer = await self._post(token, "/v2.0/oa/upload/file", files=files)
        file_token = str(_members(answer).get("token") or "")
        if not file_token:
            raise ZaloUnreachableError("upload without token", unsure=False)
        return file_token

    async def recent(self, token: str, user_id: str, page: int = 0) -> list[Said]:
        """Ten messages of a person's conversation, newest first (`GET /v2.0/oa/conversation`).

        Raises:
            ZaloRefusedError, ZaloUnreachableError: as with `send`.
        """
        asked = {"user_id": int(user_id) if user_id.isdecimal() else user_id}
        query = {**asked, "offset": page * _PAGE, "count": _PAGE}
        answer = await self._get(token, "/v2.0/oa/conversation", query)
        return [_said(entry) for entry in answer if isinstance(entry, dict)] if answer else []

    async def account(self, token: str) -> Mapping[str, Any]:
        """What Zalo says of the OA (`GET /v2.0/oa/getoa`).

        Raises:
            ZaloRefusedError, ZaloUnreachableError: as with `send`.
        """
        return _members(await self._get(token, "/v2.0/oa/getoa", None))

    async def _post(
        self,
        token: str,
        path: str,
        *,
        json_body: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
    ) -> Any:
        request = self._client.build_request(
            "POST", path, json=json_body, files=files, headers=self._headers(token)
        )
        return await self._call(request)

    async def _get(self, token: str, path: str, query: Mapping[str, Any] | None) -> Any:
        parameters = {"data": json.dumps(query)} if query else None
        request = self._client.build_request(
            "GET", path, params=parameters, headers=self._headers(token)
        )
        return await self._call(request)

    async def _call(self, request: httpx.Request) -> Any:
        await self._pace.turn()
        try:
            response = await self._client.send(request)
            answer = response.json()
        except _NEVER_ARRIVED as error:
            raise ZaloUnreachableError(type(error).__name__, unsure=False) from error
        except (httpx.HTTPError, ValueError) as error:
            raise ZaloUnreachableError(type(error).__name__, unsure=True) from error
        self._heed_limits(response)
        if response.status_code == 429:
            self._pace.pause(_PAUSE_SECONDS)
            raise ZaloRefusedError(_TOO_MANY)
        code = _code(answer)
        if code is None:
            raise ZaloUnreachableError(f"status {response.status_code}", unsure=True)
        if code == _TOO_MANY:
            self._pace.pause(_PAUSE_SECONDS)
        if code != 0:
            raise ZaloRefusedError(code)
        return answer.get("data")

    def _headers(self, token: str) -> dict[str, str]:
        headers = {"access_token": token}
        if self._app_secret:
            proof = hmac.new(self._app_secret.encode(), token.encode(), hashlib.sha256)
            headers["appsecret_proof"] = proof.hexdigest()
        return headers

    def _heed_limits(self, response: httpx.Response) -> None:
        """Stop for a while when the last call of this minute has been made."""
        left = response.headers.get("X-RateLimit-Remain", "")
        if left.isdecimal() and int(left) == 0:
            logger.warning("zalo.rate_limit_reached")
            self._pace.pause(_PAUSE_SECONDS)


def _code(answer: Any) -> int | None:
    """The error code, which comes as a number or as text; None where this is no answer of Zalo."""
    try:
        return int(str(answer["error"]))
    except (KeyError, TypeError, ValueError):
        return None


def _sent(data: Any) -> Sent:
    data = _members(data)
    message_id = str(data.get("message_id") or data.get("msg_id") or "")
    return Sent(message_id[:128], _members(data.get("quota")))


def _said(entry: Mapping[str, Any]) -> Said:
    moment = str(entry.get("time") or "0")
    return Said(
        message_id=str(entry.get("message_id") or ""),
        text=str(entry.get("message") or ""),
        milliseconds=int(moment) if moment.isdecimal() else 0,
        by_citizen=str(entry.get("src")) == "1",
    )


def _members(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
