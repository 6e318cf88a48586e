"""The conversations that are filling in a form: answers in memory, forgotten when it is done.

Nothing of it is logged, stored, or sent to Rasa; see docs/adr/0005. The texts are the library's,
the steps are `knowledge_base.forms.filling`; here is only who is filling what, and until when.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from api.form_filling.files import FinishedFiles
from api.form_filling.printing import FORMATS, print_draft
from knowledge_base.answer import FORM_PATH, Answer
from knowledge_base.answer.filling import FillingComposer
from knowledge_base.form_of_address import FormOfAddress
from knowledge_base.forms import FormLibrary, RenderingError
from knowledge_base.forms.filling import Draft, Step, Wish, phrase, read_message, take_step

__all__ = ["PAGE_PATH", "FillingDesk", "forget_idle_fillings"]

logger = logging.getLogger(__name__)

PAGE_PATH = f"{FORM_PATH}/dien"
_COVER = "•••"
_SHORTEST_COVERED = 4
_REMEMBERED_ENDS = 10_000
_BETWEEN_ROUNDS = 30.0


@dataclass(repr=False)
class _Session:
    """One conversation's form. `shown` is what the page shows again when it is loaded anew."""

    draft: Draft
    until: datetime
    shown: Answer
    proposals: tuple[str, ...] = ()
    offered: frozenset[str] = frozenset()
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class FillingDesk:
    """Starts, continues and ends the filling of forms, one a conversation."""

    def __init__(
        self,
        forms: FormLibrary,
        files: FinishedFiles,
        now: Callable[[], datetime],
        *,
        minutes: int = 30,
        most: int = 1000,
        address: FormOfAddress = FormOfAddress.BAN,
    ) -> None:
        """Take the forms, where files go, a clock, and the limits: idle minutes and sessions."""
        self._forms = forms
        self._now = now
        self._idle = timedelta(minutes=minutes)
        self._most = most
        self._address = address
        self._composer = FillingComposer(address)
        self._sessions: OrderedDict[str, _Session] = OrderedDict()
        self._ended: OrderedDict[str, Answer] = OrderedDict()
        self._expired: OrderedDict[str, str] = OrderedDict()
        self.files = files

    def __len__(self) -> int:
        self.forget_idle()
        return len(self._sessions)

    def __repr__(self) -> str:
        return f"FillingDesk({len(self._sessions)} sessions)"

    def start(self, sender: str, form_id: str) -> Answer:
        """Begin to fill in a form.

        Raises:
            UnknownFormError: there is no such form.
        """
        form = self._forms.get(form_id)
        self.forget_idle()
        page = PAGE_PATH.format(form=form.id)
        if len(self._sessions) >= self._most:
            return self._composer.too_busy(page)
        draft = Draft(form, address=self._address)
        answer = self._composer.started(draft, self._today, page)
        self._ended.pop(sender, None)
        self._sessions[sender] = _Session(draft, self._now() + self._idle, answer)
        return answer

    async def reply(self, sender: str, message: str) -> Answer | None:
        """Take a message as part of the filling; None where it is none, or nothing is filled.

        A message that comes when the time is over is not passed on either: it may be a value.
        """
        self.forget_idle()
        session = self._sessions.get(sender)
        if session is None:
            self._ended.pop(sender, None)
            return self._too_late(sender)
        async with session.lock:
            return await self._reply(sender, session, message)

    def expect(self, sender: str) -> None:
        """Note that this conversation believes it is filling in a form.

        Where nothing is known of it (another process had it, or this one was started anew), its
        next message may still be a value, and is not to be passed on.
        """
        if not self.is_filling(sender) and sender not in self._ended:
            self._expired.setdefault(sender, "")

    def is_filling(self, sender: str) -> bool:
        """Tell whether this conversation is filling in a form now."""
        self.forget_idle()
        return sender in self._sessions

    def follow(self, sender: str, answer: Answer, *, in_chat: bool = True) -> Answer:
        """An answer from elsewhere: it may start a form, or the form's question is put again.

        Where forms are not filled in chat, an answer that would start one names the page.
        """
        session = self._sessions.get(sender)
        if session is None:
            if not answer.starts_form:
                return answer
            if not in_chat:
                page = PAGE_PATH.format(form=answer.starts_form)
                return self._composer.on_page(answer, page)
            return self.start(sender, answer.starts_form)
        if answer.starts_form:
            name = session.draft.form.name
            answer = self._composer.remark("other_form", form=name)
        session.offered = frozenset(choice.message for choice in answer.choices)
        return self._composer.interrupted(answer, session.draft, self._today)

    def forget(self, sender: str) -> None:
        """Drop whatever is known of this conversation."""
        for kept in (self._sessions, self._ended, self._expired):
            kept.pop(sender, None)

    def shown(self, sender: str) -> Answer | None:
        """The last answer of the filling, for a page that is loaded anew."""
        self.forget_idle()
        session = self._sessions.get(sender)
        return session.shown if session else self._ended.get(sender)

    def cover(self, sender: str, message: str) -> str:
        """A message that is passed on, without the values that this conversation has given."""
        session = self._sessions.get(sender)
        for value in sorted(session.draft.given.values() if session else (), key=len, reverse=True):
            if len(value) >= _SHORTEST_COVERED:
                message = re.sub(re.escape(value), _COVER, message, flags=re.IGNORECASE)
        return message

    @property
    def _today(self) -> date:
        return self._now().date()

    async def _reply(self, sender: str, session: _Session, message: str) -> Answer | None:
        session.until = self._now() + self._idle
        self._sessions.move_to_end(sender)
        if message in session.offered:
            return None
        said = read_message(session.draft, message, self._today, session.proposals)
        if said.wish == Wish.ELSEWHERE:
            return None
        if said.wish == Wish.STOP:
            return self._end(sender, self._composer.ended("stopped", session.draft.form))
        if said.wish == Wish.MAKE and session.draft.open is None:
            return await self._make(sender, session)
        if said.wish == Wish.REVIEW and session.draft.open is not None:
            answer = self._with_so_far(session.draft)
        else:
            step = take_step(session.draft, said, self._today)
            session.draft, session.proposals = step.draft, step.proposals
            answer = self._composer.next(step, self._today)
        session.shown = answer
        return answer

    def _too_late(self, sender: str) -> Answer | None:
        """What to say, once, to a message for a form that is forgotten already."""
        form_id = self._expired.pop(sender, None)
        if form_id is None:
            return None
        if not form_id:
            return self._composer.remark("expired")
        return self._composer.ended("expired", self._forms.get(form_id))

    def _with_so_far(self, draft: Draft) -> Answer:
        answer = self._composer.next(Step(draft), self._today)
        return answer.model_copy(update={"blocks": [self._composer.so_far(draft), *answer.blocks]})

    async def _make(self, sender: str, session: _Session) -> Answer:
        """Make the files and forget the answers; where that fails, they stay for another try."""
        draft, links = session.draft, []
        if draft.contradictions(self._today):
            return self._composer.review(draft, self._today)
        for suffix in FORMATS:
            try:
                file = await asyncio.to_thread(print_draft, draft, suffix, self._today)
            except RenderingError:
                logger.warning("filling.file_failed form=%s format=%s", draft.form.id, suffix)
                continue
            links.append((phrase(f"file_{suffix}"), self.files.put(file)))
        if not links:
            return self._composer.remark("make_failed")
        return self._end(sender, self._composer.made(draft.form, links, self.files.minutes))

    def _end(self, sender: str, answer: Answer) -> Answer:
        """Forget the answers; the closing words, which hold none, can be shown again."""
        self._sessions.pop(sender, None)
        self._ended[sender] = answer
        while len(self._ended) > self._most:
            self._ended.popitem(last=False)
        return answer

    def forget_idle(self) -> None:
        """Drop the sessions whose time is over, and remember only whose they were."""
        now = self._now()
        for sender in [s for s, session in self._sessions.items() if session.until <= now]:
            self._expired[sender] = self._sessions.pop(sender).draft.form.id
        while len(self._expired) > _REMEMBERED_ENDS:
            self._expired.popitem(last=False)
        self.files.forget_old()


async def forget_idle_fillings(desk: FillingDesk, seconds: float = _BETWEEN_ROUNDS) -> None:
    """Drop what citizens typed and left, every `seconds`, also when nobody comes any more."""
    while True:
        await asyncio.sleep(seconds)
        desk.forget_idle()
