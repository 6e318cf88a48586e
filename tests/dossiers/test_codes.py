import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.codes import (
    CodeHint,
    NumberKind,
    code_hints,
    find_codes,
    identify_number,
    parse_code,
)

CODE = "H05.12-261123-0007"


@pytest.mark.parametrize(
    ("code", "agency", "root", "day", "serial"),
    [
        ("000.00.07.H02-200729-0003", "000.00.07.H02", "H02", date(2020, 7, 29), "0003"),
        ("000.17.22.H56-210531-0001", "000.17.22.H56", "H56", date(2021, 5, 31), "0001"),
        ("000.00.06.H56-231027-0361", "000.00.06.H56", "H56", date(2023, 10, 27), "0361"),
        ("H56.14-240823-0001", "H56.14", "H56", date(2024, 8, 23), "0001"),
        ("H15.50.05.13-261008-0975", "H15.50.05.13", "H15", date(2026, 10, 8), "0975"),
        ("G09.20-20260609-0092637", "G09.20", "G09", date(2026, 6, 9), "0092637"),
        ("G22.99-260715-000321", "G22.99", "G22", date(2026, 7, 15), "000321"),
        ("H05-261123-0007", "H05", "H05", date(2026, 11, 23), "0007"),
    ],
)
def test_a_well_written_code_is_read_as_it_stands(code, agency, root, day, serial):
    parsed = parse_code(code)
    assert parsed is not None
    assert (parsed.code, parsed.agency, parsed.root) == (code, agency, root)
    assert (parsed.date, parsed.serial, parsed.exact) == (day, serial, True)
    assert str(parsed) == code


@pytest.mark.parametrize(
    "text",
    [
        "h05.12 - 261123 - 0007",
        "H05.12–261123–0007",
        "H05,12-261123-0007",
        "HO5.12-261123-0007",
        "H05.12-26I123-0007",
        "H05.12 261123 0007",
        "Mã hồ sơ: H05.12-261123-0007",
        "ma ho so H05.12-261123-0007",
        "H05.12-2611230007",
        "H05.12_261123_0007",
        "Ｈ０５．１２－２６１１２３－０００７",
        "H 05.12-261123-0007",
        "H05.12-26\u200b1123-0007",
        "H05.12\u00a0261123\u00a00007",
        "số hồ sơ H05.12-261123-0007.",
        "H05.12.261123.0007",
        "h05 12 261123 0007",
        "SHS: H05.12 -261123- 0007",
        "Mã số hồ sơ H05.12-261123-0007",
        "“H05.12-261123-0007”",
    ],
)
def test_a_carelessly_written_code_is_corrected_and_marked(text):
    parsed = parse_code(text)
    assert parsed is not None
    assert (parsed.code, parsed.exact) == (CODE, False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("000.00.07.H02/200729/0003", "000.00.07.H02-200729-0003"),
        ("000 00 07 H02 260715 0012", "000.00.07.H02-260715-0012"),
        ("OOO.OO.O7.HO2-200729-OOO3", "000.00.07.H02-200729-0003"),
        ("h02 12 260715 0003", "H02.12-260715-0003"),
        ("G22.99.260715.000321", "G22.99-260715-000321"),
        ("H02.12.260715.0003", "H02.12-260715-0003"),
        ("H02 .12- 260718 -0009", "H02.12-260718-0009"),
        ("G09.20-202606090092637", "G09.20-20260609-0092637"),
    ],
)
def test_other_separators_are_accepted(text, code):
    parsed = parse_code(text)
    assert parsed is not None
    assert (parsed.code, parsed.exact) == (code, False)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "số không không không chấm không không chấm không bảy chấm H02 gạch 260715 gạch 0012",
            "000.00.07.H02-260715-0012",
        ),
        (
            "hát không năm chấm mười hai gạch ngang hai sáu một một hai ba"
            " gạch ngang không không không bảy",
            CODE,
        ),
        ("hát không năm chấm một hai trừ hai sáu mười một hai ba trừ không không không bảy", CODE),
        ("H05 chấm 12 gạch hai mươi sáu mười một hai mươi ba gạch 0007", CODE),
        ("H05 chấm 12 gạch 26 11 23 gạch 00 07", CODE),
        ("hat khong nam cham mot hai gach 261123 gach khong khong khong bay", CODE),
        (
            "H02 chấm mười hai gạch hai sáu không bảy mười lăm gạch không không không tư",
            "H02.12-260715-0004",
        ),
        (
            "giê không chín chấm hai mươi gạch 20260609 gạch 0092637",
            "G09.20-20260609-0092637",
        ),
    ],
)
def test_a_spoken_code_is_understood(text, code):
    parsed = parse_code(text)
    assert parsed is not None
    assert (parsed.code, parsed.exact) == (code, False)
    assert [found.code for found in find_codes(f"cho tôi hỏi hồ sơ {text} nhé")] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "H05.12-261323-0007",
        "H05.12-260230-0007",
        "H05.12-151123-0007",
        "038090001111",
        "0912345678",
        "1.001193",
        "GPXD-12",
        "G09.20202606090092637",
        "H05.12-261123",
        "H05.12-261123-07",
        "K05.12-261123-0007",
        "hồ sơ của tôi đến đâu rồi",
        "năm ba hai không bảy",
        "HOI.OI-OIOIOI-OIOI",
        "H05.12-261123-0007 và H05.12-261123-0008",
    ],
)
def test_anything_else_is_no_code(text):
    assert parse_code(text) is None


def test_codes_are_found_inside_a_sentence_once_and_in_order():
    text = "Hồ sơ H05.12-261123-0007 của mẹ tôi, h05.12 261123 0008, không thấy H05.12-261123-0007?"
    assert [(code.code, code.exact) for code in find_codes(text)] == [
        (CODE, True),
        ("H05.12-261123-0008", False),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Hồ sơ H05.12-261123-0007 không thấy đâu",
        "H05.12-261123-0007. 2 ngày rồi chưa có",
        "(H05.12-261123-0007)",
        "mã H05.12-261123-0007, năm ngoái nộp",
        "H05.12-261123-0007 - 12 ngày chưa xong",
    ],
)
def test_what_stands_around_a_code_does_not_change_it(text):
    assert [(code.code, code.exact) for code in find_codes(text)] == [(CODE, True)]


def test_no_code_is_found_where_there_is_none():
    assert find_codes("Tôi sinh năm 1990, số nhà 12, điện thoại 0912 345 678") == []
    assert find_codes("Thủ tục 1.001193.000.00.00.H36 mất mấy ngày") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("038090001111", NumberKind.IDENTITY_NUMBER),
        ("căn cước 0380 9000 1111 của tôi", NumberKind.IDENTITY_NUMBER),
        ("0912345678", NumberKind.PHONE_NUMBER),
        ("0912.345.678", NumberKind.PHONE_NUMBER),
        ("gọi +84 912 345 678 nhé", NumberKind.PHONE_NUMBER),
        ("(+84) 912345678", NumberKind.PHONE_NUMBER),
        ("84912345678", NumberKind.PHONE_NUMBER),
        ("1.001193", NumberKind.PROCEDURE_CODE),
        ("thủ tục 3.000181.000.00.00.H22?", NumberKind.PROCEDURE_CODE),
        ("1.001193.000.00.00.H36", NumberKind.PROCEDURE_CODE),
        ("Thủ tục 1.001193.", NumberKind.PROCEDURE_CODE),
        ("H05.12-261123-0007-20261123101500", NumberKind.PAYMENT_REFERENCE),
        ("000.00.07.H02-200729-0003-20200729101500", NumberKind.PAYMENT_REFERENCE),
        ("H05.12-261123-0007 - 20261123101500", NumberKind.PAYMENT_REFERENCE),
    ],
)
def test_other_numbers_are_told_apart_and_are_never_a_dossier(text, kind):
    assert identify_number(text) is kind
    assert parse_code(text) is None
    assert find_codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        "000.00.07.H02-200729-0003",
        "h05 12 261123 0007",
        "000 00 07 H02 260715 0012",
        "GPXD-12",
        "12/5/2026",
        "không biết",
        "hồ sơ H05.12-261123-0007, điện thoại 0912345678",
    ],
)
def test_a_dossier_code_or_plain_words_are_no_other_number(text):
    assert identify_number(text) is None


def test_a_date_in_the_future_is_hinted():
    parsed = parse_code(CODE)
    assert parsed is not None
    assert code_hints(parsed, date(2026, 11, 22)) == (CodeHint.FUTURE_DATE,)
    assert code_hints(parsed, date(2026, 11, 23)) == ()


def test_a_code_older_than_its_shape_is_hinted():
    parsed = parse_code("H05.12-190304-0007")
    assert parsed is not None
    assert code_hints(parsed, date(2026, 11, 23)) == (CodeHint.OLDER_THAN_ITS_SHAPE,)
    old_shape = parse_code("000.00.12.H05-190304-0007")
    assert old_shape is not None
    assert code_hints(old_shape, date(2026, 11, 23)) == ()


@pytest.mark.parametrize("text", ["G09.20-20260609-0092637", "H15.50-261008-1509750"])
def test_a_file_of_a_ministry_system_is_hinted(text):
    parsed = parse_code(text)
    assert parsed is not None
    assert CodeHint.MINISTRY_SYSTEM in code_hints(parsed, date(2026, 11, 23))


_agencies = st.one_of(
    st.from_regex(r"[GH][0-9]{2}(\.[0-9]{2}){0,4}", fullmatch=True),
    st.from_regex(r"[0-9]{3}(\.[0-9]{2}){1,3}\.[GH][0-9]{2}", fullmatch=True),
)
_days = st.dates(date(2017, 1, 1), date(2060, 12, 31))
_serials = st.integers(0, 9999).map(lambda number: f"{number:04}")


@given(_agencies, _days, _serials, st.sampled_from(["%y%m%d", "%Y%m%d"]))
def test_every_code_survives_being_read_back(agency, day, serial, form):
    code = f"{agency}-{day:{form}}-{serial}"
    parsed = parse_code(code)
    assert parsed is not None
    assert (parsed.code, parsed.agency, parsed.date, parsed.exact) == (code, agency, day, True)
    loose = parse_code(f" mã hồ sơ {code.lower().replace('-', ' ')} ")
    assert loose is not None
    assert loose.code == code


@pytest.mark.parametrize(
    "text",
    [
        "0 " * 20000,
        "000." * 10000,
        " " * 50000,
        "-" * 30000 + " ." * 9000,
        "không " * 9000,
        "1" * 50000,
    ],
)
def test_a_long_text_is_read_in_no_time(text):
    started = time.monotonic()
    parse_code(text)
    find_codes(text)
    identify_number(text)
    assert time.monotonic() - started < 2


@given(st.text(max_size=200))
def test_no_text_breaks_the_readers(text):
    parse_code(text)
    find_codes(text)
    identify_number(text)
