"""Rendering: one Answer, shown the way each channel can show it."""

from api.rendering.html import HtmlRenderer, Turn
from api.rendering.procedure import Case, ProcedureRenderer

__all__ = ["Case", "HtmlRenderer", "ProcedureRenderer", "Turn"]
