"""An outbound message in Zalo's shape, as rich as the OA has proved to take.

Buttons and lists on this interface are not firmly documented (`docs/zalo.md`, probes 2 and 3), so
they are off until set, and the text says everything without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.rendering.splitting import take_text

__all__ = ["Capabilities", "file_message", "is_rich", "text_message"]

_MOST_BUTTONS = 5
_MOST_ELEMENTS = 5
_LONGEST_TITLE = 100
_LONGEST_PAYLOAD = 1000


@dataclass(frozen=True)
class Capabilities:
    """What this OA may send: `buttons` is off, omit or button (the two shapes seen)."""

    buttons: str = "off"
    list_image: str = ""  # the address of a picture turns lists on: each element needs one


def is_rich(content: Mapping[str, Any], capabilities: Capabilities) -> bool:
    """Tell whether this text would go out with buttons or a list."""
    allowed = capabilities.buttons != "off" or bool(capabilities.list_image)
    return bool(content.get("choices")) and not content.get("plain") and allowed


def text_message(content: Mapping[str, Any], capabilities: Capabilities) -> dict[str, Any]:
    """A text, with its choices as buttons or as a list where both are allowed."""
    message: dict[str, Any] = {"text": content["text"]}
    if not is_rich(content, capabilities):
        return message
    if capabilities.buttons != "off":
        payload: dict[str, Any] = {"buttons": _buttons(content["choices"])}
        if capabilities.buttons == "button":
            payload["template_type"] = "button"
    else:
        elements = _elements(content["choices"], capabilities.list_image)
        payload = {"template_type": "list", "elements": elements}
    message["attachment"] = {"type": "template", "payload": payload}
    return message


def file_message(token: str) -> dict[str, Any]:
    """A file that was uploaded."""
    return {"attachment": {"type": "file", "payload": {"token": token}}}


def _buttons(choices: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """A tap sends the words of the choice, seen in the chat as if typed: as on the web."""
    return [
        {"title": _title(choice["label"]), "type": "oa.query.show", "payload": choice["message"]}
        for choice in choices
        if len(choice["message"]) <= _LONGEST_PAYLOAD
    ][:_MOST_BUTTONS]


def _elements(choices: Sequence[Mapping[str, str]], image: str) -> list[dict[str, Any]]:
    return [
        {
            "title": button["title"],
            "image_url": image,
            "default_action": {"type": "oa.query.show", "payload": button["payload"]},
        }
        for button in _buttons(choices)
    ][:_MOST_ELEMENTS]


def _title(label: str) -> str:
    label = " ".join(label.split())
    if len(label) <= _LONGEST_TITLE:
        return label
    return take_text(label, _LONGEST_TITLE - 1)[0] + "…"
