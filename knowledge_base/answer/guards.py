"""Messages that are plainly a bribe, a search for somebody's data, or a cry for help.

They are known by their words, before any classifier: these must not slip through.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from knowledge_base.answer.phrases import names_one
from knowledge_base.text import Lexicon, has_diacritics, load_lexicon, normalise
from knowledge_base.text import fold as without_diacritics

__all__ = ["GUARDS_FILE", "Guard", "Guards", "load_guards"]

GUARDS_FILE = Path(__file__).parent / "guards.yml"
_GAP = 4
_PLAIN_FROM = 3


class Guard(BaseModel):
    """Words that speak for one reply, and words beside which they do not."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: list[str]
    unless: list[str] = []


class GuardRules(BaseModel):
    """The file: guards by the key of their reply in the texts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    emergency_sure: Annotated[float, Field(ge=0, le=1)]
    guards: dict[str, Guard]


class Guards:
    """Finds the guard that a message calls for."""

    def __init__(self, rules: GuardRules, lexicon: Lexicon) -> None:
        """Take the rules, and the lexicon that writes out abbreviations."""
        self._rules = rules
        self._lexicon = lexicon

    @property
    def emergency_sure(self) -> float:
        """How sure the classifier must be of an emergency to say nothing else."""
        return self._rules.emergency_sure

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the replies that guards call for."""
        return frozenset(self._rules.guards)

    def find(self, message: str) -> str | None:
        """The key of the reply that `message` calls for by its words; None for most."""
        text = self._lexicon.rewrite(message)
        if not has_diacritics(normalise(message)):
            text = without_diacritics(text)
        for key, guard in self._rules.guards.items():
            named = names_one(text, guard.words, gap=_GAP, plain_from=_PLAIN_FROM)
            if named and not names_one(text, guard.unless, gap=_GAP):
                return key
        return None


def load_guards(path: Path = GUARDS_FILE) -> Guards:
    """Read the guards.

    Raises:
        ValueError: an entry is not of the form, naming it.
    """
    rules = GuardRules.model_validate(yaml.safe_load(path.read_text("utf-8")))
    return Guards(rules, load_lexicon())
