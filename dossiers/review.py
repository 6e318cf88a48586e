"""A review with figures that others told: read from a file, checked, never put right in silence."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from dossiers.errors import DossierDataError
from dossiers.figures import Figures, Period

__all__ = ["Review", "read_review"]

_PARTS = {"title", "source", "title_period", "data_period", "figures"}


@dataclass(frozen=True)
class Review:
    """What was told, for which period, and which period its title names."""

    title: str
    source: str
    title_period: Period
    data_period: Period
    figures: Figures


def read_review(path: Path) -> Review:
    """Read a review.

    Raises:
        DossierDataError: the file cannot be read, or a part is wrong, naming it.
    """
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DossierDataError(f"{path}: không đọc được tệp số liệu") from error
    if not isinstance(data, dict) or set(data) != _PARTS:
        raise DossierDataError(f"{path}: cần đúng các mục {', '.join(sorted(_PARTS))}")
    return Review(
        title=str(data["title"]),
        source=str(data["source"]),
        title_period=_period(path, "title_period", data["title_period"]),
        data_period=_period(path, "data_period", data["data_period"]),
        figures=_figures(path, data["figures"]),
    )


def _period(path: Path, name: str, told: Any) -> Period:
    first, last = (told.get("first"), told.get("last")) if isinstance(told, dict) else (None, None)
    if type(first) is not date or type(last) is not date:
        raise DossierDataError(f"{path}: {name}: cần first và last dạng năm-tháng-ngày")
    try:
        return Period(first, last)
    except ValueError as error:
        raise DossierDataError(f"{path}: {name}: last phải từ ngày first trở đi") from error


def _figures(path: Path, told: Any) -> Figures:
    names = {field.name for field in fields(Figures)}
    if not isinstance(told, dict) or not set(told) <= names:
        raise DossierDataError(f"{path}: figures: chỉ nhận {', '.join(sorted(names))}")
    for name, value in told.items():
        if type(value) is not int:
            raise DossierDataError(f"{path}: figures: {name}: cần một số nguyên")
    return Figures(**told)
