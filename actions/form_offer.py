"""Which form of the library a message means, and the offer to fill one in."""

from __future__ import annotations

import re
from collections.abc import Iterable

from actions.memory import Memory
from actions.services import Services
from knowledge_base.answer import Answer
from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.blocks import Choice
from knowledge_base.answer.filling import FillingComposer
from knowledge_base.forms import Form
from knowledge_base.procedure import Procedure
from knowledge_base.text import fold, normalise

__all__ = [
    "begin_filling",
    "forms_named",
    "forms_of",
    "names_no_topic",
    "offer_filling",
    "offered_form",
]

_LEAD = re.compile(r"^(?:to khai|don|giay|van ban|phieu)(?: (?:de nghi|yeu cau|xin))?(?: cap)? ")
_MOST_OFFERED = 2


def forms_named(forms: Iterable[Form], message: str) -> list[Form]:
    """The forms that a message names by number («CT01»), or by the longest name that it holds."""
    plain = f" {_plain(message)} "
    library = list(forms)
    numbered = [form for form in library if form.number and f" {_plain(form.number)} " in plain]
    if numbered:
        return numbered
    named = [(len(name), form) for form in library for name in _names(form) if f" {name} " in plain]
    longest = max((length for length, _ in named), default=0)
    return [form for length, form in named if length == longest]


def forms_of(services: Services, procedures: Iterable[Procedure]) -> list[Form]:
    """The forms that these procedures use, each once, in the procedures' order."""
    used = [form for p in procedures for form in services.forms.for_procedure(p.code)]
    return list({form.id: form for form in used}.values())


def names_no_topic(services: Services, message: str) -> bool:
    """Whether a message asks to fill in «a form», without saying which."""
    return set(_plain(message).split()) <= set(services.texts.phrases["fill_words"].split())


def offer_filling(services: Services, answer: Answer, procedure: Procedure) -> Answer:
    """An answer about the form of a procedure, with the offer to fill it in together."""
    forms = services.forms.for_procedure(procedure.code)[:_MOST_OFFERED]
    text = services.texts.phrases["fill_form"]
    offers = [
        Choice(label=line, message=line) for line in (text.format(form=f.name) for f in forms)
    ]
    return answer.model_copy(update={"choices": [*offers, *answer.choices]})


def offered_form(services: Services, message: str) -> Form | None:
    """The form of an offer that was taken up; None for any other message."""
    text = services.texts.phrases["fill_form"]
    wanted = _plain(message)
    return next((f for f in services.forms if _plain(text.format(form=f.name)) == wanted), None)


def begin_filling(form: Form, memory: Memory) -> tuple[Answer, Memory]:
    """Tell the channel to begin; questions in between are about the form's procedure."""
    current = memory.procedure_code
    code = current if current in form.procedures else form.procedures[0]
    return FillingComposer().introduction(form), Memory(code, Aspect.FORM)


def _names(form: Form) -> list[str]:
    """The name in full, and without the kind of paper it is where it stays telling enough."""
    name = _plain(form.name)
    short = _LEAD.sub("", name)
    return list(dict.fromkeys([name, short])) if len(short.split()) > 1 else [name]


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9 ]+", " ", fold(normalise(text))).strip()
