import pytest

from knowledge_base.places import Office, Unit
from knowledge_base.places.offices import OFFICES_FILE, write_offices
from tests.api.routes.test_procedures import ATTACK
from tests.factories import CODE, make_guidance

HONG_HA = Unit("Phường Hồng Hà", "Thành phố Hà Nội")
OLD = {"q": "phường Phúc Xá, Ba Đình, Hà Nội"}


def test_old_name_leads_to_the_unit_and_honestly_to_no_address(open_catalogue_site):
    page = open_catalogue_site().get("/noi-nop", params=OLD).text
    assert "Phường Hồng Hà, Thành phố Hà Nội" in page
    assert "Trước 01/07/2025: Phường Phúc Xá, Quận Ba Đình" in page
    assert "chưa có địa chỉ và số điện thoại" in page
    assert "tel:" not in page


def test_imported_office_is_shown(open_catalogue_site, tmp_path):
    office = Office(HONG_HA, "Một cửa Hồng Hà", "12 phố Rồng", "024 3820 000", "7:30–17:00", "UBND")
    write_offices(tmp_path / "var" / OFFICES_FILE, [office])
    page = open_catalogue_site().get("/noi-nop", params=OLD).text
    for text in ("Một cửa Hồng Hà", "12 phố Rồng", 'href="tel:0243820000"', "7:30–17:00", "UBND"):
        assert text in page
    assert "chưa có địa chỉ" not in page


def test_level_of_the_procedure_is_told(open_catalogue_site):
    site = open_catalogue_site(make_guidance())
    page = site.get("/noi-nop", params={**OLD, "procedure": CODE}).text
    assert "Bộ phận một cửa cấp xã" in page
    assert "không do cấp xã giải quyết" not in page
    assert f'name="procedure" value="{CODE}"' in page


def test_procedure_of_another_level_is_not_sent_to_the_commune(open_catalogue_site):
    offices = [{"level": "province", "name": "Sở Rồng"}]
    site = open_catalogue_site(make_guidance(levels=["province"], offices=offices))
    page = site.get("/noi-nop", params={**OLD, "procedure": CODE}).text
    assert "Sở Rồng" in page
    assert "không do cấp xã giải quyết" in page


@pytest.mark.parametrize("q", ["", "zzz qqq", ATTACK, "a" * 5000, "012345678901"])
def test_what_names_no_place_is_answered_in_words_and_stays_text(open_catalogue_site, q):
    response = open_catalogue_site().get("/noi-nop", params={"q": q, "procedure": q})
    assert response.status_code == 200
    assert "<img src=x" not in response.text
    assert "012345678901" not in response.text


def test_one_name_in_many_places_asks_for_the_district(open_catalogue_site):
    page = open_catalogue_site().get("/noi-nop", params={"q": "xã Tân Lập"}).text
    assert "Có nhiều nơi gần giống" in page
