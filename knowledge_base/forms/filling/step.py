"""One step of filling in a form: what was said changes the draft, and there is something to say.

Nothing here is a channel's: the chat and the page both take their steps here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge_base.forms.filling.draft import BLANK, Draft
from knowledge_base.forms.filling.questions import Question
from knowledge_base.forms.filling.replies import Said, Wish
from knowledge_base.forms.filling.texts import phrase
from knowledge_base.forms.messages import ValueRefusedError
from knowledge_base.forms.model import AddressKind, FieldType
from knowledge_base.forms.old_addresses import new_addresses
from knowledge_base.forms.values import read_date
from knowledge_base.forms.words import date_in_words

__all__ = ["Step", "help_lines", "take_step"]

_MOST_OFFERED = 6
_LONGEST_ADDRESS = 1000


@dataclass(frozen=True)
class Step:
    """The draft after a message, and what to say of it before the next question.

    `refused` says why a value was not taken; `proposals` are addresses of today for an old one;
    `which` are the questions that a correction may have meant.
    """

    draft: Draft
    remarks: tuple[str, ...] = ()
    refused: str | None = None
    proposals: tuple[str, ...] = ()
    which: tuple[Question, ...] = ()


def take_step(draft: Draft, said: Said, today: date) -> Step:
    """Apply what was said. Stopping, making the file and other talk are the channel's."""
    if said.wish == Wish.CORRECT:
        return _correct(draft, said, today)
    if said.wish == Wish.BACK:
        before = draft.back()
        return Step(before, () if before is not draft else (phrase("first_question"),))
    question = draft.open
    if question is None:
        return Step(draft)
    match said.wish:
        case Wish.VALUE:
            return _answer(draft, question, said.text, today)
        case Wish.SKIP:
            return _skip(draft, question)
        case Wish.SKIP_SECTION:
            return _skip_section(draft, question)
        case Wish.UNKNOWN:
            return _unknown(draft, question)
        case Wish.KEEP:
            if question.key not in draft.given:
                return Step(draft, (phrase("nothing_to_keep"),))
            return Step(draft.kept(), (phrase("kept"),))
        case Wish.HELP:
            return Step(draft, tuple(help_lines(question)))
        case Wish.MAKE:
            # Not made yet: what was left out is shown first.
            return Step(draft.with_rest_blank())
        case _:
            return Step(draft)


def help_lines(question: Question) -> list[str]:
    """Everything that is known of how to write a field, where to find it, what goes wrong."""
    field = question.field
    lines = [phrase("by_help", explain=question.explain)] if question.explain else []
    if question.row is None and field.find:
        lines.append(phrase("find", find=field.find))
    return lines + [phrase("mistake", mistake=mistake) for mistake in field.mistakes]


def _answer(draft: Draft, question: Question, text: str, today: date) -> Step:
    try:
        line = draft.written(text, today)
    except ValueRefusedError as error:
        return Step(draft, refused=str(error), proposals=_proposals(question, text, today))
    if not line:
        return Step(draft, refused=phrase("empty", draft.address))
    after = draft.with_answer(line)
    remarks = [] if question.opens_row else [phrase("written", text=line)]
    if words := _in_words(draft, question, line):
        remarks.append(phrase("words", text=words))
    known = {fault.message for fault in draft.contradictions(today)}
    remarks += [f.message for f in after.contradictions(today) if f.message not in known]
    return Step(after, tuple(remarks))


def _proposals(question: Question, text: str, today: date) -> tuple[str, ...]:
    entry = question.entry
    if entry.type != FieldType.ADDRESS or entry.rules.address != AddressKind.NEW:
        return ()
    if len(text) > _LONGEST_ADDRESS:
        return ()
    return tuple(new_addresses(text, today)[:_MOST_OFFERED])


def _in_words(draft: Draft, question: Question, line: str) -> str | None:
    day = read_date(line)
    has_words = any(field.words_of == question.key for field in draft.form.fields)
    return date_in_words(day) if day and has_words else None


def _skip(draft: Draft, question: Question) -> Step:
    if question.opens_row:
        return Step(draft.with_answer(phrase("no")))
    name = "left_blank_required" if question.required else "left_blank"
    return Step(draft.with_answer(BLANK), (phrase(name, draft.address, label=question.label),))


def _skip_section(draft: Draft, question: Question) -> Step:
    if any(other.required for other in draft.rest_of_section):
        return _skip(draft, question)
    remark = phrase("left_section", section=question.section.title)
    return Step(draft.with_section_blank(), (remark,))


def _unknown(draft: Draft, question: Question) -> Step:
    """Say how and where to find it, and leave it for later."""
    skipped = _skip(draft, question)
    return Step(skipped.draft, (*help_lines(question), *skipped.remarks))


def _correct(draft: Draft, said: Said, today: date) -> Step:
    if not said.keys:
        return Step(draft, (phrase("not_found", draft.address, label=said.text[:60]),))
    found = [question for question in draft.settled if question.key in said.keys]
    if not found:
        return Step(draft)
    if len(found) > 1:
        return Step(draft, (phrase("which", draft.address),), which=tuple(found[:_MOST_OFFERED]))
    again = draft.reopen(found[0].key)
    return _answer(again, found[0], said.text, today) if said.text else Step(again)
