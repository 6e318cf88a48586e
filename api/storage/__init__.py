"""What the gateway keeps in SQL: one database, opened once, its tables brought up to date."""

from api.storage.database import open_database

__all__ = ["open_database"]
