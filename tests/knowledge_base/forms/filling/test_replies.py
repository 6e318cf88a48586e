import pytest

from knowledge_base.forms.filling import BLANK, Draft, Wish, read_message
from knowledge_base.forms.model import ExampleKind
from knowledge_base.text import fold
from tests.knowledge_base.forms.conftest import TODAY
from tests.knowledge_base.forms.filling.conftest import value_for


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("bỏ qua", Wish.SKIP),
        ("Bỏ qua ạ", Wish.SKIP),
        ("bo qua", Wish.SKIP),
        ("bỏ qua phần này", Wish.SKIP_SECTION),
        ("Tôi không rõ", Wish.UNKNOWN),
        ("ko biet", Wish.UNKNOWN),
        ("quay lại", Wish.BACK),
        ("thôi", Wish.STOP),
        ("dừng", Wish.STOP),
        ("Dừng lại!", Wish.STOP),
        ("xem lại", Wish.REVIEW),
        ("ghi thế nào", Wish.HELP),
        ("tạo tệp", Wish.MAKE),
    ],
)
def test_commands_are_whole_messages(residence, typed, wish):
    residence.go_to("name")
    assert residence.wish(typed) == wish


@pytest.mark.parametrize("typed", ["dung", "Dũng", "Đúng", "đúng rồi", "Thối", "Bổ Quá", "đúng ạ"])
def test_what_only_looks_like_a_command_is_none(residence, typed):
    residence.go_to("name")
    assert residence.wish(typed) == Wish.VALUE


@pytest.mark.parametrize("typed", ["đúng", "Đúng rồi ạ", "tạo tệp", "xong"])
def test_when_all_is_answered_yes_makes_the_file(residence, typed):
    residence.say("tạo tệp")
    assert residence.draft.open is None
    assert residence.wish(typed) == Wish.MAKE


def test_dung_without_marks_neither_stops_nor_makes(residence):
    residence.say("tạo tệp")
    assert residence.wish("dung") == Wish.VALUE


@pytest.mark.parametrize(
    "typed",
    [
        "lệ phí bao nhiêu?",
        "lệ phí bao nhiêu",
        "le phi bao nhieu",
        "nộp ở đâu vậy",
        "mục này là gì?",
        "tôi muốn gặp cán bộ?",
        "cho tôi gặp cán bộ",
        "điền CT01",
    ],
)
@pytest.mark.parametrize(
    "key", ["addressed_to", "name", "birth_date", "identity_number", "request"]
)
def test_a_question_is_for_somebody_else(residence, key, typed):
    residence.go_to(key)
    assert residence.wish(typed) == Wish.ELSEWHERE


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("addressed_to", "Công an xã Hòa Mẫu"),
        ("name", "Hà Thị Bao"),
        ("name", "Lê Thế Nào"),
        ("birth_date", "12/03/1998"),
        ("head_relation", "Người ở nhờ"),
        ("request", "Đăng ký tạm trú tại số 0 phố Mẫu, phường Thí Nghiệm, tỉnh Ví Dụ, 12 tháng"),
        ("request", "Sửa nơi thường trú từ nơi ở đâu đó ghi trong sổ sang thôn Đông, xã Hòa Mẫu"),
    ],
)  # fmt: skip
def test_a_value_is_a_value(residence, key, typed):
    residence.go_to(key)
    assert residence.wish(typed) == Wish.VALUE


def test_no_value_of_any_example_is_taken_for_anything_else(library):
    """However it is spelt: what is taken for a question would leave the form for the bot."""
    taken = []
    for form in library:
        for example in form.examples:
            if example.kind != ExampleKind.RIGHT:
                continue
            draft = Draft(form)
            while (question := draft.open) is not None:
                value = value_for(question, example)
                spellings = {value, fold(value), value.lower(), value.upper()} if value else ()
                taken += [
                    (form.id, question.key, spelling)
                    for spelling in spellings
                    if read_message(draft, spelling, TODAY).wish != Wish.VALUE
                ]
                draft = draft.with_answer(draft.written(value, TODAY) if value else BLANK)
    assert taken == []


@pytest.mark.parametrize(
    "typed",
    [
        "làm giấy khai sinh cho con thì phải mang theo những giấy tờ gì",
        "lam giay khai sinh can mang theo giay to gi a",
        "đi đăng ký tạm trú thì nộp hồ sơ chỗ nào vậy ạ",
        "có phải mang theo sổ hộ khẩu giấy cũ nữa không",
        "mất bao lâu thì xong hả cháu",
    ],
)
@pytest.mark.parametrize("key", ["name", "head_relation", "request"])
def test_a_question_without_its_mark_is_known_by_its_words(residence, key, typed):
    residence.go_to(key)
    assert residence.wish(typed) == Wish.ELSEWHERE


@pytest.mark.parametrize("typed", ["nguyễn thị sao", "NGUYỄN VĂN ĐÂU", "Trần Ai", "lê thị bao"])
def test_a_name_that_ends_like_a_question_is_a_name(residence, typed):
    residence.go_to("name")
    assert residence.wish(typed) == Wish.VALUE


def test_an_answer_named_no_is_no_command(child):
    child.go_to("copies_wanted")
    assert child.say("không").draft.given["copies_wanted"] == "Không"


class TestCorrections:
    @pytest.mark.parametrize(
        ("typed", "key"),
        [
            ("sửa câu 2", "name"),
            ("Sửa câu số 3", "birth_date"),
            ("sua cau 3", "birth_date"),
            ("sửa mục 3", "gender"),
            ("sửa ngày sinh", "birth_date"),
            ("sửa lại giới tính", "gender"),
            ("cho tôi sửa kính gửi", "addressed_to"),
            ("sai ngày sinh", "birth_date"),
        ],
    )
    def test_they_name_a_question_by_number_or_label(self, residence, typed, key):
        residence.go_to("phone")
        assert residence.say(typed).draft.reopened == key

    def test_a_correction_may_bring_its_value(self, residence):
        residence.go_to("phone")
        step = residence.say("sửa ngày sinh thành 6/9/1998")
        assert step.draft.given["birth_date"] == "06/09/1998"
        assert step.draft.open.key == "phone"

    def test_of_several_the_person_is_asked_which(self, child):
        child.go_to("child_gender")
        step = child.say("sửa ngày sinh")
        assert [question.key for question in step.which] == [
            "applicant_birth_date",
            "child_birth_date",
        ]
        assert step.draft.open.key == "child_gender"

    def test_whose_it_is_tells_them_apart(self, child):
        child.go_to("child_gender")
        assert child.say("sửa ngày sinh của bé").draft.reopened == "child_birth_date"

    def test_what_was_not_asked_yet_is_not_found(self, residence):
        residence.go_to("birth_date")
        step = residence.say("sửa câu 9")
        assert "chưa thấy" in step.remarks[0]
        assert step.draft.open.key == "birth_date"

    def test_the_answer_stays_until_another_is_given(self, residence):
        residence.go_to("phone").say("sửa câu 2")
        before = residence.draft.given["name"]
        assert residence.say("giữ nguyên").draft.given["name"] == before
        assert residence.draft.open.key == "phone"

    def test_a_text_that_begins_alike_is_written_down(self, residence):
        residence.go_to("request")
        step = residence.say("Sửa chữa thông tin trong cơ sở dữ liệu cư trú")
        assert step.draft.given["request"] == "Sửa chữa thông tin trong cơ sở dữ liệu cư trú"
