"""`POST /api/v1/messages`: the JSON interface."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from api.conversation import is_sender, new_sender
from api.dependencies import ConversationDep, LimiterDep, client_address
from knowledge_base.answer import Answer

__all__ = ["MessageIn", "MessageOut", "router"]

router = APIRouter()


def _whole(value: Any) -> Any:
    """JSON may hold half a character («\\ud83d», an emoji cut in two): a space stands for it."""
    return re.sub("[\ud800-\udfff]", " ", value) if isinstance(value, str) else value


class MessageIn(BaseModel):
    """A message; `conversation` is the id that an earlier reply gave."""

    model_config = ConfigDict(extra="forbid")

    message: Annotated[str, Field(max_length=20_000), BeforeValidator(_whole)]
    conversation: str | None = None


class MessageOut(BaseModel):
    """The Answer, and the id that keeps the conversation together."""

    conversation: str
    answer: Answer


@router.post("/api/v1/messages", response_model=MessageOut)
async def post_message(
    body: MessageIn, request: Request, conversation: ConversationDep, limiter: LimiterDep
) -> MessageOut | JSONResponse:
    """Answer one message. An id that was not minted here starts a new conversation."""
    sender = body.conversation or ""
    if not is_sender(sender):
        sender = new_sender()
    address = client_address(request)
    if not limiter.allows(sender, address):
        out = MessageOut(conversation=sender, answer=conversation.reply("error_too_many"))
        return JSONResponse(out.model_dump(mode="json"), status_code=429)
    answer = await conversation.ask(sender, body.message, "api", address)
    return MessageOut(conversation=sender, answer=answer)
