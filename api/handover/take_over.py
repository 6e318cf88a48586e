"""Conversations in which an officer speaks instead of the assistant, and what is said there."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from api.errors import QuestionError
from api.handover.model import Author, Question, QuestionMessage, QuestionStatus, TakeOver
from api.private_text import covered

__all__ = ["TakeOvers"]


class TakeOvers:
    """Takes conversations over by the code of a question, and gives them back."""

    def __init__(self, engine: Engine, now: Callable[[], datetime], limit: timedelta) -> None:
        """Take an opened database, a clock, and how long the assistant is silent at most."""
        self._sessions = sessionmaker(engine, expire_on_commit=False)
        self._now = now
        self._limit = limit

    def take(self, code: str, by: str) -> TakeOver:
        """Silence the assistant in the conversation of this question; once more begins anew.

        Raises:
            QuestionError: there is no such question, or it is closed.
        """
        with self._sessions.begin() as session:
            question = _open_question(session, code)
            now = self._now()
            taken = _active(session, question.conversation, now)
            if taken is None:
                taken = TakeOver(
                    question_id=question.id,
                    conversation=question.conversation,
                    taken_by=by,
                    since=now,
                    until=now + self._limit,
                )
                session.add(taken)
            taken.taken_by, taken.until = by, now + self._limit
            return taken

    def release(self, code: str) -> None:
        """Let the assistant speak again.

        Raises:
            QuestionError: there is no such question, or nobody has taken it over.
        """
        with self._sessions.begin() as session:
            question = _question(session, code)
            taken = _active(session, question.conversation, self._now())
            if taken is None:
                raise QuestionError(f"Cuộc trò chuyện của {question.code} không có ai tiếp quản")
            taken.released_at = self._now()

    def say(self, code: str, text: str, *, keep: Collection[str] = ()) -> str:
        """Write to the citizen of a conversation that was taken over; the time limit begins anew.

        Returns:
            What was stored: `text`, masked but for what `keep` holds.

        Raises:
            QuestionError: there is no such question, nobody took it over, or `text` is empty.
        """
        if not text.strip():
            raise QuestionError("Tin nhắn đang để trống")
        with self._sessions.begin() as session:
            question = _question(session, code)
            now = self._now()
            taken = _active(session, question.conversation, now)
            if taken is None:
                raise QuestionError(
                    f"Hãy tiếp quản trước: motcua questions take {question.code} --by TÊN"
                )
            taken.until = now + self._limit
            masked = covered(text, keep=keep)
            session.add(_message(taken, now, Author.OFFICER, masked))
            return masked

    def hear(self, conversation: str, text: str) -> bool | None:
        """Keep what the citizen says for the officer who took `conversation` over.

        Returns:
            None where nobody did; else whether the citizen is still to be told so.
        """
        with self._sessions() as session:
            if _active(session, conversation, self._now()) is None:
                return None
        with self._sessions.begin() as session:
            now = self._now()
            taken = _active(session, conversation, now)
            if taken is None:
                return None
            session.add(_message(taken, now, Author.CITIZEN, covered(text)))
            untold = taken.told_at is None
            taken.told_at = taken.told_at or now
            return untold

    def take_new_messages(self, conversation: str) -> list[str]:
        """Return what officers wrote and `conversation` was not shown, and count it as shown."""
        query = (
            select(QuestionMessage)
            .join(Question)
            .where(
                Question.conversation == conversation,
                QuestionMessage.author == str(Author.OFFICER),
                QuestionMessage.delivered_at.is_(None),
            )
            .order_by(QuestionMessage.id)
        )
        with self._sessions.begin() as session:
            found = list(session.scalars(query))
            for message in found:
                message.delivered_at = self._now()
            return [message.text for message in found]

    def has_new_messages(self, channel: str) -> bool:
        """Tell whether a message of an officer waits in any conversation of `channel`."""
        query = (
            select(QuestionMessage.id)
            .join(Question)
            .where(
                Question.channel == channel,
                QuestionMessage.author == str(Author.OFFICER),
                QuestionMessage.delivered_at.is_(None),
            )
        )
        with self._sessions() as session:
            return session.scalar(query.limit(1)) is not None

    def thread(self, code: str) -> list[QuestionMessage]:
        """Return what was said on a question, the oldest first.

        Raises:
            QuestionError: there is no such question.
        """
        with self._sessions() as session:
            question = _question(session, code)
            query = select(QuestionMessage).where(QuestionMessage.question_id == question.id)
            return list(session.scalars(query.order_by(QuestionMessage.id)))

    def taken_by(self, code: str) -> TakeOver | None:
        """Return who speaks in the conversation of this question now; None where nobody does.

        Raises:
            QuestionError: there is no such question.
        """
        with self._sessions() as session:
            return _active(session, _question(session, code).conversation, self._now())


def _active(session: Session, conversation: str, now: datetime) -> TakeOver | None:
    return session.scalar(
        select(TakeOver).where(
            TakeOver.conversation == conversation,
            TakeOver.released_at.is_(None),
            TakeOver.until > now,
        )
    )


def _message(taken: TakeOver, at: datetime, author: Author, text: str) -> QuestionMessage:
    return QuestionMessage(question_id=taken.question_id, at=at, author=author, text=text)


def _question(session: Session, code: str) -> Question:
    question = session.scalar(
        select(Question).where(
            Question.code == code.upper(), Question.status != str(QuestionStatus.AWAITED)
        )
    )
    if question is None:
        raise QuestionError(f"Không có câu hỏi nào mang mã {code!r}")
    return question


def _open_question(session: Session, code: str) -> Question:
    question = _question(session, code)
    if question.status == QuestionStatus.CLOSED:
        raise QuestionError(f"Câu hỏi {question.code} đã đóng")
    return question
