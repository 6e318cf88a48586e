import builtins
import io

import pytest

from knowledge_base.errors import RenderingError
from knowledge_base.pdf import _engine, _style, make_pdf

pypdf = pytest.importorskip("pypdf")


@pytest.fixture
def style(tmp_path):
    path = tmp_path / "sheet.css"
    path.write_text("@page { size: A5 }", "utf-8")
    return path


def make(html, style):
    try:
        return pypdf.PdfReader(io.BytesIO(make_pdf(html, style)))
    except RenderingError as error:
        pytest.skip(str(error))


def test_a_page_is_laid_out_with_the_style_of_the_file(style):
    pdf = make('<html lang="vi"><title>Phiếu</title><p>Giấy chứng sinh</p></html>', style)
    assert "Giấy chứng sinh" in pdf.pages[0].extract_text()
    assert round(float(pdf.pages[0].mediabox.width)) == 420
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x"])
def test_nothing_is_fetched(style, address):
    pdf = make(f'<title>x</title><p>chữ<link rel=attachment href="{address}"></p>', style)
    assert "chữ" in pdf.pages[0].extract_text()
    assert not pdf.attachments


def test_a_machine_without_the_libraries_names_what_to_install(style, monkeypatch):
    real = builtins.__import__

    def no_pango(name, *rest, **named):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *rest, **named)

    for kept in (_engine, _style):
        kept.cache_clear()
    monkeypatch.setattr(builtins, "__import__", no_pango)
    with pytest.raises(RenderingError, match="libpango-1.0-0"):
        make_pdf("<p>chữ</p>", style)
