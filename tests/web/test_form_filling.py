"""Forms filled in by a citizen with a real browser: on the page and in the chat."""

import pytest

from knowledge_base.answer.filling import FillingComposer
from knowledge_base.forms import load_forms
from tests.api.fake_rasa import make_answer
from tests.web.browsing import PHONE, axe_violations, overflowing, small_targets, unfold

LIBRARY = load_forms()
OLD = "Thôn Đông, xã Hòa Tiến, huyện Yên Phong, tỉnh Bắc Ninh"
RESIDENCE = (
    "Công an xã Hòa Mẫu", "TRẦN THỊ THỬ", "5/9/1998", "Nữ", "000 198 000 002", "0000000002",
    None, "NGUYỄN VĂN THỬ", "Con dâu", "000065000004",
    "Đăng ký thường trú tại thôn Đông, xã Hòa Mẫu, tỉnh Ví Dụ", "Không",
)  # fmt: skip
CHILD = (
    "Ủy ban nhân dân xã Hòa Mẫu", "Trần Thị Thử", "12/3/1998", "Thẻ căn cước số 000198000002",
    "Thôn Đông, xã Hòa Mẫu, tỉnh Ví Dụ", "Mẹ", "Nguyễn Mẫu An", "15/9/2026", "Nữ", "Kinh",
    "Việt Nam", "Trạm Y tế, xã Hòa Mẫu, tỉnh Ví Dụ", "Xã Hòa Mẫu, tỉnh Ví Dụ",
    "Trần Thị Thử", "12/3/1998", "Kinh", "Việt Nam", None, None, None, None, None, None, None,
    None, None, None, None, "Có", "3",
)  # fmt: skip


@pytest.fixture
def fill(open_page, site):
    """Open a form's page."""

    def fill(form="ct01", view=PHONE, **options):
        return open_page(f"{site}/bieu-mau/{form}/dien", view, **options)

    return fill


@pytest.fixture
def chat(open_page, site, rasa):
    """Open the chat, with a bot that begins the form that the message names."""

    def begin(text):
        for form in LIBRARY:
            if text.startswith("điền") and form.id in text:
                return FillingComposer().introduction(form)
        return make_answer(f"Bạn viết: {text}")

    rasa.reply = begin
    return open_page(site)


def press(page, name):
    """Press a button of the form and wait for the screen that follows."""
    before = page.locator("#filling").element_handle()
    page.locator(f"#filling-form button[value='{name}']").first.click()
    page.wait_for_function("(old) => !old.isConnected", arg=before)


def answer(page, *values):
    """Answer one question after the other; None leaves one blank."""
    for value in values:
        if value is None:
            press(page, "skip")
            continue
        option = page.locator(f"input[type=radio][value='{value}']")
        option.check() if option.count() else page.fill("#gia-tri", value)
        press(page, "next")


def say(page, *messages):
    """Send messages in the chat, each once the one before was answered."""
    for message in messages:
        turns = page.locator(".turn").count()
        page.fill("#message", message)
        page.press("#message", "Enter")
        page.wait_for_selector(f".turn >> nth={turns}")
    return page.locator(".turn").last.inner_text()


def test_every_kind_of_screen_passes_axe(fill, view):
    page = fill(view=view)
    screens = [
        (),
        ("Công an xã Hòa Mẫu", "TRẦN THỊ THỬ", "31/02/1998"),
        ("5/9/1998",),
        ("Nữ",),
    ]
    for values in screens:
        answer(page, *values)
        unfold(page)
        assert axe_violations(page) == []
        assert overflowing(page) == []
        assert small_targets(page) == []
    press(page, "rest")
    assert page.locator(".answers li").count() == 11
    assert axe_violations(page) == []
    assert overflowing(page) == []
    assert small_targets(page) == []


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_a_form_is_filled_in_with_a_correction_and_fetched(fill, javascript):
    page = fill(javascript=javascript, accept_downloads=True)
    if javascript:
        answer(page, *RESIDENCE)
    else:
        for value in RESIDENCE:
            option = page.locator(f"input[type=radio][value='{value}']")
            if value is not None:
                option.check() if option.count() else page.fill("#gia-tri", value)
            page.click(f"button[value='{'skip' if value is None else 'next'}']")
    page.get_by_role("button", name="Sửa: Người kê khai – 2. Ngày, tháng, năm sinh").click()
    page.fill("#gia-tri", "6/9/1998")
    page.click("button[value=next]")
    page.wait_for_selector("text=Đọc lại trước khi tải")
    assert "06/09/1998" in page.inner_text(".answers")
    assert "dien" in page.url and "?" not in page.url
    for suffix, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        with page.expect_download() as download:
            page.click(f"button[value={suffix}]")
        assert download.value.suggested_filename == f"ct01.{suffix}"
        with open(download.value.path(), "rb") as file:
            assert file.read(4).startswith(start)


def test_the_birth_registration_is_filled_in(fill):
    page = fill("khai-sinh", accept_downloads=True)
    answer(page, *CHILD)
    assert "Còn thiếu" not in page.inner_text("#filling")
    with page.expect_download() as download:
        page.click("button[value=docx]")
    assert download.value.suggested_filename == "khai-sinh.docx"


def test_enter_sends_what_was_typed_and_not_the_proposal(fill):
    page = fill("khai-sinh")
    answer(page, *CHILD[:4], OLD)
    assert "xã Tam Giang, thành phố Bắc Ninh" in page.inner_text(".proposals")
    first = page.locator("#filling-form button").first
    assert first.get_attribute("value") == "next"
    page.locator("[data-proposal]").click()
    page.wait_for_selector("text=Đã ghi: Thôn Đông, xã Tam Giang, thành phố Bắc Ninh")


def test_a_fault_is_tied_to_its_field(fill):
    page = fill()
    answer(page, *RESIDENCE[:2], "31/02/1998")
    field = page.locator("#gia-tri")
    assert field.get_attribute("aria-invalid") == "true"
    assert "loi" in field.get_attribute("aria-describedby").split()
    assert page.locator("#loi").inner_text() == "Không có ngày 31/02/1998 trong lịch."
    assert page.evaluate("document.activeElement.id") == "gia-tri"


def test_the_tab_keeps_what_was_answered_until_it_is_cleared(fill):
    page = fill()
    answer(page, *RESIDENCE[:3])
    page.reload()
    page.wait_for_selector("#resume:not([hidden])")
    assert "THỬ" not in page.content()
    page.click("[data-resume]")
    page.wait_for_selector("text=Câu 4/12")
    page.click("a[data-forget]")
    page.wait_for_selector("text=Câu 1/12")
    assert page.is_hidden("#resume")
    assert page.evaluate("sessionStorage.length") == 0
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("typed", ["<script>window.__xss = 1</script>", '"><img src=x onerror=x>'])
def test_hostile_values_stay_text(fill, typed):
    page = fill()
    answer(page, typed)
    page.locator("summary", has_text="Các câu đã trả lời").click()
    assert typed in page.inner_text(".answers")
    assert page.evaluate("window.__xss === undefined")
    assert page.locator("#filling img").count() == 0


def test_the_chat_fills_in_a_form_from_start_to_file(chat):
    page = chat
    say(page, "điền ct01")
    said = [message or "bỏ qua" for message in RESIDENCE]
    say(page, *said[:4])
    assert "Bạn viết: lệ phí bao nhiêu?" in say(page, "lệ phí bao nhiêu?")
    assert "Đã ghi: 000198000002" in say(page, said[4])
    assert "Đọc lại" in say(page, *said[5:]) or "đọc lại" in page.locator(".turn").last.inner_text()
    say(page, "sửa ngày sinh", "6/9/1998")
    assert axe_violations(page) == []
    assert "Tải bản Word" in say(page, "tạo tệp")
    assert axe_violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải bản Word (DOCX)").click()
    assert download.value.suggested_filename == "ct01.docx"
    page.reload()
    assert "THỬ" not in page.content()


def test_the_chat_fills_in_the_birth_registration(chat):
    page = chat
    say(page, "điền khai-sinh")
    say(page, *CHILD[:17], "bỏ qua", "bỏ qua", "bỏ qua phần này", "bỏ qua phần này", "có", "3 bản")
    say(page, "sửa ngày sinh của bé", "16/9/2026")
    assert "Tải bản PDF" in say(page, "đúng rồi")
