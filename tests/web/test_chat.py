"""The chat in a real browser."""

import pytest

from knowledge_base.answer import Status
from knowledge_base.answer.blocks import (
    Checklist,
    ChecklistEntry,
    Choice,
    Contact,
    DossierBlock,
    Fact,
    Facts,
    File,
    FormBlock,
    Heading,
    Paragraph,
    SourceNote,
    Steps,
    Warn,
)
from tests.api.fake_rasa import make_answer
from tests.web.browsing import (
    DARK,
    FORCED,
    PHONE,
    WIDE,
    axe_violations,
    overflowing,
    small_targets,
    unfold,
)

LONG = "Người yêu cầu nộp bản chính hoặc bản sao có chứng thực của giấy tờ chứng minh nơi cư trú. "
PORTAL = "https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma=1.001193"
EVERY_BLOCK = [
    Heading(text="Đăng ký khai sinh"),
    Paragraph(text=LONG),
    Facts(
        title="Thời gian",
        rows=[Fact(label="Trực tiếp", value="Trong ngày"), Fact(label="", value=LONG)],
    ),
    Checklist(
        title="Giấy tờ",
        entries=[
            ChecklistEntry(
                text="Giấy chứng sinh", quantity="1 bản chính", procedure_code="1.004873"
            ),
            ChecklistEntry(text=LONG, note=LONG, maybe=True),
        ],
    ),
    Steps(title="Các bước", entries=["Nộp tờ khai.", LONG], collapsed=True),
    FormBlock(name="Tờ khai đăng ký khai sinh", detail="Mẫu 01", href=PORTAL),
    DossierBlock(
        code="H05.12-261123-0007",
        headline="Đang xử lý",
        rows=[Fact(label="Hẹn trả", value="27/11/2026")],
        next_steps=["Chờ tin nhắn."],
    ),
    Warn(text=LONG),
    File(text="Mở Cổng dịch vụ công", href=PORTAL),
    Contact(name="Bộ phận một cửa", phone="0222 3820 000", note="7:30–17:00"),
]
XSS = """<img src=x onerror="window.__xss=1"><script>window.__xss=1</script>"""


def answer_fully(text):
    return make_answer(
        procedure_code="1.001193",
        choices=[Choice(label="Lệ phí bao nhiêu?", message="lệ phí khai sinh")],
        sources=[SourceNote(text="Cơ sở dữ liệu quốc gia", url=PORTAL)],
    ).model_copy(update={"blocks": EVERY_BLOCK})


def ask(page, question):
    """Ask and wait for the answer."""
    turns = page.locator(".turn").count()
    page.fill("#message", question)
    page.press("#message", "Enter")
    page.wait_for_selector(f".turn >> nth={turns}")
    return page.locator(".turn").last


def assert_accessible(page):
    unfold(page)
    assert axe_violations(page) == []
    assert overflowing(page) == []
    assert small_targets(page) == []


@pytest.mark.parametrize("address", ["/", "/?embed=1", "/?procedure=1.001193"])
def test_first_page_is_accessible(open_page, site, view, address):
    assert_accessible(open_page(site + address, view))


def test_every_block_is_accessible(open_page, site, rasa, view):
    rasa.reply = answer_fully
    page = open_page(site, view)
    turn = ask(page, "khai sinh cần gì")
    assert_accessible(page)
    turn.locator("button[name=useful][value='0']").click()
    page.wait_for_selector(".feedback fieldset")
    assert_accessible(page)


@pytest.mark.parametrize("look", [DARK, FORCED], ids=lambda look: look.name)
def test_dark_and_forced_colours_are_accessible(open_page, site, rasa, look):
    rasa.reply = answer_fully
    page = open_page(site, look)
    ask(page, "khai sinh cần gì")
    assert_accessible(page)


def test_choice_to_pick_from_is_accessible(open_page, site, rasa, view):
    choices = [Choice(label=f"{LONG} {number}", message="x") for number in range(4)]
    rasa.reply = lambda text: make_answer(status=Status.CLARIFICATION, choices=choices)
    page = open_page(site, view)
    ask(page, "giấy tờ")
    assert_accessible(page)


def test_new_answer_is_shown_from_its_top(open_page, site, rasa):
    rasa.reply = answer_fully
    page = open_page(site, PHONE)
    for question in ("câu một", "câu hai"):
        turn = ask(page, question)
        page.wait_for_timeout(100)
        assert -2 <= turn.bounding_box()["y"] <= 60


def test_waiting_is_told_in_words_and_the_fault_too(open_page, site, rasa):
    page = open_page(site)
    page.route("**/chat/messages", lambda route: page.wait_for_timeout(300) or route.continue_())
    page.fill("#message", "khai sinh")
    page.press("#message", "Enter")
    page.wait_for_selector("#notice:has-text('Đang tìm')")
    page.wait_for_selector(".turn >> nth=1")
    assert page.inner_text("#notice") == ""
    page.unroute("**/chat/messages")
    page.context.set_offline(True)
    page.fill("#message", "lệ phí")
    page.press("#message", "Enter")
    page.wait_for_selector("#message-error:has-text('Chưa gửi được')")
    assert page.input_value("#message") == "lệ phí", "what was typed is not lost"
    open_page.watch.faults.clear()
    page.context.set_offline(False)
    page.press("#message", "Enter")
    page.wait_for_url("**/#cuoi")
    assert page.locator(".turn").count() == 3


def test_empty_question_is_told_at_the_box(open_page, site):
    page = open_page(site)
    page.press("#message", "Enter")
    assert "chưa viết gì" in page.inner_text("#message-error")
    assert page.get_attribute("#message", "aria-invalid") == "true"


def test_answer_with_markup_stays_text(open_page, site, rasa):
    rasa.reply = lambda text: make_answer(
        XSS, choices=[Choice(label=XSS, message=XSS)], sources=[SourceNote(text=XSS)]
    )
    page = open_page(site)
    turn = ask(page, XSS)
    page.wait_for_timeout(200)
    assert page.evaluate("window.__xss") is None
    assert turn.locator("img, script").count() == 0
    page.reload()
    assert page.evaluate("window.__xss") is None
    assert XSS in page.inner_text(".turn:last-child")


def test_page_cannot_be_given_markup_by_a_script(open_page, site):
    page = open_page(site)
    refused = page.evaluate("""() => {
      try { document.querySelector('#log').innerHTML = '<b>x</b>'; }
      catch (error) { return error.name; }
      return 'taken';
    }""")
    open_page.watch.faults.clear()
    assert refused == "TypeError", "Trusted Types stand in the way"


def test_same_answer_without_javascript(open_page, site, rasa):
    rasa.reply = answer_fully
    answers = []
    for javascript in (True, False):
        page = open_page(site, javascript=javascript)
        page.fill("#message", "khai sinh")
        page.click(".ask .primary")
        page.wait_for_selector(".turn >> nth=1")
        blocks = page.locator(".turn").last.locator(".block, .sources")
        answers.append(blocks.all_text_contents())
    assert answers[0] == answers[1] != []


def test_choice_works_by_keyboard_and_without_javascript(open_page, site, rasa):
    rasa.reply = answer_fully
    page = open_page(site, WIDE)
    ask(page, "khai sinh")
    page.keyboard.press("Shift+Tab")
    page.locator(".turn:last-child .choices button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".turn >> nth=2")
    assert "lệ phí khai sinh" in page.inner_text(".turn:last-child .question")
    plain = open_page(site, javascript=False)
    plain.fill("#message", "khai sinh")
    plain.click(".ask .primary")
    plain.locator(".turn:last-child .choices button").click()
    assert "lệ phí khai sinh" in plain.inner_text(".turn:last-child .question")


def test_opinion_is_given_by_keyboard_and_thanked(open_page, site, rasa):
    rasa.reply = answer_fully
    page = open_page(site, WIDE)
    turn = ask(page, "khai sinh")
    turn.locator("button[value='0']").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".feedback fieldset")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    turn.locator(".feedback textarea").fill("Thiếu giấy chứng sinh")
    turn.locator(".feedback .primary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".feedback:has-text('giúp sửa câu trả lời')")
    assert page.evaluate("document.activeElement.className") == "feedback"


def test_opinion_is_given_without_javascript(open_page, site, rasa):
    rasa.reply = answer_fully
    page = open_page(site, javascript=False)
    page.fill("#message", "khai sinh")
    page.click(".ask .primary")
    page.locator("button[name=useful][value='0']").click()
    page.get_by_label("Khó hiểu").check()
    page.get_by_role("button", name="Gửi ý kiến").click()
    assert "Cảm ơn bạn" in page.inner_text("main")
    page.get_by_role("link", name="Về cuộc trò chuyện").click()
    assert page.locator(".turn").count() == 2


def test_large_type_is_remembered(open_page, site):
    page = open_page(site)
    page.click("#large-type")
    page.reload()
    assert page.get_attribute("#large-type", "aria-pressed") == "true"
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "26px"
