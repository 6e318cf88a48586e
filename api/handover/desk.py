"""Put the hand-over together from the settings: questions, take-overs, the reception."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from api.handover.book import QuestionBook
from api.handover.office import Office
from api.handover.reception import Reception
from api.handover.take_over import TakeOvers
from api.handover.texts import HandOverTexts, load_hand_over_texts
from api.rate_limit import GuessLimiter
from api.settings import Settings
from knowledge_base.answer import AnswerComposer
from knowledge_base.calendar import load_calendar

__all__ = ["HandOver", "build_hand_over", "build_take_overs", "forget_old_questions"]

logger = logging.getLogger(__name__)

_BETWEEN_ROUNDS = 3600.0


@dataclass(frozen=True)
class HandOver:
    """Everything of the hand-over that routes and commands use."""

    book: QuestionBook
    take_overs: TakeOvers
    reception: Reception
    guesses: GuessLimiter
    texts: HandOverTexts


def build_hand_over(
    settings: Settings, engine: Engine, composer: AnswerComposer, now: Callable[[], datetime]
) -> HandOver:
    """Build it on an opened database."""
    texts = load_hand_over_texts(address=settings.form_of_address)
    book = QuestionBook(engine, now)
    take_overs = build_take_overs(settings, engine, now)
    office = Office(settings.office_hours, load_calendar(), texts, now)
    guesses = GuessLimiter()
    reception = Reception(book, take_overs, office, texts, composer, guesses)
    return HandOver(book, take_overs, reception, guesses, texts)


def build_take_overs(settings: Settings, engine: Engine, now: Callable[[], datetime]) -> TakeOvers:
    """Build the take-overs alone, for the commands."""
    return TakeOvers(engine, now, timedelta(minutes=settings.take_over_minutes))


async def forget_old_questions(
    book: QuestionBook, days: int, now: Callable[[], datetime], seconds: float = _BETWEEN_ROUNDS
) -> None:
    """Delete questions older than `days`, every `seconds`, until cancelled."""
    while True:
        try:
            gone = await asyncio.to_thread(book.forget_before, now() - timedelta(days=days))
            if gone:
                logger.info("questions.forgotten count=%d", gone)
        except SQLAlchemyError:
            logger.exception("questions.not_forgotten")
        await asyncio.sleep(seconds)
