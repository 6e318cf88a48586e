"""The copy a volunteer's phone keeps: all guidance, journeys and worked examples as one JSON file.

An edition is known by a hash of what it says, not of when it was made: the page tells «there is a
new copy» only where something changed, and shows the day on which its copy was last up to date.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.offline.forms import export_form
from api.offline.procedures import ProcedureExporter
from knowledge_base.answer import Texts
from knowledge_base.catalogue import Catalogue
from knowledge_base.forms import load_forms
from knowledge_base.life_events import LifeEvent, load_events
from knowledge_base.procedure import Procedure, SourceKind
from knowledge_base.questions import load_questions

__all__ = ["Edition", "OfflineLibrary", "guided", "make_edition"]

_KEPT = 4
"""Editions kept in memory: one a day and address; a site has one address, seldom two."""


@dataclass(frozen=True)
class Edition:
    """One copy: the version of its content, the day it was made, and its bytes."""

    version: str
    made_on: date
    content: bytes
    compressed: bytes

    @property
    def tag(self) -> str:
        """What names these very bytes."""
        return f'"{self.version}-{self.made_on:%Y%m%d}"'


class OfflineLibrary:
    """Makes editions when they are first asked for, and keeps the last few."""

    def __init__(self, texts: Texts, today: Callable[[], date]) -> None:
        """Take the fixed texts of answers and a clock."""
        self._texts = texts
        self._today = today
        self._editions: OrderedDict[tuple[date, str], Edition] = OrderedDict()
        self._catalogue: Catalogue | None = None
        self._lock = asyncio.Lock()

    async def edition(self, catalogue: Catalogue, procedure_url: str) -> Edition:
        """The edition of today; `procedure_url` with `{code}` is what its QR codes lead to."""
        today = self._today()
        key = (today, procedure_url)
        async with self._lock:
            if catalogue is not self._catalogue:
                self._catalogue = catalogue
                self._editions.clear()
            if key not in self._editions:
                self._editions[key] = await asyncio.to_thread(
                    make_edition, catalogue, self._texts, procedure_url, today
                )
                while len(self._editions) > _KEPT:
                    self._editions.popitem(last=False)
            self._editions.move_to_end(key)
            return self._editions[key]


def make_edition(catalogue: Catalogue, texts: Texts, procedure_url: str, today: date) -> Edition:
    """Write down everything that is needed without a signal."""
    said = _content(catalogue, texts, procedure_url, today)
    version = hashlib.sha256(_json(said)).hexdigest()[:12]
    content = _json({"version": version, "made_on": today.isoformat(), **said})
    return Edition(version, today, content, gzip.compress(content, mtime=0))


def _content(catalogue: Catalogue, texts: Texts, procedure_url: str, today: date) -> dict[str, Any]:
    exporter = ProcedureExporter(texts, catalogue.find, today)
    asked = load_questions()
    procedures = {
        procedure.code: exporter.export(
            procedure, asked.get(procedure.code, ()), procedure_url.format(code=procedure.code)
        )
        for procedure in guided(catalogue)
    }
    forms = [form for form in load_forms() if any(c in procedures for c in form.procedures)]
    for form in forms:
        for code in form.procedures:
            if code in procedures:
                procedures[code].setdefault("forms", []).append(form.id)
    return {
        "procedures": procedures,
        "names": _names(catalogue, procedures),
        "events": [_event(event) for event in load_events()],
        "forms": {form.id: export_form(form, today) for form in forms},
    }


def _event(event: LifeEvent) -> dict[str, Any]:
    steps = [
        step.model_dump(include={"code", "why", "when", "only_if"}, exclude_none=True)
        for step in event.steps
    ]
    return {"title": event.title, "intro": event.intro, "steps": steps}


def _names(catalogue: Catalogue, procedures: Mapping[str, Any]) -> dict[str, str]:
    """The names of procedures that are spoken of but have no guidance."""
    named = {step.code for event in load_events() for step in event.steps}
    named |= {code for procedure in procedures.values() for code, _ in procedure["next"]}
    found = (catalogue.find(code) for code in sorted(named - procedures.keys()))
    return {procedure.code: procedure.name for procedure in found if procedure is not None}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def guided(catalogue: Catalogue) -> list[Procedure]:
    """The procedures with a guidance file: only these can be asked about step by step."""
    return [p for p in catalogue if p.source.kind == SourceKind.GUIDANCE]
