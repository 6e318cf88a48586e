"""The page on which a form is filled in: stateless, without JavaScript."""

import html
import io
import logging
import re
import time
import zipfile

import pytest

from knowledge_base.forms.filling import Draft
from tests.api.form_filling.conftest import LIBRARY, PRIVATE, RESIDENCE
from tests.knowledge_base.forms import conftest as forms_fixtures

pdf_text = forms_fixtures.pdf_text
CT01 = "/bieu-mau/ct01/dien"
OLD = "Thôn Đông, xã Hòa Tiến, huyện Yên Phong, tỉnh Bắc Ninh"
NEW = "Thôn Đông, xã Tam Giang, thành phố Bắc Ninh"


class Browser:
    """A browser without scripts: it sends the hidden fields of the page with what is pressed."""

    def __init__(self, client, path=CT01):
        self.client = client
        self.path = path
        self.response = client.get(path)

    @property
    def page(self):
        return html.unescape(self.response.text)

    @property
    def hidden(self):
        found = re.findall(
            r'<input type="hidden" name="([^"]*)" value="([^"]*)">', self.response.text
        )
        return {html.unescape(name): html.unescape(value) for name, value in found}

    def press(self, do, value=None, **changed):
        data = {**self.hidden, "do": do, **changed}
        if value is not None:
            data["value"] = value
        self.response = self.client.post(self.path, data=data)
        return self

    def answer(self, *values):
        for value in values:
            self.press("skip") if value == "bỏ qua" else self.press("next", value)
        return self


@pytest.fixture
def browser(client):
    return Browser(client)


# A page has buttons where the chat has words, and its options carry their full text.
ON_PAGE = tuple({"nu": "Nữ", "có": "Có", "nữ": "Nữ", "không": "Không"}.get(m, m) for m in RESIDENCE)


def words_of(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        xml = archive.read("word/document.xml").decode("utf-8")
    return html.unescape(re.sub(r"<[^>]+>", "", xml))


def test_it_begins_with_the_first_question(browser):
    assert browser.response.status_code == 200
    assert "Câu 1/12 · Nơi nhận" in browser.page
    assert "Kính gửi" in browser.page
    assert browser.hidden == {"at": "addressed_to"}


def test_a_form_is_filled_in_and_fetched(browser):
    browser.answer(*ON_PAGE)
    assert "Đọc lại trước khi tải" in browser.page
    word = browser.press("docx").response
    assert word.headers["content-disposition"] == 'attachment; filename="ct01.docx"'
    assert "TRẦN THỊ THỬ" in words_of(word.content)


def test_a_pdf_is_made_too(browser, pdf_text):
    hidden = browser.answer(*ON_PAGE).hidden
    pdf = browser.client.post(CT01, data={**hidden, "do": "pdf"})
    assert pdf.headers["content-type"] == "application/pdf"
    assert "TRẦNTHỊTHỬ" in pdf_text(pdf.content)


def test_nothing_of_it_may_be_kept_by_a_cache(browser):
    for response in (browser.response, browser.answer(ON_PAGE[0]).response):
        assert response.headers["cache-control"] == "no-store"
    assert browser.press("docx").response.headers["cache-control"] == "no-store"


def test_it_sets_no_cookie(browser):
    browser.answer(*ON_PAGE[:3])
    assert "set-cookie" not in browser.response.headers
    assert not browser.client.cookies


def test_a_wrong_value_is_refused_beside_its_field_and_stays_there(browser):
    browser.answer(ON_PAGE[0], ON_PAGE[1], "31/02/1998")
    assert "Không có ngày 31/02/1998 trong lịch." in browser.page
    assert 'aria-invalid="true"' in browser.page
    assert 'aria-describedby="cach-ghi loi"' in browser.page
    assert 'value="31/02/1998"' in browser.page
    assert "<title>Lỗi" in browser.page


def test_an_earlier_answer_is_corrected_and_the_rest_stays(browser):
    browser.answer(*ON_PAGE[:4]).press("edit:name")
    assert "Đang ghi: TRẦN THỊ THỬ" in browser.page
    browser.press("next", "LÊ THỊ DỤ")
    assert browser.hidden["g.name"] == "LÊ THỊ DỤ"
    assert browser.hidden["at"] == "identity_number"


def test_a_correction_may_be_left(browser):
    browser.answer(*ON_PAGE[:4]).press("edit:name").press("keep")
    assert browser.hidden["g.name"] == "TRẦN THỊ THỬ"
    assert browser.hidden["at"] == "identity_number"


def test_back_leads_to_the_question_before(browser):
    browser.answer(*ON_PAGE[:2]).press("back")
    assert browser.hidden["at"] == "name"


def test_not_knowing_says_where_to_find_it(browser):
    browser.answer(*ON_PAGE[:4]).press("unknown")
    assert "VNeID" in browser.page
    assert browser.hidden["at"] == "phone"


def test_the_rest_may_be_left_blank_and_what_is_missing_is_listed(browser):
    browser.answer(*ON_PAGE[:2]).press("rest")
    assert "Còn thiếu những mục phải ghi:" in browser.page
    assert "<li>2. Ngày, tháng, năm sinh</li>" in browser.page
    assert browser.press("docx").response.headers["content-disposition"]


def test_an_old_address_is_refused_with_the_one_of_today_to_press(client):
    browser = Browser(client, "/bieu-mau/khai-sinh/dien")
    browser.answer("Ủy ban nhân dân xã Hòa Mẫu", "Trần Thị Thử", "12/03/1998", "Thẻ căn cước", OLD)
    assert f"Dùng: {NEW}" in browser.page
    browser.response = client.post(browser.path, data={**browser.hidden, "value": NEW})
    assert browser.hidden["g.applicant_residence"] == NEW


def test_contradictions_bar_the_file(client):
    browser = Browser(client, "/bieu-mau/khai-sinh/dien")
    data = {"g.child_birth_date": "15/09/2026", "g.mother_birth_date": "16/09/2026"}
    refused = client.post(browser.path, data={**data, "do": "docx"})
    assert refused.status_code == 422
    assert "Có chỗ chưa khớp nhau" in refused.text


@pytest.mark.parametrize(
    "typed",
    ["{{7*7}}", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "A & B «c»"],
)
def test_hostile_values_are_text_on_the_page_and_in_the_file(browser, typed):
    browser.answer(typed)
    assert browser.hidden["g.addressed_to"] == typed
    assert "<script>alert" not in browser.response.text
    assert "<img src=x" not in browser.response.text
    browser.press("rest")
    assert typed in words_of(browser.press("docx").response.content)


@pytest.mark.parametrize(("typed", "said"), [("a" * 10_000, "nhiều nhất 300"), ("a\x01b", "lạ")])
def test_what_cannot_be_printed_is_refused(browser, typed, said):
    browser.answer(typed)
    assert said in browser.page
    assert "g.addressed_to" not in browser.hidden


def test_direction_marks_are_dropped(browser):
    browser.answer("Công an\u202e xã\u2067 Hòa Mẫu")
    assert browser.hidden["g.addressed_to"] == "Công an xã Hòa Mẫu"


def test_an_endless_body_is_refused(client):
    assert client.post(CT01, data={"value": "a" * 600_000}).status_code == 413
    assert client.post(CT01, data={f"g.{n}": "x" for n in range(2000)}).status_code == 413


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"do": "edit:nothing"},
        {"do": "edit:signature"},
        {"do": "dance"},
        {"do": "back"},
        {"do": "keep", "reopened": "name"},
        {"g.signature": "đã ký", "g.declaration": "tôi cam đoan", "do": "next"},
        {"g.members.1": "Có", "g.members.1.name": "{", "reopened": "members.1"},
        {"at": "phone", "value": "0000000002", "do": "next"},
        {"value": "x" * 100, "at": "addressed_to"},
    ],
)
def test_whatever_is_sent_there_is_a_screen(client, data):
    response = client.post(CT01, data=data)
    assert response.status_code == 200
    assert "đã ký" not in response.text
    assert "tôi cam đoan" not in response.text


def test_a_body_that_is_no_form_is_a_first_screen(client):
    response = client.post(CT01, content=b"\xff\xfe\x00{", headers={"content-type": "text/plain"})
    assert response.status_code == 200
    assert "Câu 1/12" in response.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_form_that_is_not_there_is_told(client, method):
    response = getattr(client, method)("/bieu-mau/khong-co/dien")
    assert response.status_code == 404
    assert "Không có mẫu này" in response.text


def test_a_file_that_is_not_there_is_told(client):
    response = client.get("/tep/" + "x" * 32)
    assert response.status_code == 404
    assert "Tệp này không còn" in response.text


def test_files_are_not_made_faster_than_allowed(open_client):
    with open_client(documents_per_minute=2) as client:
        codes = [client.post(CT01, data={"do": "docx"}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]


def test_every_form_of_the_library_can_be_begun(client):
    for form in LIBRARY:
        response = client.get(f"/bieu-mau/{form.id}/dien")
        assert response.status_code == 200, form.id


def test_nothing_typed_is_in_logs_files_or_addresses(open_client, tmp_path, caplog):
    addresses = []
    with caplog.at_level(logging.DEBUG), open_client(data_folder=tmp_path) as client:
        client.event_hooks["request"].append(lambda request: addresses.append(str(request.url)))
        Browser(client).answer(*ON_PAGE).press("docx")
    kept = caplog.text + "\n".join(addresses)
    for path in tmp_path.rglob("*"):
        kept += path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
    for value in PRIVATE:
        assert value not in kept


@pytest.mark.parametrize("sign", [" ", "a", "1", ",", "tên là ", "(", "\u0301"])
def test_endless_text_is_refused_at_once(client, sign):
    """One question of every kind; a screen before it is as if all was left blank."""
    questions = Draft(LIBRARY.get("khai-sinh")).questions + Draft(LIBRARY.get("ct01")).questions
    started = time.perf_counter()
    for kind in {question.entry.type for question in questions}:
        form = next(f for f in ("khai-sinh", "ct01") if _first(f, kind))
        question = _first(form, kind)
        earlier = {f"g.{q.key}": "" for q in Draft(LIBRARY.get(form)).questions}
        del earlier[f"g.{question.key}"]
        data = {**earlier, "do": "next", "at": question.key, "value": (sign * 30_000)[:30_000]}
        response = client.post(f"/bieu-mau/{form}/dien", data=data)
        assert response.status_code == 200
        assert f'name="g.{question.key}"' not in response.text
        assert 'id="loi"' in response.text
    assert time.perf_counter() - started < 10


def _first(form, kind):
    questions = Draft(LIBRARY.get(form)).questions
    return next((question for question in questions if question.entry.type == kind), None)


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_a_file_is_made_within_a_second_once_warm(browser, suffix):
    hidden = browser.answer(*ON_PAGE).hidden
    took = []
    for _ in range(4):
        started = time.perf_counter()
        assert browser.client.post(CT01, data={**hidden, "do": suffix}).status_code == 200
        took.append(time.perf_counter() - started)
    assert min(took[1:]) < 1.0, took
