"""The registry (sổ hồ sơ): dossiers by code, in one SQL database that all replicas share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from sqlalchemy import RowMapping, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from dossiers import model
from dossiers.clock import Clock, in_vietnam, system_clock
from dossiers.errors import UnknownDossierError
from dossiers.mapping import PART_TABLES, dossier_row, part_rows, record_from_rows
from dossiers.merging import checked, illegal_move, merge, with_problem
from dossiers.record import DataProblem, DossierRecord, Step
from dossiers.status import Status

__all__ = ["ImportCounts", "Registry", "SessionFactory", "StatusChange"]

SessionFactory = Callable[[], Session]
_CHUNK = 1000


@dataclass(frozen=True)
class StatusChange:
    """What became of a reported status: the dossier now, and the problem if the move was wrong."""

    record: DossierRecord
    problem: DataProblem | None = None

    @property
    def is_legal(self) -> bool:
        """Whether the move was allowed."""
        return self.problem is None


@dataclass
class ImportCounts:
    """How many dossiers an import added, changed and found as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    with_problems: int = 0

    @property
    def total(self) -> int:
        """Dossiers read."""
        return self.added + self.changed + self.unchanged

    def add(self, other: ImportCounts) -> None:
        """Add the counts of another part of the same import."""
        self.added += other.added
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.with_problems += other.with_problems


class Registry:
    """Dossiers by code."""

    def __init__(self, sessions: SessionFactory, *, clock: Clock = system_clock) -> None:
        """Take a factory of sessions (`sessionmaker(engine)`) and a clock."""
        self._sessions = sessions
        self._clock = clock

    def __len__(self) -> int:
        with self._sessions() as session:
            return session.scalar(select(func.count()).select_from(model.Dossier)) or 0

    def __iter__(self) -> Iterator[DossierRecord]:
        """Yield every dossier in the order of codes, a thousand read at a time."""
        last = ""
        while True:
            query = select(model.Dossier.code).where(model.Dossier.code > last)
            with self._sessions() as session:
                codes = list(session.scalars(query.order_by(model.Dossier.code).limit(_CHUNK)))
                loaded = _load(session, codes)
            if not codes:
                return
            yield from (loaded[code] for code in codes)
            last = codes[-1]

    def get(self, code: str) -> DossierRecord | None:
        """Return the dossier with exactly this code, or None."""
        with self._sessions() as session:
            return _load(session, [code]).get(code)

    def save(self, record: DossierRecord) -> DossierRecord:
        """Add `record`, or merge it into what is known of its code; return what is known now."""
        return self._merge_in([record])[0][record.code]

    def record_status(
        self,
        code: str,
        status: Status,
        at: datetime,
        *,
        unit: str | None = None,
        text: str | None = None,
        source: str | None = None,
    ) -> StatusChange:
        """Record that `code` came to `status` at the moment `at`; see `record_step`."""
        return self.record_step(code, Step(in_vietnam(at), unit, text, status), source=source)

    def record_step(self, code: str, step: Step, *, source: str | None = None) -> StatusChange:
        """Add a step; a status that cannot follow the present one is kept and reported.

        A step older than the present status only adds to the history.

        Raises:
            UnknownDossierError: there is no such dossier.
        """
        with self._sessions() as session, session.begin():
            loaded = _load(session, [code], lock=True)
            if code not in loaded:
                raise UnknownDossierError(code)
            known = loaded[code]
            changed = _with_step(known, step)
            problem = None
            if not known.status.may_become(changed.status):
                problem = illegal_move(known.status, changed.status, source, self._clock())
                changed = with_problem(changed, problem)
            _write(session, loaded, [changed])
        return StatusChange(changed, problem)

    def import_records(self, records: Iterable[DossierRecord]) -> ImportCounts:
        """Add or merge many records, a thousand to a transaction; the same import again is idle."""
        counts = ImportCounts()
        for chunk in _chunks(records):
            merged, known = self._merge_in(chunk)
            _count(counts, known, merged)
        return counts

    def problems(self, *, limit: int = 100) -> list[tuple[str, DataProblem]]:
        """Return the latest problems with the code of their dossier, for the officer."""
        table = model.DataError
        query = select(table.dossier_code).order_by(table.found_at.desc(), table.id.desc())
        with self._sessions() as session:
            codes = list(dict.fromkeys(session.scalars(query.limit(limit))))
            loaded = _load(session, codes)
        return [(code, problem) for code in codes for problem in loaded[code].problems][:limit]

    def late_without_apology(self, now: datetime) -> list[str]:
        """Return the codes of dossiers whose due day went by with no result and no apology."""
        dossier, apology = model.Dossier, model.Apology
        today = in_vietnam(now).replace(hour=0, minute=0, second=0, microsecond=0)
        running = [int(Status.RECEIVED), int(Status.PROCESSING)]
        query = (
            select(dossier.code)
            .where(dossier.due_at < today, dossier.status.in_(running))
            .where(~select(apology.id).where(apology.dossier_code == dossier.code).exists())
            .order_by(dossier.due_at)
        )
        with self._sessions() as session:
            return list(session.scalars(query))

    def _merge_in(
        self, records: Sequence[DossierRecord]
    ) -> tuple[dict[str, DossierRecord], dict[str, DossierRecord]]:
        """Merge `records` in one transaction; return what is known after and before, by code."""
        try:
            return self._merge_once(records)
        except IntegrityError:
            # Another replica added one of the codes meanwhile; now it is there to merge into.
            return self._merge_once(records)

    def _merge_once(
        self, records: Sequence[DossierRecord]
    ) -> tuple[dict[str, DossierRecord], dict[str, DossierRecord]]:
        with self._sessions() as session, session.begin():
            known = _load(session, sorted({record.code for record in records}), lock=True)
            merged = dict(known)
            for record in records:
                before = merged.get(record.code)
                now = self._clock()
                merged[record.code] = merge(before, record, now) if before else checked(record, now)
            _write(session, known, [merged[code] for code in sorted(merged)])
        return merged, known


def _with_step(known: DossierRecord, step: Step) -> DossierRecord:
    steps = known.steps if step in known.steps else (*known.steps, step)
    steps = tuple(sorted(steps, key=lambda s: s.at))
    known = replace(known, steps=steps, synced_at=max(known.synced_at, step.at))
    if step.status is None or step.at < known.status_at:
        return known
    changed = replace(known, status=step.status, status_at=step.at)
    if step.status is Status.FINISHED:
        return replace(changed, finished_at=known.finished_at or step.at)
    if step.status is Status.RETURNED:
        return replace(changed, returned_at=known.returned_at or step.at)
    return changed


def _chunks(records: Iterable[DossierRecord]) -> Iterator[list[DossierRecord]]:
    iterator = iter(records)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


def _count(
    counts: ImportCounts, known: dict[str, DossierRecord], merged: dict[str, DossierRecord]
) -> None:
    for code, record in merged.items():
        before = known.get(code)
        counts.added += before is None
        counts.unchanged += before == record
        counts.changed += before is not None and before != record
        counts.with_problems += bool(record.problems)


def _load(
    session: Session, codes: Sequence[str], *, lock: bool = False
) -> dict[str, DossierRecord]:
    """Read dossiers with their parts; `lock` keeps other writers off the rows (PostgreSQL)."""
    query = select(model.table_of(model.Dossier)).where(model.Dossier.code.in_(codes))
    rows = (
        session.execute(query.order_by(model.Dossier.code).with_for_update() if lock else query)
        .mappings()
        .all()
    )
    if not rows:
        return {}
    parts: dict[str, dict[str, list[RowMapping]]] = defaultdict(lambda: defaultdict(list))
    found = [row["code"] for row in rows]
    for name, table in PART_TABLES.items():
        of_these = (
            select(model.table_of(table)).where(table.dossier_code.in_(found)).order_by(table.id)
        )
        for part in session.execute(of_these).mappings():
            parts[part["dossier_code"]][name].append(part)
    return {row["code"]: record_from_rows(row, parts[row["code"]]) for row in rows}


def _write(
    session: Session, known: dict[str, DossierRecord], records: Sequence[DossierRecord]
) -> None:
    """Write the records that are new or changed; a part is written anew only where it changed."""
    new = [record for record in records if record.code not in known]
    changed = [r for r in records if r.code in known and known[r.code] != r]
    if new:
        session.execute(insert(model.table_of(model.Dossier)), [dossier_row(r) for r in new])
    if changed:
        by_code = update(model.table_of(model.Dossier)).where(
            model.Dossier.code == bindparam("b_code")
        )
        rows = [dossier_row(record) for record in changed]
        session.connection().execute(by_code, [row | {"b_code": row["code"]} for row in rows])
    for name, table in PART_TABLES.items():
        stale = [r for r in changed if getattr(known[r.code], name) != getattr(r, name)]
        if stale:
            codes = [record.code for record in stale]
            session.execute(delete(model.table_of(table)).where(table.dossier_code.in_(codes)))
        rows = [row for record in [*new, *stale] for row in part_rows(record, name)]
        if rows:
            session.execute(insert(model.table_of(table)), rows)
