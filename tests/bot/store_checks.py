"""What the conversation store does, told as JSON. Runs in Rasa's environment, not under pytest.

.venv-rasa/bin/python tests/bot/store_checks.py FOLDER
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import stat
import sys
from pathlib import Path
from typing import Any

import skops.io  # noqa: F401 (before TensorFlow: see api/launcher/rasa.py)
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.utils.endpoints import EndpointConfig

from bot.conversation_store import ConversationStore

SENDER, PIN = "a-session-that-nobody-may-learn", "246810"
DOMAIN = Domain.from_dict(
    {"slots": {"aspect": {"type": "any", "mappings": [{"type": "custom"}]}}, "intents": ["ask"]}
)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


def turn(text: str = "mã PIN •••", typed: str | None = None, aspect: str = "fee") -> list[Any]:
    metadata = {"as_typed": typed} if typed else {}
    parsed = {
        "intent": {"name": "ask", "confidence": 0.9},
        "entities": [],
        "intent_ranking": [{"name": "ask", "confidence": 0.9}],
        "text_tokens": [[0, 3]],
        "metadata": dict(metadata),
    }
    said = UserUttered(text, intent=parsed["intent"], parse_data=parsed, metadata=metadata)
    answer = BotUttered(None, {"custom": {"status": "answered"}})
    return [said, ActionExecuted("action_answer"), answer, SlotSet("aspect", aspect)]


async def add(store: ConversationStore, sender: str, events: list[Any]) -> Any:
    tracker = await store.get_or_create_tracker(sender)
    tracker.update_with_events(events, DOMAIN)
    await store.save(tracker)
    return tracker


async def check(folder: Path) -> dict[str, Any]:
    file, clock = folder / "new" / "conversations.db", Clock()

    def open_store(**more: Any) -> ConversationStore:
        return ConversationStore(DOMAIN, host=f"sqlite:///{file}", clock=clock, hours="2", **more)

    store = open_store()
    report: dict[str, Any] = {"unknown": await store.retrieve(SENDER) is None}
    saved = await add(store, SENDER, turn(typed=PIN))
    held = json.dumps([event.as_dict() for event in saved.events])
    report["pin in memory"] = PIN in held
    report["same at hand"] = await store.retrieve(SENDER) is saved
    again = open_store()
    read = await again.retrieve(SENDER)
    report["after a restart"] = {
        "texts": [e.text for e in read.events if isinstance(e, UserUttered)],
        "intents": [e.intent_name for e in read.events if isinstance(e, UserUttered)],
        "bot": [e.data["custom"] for e in read.events if isinstance(e, BotUttered)],
        "aspect": read.get_slot("aspect"),
        "sender": read.sender_id,
        "as before": [e.as_dict()["event"] for e in read.events]
        == [e.as_dict()["event"] for e in saved.events],
    }
    # Another process writes: what is at hand here is old.
    await add(again, SENDER, turn("câu hai", aspect="time"))
    newest = await store.retrieve(SENDER)
    report["written elsewhere"] = newest.get_slot("aspect")
    # A turn that fails half-way is not saved.
    newest.update_with_events(turn("câu hỏng", aspect="where"), DOMAIN)
    report["failed turn"] = (await store.retrieve(SENDER)).get_slot("aspect")
    for number in range(120):
        await add(store, "long", turn(f"câu {number}"))
    long = await open_store().retrieve("long")
    report["long"] = {
        "events": len(long.events),
        "last": [e.text for e in long.events if isinstance(e, UserUttered)][-1],
        "aspect": long.get_slot("aspect"),
    }
    for number in range(300):
        await add(store, f"visitor {number}", turn())
    report["at hand"] = len(store._at_hand)
    report["keys"] = len(list(await store.keys()))
    report["exists"] = [await store.exists(SENDER), await store.exists("nobody")]
    raw = b"".join(path.read_bytes() for path in file.parent.iterdir())
    report["on disk"] = {
        "pin": PIN.encode() in raw,
        "sender": SENDER.encode() in raw,
        "ranking": b"intent_ranking" in raw,
        "mode": stat.filemode(file.stat().st_mode),
    }
    store.domain = DOMAIN
    report["at hand with a new domain"] = len(store._at_hand)
    clock.now += 2 * 3600 + 1
    report["too old"] = [
        await store.retrieve(SENDER) is None,
        await store.exists(SENDER),
        len(list(await store.keys())),
    ]
    await add(store, "somebody new", turn())
    with sqlite3.connect(file) as connection:
        report["left"] = connection.execute("SELECT count(*) FROM conversations").fetchone()[0]
    endpoint = EndpointConfig.from_dict(
        {"type": "bot.conversation_store.ConversationStore", "url": f"sqlite:///{file}", "hours": 1}
    )
    report["made by rasa"] = type(TrackerStore.create(endpoint, DOMAIN)).__name__
    return report


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(check(Path(sys.argv[1])))))
