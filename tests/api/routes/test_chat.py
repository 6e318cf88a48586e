import re

import httpx
import pytest

from api.conversation import is_sender
from knowledge_base.answer import Status
from tests.api.fake_rasa import make_answer
from tests.factories import CODE, make_guidance

COOKIE = "motcua_phien"


def post(client, message, **headers):
    return client.post("/chat/messages", data={"message": message}, headers=headers)


class TestPage:
    def test_it_greets(self, client):
        response = client.get("/")
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert "Tôi là Trợ lý Một Cửa" in response.text

    def test_it_sets_a_cookie_that_scripts_and_other_sites_cannot_use(self, client):
        cookie = client.get("/").headers["set-cookie"]
        assert is_sender(re.match(rf"{COOKIE}=([^;]+);", cookie)[1])
        assert "HttpOnly" in cookie
        assert "samesite=lax" in cookie.lower()
        assert "Max-Age=3600" in cookie
        assert "secure" not in cookie.lower()

    def test_behind_https_the_cookie_stays_there(self, open_client):
        with open_client(secure_cookies=True) as client:
            assert "secure" in client.get("/").headers["set-cookie"].lower()

    def test_the_conversation_so_far_is_shown(self, client):
        client.get("/")
        post(client, "làm giấy khai sinh")
        post(client, "lệ phí bao nhiêu")
        page = client.get("/").text
        assert page.index("Bạn viết: làm giấy khai sinh") < page.index("Bạn viết: lệ phí bao nhiêu")

    def test_it_is_asked_for_with_the_token_of_rasa(self, client, rasa):
        client.get("/")
        assert rasa.tokens == ["the token of Rasa"]

    def test_another_visitor_sees_nothing_of_it(self, client):
        client.get("/")
        post(client, "hồ sơ của riêng tôi")
        client.cookies.clear()
        assert "hồ sơ của riêng tôi" not in client.get("/").text

    @pytest.mark.parametrize("cookie", ["", "short", "a" * 100, "../../etc/passwd"])
    def test_a_cookie_that_is_not_ours_is_replaced(self, client, cookie):
        response = client.get("/", headers={"Cookie": f"{COOKIE}={cookie}"})
        assert is_sender(response.cookies[COOKIE])
        assert response.cookies[COOKIE] != cookie

    def test_the_bot_being_away_does_not_hide_the_page(self, client, rasa):
        rasa.fault = lambda request: httpx.Response(503)
        response = client.get("/")
        assert response.status_code == 200
        assert "Tôi là Trợ lý Một Cửa" in response.text

    def test_it_introduces_the_procedure_of_the_address(self, open_catalogue_site):
        site = open_catalogue_site(make_guidance())
        page = site.get(f"/?procedure={CODE}").text
        assert "Xin phép nuôi một con rồng trong vườn." in page
        assert f"Cấp giấy phép nuôi rồng ({CODE})" in page.partition('class="choices')[2]

    @pytest.mark.parametrize("code", ["9.999999", "<script>", ""])
    def test_an_unknown_procedure_in_the_address_is_ignored(self, open_catalogue_site, code):
        page = open_catalogue_site(make_guidance()).get("/", params={"procedure": code})
        assert page.status_code == 200
        assert page.text.count('class="turn') == 1

    def test_in_a_frame_it_stays_the_page_for_frames(self, client):
        assert 'name="embed" value="1"' in client.get("/?embed=1").text
        data = {"message": "lệ phí", "embed": "1"}
        answered = client.post("/chat/messages", data=data)
        assert "Bạn viết: lệ phí" in answered.text
        assert 'name="embed" value="1"' in answered.text
        empty = client.post("/chat/messages", data={"message": "", "embed": "1"})
        assert 'name="embed" value="1"' in empty.text


class TestFragment:
    def test_only_the_turn_comes_back(self, client):
        response = post(client, "lệ phí bao nhiêu", **{"X-Fragment": "1"})
        assert response.status_code == 200
        assert "Bạn viết: lệ phí bao nhiêu" in response.text
        assert response.text.count('class="turn"') == 1
        assert "<html" not in response.text
        assert 'action="/chat/messages"' not in response.text.split("choices")[0]

    def test_what_was_typed_is_shown_as_text(self, client):
        response = post(client, "<script>alert(1)</script>", **{"X-Fragment": "1"})
        assert "<script" not in response.text
        assert "&lt;script&gt;" in response.text

    def test_every_turn_has_an_id_of_its_own(self, client):
        turns = [post(client, "lệ phí", **{"X-Fragment": "1"}).text for _ in range(2)]
        first, second = (set(re.findall(r'id="([^"]+)"', turn)) for turn in turns)
        assert first.isdisjoint(second)

    def test_a_fault_is_a_turn_too(self, client, rasa):
        rasa.fault = lambda request: httpx.Response(200, json=[])
        response = post(client, "lệ phí", **{"X-Fragment": "1"})
        assert response.status_code == 200
        assert "đang gặp trục trặc" in response.text


class TestForm:
    def test_it_leads_back_to_the_page(self, client):
        response = post(client, "lệ phí bao nhiêu")
        assert response.status_code == 303
        assert response.headers["location"] == "/#cuoi"
        page = client.get("/").text
        assert "Bạn viết: lệ phí bao nhiêu" in page
        assert 'id="cuoi"' in page

    def test_it_works_from_the_first_request_on(self, client):
        response = post(client, "lệ phí bao nhiêu")
        assert is_sender(response.cookies[COOKIE])
        assert "Bạn viết: lệ phí bao nhiêu" in client.get("/").text

    def test_the_page_keeps_one_conversation(self, client, rasa):
        client.get("/")
        post(client, "một")
        post(client, "hai")
        assert len({body["sender"] for body in rasa.sent}) == 1
        assert {body["input_channel"] for body in rasa.sent} == {"web"}

    @pytest.mark.parametrize(
        ("message", "said"), [("", "chưa viết gì"), ("a" * 1001, "dài quá"), ("/", "chưa viết gì")]
    )
    def test_a_message_that_is_no_message_is_told_on_the_page(self, client, rasa, message, said):
        response = post(client, message)
        assert response.status_code == 200
        assert said in response.text
        assert "<html" in response.text
        assert rasa.sent == []

    def test_a_fault_of_the_bot_is_told_on_the_page(self, client, rasa):
        rasa.fault = lambda request: httpx.Response(200, json=[])
        response = post(client, "lệ phí")
        assert response.status_code == 200
        assert "đang gặp trục trặc" in response.text
        assert "<html" in response.text

    def test_a_form_without_the_field_is_an_empty_message(self, client):
        assert "chưa viết gì" in client.post("/chat/messages", data={"other": "x"}).text

    def test_a_field_beyond_all_measure_is_refused(self, client, rasa):
        assert post(client, "a" * 20_001).status_code == 422
        assert rasa.sent == []


class TestOrigin:
    @pytest.mark.parametrize(
        "origin",
        ["https://evil.example", "http://testserver.evil.example", "http://testserver:81", "null"],
    )
    def test_a_form_of_another_site_is_refused(self, client, rasa, origin):
        response = post(client, "lệ phí", Origin=origin)
        assert response.status_code == 403
        assert rasa.sent == []

    @pytest.mark.parametrize("origin", ["http://testserver", "https://testserver"])
    def test_our_own_form_is_taken(self, client, origin):
        assert post(client, "lệ phí", Origin=origin).status_code == 303

    def test_a_client_that_names_no_origin_is_taken(self, client):
        assert post(client, "lệ phí").status_code == 303


class TestRate:
    def test_too_many_messages_are_told(self, open_client, rasa):
        with open_client(messages_per_minute=2) as client:
            client.get("/")
            statuses = [post(client, "m").status_code for _ in range(3)]
            response = post(client, "m")
            fragment = post(client, "m", **{"X-Fragment": "1"})
        assert statuses == [303, 303, 429]
        assert "gửi nhanh quá" in response.text
        assert "<html" in response.text
        assert fragment.status_code == 429
        assert "gửi nhanh quá" in fragment.text
        assert "<html" not in fragment.text
        assert len(rasa.sent) == 2

    def test_a_visitor_without_a_cookie_is_limited_by_address(self, open_client):
        with open_client(messages_per_minute=1, address=("203.0.113.7", 1)) as client:
            statuses = []
            for _ in range(12):
                client.cookies.clear()
                statuses.append(post(client, "m").status_code)
        assert statuses == [303] * 10 + [429] * 2


def test_an_answer_that_could_not_help_names_the_office(open_client, rasa):
    rasa.reply = lambda text: make_answer(status=Status.UNANSWERABLE_NO_MATCH)
    with open_client(office_name="Một cửa phường Ví Dụ", office_phone="0222 3820 000") as client:
        response = post(client, "lệ phí", **{"X-Fragment": "1"})
    assert "Một cửa phường Ví Dụ" in response.text
    assert 'href="tel:02223820000"' in response.text
