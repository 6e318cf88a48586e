import pytest

from knowledge_base.forms import check_answers, check_field
from knowledge_base.forms.model import Field
from tests.knowledge_base.forms.conftest import TODAY


def field(type_, **parts):
    return Field.model_validate({"id": "x", "label": "Mục", "type": type_, "explain": "…", **parts})


def check(type_, value, **parts):
    kept, faults = check_field(field(type_, **parts), value, today=TODAY)
    return kept, " ".join(fault.message for fault in faults)


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("name", "Nguyễn Văn Mẫu"),
        ("name", "H'Hen Niê Êban"),
        ("name", "TRẦN THỊ THỬ"),
        ("date", "05/09/2026"),
        ("date", "29/02/2024"),
        ("identity_number", "000198000002"),
        ("identity_number", "024098001234"),
        ("phone", "0000000002"),
        ("email", "mau@vidu.example"),
        ("number", "2"),
        ("number", "75,5"),
        ("money", "50.000.000"),
        ("text", "A & B <c> {{7*7}}"),
        ("address", "Thôn Đông, xã Hòa Mẫu, tỉnh Ví Dụ"),
        ("address", "Số 0 đường huyện 12, phường Thí Nghiệm, thành phố Ví Dụ"),
        ("address", "Đặc khu Mẫu, tỉnh Ví Dụ"),
    ],
)
def test_sound_value_is_kept_as_typed(type_, value):
    assert check(type_, value) == (value, "")


@pytest.mark.parametrize(
    ("type_", "value", "message"),
    [
        ("name", "Nguyễn Văn 2", "đang có «2»"),
        ("name", "{{7*7}} Mẫu", "«{7*}»"),
        ("name", "An", "đang chỉ có một tiếng"),
        ("date", "5/9/2026", "05/09/2026"),
        ("date", "31/09/2026", "Không có ngày 31/09/2026"),
        ("date", "29/02/2026", "Không có ngày"),
        ("date", "2026-09-05", "ngày/tháng/năm"),
        ("date", "05/09/0026", "không hợp lý"),
        ("identity_number", "000000002", "chứng minh nhân dân cũ"),
        ("identity_number", "00019800000", "đang có 11"),
        ("identity_number", "100198000002", "bắt đầu bằng số 0"),
        ("identity_number", "000 198 000 002", "viết liền"),
        ("identity_number", "٠٠٠١٩٨٠٠٠٠٠٢", "viết liền"),
        ("phone", "+84000000002", "10 chữ số"),
        ("phone", "0000 000 002", "viết liền"),
        ("email", "mau@", "dạng ten@noi-cap"),
        ("number", "hai", "chữ số"),
        ("number", "²", "chữ số"),
        ("money", "50 triệu", "bằng chữ số"),
        ("address", "Xã Hòa Mẫu, huyện Thí Dụ, tỉnh Ví Dụ", "bỏ «huyện»"),
        ("address", "Phường Mẫu, Quận Thí Dụ, thành phố Ví Dụ", "bỏ «Quận»"),
        ("address", "Phường Mẫu, thị xã Thí Dụ, tỉnh Ví Dụ", "bỏ «thị xã»"),
        ("address", "Thị trấn Mẫu, tỉnh Ví Dụ", "bỏ «Thị trấn»"),
        ("address", "P. Mẫu, Q. Thí Dụ, TP. Ví Dụ", "bỏ «Q»"),
        ("address", "Phường Mẫu, thành phố Thí Dụ, tỉnh Ví Dụ", "thành phố thuộc tỉnh"),
        ("address", "Thôn Đông, tỉnh Ví Dụ", "đủ hai cấp"),
        ("address", "Thôn Đông, xã Hòa Mẫu", "đủ hai cấp"),
        ("text", "a\x00b", "ký tự lạ"),
        ("text", "a\x1bb", "ký tự lạ"),
        ("text", "a\ufffeb", "ký tự lạ"),
        ("text", "a" * 10_000, "nhiều nhất 300"),
        ("name", "a " * 5_000, "nhiều nhất 100"),
    ],
)
def test_wrong_value_is_refused_with_what_to_write(type_, value, message):
    kept, said = check(type_, value)
    assert kept is None
    assert message in said


def test_old_district_is_accepted_where_a_place_was_registered_before():
    place = "Xã Hòa Mẫu, huyện Thí Dụ, tỉnh Ví Dụ"
    assert check("address", place, rules={"address": "former"}) == (place, "")


def test_text_is_composed_and_invisible_marks_are_dropped():
    decomposed = "Nguye\u0302\u0303n\u202e Va\u0306n\u200b  Ma\u0302\u0303u\u2069"
    assert check("name", decomposed) == ("Nguyễn Văn Mẫu", "")


def test_line_breaks_become_spaces():
    assert check("text", "một\r\nhai\u2028ba") == ("một hai ba", "")


def test_choice_is_written_as_in_the_form():
    assert check("choice", "nữ", options=["Nam", "Nữ"]) == ("Nữ", "")
    assert "Nam; Nữ" in check("choice", "gái", options=["Nam", "Nữ"])[1]


def test_number_stays_in_its_range():
    rules = {"minimum": 1, "maximum": 20}
    assert check("number", 3, rules=rules) == ("3", "")
    assert "nhỏ nhất" in check("number", "0", rules=rules)[1]
    assert "lớn nhất" in check("number", "21", rules=rules)[1]


def test_money_is_grouped():
    assert check("money", "50000000 đồng") == ("50.000.000", "")


def test_year_alone_is_taken_only_where_it_may():
    assert check("date", "1996", rules={"year_allowed": True}) == ("1996", "")
    assert "ngày/tháng/năm" in check("date", "1996")[1]
    assert "không hợp lý" in check("date", "2030", rules={"year_allowed": True, "past": True})[1]


def test_future_date_is_refused_where_it_must_be_past():
    assert "chưa tới" in check("date", "24/11/2026", rules={"past": True})[1]
    assert check("date", "23/11/2026", rules={"past": True})[0] == "23/11/2026"


@pytest.mark.parametrize("value", [True, 1.5, {"a": 1}, ["x"], b"x"])
def test_value_that_is_no_line_of_text_is_refused(value):
    assert check("text", value) == (None, "Mục này cần một dòng chữ.")


@pytest.mark.parametrize("type_", ["declaration", "signature"])
def test_declaration_and_signature_are_never_filled(type_):
    kept, said = check(type_, "Tôi cam đoan")
    assert kept is None
    assert "tự ký" in said


def test_date_words_are_written_from_the_figures(birth, birth_answers):
    answers = check_answers(birth, birth_answers, today=TODAY)
    words = "Ngày mười lăm tháng chín năm hai nghìn không trăm hai mươi sáu"
    assert answers.values["child_birth_date_words"] == words


def test_date_words_that_say_another_day_are_refused(birth, birth_answers):
    birth_answers["child_birth_date_words"] = "Ngày mười sáu tháng chín"
    faults = check_answers(birth, birth_answers, today=TODAY).faults
    assert [fault.field for fault in faults] == ["child_birth_date_words"]
    assert "mười lăm tháng chín" in faults[0].message


def test_date_words_with_commas_are_accepted(birth, birth_answers):
    birth_answers["child_birth_date_words"] = (
        "Ngày mười lăm, tháng chín, năm hai nghìn không trăm hai mươi sáu"
    )
    assert check_answers(birth, birth_answers, today=TODAY).valid


def test_at_least_one_parent_is_asked_for(birth, birth_answers):
    for name in list(birth_answers):
        if name.startswith(("mother_", "father_", "marriage_")):
            del birth_answers[name]
    faults = check_answers(birth, birth_answers, today=TODAY).faults
    assert [fault.message for fault in faults] == ["Phải ghi ít nhất tên mẹ hoặc tên cha."]


def test_child_cannot_be_older_than_its_mother(birth, birth_answers):
    birth_answers["mother_birth_date"] = "16/09/2026"
    faults = check_answers(birth, birth_answers, today=TODAY).faults
    assert [fault.field for fault in faults] == ["child_birth_date"]


def test_unknown_field_is_named(birth, birth_answers):
    birth_answers["bogus"] = "x"
    faults = check_answers(birth, birth_answers, today=TODAY).faults
    assert [fault.message for fault in faults] == ["Mẫu này không có mục «bogus»."]


def test_fault_of_a_label_that_occurs_twice_names_its_section(birth, birth_answers):
    birth_answers["mother_name"] = "2"
    faults = check_answers(birth, birth_answers, today=TODAY).faults
    assert faults[0].label == "Người mẹ – Họ, chữ đệm, tên"


def test_faults_of_a_table_name_their_row(library):
    form = library.get("CT01")
    rows = [{"name": "Nguyễn Mẫu An"}, {"name": "2", "bogus": "x"}]
    members = next(field for field in form.fields if field.id == "members")
    kept, faults = check_field(members, rows, today=TODAY)
    assert kept is None
    assert {fault.row for fault in faults} == {1, 2}
    assert any("cột «bogus»" in fault.message for fault in faults)


@pytest.mark.parametrize("rows", ["x", [1], [{"name": "Mẫu An"}] * 11])
def test_table_that_is_no_table_is_refused(library, rows):
    members = next(field for field in library.get("ct01").fields if field.id == "members")
    kept, faults = check_field(members, rows, today=TODAY)
    assert kept is None
    assert faults


def test_empty_answers_ask_for_every_required_field(library):
    for form in library:
        missing = {fault.field for fault in check_answers(form, {}, today=TODAY).faults}
        assert missing >= {field.id for field in form.fields if field.required}
