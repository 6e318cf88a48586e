import html
import io
import re
import zipfile
from html.parser import HTMLParser

import docx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from knowledge_base.answer.blocks import FormBlock
from knowledge_base.catalogue import Catalogue
from knowledge_base.forms import ExampleKind, RenderingError, shipped_forms
from tests.api.conftest import NOW
from tests.api.fake_rasa import make_answer
from tests.factories import make_guidance

FORMS = list(shipped_forms())
IDS = [form.id for form in FORMS]
BIRTH = "1.001193"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ATTACK = """"><script>window.__xss=1</script><img src=x onerror=alert(1)>'&"""


def birth_registration():
    paper = {
        "id": "declaration",
        "name": "Tờ khai đăng ký khai sinh",
        "form": {"name": "Tờ khai đăng ký khai sinh"},
    }
    name = "Đăng ký khai sinh cho con"
    return make_guidance(code=BIRTH, name=name, field="Hộ tịch", requirements=[paper])


@pytest.fixture(scope="module")
def make_site(tmp_path_factory):
    """An application that knows one procedure, with the settings given."""
    opened = []

    def make_site(address=("127.0.0.1", 50_000), **settings):
        app = create_app(
            Settings(data_folder=tmp_path_factory.mktemp("data"), **settings),
            catalogue=Catalogue([birth_registration()]),
            now=lambda: NOW,
        )
        client = TestClient(app, client=address)
        opened.append(client.__enter__())
        return client

    yield make_site
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture(scope="module")
def site(make_site):
    return make_site()


class Links(HTMLParser):
    """Every address of a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.found += [given[name] for name in ("href", "action") if name in given]


def words(page):
    shown = re.sub(r"<[^>]*>", " ", page.partition("<main")[2])
    return " ".join(html.unescape(shown).split())


def test_list_names_every_form_with_its_page(site):
    page = site.get("/bieu-mau").text
    links = Links(page).found
    for form in FORMS:
        assert f"/bieu-mau/{form.id}" in links
        assert form.name in words(page)
    assert f"{len(FORMS)} mẫu hay dùng" in words(page)
    assert "Hộ tịch" in words(page)


@pytest.mark.parametrize(
    "search",
    ["khai sinh lại", "KHAI SINH LẠI", "khai sinh lai", "  sinh   lại ", "lại%20khai sinh"],
)
def test_search_finds_with_and_without_marks(site, search):
    page = site.get(f"/bieu-mau?tim={search}").text
    found = [link for link in Links(page).found if link.startswith("/bieu-mau/")]
    assert found == ["/bieu-mau/dang-ky-lai-khai-sinh"]


def test_search_finds_by_number_and_by_procedure(site):
    assert "/bieu-mau/ct01" in Links(site.get("/bieu-mau?tim=CT01").text).found
    found = Links(site.get("/bieu-mau?tim=cho con").text).found
    assert "/bieu-mau/khai-sinh" in found


@pytest.mark.parametrize("search", ["nuôi rồng", ATTACK, "\u202e", "%00", "x" * 5000])
def test_search_that_finds_nothing_says_so_and_stays_text(site, search):
    response = site.get("/bieu-mau", params={"tim": search})
    assert response.status_code == 200
    assert "Chưa có mẫu nào khớp" in response.text
    assert response.text.count("<script") == 1, "chỉ có tệp của trang"
    assert "<img src=x" not in response.text
    assert 'href="/bieu-mau"' in response.text


@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_page_explains_every_field_and_shows_every_example(site, form):
    page = site.get(f"/bieu-mau/{form.id}").text
    shown = words(page)
    assert "đối chiếu với mẫu chính thức" in shown
    for part in (form.issued_by, form.basis, form.validity_note, *form.before_filling):
        assert " ".join((part or "").split()) in shown
    for field in form.fields:
        assert field.label in shown
        assert field.explain in shown
        assert all(mistake in shown for mistake in field.mistakes)
    for example in form.examples:
        assert example.situation in shown
        assert all(note in shown for note in example.notes.values())
        assert all(fault.message in shown for fault in example.faults)
        assert (example.explanation or "") in shown
    assert shown.count("(*)") == len(form.unchecked) + bool(form.unchecked)
    assert form.official_url in Links(page).found


@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_page_keeps_its_links_unique_ids_and_heading_order(site, form):
    page = site.get(f"/bieu-mau/{form.id}").text
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert not re.search(r"<[^>]*\s(?:style|on\w+)=", re.sub(r'"[^"]*"', '""', page))
    numbers = range(1, len(form.examples) + 1)
    wanted = {f"/bieu-mau/{form.id}/mau-trong.{kind}" for kind in ("docx", "pdf")}
    wanted |= {f"/bieu-mau/{form.id}/vi-du/{n}.{kind}" for n in numbers for kind in ("docx", "pdf")}
    wanted.add(f"/bieu-mau/{form.id}/dien")
    links = {link for link in Links(page).found if link.startswith(f"/bieu-mau/{form.id}/")}
    assert links == wanted


def test_page_links_the_procedures_that_use_the_form(site):
    assert f"/thu-tuc/{BIRTH}" in Links(site.get("/bieu-mau/khai-sinh").text).found


def test_procedure_page_offers_its_form(site):
    links = Links(site.get(f"/thu-tuc/{BIRTH}").text).found
    assert "/bieu-mau/khai-sinh" in links
    assert "/bieu-mau/khai-sinh/mau-trong.docx" in links
    assert "/bieu-mau/khai-sinh/mau-trong.pdf" in links


def test_answer_of_the_chat_offers_the_form(client, rasa):
    blocks = [FormBlock(name="Tờ khai", form_id="ct01"), FormBlock(name="Đơn")]
    answer = make_answer().model_copy(update={"blocks": blocks})
    rasa.reply = lambda _: answer
    turn = client.post("/chat/messages", data={"message": "x"}, headers={"X-Fragment": "1"})
    links = [link for link in Links(turn.text).found if "/bieu-mau/" in link]
    page = "/bieu-mau/ct01"
    assert links == [page, f"{page}/mau-trong.docx", f"{page}/mau-trong.pdf"]


def test_every_link_of_a_page_leads_somewhere(site):
    for path in ("/bieu-mau", "/bieu-mau/khai-sinh", f"/thu-tuc/{BIRTH}"):
        for link in set(Links(site.get(path).text).found):
            if link.startswith("/") and not link.startswith("/static"):
                response = site.get(link, follow_redirects=False)
                assert response.status_code == 200, (path, link)


def test_policy_is_strict_on_pages_and_files(site):
    for path in ("/bieu-mau", "/bieu-mau/ct01", "/bieu-mau/ct01/mau-trong.docx"):
        policy = site.get(path).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_blank_docx_is_saved_under_a_plain_name(site):
    response = site.get("/bieu-mau/khai-sinh/mau-trong.docx")
    assert response.headers["content-type"] == DOCX
    disposition = response.headers["content-disposition"]
    assert disposition == 'attachment; filename="khai-sinh-mau-trong.docx"'
    assert zipfile.ZipFile(io.BytesIO(response.content)).testzip() is None


@pytest.mark.parametrize("number", [1, 2, 3])
def test_example_of_each_number_is_sent(site, number):
    form = shipped_forms().get("ct01")
    example = form.examples[number - 1]
    response = site.get(f"/bieu-mau/ct01/vi-du/{number}.docx")
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(response.content)).paragraphs)
    assert example.situation in text
    assert ("VÍ DỤ SAI" in text) == (example.kind == ExampleKind.WRONG)


def test_pdf_opens_in_the_browser_and_is_tagged(site):
    response = site.get("/bieu-mau/khai-sinh/vi-du/1.pdf")
    if response.status_code == 503:
        pytest.skip("máy này không có Pango")
    assert response.headers["content-type"] == "application/pdf"
    assert response.headers["content-disposition"].startswith("inline; ")
    assert response.content.startswith(b"%PDF-")
    pypdf = pytest.importorskip("pypdf")
    catalogue = pypdf.PdfReader(io.BytesIO(response.content)).trailer["/Root"]
    assert "/StructTreeRoot" in catalogue
    assert str(catalogue["/Lang"]).startswith("vi")


def test_file_that_has_not_changed_is_not_sent_again(site):
    first = site.get("/bieu-mau/ct01/mau-trong.docx")
    again = site.get(
        "/bieu-mau/ct01/mau-trong.docx", headers={"If-None-Match": first.headers["etag"]}
    )
    assert first.headers["cache-control"] == "public, max-age=3600"
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    "path",
    [
        "/bieu-mau/khong-co",
        "/bieu-mau/CT01",
        "/bieu-mau/%3Cscript%3E",
        "/bieu-mau/..%2f..%2fetc",
        "/bieu-mau/khong-co/mau-trong.pdf",
        "/bieu-mau/ct01/mau-trong.exe",
        "/bieu-mau/ct01/mau-trong.PDF",
        "/bieu-mau/ct01/vi-du/0.pdf",
        "/bieu-mau/ct01/vi-du/99.pdf",
        "/bieu-mau/ct01/vi-du/-1.pdf",
        "/bieu-mau/ct01/vi-du/01.docx",
        "/bieu-mau/ct01/vi-du/x.docx",
    ],
)
def test_what_there_is_not_is_answered_in_words(site, path):
    response = site.get(path)
    assert response.status_code == 404
    if "%2f" not in path:
        assert "Không có mẫu hoặc tệp này" in response.text
        assert response.text.count("<script") == 1


def test_making_too_many_files_is_refused_and_those_that_lie_ready_are_not(make_site):
    site = make_site(address=("203.0.113.7", 1), documents_per_minute=2)
    paths = [f"/bieu-mau/ct01/vi-du/{number}.docx" for number in (1, 2, 3)]
    assert [site.get(path).status_code for path in paths] == [200, 200, 429]
    refused = site.get(paths[2])
    assert refused.headers["retry-after"] == "60"
    assert "đợi một phút" in words(refused.text)
    assert site.get(paths[0]).status_code == 200
    assert site.get("/bieu-mau/ct01").status_code == 200


def test_pdf_that_cannot_be_made_points_to_the_docx(make_site, monkeypatch):
    def fail(_):
        raise RenderingError("thiếu Pango")

    monkeypatch.setattr("api.form_documents.render_pdf", fail)
    response = make_site().get("/bieu-mau/ct01/mau-trong.pdf")
    assert response.status_code == 503
    assert "Bạn tải bản DOCX" in words(response.text)
