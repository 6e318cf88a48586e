"""What people agreed to on Zalo: the wording they read, when, and when they took it back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from api.zalo.model import Consent, Watch
from api.zalo.seal import Seal

__all__ = ["DOSSIER_NOTICES", "give_consent", "has_consent", "take_back_consent", "watch_dossier"]

DOSSIER_NOTICES = "dossier_notices"


def give_consent(
    session: Session, seal: Seal, person_key: str, purpose: str, wording: str, now: datetime
) -> None:
    """Note that the person agreed to `wording`, word for word."""
    sealed = seal.close(wording)
    session.add(Consent(person_key=person_key, purpose=purpose, wording=sealed, given_at=now))


def has_consent(session: Session, person_key: str, purpose: str) -> bool:
    """Tell whether a consent stands."""
    standing = select(Consent.id).where(
        Consent.person_key == person_key,
        Consent.purpose == purpose,
        Consent.withdrawn_at.is_(None),
    )
    return session.scalar(standing.limit(1)) is not None


def take_back_consent(session: Session, person_key: str, purpose: str, now: datetime) -> None:
    """End every consent to `purpose` and forget the dossiers that it was about."""
    session.execute(
        update(Consent)
        .where(Consent.person_key == person_key, Consent.purpose == purpose)
        .where(Consent.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    session.execute(delete(Watch).where(Watch.person_key == person_key))


def watch_dossier(
    session: Session, seal: Seal, person_key: str, code: str, told: int | None
) -> None:
    """Remember that the person wants to hear of a dossier whose status they know is `told`."""
    for watch in session.scalars(select(Watch).where(Watch.person_key == person_key)):
        if seal.open(watch.code) == code:
            watch.told = told
            return
    session.add(Watch(person_key=person_key, code=seal.close(code), told=told))
