"""At most five tries in a quarter of an hour, by code and by client.

The tries lie in the database, so that replicas count together; codes and clients only as keyed
digests, and only as long as the window. A try is written down before it is judged: tries made at
the same moment cannot pass side by side. A code-only look-up counts once for each code.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from dossiers.clock import Clock, system_clock
from dossiers.model import Attempt
from dossiers.proofs import ProofHasher
from dossiers.registry import SessionFactory

__all__ = ["AttemptLimiter", "Permit"]


@dataclass(frozen=True)
class Permit:
    """Whether a try may go on; if not, `retry_at` is when the next one may."""

    attempt: int | None
    retry_at: datetime | None = None

    @property
    def is_granted(self) -> bool:
        """Whether the try may go on."""
        return self.retry_at is None


@dataclass(frozen=True)
class _Try:
    at: datetime
    client_key: str
    code_key: str
    with_proof: bool


class AttemptLimiter:
    """Counts the tries that proved nothing."""

    def __init__(
        self,
        sessions: SessionFactory,
        hasher: ProofHasher,
        *,
        clock: Clock = system_clock,
        tries: int = 5,
        window: timedelta = timedelta(minutes=15),
    ) -> None:
        self._sessions = sessions
        self._hasher = hasher
        self._clock = clock
        self._tries = tries
        self._window = window

    def begin(self, code: str, client: str, *, with_proof: bool) -> Permit:
        """Write down a try of `client` to see `code`, and say whether it may go on."""
        now = self._clock()
        client_key, code_key = self._hasher.blind(f"client {client}"), self._hasher.blind(code)
        own = _Try(now, client_key, code_key, with_proof)
        with self._sessions() as session:
            # Who is past the limit already writes nothing: guessing costs us one reading.
            blocking = self._blocking(session, own, fresh=True)
        if blocking is not None:
            return Permit(None, blocking + self._window)
        with self._sessions() as session, session.begin():
            session.execute(delete(Attempt).where(Attempt.at <= now - self._window))
            attempt = Attempt(**asdict(own), proved=False)
            session.add(attempt)
            session.flush()
            number = attempt.id
        with self._sessions() as session, session.begin():
            blocking = self._blocking(session, own)
            if blocking is None:
                return Permit(number)
            session.execute(delete(Attempt).where(Attempt.id == number))
        return Permit(None, blocking + self._window)

    def proved(self, permit: Permit) -> None:
        """Take a try that proved ownership out of the count."""
        with self._sessions() as session, session.begin():
            session.execute(update(Attempt).where(Attempt.id == permit.attempt).values(proved=True))

    def forget(self, permit: Permit) -> None:
        """Take back a try that could not be judged, because the source was down."""
        with self._sessions() as session, session.begin():
            session.execute(delete(Attempt).where(Attempt.id == permit.attempt))

    def _blocking(self, session: Session, own: _Try, *, fresh: bool = False) -> datetime | None:
        """Return the moment of the try whose passing lets the next one in; None if none blocks.

        `own` counts too: where it is `fresh`, it is not written down yet.
        """
        table = Attempt
        query = select(table.id, table.at, table.code_key, table.with_proof)
        query = query.where(table.proved.is_(False), table.at > own.at - self._window)
        query = query.order_by(table.at, table.id)
        extra = [(None, own.at, own.code_key, own.with_proof)] if fresh else []
        by_client: dict[object, datetime] = {}
        of_client = session.execute(query.where(table.client_key == own.client_key))
        for number, at, code_key, with_proof in [*of_client, *extra]:
            key = number if with_proof else code_key
            by_client[key] = min(at, by_client.get(key, at))
        counted = [sorted(by_client.values())]
        if own.with_proof:
            of_code = query.where(table.code_key == own.code_key, table.with_proof.is_(True))
            counted.append([at for _, at, _, _ in [*session.execute(of_code), *extra]])
        blocking = [moments[-self._tries - 1] for moments in counted if len(moments) > self._tries]
        return max(blocking, default=None)
