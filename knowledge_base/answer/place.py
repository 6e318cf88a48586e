"""What is said of a commune: what it is now, which level that is, and where its office lies."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.answer.aspect import Aspect
from knowledge_base.answer.blocks import (
    Answer,
    Block,
    Choice,
    Contact,
    Heading,
    Paragraph,
    SourceNote,
    Status,
)
from knowledge_base.answer.texts import Texts
from knowledge_base.places import Match, OfficeBook, Unit
from knowledge_base.procedure import Level, Procedure

__all__ = ["PlaceComposer"]

_MOST_CHOICES = 4
_MOST_NAMES = 6


class PlaceComposer:
    """Turns the communes that a name stands for into Answers; nothing is made up for an office."""

    def __init__(self, texts: Texts, offices: OfficeBook) -> None:
        """Take the fixed texts and the offices that provinces gave."""
        self._texts = texts
        self._offices = offices

    def answer(self, matches: Sequence[Match]) -> Answer:
        """Tell of one commune, or ask which of several is meant."""
        if len(matches) > 1:
            return self._which(matches)
        name = str(matches[0].old or matches[0].now[0])
        return Answer(
            status=Status.ANSWERED_PLACE,
            aspect=Aspect.WHERE,
            blocks=[Heading(text=name), *self.lines(matches)],
            sources=[self._source()],
        )

    def beside(self, answer: Answer, procedure: Procedure, matches: Sequence[Match]) -> Answer:
        """The answer about a procedure, and under it the line for the citizen's commune."""
        blocks = [*answer.blocks, *self.lines(matches, procedure)]
        return answer.model_copy(
            update={"blocks": blocks, "sources": [*answer.sources, self._source()]}
        )

    def lines(self, matches: Sequence[Match], procedure: Procedure | None = None) -> list[Block]:
        """What the name stands for now, and the office there where it may receive the dossier."""
        phrases = self._texts.phrases
        if len(matches) > 1:
            names = [_name(match) for match in matches[:_MOST_NAMES]]
            if len(matches) > _MOST_NAMES:
                names.append(phrases["place_more"])
            return [Paragraph(text=phrases["place_many"].format(names="; ".join(names)))]
        match = matches[0]
        said: list[Block] = [Paragraph(text=self._now(match))]
        if procedure and procedure.levels and Level.COMMUNE not in procedure.levels:
            return [*said, Paragraph(text=phrases["place_elsewhere"])]
        for unit in match.now:
            said += self._office(unit)
        return said

    def _now(self, match: Match) -> str:
        phrases = self._texts.phrases
        units = "; ".join(str(unit) for unit in match.now)
        if match.old is None:
            return phrases["place_today"].format(unit=units)
        if not match.now:
            return phrases["place_unknown"].format(old=match.old)
        key = "place_divided" if len(match.now) > 1 else "place_now"
        return phrases[key].format(old=match.old, unit=units)

    def _office(self, unit: Unit) -> list[Block]:
        phrases = self._texts.phrases
        offices = self._offices.of(unit)
        if not offices:
            name = unit.name[:1].lower() + unit.name[1:]
            return [Paragraph(text=phrases["place_office_unknown"].format(unit=name))]
        return [
            Contact(
                name=office.name,
                phone=office.phone or None,
                note=". ".join(
                    part
                    for part in (
                        office.address,
                        office.hours,
                        phrases["place_source"].format(text=office.source) if office.source else "",
                    )
                    if part
                ),
            )
            for office in offices
        ]

    def _which(self, matches: Sequence[Match]) -> Answer:
        phrases = self._texts.phrases
        names = [_name(match) for match in matches[:_MOST_CHOICES]]
        return Answer(
            status=Status.CLARIFICATION,
            aspect=Aspect.WHERE,
            blocks=[Paragraph(text=phrases["place_which"])],
            choices=[
                Choice(label=name, message=phrases["place_ask"].format(name=name)) for name in names
            ],
        )

    def _source(self) -> SourceNote:
        return SourceNote(text=self._texts.phrases["place_table"])


def _name(match: Match) -> str:
    return str(match.old or match.now[0])
