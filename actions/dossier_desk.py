"""Where the actions ask about dossiers: the disclosure gate, and the words for what it shows."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from dossiers.agencies import load_agencies
from dossiers.attempts import AttemptLimiter
from dossiers.codes import DossierCode
from dossiers.connectors.local import RegistrySource
from dossiers.demo import insert_demo
from dossiers.disclosure import Disclosure, LookUp
from dossiers.explain import Explainer, Explanation
from dossiers.explanation_texts import load_texts
from dossiers.proofs import ProofHasher
from dossiers.registry import Registry
from dossiers.schema import upgrade_schema
from dossiers.sensitive import load_sensitive
from knowledge_base.calendar import load_calendar

__all__ = ["DossierDesk", "build_desk"]


@dataclass(frozen=True)
class DossierDesk:
    """Looks a dossier up for a citizen and says what may be said."""

    registry: Registry
    disclosure: Disclosure
    explainer: Explainer

    def look_up(
        self, code: DossierCode, client: str, proof: str | None = None
    ) -> tuple[LookUp, Explanation]:
        """Look `code` up for `client`, with the PIN or the last four phone digits as `proof`."""
        found = self.disclosure.look_up(code, client=client, proof=proof)
        return found, self.explainer.explain(found)


def build_desk(
    database: str, key_file: Path, clock: Callable[[], datetime], *, demo: bool = False
) -> DossierDesk:
    """Open the registry, its tables brought up to date; `demo` fills an empty one with examples."""
    engine = create_engine(database)
    upgrade_schema(engine)
    sessions = sessionmaker(engine)
    hasher = ProofHasher(_key(key_file))
    registry = Registry(sessions, clock=clock)
    if demo and len(registry) == 0:
        insert_demo(registry, hasher)
    limiter = AttemptLimiter(sessions, hasher, clock=clock)
    disclosure = Disclosure(
        RegistrySource(registry), limiter, hasher, load_sensitive(), load_agencies(), clock=clock
    )
    explainer = Explainer(load_calendar(), load_texts(), clock=clock)
    return DossierDesk(registry, disclosure, explainer)


def _key(path: Path) -> bytes:
    """The key that proofs are hashed with: kept in a file of its own, made at the first start."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(secrets.token_bytes(32))
    return path.read_bytes()
