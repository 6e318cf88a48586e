import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base.forms import load_forms
from knowledge_base.forms.filling import BLANK, Draft
from knowledge_base.forms.rendering import filled_sheet, render_docx
from tests.knowledge_base.forms.conftest import TODAY
from tests.knowledge_base.forms.filling.conftest import Filling

LIBRARY = load_forms()
RESIDENCE = (
    "Công an xã Hòa Mẫu", "TRẦN THỊ THỬ", "5/9/1998", "nu", "000 198 000 002", "0000000002",
    "bỏ qua", "NGUYỄN VĂN THỬ", "Con dâu", "000065000004",
    "Đăng ký thường trú tại thôn Đông, xã Hòa Mẫu, tỉnh Ví Dụ", "có", "Nguyễn Mẫu An",
    "15/9/2026", "nữ", "000326000005", "Cháu nội", "không",
)  # fmt: skip
OLD = "Thôn Đông, xã Hòa Tiến, huyện Yên Phong, tỉnh Bắc Ninh"
NEW = "Thôn Đông, xã Tam Giang, thành phố Bắc Ninh"


def test_a_form_is_filled_from_start_to_end(residence):
    for message in RESIDENCE:
        assert residence.say(message).refused is None, message
    assert residence.draft.open is None
    answers = residence.draft.answers(TODAY)
    assert answers.valid
    assert answers.values["birth_date"] == "05/09/1998"
    assert answers.values["members"] == [
        {
            "name": "Nguyễn Mẫu An",
            "birth_date": "15/09/2026",
            "gender": "Nữ",
            "identity_number": "000326000005",
            "relation": "Cháu nội",
        }
    ]


def test_what_was_written_is_said(residence):
    assert residence.say("Công an xã Hòa Mẫu").remarks == ("Đã ghi: Công an xã Hòa Mẫu",)


def test_a_date_is_said_in_words_where_the_form_wants_them(child):
    child.go_to("child_birth_date")
    assert child.say("15/9/2026").remarks[1].startswith("Bằng chữ: Ngày mười lăm tháng chín")


def test_a_wrong_value_is_refused_in_the_words_of_the_library(residence):
    residence.go_to("identity_number")
    step = residence.say("123456789")
    assert "chứng minh nhân dân cũ" in step.refused
    assert step.draft.open.key == "identity_number"


def test_nothing_is_no_answer(residence):
    assert "chưa ghi gì" in residence.say("   ").refused


class TestLeavingBlank:
    def test_an_optional_one_is_just_left(self, residence):
        residence.go_to("email")
        assert residence.say("bỏ qua").draft.given["email"] == BLANK

    def test_of_a_required_one_the_person_is_told(self, residence):
        assert "tự viết tay" in residence.say("bỏ qua").remarks[0]

    def test_not_knowing_shows_where_to_find_it_and_goes_on(self, residence):
        residence.go_to("head_identity_number")
        step = residence.say("tôi không rõ")
        assert any(line.startswith("Xem ở: ") for line in step.remarks)
        assert step.draft.open.key == "request"

    def test_help_stays_at_the_question(self, residence):
        step = residence.say("ghi thế nào")
        assert any("Công an" in line for line in step.remarks)
        assert step.draft.open.key == "addressed_to"

    def test_a_whole_section_without_required_fields_is_left_at_once(self, child):
        child.go_to("father_name")
        assert child.say("bỏ qua phần này").draft.open.key == "marriage_number"

    def test_a_section_with_required_fields_is_not(self, residence):
        residence.go_to("email")
        assert residence.say("bỏ qua phần này").draft.open.key == "head_name"
        assert residence.say("bỏ qua phần này").draft.open.key == "head_relation"

    def test_what_is_missing_is_listed_and_may_be_written_by_hand(self, residence, docx_text):
        residence.say("tạo tệp")
        answers = residence.draft.answers(TODAY)
        assert answers.printable and not answers.valid
        assert "2. Ngày, tháng, năm sinh" in {fault.label for fault in answers.faults}
        assert "TỜ KHAI" in docx_text(render_docx(filled_sheet(answers, unfinished=True)))

    def test_a_row_that_lacks_something_is_not_lost(self, residence):
        residence.go_to("members.1")
        for message in ("có", "Nguyễn Mẫu An", "bỏ qua", "nữ", "bỏ qua", "bỏ qua", "không"):
            residence.say(message)
        answers = residence.draft.answers(TODAY)
        assert answers.values["members"][0]["name"] == "Nguyễn Mẫu An"
        assert [f.missing for f in answers.faults if f.field == "members"] == [True] * 3


class TestAddresses:
    def test_an_old_one_is_refused_with_the_one_of_today_on_offer(self, child):
        child.go_to("applicant_residence")
        step = child.say(OLD)
        assert "huyện" in step.refused
        assert step.proposals == (NEW,)
        assert NEW not in step.draft.given.values()

    @pytest.mark.parametrize("typed", ["1", NEW])
    def test_it_is_written_once_the_person_chose_it(self, child, typed):
        child.go_to("applicant_residence").say(OLD)
        assert child.say(typed).draft.given["applicant_residence"] == NEW

    def test_a_field_for_former_places_takes_it_as_it_is(self, child):
        child.go_to("child_origin")
        assert child.say(OLD).draft.given["child_origin"] == OLD


def test_dates_that_do_not_agree_are_told_at_once_and_bar_the_file(child):
    child.go_to("mother_birth_date")
    step = child.say("16/09/2026")
    assert any("trước ngày sinh của mẹ" in remark for remark in step.remarks)
    assert child.draft.contradictions(TODAY)
    child.say("quay lại")
    child.say("12/03/1998")
    assert not child.draft.contradictions(TODAY)


def test_going_back_from_the_first_question_says_so(residence):
    assert residence.say("quay lại").remarks == ("Đây là câu đầu tiên.",)


def test_an_answer_that_makes_others_needless_drops_them(child):
    child.go_to("copies_wanted")
    child.say("có")
    child.say("3")
    assert child.draft.values["copies_number"] == "3"
    child.say("sửa đề nghị cấp bản sao")
    child.say("không")
    assert "copies_number" not in child.draft.values


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("{{7*7}}", "{{7*7}}"),
        ("{% include '/etc/passwd' %}", "{% include '/etc/passwd' %}"),
        ("<script>alert(1)</script> & «x»", "<script>alert(1)</script> & «x»"),
        ("Đăng\u202e ký\u200b tạm trú", "Đăng ký tạm trú"),
        ("a" * 10_000, None),
        ("Đăng ký \x00 tạm trú", None),
    ],
)
def test_hostile_values_are_plain_text_or_refused(residence, docx_text, typed, outcome):
    residence.go_to("request")
    step = residence.say(typed)
    if outcome is None:
        assert step.refused
        return
    assert step.draft.given["request"] == outcome
    answers = residence.draft.answers(TODAY)
    printed = docx_text(render_docx(filled_sheet(answers, unfinished=True)))
    assert " ".join(outcome.split()) in printed


MESSAGES = st.one_of(
    st.sampled_from(
        ["bỏ qua", "quay lại", "tôi không rõ", "sửa câu 1", "giữ nguyên", "bỏ qua phần này", "1",
         "có", "không", "tạo tệp", "sửa ngày sinh", "12/03/1998", "Lê Thị Dụ", OLD]
    ),
    st.text(max_size=30),
)  # fmt: skip


@settings(max_examples=60)
@given(st.sampled_from(["ct01", "khai-sinh", "ho-kinh-doanh"]), st.lists(MESSAGES, max_size=25))
def test_whatever_is_said_only_values_that_pass_are_kept(form, messages):
    filling = Filling(LIBRARY.get(form))
    for message in messages:
        filling.say(message)
        draft = filling.draft
        assert draft.open is None or draft.open in draft.questions
        # What a browser would send back is the same draft.
        assert Draft.read(draft.form, draft.given, None, TODAY).values == draft.values
    assert all(fault.missing or fault.field for fault in filling.draft.answers(TODAY).faults)
    wrong = {fault.message for fault in filling.draft.contradictions(TODAY)}
    assert wrong <= {check.message for check in filling.draft.form.checks}


def test_what_a_browser_sends_is_checked_again(ct01):
    sent = {
        "name": "Trần Thị Thử",
        "birth_date": "31/02/2000",
        "signature": "Tôi đã ký",
        "members.1": "Có",
        "members.1.name": "<script>",
        "members.7.name": "Lê Thị Dụ",
        "nothing": "x",
    }
    draft = Draft.read(ct01, sent, "signature", TODAY)
    assert dict(draft.given) == {"name": "Trần Thị Thử", "members.1": "Có"}
    assert draft.reopened is None
