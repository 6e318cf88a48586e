"""Where Rasa keeps conversations: one row each, forgotten after some hours, without proofs.

Rasa's own SQL store writes a row for every event and reads all of them for every message; its store
in memory grows until it is restarted, and forgets everything then. Here a conversation is one text,
written over at every turn, and the conversations spoken in last stay at hand, so that their events
need not be read again. What no later turn needs is left out: the ranking of intents, the tokens,
the oldest events, and above all what a citizen typed to prove that a dossier is theirs
(`api/private_text.py`). Rows are found by a digest, so that the file gives nobody's session away.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import QueuePool

__all__ = ["ConversationStore"]

_CREATE = (
    "CREATE TABLE IF NOT EXISTS conversations "
    "(key VARCHAR(64) PRIMARY KEY, events TEXT NOT NULL, spoken_at DOUBLE PRECISION NOT NULL)",
    "CREATE INDEX IF NOT EXISTS ix_conversations_spoken_at ON conversations (spoken_at)",
)
_SAVE = sa.text(
    "INSERT INTO conversations (key, events, spoken_at) VALUES (:key, :events, :now) "
    "ON CONFLICT (key) DO UPDATE SET events = excluded.events, spoken_at = excluded.spoken_at"
)
_SPOKEN_AT = sa.text("SELECT spoken_at FROM conversations WHERE key = :key AND spoken_at > :oldest")
_FIND = sa.text("SELECT events FROM conversations WHERE key = :key AND spoken_at > :oldest")
_FORGET = sa.text("DELETE FROM conversations WHERE spoken_at <= :oldest")
_KEYS = sa.text("SELECT key FROM conversations WHERE spoken_at > :oldest")
_BETWEEN_ROUNDS = 600.0
# A turn is about ten events: thirty turns are what a page shows again.
_MOST_EVENTS = 300
# What is at hand may grow a little longer before it is cut.
_MOST_AT_HAND = 400
_CONVERSATIONS_AT_HAND = 128
_NEEDED_FOR_ONE_TURN = ("intent_ranking", "text_tokens", "response_selector")
_PRIVATE = ("as_typed", "address")


@dataclass(frozen=True)
class _AtHand:
    """A conversation as it was saved."""

    tracker: DialogueStateTracker
    events: int
    spoken_at: float

    def is_as_saved(self, spoken_at: float) -> bool:
        """Tell whether nothing happened to it since, here or in the database."""
        return self.spoken_at == spoken_at and self.events == len(self.tracker.events)


class ConversationStore(TrackerStore):
    """Keeps conversations in SQLite or PostgreSQL; `bot/endpoints.yml` names it."""

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        hours: float | str = 24,
        clock: Callable[[], float] = time.time,
        **kwargs: Any,
    ) -> None:
        """Open the database at the URL `host`; conversations are kept for `hours`."""
        super().__init__(domain, event_broker, **kwargs)
        if not host:
            raise ValueError("tracker_store needs a url")
        self._seconds = float(hours) * 3600
        self._clock = clock
        self._engine = _open(host)
        self._at_hand: OrderedDict[str, _AtHand] = OrderedDict()
        self._forgot_at = 0.0
        self._forget()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Write the conversation over."""
        await self.stream_events(tracker)
        for event in tracker.events:
            _clear(event)
        key, now = _key(tracker.sender_id), self._clock()
        events = [event.as_dict() for event in tracker.events]
        row = {"key": key, "events": json.dumps(events[-_MOST_EVENTS:], ensure_ascii=False)}
        with self._engine.begin() as connection:
            connection.execute(_SAVE, {**row, "now": now})
        if len(tracker.events) <= _MOST_AT_HAND:
            self._keep_at_hand(key, _AtHand(tracker, len(tracker.events), now))
        if now - self._forgot_at > _BETWEEN_ROUNDS:
            self._forget()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation; None where there is none, or it is too old.

        What is at hand may have been changed by a turn that failed half-way, and another process
        may have written since: then it is read again.
        """
        wanted = {"key": _key(sender_id), "oldest": self._oldest()}
        at_hand = self._at_hand.pop(wanted["key"], None)
        with self._engine.connect() as connection:
            spoken_at = connection.execute(_SPOKEN_AT, wanted).scalar()
            if spoken_at is None:
                return None
            if at_hand is not None and at_hand.is_as_saved(spoken_at):
                self._keep_at_hand(wanted["key"], at_hand)
                return at_hand.tracker
            events = connection.execute(_FIND, wanted).scalar()
        if events is None:
            return None
        written = json.dumps({"name": sender_id, "events": json.loads(events)})
        return self.deserialise_tracker(sender_id, written)

    async def exists(self, conversation_id: str) -> bool:
        """Tell whether there is such a conversation."""
        wanted = {"key": _key(conversation_id), "oldest": self._oldest()}
        with self._engine.connect() as connection:
            return connection.execute(_SPOKEN_AT, wanted).scalar() is not None

    async def keys(self) -> Iterable[str]:
        """Return the digests of the conversations: their ids are not kept."""
        with self._engine.connect() as connection:
            return list(connection.execute(_KEYS, {"oldest": self._oldest()}).scalars())

    @property
    def domain(self) -> Domain:
        """The domain of the tracker store; with another one, slots are another's."""
        return self._domain

    @domain.setter
    def domain(self, domain: Domain | None) -> None:
        self._domain = domain or Domain.empty()
        self._at_hand.clear()

    def _keep_at_hand(self, key: str, at_hand: _AtHand) -> None:
        self._at_hand[key] = at_hand
        self._at_hand.move_to_end(key)
        while len(self._at_hand) > _CONVERSATIONS_AT_HAND:
            self._at_hand.popitem(last=False)

    def _oldest(self) -> float:
        return self._clock() - self._seconds

    def _forget(self) -> None:
        with self._engine.begin() as connection:
            connection.execute(_FORGET, {"oldest": self._oldest()})
        self._forgot_at = self._clock()


def _key(sender_id: str) -> str:
    return hashlib.sha256(f"rasa {sender_id}".encode()).hexdigest()


def _clear(event: Event) -> None:
    """Take out of a message what was needed for its own turn only, and its proof."""
    if not isinstance(event, UserUttered):
        return
    for name in _NEEDED_FOR_ONE_TURN:
        event.parse_data.pop(name, None)
    for metadata in (event.metadata, event.parse_data.get("metadata") or {}):
        for name in _PRIVATE:
            metadata.pop(name, None)


def _open(url: str) -> Engine:
    parsed = make_url(url)
    sqlite = parsed.get_backend_name() == "sqlite"
    if sqlite and parsed.database:
        path = Path(parsed.database)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    # Rasa answers in one thread, and waits for the database there: one connection, always open.
    engine = sa.create_engine(url, poolclass=QueuePool, pool_size=1, pool_pre_ping=not sqlite)
    if sqlite:
        sa.event.listen(engine, "connect", _write_ahead)
    with engine.begin() as connection:
        for statement in _CREATE:
            connection.execute(sa.text(statement))
    return engine


def _write_ahead(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    # A crash of the machine may cost the last turns, never the file; deleted rows are overwritten.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "secure_delete=ON",
        "busy_timeout=5000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
