"""The roots of agency identifiers (mã định danh): which ministry or province a code comes from.

Quyết định 20/2020/QĐ-TTg, amended by Quyết định 09/2025/QĐ-TTg. Lower levels are not listed
anywhere we could read; a code with an unknown root or lower level is valid all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from dossiers.errors import DossierDataError

__all__ = ["AGENCIES_FILE", "Agencies", "Agency", "load_agencies"]

AGENCIES_FILE = Path(__file__).parent / "agencies.yml"


@dataclass(frozen=True)
class Agency:
    """A root; `checked` is False where no source was read, and its name is then never shown."""

    name: str
    checked: bool
    now: str | None = None


class Agencies:
    """Agencies by root."""

    def __init__(self, by_root: Mapping[str, Agency]) -> None:
        self._by_root = dict(by_root)

    def name_to_show(self, root: str) -> str | None:
        """Return the name a citizen may be told; None where it is unknown or unchecked."""
        agency = self._by_root.get(root)
        return agency.name if agency and agency.checked else None

    def present_root(self, root: str) -> str:
        """Return the root that stands today for a root of a former unit."""
        agency = self._by_root.get(root)
        return agency.now if agency and agency.now else root


def load_agencies(path: Path = AGENCIES_FILE) -> Agencies:
    """Read the list of roots.

    Raises:
        DossierDataError: an entry has other fields than name, checked and now.
    """
    data = yaml.safe_load(path.read_text("utf-8"))
    try:
        return Agencies({root: Agency(**entry) for root, entry in data.items()})
    except (TypeError, AttributeError) as error:
        raise DossierDataError(f"{path}: mỗi gốc cần name, checked và có thể now") from error
