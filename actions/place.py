"""The commune that a message names: what it is now, and its line under «where»."""

from __future__ import annotations

import logging

from actions.memory import Memory
from actions.services import Services
from knowledge_base.answer import Answer, Status
from knowledge_base.answer.aspect import Aspect
from knowledge_base.errors import PlaceDataError
from knowledge_base.places import Mention, find_mention
from knowledge_base.procedure import Procedure
from knowledge_base.search import content_words

__all__ = ["asks_nothing_else", "mentioned", "tell_unit", "with_place", "without_place"]

logger = logging.getLogger(__name__)


def mentioned(message: str) -> Mention | None:
    """The commune named in `message`; None where there is none, or no table of communes."""
    try:
        return find_mention(message)
    except PlaceDataError as error:
        logger.error("places.unavailable reason=%s", error)
        return None


def tell_unit(services: Services, message: str, memory: Memory) -> tuple[Answer, Memory] | None:
    """Answer «xã X cũ giờ thuộc xã nào» and «xã X» alone, whatever the intent; else None.

    The name alone, after a procedure, asks where to hand in there.
    """
    mention = mentioned(message)
    if mention is None or (mention.rest and not mention.asks_unit):
        return None
    procedure = services.catalogue.find(memory.procedure_code or "")
    if mention.asks_unit or procedure is None:
        return services.places.answer(mention.matches), memory
    answer = services.composer.answer(procedure, [Aspect.WHERE])
    return with_place(services, answer, procedure, message), Memory(procedure.code, Aspect.WHERE)


def without_place(message: str) -> str:
    """The message as it is searched with: the name of a commune says nothing of a procedure."""
    mention = mentioned(message)
    return mention.topic or message if mention else message


def asks_nothing_else(services: Services, rest: str) -> bool:
    """Whether what is left of a message beside the place and its office names no topic."""
    return not rest or not content_words(services.engine, rest)


def with_place(services: Services, answer: Answer, procedure: Procedure, message: str) -> Answer:
    """An answer that says where to hand in, with the line for the commune that was named."""
    mention = mentioned(message)
    if mention is None or answer.status not in (Status.ANSWERED, Status.ANSWERED_NAME_ONLY):
        return answer
    return services.places.beside(answer, procedure, mention.matches)
