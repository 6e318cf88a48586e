from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.forms.addresses import check_new_address
from knowledge_base.forms.old_addresses import new_addresses
from tests.knowledge_base.forms.conftest import TODAY


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("xã Hòa Tiến, huyện Yên Phong, tỉnh Bắc Ninh", ["xã Tam Giang, thành phố Bắc Ninh"]),
        ("x. Hòa Tiến, h. Yên Phong, Bắc Ninh", ["xã Tam Giang, thành phố Bắc Ninh"]),
        (
            "Số 5, phường Bến Nghé, quận 1, TP Hồ Chí Minh",
            ["Số 5, phường Sài Gòn, thành phố Hồ Chí Minh"],
        ),
        (
            "xã Tân Thạnh, huyện Thới Lai, thành phố Cần Thơ",
            ["xã Trường Thành, thành phố Cần Thơ", "xã Tân Thạnh, thành phố Cần Thơ"],
        ),
        ("xã Hòa Mẫu, huyện Thí Dụ, tỉnh Ví Dụ", []),
        ("xã Hòa Tiến, huyện Quế Võ, tỉnh Bắc Ninh", []),
        ("phường Hòa Tiến, huyện Yên Phong, tỉnh Bắc Ninh", []),
        ("tỉnh Bắc Ninh", []),
        ("", []),
    ],
)
def test_an_address_of_three_levels_leads_to_those_of_two(old, new):
    assert new_addresses(old, TODAY) == new


def test_a_province_is_called_as_on_that_day():
    old = "xã Hòa Tiến, huyện Yên Phong, tỉnh Bắc Ninh"
    assert new_addresses(old, date(2026, 9, 19)) == ["xã Tam Giang, tỉnh Bắc Ninh"]


def test_what_stands_before_stays_as_typed():
    [new] = new_addresses("Số 0, NGÕ Mẫu, xã Hòa Tiến, huyện Yên Phong, tỉnh Bắc Ninh", TODAY)
    assert new.startswith("Số 0, NGÕ Mẫu, ")


def test_what_comes_out_passes_the_check_of_today():
    for old in ("P. Suối Hoa, TP. Bắc Ninh, tỉnh Bắc Ninh", "xã Hòa Tiến, Yên Phong, Bắc Ninh"):
        for new in new_addresses(old, TODAY):
            check_new_address(new)


@given(st.text(max_size=80))
def test_nothing_typed_breaks_it(text):
    assert isinstance(new_addresses(text, TODAY), list)
