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
from api.rendering.qr import qr_rows
from knowledge_base.answer import Texts
from knowledge_base.catalogue import Catalogue
from knowledge_base.forms import load_forms
from knowledge_base.life_events import LifeEvent, load_events
from knowledge_base.procedure import Procedure, SourceKind
from knowledge_base.questions import load_questions

__all__ = ["Edition", "OfflineLibrary", "guided", "make_edition"]

_KEPT = 4
"""Editions kept in memory: one for each address; a site has one, seldom two."""


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
    """Makes editions when they are first asked for, and keeps the last few.

    What they say is written down once a day, which takes seconds; only the addresses differ.
    """

    def __init__(self, texts: Texts, today: Callable[[], date]) -> None:
        """Take the fixed texts of answers and a clock."""
        self._texts = texts
        self._today = today
        self._written: _Written | None = None
        self._editions: OrderedDict[str, Edition] = OrderedDict()
        self._lock = asyncio.Lock()

    async def edition(self, catalogue: Catalogue, procedure_url: str) -> Edition:
        """The edition of today; `procedure_url` with `{code}` is what its QR codes lead to."""
        today = self._today()
        async with self._lock:
            written = self._written
            if written is None or written.catalogue is not catalogue or written.today != today:
                written = await asyncio.to_thread(_write, catalogue, self._texts, today)
                self._written = written
                self._editions.clear()
            if procedure_url not in self._editions:
                made = await asyncio.to_thread(_addressed, written, procedure_url)
                self._editions[procedure_url] = made
                while len(self._editions) > _KEPT:
                    self._editions.popitem(last=False)
            self._editions.move_to_end(procedure_url)
            return self._editions[procedure_url]


@dataclass(frozen=True)
class _Written:
    """What an edition says wherever the site lies, and what it was made from."""

    catalogue: Catalogue
    today: date
    content: dict[str, Any]


def make_edition(catalogue: Catalogue, texts: Texts, procedure_url: str, today: date) -> Edition:
    """Write down everything that is needed without a signal."""
    return _addressed(_write(catalogue, texts, today), procedure_url)


def _addressed(written: _Written, procedure_url: str) -> Edition:
    """The edition for a site at this address."""
    addresses = {code: procedure_url.format(code=code) for code in written.content["procedures"]}
    procedures = {
        code: {**procedure, "address": addresses[code], "qr": qr_rows(addresses[code])}
        for code, procedure in written.content["procedures"].items()
    }
    said = {**written.content, "procedures": procedures}
    version = hashlib.sha256(_json(said)).hexdigest()[:12]
    content = _json({"version": version, "made_on": written.today.isoformat(), **said})
    return Edition(version, written.today, content, gzip.compress(content, mtime=0))


def _write(catalogue: Catalogue, texts: Texts, today: date) -> _Written:
    exporter = ProcedureExporter(texts, catalogue.find, today)
    asked = load_questions()
    procedures = {
        procedure.code: exporter.export(procedure, asked.get(procedure.code, ()))
        for procedure in guided(catalogue)
    }
    forms = [form for form in load_forms() if any(c in procedures for c in form.procedures)]
    for form in forms:
        for code in form.procedures:
            if code in procedures:
                procedures[code].setdefault("forms", []).append(form.id)
    content = {
        "procedures": procedures,
        "names": _names(catalogue, procedures),
        "events": [_event(event) for event in load_events()],
        "forms": {form.id: export_form(form, today) for form in forms},
    }
    return _Written(catalogue, today, content)


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
