import io
import shutil
import subprocess
import zipfile
from datetime import date

import docx
import pytest

from knowledge_base.forms import load_forms

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="session")
def library():
    return load_forms()


@pytest.fixture(scope="session")
def birth(library):
    return library.get("khai-sinh")


@pytest.fixture
def birth_answers(birth):
    return dict(birth.examples[0].values)


@pytest.fixture(scope="session")
def docx_text():
    """The words of a DOCX, white space made single."""

    def read(blob):
        with zipfile.ZipFile(io.BytesIO(blob)) as archive:
            assert archive.testzip() is None
        document = docx.Document(io.BytesIO(blob))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        paragraphs = [paragraph.text for paragraph in document.paragraphs]
        return " ".join(" ".join([*paragraphs, *cells]).split())

    return read


@pytest.fixture(scope="session")
def pdf_text():
    """The words of a PDF, white space dropped: a line may break anywhere in a long word."""
    if shutil.which("pdftotext"):
        return _by_poppler
    pypdf = pytest.importorskip("pypdf")

    def read(blob):
        pages = pypdf.PdfReader(io.BytesIO(blob)).pages
        return "".join("".join(page.extract_text() for page in pages).split())

    return read


def _by_poppler(blob):
    done = subprocess.run(["pdftotext", "-", "-"], input=blob, capture_output=True, check=True)
    return "".join(done.stdout.decode("utf-8").split())
