"""`motcua ask`: questions through the whole path, in one conversation."""

from __future__ import annotations

import json
import os
from typing import Annotated

import httpx
import typer

from api.errors import NotRunningError
from api.settings import Settings, load_settings
from knowledge_base.answer import Answer, plain_text

__all__ = ["ask", "post_message"]


def ask(
    questions: Annotated[list[str], typer.Argument(help="Một hay nhiều câu, hỏi lần lượt.")],
    as_json: Annotated[bool, typer.Option("--json", help="In Answer dạng JSON.")] = False,
) -> None:
    """Hỏi trợ lý đang chạy; các câu nối tiếp nhau trong một cuộc trò chuyện."""
    settings = load_settings(os.environ)
    conversation: str | None = None
    with httpx.Client(trust_env=False, timeout=30.0) as client:
        for question in questions:
            conversation, answer = post_message(client, settings, question, conversation)
            if as_json:
                typer.echo(json.dumps(answer.model_dump(mode="json"), ensure_ascii=False, indent=2))
            else:
                typer.echo(f"\n❯ {question}\n" if len(questions) > 1 else "", nl=len(questions) > 1)
                typer.echo(plain_text(answer))


def post_message(
    client: httpx.Client, settings: Settings, message: str, conversation: str | None
) -> tuple[str, Answer]:
    """Send one message to the running application.

    Raises:
        NotRunningError: nothing answers at the address, or it is something else.
    """
    address = f"http://127.0.0.1:{settings.port}"
    try:
        response = client.post(
            f"{address}/api/v1/messages",
            json={"message": message, "conversation": conversation},
        )
        body = response.json()
        return body["conversation"], Answer.model_validate(body["answer"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise NotRunningError(
            f"Chưa thấy trợ lý chạy ở {address}. Hãy chạy «make run» trước."
        ) from error
