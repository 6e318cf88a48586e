"""What the actions need, built once for a process and handed to every action."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from actions.overruling import Overruling, load_overruling
from dossiers.connectors.chosen import SourceSettings, read_source_settings
from dossiers.desk import DossierDesk, build_desk
from knowledge_base.answer import AnswerComposer, ListingComposer, Texts, load_texts
from knowledge_base.answer.aspect_model import AspectChooser, load_aspect_chooser
from knowledge_base.answer.cues import AspectCues, load_cues
from knowledge_base.answer.guards import Guards, load_guards
from knowledge_base.answer.place import PlaceComposer
from knowledge_base.answer.premises import Premises, load_premises
from knowledge_base.catalogue import Catalogue, load_catalogue
from knowledge_base.encoder import load_encoder
from knowledge_base.forms import FormLibrary, shipped_forms
from knowledge_base.life_events import LifeEvents, load_life_events
from knowledge_base.places import OfficeBook, load_offices
from knowledge_base.places.offices import OFFICES_FILE
from knowledge_base.search import SearchEngine, build_search_engine

__all__ = ["Services", "TIME_ZONE", "build_services", "services_from_environment"]

TIME_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True)
class Services:
    """Everything an action may use."""

    catalogue: Catalogue
    engine: SearchEngine
    composer: AnswerComposer
    listing: ListingComposer
    places: PlaceComposer
    cues: AspectCues
    aspects: AspectChooser
    overruling: Overruling
    premises: Premises
    guards: Guards
    life_events: LifeEvents
    texts: Texts
    forms: FormLibrary
    dossiers: DossierDesk
    now: Callable[[], datetime]


def build_services(
    data_folder: Path,
    *,
    database: str = "",
    demo: bool = False,
    dossier_source: SourceSettings | None = None,
    encoder: str | None = None,
    texts: Texts | None = None,
    now: Callable[[], datetime] | None = None,
) -> Services:
    """Load the catalogue from `data_folder`, the encoder, and build the search (seconds)."""
    clock = now or (lambda: datetime.now(TIME_ZONE))
    catalogue = load_catalogue(data_folder / "catalogue")
    engine = build_search_engine(catalogue, load_encoder(encoder))

    texts, cues = texts or load_texts(), load_cues()

    def today() -> date:
        return clock().date()

    return Services(
        catalogue=catalogue,
        engine=engine,
        composer=AnswerComposer(texts, today, shipped_forms()),
        listing=ListingComposer(texts),
        places=PlaceComposer(texts, OfficeBook(load_offices(data_folder / OFFICES_FILE))),
        cues=cues,
        aspects=load_aspect_chooser(),
        overruling=load_overruling(engine, cues),
        premises=load_premises(),
        guards=load_guards(),
        life_events=load_life_events(),
        texts=texts,
        forms=shipped_forms(),
        dossiers=build_desk(
            database or f"sqlite:///{data_folder / 'motcua.db'}",
            data_folder / "dossiers.key",
            clock,
            demo=demo,
            source=dossier_source,
        ),
        now=clock,
    )


@lru_cache(maxsize=1)
def services_from_environment() -> Services:
    """Build services from `MOTCUA_DATA`, `MOTCUA_ENCODER` and `MOTCUA_DOSSIER_…`.

    For `python -m rasa_sdk`, which hands nothing in.
    """
    return build_services(
        Path(os.environ.get("MOTCUA_DATA", "var")),
        dossier_source=read_source_settings(os.environ),
        encoder=os.environ.get("MOTCUA_ENCODER") or None,
    )
