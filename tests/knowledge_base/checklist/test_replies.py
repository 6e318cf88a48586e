import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.checklist import narrow_reply, read_reply
from knowledge_base.guidance import load_guidance_folder
from knowledge_base.situation import UNKNOWN, Question
from knowledge_base.text import fold


def question(ask, *labels, identifier="case"):
    options = [{"id": f"option_{n}", "label": label} for n, label in enumerate(labels, start=1)]
    return Question.model_validate({"id": identifier, "ask": ask, "options": options})


PARENTS = question(
    "Cha mẹ của bé đã đăng ký kết hôn chưa?",
    "Đã đăng ký kết hôn",
    "Chưa đăng ký và muốn ghi tên cha trong giấy khai sinh",
    "Chưa đăng ký và chỉ ghi tên mẹ",
)
BIRTH = question(
    "Bé sinh ra trong trường hợp nào?",
    "Có giấy chứng sinh của bệnh viện hoặc trạm y tế",
    "Không có giấy chứng sinh",
    "Sinh nhờ mang thai hộ",
    "Trẻ bị bỏ rơi",
)
APPLICANT = question(
    "Ai đi làm thủ tục?",
    "Cha hoặc mẹ",
    "Ông bà, người thân khác của bé",
    "Người được cha mẹ ủy quyền",
)
WAY = question(
    "Bạn nộp hồ sơ bằng cách nào?", "Đến tận nơi", "Nộp qua mạng", "Gửi bưu điện", identifier="way"
)
PAPER = question(
    "Bạn có Giấy báo tử hoặc giấy thay Giấy báo tử không?",
    "Có",
    "Không có, vì người mất đã lâu",
)
HOME = question(
    "Bạn có biết nơi cư trú cuối cùng của người mất không?", "Có biết", "Không xác định được"
)
PASSPORT = question(
    "Người đó đã có hộ chiếu chưa?",
    "Chưa từng được cấp",
    "Đang giữ hộ chiếu còn giá trị",
    "Đang giữ hộ chiếu bị hỏng",
    "Hộ chiếu còn giá trị nhưng bị mất",
    "Hộ chiếu cũ đã hết giá trị",
)
DIVORCE = question(
    "Bạn đã từng ly hôn ở nước ngoài chưa?",
    "Chưa từng",
    "Có, và đã ghi vào sổ hộ tịch ở Việt Nam",
    "Có, nhưng chưa ghi vào sổ hộ tịch ở Việt Nam",
)


@pytest.mark.parametrize(
    ("asked", "message", "position"),
    [
        (PARENTS, "2", 2),
        (PARENTS, "số 3 nhé", 3),
        (PARENTS, "em chọn cái thứ hai ạ", 2),
        (PARENTS, "cái đầu tiên", 1),
        (PARENTS, "rồi", 1),
        (PARENTS, "dạ rồi ạ", 1),
        (PARENTS, "roi a", 1),
        (PARENTS, "đăng ký rồi", 1),
        (PARENTS, "da dang ky ket hon", 1),
        (PARENTS, "chưa đk, chỉ ghi tên mẹ", 3),
        (PARENTS, "chi ghi ten me", 3),
        (PARENTS, "ghi tên bố nữa", 2),
        (BIRTH, "có giấy chứng sinh", 1),
        (BIRTH, "không có giấy chứng sinh", 2),
        (BIRTH, "ko co giay chung sinh", 2),
        (BIRTH, "chua có giấy chứng sinh", 2),
        (BIRTH, "mang thai hộ", 3),
        (BIRTH, "be bi bo roi", 4),
        (APPLICANT, "mẹ", 1),
        (APPLICANT, "tôi là bố của bé", 1),
        (APPLICANT, "bà nội", 2),
        (APPLICANT, "nhờ người khác", 3),
        (APPLICANT, "uỷ quyền", 3),
        (WAY, "online", 2),
        (WAY, "vneid", 2),
        (WAY, "gui buu dien", 3),
        (WAY, "ra phường nộp", 1),
        (PAPER, "có rồi", 1),
        (PAPER, "có giấy báo tử", 1),
        (PAPER, "ko có", 2),
        (HOME, "không biết", 2),
        (HOME, "biết", 1),
        (PASSPORT, "chưa", 1),
        (PASSPORT, "chưa có bao giờ", 1),
        (PASSPORT, "mất rồi", 4),
        (PASSPORT, "hết hạn", 5),
        (PASSPORT, "bị rách", 3),
        (DIVORCE, "có nhưng chưa ghi", 3),
        (DIVORCE, "có, đã ghi vào sổ", 2),
    ],
)
def test_a_reply_names_its_option(asked, message, position):
    assert read_reply(asked, message) == f"option_{position}"


@pytest.mark.parametrize(
    "message", ["không rõ", "tôi không biết ạ", "khong ro", "chưa biết nữa", "4", "Tôi không rõ"]
)
def test_not_knowing_is_an_answer(message):
    assert read_reply(PARENTS, message) == UNKNOWN


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (PARENTS, ""),
        (PARENTS, "…"),
        (PARENTS, "9"),
        (PARENTS, "chưa"),
        (PARENTS, "lệ phí bao nhiêu"),
        (PARENTS, "chưa đăng ký kết hôn thì cần gì?"),
        (BIRTH, "có"),
        (BIRTH, "không"),
        (BIRTH, "giấy chứng sinh là gì"),
        (PASSPORT, "rồi"),
        (DIVORCE, "có"),
        (WAY, "được không?"),
        (WAY, "trời hôm nay đẹp " * 20),
    ],
)
def test_what_could_mean_several_options_means_none(asked, message):
    assert read_reply(asked, message) is None


@pytest.mark.parametrize(
    ("asked", "message", "positions"),
    [
        (PARENTS, "chưa", [2, 3]),
        (PARENTS, "chưa đăng ký kết hôn", [2, 3]),
        (DIVORCE, "có", [2, 3]),
        (PARENTS, "rồi", []),
        (PARENTS, "lệ phí bao nhiêu", []),
        (PARENTS, "", []),
    ],
)
def test_a_reply_may_rule_some_options_out(asked, message, positions):
    assert narrow_reply(asked, message) == [f"option_{n}" for n in positions]


def test_every_option_of_the_guidance_is_understood_by_its_label():
    for guidance in load_guidance_folder():
        for asked in guidance.questions:
            for number, option in enumerate(asked.options, start=1):
                for message in (option.label, f"Dạ {option.label} ạ", str(number)):
                    assert read_reply(asked, message) == option.id, (guidance.code, message)


def test_a_label_without_diacritics_is_never_taken_for_another():
    for guidance in load_guidance_folder():
        for asked in guidance.questions:
            for option in asked.options:
                read = read_reply(asked, fold(option.label).lower())
                assert read in (option.id, None), (guidance.code, option.label)


@given(st.text(max_size=200))
def test_any_text_is_read_without_fault(message):
    valid = {None, UNKNOWN, *(option.id for option in PARENTS.options)}
    assert read_reply(PARENTS, message) in valid
    assert set(narrow_reply(PARENTS, message)) <= valid
