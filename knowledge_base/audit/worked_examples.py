"""Which forms have a worked example, and which papers of a record ask for such a form."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge_base.forms import Form
from knowledge_base.text import fold

__all__ = ["WorkedExample", "worked_examples"]

# «Thông tư 53/2025/TT-BCA (sửa đổi …)»: the number of the issuing text.
_TEXT_NUMBER = re.compile(r"\d+/(?:\d{4}/)?[^\W\d_][\w-]*")


@dataclass(frozen=True)
class WorkedExample:
    """A form that has one: its name, its number, who issued it, and who uses it."""

    name: str
    number: str | None = None
    issued_by: str = ""
    procedures: tuple[str, ...] = ()

    def serves(self, code: str, words: str, number: str | None = None) -> bool:
        """Tell whether a paper of the record `code`, in these words, asks for this form.

        A number alone says nothing («Mẫu số 01» stands in hundreds of records), so the name, the
        issuing text or the procedure must fit as well. `number` is the paper's own, where the
        record holds it apart from the words: it must be this form's.
        """
        folded = fold(words.lower())
        named = _stands_in(self.name, folded)
        if self.number is None:
            return named
        if number is not None and not _stands_in(self.number, fold(number.lower())):
            return False
        numbered = _stands_in(self.number, folded)
        known = code in self.procedures
        if numbered:
            return named or known or self._issued_in(folded)
        return named and known

    def _issued_in(self, folded: str) -> bool:
        return any(_stands_in(text, folded) for text in _TEXT_NUMBER.findall(self.issued_by))


def worked_examples(forms: Iterable[Form]) -> tuple[WorkedExample, ...]:
    """The forms of a library that have a worked example."""
    return tuple(
        WorkedExample(form.name, form.number, form.issued_by, tuple(form.procedures))
        for form in forms
        if form.examples
    )


def _stands_in(text: str, folded: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(fold(text.lower()).strip())}(?!\w)", folded))
