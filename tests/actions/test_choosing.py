import pytest

from actions.choosing import chosen_position

NUMBERED = [
    ("1", 0),
    ("2", 1),
    (" 3. ", 2),
    ("4)", 3),
    ("số 2", 1),
    ("so 2", 1),
    ("chọn 3", 2),
    ("chon so 3", 2),
    ("em chọn số 1 ạ", 0),
    ("cái số 2 nhé", 1),
    ("dòng 4", 3),
    ("mục 2 đi", 1),
    ("lấy cái 1", 0),
    ("thứ 2", 1),
    ("trường hợp 3", 2),
]
NAMED = [
    ("cái thứ nhất", 0),
    ("cai thu nhat", 0),
    ("cái thứ hai", 1),
    ("số một", 0),
    ("so hai", 1),
    ("dòng ba", 2),
    ("cái thứ tư ạ", 3),
    ("chọn số bốn", 3),
    ("đầu tiên", 0),
    ("cái đầu tiên", 0),
    ("cai dau tien a", 0),
    ("dòng trên cùng", 0),
    ("cái cuối", 3),
    ("cuối cùng", 3),
    ("lay cai cuoi cung nhe", 3),
]


@pytest.mark.parametrize(("message", "position"), NUMBERED + NAMED)
def test_a_choice_is_read(message, position):
    assert chosen_position(message, 4) == position


@pytest.mark.parametrize("message", ["CHỌN SỐ 2", "Chọn  số\u00a02", "cho\u0323n so\u0302\u0301 2"])
def test_case_spaces_and_decomposed_accents_do_not_matter(message):
    assert chosen_position(message, 2) == 1


@pytest.mark.parametrize("message", ["3", "số 9", "cái thứ ba", "thứ tư"])
def test_a_number_beyond_the_choices_is_none_of_them(message):
    assert chosen_position(message, 2) is None


@pytest.mark.parametrize("message", ["0", "số 0", "-1", "10", "22"])
def test_no_choice_has_such_a_number(message):
    assert chosen_position(message, 4) is None


@pytest.mark.parametrize(
    "message",
    [
        "",
        "   ",
        "🙂",
        "không",
        "ba mẹ tôi muốn làm khai sinh",
        "mất 2 ngày",
        "hai vợ chồng",
        "1 tháng có được không",
        "1.001193",
        "H05.12-261123-0007",
        "tôi muốn đăng ký khai sinh cho đứa con thứ hai của tôi, đứa đầu tiên thì xong",
        "một",
    ],
)
def test_other_messages_choose_nothing(message):
    assert chosen_position(message, 4) is None


@pytest.mark.parametrize("message", ["1", "đầu tiên", "cuối cùng"])
def test_without_choices_nothing_is_chosen(message):
    assert chosen_position(message, 0) is None


def test_the_last_of_two_is_the_second():
    assert chosen_position("cái cuối cùng", 2) == 1


def test_a_long_story_that_ends_like_a_choice_is_no_choice():
    story = "hôm qua tôi ra phường hỏi rồi mà họ bảo về, tôi muốn hỏi lại cái cuối cùng"
    assert chosen_position(story, 3) is None
