"""What citizens type about themselves does not reach the bot's memory."""

import asyncio

import pytest

from api.conversation import Conversation
from api.rasa_client import RasaClient
from knowledge_base.answer import AnswerComposer, Status, load_texts
from knowledge_base.answer.blocks import Contact
from tests.api.reception import new_reception


@pytest.fixture
def ask(rasa):
    def ask(message):
        async def asked():
            async with RasaClient("http://rasa", transport=rasa.transport) as client:
                composer = AnswerComposer(load_texts(), lambda: None)
                contact = Contact(name="Một cửa")
                conversation = Conversation(client, composer, contact, new_reception())
                return await conversation.ask("x" * 32, message, "web")

        return asyncio.run(asked())

    return ask


@pytest.mark.parametrize(
    "message", ["024090001111", "tra hộ số căn cước 024090001111", "sđt của tôi 0912345678"]
)
def test_a_bare_number_is_answered_without_the_bot(ask, rasa, message):
    answer = ask(message)
    assert answer.status == Status.CLARIFICATION_DOSSIER
    assert rasa.sent == []


def test_a_turn_without_the_bot_is_shown_again_and_the_number_is_not(ask, rasa):
    answer = ask("tra hộ số căn cước 024090001111")
    [event] = rasa.trackers["x" * 32]
    assert event["metadata"] == {"asked": "tra hộ số căn cước •••", "message_id": ""}
    assert event["data"]["custom"] == answer.model_dump(mode="json")


def test_numbers_and_names_in_a_story_are_covered(ask, rasa):
    ask(
        "tôi tên là Nguyễn Văn Ví Dụ số căn cước 024090001111 điện thoại 0912345678 ở xã bên, giờ "
        "muốn đăng ký tạm trú cho con thì phải mang những giấy tờ gì đến đâu nộp ạ",
    )
    [body] = rasa.sent
    assert body["message"] == (
        "tôi tên là ••• số căn cước ••• điện thoại ••• ở xã bên, giờ muốn đăng ký tạm trú cho con "
        "thì phải mang những giấy tờ gì đến đâu nộp ạ"
    )
    assert "metadata" not in body


@pytest.mark.parametrize(
    "message",
    ["hồ sơ H05.12-261123-0007 đến đâu rồi", "000 00 07 H02 260715 0012 tra ho toi voi"],
)
def test_dossier_codes_reach_the_bot_as_typed(ask, rasa, message):
    ask(message)
    assert [body["message"] for body in rasa.sent] == [message]


def test_a_number_beside_a_dossier_code_is_covered(ask, rasa):
    ask("hồ sơ H05.12-261123-0007 của tôi, tôi tên lê thị ba, số 0912345678, tra giúp với nhé ạ")
    assert rasa.sent[0]["message"] == (
        "hồ sơ H05.12-261123-0007 của tôi, tôi tên •••, số •••, tra giúp với nhé ạ"
    )


class TestProof:
    """The PIN goes beside the message, in what the bot's store leaves out."""

    @pytest.mark.parametrize(
        "typed", ["246810", "2468", "24-68-10", "mã 246810", " 246810. ", "một hai ba bốn"]
    )
    def test_it_is_covered_where_the_bot_waits_for_one(self, ask, rasa, typed):
        rasa.slots = {"dossier": {"code": "H05.12-261123-0007", "stage": "proof"}}
        ask(typed)
        [body] = rasa.sent
        assert not any(char.isdigit() for char in body["message"])
        assert body["metadata"] == {"as_typed": typed.strip()}

    @pytest.mark.parametrize(
        ("typed", "remembered"),
        [
            ("hồ sơ H05.12-261123-0007 mã PIN 246810", "hồ sơ H05.12-261123-0007 mã PIN •••"),
            ("pin là: 2468", "pin là: •••"),
            ("bốn số cuối điện thoại 1234", "bốn số cuối điện thoại •••"),
        ],
    )
    def test_it_is_covered_wherever_it_is_named(self, ask, rasa, typed, remembered):
        ask(typed)
        assert rasa.sent[0]["message"] == remembered
        assert rasa.sent[0]["metadata"] == {"as_typed": typed}

    @pytest.mark.parametrize("typed", ["246810", "1.001193", "2026", "năm 2026 lệ phí bao nhiêu"])
    def test_where_none_is_awaited_a_number_is_a_number(self, ask, rasa, typed):
        rasa.slots = {"candidate_kind": "procedure"}
        ask(typed)
        assert rasa.sent[0]["message"] == typed
        assert "metadata" not in rasa.sent[0]

    def test_an_identity_number_beside_it_is_covered_in_both(self, ask, rasa):
        ask("pin 246810, căn cước 024090001111 của tôi và nhà tôi ở xã bên cạnh xã này đó ạ nhé")
        assert "024090001111" not in str(rasa.sent)
