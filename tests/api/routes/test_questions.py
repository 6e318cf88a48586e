import httpx
import pytest

from knowledge_base.answer import Status
from tests.api.fake_rasa import make_answer

BUTTON = "Để lại câu hỏi cho cán bộ"
QUESTION = "Con tôi sinh ở nước ngoài thì làm ở đâu?"


@pytest.fixture
def desk(client):
    return client.app.state.hand_over


def post(client, message, **headers):
    return client.post("/chat/messages", data={"message": message}, headers=headers)


@pytest.fixture
def code(client, desk):
    """A question that was left on the page."""
    client.get("/")
    post(client, BUTTON)
    post(client, f"{QUESTION} Tôi tên là Lê Thị Ba, số 0912345678.")
    return desk.book.listed()[-1].code


class TestPage:
    def test_a_waiting_question_is_shown_masked(self, client, code):
        page = client.get(f"/hoi-dap/{code}").text
        assert QUESTION in page
        assert "đang chờ cán bộ trả lời" in page
        assert "Lê Thị Ba" not in page
        assert "0912345678" not in page
        assert "23/11/2026" in page

    def test_the_answer_is_shown_and_not_who_wrote_it(self, client, code, desk):
        desk.book.answer(code, "Làm ở cấp xã.\n<b>Mang giấy tờ.</b>", "quầy của chị Hoa")
        page = client.get(f"/hoi-dap/{code.lower()}").text
        assert "<p>Làm ở cấp xã.</p>" in page
        assert "&lt;b&gt;Mang giấy tờ.&lt;/b&gt;" in page
        assert "quầy của" not in page

    def test_nothing_else_of_the_conversation_is_shown(self, client, code, desk):
        desk.take_overs.take(code, "quầy 3")
        post(client, "điều nói thêm")
        assert "điều nói thêm" not in client.get(f"/hoi-dap/{code}").text

    @pytest.mark.parametrize(
        "path", ["/hoi-dap", "/hoi-dap/K7P3QX", "/hoi-dap/CODE", "/hoi-dap?ma=x"]
    )
    def test_no_page_is_kept_or_listed(self, client, code, path):
        response = client.get(path.replace("CODE", code))
        assert response.headers["cache-control"] == "no-store"
        assert "noindex" in response.headers["x-robots-tag"]
        assert '<meta name="robots" content="noindex, nofollow">' in response.text
        assert "script-src 'self'" in response.headers["content-security-policy"]

    @pytest.mark.parametrize("code", ["K7P3QX", "abc", "%3Cscript%3Ealert(1)", "a" * 500])
    def test_an_unknown_code_is_told_and_its_text_is_harmless(self, client, code):
        response = client.get(f"/hoi-dap/{code}")
        assert response.status_code == 404
        assert "Không có câu hỏi nào mang mã" in response.text
        assert "<script>" not in response.text

    def test_codes_cannot_be_tried_at_will(self, client, code):
        assert {client.get("/hoi-dap/K7P3QX").status_code for _ in range(10)} == {404}
        assert client.get(f"/hoi-dap/{code}").status_code == 429


class TestEntry:
    def test_the_field_leads_to_the_page_of_the_code(self, client, code):
        assert 'action="/hoi-dap"' in client.get("/hoi-dap").text
        response = client.get("/hoi-dap", params={"ma": f"mã {code.lower()}"})
        assert (response.status_code, response.headers["location"]) == (303, f"/hoi-dap/{code}")

    def test_what_is_no_code_is_told_beside_the_field(self, client):
        response = client.get("/hoi-dap", params={"ma": '"><b>7'})
        assert response.status_code == 404
        assert 'aria-invalid="true"' in response.text
        assert '"><b>7' not in response.text


class TestConversation:
    def test_the_question_and_its_code_are_shown_again_after_a_reload(self, client, code):
        page = client.get("/").text
        assert BUTTON in page
        assert f"Mã câu hỏi: {code}." in page
        assert f'href="/hoi-dap/{code}"' in page
        assert "0912345678" not in page

    def test_no_word_of_the_question_reaches_the_bot(self, client, code, rasa):
        assert rasa.sent == []

    def test_the_procedure_spoken_of_is_noted(self, client, desk, rasa):
        rasa.slots = {"procedure_code": "1.001193"}
        client.get("/")
        post(client, BUTTON)
        post(client, QUESTION)
        assert desk.book.listed()[0].procedure_code == "1.001193"

    def test_the_answer_comes_with_the_next_message_and_stays(self, client, code, desk, rasa):
        desk.book.answer(code, "Làm ở cấp xã.", "quầy 3")
        fragment = post(client, "lệ phí bao nhiêu", **{"X-Fragment": "1"}).text
        assert fragment.index("Làm ở cấp xã.") < fragment.index("Bạn viết: lệ phí bao nhiêu")
        assert "Làm ở cấp xã." not in post(client, "còn gì nữa", **{"X-Fragment": "1"}).text
        assert client.get("/").text.count("Làm ở cấp xã.") == 1

    def test_the_answer_is_there_when_the_page_is_opened(self, client, code, desk):
        desk.book.answer(code, "Làm ở cấp xã.", "quầy 3")
        for _ in range(2):
            assert client.get("/").text.count("Làm ở cấp xã.") == 1

    def test_another_visitor_sees_nothing_of_it(self, client, code, desk):
        desk.book.answer(code, "Làm ở cấp xã.", "quầy 3")
        client.cookies.clear()
        assert "Làm ở cấp xã." not in client.get("/").text

    def test_a_question_is_left_while_the_bot_is_away(self, client, desk, rasa):
        rasa.fault = lambda request: httpx.Response(503)
        client.get("/")
        failed = post(client, "lệ phí")
        assert f'value="{BUTTON}"' in failed.text
        asked = post(client, BUTTON)
        assert (asked.status_code, "viết câu hỏi" in asked.text) == (200, True)
        left = post(client, QUESTION)
        [question] = desk.book.listed()
        assert left.status_code == 200
        assert question.code in left.text

    def test_the_json_interface_does_the_same(self, client, desk):
        body = {"message": BUTTON}
        first = client.post("/api/v1/messages", json=body).json()
        body = {"message": QUESTION, "conversation": first["conversation"]}
        second = client.post("/api/v1/messages", json=body).json()
        assert second["answer"]["status"] == Status.HANDED_OVER_LEFT
        [question] = desk.book.listed()
        assert (question.channel, question.question) == ("api", QUESTION)


class TestTakeOver:
    @pytest.fixture
    def taken(self, client, code, desk):
        desk.take_overs.take(code, "quầy 3")
        return code

    def test_the_bot_is_not_asked(self, client, taken, rasa):
        fragment = post(client, "ở Lào ạ", **{"X-Fragment": "1"}).text
        assert "chuyển tới cán bộ" in fragment
        assert rasa.sent == []

    def test_a_silent_turn_shows_the_message_alone(self, client, taken):
        post(client, "ở Lào ạ")
        fragment = post(client, "sinh năm 2020", **{"X-Fragment": "1"}).text
        assert "sinh năm 2020" in fragment
        assert "<article" not in fragment
        page = client.get("/").text
        assert page.index("ở Lào ạ") < page.index("sinh năm 2020")

    def test_the_officers_words_come_with_the_next_message(self, client, taken, desk):
        post(client, "ở Lào ạ")
        desk.take_overs.say(taken, "Cháu sinh ở tỉnh nào ạ?")
        assert "Cháu sinh ở tỉnh nào ạ?" in post(client, "alo", **{"X-Fragment": "1"}).text

    def test_after_the_release_the_bot_is_asked_again(self, client, taken, desk, rasa):
        desk.take_overs.release(taken)
        assert "Bạn viết: lệ phí" in post(client, "lệ phí", **{"X-Fragment": "1"}).text


def test_who_wants_a_person_is_told_the_hours_and_offered_to_leave_the_question(open_client, rasa):
    rasa.reply = lambda text: make_answer(status=Status.HANDED_OVER)
    settings = {"office_name": "Một cửa phường Ví Dụ", "office_phone": "0222 3820 000"}
    with open_client(office_hours="7:30–11:30, 13:00–17:00", **settings) as client:
        text = post(client, "gặp cán bộ", **{"X-Fragment": "1"}).text
    for said in ("Một cửa phường Ví Dụ", "tel:02223820000", "đang trong giờ làm việc"):
        assert said in text
