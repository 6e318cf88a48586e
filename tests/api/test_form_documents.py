from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from api import form_documents
from api.form_documents import DocumentKind, FormDocuments
from knowledge_base.forms import shipped_forms

DAY = date(2026, 11, 23)


@pytest.fixture
def form():
    return shipped_forms().get("ct01")


@pytest.fixture
def made(monkeypatch):
    """What was made, in order."""
    made = []

    def render(sheet):
        made.append((sheet.kind, sheet.example and sheet.example.id))
        return f"{sheet.kind} {made[-1]}".encode()

    monkeypatch.setattr(form_documents, "render_docx", render)
    return made


def test_document_is_made_once(form, made):
    documents = FormDocuments(lambda: DAY)
    first = documents.make(form, None, DocumentKind.DOCX)
    assert documents.make(form, None, DocumentKind.DOCX) is first
    assert documents.find(form, None, DocumentKind.DOCX) is first
    assert len(made) == 1


def test_two_people_at_once_get_the_one_document(form, made):
    documents = FormDocuments(lambda: DAY)
    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(documents.make, form, None, DocumentKind.DOCX) for _ in range(16)]
    assert len({id(job.result()) for job in jobs}) == 1
    assert len(made) == 1


def test_sheet_and_example_have_their_own_documents_and_marks(form, made):
    documents = FormDocuments(lambda: DAY)
    sheets = [None, *form.examples]
    found = [documents.make(form, example, DocumentKind.DOCX) for example in sheets]
    assert len({document.tag for document in found}) == len(sheets)


def test_examples_are_checked_anew_on_another_day(form, made):
    day = [DAY]
    documents = FormDocuments(lambda: day[0])
    for example in (None, form.examples[0]):
        documents.make(form, example, DocumentKind.DOCX)
    day[0] = date(2026, 11, 24)
    assert documents.find(form, None, DocumentKind.DOCX) is not None
    assert documents.find(form, form.examples[0], DocumentKind.DOCX) is None


def test_documents_used_longest_ago_are_dropped(form, made):
    documents = FormDocuments(lambda: DAY, kept=2)
    first, second = form.examples[:2]
    documents.make(form, first, DocumentKind.DOCX)
    documents.make(form, second, DocumentKind.DOCX)
    documents.find(form, first, DocumentKind.DOCX)
    documents.make(form, None, DocumentKind.DOCX)
    assert documents.find(form, first, DocumentKind.DOCX) is not None
    assert documents.find(form, second, DocumentKind.DOCX) is None
