"""What citizens type about themselves does not reach the bot's memory."""

from __future__ import annotations

import json

import httpx
import pytest

from api.conversation import Conversation
from api.rasa_client import RasaClient
from knowledge_base.answer import Answer, AnswerComposer, Status, load_texts
from knowledge_base.answer.blocks import Contact


@pytest.fixture
def heard():
    return []


@pytest.fixture
def conversation(heard):
    def hear(request):
        heard.append(json.loads(request.content)["message"])
        answer = Answer(status=Status.ANSWERED, blocks=[])
        return httpx.Response(200, json=[{"custom": answer.model_dump(mode="json")}])

    rasa = RasaClient("http://rasa", transport=httpx.MockTransport(hear))
    return Conversation(rasa, AnswerComposer(load_texts(), lambda: None), Contact(name="Một cửa"))


def ask(conversation, message):
    import asyncio

    return asyncio.run(conversation.ask("x" * 32, message, "web"))


@pytest.mark.parametrize(
    "message", ["024090001111", "tra hộ số căn cước 024090001111", "sđt của tôi 0912345678"]
)
def test_a_bare_number_is_answered_without_the_bot(conversation, heard, message):
    answer = ask(conversation, message)
    assert answer.status == Status.CLARIFICATION_DOSSIER
    assert heard == []


def test_numbers_and_names_in_a_story_are_covered(conversation, heard):
    ask(
        conversation,
        "tôi tên là Nguyễn Văn Ví Dụ số căn cước 024090001111 điện thoại 0912345678 ở xã bên, giờ "
        "muốn đăng ký tạm trú cho con thì phải mang những giấy tờ gì đến đâu nộp ạ",
    )
    [message] = heard
    assert "024090001111" not in message
    assert "0912345678" not in message
    assert "Nguyễn Văn Ví Dụ" not in message
    assert "đăng ký tạm trú" in message


@pytest.mark.parametrize(
    "message",
    ["hồ sơ H05.12-261123-0007 đến đâu rồi", "000 00 07 H02 260715 0012 tra ho toi voi", "246810"],
)
def test_dossier_codes_and_pins_reach_the_bot_as_typed(conversation, heard, message):
    ask(conversation, message)
    assert heard == [message]
