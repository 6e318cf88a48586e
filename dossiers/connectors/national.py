"""The national look-up `TraCuuHoSo`: an envelope with a session, an answer with a list.

What names a person is dropped as in the importers; a registered phone in the answer becomes a
hashed proof and is not kept otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from dossiers.clock import Clock, system_clock
from dossiers.connectors.http import ServiceClient
from dossiers.connectors.source import SourceRecord
from dossiers.errors import FieldFault, SourceAnswerError, SourceRefusedError
from dossiers.importers.national import dossier_from_national
from dossiers.proofs import ProofHasher

__all__ = ["NationalSource"]

_FINE = "00"


class NationalSource:
    """Finds dossiers on the national axis."""

    def __init__(
        self,
        client: ServiceClient,
        hasher: ProofHasher,
        *,
        unit: str,
        session: Callable[[], str],
        path: str = "/",
        clock: Clock = system_clock,
    ) -> None:
        """Prepare a source; nothing is sent.

        Args:
            client: the connection.
            hasher: for the registered phone.
            unit: our unit code (`madonvi`).
            session: gives the present session key.
            path: where the service answers.
            clock: the present moment.
        """
        self._client = client
        self._hasher = hasher
        self._unit = unit
        self._session = session
        self._path = path
        self._clock = clock

    def find(self, code: str) -> SourceRecord | None:
        """Return the dossier with exactly this code; None where the axis knows none.

        Raises:
            SourceError: no usable answer, or one about another dossier.
        """
        items = self._ask(code)
        if not items:
            return None
        now = self._clock()
        try:
            accepted = dossier_from_national(items[0], source=self._client.name, as_of=now)
        except (FieldFault, AttributeError) as error:
            raise SourceAnswerError(self._client.name, f"dữ liệu hồ sơ lạ: {error}") from error
        if accepted.record.code != code:
            raise SourceAnswerError(self._client.name, "trả lời về một hồ sơ khác mã đã hỏi")
        proofs = self._hasher.proofs(code, phone=accepted.phone)
        return SourceRecord(replace(accepted.record, proofs=proofs), now)

    def _ask(self, code: str) -> list[Any]:
        envelope = {
            "session": self._session(),
            "madonvi": self._unit,
            "service": "TraCuuHoSo",
            "isUpdating": "False",
            "data": [{"MaHoSo": code}],
        }
        answer = self._client.ask("POST", self._path, body=envelope)
        if not isinstance(answer, dict) or "error_code" not in answer:
            raise SourceAnswerError(self._client.name, "câu trả lời có dạng lạ")
        if str(answer["error_code"]) != _FINE:
            told = str(answer["error_code"])[:20]
            raise SourceRefusedError(self._client.name, f"từ chối tra cứu (mã lỗi {told})")
        items = answer.get("result") or []
        if not isinstance(items, list):
            raise SourceAnswerError(self._client.name, "câu trả lời có dạng lạ")
        return items
