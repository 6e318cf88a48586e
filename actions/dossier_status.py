"""Say where a dossier stands: what a code alone may show, or more with a proof.

What is shown is decided by `dossiers.disclosure` alone (Luật 91/2025/QH15).
"""

from __future__ import annotations

import re

from rasa_sdk import Tracker

from actions.base import AnswerAction
from actions.memory import Memory
from actions.services import Services
from dossiers.codes import DossierCode, NumberKind, find_codes, identify_number, parse_code
from dossiers.disclosure import Outcome
from dossiers.explain import Explanation
from knowledge_base.answer import Answer, Status
from knowledge_base.answer.blocks import Block, Choice, DossierBlock, Fact, Paragraph, Warn

__all__ = ["WAITS_FOR_PROOF", "ActionDossierStatus", "answer_dossier", "is_about_dossier"]

WAITS_FOR_PROOF = "dossier_proof"
_PROOF = re.compile(
    r"^\W*(?:(?:mã )?pin|mã|bốn số cuối|4 số cuối|số)?\W*(\d(?:[ .-]?\d){3,7})\W*$", re.I
)
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
        return answer_dossier(self.services, message, memory, tracker.sender_id)


def is_about_dossier(message: str, memory: Memory) -> bool:
    """Tell whether `message` holds a dossier code, a number like one, or a proof we wait for."""
    if memory.candidate_kind == WAITS_FOR_PROOF and _PROOF.match(message):
        return True
    return bool(find_codes(message)) or identify_number(message) in _NUMBER_REPLIES


def answer_dossier(
    services: Services, message: str, memory: Memory, client: str
) -> tuple[Answer, Memory]:
    """Answer a message about a dossier: status, confirmation of a corrected code, or a question."""
    proof = _PROOF.match(message) if memory.candidate_kind == WAITS_FOR_PROOF else None
    if proof and memory.candidates:
        code = parse_code(memory.candidates[0])
        if code is not None:
            return _look_up(services, code, memory, client, re.sub(r"\D", "", proof[1]))
    codes = find_codes(message)
    if not codes:
        number = identify_number(message)
        key = _NUMBER_REPLIES.get(number) if number else None
        return services.composer.reply(key or "dossier_ask_code"), memory
    if not codes[0].exact:
        # What was on offer before gives way, so that «1» and «đúng» mean this code.
        return _confirm(services, codes[0]), Memory(memory.procedure_code, memory.aspect)
    return _look_up(services, codes[0], memory, client, None)


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


def _look_up(
    services: Services, code: DossierCode, memory: Memory, client: str, proof: str | None
) -> tuple[Answer, Memory]:
    found, explanation = services.dossiers.look_up(code, client, proof)
    shown = found.outcome == Outcome.SHOWN
    answer = _answer(services, code, explanation, shown)
    if shown and proof is not None:
        return answer, Memory(memory.procedure_code, memory.aspect)
    return answer, Memory(memory.procedure_code, memory.aspect, (code.code,), WAITS_FOR_PROOF)


def _answer(services: Services, code: DossierCode, explanation: Explanation, shown: bool) -> Answer:
    block = DossierBlock(
        code=code.code,
        headline=explanation.headline,
        rows=[Fact(label=fact.label, value=fact.value) for fact in explanation.facts],
        next_steps=list(explanation.next_steps),
    )
    warnings = [*explanation.warnings, services.texts.phrases["scam"]]
    blocks: list[Block] = [block, *(Warn(text=text) for text in dict.fromkeys(warnings))]
    status = Status.ANSWERED_DOSSIER if shown else Status.UNANSWERABLE_DOSSIER
    return Answer(status=status, blocks=blocks)
