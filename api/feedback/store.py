"""Keep opinions and give them to operators."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from api.feedback.model import OpinionRow
from api.feedback.opinion import LONGEST_NOTE, Opinion, Reason
from dossiers.masking import mask_personal

__all__ = ["OpinionStore"]

_LONGEST_QUESTION = 1000


class OpinionStore:
    """The opinions in one database, one an answer: the latest counts."""

    def __init__(self, engine: Engine) -> None:
        """Take the gateway's database, its tables up to date."""
        self._engine = engine

    def keep(self, opinion: Opinion) -> None:
        """Store `opinion`, its texts masked, in place of an earlier one on the same answer."""
        try:
            self._merge(opinion)
        except IntegrityError:
            # A second press of the button was quicker: now there is a row to change.
            self._merge(opinion)

    def _merge(self, opinion: Opinion) -> None:
        values = asdict(opinion)
        for name, longest in (("question", _LONGEST_QUESTION), ("note", LONGEST_NOTE)):
            if values[name] is not None:
                values[name] = mask_personal(values[name])[:longest]
        with Session(self._engine) as session, session.begin():
            session.merge(OpinionRow(**values))

    def list(self, *, useful: bool | None = None, limit: int | None = None) -> list[Opinion]:
        """The opinions, latest day first; `useful` takes only the good or the bad ones."""
        query = select(OpinionRow).order_by(OpinionRow.given_on.desc(), OpinionRow.answer_id)
        if useful is not None:
            query = query.where(OpinionRow.useful == useful)
        if limit is not None:
            query = query.limit(limit)
        with Session(self._engine) as session:
            return [_opinion(row) for row in session.scalars(query)]


def _opinion(row: OpinionRow) -> Opinion:
    return Opinion(
        answer_id=row.answer_id,
        given_on=row.given_on,
        channel=row.channel,
        useful=row.useful,
        status=row.status,
        procedure_code=row.procedure_code,
        aspect=row.aspect,
        question=row.question,
        reason=Reason(row.reason) if row.reason else None,
        note=row.note,
    )
