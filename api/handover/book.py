"""The book of questions: what citizens leave, what officers answer, under which code."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session, sessionmaker

from api.errors import QuestionError
from api.handover.codes import mint_code
from api.handover.model import Question, QuestionStatus
from api.private_text import covered

__all__ = ["QuestionBook"]

_MINTINGS = 5
_AWAITED_FOR = timedelta(minutes=30)
_SHOWN = (QuestionStatus.OPEN, QuestionStatus.ANSWERED, QuestionStatus.CLOSED)


class QuestionBook:
    """Keeps the questions; every text is masked before it is stored."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        """Take an opened database and a clock."""
        self._sessions = sessionmaker(engine, expire_on_commit=False)
        self._now = now

    def knows(self, conversation: str) -> bool:
        """Tell whether this conversation ever had to do with a question."""
        with self._sessions() as session:
            query = select(Question.id).where(Question.conversation == conversation).limit(1)
            return session.scalar(query) is not None

    def await_question(self, conversation: str, channel: str) -> None:
        """Note that the next message of `conversation` is the question to leave."""
        with self._sessions.begin() as session:
            awaited = _awaited(session, conversation)
            if awaited is not None:
                awaited.asked_at = self._now()
                return
            session.add(
                Question(
                    code=_free_code(session),
                    asked_at=self._now(),
                    channel=channel,
                    conversation=conversation,
                    question="",
                    status=QuestionStatus.AWAITED,
                )
            )

    def is_awaited(self, conversation: str) -> bool:
        """Tell whether the next message of `conversation` is a question to leave."""
        with self._sessions() as session:
            awaited = _awaited(session, conversation)
            return awaited is not None and awaited.asked_at > self._now() - _AWAITED_FOR

    def name_procedure(self, conversation: str, procedure_code: str | None) -> None:
        """Note the procedure spoken of before the awaited question."""
        with self._sessions.begin() as session:
            awaited = _awaited(session, conversation)
            if awaited is not None:
                awaited.procedure_code = procedure_code

    def forget_awaited(self, conversation: str) -> None:
        """Take no question after all."""
        with self._sessions.begin() as session:
            awaited = _awaited(session, conversation)
            if awaited is not None:
                session.delete(awaited)

    def leave(self, conversation: str, text: str) -> Question:
        """Write the awaited question down and return it, with its code.

        Raises:
            QuestionError: none is awaited in this conversation.
        """
        with self._sessions.begin() as session:
            question = _awaited(session, conversation)
            if question is None:
                raise QuestionError("Không có câu hỏi nào đang chờ được viết trong cuộc này")
            question.question = covered(text)
            question.asked_at = self._now()
            question.status = QuestionStatus.OPEN
            return question

    def find(self, code: str) -> Question | None:
        """Return the question of this code, if it was left."""
        with self._sessions() as session:
            return _by_code(session, code)

    def listed(self, statuses: Collection[QuestionStatus] = _SHOWN) -> list[Question]:
        """Return the questions of these statuses, the oldest first."""
        wanted = [str(status) for status in statuses if status in _SHOWN]
        query = select(Question).where(Question.status.in_(wanted)).order_by(Question.asked_at)
        with self._sessions() as session:
            return list(session.scalars(query))

    def answer(self, code: str, text: str, by: str, *, keep: Collection[str] = ()) -> Question:
        """Answer a question, or answer it anew; numbers in `keep` (the office's) stay as they are.

        Raises:
            QuestionError: there is no such question, it is closed, or the answer is empty.
        """
        if not text.strip():
            raise QuestionError("Câu trả lời đang để trống")
        with self._sessions.begin() as session:
            question = _known(session, code)
            if question.status == QuestionStatus.CLOSED:
                raise QuestionError(f"Câu hỏi {question.code} đã đóng, không trả lời được nữa")
            question.answer = covered(text, keep=keep)
            question.answered_at = self._now()
            question.answered_by = by
            question.status = QuestionStatus.ANSWERED
            question.delivered_at = None
            return question

    def close(self, code: str) -> Question:
        """Close a question, answered or not.

        Raises:
            QuestionError: there is no such question.
        """
        with self._sessions.begin() as session:
            question = _known(session, code)
            question.status = QuestionStatus.CLOSED
            return question

    def take_new_answers(self, conversation: str) -> list[Question]:
        """Return the answers not yet shown in `conversation`, and count them as shown."""
        query = select(Question).where(
            Question.conversation == conversation,
            Question.status == QuestionStatus.ANSWERED,
            Question.delivered_at.is_(None),
        )
        with self._sessions.begin() as session:
            found = list(session.scalars(query.order_by(Question.answered_at)))
            for question in found:
                question.delivered_at = self._now()
            return found

    def has_new_answers(self, channel: str) -> bool:
        """Tell whether an answer waits to be shown in any conversation of `channel`."""
        query = select(Question.id).where(
            Question.channel == channel,
            Question.status == QuestionStatus.ANSWERED,
            Question.delivered_at.is_(None),
        )
        with self._sessions() as session:
            return session.scalar(query.limit(1)) is not None

    def forget(self, conversation: str) -> int:
        """Delete the questions of a conversation, with what was said on them; return how many."""
        with self._sessions.begin() as session:
            of_it = Question.conversation == conversation
            gone = len(session.scalars(select(Question.id).where(of_it)).all())
            session.execute(delete(Question).where(of_it))
            return gone

    def forget_before(self, moment: datetime) -> int:
        """Delete questions left before `moment`, with what was said on them; return how many."""
        with self._sessions.begin() as session:
            old = Question.asked_at < moment
            gone = len(session.scalars(select(Question.id).where(old)).all())
            session.execute(delete(Question).where(old))
            return gone


def _awaited(session: Session, conversation: str) -> Question | None:
    return session.scalar(
        select(Question).where(
            Question.conversation == conversation, Question.status == QuestionStatus.AWAITED
        )
    )


def _by_code(session: Session, code: str) -> Question | None:
    return session.scalar(
        select(Question).where(Question.code == code, Question.status.in_(map(str, _SHOWN)))
    )


def _known(session: Session, code: str) -> Question:
    question = _by_code(session, code.upper())
    if question is None:
        raise QuestionError(f"Không có câu hỏi nào mang mã {code!r}")
    return question


def _free_code(session: Session) -> str:
    """A code that no question has; two minted at the same moment meet in the unique key."""
    for _ in range(_MINTINGS):
        code = mint_code()
        if session.scalar(select(Question.id).where(Question.code == code)) is None:
            return code
    raise QuestionError("Không cấp được mã câu hỏi; thử lại sau")
