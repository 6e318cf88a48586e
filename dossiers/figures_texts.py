"""The words and targets of the table of figures, from a file the centre may edit."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from dossiers.errors import DossierDataError
from dossiers.figures import Figures

__all__ = ["FIGURES_FILE", "FigureTexts", "load_figure_texts"]

FIGURES_FILE = Path(__file__).parent / "figures.yml"


@dataclass(frozen=True)
class FigureTexts:
    """Names of columns and shares; targets in per cent."""

    columns: dict[str, str]
    shown_if_any: list[str]
    shares: dict[str, str]
    targets: dict[str, int]
    target: str
    reached: str
    missed: str
    not_told: str
    implied: str
    adds_up: str
    total: str


def load_figure_texts(path: Path = FIGURES_FILE) -> FigureTexts:
    """Read the words.

    Raises:
        DossierDataError: a part or a column is missing or unknown.
    """
    data = yaml.safe_load(path.read_text("utf-8"))
    wanted = {field.name for field in fields(FigureTexts)}
    if not isinstance(data, dict) or set(data) != wanted:
        raise DossierDataError(f"{path}: cần đúng các mục {', '.join(sorted(wanted))}")
    columns = {field.name for field in fields(Figures)}
    if set(data["columns"]) != columns:
        raise DossierDataError(f"{path}: columns: cần đúng các cột {', '.join(sorted(columns))}")
    return FigureTexts(**data)
