"""Render the pages of questions for officers: the field for a code, and a question's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from api.handover.model import Question, QuestionStatus
from api.handover.texts import HandOverTexts
from api.rendering.html import HtmlRenderer, vietnamese_date
from dossiers.clock import in_vietnam

__all__ = ["QuestionPages"]


@dataclass(frozen=True)
class _Shown:
    """What a page may show of a question: no conversation, no channel, no officer's name."""

    question: str
    asked_on: str
    answer: list[str]
    answered_on: str | None
    state: str | None


class QuestionPages:
    """Renders them with the templates of the site."""

    def __init__(self, renderer: HtmlRenderer, texts: HandOverTexts) -> None:
        """Take the site's templates and the words."""
        self._environment = renderer.create_environment()
        self._texts = texts

    def entry(self, *, code: str = "", error: str | None = None) -> str:
        """Render the field for a code; `error` says what was wrong with the one typed."""
        return self._render(shown=None, code=code, error=error)

    def question(self, question: Question) -> str:
        """Render a question that was left, with its answer where there is one."""
        state = None
        if not question.answer:
            closed = question.status == QuestionStatus.CLOSED
            state = (self._texts.closed if closed else self._texts.waiting).format(
                code=question.code
            )
        shown = _Shown(
            question=question.question,
            asked_on=self._texts.page.asked_at.format(day=_day(question.asked_at)),
            answer=[line for line in (question.answer or "").splitlines() if line.strip()],
            answered_on=(
                self._texts.page.answered_at.format(day=_day(question.answered_at))
                if question.answered_at
                else None
            ),
            state=state,
        )
        return self._render(shown=shown, code=question.code, error=None)

    def _render(self, *, shown: _Shown | None, code: str, error: str | None) -> str:
        template = self._environment.get_template("questions.html")
        return template.render(words=self._texts.page, shown=shown, code=code, error=error)


def _day(moment: datetime) -> str:
    return vietnamese_date(in_vietnam(moment).date())
