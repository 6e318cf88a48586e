"""One webhook call, read leniently: any member may be missing or of another type."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from knowledge_base.text import clean

__all__ = ["Event", "Kind", "read_event"]


class Kind(StrEnum):
    """What an event means here."""

    TEXT = "text"
    MEDIA = "media"
    STICKER = "sticker"
    LOCATION = "location"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    SHARED_INFO = "shared_info"
    WITHDRAW = "withdraw"
    ECHO = "echo"
    RECEIPT = "receipt"
    UNKNOWN = "unknown"


_KINDS = {
    "user_send_text": Kind.TEXT,
    "user_send_link": Kind.MEDIA,
    "user_send_image": Kind.MEDIA,
    "user_send_gif": Kind.STICKER,
    "user_send_audio": Kind.MEDIA,
    "user_send_video": Kind.MEDIA,
    "user_send_file": Kind.MEDIA,
    "user_send_business_card": Kind.MEDIA,
    "user_send_sticker": Kind.STICKER,
    "user_send_location": Kind.LOCATION,
    "user_submit_info": Kind.SHARED_INFO,
    "user_withdraw": Kind.WITHDRAW,
    "follow": Kind.FOLLOW,
    "unfollow": Kind.UNFOLLOW,
    "user_seen_message": Kind.RECEIPT,
    "user_received_message": Kind.RECEIPT,
    "user_reacted_message": Kind.RECEIPT,
}
_LONGEST_TEXT = 20_000
# 2000 and 2100 in milliseconds: a moment outside is no moment.
_MOMENTS = range(946_684_800_000, 4_102_444_800_000)


@dataclass(frozen=True)
class Event:
    """What a webhook call says."""

    name: str
    kind: Kind
    key: str  # the same for a redelivery, 64 hex digits
    user_id: str  # the citizen; empty where the event names none
    oa_id: str
    timestamp: str  # as it stands in the body, for the signature
    sent_at: datetime | None
    text: str


def read_event(body: Mapping[str, Any], raw: bytes) -> Event:
    """Read the decoded `body` of a call whose bytes are `raw`."""
    name = _text(body.get("event_name"))
    message = _members(body.get("message"))
    timestamp = _text(body.get("timestamp"))
    user_id, oa_id = _parties(name, body)
    return Event(
        name=name[:64],
        kind=_kind(name),
        key=_key(name, _text(message.get("msg_id")), user_id, timestamp, raw),
        user_id=user_id,
        oa_id=oa_id,
        timestamp=timestamp,
        sent_at=_moment(timestamp),
        text=clean(_text(message.get("text"))[:_LONGEST_TEXT]),
    )


def _kind(name: str) -> Kind:
    if name.startswith("oa_"):
        return Kind.ECHO
    return _KINDS.get(name, Kind.UNKNOWN)


def _parties(name: str, body: Mapping[str, Any]) -> tuple[str, str]:
    """The citizen and the OA: sender and recipient, swapped in echoes and receipts."""
    sender = _text(_members(body.get("sender")).get("id"))
    recipient = _text(_members(body.get("recipient")).get("id"))
    if name.startswith("oa_") or name in ("user_seen_message", "user_received_message"):
        sender, recipient = recipient, sender
    follower = _text(_members(body.get("follower")).get("id"))
    return (
        sender or follower or _text(body.get("user_id")),
        recipient or _text(body.get("oa_id")),
    )


def _key(name: str, message_id: str, user_id: str, timestamp: str, raw: bytes) -> str:
    """What a redelivery shares with the first: the message, or who and when, or every byte."""
    digest = hashlib.sha256(name.encode("utf-8", "replace"))
    if message_id:
        digest.update(f"\0message\0{message_id}".encode("utf-8", "replace"))
    elif user_id and timestamp:
        digest.update(f"\0person\0{user_id}\0{timestamp}".encode("utf-8", "replace"))
    else:
        digest.update(b"\0bytes\0" + raw)
    return digest.hexdigest()


def _moment(timestamp: str) -> datetime | None:
    if not timestamp.isdecimal() or len(timestamp) > 14 or int(timestamp) not in _MOMENTS:
        return None
    return datetime.fromtimestamp(int(timestamp) / 1000, UTC)


def _members(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    """Text and whole numbers as text (ids and moments come as either); anything else is empty."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)
