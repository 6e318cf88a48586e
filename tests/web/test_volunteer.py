"""The volunteer's page in a real browser: people in a row, kept apart, and nothing left behind."""

import json
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from tests.api.conftest import NOW
from tests.web.browsing import (
    DARK,
    LARGE,
    PHONE,
    WIDE,
    axe_violations,
    overflowing,
    small_targets,
    unfold,
)
from tests.web.serving import serve
from tests.web.volunteering import (
    answer_birth,
    begin,
    choose,
    finish_person,
    menu,
    open_volunteer,
    press,
    wait_for,
)

TALLY = "motcua:so-dem"
EVERYTHING_KEPT = """async () => {
  const cached = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) cached.push(request.url);
  }
  return {
    local: {...localStorage}, session: {...sessionStorage}, cached, cookie: document.cookie,
    databases: (await indexedDB.databases()).map((one) => one.name),
    history: JSON.stringify(history.state), address: location.href, shown: document.body.innerText,
  };
}"""


@pytest.fixture(scope="module")
def site(catalogue, tmp_path_factory):
    """One server for all tests of this file: its copy is made once."""
    settings = Settings(data_folder=tmp_path_factory.mktemp("var"))
    with serve(create_app(settings, catalogue=catalogue, now=lambda: NOW)) as address:
        yield address


def assert_sound(page):
    unfold(page)
    assert axe_violations(page) == []
    assert overflowing(page) == []
    assert small_targets(page) == []


@pytest.mark.parametrize("view", [WIDE, PHONE, LARGE, DARK], ids=lambda view: view.name)
def test_every_screen_passes_axe_and_is_easy_to_press(open_page, site, view):
    page = open_volunteer(open_page, site, view)
    assert_sound(page)
    press(page, "Giúp một người")
    page.fill("#nickname", "0912345678")
    assert_sound(page)
    press(page, "Áo xanh")
    assert_sound(page)
    press(page, "Đã chào, hỏi tiếp")
    press(page, "Đã nộp rồi")
    assert_sound(page)
    press(page, "Còn việc khác chưa nộp")
    page.fill("#wanted", "mất căn cước")
    press(page, "Tìm")
    assert_sound(page)
    press(page, "Sinh con")
    assert_sound(page)
    page.go_back()
    unfold(page)
    press(page, "Hộ tịch")
    assert_sound(page)
    press(page, "Đăng ký khai sinh")
    assert_sound(page)
    press(page, "Đúng việc này, bắt đầu hỏi")
    assert_sound(page)
    for _ in range(4):
        press(page, "Không rõ")
    page.check("#helper input >> nth=0")
    assert_sound(page)
    press(page, "Xem phiếu để in")
    assert_sound(page)
    press(page, "Người tiếp theo")
    assert_sound(page)
    for part in ("Trang đầu", "Hỏi trước khi làm", "Thẻ an toàn", "Khi tôi không biết"):
        menu(page, part)
        assert_sound(page)
    press_open(page, "Áo xanh")
    assert_sound(page)
    finish_person(page)
    menu(page, "Sổ đếm")
    assert_sound(page)


def press_open(page, nickname):
    """Go on with a person who is waiting."""
    menu(page, "Trang đầu")
    page.locator("#helper").get_by_role("button", name=nickname).first.click()


def test_the_next_person_finds_nothing_of_the_last(open_page, site):
    page = open_volunteer(open_page, site)
    begin(page, "Bác tóc bạc")
    answer_birth(page)
    page.check("#helper input >> nth=0")
    page.evaluate("sessionStorage.setItem('nháp', 'tờ khai của bác')")
    press(page, "Xem phiếu để in")
    assert "Bác tóc bạc" in page.locator(".handout").inner_text()
    finish_person(page)
    wait_for(page, "!localStorage.getItem('motcua:chat-can-xoa')")
    kept = page.evaluate(EVERYTHING_KEPT)
    counts = json.loads(kept["local"].pop(TALLY))
    assert [list(day.values()) for day in counts.values()] == [[1]]
    assert kept["local"] == kept["session"] == {}
    assert kept["databases"] == []
    assert "tóc bạc" not in json.dumps(kept, ensure_ascii=False)
    assert "married" not in json.dumps(kept)
    assert not [url for url in kept["cached"] if "tinh-nguyen" not in url and "/static/" not in url
                and "ngoai-tuyen" not in url and "manifest" not in url]  # fmt: skip


def test_going_back_after_the_next_person_shows_nothing_of_the_last(open_page, site):
    page = open_volunteer(open_page, site)
    begin(page, "Nón lá")
    answer_birth(page)
    finish_person(page)
    for _ in range(12):
        page.evaluate("history.back()")
        page.wait_for_timeout(50)
        if "tinh-nguyen" not in page.url:
            break
        shown = page.locator("#helper").inner_text()
        assert "Giấy tờ cho" not in shown
        assert "Câu 4" not in shown


def test_the_chat_of_the_last_person_is_not_shown_to_the_next(open_page, site):
    page = open_volunteer(open_page, site)
    context = page.context
    page.goto(site)
    before = [cookie["value"] for cookie in context.cookies()]
    assert len(before) == 1
    page.goto(f"{site}/tinh-nguyen")
    page.wait_for_selector("#volunteer.ready")
    begin(page, "Nón lá")
    with page.expect_response("**/nguoi-tiep-theo") as answer:
        menu(page, "Trang đầu")
        press_open(page, "Nón lá")
        finish_person(page)
    assert answer.value.status == 204
    assert context.cookies() == []


def test_several_people_are_kept_apart_and_survive_a_reload(open_page, site):
    page = open_volunteer(open_page, site)
    begin(page, "Áo xanh")
    answer_birth(page)
    page.check("#helper input >> nth=0")
    begin(page, "Áo đỏ")
    choose(page, "đăng ký kết hôn", "Đăng ký kết hôn")
    page.locator("#helper .primary").click()
    page.locator("#helper .choices-large button").first.click()
    page.reload()
    page.wait_for_selector("#volunteer.ready")
    press_open(page, "Áo xanh")
    assert "Đăng ký khai sinh" in page.locator("#helper").inner_text()
    assert "kết hôn" not in page.locator("#helper").inner_text()
    press(page, "Xem danh sách")
    assert page.locator("#helper input:checked").count() == 1
    press_open(page, "Áo đỏ")
    assert "Đang hỏi, câu 2" in page.locator("#helper").inner_text()
    assert "khai sinh" not in page.locator("#helper").inner_text()
    finish_person(page)
    press_open(page, "Áo xanh")
    assert "Đăng ký khai sinh" in page.locator("#helper").inner_text()


def test_steps_back_belong_to_the_person_who_made_them(open_page, site):
    page = open_volunteer(open_page, site)
    begin(page, "Áo xanh")
    answer_birth(page)
    press_open(page, "Áo xanh")
    press(page, "Xem danh sách")
    begin(page, "Áo đỏ")
    for _ in range(9):
        page.evaluate("history.back()")
        page.wait_for_timeout(30)
    press_open(page, "Áo xanh")
    assert page.get_by_role("button", name="Xem danh sách").count() == 1


@pytest.mark.parametrize(
    ("nickname", "fault"),
    [
        ("", "chưa đặt biệt danh"),
        ("0912 345 678", "dãy số"),
        ("bà 001088012345", "dãy số"),
        ("Nguyễn Thị Mẫu", "giống họ tên thật"),
        ("trần mẫu", "giống họ tên thật"),
    ],
)
def test_a_nickname_that_tells_who_it_is_is_refused(open_page, site, nickname, fault):
    page = open_volunteer(open_page, site)
    press(page, "Giúp một người")
    page.fill("#nickname", nickname)
    press(page, "Dùng biệt danh này")
    assert fault in page.locator("#nickname-error").inner_text()
    assert page.evaluate("document.activeElement.id") == "nickname"
    assert page.evaluate("localStorage.length") == 0


def test_two_people_cannot_have_one_nickname(open_page, site):
    page = open_volunteer(open_page, site)
    begin(page, "Áo xanh")
    menu(page, "Trang đầu")
    press(page, "Giúp một người")
    assert page.get_by_role("button", name="Áo xanh", exact=True).count() == 0
    page.fill("#nickname", "áo XANH")
    press(page, "Dùng biệt danh này")
    assert "Đã có người" in page.locator("#nickname-error").inner_text()


def test_a_nickname_is_text_and_never_markup(open_page, site):
    page = open_volunteer(open_page, site)
    begin(page, "<img src=x onerror=a()>")
    menu(page, "Trang đầu")
    assert page.locator("#helper img").count() == 0
    assert "<img src=x onerror=a()>" in page.locator("#helper").inner_text()


def test_who_was_left_too_long_is_wiped(open_page, site):
    page = open_volunteer(open_page, site)
    begin(page, "Áo xanh")
    page.evaluate("""() => {
      const key = "motcua:nguoi:Áo xanh";
      const person = JSON.parse(localStorage.getItem(key));
      person.at -= 13 * 3600_000;
      localStorage.setItem(key, JSON.stringify(person));
      localStorage.setItem("motcua:nguoi:hỏng", "{");
    }""")
    page.reload()
    page.wait_for_selector("#volunteer.ready")
    assert "Áo xanh" not in page.locator("#helper").inner_text()
    assert page.evaluate("localStorage.length") == 0


def test_everybody_can_be_wiped_at_once_and_the_tally_stays(open_page, site):
    page = open_volunteer(open_page, site)
    begin(page, "Áo xanh")
    answer_birth(page)
    finish_person(page)
    for nickname in ("Áo đỏ", "Nón lá"):
        begin(page, nickname)
    menu(page, "Trang đầu")
    unfold(page)
    press(page, "Xóa hết")
    assert "Đang giúp" not in page.locator("#helper").inner_text()
    wait_for(page, "!localStorage.getItem('motcua:chat-can-xoa')")
    assert page.evaluate("Object.keys(localStorage)") == [TALLY]


def test_a_browser_that_keeps_nothing_still_works_and_says_so(chromium, open_page, site):
    page = open_page(f"{site}/tinh-nguyen")
    page.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
    )
    page.reload()
    page.wait_for_selector("#volunteer.ready")
    assert "không cho lưu" in page.locator("#status").inner_text()
    begin(page, "Áo xanh")
    answer_birth(page)
    assert "Giấy tờ cho Áo xanh" in page.locator("#helper").inner_text()


def test_the_tally_counts_without_names_and_is_taken_along(open_page, site):
    page = open_volunteer(open_page, site)
    for nickname in ("Áo xanh", "Áo đỏ"):
        begin(page, nickname)
        answer_birth(page)
        finish_person(page)
    begin(page, "Áo hoa")
    press_open(page, "Áo hoa")
    finish_person(page)
    menu(page, "Sổ đếm")
    assert "Tất cả: 3 lượt" in page.locator("#helper").inner_text()
    with page.expect_download() as download:
        press(page, "Tải sổ (CSV)")
    lines = Path(download.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[0] == '"Ngày","Mã thủ tục","Thủ tục","Số lượt"'
    assert any(line.endswith('"1.001193","Đăng ký khai sinh","2"') for line in lines)
    assert not [line for line in lines if "Áo" in line]
    unfold(page)
    press(page, "Xóa sổ")
    assert page.evaluate(f"localStorage.getItem('{TALLY}')") is None


def test_a_journey_leads_from_one_procedure_to_the_next(open_page, site):
    page = open_volunteer(open_page, site)
    begin(page, "Áo xanh")
    unfold(page)
    press(page, "Sinh con")
    press(page, "Đăng ký khai sinh")
    press(page, "Đúng việc này, bắt đầu hỏi")
    for _ in range(4):
        press(page, "Không rõ")
    press(page, "Thêm việc khác cho người này")
    name = "Làm chung khai sinh và thẻ bảo hiểm y tế cho trẻ dưới 6 tuổi"
    choose(page, "thẻ bảo hiểm y tế cho trẻ", name)
    page.locator("#helper .primary").click()
    press_open(page, "Áo xanh")
    assert page.locator(".cases > li").count() == 2


def test_a_question_can_be_answered_again(open_page, site):
    page = open_volunteer(open_page, site)
    begin(page, "Áo xanh")
    choose(page, "làm giấy khai sinh", "Đăng ký khai sinh")
    press(page, "Đúng việc này, bắt đầu hỏi")
    press(page, "Đã đăng ký kết hôn")
    press(page, "Câu trước")
    assert "Câu 1 trên" in page.locator("#helper").inner_text()
    press(page, "Chưa đăng ký và muốn ghi tên cha trong giấy khai sinh")
    page.go_back()
    assert "Câu 1 trên" in page.locator("#helper").inner_text()


def test_skipping_the_head_leaves_the_screen_as_it_is(open_page, site):
    page = open_volunteer(open_page, site)
    begin(page, "Áo xanh")
    choose(page, "làm giấy khai sinh", "Đăng ký khai sinh")
    press(page, "Đúng việc này, bắt đầu hỏi")
    page.locator(".skip").first.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    assert "Câu 1 trên 4" in page.locator("#helper").inner_text()
    page.go_back()
    assert "Câu 1 trên 4" in page.locator("#helper").inner_text()


def test_without_a_script_the_page_still_helps(open_page, site, view):
    page = open_page(f"{site}/tinh-nguyen", view, javascript=False)
    shown = page.locator("main").inner_text()
    assert "Hôm nay bác cần làm việc gì ạ?" in shown
    assert "Không đưa mật khẩu" in shown
    assert "Sổ đếm" not in shown
    page.get_by_role("link", name="Danh sách thủ tục có hướng dẫn").click()
    page.locator("summary", has_text="Hộ tịch").first.click()
    page.get_by_role("link", name="Đăng ký khai sinh", exact=True).first.click()
    assert page.url.endswith("/thu-tuc/1.001193")


@pytest.mark.parametrize("path", ["/tinh-nguyen/thu-tuc", "/ngoai-tuyen"])
def test_the_pages_around_it_pass_axe(open_page, site, view, path):
    assert_sound(open_page(f"{site}{path}", view))
