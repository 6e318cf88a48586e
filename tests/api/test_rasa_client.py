import asyncio
import json

import httpx
import pytest

from api.errors import BotUnavailableError
from api.rasa_client import RasaClient
from tests.api.fake_rasa import make_answer, turn

ANSWER = make_answer("Lệ phí 8.000 đồng.")
CUSTOM = ANSWER.model_dump(mode="json")


def call(handler, method="send", *arguments, **options):
    """Call one method of a client whose requests go to `handler`."""

    async def called():
        transport = httpx.MockTransport(handler)
        async with RasaClient("http://rasa", transport=transport, **options) as client:
            return await getattr(client, method)(*arguments)

    return asyncio.run(called())


def replying(*arguments, **options):
    return lambda request: httpx.Response(*arguments, **options)


def failing(error):
    def handler(request):
        raise error

    return handler


FAULTS = {
    "500": replying(500, text="oops"),
    "404": replying(404, json={"status": "failure"}),
    "redirect": replying(302, headers={"location": "http://elsewhere/"}),
    "timeout": failing(httpx.ReadTimeout("late")),
    "refused": failing(httpx.ConnectError("refused")),
    "broken": failing(httpx.RemoteProtocolError("broken")),
    "not JSON": replying(200, text="<html>"),
    "empty body": replying(200),
    "not UTF-8": replying(200, content=b"\xff\xfe\x00"),
}


class TestSend:
    def test_the_custom_reply_is_the_answer(self):
        answer = call(replying(200, json=[{"custom": CUSTOM}]), "send", "s", "lệ phí", "web")
        assert answer == ANSWER

    def test_sender_message_and_channel_are_sent(self):
        seen = []

        def handler(request):
            seen.append(request)
            return httpx.Response(200, json=[{"custom": CUSTOM}])

        call(handler, "send", "abc", "lệ phí", "zalo")
        (request,) = seen
        assert (request.method, request.url.path) == ("POST", "/webhooks/rest/webhook")
        body = {"sender": "abc", "message": "lệ phí", "input_channel": "zalo"}
        assert json.loads(request.content) == body

    def test_plain_texts_beside_the_answer_are_passed_over(self):
        replies = [{"text": "một câu"}, {"custom": CUSTOM}, {"custom": {"status": "other"}}]
        assert call(replying(200, json=replies), "send", "s", "m", "web") == ANSWER

    @pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
    def test_a_fault_is_no_answer(self, fault):
        with pytest.raises(BotUnavailableError):
            call(fault, "send", "s", "m", "web")

    @pytest.mark.parametrize(
        "replies",
        [[], {}, 3, "text", [None], [{"text": "chào"}], [{"custom": "text"}], [{"custom": None}]],
    )
    def test_a_reply_without_an_answer_is_a_failure(self, replies):
        with pytest.raises(BotUnavailableError, match="empty"):
            call(replying(200, json=replies), "send", "s", "m", "web")

    @pytest.mark.parametrize(
        "custom",
        [
            {},
            {"status": "answered"},
            CUSTOM | {"status": "no such status"},
            CUSTOM | {"extra": 1},
            CUSTOM | {"blocks": [{"type": "no such block"}]},
        ],
    )
    def test_a_reply_that_is_no_answer_is_a_failure(self, custom):
        with pytest.raises(BotUnavailableError, match="no Answer"):
            call(replying(200, json=[{"custom": custom}]), "send", "s", "m", "web")

    def test_the_failure_does_not_repeat_the_message(self):
        with pytest.raises(BotUnavailableError) as caught:
            call(FAULTS["500"], "send", "s", "điều riêng tư", "web")
        assert "riêng tư" not in str(caught.value)


class TestHistory:
    def test_turns_are_read_from_the_tracker(self):
        second = make_answer("Hai ngày.")
        events = [
            {"event": "action", "name": "action_session_start"},
            {"event": "session_started"},
            *turn("lệ phí bao nhiêu", CUSTOM),
            *turn("bao lâu", second.model_dump(mode="json")),
        ]
        turns = call(replying(200, json={"events": events}), "history", "s")
        assert turns == [("lệ phí bao nhiêu", ANSWER), ("bao lâu", second)]

    def test_a_question_that_got_no_answer_is_left_out(self):
        lost = [event for event in turn("bị lỗi", CUSTOM) if event["event"] != "bot"]
        events = [*lost, *turn("lệ phí", CUSTOM)]
        turns = call(replying(200, json={"events": events}), "history", "s")
        assert turns == [("lệ phí", ANSWER)]

    def test_a_second_answer_to_one_question_has_no_question(self):
        events = [*turn("lệ phí", CUSTOM), turn("", CUSTOM)[-1]]
        turns = call(replying(200, json={"events": events}), "history", "s")
        assert [asked for asked, _ in turns] == ["lệ phí", None]

    @pytest.mark.parametrize("body", [{"events": []}, {"events": None}, {}])
    def test_a_new_conversation_has_no_turns(self, body):
        assert call(replying(200, json=body), "history", "s") == []

    @pytest.mark.parametrize("data", [None, {}, {"custom": None}, {"custom": "text"}])
    def test_bot_events_without_an_answer_are_passed_over(self, data):
        events = [{"event": "bot", "text": "chào", "data": data}]
        assert call(replying(200, json={"events": events}), "history", "s") == []

    def test_the_token_and_the_part_after_a_restart_are_asked_for(self):
        seen = []

        def handler(request):
            seen.append(request.url)
            return httpx.Response(200, json={"events": []})

        call(handler, "history", "abc", token="secret")
        assert seen[0].path == "/conversations/abc/tracker"
        assert dict(seen[0].params) == {"token": "secret", "include_events": "AFTER_RESTART"}

    @pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
    def test_a_fault_is_told(self, fault):
        with pytest.raises(BotUnavailableError):
            call(fault, "history", "s")

    @pytest.mark.parametrize("body", [[], None, "text", 3])
    def test_a_tracker_of_another_form_is_told(self, body):
        with pytest.raises(BotUnavailableError):
            call(replying(200, json=body), "history", "s")


class TestReady:
    def test_rasa_with_a_model_is_ready(self):
        assert call(replying(200, json={"model_file": "bot.tar.gz"}), "ready") is True

    @pytest.mark.parametrize(
        "status",
        [
            replying(200, json={"model_file": None}),
            replying(200, json={}),
            replying(401, json={"status": "failure"}),
            replying(409, json={"model_file": "bot.tar.gz"}),
            replying(200, json=["model_file"]),
            *FAULTS.values(),
        ],
    )
    def test_anything_else_is_not_ready(self, status):
        assert call(status, "ready") is False

    def test_the_status_is_asked_for_with_the_token(self):
        seen = []

        def handler(request):
            seen.append(request.url)
            return httpx.Response(200, json={"model_file": "bot.tar.gz"})

        call(handler, "ready", token="secret")
        assert (seen[0].path, seen[0].params["token"]) == ("/status", "secret")


def test_waiting_is_limited():
    with pytest.raises(BotUnavailableError, match="ReadTimeout"):
        call(_never_answering, "send", "s", "m", "web", timeout=0.05)


async def _never_answering(request):
    timeout = request.extensions["timeout"]["read"]
    await asyncio.sleep(timeout)
    raise httpx.ReadTimeout("late", request=request)
