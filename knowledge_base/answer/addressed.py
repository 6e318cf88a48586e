"""An Answer of the bot, which says «bạn», as it is said to a citizen who is addressed otherwise."""

from __future__ import annotations

from pydantic import BaseModel

from knowledge_base.answer.blocks import (
    Answer,
    Block,
    Contact,
    DossierBlock,
    Facts,
    FormBlock,
    Status,
)
from knowledge_base.form_of_address import FormOfAddress

__all__ = ["addressed"]

# Names, numbers and what agencies wrote.
_NOT_OURS = (Contact, DossierBlock, FormBlock)


def addressed(answer: Answer, address: FormOfAddress) -> Answer:
    """Return the answer with `address` in our own words.

    Choices are what the citizen says to the assistant, sources are named as they are, and a
    dossier is shown in the words of its agency. What an officer wrote stays whole.
    """
    if address is FormOfAddress.BAN or answer.status == Status.HANDED_OVER_ANSWER:
        return answer
    quoted: tuple[type[BaseModel], ...] = _NOT_OURS
    if answer.status == Status.ANSWERED_DOSSIER:
        quoted = (*_NOT_OURS, Facts)
    blocks: list[Block] = [
        block if isinstance(block, quoted) else address.throughout(block, besides=("href",))
        for block in answer.blocks
    ]
    return answer.model_copy(update={"blocks": blocks})
