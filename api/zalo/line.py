"""The line to Zalo: the client with the token of the hour, and the look whether a text arrived."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime
from typing import Any, TypeVar

from api.errors import ZaloRefusedError, ZaloUnreachableError
from api.zalo.client import Said, Sent, ZaloClient
from api.zalo.error_codes import Action, ErrorCodes
from api.zalo.files import FetchedFile
from api.zalo.message import file_message
from api.zalo.tokens import TokenKeeper

__all__ = ["ZaloLine"]

Result = TypeVar("Result")
_PAGES = 5


class ZaloLine:
    """Calls Zalo; a token that is refused is refreshed once, and the call made once more.

    Every call may raise ZaloRefusedError, ZaloUnreachableError and ZaloGrantError.
    """

    def __init__(self, client: ZaloClient, tokens: TokenKeeper, codes: ErrorCodes) -> None:
        """Take the client, the tokens, and what the error codes mean."""
        self._client, self._tokens, self._codes = client, tokens, codes

    async def send(self, user_id: str, message: Mapping[str, Any]) -> Sent:
        """Send a message."""
        return await self._call(lambda token: self._client.send(token, user_id, message))

    async def send_file(self, user_id: str, file: FetchedFile) -> Sent:
        """Upload a file and send it."""
        try:
            uploaded = await self._call(
                lambda token: self._client.upload(token, file.name, file.content, file.media_type)
            )
        except ZaloUnreachableError as error:
            # Nobody sees an upload: doing it twice does no harm.
            raise ZaloUnreachableError("upload", unsure=False) from error
        return await self.send(user_id, file_message(uploaded))

    async def send_template(self, user_id: str, template: str, data: Mapping[str, str]) -> Sent:
        """Send an approved template."""
        return await self._call(
            lambda token: self._client.send_template(token, user_id, template, data)
        )

    async def account(self) -> Mapping[str, Any]:
        """What Zalo says of the OA."""
        return await self._call(self._client.account)

    async def find_sent(
        self, user_id: str, text: str, since: datetime, known: Collection[str]
    ) -> str | None:
        """The id of `text` among what the person was sent since then, but for `known` messages."""
        earliest = int(since.timestamp() * 1000)
        wanted = _comparable(text)
        for page in range(_PAGES):
            said = await self._recent(user_id, page)
            for one in said:
                ours = not one.by_citizen and one.message_id not in known
                recent = one.milliseconds >= earliest
                if ours and recent and _comparable(one.text) == wanted:
                    return one.message_id
            if not said or min(one.milliseconds for one in said) < earliest:
                break
        return None

    async def _recent(self, user_id: str, page: int) -> list[Said]:
        return await self._call(lambda token: self._client.recent(token, user_id, page))

    async def _call(self, call: Callable[[str], Awaitable[Result]]) -> Result:
        token = await self._tokens.get()
        try:
            return await call(token)
        except ZaloRefusedError as error:
            if self._codes[error.code].action != Action.REFRESH:
                raise
            return await call(await self._tokens.get(reject=token))


def _comparable(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
