"""When a message is answered as a question although the classifier heard something else.

Nobody who asks for a procedure is sent away because a long story sounded like gossip; and in the
middle of a talk about a procedure «con út nó không lấy phần thì sao» is hardly ever a health
question. Bribery, fishing for data and abuse need more to be overruled than the rest.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from actions.intent import Intent
from actions.memory import Memory
from knowledge_base.answer.cues import AspectCues
from knowledge_base.search import SearchEngine
from knowledge_base.search.followup import words_of_its_own

__all__ = ["OVERRULING_FILE", "Overruling", "OverrulingRules", "load_overruling"]

OVERRULING_FILE = Path(__file__).parent / "overruling.yml"
Share = Annotated[float, Field(ge=0, le=1)]
_REPLIES = ("deny", "affirm")


class _Alone(BaseModel):
    """For a message that stands alone, and for what is strictly refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: Annotated[int, Field(ge=0)]
    trust: Share
    search: Share


class _Limits(BaseModel):
    """Within which a message is a question."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    own_words: Annotated[int, Field(ge=0)]
    trust: Share
    question: Share
    search: Share


class OverrulingRules(BaseModel):
    """The thresholds; see `overruling.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    strict: list[str]
    steering: list[str]
    never_a_choice: list[str]
    trust_in_choice: Share
    alone: _Alone
    in_talk: _Limits
    strict_in_talk: _Limits
    reply_in_talk: _Limits
    elliptic_in_talk: _Limits
    while_steering: _Limits


class Overruling:
    """Decides whether the classifier's word stands."""

    def __init__(self, engine: SearchEngine, cues: AspectCues, rules: OverrulingRules) -> None:
        """Take the search that is asked for its opinion, the words of aspects, the thresholds."""
        self._engine = engine
        self._cues = cues
        self._rules = rules

    def is_question(self, message: str, intent: Intent, memory: Memory) -> bool:
        """Tell whether a message whose intent is no question should be answered as one."""
        rules = self._rules
        unsure = intent.confidence < rules.trust_in_choice
        chooses = memory.candidate_kind == "procedure" and intent.name not in rules.never_a_choice
        if chooses and unsure:
            return True
        if intent.is_question:
            return False
        if memory.procedure_code and self._goes_on(message, intent):
            return True
        if intent.name in rules.steering and self._fits(message, intent, rules.while_steering):
            return True
        if intent.confidence >= rules.alone.trust or len(message.split()) < rules.alone.words:
            return False
        return self._off_topic(message) < rules.alone.search

    def reads_like_a_question(self, message: str, memory: Memory) -> bool:
        """Tell whether the search finds a procedure in it, whatever the classifier heard."""
        rules = self._rules
        limit = rules.in_talk.search if memory.procedure_code else rules.alone.search
        own = words_of_its_own(self._engine, message)
        return len(own) >= rules.in_talk.own_words and self._off_topic(message) < limit

    def _goes_on(self, message: str, intent: Intent) -> bool:
        """Tell whether the message goes on with what is spoken of."""
        rules = self._rules.in_talk
        named = bool(self._cues.find(message))
        if named and not words_of_its_own(self._engine, message):
            # «mất bao nhiêu» says no more than what it asks: nothing in it could be a bribe.
            rules = self._rules.elliptic_in_talk
        elif intent.name in self._rules.strict:
            rules = self._rules.strict_in_talk
        elif intent.name in _REPLIES:
            # «không, tôi nói cái máy chưa có biển cơ» denies, and asks.
            rules = self._rules.reply_in_talk
        return self._fits(message, intent, rules, named=named)

    def _fits(self, message: str, intent: Intent, rules: _Limits, *, named: bool = False) -> bool:
        """Tell whether the message is within `rules`; `named`: it says what is asked."""
        if intent.confidence > rules.trust or intent.question_chance < rules.question:
            return False
        says = len(words_of_its_own(self._engine, message)) >= rules.own_words
        return (says or named) and self._off_topic(message) < rules.search

    def _off_topic(self, message: str) -> float:
        return self._engine.decide(message).off_topic


def load_overruling(
    engine: SearchEngine, cues: AspectCues, path: Path = OVERRULING_FILE
) -> Overruling:
    """Read the thresholds.

    Raises:
        ValueError: a threshold is missing, unknown or out of range, naming it.
    """
    rules = OverrulingRules.model_validate(yaml.safe_load(path.read_text("utf-8")))
    return Overruling(engine, cues, rules)
