"""A form filled in through the gateway, with a bot that only knows which form is meant."""

import logging

import httpx
import pytest

from knowledge_base.answer import Answer, Status
from tests.api.form_filling.conftest import PRIVATE, RESIDENCE, bot, files_of  # noqa: F401

pytestmark = pytest.mark.usefixtures("bot")


class Talk:
    """A conversation over the JSON interface."""

    def __init__(self, client):
        self.client = client
        self.conversation = None

    def say(self, message):
        body = {"message": message, "conversation": self.conversation}
        reply = self.client.post("/api/v1/messages", json=body).json()
        self.conversation = reply["conversation"]
        return Answer.model_validate(reply["answer"])


@pytest.fixture
def talk(open_client):
    with open_client(messages_per_minute=1000) as client:
        yield Talk(client)


def heard(rasa):
    return "\n".join(body["message"] for body in rasa.sent)


def test_a_form_is_filled_in_with_a_correction_and_fetched_once(talk, rasa):
    assert talk.say("điền CT01").status == Status.FILLING_QUESTION
    for message in RESIDENCE[:4]:
        assert talk.say(message).status == Status.FILLING_QUESTION
    assert "Đang ghi: 05/09/1998" in str(talk.say("sửa ngày sinh"))
    talk.say("06/09/1998")
    for message in RESIDENCE[4:]:
        talk.say(message)
    done = talk.say("tạo tệp")
    assert done.status == Status.FILLING_DONE
    word, pdf = files_of(done)
    fetched = talk.client.get(word)
    assert fetched.status_code == 200
    assert fetched.headers["content-disposition"] == 'attachment; filename="ct01.docx"'
    assert fetched.headers["cache-control"] == "no-store"
    assert talk.client.get(word).status_code == 404
    assert talk.client.get(pdf).content.startswith(b"%PDF")
    assert [body["message"] for body in rasa.sent] == ["điền CT01"]


def test_nothing_that_was_typed_reaches_the_bot(talk, rasa):
    talk.say("điền CT01")
    for message in RESIDENCE:
        talk.say(message)
    talk.say("tạo tệp")
    for value in PRIVATE:
        assert value.casefold() not in heard(rasa).casefold()


def test_a_question_in_between_is_answered_and_the_form_goes_on(talk, rasa):
    talk.say("điền CT01")
    talk.say("Công an xã Hòa Mẫu")
    answer = talk.say("lệ phí bao nhiêu?")
    assert "Bạn viết: lệ phí bao nhiêu?" in str(answer)
    assert "1. Họ, chữ đệm và tên" in str(answer)
    assert "TRẦN THỊ THỬ" in str(talk.say("TRẦN THỊ THỬ"))
    assert heard(rasa) == "điền CT01\nlệ phí bao nhiêu?"
    assert "metadata" not in rasa.sent[0]
    assert rasa.sent[1]["metadata"] == {"fills_form": "yes"}


def test_a_question_that_repeats_a_value_is_covered(talk, rasa):
    talk.say("điền CT01")
    for message in RESIDENCE[:2]:
        talk.say(message)
    talk.say("Trần Thị Thử ghi ở ô này có được không?")
    assert "Thử" not in heard(rasa)


def test_an_identity_number_is_a_value_here_and_refused_elsewhere(talk):
    assert talk.say("000198000002").status == Status.CLARIFICATION_DOSSIER
    talk.say("điền CT01")
    for message in RESIDENCE[:4]:
        talk.say(message)
    assert "Đã ghi: 000198000002" in str(talk.say("000198000002"))


def test_stopping_gives_the_conversation_back_to_the_bot(talk, rasa):
    talk.say("điền CT01")
    assert talk.say("thôi").status == Status.FILLING_STOPPED
    assert "Bạn viết: xin chào" in str(talk.say("xin chào"))


def test_a_long_value_is_refused_with_a_message(talk):
    talk.say("điền CT01")
    answer = talk.say("a" * 10_000)
    assert answer.status == Status.ERROR_INPUT
    assert "dài quá" in str(answer)
    assert "nhiều nhất 300 ký tự" in str(talk.say("a" * 400))


@pytest.mark.parametrize("typed", ["{{7*7}}", "<script>alert(1)</script>", "A & B"])
def test_hostile_values_are_shown_as_text(open_client, typed):
    with open_client() as client:
        client.get("/")
        client.post("/chat/messages", data={"message": "điền CT01"})
        turn = client.post("/chat/messages", data={"message": typed}, headers={"X-Fragment": "1"})
        assert "<script>" not in turn.text
        assert ">49<" not in turn.text
        shown = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        assert f"Đã ghi: {shown}" in turn.text


def test_without_javascript_the_page_shows_the_open_question(open_client):
    with open_client() as client:
        client.get("/")
        for message in ("điền CT01", "Công an xã Hòa Mẫu"):
            assert client.post("/chat/messages", data={"message": message}).status_code == 303
        page = client.get("/")
        assert "1. Họ, chữ đệm và tên" in page.text
        assert page.headers["cache-control"] == "no-store"


def test_when_the_bot_is_down_the_form_goes_on(talk, rasa):
    talk.say("điền CT01")
    rasa.fault = lambda request: httpx.Response(500)
    assert "Đã ghi: Công an xã Hòa Mẫu" in str(talk.say("Công an xã Hòa Mẫu"))
    answer = talk.say("lệ phí bao nhiêu?")
    assert answer.status == Status.ERROR_BOT
    assert "1. Họ, chữ đệm và tên" in str(answer)


def test_nothing_typed_is_in_logs_databases_or_addresses(open_client, rasa, tmp_path, caplog):
    with caplog.at_level(logging.DEBUG), open_client(data_folder=tmp_path) as client:
        talk = Talk(client)
        addresses = []
        client.event_hooks["request"].append(lambda request: addresses.append(str(request.url)))
        talk.say("điền CT01")
        for message in RESIDENCE:
            talk.say(message)
        for address in files_of(talk.say("tạo tệp")):
            client.get(address)
        client.get("/tep/khong-con")
    kept = caplog.text + "\n".join(addresses)
    for path in tmp_path.rglob("*"):
        kept += path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    for value in PRIVATE:
        assert value not in kept


def test_after_a_restart_a_value_does_not_reach_the_bot(open_client, rasa):
    with open_client() as client:
        client.get("/")
        client.post("/chat/messages", data={"message": "điền CT01"})
        cookies = list(client.cookies.jar)
    with open_client() as client:
        for cookie in cookies:
            client.cookies.jar.set_cookie(cookie)
        headers = {"X-Fragment": "1"}
        late = client.post("/chat/messages", data={"message": "TRẦN THỊ THỬ"}, headers=headers)
        assert "không được lưu" in late.text
        client.post("/chat/messages", data={"message": "xin chào"}, headers=headers)
    assert heard(rasa) == "điền CT01\nxin chào"


def test_once_the_filling_is_over_nothing_says_that_one_was_there(open_client):
    with open_client() as client:
        client.get("/")
        client.post("/chat/messages", data={"message": "điền CT01"})
        assert "motcua_dien" in client.cookies
        client.post("/chat/messages", data={"message": "thôi"})
        assert "motcua_dien" not in client.cookies


def test_the_next_person_at_the_same_browser_is_nobody_who_fills_in_a_form(open_client, rasa):
    with open_client() as client:
        client.get("/")
        client.post("/chat/messages", data={"message": "điền CT01"})
        client.post("/chat/messages", data={"message": "Công an xã Hòa Mẫu"})
        client.cookies.delete("motcua_phien")
        client.post("/chat/messages", data={"message": "xin chào"})
        assert "Công an xã Hòa Mẫu" not in client.get("/").text
    assert heard(rasa) == "điền CT01\nxin chào"
