"""Every way to answer the questions of a procedure, and which of its parts apply in each.

A procedure has at most five questions, so all combinations of answers (its worlds) can be listed.
A paper is certain when it applies in every world that fits the answers given so far, and possible
when it applies in some: this is exact, also where one question opens another or where several
conditions together cover every case.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from knowledge_base.procedure import Channel, ChannelKind, Procedure, Requirement, Step
from knowledge_base.situation import Question, Verdict

__all__ = ["Answers", "Narrowed", "Part", "Selection", "World", "Worlds"]

Answers = Mapping[str, str]
"""Question id → option id, or `UNKNOWN`."""

Narrowed = Mapping[str, Sequence[str]]
"""Question id → the options that are still open, where a message ruled out the others."""

Part = Requirement | Step | Channel

_NOT_ASKED = "(not asked)"
_KINDS = frozenset(str(kind) for kind in ChannelKind)


@dataclass(frozen=True)
class World:
    """One combination of answers; `asked` and `applies` are sets of positions, as bits."""

    chosen: tuple[str, ...]
    asked: int
    applies: int


@dataclass(frozen=True)
class Selection:
    """The worlds that fit what is known."""

    worlds: tuple[World, ...]
    certain: int
    possible: int
    surely_asked: int
    perhaps_asked: int

    def matters(self, question: int) -> bool:
        """Tell whether the answer to the question at this position still changes anything."""
        seen: dict[tuple[str, ...], int] = {}
        for world in self.worlds:
            others = world.chosen[:question] + world.chosen[question + 1 :]
            if seen.setdefault(others, world.applies) != world.applies:
                return True
        return False


class Worlds:
    """The worlds of one procedure."""

    def __init__(self, procedure: Procedure) -> None:
        """List them all."""
        self.questions: list[Question] = list(procedure.questions)
        self.parts: list[Part] = [
            *procedure.requirements,
            *procedure.steps,
            *procedure.channels,
        ]
        self._way = next((q for q in self.questions if _KINDS & {o.id for o in q.options}), None)
        self._always = sum(
            1 << position
            for position, part in enumerate(self.parts)
            if part.when is None and not isinstance(part, Channel)
        )
        options = [[option.id for option in question.options] for question in self.questions]
        self._all = {chosen: self._world(chosen) for chosen in product(*options)}

    def select(self, answers: Answers, narrowed: Narrowed | None = None) -> Selection:
        """The worlds that fit `answers`; an answer that names no option of today is ignored."""
        still_open = (self._open(q, answers, narrowed or {}) for q in self.questions)
        worlds = tuple(self._all[chosen] for chosen in product(*still_open))
        certain = surely_asked = -1
        possible = perhaps_asked = 0
        for world in worlds:
            certain, possible = certain & world.applies, possible | world.applies
            surely_asked, perhaps_asked = surely_asked & world.asked, perhaps_asked | world.asked
        return Selection(worlds, certain, possible, surely_asked, perhaps_asked)

    @staticmethod
    def _open(question: Question, answers: Answers, narrowed: Narrowed) -> list[str]:
        every = [option.id for option in question.options]
        answer = answers.get(question.id)
        if answer in every:
            return [answer]
        kept = set(narrowed.get(question.id, ()))
        return [option for option in every if option in kept] or every

    def _world(self, chosen: tuple[str, ...]) -> World:
        situation: dict[str, str] = {}
        asked = 0
        for position, (question, option) in enumerate(zip(self.questions, chosen, strict=True)):
            if question.when is None or question.when.verdict(situation) == Verdict.YES:
                situation[question.id] = option
                asked |= 1 << position
            else:
                situation[question.id] = _NOT_ASKED
        return World(chosen, asked, self._always | self._applying(situation))

    def _applying(self, situation: Answers) -> int:
        applying = channels = chosen_channels = 0
        for position, part in enumerate(self.parts):
            if part.when is not None and part.when.verdict(situation) != Verdict.YES:
                continue
            if not isinstance(part, Channel):
                applying |= 1 << position
                continue
            channels |= 1 << position
            if self._fits_way(str(part.channel), situation):
                chosen_channels |= 1 << position
        return applying | (chosen_channels or channels)

    def _fits_way(self, kind: str, situation: Answers) -> bool:
        """Tell whether this is the way to file that the citizen chose, where that is asked."""
        if self._way is None:
            return True
        way = situation[self._way.id]
        if way in _KINDS:
            return way == kind
        return way == _NOT_ASKED or kind not in {option.id for option in self._way.options}
