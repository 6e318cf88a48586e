import asyncio
import logging

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.conversation import MAX_CHARACTERS, Conversation, is_sender, new_sender
from api.rasa_client import RasaClient
from knowledge_base.answer import AnswerComposer, Status, load_texts
from knowledge_base.answer.blocks import Contact
from tests.api.conftest import NOW
from tests.api.fake_rasa import FakeRasa, make_answer
from tests.api.reception import new_reception

OFFICE = Contact(name="Trung tâm một cửa", phone="0222 3820 000", note="Sáng 7:30–11:30")
COMPOSER = AnswerComposer(load_texts(), NOW.date)


def converse(rasa, act):
    """Let `act` use a conversation with the bot `rasa`."""

    async def conversed():
        async with RasaClient("http://rasa", transport=rasa.transport) as client:
            return await act(Conversation(client, COMPOSER, OFFICE, new_reception()))

    return asyncio.run(conversed())


def ask(rasa, message, channel="web"):
    return converse(rasa, lambda conversation: conversation.ask("s", message, channel))


def test_a_message_goes_to_the_bot_and_its_answer_comes_back(rasa):
    answer = ask(rasa, "lệ phí bao nhiêu", "zalo")
    assert answer == make_answer("Bạn viết: lệ phí bao nhiêu")
    assert rasa.sent == [{"sender": "s", "message": "lệ phí bao nhiêu", "input_channel": "zalo"}]


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("/restart", "restart"),
        ("/ask_fee", "ask_fee"),
        ('/ask_fee{"procedure_code": "1.001193"}', 'ask_fee{"procedure_code": "1.001193"}'),
        ("/session_start", "session_start"),
        ("  /restart", "restart"),
        ("///restart", "restart"),
        ("/ /restart", "restart"),
        ("/ / / restart", "restart"),
        ("\u200b/restart", "restart"),
        ("/\u200b/restart", "restart"),
        ("\ufeff/\u00ad/restart", "restart"),
        ("\x00/restart", "restart"),
        ("\n/restart", "restart"),
        ("\u00a0/restart", "restart"),
        ("\u3000/\u2028/restart", "restart"),
    ],
)
def test_a_leading_slash_never_reaches_rasa(rasa, typed, sent):
    ask(rasa, typed)
    assert [body["message"] for body in rasa.sent] == [sent]


def test_a_slash_inside_a_message_stays(rasa):
    ask(rasa, "nghị định 123/2015/NĐ-CP và/hoặc")
    assert rasa.sent[0]["message"] == "nghị định 123/2015/NĐ-CP và/hoặc"


@given(st.text(alphabet=st.sampled_from("/ \u200b\u00a0\n\t\x00\ufeffar"), max_size=30))
def test_whatever_is_typed_no_command_reaches_rasa(text):
    rasa = FakeRasa()
    ask(rasa, text)
    assert not any(body["message"].strip().startswith("/") for body in rasa.sent)


@pytest.mark.parametrize(
    "typed", ["", "   ", "\n\t", "/", "// /", "\u200b\u200d\ufeff", "\x00\x01"]
)
def test_an_empty_message_is_told_and_not_sent(rasa, typed):
    answer = ask(rasa, typed)
    assert answer.status == Status.ERROR_INPUT
    assert "chưa viết gì" in answer.blocks[0].text
    assert rasa.sent == []


def test_a_long_message_is_told_and_not_sent(rasa):
    answer = ask(rasa, "a" * (MAX_CHARACTERS + 1))
    assert answer.status == Status.ERROR_INPUT
    assert "dài quá" in answer.blocks[0].text
    assert rasa.sent == []


def test_the_longest_message_is_sent_whole(rasa):
    ask(rasa, "ệ" * MAX_CHARACTERS)
    assert len(rasa.sent[0]["message"]) == MAX_CHARACTERS


def test_length_is_counted_after_composing_and_merging_spaces(rasa):
    ask(rasa, "e\u0323\u0302" * MAX_CHARACTERS)
    ask(rasa, "a" + " " * 5_000 + "b")
    assert [len(body["message"]) for body in rasa.sent] == [MAX_CHARACTERS, 3]


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("le\u0323\u0302 phi\u0301", "lệ phí"),
        ("lệ\u200b phí", "lệ phí"),
        ("\u202elệ phí\u202c", "lệ phí"),
        ("lệ\x00phí", "lệ phí"),
        ("lệ\nphí\r\n", "lệ phí"),
        ("lệ \ud83d phí", "lệ phí"),
        ("\udcff\udcfe hỏi", "hỏi"),
    ],
)
def test_what_is_sent_is_clean(rasa, typed, sent):
    assert ask(rasa, typed).status == Status.ANSWERED
    assert rasa.sent[0]["message"] == sent


class TestContact:
    @pytest.mark.parametrize(
        "status",
        [
            Status.HANDED_OVER,
            Status.UNANSWERABLE_NO_MATCH,
            Status.UNANSWERABLE_NOT_UNDERSTOOD,
            Status.UNANSWERABLE_DOSSIER,
            Status.ERROR_BOT,
        ],
    )
    def test_it_is_named_where_the_bot_could_not_help(self, rasa, status):
        rasa.reply = lambda text: make_answer(status=status)
        assert ask(rasa, "hỏi").blocks[-1] == OFFICE

    @pytest.mark.parametrize(
        "status", [Status.ANSWERED, Status.CLARIFICATION, Status.ANSWERED_SOCIAL]
    )
    def test_it_is_not_named_where_the_bot_helped(self, rasa, status):
        rasa.reply = lambda text: make_answer(status=status)
        assert OFFICE not in ask(rasa, "hỏi").blocks

    def test_it_is_not_named_twice(self, rasa):
        named = make_answer(status=Status.HANDED_OVER)
        own = Contact(name="Công an xã")
        rasa.reply = lambda text: named.model_copy(update={"blocks": [*named.blocks, own]})
        contacts = [b for b in ask(rasa, "hỏi").blocks if isinstance(b, Contact)]
        assert contacts == [own]


class TestFailure:
    @pytest.fixture
    def broken(self, rasa):
        rasa.fault = lambda request: httpx.Response(200, json=[])
        return rasa

    def test_it_is_an_answer_that_names_whom_to_ask(self, broken):
        answer = ask(broken, "lệ phí")
        assert answer.status == Status.ERROR_BOT
        assert answer.blocks[-1] == OFFICE

    def test_it_is_logged_without_the_message(self, broken, caplog):
        with caplog.at_level(logging.DEBUG, logger="api"):
            ask(broken, "điều riêng tư")
        assert "bot.unavailable channel=web" in caplog.text
        assert "riêng tư" not in caplog.text

    def test_a_conversation_that_cannot_be_read_is_empty(self, broken):
        assert converse(broken, lambda conversation: conversation.history("s")) == []


def test_the_turns_so_far_come_with_the_contact(rasa):
    rasa.reply = lambda text: make_answer(status=Status.UNANSWERABLE_NO_MATCH)

    async def act(conversation):
        await conversation.ask("s", "câu một", "web")
        await conversation.ask("s", "câu hai", "web")
        return await conversation.history("s")

    turns = converse(rasa, act)
    assert [asked for asked, _ in turns] == ["câu một", "câu hai"]
    assert all(answer.blocks[-1] == OFFICE for _, answer in turns)


def test_ids_are_long_and_never_the_same():
    minted = {new_sender() for _ in range(100)}
    assert len(minted) == 100
    assert all(is_sender(one) and len(one) >= 32 for one in minted)


@pytest.mark.parametrize(
    "value",
    ["", "short", "a" * 21, "a" * 65, "a" * 30 + "/", "a" * 30 + "\n", "../" * 10, "đ" * 30],
)
def test_other_strings_are_no_ids(value):
    assert not is_sender(value)


def test_a_turn_without_the_bot_is_found_again_by_the_id_of_its_message(rasa):
    """So that a channel that died before it passed the code on does not leave it twice."""

    async def act(conversation):
        await conversation.ask("s", "Để lại câu hỏi cho cán bộ", "zalo", message_id="m-1")
        left = await conversation.ask("s", "làm ở đâu", "zalo", message_id="m-2")
        return left, await conversation.find_answer("s", "m-2")

    left, found = converse(rasa, act)
    assert left.status == Status.HANDED_OVER_LEFT
    assert found == left
