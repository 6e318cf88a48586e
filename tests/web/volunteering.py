"""What a volunteer does on /tinh-nguyen, for the browser tests."""

import time

SECONDS_TO_SETTLE = 30
BIRTH = "1.001193"
ANSWERS = [
    "Đã đăng ký kết hôn",
    "Có giấy chứng sinh của bệnh viện hoặc trạm y tế",
    "Cha hoặc mẹ",
    "Đến tận nơi",
]


def press(page, name):
    """Press the button of this very name."""
    page.locator("#helper").get_by_role("button", name=name, exact=True).click()


def menu(page, name):
    """Go to a part of the page by its menu."""
    page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()


def open_volunteer(open_page, site, *arguments, **options):
    """Open the page and wait until it works."""
    page = open_page(f"{site}/tinh-nguyen", *arguments, **options)
    page.wait_for_selector("#volunteer.ready", timeout=60_000)
    return page


def wait_for(page, expression):
    """Wait until the expression holds; Playwright's own way needs `eval`, which the policy bars."""
    end = time.monotonic() + SECONDS_TO_SETTLE
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


def wait_until_kept(page):
    """Wait until the page and its copy are there without a signal."""
    wait_for(page, "Boolean(navigator.serviceWorker.controller)")


def begin(page, nickname):
    """Start with a person, up to the choice of a procedure."""
    menu(page, "Trang đầu")
    press(page, "Giúp một người")
    page.fill("#nickname", nickname)
    press(page, "Dùng biệt danh này")
    press(page, "Đã chào, hỏi tiếp")
    press(page, "Chưa nộp")


def choose(page, words, name):
    """Look for a procedure by words, and take the one of this name."""
    page.fill("#wanted", words)
    press(page, "Tìm")
    press(page, name)


def answer_birth(page):
    """From the choice of a procedure to the list of a birth registration."""
    choose(page, "làm giấy khai sinh", "Đăng ký khai sinh")
    press(page, "Đúng việc này, bắt đầu hỏi")
    for answer in ANSWERS:
        press(page, answer)


def finish_person(page):
    """Wipe the person of now."""
    press(page, "Người tiếp theo")
    press(page, "Xóa và sang người tiếp theo")
