"""What happens to a message when a person should answer it; the bot is not asked then.

A citizen who asks for it is asked for the question, and gets a code; under the code, or in the
same conversation, the answer of an officer is found. In a conversation that an officer has taken
over, everything goes to the officer.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from api.handover.book import QuestionBook
from api.handover.codes import read_code
from api.handover.model import Question, QuestionStatus
from api.handover.office import Office
from api.handover.take_over import TakeOvers
from api.handover.texts import HandOverTexts
from api.rate_limit import GuessLimiter
from knowledge_base.answer import Answer, AnswerComposer, Status
from knowledge_base.answer.blocks import Block, File, Heading, Paragraph
from knowledge_base.text import fold, normalise

__all__ = ["QUESTIONS_PATH", "Reception", "conversation_key"]

QUESTIONS_PATH = "/hoi-dap"
_LONGEST_CUE = 60


def conversation_key(sender: str) -> str:
    """Return a digest of the conversation's id: it finds the conversation, and opens none."""
    return hashlib.sha256(f"conversation {sender}".encode()).hexdigest()


@dataclass(frozen=True)
class Reception:
    """Receives messages before the bot does, and looks at the bot's answers after it."""

    book: QuestionBook
    take_overs: TakeOvers
    office: Office
    texts: HandOverTexts
    composer: AnswerComposer
    guesses: GuessLimiter

    def receive(self, sender: str, text: str, channel: str, client: str) -> Answer | None:
        """Answer `text` in place of the bot; None where the bot is to answer.

        Args:
            sender: the conversation's id.
            text: what was typed, clean.
            channel: web, api, zalo …
            client: whatever tells clients apart, to count their guesses at codes.
        """
        key = conversation_key(sender)
        if self.book.knows(key):
            if (untold := self.take_overs.hear(key, text)) is not None:
                said = self.texts.taken if untold else []
                return _answer(Status.HANDED_OVER_TAKEN, said)
            if self.book.is_awaited(key):
                return self._leave(key, text)
        if (code := read_code(text)) is not None:
            return self._look_up(code, key, client)
        if self._asks_to_leave(text):
            return self._await_question(key, channel)
        return None

    def awaits(self, sender: str) -> bool:
        """Tell whether the next message of this conversation is a question to leave."""
        return self.book.is_awaited(conversation_key(sender))

    def complete(self, sender: str, channel: str, answer: Answer) -> Answer:
        """Add to the bot's answer what only the gateway knows: hours, and that a question comes."""
        if answer.status == Status.HANDED_OVER_ASK:
            self.book.await_question(conversation_key(sender), channel)
        if answer.status != Status.HANDED_OVER:
            return answer
        opening = self.office.opening()
        said: list[Block] = [Paragraph(text=opening)] if opening else []
        return answer.model_copy(update={"blocks": [*answer.blocks, *said]})

    def news(self, sender: str) -> Answer | None:
        """Return what officers wrote to this conversation and it was not shown yet."""
        key = conversation_key(sender)
        if not self.book.knows(key):
            return None
        blocks: list[Block] = []
        messages = self.take_overs.take_new_messages(key)
        if messages:
            blocks.append(Heading(text=self.texts.officer_says))
            blocks += [Paragraph(text=message) for message in messages]
        for question in self.book.take_new_answers(key):
            blocks += self._answer_blocks(question)
        return Answer(status=Status.HANDED_OVER_ANSWER, blocks=blocks) if blocks else None

    def has_news(self, channel: str) -> bool:
        """Tell whether officers wrote to a conversation of `channel` what was not shown yet."""
        return self.book.has_new_answers(channel) or self.take_overs.has_new_messages(channel)

    def name_procedure(self, sender: str, procedure_code: str | None) -> None:
        """Note which procedure was spoken of when the question was left."""
        self.book.name_procedure(conversation_key(sender), procedure_code)

    def _await_question(self, key: str, channel: str) -> Answer:
        self.book.await_question(key, channel)
        return self.composer.reply("leave_question")

    def _leave(self, key: str, text: str) -> Answer:
        if _plain(text) in self.texts.cancel_cues:
            self.book.forget_awaited(key)
            return _answer(Status.ANSWERED_SOCIAL, self.texts.cancelled)
        question = self.book.leave(key, text)
        said = [line.format(code=question.code) for line in self.texts.left]
        opening = self.office.opening()
        link = File(text=self.texts.page_link, href=f"{QUESTIONS_PATH}/{question.code}")
        answer = _answer(Status.HANDED_OVER_LEFT, [*said, *([opening] if opening else [])])
        return answer.model_copy(update={"blocks": [*answer.blocks, link]})

    def _look_up(self, code: str, key: str, client: str) -> Answer:
        if not self.guesses.allows(key, client):
            return _answer(Status.ERROR_TOO_MANY, [self.texts.too_many])
        question = self.book.find(code)
        if question is None:
            self.guesses.count(key, client)
            unknown = self.texts.unknown_code.format(code=code)
            return _answer(Status.UNANSWERABLE_QUESTION_CODE, [unknown])
        return Answer(status=Status.HANDED_OVER_ANSWER, blocks=self._answer_blocks(question))

    def _answer_blocks(self, question: Question) -> list[Block]:
        texts = self.texts
        asked = Paragraph(text=texts.asked.format(question=question.question))
        if question.answer:
            heading = Heading(text=texts.answer_heading.format(code=question.code))
            lines = [line for line in question.answer.splitlines() if line.strip()]
            return [heading, asked, *(Paragraph(text=line) for line in lines)]
        closed = question.status == QuestionStatus.CLOSED
        state = texts.closed if closed else texts.waiting
        return [Paragraph(text=state.format(code=question.code)), asked]

    def _asks_to_leave(self, text: str) -> bool:
        plain = _plain(text)
        if len(plain) > _LONGEST_CUE:
            return False
        return any(cue in plain for cue in self.texts.leave_cues)


def _answer(status: Status, said: list[str]) -> Answer:
    return Answer(status=status, blocks=[Paragraph(text=line) for line in said])


def _plain(text: str) -> str:
    return fold(normalise(text)).strip(" .,!?").replace(",", "")
