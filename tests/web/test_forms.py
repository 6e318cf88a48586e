"""The pages of forms in a real browser."""

import io
import zipfile

import pytest

from tests.web.browsing import axe_violations, overflowing, small_targets, unfold

PAGES = ["/bieu-mau", "/bieu-mau?tim=khong co", "/bieu-mau/tach-hop-thua", "/bieu-mau/khong-co"]


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_pass_axe(open_page, site, view, path):
    page = open_page(site + path, view)
    if path.endswith("khong-co"):
        open_page.watch.faults.clear()  # Chromium writes that the page is not there
    unfold(page)
    assert axe_violations(page) == []
    assert overflowing(page) == []
    assert small_targets(page) == []


def test_a_form_is_found_read_and_downloaded_without_a_script(open_page, site):
    page = open_page(f"{site}/bieu-mau", javascript=False)
    page.get_by_label("Tìm mẫu").fill("can cuoc")
    page.get_by_role("button", name="Tìm").click()
    page.get_by_role("link", name="Phiếu đề nghị giải quyết thủ tục về căn cước").click()
    page.get_by_text("Ví dụ 2: Mẹ xin thẻ cho con dưới 14 tuổi").click()
    assert page.get_by_text("Phần I là thông tin của con").is_visible()
    with page.expect_download() as caught:
        page.get_by_role("link", name="Tải DOCX").first.click()
    assert caught.value.suggested_filename == "phieu-de-nghi-can-cuoc-mau-trong.docx"
    with open(caught.value.path(), "rb") as file:
        assert zipfile.ZipFile(io.BytesIO(file.read())).testzip() is None


def test_the_page_of_a_procedure_leads_to_its_form(open_page, site):
    page = open_page(f"{site}/thu-tuc/1.001193")
    page.locator("#mau-don").get_by_role("link", name="Cách điền và ví dụ").click()
    page.wait_for_url("**/bieu-mau/khai-sinh")
    assert page.get_by_role("heading", name="Ví dụ sai").is_visible()
