"""Say where a dossier stands, from its code alone: no name, no paper, no procedure is shown.

What a code alone may show follows Luật 91/2025/QH15 (personal data to others only with consent):
the status, the due date, whether an apology was issued, and how old the information is.
"""

from __future__ import annotations

from datetime import datetime

from rasa_sdk import Tracker

from actions.base import AnswerAction
from actions.memory import Memory
from actions.services import Services
from dossiers.codes import DossierCode, NumberKind, find_codes, identify_number
from dossiers.record import DossierRecord
from knowledge_base.answer import Answer, Status
from knowledge_base.answer.blocks import Choice, DossierBlock, Fact, Paragraph, Warn

__all__ = ["ActionDossierStatus", "answer_dossier", "names_dossier"]

_NUMBER_REPLIES = {
    NumberKind.IDENTITY_NUMBER: "number_identity",
    NumberKind.PHONE_NUMBER: "number_phone",
    NumberKind.PAYMENT_REFERENCE: "number_payment",
}


class ActionDossierStatus(AnswerAction):
    """Intent dossier_status."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_dossier_status"

    def respond(self, message: str, memory: Memory, tracker: Tracker) -> tuple[Answer, Memory]:
        """Look the code up, or ask for one."""
        return answer_dossier(self.services, message, memory)


def names_dossier(message: str) -> bool:
    """Tell whether `message` holds a dossier code, or a number that some take for one."""
    return bool(find_codes(message)) or identify_number(message) in _NUMBER_REPLIES


def answer_dossier(services: Services, message: str, memory: Memory) -> tuple[Answer, Memory]:
    """Answer a message about a dossier: status, confirmation of a corrected code, or a question."""
    codes = find_codes(message)
    if not codes:
        number = identify_number(message)
        key = _NUMBER_REPLIES.get(number, "dossier_ask_code") if number else "dossier_ask_code"
        return services.composer.reply(key), memory
    code = codes[0]
    if not code.exact:
        return _confirm(services, code), memory
    record = services.dossiers.get(code.code)
    if record is None:
        return services.composer.reply("dossier_unknown"), memory
    return _status(services, record), memory


def _confirm(services: Services, code: DossierCode) -> Answer:
    """Echo a corrected code, so that the citizen sees what will be looked up."""
    phrases = services.texts.phrases
    answer = services.composer.reply("dossier_confirm_code")
    return answer.model_copy(
        update={
            "blocks": [Paragraph(text=phrases["confirm_code"].format(code=code.code))],
            "choices": [Choice(label=phrases["confirm_yes"], message=code.code)],
        }
    )


def _status(services: Services, record: DossierRecord) -> Answer:
    labels, phrases = services.texts.labels, services.texts.phrases
    late = _is_late(record, services.now())
    rows = [Fact(label=labels["dossier_status"], value=record.status.label)]
    if record.due_at is not None:
        due = f"{record.due_at:%d/%m/%Y}"
        rows.append(Fact(label=labels["dossier_due"], value=due))
    rows.append(Fact(label=labels["dossier_synced"], value=f"{record.synced_at:%H:%M %d/%m/%Y}"))
    blocks: list[DossierBlock | Warn] = [
        DossierBlock(
            code=record.code,
            headline=record.status.meaning,
            rows=rows,
            next_steps=[phrases["dossier_detail"]],
        )
    ]
    if late:
        apology = "late_with_apology" if record.apologies else "late_without_apology"
        blocks.append(Warn(text=phrases[apology]))
    blocks.append(Warn(text=phrases["scam"]))
    return Answer(status=Status.ANSWERED_DOSSIER, blocks=blocks)


def _is_late(record: DossierRecord, now: datetime) -> bool:
    """Past its due day with the clock running."""
    running = str(record.status.clock) == "running"
    return running and record.due_at is not None and record.due_at.date() < now.date()
