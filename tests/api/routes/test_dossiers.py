import re

import pytest

from api.dependencies import FOLLOWING_COOKIE
from api.session import COOKIE
from dossiers.status import Status
from knowledge_base.answer import Status as AnswerStatus
from knowledge_base.errors import RenderingError
from tests.api.conftest import NOW
from tests.api.fake_rasa import make_answer

PATH = "/ho-so"
ON_TIME, PIN, PHONE = "H05.12-261123-0007", "246810", "1234"
WAITING, WAITING_PHONE = "H05.12-261112-0031", "5678"
UNKNOWN = "H05.12-261123-9999"
PRIVATE = ("tình trạng hôn nhân", "1.004873", "tư pháp – hộ tịch")


@pytest.fixture
def look_up(client):
    client.get(PATH)

    def look_up(code, proof="", **headers):
        return client.post(PATH, data={"code": code, "proof": proof}, headers=headers)

    return look_up


def ticket_on(page):
    return re.search(r'name="ticket" value="([^"]+)"', page.text)[1]


def finish(client, code=ON_TIME):
    desk = client.app.state.dossiers
    desk.registry.record_status(code, Status.FINISHED, NOW)
    desk.notices.collect()


def test_the_empty_form_needs_no_script_and_is_not_kept(client):
    page = client.get(PATH)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert '<form action="/ho-so" method="post"' in page.text
    assert 'name="proof" type="password"' in page.text


def test_the_code_alone_shows_status_and_due_date_and_names_nothing(look_up):
    page = look_up(ON_TIME)
    assert page.status_code == 200
    assert "Đang xử lý" in page.text
    assert "27/11/2026" in page.text
    assert not any(word in page.text for word in PRIVATE)
    assert "Theo dõi hồ sơ này" not in page.text


@pytest.mark.parametrize("proof", [PIN, PHONE, "24 68 10", "mã pin 246810"])
def test_a_proof_shows_the_same_as_the_chat(look_up, proof):
    page = look_up(ON_TIME, proof)
    assert "Cấp Giấy xác nhận tình trạng hôn nhân (1.004873)" in page.text
    assert "Hồ sơ đã qua" in page.text
    assert "cập nhật lúc" in page.text.lower()


def test_neither_proof_nor_code_is_in_an_address_or_stays_in_the_form(look_up):
    page = look_up(ON_TIME, PIN)
    assert str(page.url).endswith(PATH)
    assert PIN not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert not page.history


def test_an_unknown_code_and_a_wrong_proof_look_alike(open_client):
    pages = []
    for code in (ON_TIME, UNKNOWN):
        with open_client() as client:
            client.get(PATH)
            page = client.post(PATH, data={"code": code, "proof": "0000"})
            pages.append((page.status_code, page.text.replace(code, ON_TIME)))
    assert pages[0] == pages[1]


def test_after_five_wrong_proofs_even_the_right_one_waits(look_up):
    for _ in range(5):
        look_up(ON_TIME, "0000")
    page = look_up(ON_TIME, PIN)
    assert page.status_code == 429
    assert "Đã tra cứu quá nhiều lần" in page.text


def test_throwing_the_cookie_away_gains_nothing_beyond_one_address(open_client):
    with open_client(address=("203.0.113.7", 50_000)) as client:
        pages = []
        for number in range(60):
            client.cookies.clear()
            client.get(PATH)
            code = f"H05.12-261123-{number + 2000}"
            pages.append(client.post(PATH, data={"code": code}).status_code)
    assert (pages[:50], pages[50:]) == ([200] * 50, [429] * 10)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("001099012345", "giống số căn cước"),
        ("0901234567", "giống số điện thoại"),
        ("H05.12-261123-0007-20261123101500", "giống mã thanh toán"),
        ("xin chào", "mã hồ sơ ghi trên giấy hẹn"),
        ("", "mã hồ sơ ghi trên giấy hẹn"),
    ],
)
def test_what_is_no_code_is_called_what_it_is_and_not_repeated(look_up, typed, said):
    page = look_up(typed)
    assert page.status_code == 422
    assert said in page.text
    assert not typed or typed not in page.text


def test_a_code_that_was_corrected_is_echoed_first(look_up):
    page = look_up("h05.12 261123 0007", PIN)
    assert f"Mã được đọc là {ON_TIME}" in page.text
    assert f'value="{ON_TIME}"' in page.text
    assert not any(word in page.text for word in PRIVATE)


def test_another_sites_form_is_refused(client):
    for path in (PATH, f"{PATH}/theo-doi", f"{PATH}/phieu"):
        answer = client.post(
            path, data={"kind": "receipt"}, headers={"Origin": "https://x.example"}
        )
        assert answer.status_code == 403


def test_markup_in_the_fields_is_text(look_up):
    page = look_up('"><script>alert(1)</script>', '"><b>')
    assert "<script>alert" not in page.text
    assert "<b>" not in page.text


def test_the_consent_is_not_ticked_beforehand(look_up):
    page = look_up(ON_TIME, PIN)
    box = re.search(r'<input type="checkbox" name="consent"[^>]*>', page.text)[0]
    assert " checked" not in box


def test_following_needs_the_tick(client, look_up):
    ticket = ticket_on(look_up(ON_TIME, PIN))
    page = client.post(f"{PATH}/theo-doi", data={"ticket": ticket})
    assert "bạn chưa đánh dấu" in page.text
    assert FOLLOWING_COOKIE not in client.cookies
    assert client.app.state.dossiers.followings.of(client.cookies[COOKIE]) == []


def follow(client, look_up, code=ON_TIME, proof=PIN):
    ticket = ticket_on(look_up(code, proof))
    return client.post(f"{PATH}/theo-doi", data={"ticket": ticket, "consent": "1"})


def test_who_follows_is_told_at_the_next_visit_once(client, look_up):
    page = follow(client, look_up)
    assert "Bạn đang theo dõi hồ sơ này" in page.text
    assert "Tin mới" not in client.get("/").text
    finish(client)
    visit = client.get("/").text
    assert "Tin mới từ lần trước" in visit
    assert f"Hồ sơ {ON_TIME} có trạng thái mới: «Đã xử lý xong»" in visit
    assert not any(word in visit for word in PRIVATE)
    assert "Tin mới" not in client.get("/").text
    (notice,) = client.app.state.dossiers.notices.listed()
    assert notice.sent_how == "web"


def test_news_comes_also_in_a_new_conversation_of_the_same_browser(client, look_up):
    follow(client, look_up)
    client.cookies.delete(COOKIE)  # its hour is over
    finish(client)
    assert "Tin mới từ lần trước" in client.get("/").text
    # And the new conversation may withdraw it.
    followings = client.app.state.dossiers.followings
    assert [one.code for one in followings.of(client.cookies[COOKIE])] == [ON_TIME]


def test_the_code_page_tells_the_news_in_any_browser_of_the_owner(open_client, tmp_path):
    folder = tmp_path / "one"
    with open_client(data_folder=folder) as client:
        client.get(PATH)
        ticket = ticket_on(client.post(PATH, data={"code": ON_TIME, "proof": PIN}))
        client.post(f"{PATH}/theo-doi", data={"ticket": ticket, "consent": "1"})
        finish(client)
        kept = dict(client.cookies)
        client.cookies.clear()
        client.get(PATH)
        assert "Tin mới" not in client.post(PATH, data={"code": ON_TIME}).text
        other = client.post(PATH, data={"code": ON_TIME, "proof": PHONE}).text
        assert "Tin mới từ lần trước" in other
        client.cookies.clear()
        client.cookies.update(kept)
        assert "Tin mới từ lần trước" in client.get("/").text  # still told where it is followed


def test_following_may_be_stopped(client, look_up):
    page = follow(client, look_up)
    done = client.post(f"{PATH}/theo-doi", data={"ticket": ticket_on(page), "stop": "1"})
    assert "Theo dõi hồ sơ này" in done.text
    finish(client)
    visit = client.get("/")
    assert "Tin mới" not in visit.text
    assert FOLLOWING_COOKIE not in client.cookies  # nothing more to tell


def test_a_following_cookie_of_anothers_making_is_dropped(client):
    client.cookies.set(FOLLOWING_COOKIE, "x", domain="testserver.local")
    assert client.get("/").status_code == 200
    assert FOLLOWING_COOKIE not in client.cookies


def test_a_consent_in_the_chat_leaves_the_cookie(client, rasa):
    rasa.reply = lambda text: make_answer("Từ nay…", AnswerStatus.ANSWERED_FOLLOWING)
    client.post("/chat/messages", data={"message": "Tôi đồng ý"})
    assert client.cookies[FOLLOWING_COOKIE] == client.cookies[COOKIE]


def test_a_slip_is_a_reference_sheet_as_page_and_pdf(client, look_up):
    ticket = ticket_on(look_up(WAITING, WAITING_PHONE))
    page = client.post(f"{PATH}/phieu", data={"ticket": ticket, "kind": "supplement"})
    assert "Bản tham khảo" in page.text
    assert "Bản sao hợp đồng thuê địa điểm kinh doanh" in page.text
    assert page.headers["cache-control"] == "no-store"
    data = {"ticket": ticket, "kind": "receipt", "form": "pdf"}
    pdf = client.post(f"{PATH}/phieu", data=data)
    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["cache-control"] == "no-store"
    assert WAITING not in pdf.headers["content-disposition"]


def test_a_machine_without_the_libraries_shows_the_slip_as_a_page(client, look_up, monkeypatch):
    def fail(slip, environment):
        raise RenderingError("no Pango")

    monkeypatch.setattr("api.routes.dossiers.slip_pdf", fail)
    data = {"ticket": ticket_on(look_up(WAITING, WAITING_PHONE)), "kind": "receipt", "form": "pdf"}
    page = client.post(f"{PATH}/phieu", data=data)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Bản tham khảo" in page.text


def test_the_control_sheet_is_for_officers(client, look_up):
    data = {"ticket": ticket_on(look_up(ON_TIME, PIN)), "kind": "control"}
    assert client.post(f"{PATH}/phieu", data=data).status_code == 404


@pytest.mark.parametrize("path", [f"{PATH}/phieu", f"{PATH}/theo-doi"])
def test_without_a_ticket_of_this_browser_nothing_is_done(client, look_up, open_client, path):
    ticket = ticket_on(look_up(ON_TIME, PIN))
    client.cookies.clear()
    for forged in ("", "x", ticket):
        data = {"ticket": forged, "kind": "receipt", "consent": "1"}
        answer = client.post(path, data=data)
        assert answer.status_code == 403
        assert not any(word in answer.text for word in PRIVATE)


def test_the_pages_link_to_it(client):
    assert 'href="/ho-so"' in client.get("/").text
