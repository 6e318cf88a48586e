"""What an Answer of the running application means to the evaluation."""

from __future__ import annotations

import re

from knowledge_base.answer import Answer, Status
from knowledge_base.evaluation import LabelledQuestion, LabelledTurn, Outcome, TurnOutcome
from knowledge_base.evaluation.questions import AMBIGUOUS, DOSSIER_STATUS, OUT_OF_SCOPE

__all__ = ["question_error", "question_outcome", "turn_error", "turn_outcome"]

_CODE = re.compile(r"\(([1-9]\.\d{6}[\w.]*)\)\s*$")


def question_outcome(question: LabelledQuestion, answer: Answer, milliseconds: float) -> Outcome:
    """Read one answer: codes best first, answered, asked back or refused."""
    listed = answer.metrics.get("codes")
    codes = [str(code) for code in listed] if isinstance(listed, list) else []
    if answer.procedure_code and answer.procedure_code not in codes[:1]:
        codes.insert(0, answer.procedure_code)
    return Outcome(
        question=question,
        codes=codes,
        verdict=_verdict(answer),
        aspect=str(answer.aspect) if answer.aspect else None,
        latency_ms=milliseconds,
        status=str(answer.status),
    )


def _verdict(answer: Answer) -> str:
    """A greeting answers no question about procedures; a checklist's question belongs to one."""
    if answer.status == Status.ANSWERED_SOCIAL:
        return "refuse"
    if answer.status == Status.CLARIFICATION_CASE:
        return "answer"
    group = str(answer.status).partition("_")[0]
    return {"answered": "answer", "clarification": "ask_back"}.get(group, "refuse")


def turn_outcome(dialogue: str, turn: LabelledTurn, answer: Answer) -> TurnOutcome:
    """Read the answer to one turn of a dialogue."""
    named = [_CODE.search(choice.message) for choice in answer.choices]
    return TurnOutcome(
        dialogue=dialogue,
        turn=turn,
        status=str(answer.status),
        code=answer.procedure_code,
        aspects=[str(answer.aspect)] if answer.aspect else [],
        offered=[match[1] for match in named if match],
    )


def turn_error(outcome: TurnOutcome) -> str:
    """One line that says what was expected and what came."""
    turn = outcome.turn
    needs = "ngữ cảnh" if turn.depends_on_context else ""
    faults = [
        name
        for name, right in (
            ("thủ tục", outcome.procedure_right),
            ("điều hỏi", outcome.aspect_right),
        )
        if not right
    ]
    wanted = f"{turn.ask} {'/'.join(sorted(turn.right)) or '–'}"
    came = f"{'/'.join(outcome.aspects) or '–'} {outcome.code or '–'} {outcome.status}"
    return f"{outcome.dialogue}: sai {' và '.join(faults)} {needs}| {wanted} → {came} | {turn.user}"


def question_error(outcome: Outcome) -> str | None:
    """One line for a question that was answered wrongly; None for a right one."""
    question, verdict = outcome.question, outcome.verdict
    if question.ask in (OUT_OF_SCOPE, AMBIGUOUS, DOSSIER_STATUS):
        wanted = {OUT_OF_SCOPE: "refuse", AMBIGUOUS: "ask_back"}.get(question.ask)
        if verdict == wanted or (wanted is None and "dossier" in outcome.status):
            return None
        return f"{question.id}: {question.ask} → {verdict} {outcome.aspect} | {question.text}"
    right = outcome.rank == 1 and verdict == "answer"
    if right and outcome.aspect in (None, question.ask):
        return None
    found = outcome.codes[0] if outcome.codes else "–"
    wanted = f"{question.ask} {'/'.join(sorted(question.right))}"
    return f"{question.id}: {wanted} → {outcome.aspect} {found} {verdict} | {question.text}"
