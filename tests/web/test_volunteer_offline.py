"""After one visit the volunteer's page works without a server, and learns of what is new."""

import importlib.util
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
import segno
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader

from api.app import create_app
from api.settings import Settings
from knowledge_base.catalogue import Catalogue
from tests.api.conftest import NOW
from tests.web.browsing import PHONE, WIDE
from tests.web.serving import serve
from tests.web.volunteering import (
    answer_birth,
    begin,
    choose,
    finish_person,
    menu,
    open_volunteer,
    press,
    wait_until_kept,
)

ROOT = Path(__file__).parent.parent.parent
KILOBYTE = 1024
LARGEST_PAGE = 60 * KILOBYTE
LARGEST_COPY = 10 * KILOBYTE * KILOBYTE
NO_NETWORK = re.compile("ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED)")
BODY_POINTS = 16


@pytest.fixture
def application(catalogue, tmp_path):
    """An application whose catalogue and clock a test may change while it runs."""
    clock = [NOW]
    settings = Settings(data_folder=tmp_path / "var")
    app = create_app(settings, catalogue=catalogue, now=lambda: clock[-1])
    app.state.clock = clock
    return app


@pytest.fixture
def small(catalogue):
    """A catalogue of a few procedures: its copy is made at once."""
    codes = ["1.001193", "2.000815", "1.000656"]
    return Catalogue([catalogue.get(code) for code in codes])


def only_the_network_failed(watch):
    """Chromium writes an error for each request that fails; nothing else may be wrong."""
    other = [fault for fault in watch.faults if not NO_NETWORK.search(fault)]
    watch.faults.clear()
    return other == []


def test_after_one_visit_everything_works_without_a_server(open_page, application):
    with serve(application) as site:
        page = open_volunteer(open_page, site)
        wait_until_kept(page)
        used = page.evaluate("navigator.storage.estimate().then((found) => found.usage)")
    page.context.set_offline(True)
    assert 0 < used < LARGEST_COPY
    page.goto(f"{site}/tinh-nguyen")
    page.wait_for_selector("#volunteer.ready")
    assert "Bản ngày 23/11/2026" in page.locator("#status").inner_text()
    assert "Đang không có mạng" in page.locator("#status").inner_text()
    begin(page, "Áo xanh")
    answer_birth(page)
    page.locator("#helper label", has_text="Giấy chứng sinh").click()
    press(page, "Xem phiếu để in")
    sheet = page.locator(".handout").inner_text()
    assert "Giấy chứng sinh (1 bản chính)" in sheet
    assert "đã có" in sheet
    text = printed(page)
    assert len(text) == 1
    assert "Phiếu chuẩn bị: Đăng ký khai sinh" in text[0]
    assert "Bản ngày 23/11/2026" in text[0]
    finish_person(page)
    menu(page, "Thẻ an toàn")
    assert "mã OTP" in page.locator("#an-toan").inner_text()
    assert only_the_network_failed(open_page.watch)


def test_other_pages_say_that_there_is_no_signal_and_lead_back(open_page, application):
    with serve(application) as site:
        page = open_volunteer(open_page, site)
        wait_until_kept(page)
        page.goto(f"{site}/thu-tuc/1.001193?q_parents=married&have=declaration")
    for path in ("/", "/thu-tuc/1.001193?q_parents=married&have=declaration"):
        page.goto(f"{site}{path}")
        assert "Đang không có mạng" in page.locator("h2").first.inner_text()
        assert "married" not in page.locator("main").inner_text()
    page.get_by_role("link", name="Mở phần dùng khi mất mạng").click()
    page.wait_for_selector("#volunteer.ready")
    assert only_the_network_failed(open_page.watch)


def test_pages_of_a_person_and_the_chat_are_never_kept(open_page, application):
    with serve(application) as site:
        page = open_volunteer(open_page, site)
        wait_until_kept(page)
        page.goto(site)
        page.fill("#message", "mất căn cước")
        page.press("#message", "Enter")
        page.wait_for_selector(".turn >> nth=1")
        page.goto(f"{site}/thu-tuc/1.001193?have=declaration")
        kept = page.evaluate("""async () => {
          const kept = [];
          for (const name of await caches.keys()) {
            for (const request of await (await caches.open(name)).keys()) kept.push(request.url);
          }
          return kept;
        }""")
    paths = [url.removeprefix(site) for url in kept]
    allowed = r"/(static/|tinh-nguyen$|tinh-nguyen/(ma/|du-lieu)|ngoai-tuyen$|manifest\.)"
    assert [path for path in paths if not re.match(allowed, path)] == []
    assert "/tinh-nguyen" in paths


def test_a_new_page_is_offered_and_taken(open_page, application, small):
    application.state.catalogue = small
    with serve(application) as site:
        page = open_volunteer(open_page, site, PHONE)
        wait_until_kept(page)
        begin(page, "Áo xanh")
        texts = application.state.offline.pages.texts
        texts["page"]["heading"] = "Giúp bà con chuẩn bị giấy tờ"
        page.reload()
        page.wait_for_selector("#volunteer.ready")
        page.get_by_role("button", name="Dùng bản mới").click()
        page.wait_for_selector("text=Giúp bà con chuẩn bị giấy tờ")
        page.wait_for_selector("#volunteer.ready")
        assert "Áo xanh" in page.locator("#helper").inner_text()
        assert page.get_by_role("button", name="Dùng bản mới").count() == 0
        versions = page.evaluate("caches.keys()")
        assert len([name for name in versions if name.startswith("motcua-trang-")]) == 1


def test_a_new_copy_is_offered_and_a_mere_new_day_is_not(open_page, application, small):
    application.state.catalogue = small
    with serve(application) as site:
        page = open_volunteer(open_page, site)
        wait_until_kept(page)
        application.state.clock.append(NOW + timedelta(days=1))
        page.reload()
        page.wait_for_selector("#volunteer.ready")
        page.wait_for_selector("text=Bản ngày 24/11/2026")
        assert page.get_by_role("button", name="Dùng bản mới").count() == 0
        birth = small.get("1.001193").model_copy(update={"summary": "Ghi tên bé vào sổ."})
        application.state.catalogue = Catalogue([birth])
        page.reload()
        page.get_by_role("button", name="Dùng bản mới").click()
        page.wait_for_selector("#volunteer.ready")
        begin(page, "Áo xanh")
        choose(page, "khai sinh", "Đăng ký khai sinh")
        assert "Ghi tên bé vào sổ." in page.locator("#helper").inner_text()


def test_an_old_copy_says_how_old_it_is(open_page, application, small):
    application.state.catalogue = small
    with serve(application) as site:
        page = open_page(f"{site}/ngoai-tuyen")
        page.clock.set_fixed_time(NOW + timedelta(days=45))
        page.goto(f"{site}/tinh-nguyen")
        page.wait_for_selector("#volunteer.ready")
        assert "cũ 45 ngày" in page.locator("#status").inner_text()


def test_a_first_visit_without_the_copy_says_so_and_still_helps(open_page, application):
    with serve(application) as site:
        page = open_page(f"{site}/ngoai-tuyen")
        page.route("**/du-lieu.json", lambda route: route.abort())
        page.goto(f"{site}/tinh-nguyen")
        page.wait_for_selector("text=Chưa mở được bản hướng dẫn")
        assert "Hôm nay bác cần làm việc gì ạ?" in page.locator("main").inner_text()
    open_page.watch.faults.clear()


def test_the_first_load_is_small(open_page, application, small):
    application.state.catalogue = small
    sizes = {}

    def measure(request):
        if request.service_worker:
            return
        found = request.sizes()
        sizes[request.url] = found["responseBodySize"] + found["responseHeadersSize"]

    with serve(application) as site:
        page = open_page("about:blank", hosts=[site])
        page.on("requestfinished", measure)
        page.goto(f"{site}/tinh-nguyen")
        page.wait_for_selector("#volunteer.ready")
    total = sum(size for url, size in sizes.items() if "du-lieu" not in url)
    assert 10 * KILOBYTE < total < LARGEST_PAGE


def printed(page):
    """The text of each page as it is printed."""
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages]


def test_a_sheet_is_one_page_of_large_type_with_a_code(open_page, application):
    with serve(application) as site:
        page = open_volunteer(open_page, site, WIDE)
        begin(page, "Áo xanh")
        answer_birth(page)
        press(page, "Xem phiếu để in")
        page.emulate_media(media="print")
        points = page.evaluate("""() => [...document.querySelectorAll('.handout, .handout *')]
          .filter((one) => one.innerText && one.checkVisibility())
          .map((one) => parseFloat(getComputedStyle(one).fontSize) * 0.75)""")
        code = page.locator(".qr").bounding_box()
        drawn = page.locator(".qr path").get_attribute("d")
        quiet = page.locator(".qr").get_attribute("viewBox")
        hidden = page.locator(".site, .menu, #status").evaluate_all(
            "(parts) => parts.every((one) => !one.checkVisibility())"
        )
        page.emulate_media(media="null")
        pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(pdf.pages) == 1
    assert [round(side / 72 * 25.4) for side in pdf.pages[0].mediabox[2:]] == [210, 297]
    assert min(points) >= BODY_POINTS - 0.01
    assert code["width"] >= 25 / 25.4 * 96
    assert hidden
    rows = segno.make(f"{site}/thu-tuc/1.001193", error="m", micro=False).matrix
    dark = {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module}
    squares = re.findall(r"M(\d+) (\d+)h1v1h-1z", drawn)
    assert {(int(x), int(y)) for x, y in squares} == dark
    assert quiet == f"-4 -4 {len(rows) + 8} {len(rows) + 8}"
    text = pdf.pages[0].extract_text()
    assert f"{site}/thu-tuc/1.001193" in text.replace("\n", "")
    assert "163/QĐ-BTP" in text


def test_several_procedures_of_a_person_print_on_a_page_each(open_page, application, small):
    application.state.catalogue = small
    with serve(application) as site:
        page = open_volunteer(open_page, site)
        begin(page, "Áo xanh")
        answer_birth(page)
        press(page, "Thêm việc khác cho người này")
        page.fill("#wanted", "khai tử")
        press(page, "Tìm")
        press(page, small.get("1.000656").name)
        page.locator("#helper .primary").click()
        while page.locator("#helper .choices-large").count():
            press(page, "Không rõ")
        menu(page, "Trang đầu")
        page.locator("#helper").get_by_role("button", name="Áo xanh").click()
        press(page, "Xem phiếu để in")
        text = printed(page)
    assert [("khai sinh" in sheet, "khai tử" in sheet) for sheet in text][0] == (True, False)
    assert "khai tử" in text[1]


def test_the_keyboard_alone_leads_from_the_start_to_the_printed_sheet(open_page, application):
    with serve(application) as site:
        page = open_volunteer(open_page, site, WIDE)
        page.evaluate("window.print = () => { window.printed = true; }")

        def go_to(name):
            for _ in range(80):
                page.keyboard.press("Tab")
                found = page.evaluate("document.activeElement.innerText || "
                                      "document.activeElement.id")  # fmt: skip
                if found.strip() == name:
                    return
            raise AssertionError(f"the keyboard does not reach {name!r}")

        for name in ("Giúp một người", "Áo xanh", "Đã chào, hỏi tiếp", "Chưa nộp"):
            go_to(name)
            page.keyboard.press("Enter")
        go_to("wanted")
        page.keyboard.type("lam giay khai sinh")
        page.keyboard.press("Enter")
        for name in ("Đăng ký khai sinh", "Đúng việc này, bắt đầu hỏi"):
            go_to(name)
            page.keyboard.press("Enter")
        for _ in range(4):
            go_to("Không rõ")
            page.keyboard.press("Enter")
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.type") == "checkbox":
                break
        page.keyboard.press("Space")
        assert page.locator("#helper input:checked").count() == 1
        for name in ("Xem phiếu để in", "In phiếu"):
            go_to(name)
            page.keyboard.press("Enter")
        assert page.evaluate("window.printed") is True


def test_the_icons_are_the_picture_of_the_site(chromium):
    path = ROOT / "deploy" / "make_icons.py"
    spec = importlib.util.spec_from_file_location("make_icons", path)
    make_icons = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make_icons)
    for name, parts in make_icons.ICONS.items():
        drawn = Image.open(io.BytesIO(make_icons.draw(chromium, *parts))).convert("RGBA")
        kept = Image.open(make_icons.STATIC / "icons" / name).convert("RGBA")
        assert kept.size == drawn.size
        assert max(ImageStat.Stat(ImageChops.difference(kept, drawn)).mean) < 1, name


def test_chromium_finds_nothing_wrong_with_installing_it(open_page, application, small):
    application.state.catalogue = small
    with serve(application) as site:
        page = open_volunteer(open_page, site)
        wait_until_kept(page)
        session = page.context.new_cdp_session(page)
        manifest = session.send("Page.getAppManifest")
        errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    assert manifest["errors"] == []
    assert manifest["url"] == f"{site}/manifest.webmanifest"
    # A test's browser is a private window, which installs nothing.
    assert [error["errorId"] for error in errors] in ([], ["in-incognito"])
