"""Which procedures tell of a person's private life by their name alone.

The list is data (`sensitive_procedures.yml`); the centre may lengthen it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import yaml

from dossiers.errors import DossierDataError
from dossiers.plain_text import plain

__all__ = ["SENSITIVE_FILE", "SensitiveProcedures", "load_sensitive"]

SENSITIVE_FILE = Path(__file__).parent / "sensitive_procedures.yml"


class SensitiveProcedures:
    """Words and codes by which a sensitive procedure is known."""

    def __init__(self, words: Iterable[str], codes: Iterable[str] = ()) -> None:
        phrases = [re.escape(plain(word)) for word in words]
        self._words = re.compile(rf"\b(?:{'|'.join(phrases)})\b") if phrases else None
        self._codes = frozenset(codes)

    def covers(self, *, code: str | None, name: str | None, field: str | None) -> bool:
        """Tell whether a procedure is sensitive; one without a name and field is taken to be."""
        if name is None and field is None:
            return True
        if code is not None and any(
            code == known or code.startswith(f"{known}.") for known in self._codes
        ):
            return True
        text = plain(f"{name or ''} | {field or ''}")
        return self._words is not None and self._words.search(text) is not None


def load_sensitive(path: Path = SENSITIVE_FILE) -> SensitiveProcedures:
    """Read the list.

    Raises:
        DossierDataError: the file has another shape.
    """
    data = yaml.safe_load(path.read_text("utf-8"))
    if not isinstance(data, dict) or set(data) != {"words", "codes"}:
        raise DossierDataError(f"{path}: cần đúng hai mục «words» và «codes»")
    words, codes = data["words"], data["codes"]
    if not all(isinstance(item, str) and item for item in [*words, *codes]):
        raise DossierDataError(f'{path}: mỗi mục phải là một chuỗi, ví dụ "1.001193"')
    return SensitiveProcedures(words, codes)
