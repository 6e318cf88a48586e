"""The printed forms that the site hands out, blank and as examples: made once, then kept."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from threading import Lock

from knowledge_base.forms import Example, Form
from knowledge_base.forms.rendering import (
    Sheet,
    blank_sheet,
    example_sheet,
    render_docx,
    render_pdf,
)

__all__ = ["DocumentKind", "FormDocument", "FormDocuments"]

_KEPT = 300
"""Documents in memory: all forms of the library with their examples, about 50 KB each."""


class DocumentKind(StrEnum):
    """The files that a form can be had as."""

    DOCX = "docx"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        """The type of the file, for the browser."""
        if self == DocumentKind.PDF:
            return "application/pdf"
        return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class FormDocument:
    """One file, and a mark that changes when its content does."""

    kind: DocumentKind
    content: bytes
    tag: str


class FormDocuments:
    """Makes documents one at a time (layout takes a whole core) and keeps the latest ones.

    Only blank forms and invented examples pass here; what a person fills in is never kept.
    """

    def __init__(self, today: Callable[[], date], kept: int = _KEPT) -> None:
        """Take a clock: the faults that a wrong example shows may depend on the day."""
        self._today = today
        self._kept = kept
        self._documents: OrderedDict[tuple[object, ...], FormDocument] = OrderedDict()
        self._keeping, self._making = Lock(), Lock()

    def find(self, form: Form, example: Example | None, kind: DocumentKind) -> FormDocument | None:
        """The document where it has been made already today."""
        key = self._key(form, example, kind)
        with self._keeping:
            if key in self._documents:
                self._documents.move_to_end(key)
            return self._documents.get(key)

    def make(self, form: Form, example: Example | None, kind: DocumentKind) -> FormDocument:
        """The document, made now unless someone else made it meanwhile.

        Raises:
            RenderingError: a library that the document needs is missing.
        """
        with self._making:
            ready = self.find(form, example, kind)
            return ready or self._keep(self._key(form, example, kind), form, example, kind)

    def _keep(
        self, key: tuple[object, ...], form: Form, example: Example | None, kind: DocumentKind
    ) -> FormDocument:
        document = self._render(form, example, kind)
        with self._keeping:
            self._documents[key] = document
            while len(self._documents) > self._kept:
                self._documents.popitem(last=False)
        return document

    def _key(self, form: Form, example: Example | None, kind: DocumentKind) -> tuple[object, ...]:
        return form.id, example and example.id, kind, example and self._today()

    def _render(self, form: Form, example: Example | None, kind: DocumentKind) -> FormDocument:
        sheet = self._sheet(form, example)
        content = render_pdf(sheet) if kind == DocumentKind.PDF else render_docx(sheet)
        return FormDocument(kind, content, f'"{hashlib.sha256(content).hexdigest()[:16]}"')

    def _sheet(self, form: Form, example: Example | None) -> Sheet:
        if example is None:
            return blank_sheet(form)
        return example_sheet(form, example, today=self._today())
