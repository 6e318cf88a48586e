"""Who asks: the conversation, the channel, and the network address as a digest."""

from __future__ import annotations

from dataclasses import dataclass

from rasa_sdk import Tracker

__all__ = ["Asker"]


@dataclass(frozen=True)
class Asker:
    """Pseudonyms only; `address` is empty where the channel does not know it."""

    conversation: str
    channel: str = ""
    address: str = ""

    @classmethod
    def of(cls, tracker: Tracker) -> Asker:
        """Read who sent the latest message."""
        metadata = tracker.latest_message.get("metadata")
        told = metadata.get("address") if isinstance(metadata, dict) else None
        return cls(
            conversation=str(tracker.sender_id),
            channel=str(tracker.get_latest_input_channel() or ""),
            address=str(told or ""),
        )
