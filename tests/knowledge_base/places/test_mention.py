"""A commune named within a sentence, against the table that is installed."""

import pytest

from knowledge_base.places import Unit, find_mention, without_office_words
from knowledge_base.places.book import OldUnit, PlaceBook

HANOI, CITY = "Thành phố Hà Nội", "Thành phố Hồ Chí Minh"


def units(message):
    return {unit for match in find_mention(message).matches for unit in match.now}


@pytest.mark.parametrize(
    ("message", "unit"),
    [
        ("đăng ký kết hôn nộp ở đâu phường Phúc Xá", Unit("Phường Hồng Hà", HANOI)),
        ("ở phường bến nghé làm khai sinh ở đâu", Unit("Phường Sài Gòn", CITY)),
        ("o phuong ben nghe lam khai sinh o dau", Unit("Phường Sài Gòn", CITY)),
        ("P. Bến Nghé nộp ở đâu", Unit("Phường Sài Gòn", CITY)),
        ("p1 q3 nộp ở đâu", Unit("Phường Bàn Cờ", CITY)),
        ("trụ sở xã Ba Vì mới ở đâu, Hà Nội", Unit("Xã Ba Vì", HANOI)),
        ("xã Tân Lập, huyện Bắc Sơn giờ thuộc xã nào", Unit("Xã Vũ Lăng", "Tỉnh Lạng Sơn")),
    ],
)
def test_a_commune_is_found_by_its_kind_and_name(message, unit):
    assert units(message) == {unit}


@pytest.mark.parametrize(
    "message",
    [
        "",
        "xã",
        "nộp ở đâu",
        "cho em hỏi xã em ở đâu",
        "xa cho em hoi nop o dau",
        "xã mình làm khai sinh ở đâu",
        "phường xã nào làm",
        "bảo hiểm xã hội ở đâu",
        "hai hợp tác xã hợp nhất thành một thì đăng ký ra sao",
        "dân xã biên giới xin sổ thông hành",
        "chủ đầu tư là ubnd xã tự duyệt phương án",
        "trụ sở ubnd xã mới sau sáp nhập ở chỗ nào",
        "phường 99 nộp ở đâu",
        "xã " * 300,
    ],
)
def test_everyday_words_name_no_commune(message):
    assert find_mention(message) is None


def test_an_old_name_and_a_new_one_are_told_apart_by_what_follows():
    old = find_mention("xã Tân Lập cũ giờ thuộc xã nào").matches
    new = find_mention("trụ sở xã Tân Lập mới ở đâu").matches
    assert all(match.old is not None for match in old)
    assert all(match.old is None for match in new)


@pytest.mark.parametrize(
    ("message", "asks"),
    [
        ("xã Tân Lập cũ giờ thuộc xã nào", True),
        ("phuong dong ky nay thuoc phuong nao", True),
        ("phường Phúc Xá nhập vào đâu", True),
        ("trụ sở phường Phúc Xá ở đâu", False),
        ("đăng ký kết hôn ở phường Phúc Xá", False),
    ],
)
def test_what_a_commune_is_now_is_another_question_than_where_to_go(message, asks):
    assert find_mention(message).asks_unit == asks


@pytest.mark.parametrize(
    ("message", "rest"),
    [
        ("đăng ký kết hôn nộp ở đâu phường Phúc Xá", "đăng ký kết hôn ở đâu"),
        ("đăng ký kết hôn ở phường Phúc Xá, quận Ba Đình, Hà Nội", "đăng ký kết hôn ở"),
        ("dang ky ket hon o phuong phuc xa ha noi", "dang ky ket hon o"),
        ("xã Ba Vì, thành phố Hà Nội", ""),
    ],
)
def test_what_is_left_is_the_message_without_the_place(message, rest):
    assert find_mention(message).rest == rest


def test_the_words_for_an_office_are_taken_away():
    assert without_office_words("Địa chỉ ủy ban phường ở đâu?") == "ở đâu"
    assert without_office_words("dia chi uy ban phuong o dau") == "o dau"


def test_the_same_name_in_two_kinds_is_told_by_the_kind():
    book = PlaceBook(
        [
            (OldUnit("Xã Rồng Con", "Huyện Lửa", "Tỉnh Cũ"), Unit("Xã Lửa", "Tỉnh Mới")),
            (OldUnit("Thị trấn Rồng Con", "Huyện Nước", "Tỉnh Cũ"), Unit("Xã Nước", "Tỉnh Mới")),
        ]
    )
    (match,) = find_mention("thị trấn Rồng Con nộp ở đâu", book).matches
    assert match.now == (Unit("Xã Nước", "Tỉnh Mới"),)
    (match,) = find_mention("xã Rồng Con huyện Nước nộp ở đâu", book).matches
    assert match.now == (Unit("Xã Nước", "Tỉnh Mới"),)
