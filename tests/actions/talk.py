"""One conversation with the actions, as Rasa would lead it: slots kept from turn to turn."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.memory import Memory
from knowledge_base.answer import Answer

SURE = 0.9


class Talk:
    """Calls one action a message and remembers what the action asked Rasa to remember."""

    def __init__(self, actions, sender="conversation-1", *, channel="web", address=""):
        self.sender = sender
        self.channel = channel
        self.address = address
        self.slots = {}
        self._actions = {action.name(): action for action in actions}

    def say(
        self,
        message,
        intent="ask_overview",
        confidence=SURE,
        *,
        action=None,
        ranking=(),
        metadata=None,
    ):
        """Send `message` as `intent`; `action` is the one that the rules would choose."""
        chosen = self._actions[action or "action_answer_question"]
        tracker = make_tracker(
            message,
            intent,
            confidence,
            ranking=ranking,
            slots=self.slots,
            sender=self.sender,
            channel=self.channel,
            address=self.address,
        )
        tracker.latest_message["metadata"].update(metadata or {})
        dispatcher = CollectingDispatcher()
        for event in chosen.run(dispatcher, tracker, {}):
            assert event["event"] == "slot"
            self.slots[event["name"]] = event["value"]
        (message,) = dispatcher.messages
        return Answer.model_validate(message["custom"])

    @property
    def memory(self):
        return Memory.from_slots(self.slots)


def make_tracker(
    message="",
    intent="ask_overview",
    confidence=SURE,
    *,
    ranking=(),
    slots=None,
    sender="s",
    channel="web",
    address="",
):
    others = [{"name": name, "confidence": chance} for name, chance in ranking]
    named = {"name": intent, "confidence": confidence}
    latest = {
        "text": message,
        "intent": named,
        "intent_ranking": [named, *others],
        "metadata": {"address": address} if address else {},
    }
    events = [{"event": "user", "text": message, "input_channel": channel}]
    return Tracker(sender, dict(slots or {}), latest, events, False, None, {}, None)


def texts_of(answer):
    """Everything that stands in the blocks of an answer, as one text."""
    return "\n".join(_strings(answer.model_dump(mode="json")["blocks"]))


def _strings(value):
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in _strings(part)]
    return [str(value)]
