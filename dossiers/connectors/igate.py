"""Provincial one-stop software of the iGate kind, searched by dossier code.

Such a service answers anybody with the applicant's full name; here that part of the answer is
never read. What it tells proves nobody's ownership, so its dossiers open to the code alone only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dossiers.clock import Clock, system_clock
from dossiers.codes import parse_code
from dossiers.connectors.http import ServiceClient
from dossiers.connectors.source import SourceRecord
from dossiers.connectors.token import Credentials, Token
from dossiers.errors import SourceAnswerError, SourceRefusedError
from dossiers.importers.values import read_channel, read_moment, read_text
from dossiers.record import DossierRecord
from dossiers.status import Status, read_status

__all__ = ["IgatePaths", "IgateSource"]


@dataclass(frozen=True)
class IgatePaths:
    """Where the service answers; provinces differ."""

    token: str = "/oauth2/token"
    search: str = "/search"


class IgateSource:
    """Finds dossiers in iGate-like software, signed in as a service."""

    def __init__(
        self,
        client: ServiceClient,
        credentials: Credentials,
        *,
        paths: IgatePaths | None = None,
        clock: Clock = system_clock,
    ) -> None:
        self._client = client
        self._paths = paths or IgatePaths()
        self._clock = clock
        self._token = Token(client, credentials, self._paths.token, clock=clock)

    def find(self, code: str) -> SourceRecord | None:
        """Return the dossier with exactly this code, or None.

        Raises:
            SourceError: no usable answer, or one about another dossier.
        """
        answer = self._ask(code)
        items = answer.get("content", [answer]) if isinstance(answer, dict) else answer
        if not items:
            return None
        if not isinstance(items, list) or not isinstance(items[0], dict):
            raise SourceAnswerError(self._client.name, "câu trả lời có dạng lạ")
        found = next((item for item in items if _is_about(item, code)), None)
        if found is None:
            raise SourceAnswerError(self._client.name, "trả lời về một hồ sơ khác mã đã hỏi")
        now = self._clock()
        try:
            return SourceRecord(self._record(code, found, now), now)
        except (ValueError, AttributeError) as error:
            raise SourceAnswerError(self._client.name, f"dữ liệu hồ sơ lạ: {error}") from error

    def _ask(self, code: str) -> Any:
        try:
            return self._search(code)
        except SourceRefusedError:
            self._token.forget()  # it may have been withdrawn before its time
            return self._search(code)

    def _search(self, code: str) -> Any:
        headers = {"Authorization": f"Bearer {self._token.value()}"}
        return self._client.ask("GET", self._paths.search, params={"code": code}, headers=headers)

    def _record(self, code: str, item: dict[str, Any], now: datetime) -> DossierRecord:
        received_at = read_moment(item.get("appliedDate"))
        finished_at = read_moment(item.get("completedDate"))
        status = _status(item, finished_at)
        at = finished_at if status is Status.FINISHED else None
        return DossierRecord(
            code=code,
            status=status,
            status_at=at or now,
            synced_at=now,
            source_system=self._client.name,
            received_at=received_at,
            due_at=read_moment(item.get("appointmentDate")),
            finished_at=finished_at,
            procedure_name=_named(item, "procedure", read_text),
            channel=_named(item, "applyMethod", read_channel),
        )


def _is_about(item: Any, code: str) -> bool:
    told = parse_code(str(item.get("code", ""))) if isinstance(item, dict) else None
    return told is not None and told.code == code


def _named(item: dict[str, Any], name: str, reader: Callable[[Any], Any]) -> Any:
    """Read a part that is sent as a text, or as a group with a name."""
    part = item.get(name, item.get(f"{name}Name"))
    return reader(part.get("name") if isinstance(part, dict) else part)


def _status(item: dict[str, Any], finished_at: datetime | None) -> Status:
    """Read the free text of the present task; where it means nothing known, ask for no guess."""
    text = read_text(item.get("statusCurrentTask")) or ""
    reading = read_status(text)
    if reading is not None and reading.status is not None:
        # «Hoàn thành» is said by some portals before the result is handed out.
        said_too_much = reading.warning is not None and reading.status is Status.RETURNED
        return Status.FINISHED if said_too_much else reading.status
    if finished_at is not None:
        return Status.FINISHED
    raise ValueError(f"trạng thái «{text[:60]}» không rõ nghĩa")
