"""What the actions need, built once for a process and handed to every action."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from dossiers.registry import Registry
from dossiers.schema import upgrade_schema
from knowledge_base.answer import AnswerComposer, Texts, load_texts
from knowledge_base.answer.cues import AspectCues, load_cues
from knowledge_base.catalogue import Catalogue, load_catalogue
from knowledge_base.encoder import load_encoder
from knowledge_base.questions import load_questions
from knowledge_base.search import SearchEngine, build_search_engine, load_search_config
from knowledge_base.text import load_lexicon

__all__ = ["Services", "TIME_ZONE", "build_services", "services_from_environment"]

TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Services:
    """Everything an action may use."""

    catalogue: Catalogue
    engine: SearchEngine
    composer: AnswerComposer
    cues: AspectCues
    texts: Texts
    dossiers: Registry
    now: Callable[[], datetime]


def build_services(
    data_folder: Path,
    *,
    database: str = "",
    encoder: str | None = None,
    texts: Texts | None = None,
    now: Callable[[], datetime] | None = None,
) -> Services:
    """Load the catalogue from `data_folder`, the encoder, and build the search (seconds)."""
    clock = now or (lambda: datetime.now(TIME_ZONE))
    catalogue = load_catalogue(data_folder / "catalogue")
    engine = build_search_engine(
        catalogue,
        load_questions(),
        load_lexicon(),
        load_encoder(encoder),
        load_search_config(),
    )

    texts = texts or load_texts()

    def today() -> date:
        return clock().date()

    return Services(
        catalogue=catalogue,
        engine=engine,
        composer=AnswerComposer(texts, today),
        cues=load_cues(),
        texts=texts,
        dossiers=_registry(database or f"sqlite:///{data_folder / 'motcua.db'}"),
        now=clock,
    )


def _registry(database: str) -> Registry:
    """Open the registry of dossiers, its tables brought up to date."""
    engine = create_engine(database)
    upgrade_schema(engine)
    return Registry(sessionmaker(engine))


@lru_cache(maxsize=1)
def services_from_environment() -> Services:
    """Build services from `MOTCUA_DATA` and `MOTCUA_ENCODER`, for `python -m rasa_sdk`."""
    return build_services(
        Path(os.environ.get("MOTCUA_DATA", "var")), encoder=os.environ.get("MOTCUA_ENCODER") or None
    )
