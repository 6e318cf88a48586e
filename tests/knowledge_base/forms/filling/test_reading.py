import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.forms.filling.reading import as_written, read_option
from knowledge_base.forms.model import Column

GENDER = ("Nam", "Nữ")
STATUS = ("Chưa đăng ký kết hôn", "Đang có vợ, có chồng", "Đã ly hôn và chưa đăng ký kết hôn")


def entry(type_, **parts):
    return Column(id="field", label="Mục", type=type_, **parts)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("5/9/2026", "05/09/2026"),
        ("5-9-2026", "05/09/2026"),
        ("05.09.2026", "05/09/2026"),
        ("ngày 5 tháng 9 năm 2026", "05/09/2026"),
        ("ngay 5 thang 9 nam 2026 a", "05/09/2026"),
        ("mùng 5 tháng 9 năm 2026", "05/09/2026"),
        ("05092026", "05/09/2026"),
        ("31/02/2026", "31/02/2026"),
        ("5/9/26", "5/9/26"),
        ("hôm qua", "hôm qua"),
        ("1996", "1996"),
    ],
)
def test_a_date_is_written_in_full_only_where_it_is_plain(typed, written):
    assert as_written(entry("date"), typed) == written


@pytest.mark.parametrize("typed", ["000096000001", "000 096 000 001", "000.096.000.001"])
def test_an_identity_number_loses_its_spaces(typed):
    assert as_written(entry("identity_number"), typed) == "000096000001"


@pytest.mark.parametrize(
    "typed", ["0000000001", "0000 000 001", "0000.000.001", "+84000000001", "84000000001"]
)
def test_a_phone_number_is_written_as_at_home(typed):
    assert as_written(entry("phone"), typed) == "0000000001"


@pytest.mark.parametrize("typed", ["3", "3 bản", "3 bản sao ạ"])
def test_a_count_may_say_what_it_counts(typed):
    assert as_written(entry("number"), typed) == "3"


@pytest.mark.parametrize("typed", ["LÊ  Thị dụ", "Y Bih", "Jean-Pierre Lê", "lê thị Dụ"])
def test_a_name_stays_as_it_was_typed(typed):
    assert as_written(entry("name"), typed) == typed


@pytest.mark.parametrize(
    "typed",
    ["tên là Lê Thị Dụ", "Tên tôi là Lê Thị Dụ", "họ và tên là Lê Thị Dụ", "tôi là Lê Thị Dụ"],
)
def test_what_leads_to_a_name_is_no_part_of_it(typed):
    assert as_written(entry("name"), typed) == "Lê Thị Dụ"


@pytest.mark.parametrize(
    ("typed", "option"),
    [("1", "Nam"), ("2", "Nữ"), ("nữ", "Nữ"), ("nu", "Nữ"), ("NỮ ạ", "Nữ"), ("vâng nam", "Nam"),
     ("3", None), ("0", None), ("nam nữ", None), ("giới tính", None)],
)  # fmt: skip
def test_an_option_is_named_by_number_or_word(typed, option):
    assert read_option(GENDER, typed) == option


@pytest.mark.parametrize(
    ("typed", "option"), [("đã ly hôn", STATUS[2]), ("đang có vợ", STATUS[1]), ("kết hôn", None)]
)
def test_part_of_an_option_names_it_where_no_other_has_it(typed, option):
    assert read_option(STATUS, typed) == option


@given(st.text(max_size=60))
def test_free_text_is_only_trimmed(text):
    assert as_written(entry("text"), text) == text.strip()


@given(
    st.text(max_size=60), st.sampled_from(["date", "phone", "identity_number", "number", "name"])
)
def test_nothing_typed_breaks_the_reading(text, type_):
    once = as_written(entry(type_), text)
    assert as_written(entry(type_), once) == once or type_ == "name"
