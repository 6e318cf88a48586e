"""Answers: channel-neutral blocks, composed from the catalogue and from fixed texts alone."""

from knowledge_base.answer.blocks import (
    Answer,
    Block,
    Choice,
    SourceNote,
    Status,
)
from knowledge_base.answer.compose import AnswerComposer
from knowledge_base.answer.listing import ListingComposer
from knowledge_base.answer.plain import FORM_PATH, block_text, plain_text
from knowledge_base.answer.texts import Texts, load_texts

__all__ = [
    "FORM_PATH",
    "Answer",
    "AnswerComposer",
    "Block",
    "Choice",
    "ListingComposer",
    "SourceNote",
    "Status",
    "Texts",
    "block_text",
    "load_texts",
    "plain_text",
]
