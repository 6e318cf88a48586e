"""The pages of procedures and the search in a real browser."""

import io

import pypdf
import pytest

from tests.web.browsing import FORCED, WIDE, axe_violations, overflowing, small_targets, unfold

BIRTH = "/thu-tuc/1.001193"
PAGES = [
    "/noi-nop?q=xã Tân Lập&procedure=1.001193",
    "/noi-nop?q=zzz",
    "/thu-tuc",
    "/thu-tuc?q=012345678901",
    "/thu-tuc?q=1.001193",
    BIRTH,
    "/thu-tuc/9.999999",
]


@pytest.mark.parametrize("path", PAGES)
def test_pages_pass_axe(open_page, site, view, path):
    page = open_page(site + "/thu-tuc", view)
    if path.endswith("9.999999"):
        page.goto(site + path)
        # Chromium writes a line for a page that is not there; it says nothing of the page.
        open_page.watch.faults.clear()
    else:
        page.goto(site + path)
    unfold(page)
    assert axe_violations(page) == []
    assert overflowing(page) == []
    assert small_targets(page) == []


def test_pages_pass_axe_in_forced_colours(open_page, site):
    page = open_page(site + BIRTH, FORCED)
    assert axe_violations(page) == []


def test_keyboard_leads_from_the_start_to_the_printed_checklist(open_page, site):
    page = open_page(site + "/thu-tuc", WIDE)
    page.evaluate("window.print = () => { window.printed = true; }")
    press_until(page, "input[type=search]")
    page.keyboard.type("1.001193")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=1.001193")
    press_until(page, 'a[href="/thu-tuc/1.001193"]')
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{BIRTH}")
    press_until(page, "fieldset input")
    page.keyboard.press("Space")
    press_until(page, "form#giay-to button.primary")
    page.keyboard.press("Enter")
    page.wait_for_url("**q_*")
    press_until(page, ".papers input")
    page.keyboard.press("Space")
    assert page.locator(".papers input:checked").count() == 1
    page.keyboard.press("Home")
    page.evaluate("window.print = () => { window.printed = true; }; document.activeElement.blur()")
    press_until(page, "[data-tool=print]")
    page.keyboard.press("Enter")
    assert page.evaluate("window.printed") is True


def press_until(page, selector, presses=120):
    """Press Tab until what has the focus matches; every stop must be visible."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{presses} presses of Tab did not lead to {selector}")


def test_page_prints_as_one_sheet_with_boxes_and_a_qr_code(open_page, site):
    page = open_page(site + "/thu-tuc/1.000253", WIDE)
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(pdf.pages) == 1
    text = pdf.pages[0].extract_text()
    assert "Phiếu chuẩn bị" in text
    assert "Tải phiếu PDF" not in text
    page.emulate_media(media="print")
    box = page.locator(".qr-code").bounding_box()
    assert box["width"] >= 25 / 25.4 * 96, "at least 25 mm"
    sizes = page.evaluate("""() => [...document.querySelectorAll('.sheet *')]
      .filter((one) => one.childNodes[0]?.nodeType === 3 && one.checkVisibility())
      .map((one) => parseFloat(getComputedStyle(one).fontSize))""")
    assert min(sizes) > 15.9 / 72 * 96, "16 pt or larger"


def test_search_and_checklist_work_without_javascript(open_page, site):
    page = open_page(site + "/thu-tuc", javascript=False)
    page.fill("#q", "1.001193")
    page.locator(".find button").click()
    page.locator(f'a[href="{BIRTH}"]').click()
    page.locator("fieldset input").first.check()
    page.locator("form#giay-to button.primary").first.click()
    assert "q_" in page.url
    page.locator(".papers input").first.check()
    page.locator("button[name=check]").click()
    assert page.locator("#ket-qua").is_visible()
    assert page.locator("[data-tool=print]").is_hidden()
    assert page.locator('a[href^="/thu-tuc/"][href*=".pdf"]').is_visible()
