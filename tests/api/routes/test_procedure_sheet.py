"""The sheet as a PDF, the QR code, and what other sites read of a page."""

import io
import json
import re
from xml.etree import ElementTree

import pytest
import segno

from api.rendering.links import qr_code
from knowledge_base.errors import RenderingError
from tests.api.routes.test_procedures import ATTACK, BARE, LICENCE, PATH, dragon
from tests.factories import CODE, PORTAL, make_bare, make_procedure

pypdf = pytest.importorskip("pypdf")


@pytest.fixture
def site(open_catalogue_site):
    return open_catalogue_site(
        dragon(online_url=PORTAL),
        make_procedure(LICENCE, name="Cấp bản sao giấy phép rồng"),
        make_bare(BARE, name="Xuất khẩu rồng"),
        public_url="https://hoi.example",
    )


def read(response):
    assert response.headers["content-type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(response.content))


def text_of(pdf):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages))


def test_pdf_is_one_tagged_page_of_the_case(site):
    pdf = read(site.get(f"{PATH}.pdf", params={"q_owner": "own"}))
    assert len(pdf.pages) == 1
    width, height = pdf.pages[0].mediabox[2:]
    assert (round(width), round(height)) == (595, 842), "A4"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "vi"
    text = text_of(pdf)
    assert "Phiếu chuẩn bị: Cấp giấy phép nuôi rồng" in text
    assert "Đơn đề nghị nuôi rồng (1 bản chính)" in text
    assert "Giấy cho mượn rồng" not in text
    assert "Quyết định 12/QĐ-BTP, kiểm tra ngày 23/11/2026" in text
    assert "In ngày 23/11/2026" in text
    assert f"hoi.example{PATH}" in text


def test_link_to_the_pdf_carries_the_case_and_nothing_else(site):
    query = {"q_owner": "own", "have": "application", "check": "1", "x": "y"}
    page = site.get(PATH, params=query).text
    assert f'href="{PATH}.pdf?q_owner=own"' in page
    assert f'href="{PATH}.pdf"' in site.get(PATH).text


def test_pdf_of_an_unknown_procedure_is_answered_in_words(site):
    response = site.get("/thu-tuc/9.999999.pdf")
    assert response.status_code == 404
    assert "Không có thủ tục này" in response.text


def test_many_pdfs_at_once_are_refused(open_catalogue_site):
    site = open_catalogue_site(dragon(), documents_per_minute=2)
    statuses = [site.get(f"{PATH}.pdf").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert site.get(PATH).status_code == 200


def test_machine_without_the_libraries_says_what_to_do(site, monkeypatch):
    def fail(html, style):
        raise RenderingError("no Pango")

    monkeypatch.setattr("api.routes.procedures.make_pdf", fail)
    response = site.get(f"{PATH}.pdf")
    assert response.status_code == 503
    assert "In phiếu" in response.text


def test_pdf_fetches_nothing_and_runs_nothing(open_catalogue_site):
    hostile = '<img src="file:///etc/passwd"><link rel=attachment href="file:///etc/passwd">'
    site = open_catalogue_site(
        dragon(
            questions=[],
            requirements=[{"id": "application", "name": hostile}],
            steps=[{"text": "Nộp."}, {"text": "Nhận."}],
            name=ATTACK,
        )
    )
    pdf = read(site.get(f"{PATH}.pdf"))
    assert "file:///etc/passwd" in text_of(pdf)
    assert "root:" not in text_of(pdf)
    assert not pdf.attachments


def test_qr_code_leads_to_the_page():
    address = f"https://hoi.example{PATH}"
    drawn = qr_code(address, "Mã <QR>")
    assert "<title>Mã &lt;QR&gt;</title>" in drawn
    assert "style=" not in drawn
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', drawn)[1])
    code = segno.make(address, error="m", micro=False)
    assert size == code.symbol_size()[0], "four modules of quiet zone on every side"


def test_sheet_on_the_page_has_the_qr_code(site):
    sheet = site.get(PATH).text.partition('<section class="sheet">')[2]
    expected = qr_code(f"https://hoi.example{PATH}", "Mã QR mở trang của thủ tục này")
    assert str(expected) in sheet


def test_page_tells_search_engines_and_zalo_what_it_is(site):
    page = site.get(PATH).text
    assert f'<link rel="canonical" href="https://hoi.example{PATH}">' in page
    assert '<meta property="og:title" content="Cấp giấy phép nuôi rồng – Trợ lý Một Cửa">' in page
    image = re.search(r'"og:image" content="https://hoi.example(/static/[^"]+)"', page)[1]
    assert site.get(image).headers["content-type"] == "image/png"
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1]
    data = json.loads(block)
    assert data["@type"] == "GovernmentService"
    assert data["identifier"] == CODE
    assert data["provider"] == [
        {"@type": "GovernmentOrganization", "name": "Bộ phận một cửa cấp xã"}
    ]
    assert "availableChannel" not in data, "it is not filed online"


def test_data_for_search_engines_cannot_end_its_block(open_catalogue_site):
    page = open_catalogue_site(dragon(name="</script><script>x</script>")).get(PATH).text
    block = page.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(block)["name"] == "</script><script>x</script>"


def test_sitemap_lists_pages_with_something_to_read(site):
    root = ElementTree.fromstring(site.get("/sitemap.xml").content)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    listed = {
        url.findtext("s:loc", namespaces=space): url.findtext("s:lastmod", namespaces=space)
        for url in root.findall("s:url", space)
    }
    assert listed[f"https://hoi.example{PATH}"] == "2026-11-23"
    assert "https://hoi.example/thu-tuc" in listed
    assert f"https://hoi.example/thu-tuc/{BARE}" not in listed
    for address in listed:
        assert site.get(address.removeprefix("https://hoi.example")).status_code == 200
    robots = site.get("/robots.txt").text
    assert "Sitemap: https://hoi.example/sitemap.xml" in robots


def test_without_a_public_address_that_of_the_request_counts(open_catalogue_site):
    page = open_catalogue_site(dragon()).get(PATH, headers={"Host": "t.example"}).text
    assert f'href="http://t.example{PATH}"' in page


def test_script_for_other_sites_may_be_loaded_by_them(site):
    response = site.get("/embed.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "max-age" in response.headers["cache-control"]


def test_demonstration_names_the_allowed_sites_as_text(open_catalogue_site):
    site = open_catalogue_site(frame_ancestors=("https://xa.example",))
    page = site.get("/nhung-thu", params={"procedure": '"><script>x</script>'}).text
    assert "https://xa.example" in page
    assert "<script>x" not in page
    assert "Chưa có trang nào" in open_catalogue_site().get("/nhung-thu").text
