"""The form about a dossier: its code, then a proof, then the answer.

It may be interrupted: another question is answered in between, and the proof is asked for again
once. Nothing of it steers Rasa's policies: whatever intent a message got, the form looks at it
first (`actions.base`). What is shown is decided by `dossiers.disclosure` alone (Luật 91/2025/QH15).
"""

from __future__ import annotations

from dataclasses import replace

from actions.asker import Asker
from actions.dossier_follow import continue_following, follow_choices, read_follow_wish
from actions.memory import DossierTalk, Memory
from actions.services import Services
from dossiers.codes import DossierCode, NumberKind, find_codes, identify_number, parse_code
from dossiers.disclosure import Outcome
from dossiers.explain import Explanation
from dossiers.proof_text import find_named_proof, read_proof
from knowledge_base.answer import Answer, Status
from knowledge_base.answer.blocks import Block, Choice, DossierBlock, Fact, Facts, Paragraph, Warn

__all__ = ["answer_dossier", "continue_dossier", "resume_dossier"]

_NUMBER_REPLIES = {
    NumberKind.IDENTITY_NUMBER: "number_identity",
    NumberKind.PHONE_NUMBER: "number_phone",
    NumberKind.PAYMENT_REFERENCE: "number_payment",
}


def continue_dossier(
    services: Services, message: str, memory: Memory, asker: Asker
) -> tuple[Answer, Memory] | None:
    """Answer a code, a number like one, a proof that is waited for, or a wish to be told of news.

    None for any other message.
    """
    talk = memory.dossier
    following = continue_following(services, message, memory, asker)
    if following is not None:
        return following
    if talk is not None and talk.stage == "proof" and not _counts_papers(memory):
        proof, code = read_proof(message), parse_code(talk.code)
        if proof and code and not find_codes(message):
            return _look_up(services, code, memory, asker, proof)
    if find_codes(message) or identify_number(message) in _NUMBER_REPLIES:
        return answer_dossier(services, message, memory, asker)
    return None


def answer_dossier(
    services: Services, message: str, memory: Memory, asker: Asker
) -> tuple[Answer, Memory]:
    """Look up the code in `message`, echo a corrected one first, or ask for one."""
    codes = find_codes(message)
    if not codes:
        number = identify_number(message)
        key = _NUMBER_REPLIES.get(number) if number else None
        return services.composer.reply(key or "dossier_ask_code"), memory
    code = codes[0]
    if not code.exact:
        # What was on offer before gives way, so that «1» and «đúng» mean this code.
        return _confirm(services, code), Memory(memory.procedure_code, memory.aspect)
    answer, memory = _look_up(services, code, memory, asker, find_named_proof(message))
    if read_follow_wish(message) and answer.status is Status.ANSWERED_DOSSIER:
        first = Paragraph(text=services.texts.phrases["follow_proof_first"])
        answer = answer.model_copy(update={"blocks": [*answer.blocks, first]})
    return answer, memory


def resume_dossier(
    services: Services, answer: Answer, memory: Memory, talk: DossierTalk | None
) -> tuple[Answer, Memory]:
    """Keep the form through an answer to something else, and ask once more for the proof."""
    if talk is None or memory.dossier is not None:
        return answer, memory
    if talk.stage == "consent":
        talk = replace(talk, stage="proved")
    group = str(answer.status).partition("_")[0]
    alone = services.listing.without_question(answer)
    if talk.stage == "proof" and not talk.reminded and alone is not answer:
        # The proof is waited for: a checklist does not put a question of its own beside it.
        answer, memory = alone, replace(memory, case=None)
    if talk.stage != "proof" or talk.reminded or _counts_papers(memory) or group == "error":
        return answer, replace(memory, dossier=talk)
    again = Paragraph(text=services.texts.phrases["proof_again"].format(code=talk.code))
    answer = answer.model_copy(update={"blocks": [*answer.blocks, again]})
    return answer, replace(memory, dossier=replace(talk, reminded=True))


def _counts_papers(memory: Memory) -> bool:
    """Whether a checklist waits for numbers, which are then no proof."""
    return memory.case is not None and memory.case.stage in ("asking", "checking")


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
    services: Services, code: DossierCode, memory: Memory, asker: Asker, proof: str | None
) -> tuple[Answer, Memory]:
    found, explanation = services.dossiers.look_up(
        code, asker.conversation, proof, address=asker.address
    )
    shown = found.outcome == Outcome.SHOWN
    answer = _answer(services, code, explanation, shown)
    kept = Memory(memory.procedure_code, memory.aspect)
    if not shown or proof is None:
        return answer, replace(kept, dossier=DossierTalk(code.code, "proof"))
    choices = follow_choices(services, code.code, asker)
    answer = answer.model_copy(update={"choices": choices})
    return answer, replace(kept, dossier=DossierTalk(code.code, "proved"))


def _answer(services: Services, code: DossierCode, explanation: Explanation, shown: bool) -> Answer:
    block = DossierBlock(
        code=code.code,
        headline=explanation.headline,
        rows=[Fact(label=fact.label, value=fact.value) for fact in explanation.facts],
        next_steps=list(explanation.next_steps),
    )
    warnings = [*explanation.warnings, services.texts.phrases["scam"]]
    blocks: list[Block] = [block]
    if explanation.history:
        rows = [Fact(label=fact.label, value=fact.value) for fact in explanation.history]
        title = services.texts.phrases["dossier_history"]
        blocks.append(Facts(title=title, rows=rows, collapsed=True))
    blocks += [Warn(text=text) for text in dict.fromkeys(warnings)]
    status = Status.ANSWERED_DOSSIER if shown else Status.UNANSWERABLE_DOSSIER
    return Answer(status=status, blocks=blocks)
