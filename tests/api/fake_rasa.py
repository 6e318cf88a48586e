"""A Rasa without a model: it answers over an injected transport and keeps trackers as Rasa does."""

import json
from urllib.parse import unquote

import httpx

from knowledge_base.answer import Answer, Status
from knowledge_base.answer.blocks import Paragraph


def make_answer(text="Dạ, tôi nghe đây.", status=Status.ANSWERED, **parts):
    return Answer(status=status, blocks=[Paragraph(text=text)], **parts)


class FakeRasa:
    """Answers every message with `reply(text)`, an Answer; `fault` is called in its place."""

    def __init__(self):
        self.sent = []
        self.trackers = {}
        self.tokens = []
        self.slots = {}
        self.reply = lambda text: make_answer(f"Bạn viết: {text}")
        self.fault = None
        self.has_model = True
        self.forgotten = []

    @property
    def transport(self):
        return httpx.MockTransport(self._handle)

    def _handle(self, request):
        if self.fault is not None:
            return self.fault(request)
        if request.url.path == "/webhooks/rest/webhook":
            return self._message(json.loads(request.content))
        self.tokens.append(request.url.params.get("token"))
        if request.url.path == "/status":
            model = "bot-0123456789ab.tar.gz" if self.has_model else None
            return httpx.Response(200, json={"model_file": model, "num_active_training_jobs": 0})
        if request.method == "PUT":
            sender = unquote(request.url.path).split("/")[2]
            self.forgotten.append(sender)
            self.trackers[sender] = json.loads(request.content)
        _, conversations, sender, *tracker = unquote(request.url.path).split("/")
        assert conversations == "conversations"
        events = self.trackers.setdefault(sender, [])
        if tracker == ["tracker", "events"] and request.method == "POST":
            events.append(json.loads(request.content))
        else:
            assert tracker[:1] == ["tracker"]
        return httpx.Response(
            200, json={"sender_id": sender, "slots": self.slots, "events": events}
        )

    def _message(self, body):
        self.sent.append(body)
        custom = self.reply(body["message"]).model_dump(mode="json")
        # As `bot/conversation_store.py` does, looked at with the real Rasa in tests/bot.
        metadata = {k: v for k, v in body.get("metadata", {}).items() if k != "as_typed"}
        events = turn(body["message"], custom, metadata)
        self.trackers.setdefault(body["sender"], []).extend(events)
        return httpx.Response(200, json=[{"recipient_id": body["sender"], "custom": custom}])


def turn(text, custom, metadata=None):
    """The events of one turn, as Rasa's tracker gives them."""
    user = {"event": "user", "text": text, "parse_data": {"intent": {"name": "ask_fee"}}}
    return [
        {"event": "action", "name": "action_listen"},
        {**user, "metadata": metadata} if metadata else user,
        {"event": "action", "name": "action_answer_question"},
        {"event": "slot", "name": "aspect", "value": "fee"},
        {"event": "bot", "text": None, "data": {"buttons": None, "custom": custom}},
    ]
