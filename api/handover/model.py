"""The tables of questions that citizens leave, of what is said on them, and of take-overs.

No column holds a name, a phone or an identity number: texts are masked before they are stored, and
a conversation is known by a digest of its id alone.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from api.storage.model import Base, Moment

__all__ = ["Author", "Question", "QuestionMessage", "QuestionStatus", "TakeOver"]

# SQLite numbers rows by itself only in a column of its own INTEGER type.
_ROW_NUMBER = BigInteger().with_variant(Integer(), "sqlite")


class QuestionStatus(StrEnum):
    """How far a question is: its words are awaited, or it waits for officers, or it is done."""

    AWAITED = "awaited"
    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Author(StrEnum):
    """Who wrote a message of a thread."""

    CITIZEN = "citizen"
    OFFICER = "officer"


class Question(Base):
    """A question left for the officers; the citizen finds the answer under its code."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(_ROW_NUMBER, primary_key=True)
    code: Mapped[str] = mapped_column(String(6), unique=True)
    asked_at: Mapped[datetime] = mapped_column(Moment, index=True)
    channel: Mapped[str] = mapped_column(String(16))
    conversation: Mapped[str] = mapped_column(String(64), index=True)
    question: Mapped[str] = mapped_column(Text)
    procedure_code: Mapped[str | None] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(16), index=True)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[str | None] = mapped_column(String(128))
    delivered_at: Mapped[datetime | None] = mapped_column(Moment)


class QuestionMessage(Base):
    """What was said on a question while an officer had taken its conversation over."""

    __tablename__ = "question_messages"

    id: Mapped[int] = mapped_column(_ROW_NUMBER, primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("questions.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment)
    author: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    delivered_at: Mapped[datetime | None] = mapped_column(Moment)


class TakeOver(Base):
    """A conversation in which a person speaks instead of the assistant, and until when."""

    __tablename__ = "take_overs"

    id: Mapped[int] = mapped_column(_ROW_NUMBER, primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("questions.id", ondelete="CASCADE"), index=True
    )
    conversation: Mapped[str] = mapped_column(String(64), index=True)
    taken_by: Mapped[str] = mapped_column(String(128))
    since: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment)
    released_at: Mapped[datetime | None] = mapped_column(Moment)
    told_at: Mapped[datetime | None] = mapped_column(Moment)
