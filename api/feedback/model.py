"""The table of opinions."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, String
from sqlalchemy.orm import Mapped, mapped_column

from api.storage.model import Base

__all__ = ["OpinionRow"]


class OpinionRow(Base):
    """One opinion; the day, not the moment, so that it cannot be laid beside other records."""

    __tablename__ = "feedback"

    answer_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    given_on: Mapped[date] = mapped_column(Date, index=True)
    channel: Mapped[str] = mapped_column(String(16))
    useful: Mapped[bool]
    status: Mapped[str] = mapped_column(String(40))
    procedure_code: Mapped[str | None] = mapped_column(String(43), index=True)
    aspect: Mapped[str | None] = mapped_column(String(40))
    question: Mapped[str | None] = mapped_column(String(1000))
    reason: Mapped[str | None] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(String(500))
