"""The volunteer's pages as the server writes them: useful without a script, and its frame."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from api.rendering.html import HtmlRenderer
from knowledge_base.answer import Texts
from knowledge_base.answer.blocks import Contact
from knowledge_base.life_events import LifeEvent
from knowledge_base.procedure import Procedure

__all__ = ["VolunteerRenderer", "script_texts"]

_TEXTS_FILE = Path(__file__).parent / "volunteer.yml"


def _load_texts() -> dict[str, Any]:
    texts: dict[str, Any] = yaml.safe_load(_TEXTS_FILE.read_text("utf-8"))
    return texts


def script_texts(office: Contact) -> dict[str, Any]:
    """What the page's script says, with whom to ask."""
    texts = _load_texts()
    kept = {name: texts[name] for name in ("screens", "limits", "surnames", "nicknames")}
    parts = (office.name, office.phone, office.note)
    asked = ", ".join(part for part in parts if part)
    return {**kept, "opening": texts["opening"]["entries"], "office": asked}


class VolunteerRenderer:
    """Renders the volunteer's page, the list of procedures, and the page shown without a signal."""

    def __init__(self, html: HtmlRenderer, texts: Texts, office: Contact) -> None:
        """Take the renderer whose templates are shared, what the answers say, and whom to ask."""
        self.texts = _load_texts()
        self._environment = html.create_environment()
        self._environment.globals |= {
            "volunteer": self.texts,
            "office": office,
            "warnings": texts.scam,
        }

    def render_page(self, scripts: str, modules: Sequence[str]) -> str:
        """Render the page; `scripts` is the folder's address, `modules` what to load early."""
        template = self._environment.get_template("volunteer.html")
        return template.render(scripts=scripts, modules=modules)

    def render_list(
        self,
        procedures: Iterable[Procedure],
        events: Sequence[LifeEvent],
        find: Callable[[str], Procedure | None],
    ) -> str:
        """Render the journeys and the procedures with guidance, by field; `find` names others."""
        ordered = sorted(procedures, key=lambda p: (p.field, p.name))
        fields = [(name, list(group)) for name, group in groupby(ordered, lambda p: p.field)]
        steps = (find(step.code) for event in events for step in event.steps)
        names = {procedure.code: procedure.name for procedure in steps if procedure is not None}
        template = self._environment.get_template("volunteer_list.html")
        return template.render(fields=fields, events=events, names=names)

    def render_away(self) -> str:
        """Render the page that stands for any other page without a signal."""
        return self._environment.get_template("away.html").render()
