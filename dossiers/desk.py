"""The desk: everything about dossiers, opened once for a process.

The chat, the pages and the command line all ask here; who may see what is decided by
`dossiers.disclosure` alone.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
from sqlalchemy import create_engine, make_url
from sqlalchemy.orm import sessionmaker

from dossiers.agencies import Agencies, load_agencies
from dossiers.attempts import AttemptLimiter
from dossiers.codes import DossierCode
from dossiers.connectors.chosen import ChosenSource, SourceSettings, choose_source
from dossiers.demo import insert_demo
from dossiers.disclosure import Disclosure, LookUp
from dossiers.explain import Explainer, Explanation
from dossiers.explanation_texts import load_texts
from dossiers.followings import Followings
from dossiers.importers.files import DossierImporter
from dossiers.news import load_following
from dossiers.notices import NoticeQueue
from dossiers.proofs import ProofHasher
from dossiers.registry import Registry
from dossiers.schema import upgrade_schema
from dossiers.sensitive import load_sensitive
from dossiers.slips import SlipPrinter, load_slips
from dossiers.tickets import TicketOffice
from knowledge_base.calendar import Calendar, load_calendar

__all__ = ["DossierDesk", "build_desk"]

# Many people share one address (a centre's counters, a mobile network).
_TRIES_OF_ADDRESS = 50


@dataclass(frozen=True)
class DossierDesk:
    """Looks a dossier up for a citizen and says what may be said; keeps who wants to be told."""

    registry: Registry
    chosen: ChosenSource
    disclosure: Disclosure
    explainer: Explainer
    followings: Followings
    notices: NoticeQueue
    importer: DossierImporter
    agencies: Agencies
    calendar: Calendar
    tickets: TicketOffice
    slips: SlipPrinter

    def look_up(
        self, code: DossierCode, client: str, proof: str | None = None, *, address: str = ""
    ) -> tuple[LookUp, Explanation]:
        """Look `code` up for `client`, with the PIN or the last four phone digits as `proof`."""
        found = self.disclosure.look_up(code, client=client, proof=proof, address=address)
        return found, self.explainer.explain(found)

    def look_up_as_officer(self, code: DossierCode) -> tuple[LookUp, Explanation]:
        """Look `code` up for an officer, who is signed in and has seen the citizen's papers."""
        found = self.disclosure.look_up_as_officer(code)
        return found, self.explainer.explain(found)


def build_desk(
    database: str,
    key_file: Path,
    clock: Callable[[], datetime],
    *,
    demo: bool = False,
    source: SourceSettings | None = None,
    transport: httpx.BaseTransport | None = None,
) -> DossierDesk:
    """Open the registry, its tables brought up to date.

    Args:
        database: `sqlite:///file` or PostgreSQL.
        key_file: the key that proofs are hashed with; made at the first start.
        clock: the present moment.
        demo: fill an empty registry with invented examples.
        source: where dossiers are looked up; the registry unless told otherwise.
        transport: for tests.
    """
    parsed = make_url(database)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(database)
    upgrade_schema(engine)
    sessions = sessionmaker(engine)
    hasher = ProofHasher(_key(key_file))
    registry = Registry(sessions, clock=clock)
    if demo and len(registry) == 0:
        insert_demo(registry, hasher)
    chosen = choose_source(
        source or SourceSettings(), registry, hasher, clock=clock, transport=transport
    )
    agencies, calendar, following = load_agencies(), load_calendar(), load_following()
    limiter = AttemptLimiter(sessions, hasher, clock=clock)
    return DossierDesk(
        registry=registry,
        chosen=chosen,
        disclosure=Disclosure(
            chosen.source,
            limiter,
            hasher,
            load_sensitive(),
            agencies,
            clock=clock,
            of_address=AttemptLimiter(sessions, hasher, clock=clock, tries=_TRIES_OF_ADDRESS),
        ),
        explainer=Explainer(calendar, load_texts(), clock=clock),
        followings=Followings(sessions, registry, following, clock=clock),
        notices=NoticeQueue(sessions, chosen.source, calendar, following, clock=clock),
        importer=DossierImporter(registry, hasher),
        agencies=agencies,
        calendar=calendar,
        tickets=TicketOffice(hasher, clock=clock),
        slips=load_slips(),
    )


def _key(path: Path) -> bytes:
    """The key that proofs are hashed with: kept in a file of its own, made at the first start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(32))
        try:
            os.link(fresh, path)  # whole at once, and only one of two processes wins
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()
