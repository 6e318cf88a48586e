"""Send what the outbox holds: in order for each person, once, and act on what Zalo says.

Zalo knows no idempotency key. A message that may or may not have arrived is looked up in the
conversation as Zalo keeps it, and sent again only where it is not there.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from api.errors import ZaloGrantError, ZaloRefusedError, ZaloUnreachableError
from api.zalo.client import Sent
from api.zalo.error_codes import Action, ErrorCodes
from api.zalo.files import FileFetcher
from api.zalo.ledger import Ledger
from api.zalo.line import ZaloLine
from api.zalo.message import Capabilities, is_rich, text_message
from api.zalo.model import DeliveryState
from api.zalo.outbox import Outbox, Parcel
from api.zalo.remarks import QUOTA, RICH_REFUSED, STOPPED, remark
from api.zalo.texts import ZaloTexts
from api.zalo.windows import Window, window

__all__ = ["Postman", "Rules"]

logger = logging.getLogger(__name__)

_SETTLING = timedelta(seconds=5)  # what was under way at a crash has arrived by then, or never
_UNSURE_SECONDS = 10.0
_CLOCKS_APART = timedelta(seconds=60)
_MOST_TRIES = 3
_TOO_OLD = timedelta(hours=24)
_STOP_SECONDS = 15 * 60.0
_NO_GRANT_SECONDS = 60.0
_LONGEST_WAIT = 300.0
_UNFOLLOWED, _WINDOW_CLOSED = -213, -230


@dataclass(frozen=True)
class Rules:
    """What the operators decided."""

    capabilities: Capabilities = Capabilities()
    notice_template: str = ""
    paid_messages: bool = False


class Postman:
    """Delivers one person's messages at a time; `api.zalo.lanes` calls it for many people."""

    def __init__(
        self,
        ledger: Ledger,
        outbox: Outbox,
        line: ZaloLine,
        files: FileFetcher,
        texts: ZaloTexts,
        rules: Rules,
        codes: ErrorCodes,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        """Take the outbox, the line to Zalo, and the rules."""
        self._ledger, self._outbox, self._line, self._files = ledger, outbox, line, files
        self._texts, self._rules, self._codes, self._clock = texts, rules, codes, clock
        self._stopped_until: datetime | None = None
        # What was set; what is used shrinks once Zalo refuses a message for its buttons.
        self._set_capabilities = rules.capabilities

    async def serve(self, person_key: str) -> None:
        """Send the person's messages until none is due."""
        while self._stopped_until is None or self._clock() >= self._stopped_until:
            parcel = await self._ledger.run(lambda s: self._outbox.next(s, person_key))
            if parcel is None:
                return
            await self._deliver(parcel)

    async def _deliver(self, parcel: Parcel) -> None:
        try:
            if parcel.state == DeliveryState.UNSURE:
                await self._look_up(parcel)
            elif not parcel.follows:
                await self._settle(parcel, DeliveryState.DROPPED, error_code=_UNFOLLOWED)
            elif self._clock() - parcel.queued_at > _TOO_OLD:
                await self._settle(parcel, DeliveryState.FAILED)
            else:
                await self._send(parcel)
        except ZaloRefusedError as error:
            if parcel.state == DeliveryState.UNSURE:
                await self._look_refused(parcel, error.code)
            else:
                await self._refused(parcel, error.code)
        except ZaloGrantError:
            await self._stop(parcel, _NO_GRANT_SECONDS, None)
        except ZaloUnreachableError as error:
            await self._unanswered(parcel, unsure=error.unsure)

    async def _send(self, parcel: Parcel) -> None:
        sent: Sent | None
        match parcel.kind:
            case "file":
                sent = await self._send_file(parcel)
            case "notice":
                sent = await self._send_notice(parcel)
            case _:
                sent = await self._say(parcel, parcel.content)
        if sent is None:
            await self._settle(parcel, DeliveryState.DROPPED, error_code=_WINDOW_CLOSED)
        else:
            await self._settle(parcel, DeliveryState.SENT, sent=sent)

    async def _say(self, parcel: Parcel, content: dict[str, Any]) -> Sent:
        message = text_message(content, self._rules.capabilities)
        return await self._line.send(parcel.user_id, message)

    async def _send_file(self, parcel: Parcel) -> Sent:
        content = parcel.content
        found = None if content.get("as_link") else await self._files.fetch(content["href"])
        if found is not None:
            return await self._line.send_file(parcel.user_id, found)
        return await self._say(parcel, {"text": self._file_text(content)})

    def _file_text(self, content: dict[str, Any]) -> str:
        link = self._files.link(content["href"])
        key = "file_as_link" if link else "file_missing"
        return self._texts.replies[key].format(name=content["name"], link=link)

    async def _send_notice(self, parcel: Parcel) -> Sent | None:
        """A notice as a message inside the window, by template outside it; None: not allowed."""
        now = window(parcel.last_inbound_at, self._clock())
        allowed = now == Window.FREE or (now == Window.PAID and self._rules.paid_messages)
        if allowed and not parcel.content.get("by_template"):
            return await self._say(parcel, {"text": parcel.content["text"]})
        template = self._rules.notice_template
        if not template:
            return None
        return await self._line.send_template(parcel.user_id, template, parcel.content["data"])

    async def _refused(self, parcel: Parcel, code: int) -> None:
        row = self._codes[code]
        again = parcel.attempts < _MOST_TRIES
        logger.warning("zalo.refused code=%s action=%s id=%s", code, row.action, parcel.id)
        match row.action:
            case Action.STOP | Action.REFRESH:
                await self._stop(parcel, _STOP_SECONDS, code)
            case Action.SLOW_DOWN:
                await self._later(parcel, 60 + random.uniform(0, 10), code)
            case Action.UPLOAD_AGAIN if again:
                await self._later(parcel, 1, code)
            case Action.RETRY if again:
                await self._later(parcel, 2.0**parcel.attempts, code)
            case Action.PLAIN_TEXT if is_rich(parcel.content, self._set_capabilities):
                await self._without_buttons(parcel, code)
            case Action.OUTSIDE_WINDOW if parcel.kind == "notice" and again:
                await self._later(parcel, 0, code, content={**parcel.content, "by_template": True})
            case Action.OUTSIDE_WINDOW | Action.DROP:
                await self._settle(parcel, DeliveryState.DROPPED, error_code=code)
            case _:
                await self._settle(parcel, DeliveryState.FAILED, error_code=code)

    async def _look_refused(self, parcel: Parcel, code: int) -> None:
        """The look-up was refused: whether the message arrived is as unsure as before."""
        if self._codes[code].action in (Action.STOP, Action.REFRESH):
            await self._stop(parcel, _STOP_SECONDS, code)
        else:
            await self._later(parcel, 60, code, state=DeliveryState.UNSURE)

    async def _without_buttons(self, parcel: Parcel, code: int) -> None:
        """This OA takes no buttons: send this text alone, and all that follow until a restart."""
        self._rules = replace(self._rules, capabilities=Capabilities())
        await self._remark(RICH_REFUSED, {"code": code})
        await self._later(parcel, 0, code, content={**parcel.content, "plain": True})

    async def _stop(self, parcel: Parcel, seconds: float, code: int | None) -> None:
        """Send nothing to anybody for a while; all messages stay in the outbox."""
        self._stopped_until = self._clock() + timedelta(seconds=seconds)
        meaning = self._codes[code].meaning if code is not None else "Chưa có quyền gọi Zalo"
        logger.error("zalo.sending_stopped code=%s", code)
        await self._remark(STOPPED, {"code": code, "meaning": meaning})
        state = parcel.state if parcel.state == DeliveryState.UNSURE else DeliveryState.QUEUED
        await self._later(parcel, seconds, code, state=state)

    async def _unanswered(self, parcel: Parcel, *, unsure: bool) -> None:
        if unsure or parcel.state == DeliveryState.UNSURE:
            logger.warning("zalo.unsure id=%s", parcel.id)
            await self._later(parcel, _UNSURE_SECONDS, None, state=DeliveryState.UNSURE)
        else:
            wait = min(2.0**parcel.attempts, _LONGEST_WAIT)
            await self._later(parcel, wait * random.uniform(0.8, 1.2), None)

    async def _look_up(self, parcel: Parcel) -> None:
        """Find out whether a message arrived; send it again only if it did not."""
        started = parcel.started_at or parcel.queued_at
        early = (started + _SETTLING - self._clock()).total_seconds()
        if early > 0:
            await self._later(parcel, early, None, state=DeliveryState.UNSURE)
        elif self._clock() - parcel.queued_at > _TOO_OLD or parcel.content.get("by_template"):
            # A template cannot be looked up: rather never than twice; operators see it.
            await self._settle(parcel, DeliveryState.FAILED)
        else:
            await self._send_unless_arrived(parcel, started - _CLOCKS_APART)

    async def _send_unless_arrived(self, parcel: Parcel, since: datetime) -> None:
        content = parcel.content
        if parcel.kind == "file" and not content.get("as_link"):
            # A file cannot be told from another in the conversation: a link does no harm twice.
            await self._later(parcel, 0, None, content={**content, "as_link": True})
            return
        text = self._file_text(content) if parcel.kind == "file" else content["text"]
        known = await self._ledger.run(
            lambda s: self._outbox.known_message_ids(s, parcel.person_key)
        )
        message_id = await self._line.find_sent(parcel.user_id, text, since, known)
        if message_id is None:
            await self._later(parcel, 0, None)
        else:
            await self._settle(parcel, DeliveryState.SENT, sent=Sent(message_id, {}))

    async def _settle(
        self,
        parcel: Parcel,
        state: DeliveryState,
        *,
        sent: Sent | None = None,
        error_code: int | None = None,
    ) -> None:
        def settle(session: Session) -> None:
            message_id = sent.message_id if sent else None
            self._outbox.settle(
                session, parcel, state, message_id=message_id, error_code=error_code
            )
            if sent and sent.quota:
                remark(session, QUOTA, _figures(sent), self._clock())

        if sent is None:
            logger.warning("zalo.%s id=%s code=%s", state, parcel.id, error_code)
        await self._ledger.run(settle)

    async def _remark(self, name: str, value: dict[str, Any]) -> None:
        await self._ledger.run(lambda s: remark(s, name, value, self._clock()))

    async def _later(
        self,
        parcel: Parcel,
        seconds: float,
        code: int | None,
        *,
        state: DeliveryState = DeliveryState.QUEUED,
        content: dict[str, Any] | None = None,
    ) -> None:
        await self._ledger.run(
            lambda s: self._outbox.postpone(
                s, parcel, seconds, state=state, error_code=code, content=content
            )
        )


def _figures(sent: Sent) -> dict[str, str]:
    """The figures of a quota; who it belongs to is left out."""
    kept = ("quota_type", "remain", "total", "expired_date", "dailyQuota", "remainingQuota")
    return {name: str(sent.quota[name])[:40] for name in kept if name in sent.quota}
