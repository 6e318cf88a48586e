"""What stands for Rasa and for Zalo while the gateway is measured.

Rasa answers every message after a set time by repeating it; Zalo notes what it was sent. Neither
checks anything: the rules are tested in `tests/`.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from knowledge_base.answer import Answer, Status
from knowledge_base.answer.blocks import Paragraph

__all__ = ["Counterparts", "Received"]


@dataclass(frozen=True)
class Received:
    """One message that Zalo was sent."""

    person: str
    text: str
    at: float  # time.monotonic()


@dataclass
class Counterparts:
    """Both in one application: their paths do not meet."""

    bot_seconds: float
    received: list[Received] = field(default_factory=list)

    def application(self) -> Starlette:
        """The application to serve."""
        return Starlette(
            routes=[
                Route("/webhooks/rest/webhook", self._answer, methods=["POST"]),
                Route("/conversations/{sender}/tracker", self._tracker),
                Route("/v3.0/oa/message/cs", self._receive, methods=["POST"]),
                Route("/v2.0/oa/conversation", self._conversation),
            ]
        )

    async def _answer(self, request: Request) -> JSONResponse:
        body = json.loads(await request.body())
        await asyncio.sleep(self.bot_seconds)
        answer = Answer(status=Status.ANSWERED, blocks=[Paragraph(text=body["message"])])
        return JSONResponse(
            [{"recipient_id": body["sender"], "custom": answer.model_dump(mode="json")}]
        )

    async def _tracker(self, _: Request) -> JSONResponse:
        return JSONResponse({"events": []})

    async def _receive(self, request: Request) -> JSONResponse:
        body: dict[str, Any] = json.loads(await request.body())
        person, text = body["recipient"]["user_id"], body["message"]["text"]
        self.received.append(Received(person, text, time.monotonic()))
        return JSONResponse({"error": 0, "data": {"message_id": f"m{len(self.received)}"}})

    async def _conversation(self, _: Request) -> JSONResponse:
        return JSONResponse({"error": 0, "data": []})
