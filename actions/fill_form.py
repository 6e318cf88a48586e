"""Start filling in a form: find out which one. What is written in it never comes here.

The gateway asks the questions and keeps the answers (docs/adr/0005); Rasa learns the form alone.
"""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.answer_question import answer_question
from actions.base import AnswerAction
from actions.form_offer import begin_filling, forms_named, forms_of, names_no_topic
from actions.intent import Intent
from actions.memory import Memory
from actions.services import Services
from knowledge_base.answer import Answer, Status
from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.blocks import Choice, Paragraph
from knowledge_base.forms import Form
from knowledge_base.search import Verdict, read_message

__all__ = ["ActionFillForm"]

_MOST_OFFERED = 4


class ActionFillForm(AnswerAction):
    """Intent fill_form."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_fill_form"

    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Name the form to begin with, ask which of several, or say what there is of the form."""
        named = forms_named(self.services.forms, message)
        forms, sure = (named, True) if named else self._forms_meant(message, memory)
        if not forms:
            return _without_form(self.services, message, memory)
        if len(forms) > 1 or not sure:
            return _ask_which(self.services, forms[:_MOST_OFFERED]), memory
        return begin_filling(forms[0], memory)

    def _forms_meant(self, message: str, memory: Memory) -> tuple[list[Form], bool]:
        """The forms of what the message is about, and whether it surely is about that.

        A message without a topic means the talk before it, or else any: the most used come first.
        """
        services = self.services
        current = services.catalogue.find(memory.procedure_code) if memory.procedure_code else None
        if names_no_topic(services, message):
            most_used = sorted(services.forms, key=lambda form: -len(form.procedures))
            forms = forms_of(services, [current] if current else [])
            return forms or most_used, bool(forms)
        decision = read_message(services.engine, message, current, []).decision
        procedures = [hit.procedure for hit in decision.hits]
        if decision.verdict == Verdict.REFUSE:
            return [], False
        if decision.verdict == Verdict.ASK_BACK:
            return forms_of(services, procedures), False
        return forms_of(services, procedures[:1]), True


def _ask_which(services: Services, forms: list[Form]) -> Answer:
    phrases = services.texts.phrases
    return Answer(
        status=Status.CLARIFICATION,
        aspect=Aspect.FORM,
        blocks=[Paragraph(text=phrases["which_form"])],
        choices=[
            Choice(label=form.name, message=phrases["fill_form"].format(form=form.name))
            for form in forms
        ],
    )


def _without_form(services: Services, message: str, memory: Memory) -> tuple[Answer, Memory]:
    answer, memory = answer_question(services, message, Intent("fill_form", 1.0), memory)
    note = Paragraph(text=services.texts.phrases["no_form"])
    return answer.model_copy(update={"blocks": [note, *answer.blocks]}), memory
