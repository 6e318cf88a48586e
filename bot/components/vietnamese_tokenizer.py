"""A tokenizer for Vietnamese: normalised words, codes kept whole, compounds by underthesea.

The text of a token is written out (teencode, abbreviations) and, if asked, without diacritics;
its offsets are those in the message as typed. The lexicon and the normalisation are those of the
search (`knowledge_base.text`), so that both read a message alike.
"""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from knowledge_base.text import Lexicon, fold, load_lexicon, protected_spans

# A letter with its accents apart (NFD) is one letter.
_LETTERS = r"[^\W_](?:[^\W_]|[\u0300-\u036f])*"
_WORD = re.compile(rf"{_LETTERS}(?:/{_LETTERS})*")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class VietnameseTokenizer(Tokenizer):
    """Splits Vietnamese messages into tokens."""

    @staticmethod
    def supported_languages() -> list[str]:
        """Only Vietnamese."""
        return ["vi"]

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed."""
        return ["underthesea"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The component's default configuration."""
        return {
            # Join syllables into words with underthesea; otherwise a token is a syllable.
            "segment": True,
            # Drop the diacritics of the token texts.
            "fold": True,
            # The base class may split intents and tokens further; this one does not.
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
        }

    def __init__(self, config: dict[str, Any], lexicon: Lexicon) -> None:
        """Take the configuration and the lexicon of abbreviations."""
        super().__init__(config)
        self._segment = config["segment"]
        self._fold = config["fold"]
        self._lexicon = lexicon

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VietnameseTokenizer:
        """Create the component (see the base class)."""
        return cls(config, load_lexicon())

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Tokens of `attribute`, offsets in the text as typed; none for a text without words."""
        text = str(message.get(attribute))
        tokens = [
            Token(self._write(text[start:end]), start, end) for start, end in self._spans(text)
        ]
        # Rasa needs one token at least to build features.
        return tokens or [Token(text or " ", 0, max(len(text), 1))]

    def _write(self, word: str) -> str:
        written = self._lexicon.rewrite(word) or word
        return fold(written) if self._fold else written

    def _spans(self, text: str) -> list[tuple[int, int]]:
        protected = protected_spans(text)
        spans = [
            match.span()
            for match in _WORD.finditer(text)
            if not any(start <= match.start() < end for start, end in protected)
        ]
        if self._segment:
            spans = _join_compounds(text, spans)
        return sorted([*protected, *spans])


def _join_compounds(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge neighbouring syllables that underthesea takes for one word."""
    from underthesea import word_tokenize

    joined: list[tuple[int, int]] = []
    position = 0
    for word in word_tokenize(" ".join(text[start:end] for start, end in spans)):
        count = len(word.split())
        part = spans[position : position + count]
        # underthesea may split or drop odd characters; then the syllables stay as they are.
        if count > 1 and len(part) == count and part[-1][1] - part[0][0] < 60:
            joined.append((part[0][0], part[-1][1]))
        else:
            joined += part
        position += count
    return joined + spans[position:]
