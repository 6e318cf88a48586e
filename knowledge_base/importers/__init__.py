"""Bring official data into the catalogue: the national export and official lists."""

from knowledge_base.importers.lists import read_list
from knowledge_base.importers.national import is_national_export, read_national_export
from knowledge_base.importers.report import ImportReport

__all__ = ["ImportReport", "is_national_export", "read_list", "read_national_export"]
