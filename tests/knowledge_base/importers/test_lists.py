import json
import unicodedata

import openpyxl
import pytest

from knowledge_base.errors import ImportFileError
from knowledge_base.importers import read_list
from knowledge_base.importers.lists import national_code
from knowledge_base.procedure import Detail, Level, SourceKind

TITLE = ["DANH SÁCH THỦ TỤC HÀNH CHÍNH", None, None, None, None]
HEADER = ["Mã số", "Tên", "Cơ quan ban hành", "Cơ quan thực hiện", "Lĩnh vực"]
BIRTH = ["1.001193", "Đăng ký khai sinh", "Bộ Tư pháp", "Ủy ban nhân dân cấp xã", "Hộ tịch"]


@pytest.fixture
def excel(tmp_path):
    def excel(*sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for number, rows in enumerate(sheets, start=1):
            sheet = book.create_sheet(f"Trang {number}")
            for row in rows:
                sheet.append(row)
        path = tmp_path / "danh-sach.xlsx"
        book.save(path)
        return path

    return excel


@pytest.fixture
def lines(tmp_path):
    def lines(*rows):
        path = tmp_path / "tinh.jsonl"
        texts = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        path.write_text("\n".join(texts), "utf-8")
        return path

    return lines


def test_an_excel_list_gives_bare_procedures(excel):
    (procedure,), report = read_list(excel([TITLE, HEADER, BIRTH]))
    assert (procedure.code, procedure.name) == ("1.001193", "Đăng ký khai sinh")
    assert procedure.field == "Hộ tịch"
    assert procedure.levels == [Level.COMMUNE]
    assert procedure.agencies == ["Ủy ban nhân dân cấp xã"]
    assert procedure.detail == Detail.BARE
    assert procedure.provinces == []
    assert procedure.source.kind == SourceKind.LIST
    assert procedure.source.note == "Danh sách danh-sach.xlsx"
    assert (report.records, report.skipped) == (1, [])


def test_the_header_is_found_by_its_words_wherever_it_stands(excel):
    rows = [
        ["UBND TỈNH LÂM ĐỒNG"],
        [],
        ["STT", "Mã TTHC", "MỨC ĐỘ DVC", "TÊN TTHC", "LĨNH VỰC", "QUYẾT ĐỊNH SỐ"],
        [1, "1.001193.000.00.00.H36", "Toàn trình", "Đăng ký khai sinh", "Hộ tịch", "509/QĐ-UBND"],
    ]
    (procedure,), _ = read_list(excel(rows), province="Lâm Đồng")
    assert (procedure.code, procedure.provinces) == ("1.001193", ["Lâm Đồng"])
    assert procedure.source.decision == "509/QĐ-UBND"
    assert procedure.source.note == "Danh sách Lâm Đồng"


def test_every_sheet_is_read_with_its_own_header(excel):
    death = ["Khai tử", "1.000656"]
    procedures, _ = read_list(excel([HEADER, BIRTH], [["Tên thủ tục", "Mã thủ tục"], death]))
    assert [(p.code, p.name) for p in procedures] == [
        ("1.000656", "Khai tử"),
        ("1.001193", "Đăng ký khai sinh"),
    ]
    assert procedures[0].field == "Chưa rõ lĩnh vực"


def test_rows_without_code_or_name_are_reported_with_their_place(excel):
    rows = [HEADER, BIRTH, ["", "Tổng cộng", "", "", ""], [None] * 5, ["1.000656", None]]
    procedures, report = read_list(excel(rows))
    assert len(procedures) == 1
    assert report.skipped == [
        "danh-sach.xlsx/Trang 1:3: không có mã hoặc tên ('', 'Tổng cộng')",
        "danh-sach.xlsx/Trang 1:5: không có mã hoặc tên ('1.000656', '')",
    ]


def test_cells_are_composed_and_on_one_line(excel):
    name = unicodedata.normalize("NFD", "Đăng ký\n khai sinh")
    (procedure,), _ = read_list(excel([HEADER, [" 1.001193 ", name, None, None, None]]))
    assert (procedure.code, procedure.name) == ("1.001193", "Đăng ký khai sinh")


def test_a_list_read_out_as_json_lines_is_read(lines):
    path = lines(
        {"code": "1.001193.H36", "name": "Đăng ký khai sinh", "field": "Hộ tịch", "org": "UBND Xã"},
        "",
        {"code": "CCCX_01", "name": "Chế độ", "field": "Công chức", "decision": "509/QĐ-UBND"},
    )
    procedures, report = read_list(path, province="Lâm Đồng")
    assert [(p.code, p.agencies, p.source.decision) for p in procedures] == [
        ("1.001193", ["UBND Xã"], None),
        ("CCCX_01", [], "509/QĐ-UBND"),
    ]
    assert {tuple(p.provinces) for p in procedures} == {("Lâm Đồng",)}
    assert report.records == 2


def test_a_code_that_stands_twice_gives_one_procedure(lines):
    path = lines(
        {"code": "1.001193.H36", "name": "Đăng ký khai sinh"},
        {"code": "1.001193.H37", "name": "Khai sinh"},
    )
    procedures, _ = read_list(path)
    assert [procedure.name for procedure in procedures] == ["Đăng ký khai sinh"]


@pytest.mark.parametrize(
    ("agency", "levels"),
    [
        ("Ủy ban nhân dân cấp xã", [Level.COMMUNE]),
        ("UBND Xã/Phường/Thị Trấn", [Level.COMMUNE]),
        ("Bộ Công an; Công an cấp Xã", [Level.COMMUNE]),
        ("Ủy ban nhân dân cấp tỉnh", [Level.PROVINCE]),
        ("Sở Tư pháp", [Level.PROVINCE]),
        ("Bảo hiểm xã hội tỉnh", [Level.PROVINCE]),
        ("Liên minh hợp tác xã tỉnh", [Level.PROVINCE]),
        ("Bộ Tư pháp", [Level.MINISTRY]),
        ("Phòng cảnh sát quản lý hành chính về trật tự xã hội", []),
        ("Cơ quan đang quản lý sổ gốc", []),
        ("Bộ phận một cửa", []),
        ("UBND thị xã", []),
        ("Cục Bổ trợ", []),
        ("", []),
    ],
)
def test_the_level_is_the_lowest_that_the_agency_names(lines, agency, levels):
    (procedure,), _ = read_list(lines({"code": "1.001193", "name": "Khai sinh", "agency": agency}))
    assert procedure.levels == levels


@pytest.mark.parametrize(
    ("code", "national"),
    [
        ("1.012275.000.00.00.H36", "1.012275"),
        ("1.012275.H36", "1.012275"),
        (" 1.012 275\n", "1.012275"),
        ("CCCX_01", "CCCX_01"),
        ("T-LAN-287912-TT", "T-LAN-287912-TT"),
        ("0.012275.H36", "0.012275.H36"),
    ],
)
def test_the_national_part_of_a_local_code_is_kept(code, national):
    assert national_code(code) == national


@pytest.mark.parametrize("sheet", [[], [HEADER], [["Tên", "Lĩnh vực"], ["Khai sinh", "Hộ tịch"]]])
def test_an_excel_list_without_codes_and_names_is_refused(excel, sheet):
    with pytest.raises(ImportFileError, match="không tìm thấy dòng nào có mã và tên"):
        read_list(excel(sheet))


@pytest.mark.parametrize("line", ["{broken", "[1]", '"chữ"'])
def test_a_line_that_is_no_record_is_named_by_file_and_line(lines, line):
    with pytest.raises(ImportFileError, match=r"tinh\.jsonl:2: "):
        read_list(lines({"code": "1.001193", "name": "Khai sinh"}, line))


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    book = tmp_path / "hong.xlsx"
    book.write_bytes(b"khong phai Excel")
    with pytest.raises(ImportFileError, match=r"hong\.xlsx: không phải tệp Excel đọc được"):
        read_list(book)
    text = tmp_path / "hong.jsonl"
    text.write_bytes('{"name": "é"}'.encode("latin-1"))
    with pytest.raises(ImportFileError, match=r"hong\.jsonl: không đọc được"):
        read_list(text)
