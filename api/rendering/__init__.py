"""Rendering: one Answer, shown the way each channel can show it."""

from api.rendering.html import HtmlRenderer, Turn

__all__ = ["HtmlRenderer", "Turn"]
