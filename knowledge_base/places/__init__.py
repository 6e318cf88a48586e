"""Communes by their old and new names, and the offices that receive dossiers there."""

from knowledge_base.places.book import Match, OldUnit, PlaceBook, Unit, load_place_book
from knowledge_base.places.mention import Mention, find_mention, without_office_words
from knowledge_base.places.offices import Office, OfficeBook, load_offices, read_offices

__all__ = [
    "Match",
    "Mention",
    "Office",
    "OfficeBook",
    "OldUnit",
    "PlaceBook",
    "Unit",
    "find_mention",
    "find_places",
    "load_offices",
    "load_place_book",
    "read_offices",
    "without_office_words",
]


def find_places(text: str, limit: int = 8) -> list[Match]:
    """Find the communes that `text` names, by their old or their new names, best first.

    Raises:
        PlaceDataError: the table of communes is not installed.
    """
    return load_place_book().find(text, limit)
