import openpyxl
import pytest

from knowledge_base.errors import ImportFileError
from knowledge_base.places import Office, OfficeBook, load_offices, read_offices
from knowledge_base.places.book import OldUnit, PlaceBook, Unit
from knowledge_base.places.offices import write_offices

UNIT = Unit("Xã Rồng Lửa", "Tỉnh Mới")
BOOK = PlaceBook([(OldUnit("Xã Rồng", "Huyện Lửa", "Tỉnh Cũ"), UNIT)])
HEADER = "Xã, phường,Tỉnh,Cơ quan,Địa chỉ,Điện thoại,Giờ làm việc,Nguồn"
HEADER = HEADER.replace("Xã, phường", '"Xã, phường"')
ROW = "Xã Rồng Lửa,Tỉnh Mới,Một cửa xã Rồng Lửa,Thôn Lửa,0222 3820 000,7:30–17:00,UBND xã"
OFFICE = Office(UNIT, "Một cửa xã Rồng Lửa", "Thôn Lửa", "0222 3820 000", "7:30–17:00", "UBND xã")


@pytest.fixture
def table(tmp_path):
    def table(*lines, name="noi.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding)
        return path

    return table


def test_csv_is_read(table):
    assert read_offices(table(HEADER, ROW), BOOK) == [OFFICE]


def test_csv_of_a_spreadsheet_is_read(table):
    lines = [line.replace('"Xã, phường"', "Xã phường").replace(",", ";") for line in (HEADER, ROW)]
    assert read_offices(table(*lines, encoding="utf-8-sig"), BOOK) == [OFFICE]


def test_excel_is_read_with_a_title_above(tmp_path):
    path = tmp_path / "noi.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["Danh sách nơi tiếp nhận"])
    book.active.append(["STT", "Xã phường", "Tỉnh", "Cơ quan", "Địa chỉ"])
    book.active.append([1, "xã rồng lửa", "Mới", "Một cửa", "Thôn Lửa"])
    book.save(path)
    assert read_offices(path, BOOK) == [Office(UNIT, "Một cửa", "Thôn Lửa")]


def test_every_fault_is_told_with_its_row(table):
    path = table(
        HEADER,
        "Xã Không Có,Tỉnh Mới,Một cửa,Thôn Lửa",
        "Xã Rồng Lửa,Tỉnh Mới,,Thôn Lửa",
        "Xã Rồng Lửa,Tỉnh Mới,Một cửa,Thôn Lửa,gọi anh Nam",
    )
    with pytest.raises(ImportFileError) as error:
        read_offices(path, BOOK)
    lines = str(error.value).splitlines()
    assert [line.partition(": dòng ")[2][:1] for line in lines] == ["2", "3", "4"]
    assert "không có «Xã Không Có» ở «Tỉnh Mới»" in lines[0]
    assert "thiếu cơ quan" in lines[1]
    assert "điện thoại" in lines[2]


@pytest.mark.parametrize("lines", [[""], ["a,b", "1,2"], [HEADER]])
def test_table_without_offices_is_refused(table, lines):
    with pytest.raises(ImportFileError):
        read_offices(table(*lines), BOOK)


@pytest.mark.parametrize("name", ["noi.xlsx", "noi.csv"])
def test_what_is_no_table_is_refused(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"\xff\xfe\x00broken")
    with pytest.raises(ImportFileError, match="không đọc được"):
        read_offices(path, BOOK)


def test_offices_are_kept_and_found_by_their_commune(tmp_path):
    path = tmp_path / "places" / "offices.jsonl"
    assert load_offices(path) == []
    write_offices(path, [OFFICE])
    book = OfficeBook(load_offices(path))
    assert list(book.of(UNIT)) == [OFFICE]
    assert list(book.of(Unit("Xã Khác", "Tỉnh Mới"))) == []
