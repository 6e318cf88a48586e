"""A site whose office addresses citizens otherwise than with «bạn»."""

import html
import re
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.handover.office import office_contact
from api.handover.texts import load_hand_over_texts
from api.rendering.html import HtmlRenderer
from api.rendering.zalo import ZaloRenderer
from api.settings import Settings
from api.zalo.texts import load_zalo_texts
from knowledge_base.answer import Answer
from knowledge_base.answer.blocks import Choice
from knowledge_base.catalogue import Catalogue
from knowledge_base.form_of_address import FormOfAddress
from tests.api.conftest import NOW
from tests.api.fake_rasa import make_answer
from tests.api.form_filling.conftest import start_or_say
from tests.factories import make_guidance, make_procedure, make_requirement

BAC = FormOfAddress.BAC
ASSISTANT = "Bạn giúp được gì?"
RECORD = "1.999002"


def texts_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts_in(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts_in(part)


def says_you(text):
    return re.search(r"(?<!\w)bạn(?!\w)", text, re.IGNORECASE)


def read(page):
    """What is read on a page."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page)))


@pytest.fixture
def client(open_client):
    with open_client(form_of_address=BAC) as client:
        yield client


def say(client, message, conversation=None):
    body = {"message": message, "conversation": conversation}
    reply = client.post("/api/v1/messages", json=body).json()
    return reply["conversation"], Answer.model_validate(reply["answer"])


def test_the_bot_says_you_and_the_citizen_reads_the_word_of_the_office(client, rasa):
    choice = Choice(label=ASSISTANT, message=ASSISTANT)
    rasa.reply = lambda _: make_answer("Bạn cần giấy của bạn bè bạn.", choices=[choice])
    _, answer = say(client, "cần gì")
    assert answer == make_answer("Bác cần giấy của bạn bè bác.", choices=[choice])


def test_what_was_said_before_is_shown_with_the_word_and_the_question_as_it_was_typed(client, rasa):
    rasa.reply = lambda _: make_answer("Bạn cần giấy này.")
    client.post("/chat/messages", data={"message": "nhà của bạn tôi"})
    page = read(client.get("/").text)
    assert "Bác cần giấy này." in page
    assert "nhà của bạn tôi" in page


@pytest.mark.parametrize("path", ["/", "/thu-tuc", "/noi-nop", "/hoi-dap", "/bieu-mau"])
def test_pages_speak_to_the_citizen_with_the_word(client, path):
    page = read(client.get(path).text)
    assert "bác" in page.lower()
    assert not says_you(page.replace(ASSISTANT, ""))


def test_replies_of_the_gateway_use_the_word(client):
    _, empty = say(client, "   ")
    assert empty.blocks[0].text == "Bác chưa viết gì. Hãy gõ việc bác cần làm."
    assert empty.blocks[-1].name == "Bộ phận một cửa nơi bác ở"


def test_a_form_is_filled_in_with_the_word(client, rasa):
    rasa.reply = start_or_say
    conversation, started = say(client, "điền CT01")
    assert "Tôi hỏi từng câu, bác trả lời từng câu." in str(started)
    _, stopped = say(client, "dừng", conversation)
    assert "Đã dừng và xóa hết những gì bác đã ghi." in str(stopped)


def test_the_page_of_a_form_asks_with_the_word_and_repeats_what_was_typed(client):
    path = "/bieu-mau/khai-sinh/dien"
    first = client.get(path).text
    at = re.search(r'name="at" value="([^"]+)"', first)[1]
    data = {"at": at, "do": "next", "value": "Ủy ban nhân dân xã nhà bạn tôi"}
    second = read(client.post(path, data=data).text)
    assert "Đã ghi: Ủy ban nhân dân xã nhà bạn tôi" in second
    assert "Ghi bác là gì của bé" in read(client.get("/bieu-mau/khai-sinh").text)


def test_a_question_left_for_the_officers_is_quoted_as_it_was_asked(client):
    conversation, _ = say(client, "để lại câu hỏi")
    _, left = say(client, "Nhà bạn tôi ở đâu thì nộp?", conversation)
    assert "Tôi đã chuyển câu hỏi của bác tới cán bộ." in left.blocks[0].text
    code = re.search(r"Mã câu hỏi: (\w+)", left.blocks[0].text)[1]
    _, asked = say(client, code, conversation)
    assert "Bác hỏi: Nhà bạn tôi ở đâu thì nộp?" in str(asked)


def test_news_of_a_dossier_tell_of_rights_with_the_word(rasa, tmp_path):
    moments = [NOW]
    app = create_app(
        Settings(data_folder=tmp_path / "late", form_of_address=BAC),
        rasa_transport=rasa.transport,
        now=lambda: moments[-1],
    )
    with TestClient(app) as client:
        client.get("/ho-so")
        page = client.post("/ho-so", data={"code": "H05.12-261123-0007", "proof": "246810"})
        ticket = re.search(r'name="ticket" value="([^"]+)"', page.text)[1]
        client.post("/ho-so/theo-doi", data={"ticket": ticket, "consent": "1"})
        moments.append(NOW + timedelta(days=7))
        app.state.dossiers.notices.collect()
        assert "Bác có quyền nhận văn bản xin lỗi" in read(client.get("/").text)
        shown = client.post("/ho-so", data={"code": "H05.12-261123-0007", "proof": "246810"})
        assert "Bác có quyền được nhận văn bản xin lỗi" in read(shown.text)


GUIDANCE = make_guidance(
    summary="Bạn xin phép nuôi một con rồng.",
    requirements=[make_requirement("Đơn của bạn", id="don", why="Để biết bạn là ai.")],
    steps=[{"who": "Bạn", "text": "Nộp đơn."}, {"who": "Cán bộ", "text": "Báo cho bạn."}],
)
OFFICIAL = make_procedure(
    RECORD, name="Trợ cấp người giúp bạn Lào", steps=[{"text": "Bạn hữu nộp cho bạn."}]
)


@pytest.fixture
def site(tmp_path):
    settings = Settings(data_folder=tmp_path / "site", form_of_address=BAC)
    app = create_app(settings, catalogue=Catalogue([GUIDANCE, OFFICIAL]), now=lambda: NOW)
    with TestClient(app) as client:
        yield client


def test_the_page_of_a_procedure_explains_with_the_word(site):
    page = read(site.get(f"/thu-tuc/{GUIDANCE.code}").text)
    assert "Bác xin phép nuôi một con rồng." in page
    assert "Đơn của bác" in page
    assert "Để biết bác là ai." in page
    assert "Báo cho bác." in page
    assert not says_you(page)
    assert "Bác xin phép" in read(site.get("/thu-tuc", params={"q": GUIDANCE.code}).text)


def test_an_official_record_stays_word_for_word(site):
    page = read(site.get(f"/thu-tuc/{RECORD}").text)
    assert "Trợ cấp người giúp bạn Lào" in page
    assert "Bạn hữu nộp cho bạn." in page


@pytest.mark.parametrize("form", FormOfAddress)
def test_the_desk_without_a_name_and_the_channel_use_the_word(form):
    settings = Settings(form_of_address=form)
    assert office_contact(settings).name == f"Bộ phận một cửa nơi {form} ở"
    named = Settings(form_of_address=form, office_name="Bộ phận một cửa Bạn Hữu")
    assert office_contact(named).name == "Bộ phận một cửa Bạn Hữu"
    choice = Choice(label=ASSISTANT, message=ASSISTANT)
    (text,) = ZaloRenderer(address=form).render(make_answer("Vâng.", choices=[choice])).texts
    assert text == f"Vâng.\n\n{form.capitalize()} gõ số để chọn:\n1. {ASSISTANT}"


def test_no_text_that_is_ours_keeps_the_usual_word():
    pages = HtmlRenderer(address=BAC).texts
    operators = pages.pop("embedding")
    assert any(says_you(text) for text in texts_in(operators))
    hand_over = load_hand_over_texts(address=BAC).model_dump()
    zalo = load_zalo_texts(address=BAC).model_dump()
    assert not [text for text in texts_in([pages, hand_over, zalo]) if says_you(text)]
    assert hand_over["leave_cues"] == load_hand_over_texts().leave_cues
