"""One procedure as the volunteer's page keeps it: questions, papers, ways to file, decided paths.

Every sentence is made here, with the wording of the procedure pages; the browser only places it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from knowledge_base.answer import Texts
from knowledge_base.answer.blocks import Facts, Steps, Warn
from knowledge_base.answer.parts import ProcedureParts
from knowledge_base.checklist import Item, decision_tree
from knowledge_base.procedure import Channel, Procedure, Step
from knowledge_base.text import fold, normalise, words

__all__ = ["ProcedureExporter"]


class ProcedureExporter:
    """Turns procedures into plain data."""

    def __init__(self, texts: Texts, find: Callable[[str], Procedure | None], today: date) -> None:
        """Take the fixed texts of answers, how to find other procedures by code, and the day."""
        self._texts = texts
        self._parts = ProcedureParts(texts)
        self._find = find
        self._today = today

    def export(self, procedure: Procedure, asked: Sequence[str]) -> dict[str, Any]:
        """Everything of one procedure but where its page lies; `asked` is how citizens ask."""
        tree = decision_tree(procedure, self._find)
        warnings = self._parts.validity(procedure, self._today)
        return {
            "name": procedure.name,
            "field": procedure.field,
            "summary": procedure.summary or "",
            "needed_when": procedure.needed_when,
            "not_needed_when": procedure.not_needed_when,
            "questions": [
                question.model_dump(include={"id", "ask", "help", "options"}, exclude_none=True)
                for question in procedure.questions
            ],
            "papers": [self._paper(item) for item in tree.items],
            "steps": [self._step(procedure, step) for step in procedure.steps],
            "channels": [self._channel(procedure, channel) for channel in procedure.channels],
            "offices": [
                [office.name, office.note or self._texts.levels[str(office.level)]]
                for office in procedure.offices
            ],
            "warnings": [block.text for block in warnings if isinstance(block, Warn)],
            "mistakes": procedure.mistakes,
            "next": [[link.code, link.why] for link in procedure.next],
            "source": self._parts.source(procedure.source).text,
            "words": _searched(procedure, asked),
            "root": tree.root,
            "nodes": tree.nodes,
            "lists": tree.lists,
            "reasons": tree.reasons,
        }

    def _paper(self, item: Item) -> dict[str, Any]:
        form = item.form
        named = form and ", ".join(part for part in (form.number, form.issued_by) if part)
        parts = {
            "id": item.id,
            "name": item.name,
            "group": str(item.group),
            "quantity": self._parts.quantity(item.originals, item.copies),
            "why": item.why,
            "get_from": item.get_from,
            "get_from_code": item.get_from_code if item.get_from_name else None,
            "get_from_name": item.get_from_name,
            "waived": item.may_be_waived,
            "form": form and (f"{form.name} ({named})" if named else form.name),
        }
        return {name: value for name, value in parts.items() if value is not None}

    def _step(self, procedure: Procedure, step: Step) -> str:
        alone = procedure.model_copy(update={"steps": [step.model_copy(update={"when": None})]})
        block = self._parts.steps(alone)[0]
        assert isinstance(block, Steps)
        return block.entries[0]

    def _channel(self, procedure: Procedure, channel: Channel) -> dict[str, Any]:
        certain = channel.model_copy(update={"when": None})
        alone = procedure.model_copy(update={"channels": [certain], "raw": {}})
        time, fee = self._parts.time(alone), self._parts.fee(alone)
        parts = {
            "name": self._texts.channels[str(channel.channel)],
            "time": _value(time[0]),
            "fee": _value(fee[0]),
            "warning": next((block.text for block in fee if isinstance(block, Warn)), None),
            "note": channel.note,
        }
        return {name: value for name, value in parts.items() if value is not None}


def _value(block: object) -> str:
    assert isinstance(block, Facts)
    return block.rows[0].value


def _searched(procedure: Procedure, asked: Sequence[str]) -> str:
    """The words one may look for, without diacritics and each once."""
    texts = [procedure.official_name, procedure.code, *asked]
    found = dict.fromkeys(word for text in texts for word in words(fold(normalise(text))))
    return " ".join(found)
