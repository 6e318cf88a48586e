"""What operators should know: the last quota, why sending stopped, what Zalo refused.

No remark holds personal data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.zalo.model import Remark

__all__ = ["BAD_SIGNATURE", "QUOTA", "RICH_REFUSED", "STOPPED", "VERIFIER", "remark", "remarks"]

QUOTA = "quota"
STOPPED = "stopped"
RICH_REFUSED = "rich_refused"
BAD_SIGNATURE = "bad_signature"
VERIFIER = "verifier"  # of the consent (PKCE), sealed


def remark(session: Session, name: str, value: Mapping[str, Any], now: datetime) -> None:
    """Note the newest of its kind."""
    text = json.dumps(value, ensure_ascii=False)
    row = session.get(Remark, name)
    if row is None:
        session.add(Remark(name=name, value=text, at=now))
    else:
        row.value, row.at = text, now


def remarks(session: Session) -> dict[str, tuple[dict[str, Any], datetime]]:
    """All remarks with their moments, by name."""
    return {row.name: (json.loads(row.value), row.at) for row in session.scalars(select(Remark))}
