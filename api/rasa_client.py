"""Talk to Rasa over its REST channel.

Rasa answers `200 []` when an action failed or the action endpoint is down, so an empty list is a
failure here (`rasa/core/channels/rest.py` swallows the exception).
"""

from __future__ import annotations

import logging
import time
from types import TracebackType
from typing import Any

import httpx
from pydantic import ValidationError

from api.errors import BotUnavailableError
from api.spread_transport import SpreadTransport
from knowledge_base.answer import Answer

__all__ = ["RasaClient"]

logger = logging.getLogger(__name__)

# Marks an event that `record` wrote, and holds what was typed.
_ASKED = "asked"


class RasaClient:
    """Sends messages to one Rasa server and reads Answers back."""

    def __init__(
        self,
        base_url: str,
        *,
        token: str = "",
        timeout: float = 10.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Take the address, Rasa's own token, and the seconds to wait for an answer."""
        self._client = httpx.AsyncClient(
            base_url=base_url,
            timeout=httpx.Timeout(timeout, connect=2.0),
            # Every message under way holds a connection while the bot thinks.
            transport=transport or SpreadTransport(trust_env=False),
            trust_env=False,
        )
        self._token = token

    async def __aenter__(self) -> RasaClient:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def send(
        self, sender: str, message: str, channel: str, metadata: dict[str, str] | None = None
    ) -> Answer:
        """Send one message, with `metadata` for the action alone, and return the Answer.

        Raises:
            BotUnavailableError: no answer in time, an empty one, or one that is no Answer.
        """
        body: dict[str, Any] = {"sender": sender, "message": message, "input_channel": channel}
        if metadata:
            body["metadata"] = metadata
        try:
            response = await self._client.post("/webhooks/rest/webhook", json=body)
            response.raise_for_status()
            replies = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise BotUnavailableError(f"rasa: {type(error).__name__}") from error
        for reply in replies if isinstance(replies, list) else []:
            if isinstance(reply, dict) and isinstance(reply.get("custom"), dict):
                return _read(reply["custom"])
        raise BotUnavailableError("rasa: empty reply")

    async def history(self, sender: str) -> list[tuple[str | None, Answer]]:
        """Return the turns of a conversation (what was typed, the Answer), oldest first.

        Raises:
            BotUnavailableError: Rasa cannot be reached.
        """
        tracker = await self._tracker("GET", sender, params={"include_events": "AFTER_RESTART"})
        return [(asked, answer) for asked, answer, _ in _turns(tracker.get("events") or [])]

    async def find_answer(self, sender: str, message_id: str) -> Answer | None:
        """The Answer to a message that was sent with this `message_id` in its metadata, if any.

        Raises:
            BotUnavailableError: Rasa cannot be reached.
        """
        tracker = await self._tracker("GET", sender, params={"include_events": "AFTER_RESTART"})
        for _, answer, answered_id in reversed(_turns(tracker.get("events") or [])):
            if answered_id == message_id:
                return answer
        return None

    async def slots(self, sender: str) -> dict[str, Any]:
        """Return what the bot remembers of a conversation.

        Raises:
            BotUnavailableError: Rasa cannot be reached.
        """
        tracker = await self._tracker("GET", sender, params={"include_events": "NONE"})
        slots = tracker.get("slots")
        return slots if isinstance(slots, dict) else {}

    async def record(
        self, sender: str, asked: str | None, answer: Answer, message_id: str = ""
    ) -> None:
        """Note a turn that Rasa had no part in, so that `history` and `find_answer` tell it.

        It is an event of the bot alone, which no policy and no form looks at.

        Raises:
            BotUnavailableError: Rasa cannot be reached.
        """
        event = {
            "event": "bot",
            "timestamp": time.time(),
            "text": None,
            "data": {"custom": answer.model_dump(mode="json")},
            "metadata": {_ASKED: asked, "message_id": message_id},
        }
        params = {"include_events": "NONE"}
        await self._tracker("POST", sender, "/events", params=params, json=event)

    async def forget(self, sender: str) -> None:
        """Empty a conversation.

        Raises:
            BotUnavailableError: Rasa cannot be reached.
        """
        await self._tracker("PUT", sender, "/events", params={"include_events": "NONE"}, json=[])

    async def _tracker(
        self,
        method: str,
        sender: str,
        path: str = "",
        *,
        params: dict[str, str],
        json: dict[str, Any] | list[Any] | None = None,
    ) -> dict[str, Any]:
        """Read or change a tracker, and return it."""
        try:
            response = await self._client.request(
                method,
                f"/conversations/{sender}/tracker{path}",
                params={"token": self._token, **params},
                json=json,
            )
            response.raise_for_status()
            tracker = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise BotUnavailableError(f"rasa: {type(error).__name__}") from error
        if not isinstance(tracker, dict):
            raise BotUnavailableError("rasa: reply is no tracker")
        return tracker

    async def ready(self) -> bool:
        """Tell whether Rasa has loaded a model (`/status`, not `/`)."""
        try:
            response = await self._client.get("/status", params={"token": self._token})
            status = response.json()
        except (httpx.HTTPError, ValueError):
            return False
        loaded = isinstance(status, dict) and bool(status.get("model_file"))
        return response.status_code == 200 and loaded


def _turns(events: list[dict[str, Any]]) -> list[tuple[str | None, Answer, str]]:
    """What was typed, the Answer, and the id that the channel gave the message (or none)."""
    turns: list[tuple[str | None, Answer, str]] = []
    asked: str | None = None
    message_id = ""
    for event in events:
        if event.get("event") == "user":
            asked = event.get("text")
            message_id = str((event.get("metadata") or {}).get("message_id") or "")
        elif event.get("event") == "bot":
            custom = (event.get("data") or {}).get("custom")
            metadata = event.get("metadata") or {}
            if not isinstance(custom, dict):
                continue
            if _ASKED in metadata:
                own_id = str(metadata.get("message_id") or "")
                turns.append((metadata[_ASKED], _read(custom), own_id))
            else:
                turns.append((asked, _read(custom), message_id))
                asked, message_id = None, ""
    return turns


def _read(custom: dict[str, Any]) -> Answer:
    try:
        return Answer.model_validate(custom)
    except ValidationError as error:
        raise BotUnavailableError("rasa: reply is no Answer") from error
