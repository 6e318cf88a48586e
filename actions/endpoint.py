"""The action endpoint: what Rasa calls, on the loopback, with a token.

It speaks the protocol of rasa_sdk's own server (`POST /webhook`) but shares its process, and so the
encoder and the indexes, with the application.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Sequence

from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from actions.answer_question import ActionAnswerQuestion
from actions.base import AnswerAction
from actions.choose import ActionChoose
from actions.dossier_status import ActionDossierStatus
from actions.fill_form import ActionFillForm
from actions.find_office import ActionFindOffice
from actions.reply import ActionRepeat, ActionReply, ActionStartOver
from actions.services import Services

__all__ = ["all_actions", "create_endpoint"]

logger = logging.getLogger(__name__)


def all_actions(services: Services) -> list[AnswerAction]:
    """One of every action, with `services`."""
    return [
        ActionAnswerQuestion(services),
        ActionChoose(services),
        ActionDossierStatus(services),
        ActionFillForm(services),
        ActionFindOffice(services),
        ActionRepeat(services),
        ActionReply(services),
        ActionStartOver(services),
    ]


def create_endpoint(actions: Sequence[AnswerAction], token: str) -> Starlette:
    """Create the endpoint; every call needs `Authorization: Bearer <token>`.

    Raises:
        ValueError: the token is shorter than 16 characters.
    """
    if len(token) < 16:
        raise ValueError("the action token needs at least 16 characters")
    executor = ActionExecutor()
    for action in actions:
        executor.register_action(action)
    expected = f"Bearer {token}".encode()

    async def webhook(request: Request) -> Response:
        given = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(given, expected):
            return JSONResponse({"error": "unauthorised"}, status_code=401)
        call = await request.json()
        try:
            result = await executor.run(call)
        except ActionExecutionRejection as error:
            body = {"error": error.message, "action_name": error.action_name}
            return JSONResponse(body, status_code=400)
        except ActionNotFoundException as error:
            logger.error("action.unknown action=%s", error.action_name)
            body = {"error": error.message, "action_name": error.action_name}
            return JSONResponse(body, status_code=404)
        return JSONResponse(result.model_dump() if result else {"events": [], "responses": []})

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    return Starlette(
        routes=[
            Route("/webhook", webhook, methods=["POST"]),
            Route("/health", health, methods=["GET"]),
        ]
    )
