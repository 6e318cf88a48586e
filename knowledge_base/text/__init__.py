"""Vietnamese text, the same for Rasa and for search. Standard library only, Python 3.10-clean."""

from knowledge_base.text.lexicon import Lexicon, load_lexicon
from knowledge_base.text.normalise import clean, fold, has_diacritics, normalise, place_tones
from knowledge_base.text.tokens import bigrams, protected_spans, words

__all__ = [
    "Lexicon",
    "bigrams",
    "clean",
    "fold",
    "has_diacritics",
    "load_lexicon",
    "normalise",
    "place_tones",
    "protected_spans",
    "words",
]
