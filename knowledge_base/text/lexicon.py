"""The lexicon: abbreviations, teencode, old and popular names, dialect, misspellings.

Each file `knowledge_base/lexicon/*.tsv` has the columns `form`, `meaning`, `note`. A form with one
meaning is replaced in the normalised text; a form with several (separated by «|») is ambiguous:
the text keeps it, and search may look for every meaning beside it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from knowledge_base.errors import LexiconError
from knowledge_base.text.normalise import fold, has_diacritics, normalise

__all__ = ["LEXICON_FOLDER", "Lexicon", "load_lexicon"]

LEXICON_FOLDER = Path(__file__).parent.parent / "lexicon"

# These lists rewrite the text itself; the others only widen a search.
_REWRITING = ("teencode", "abbreviations", "misspellings", "dialect")
# Of these, what stays recognisable without diacritics.
_PLAIN = ("teencode", "abbreviations")


class Lexicon:
    """Spelling rules (rewritten in the text) and synonyms (added to a search)."""

    def __init__(
        self,
        spelling: Mapping[str, str],
        synonyms: Mapping[str, tuple[str, ...]],
        plain: Mapping[str, str] | None = None,
    ) -> None:
        """Take forms to their one meaning, forms to words to search as well, and of the first
        those that hold in a text without diacritics too.
        """
        self._spelling = dict(spelling)
        self._synonyms = dict(synonyms)
        self._unaccented = _unaccented(plain or {})
        self._spelling_pattern = _any_of(self._spelling)
        self._unaccented_pattern = _any_of(self._unaccented)
        self._synonym_pattern = _any_of(self._synonyms)
        folded = {
            fold(form): meanings
            for form, meanings in self._synonyms.items()
            # A short folded form says too little: «bia do» is bìa đỏ, but «ma» is not «mạ».
            if has_diacritics(form) and len(form.split()) > 1
        }
        self._folded_synonyms = {f: m for f, m in folded.items() if f not in self._synonyms}
        self._folded_pattern = _any_of(self._folded_synonyms)

    def rewrite(self, text: str) -> str:
        """Normalise `text` and write out its teencode and abbreviations.

        In a text without diacritics «dkkh» is read as «đkkh», and words of dialect («giai» for
        «trai») are left alone, as they may be others without their marks («giải»).
        """
        written = normalise(text)
        accented = has_diacritics(written)
        rules = self._spelling if accented else self._unaccented
        pattern = self._spelling_pattern if accented else self._unaccented_pattern
        return pattern.sub(lambda match: rules[match[0]], written) if pattern else written

    def spellings(self) -> dict[str, list[str]]:
        """Every meaning with the forms in which it is typed («bao nhiêu»: «bn», «bnhiu»)."""
        forms: dict[str, list[str]] = {}
        for form, meaning in self._spelling.items():
            forms.setdefault(meaning, []).append(form)
        return forms

    def expansions(self, text: str) -> list[str]:
        """Return the phrases that a search for the rewritten `text` should also look for."""
        found: list[str] = []
        if self._synonym_pattern is not None:
            for match in self._synonym_pattern.finditer(text):
                found += self._synonyms[match[0]]
        if self._folded_pattern is not None and not has_diacritics(text):
            for match in self._folded_pattern.finditer(text):
                found += self._folded_synonyms[match[0]]
        return list(dict.fromkeys(found))


def load_lexicon(folder: Path = LEXICON_FOLDER, without: Iterable[str] = ()) -> Lexicon:
    """Read every list of `folder` but those named in `without` (file names without ending).

    Raises:
        LexiconError: a row has no form or no meaning, naming file and line.
    """
    spelling: dict[str, str] = {}
    plain: dict[str, str] = {}
    synonyms: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.tsv")):
        if path.stem in set(without):
            continue
        for form, meanings in _rows(path):
            if path.stem in _REWRITING and len(meanings) == 1:
                spelling[form] = meanings[0]
                if path.stem in _PLAIN:
                    plain[form] = meanings[0]
            else:
                synonyms[form] = synonyms.get(form, ()) + meanings
    return Lexicon(spelling, synonyms, plain)


def _rows(path: Path) -> Iterable[tuple[str, tuple[str, ...]]]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in reader:
            form = normalise(row.get("form") or "")
            meanings = tuple(normalise(part) for part in (row.get("meaning") or "").split("|"))
            if not form or not all(meanings):
                raise LexiconError(f"{path}:{reader.line_num}: thiếu form hoặc meaning")
            yield form, meanings


def _unaccented(rules: Mapping[str, str]) -> dict[str, str]:
    """The rules for a text without diacritics: forms as they are, «đkkh» also as «dkkh».

    A single word with marks on its vowels is left out: «nhá» (nhé) would be found in «nha» (nhà).
    """
    folded = {
        fold(form): meaning
        for form, meaning in rules.items()
        if " " in form or fold(form) == form.replace("đ", "d")
    }
    return folded | {form: rules[form] for form in rules if not has_diacritics(form)}


def _any_of(forms: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern that finds any of `forms` as whole words, the longest first."""
    ordered = sorted(forms, key=len, reverse=True)
    if not ordered:
        return None
    return re.compile(rf"(?<![\w/.-])(?:{'|'.join(map(re.escape, ordered))})(?![\w/-])")
