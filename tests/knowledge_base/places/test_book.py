"""Communes by old and new name, in a small table and in the one that is installed."""

import pytest

from knowledge_base.places import find_places, load_place_book
from knowledge_base.places.book import Match, OldUnit, PlaceBook, Unit

RONG = OldUnit("Xã Rồng", "Huyện Lửa", "Tỉnh Cũ")
DIEU = OldUnit("Thị trấn Diều", "Huyện Lửa", "Tỉnh Cũ")
OTHER_RONG = OldUnit("Xã Rồng", "Huyện Nước", "Tỉnh Khác")
FIRST = OldUnit("Phường 1", "Quận 3", "Thành phố Hồ Chí Minh")
SPLIT = OldUnit("Xã Đôi", "Huyện Lửa", "Tỉnh Cũ")
NEW = Unit("Xã Rồng Lửa", "Tỉnh Mới")
OTHER = Unit("Phường Rồng Nước", "Tỉnh Khác")
CITY = Unit("Phường Bàn Cờ", "Thành phố Hồ Chí Minh")


@pytest.fixture
def book():
    return PlaceBook(
        [(RONG, NEW), (DIEU, NEW), (OTHER_RONG, OTHER), (FIRST, CITY), (SPLIT, NEW), (SPLIT, OTHER)]
        + [(OldUnit("Xã Mất", "Huyện Lửa", "Tỉnh Cũ"), None)]
    )


def test_old_name_leads_to_the_unit_of_today(book):
    assert book.find("Thị trấn Diều") == [Match(DIEU, (NEW,))]


def test_new_name_is_told_with_what_it_was_made_of(book):
    (match,) = book.find("xã Rồng Lửa")
    assert match.old is None
    assert match.now == (NEW,)
    assert match.before == (RONG, DIEU, SPLIT)


def test_same_name_in_two_districts_is_told_apart_by_the_district(book):
    assert {match.old for match in book.find("xã Rồng")} == {RONG, OTHER_RONG}
    assert [match.old for match in book.find("xã Rồng, huyện Nước")] == [OTHER_RONG]
    assert [match.old for match in book.find("xa rong tinh cu")] == [RONG]


@pytest.mark.parametrize(
    "text", ["Phường 1, Quận 3, TP.HCM", "p1 q3 hcm", "P.1 Q.3", "phuong 1 quan 3"]
)
def test_numbered_wards_are_found_as_people_write_them(book, text):
    assert [match.now for match in book.find(text)] == [(CITY,)]


def test_a_number_alone_names_no_ward(book):
    assert book.find("tôi có 1 câu hỏi") == []


def test_divided_commune_shows_every_part(book):
    assert book.find("Xã Đôi") == [Match(SPLIT, (NEW, OTHER))]


def test_commune_that_the_table_loses_is_known_without_its_unit(book):
    (match,) = book.find("xã Mất")
    assert match.now == ()


@pytest.mark.parametrize("text", ["", "   ", "xin chào", "🐉", "<script>", "," * 500, "a " * 2000])
def test_what_names_no_commune_finds_none(book, text):
    assert book.find(text) == []


def test_so_many_and_no_more(book):
    assert len(book.find("xã Rồng", limit=1)) == 1


def test_installed_table_knows_the_country():
    book = load_place_book()
    assert 3200 < len(book.units) <= 3321
    assert len({unit.province for unit in book.units}) == 34


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("phường phúc xá, ba đình, hà nội", "Phường Hồng Hà, Thành phố Hà Nội"),
        ("P.12, Q.10, TP.HCM", "Phường Hòa Hưng, Thành phố Hồ Chí Minh"),
        ("dac khu phu quoc", "Đặc khu Phú Quốc, Tỉnh An Giang"),
        ("Xã Mường Thải huyện Phù Yên", "Xã Mường Cơi, Tỉnh Sơn La"),
    ],
)
def test_installed_table_leads_old_names_to_new_units(text, now):
    assert [str(unit) for match in find_places(text) for unit in match.now] == [now]


def test_province_that_became_a_city_later_is_named_as_today():
    (match,) = find_places("phường Đình Bảng, Từ Sơn")
    assert str(match.now[0]) == "Phường Từ Sơn, Thành phố Bắc Ninh"
