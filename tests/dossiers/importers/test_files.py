import json
from datetime import datetime

import pytest
from openpyxl import Workbook

from dossiers.clock import VIETNAM
from dossiers.errors import ImportRefusedError
from dossiers.importers.files import DossierImporter
from dossiers.record import FilingChannel, PaymentState, TimeUnit
from dossiers.status import Status

CODE = "H05.12-261123-0007"
AS_OF = datetime(2026, 11, 23, 10, 0, tzinfo=VIETNAM)
HEADERS = (
    "Mã hồ sơ;Trạng thái;Ngày tiếp nhận;Hạn trả;Tên thủ tục;Kênh thực hiện;Thời hạn"
    ";Đơn vị thời hạn;Chủ hồ sơ;Số điện thoại;Ghi chú nội bộ\n"
)
CSV = (
    HEADERS + "H05.12-261123-0007;4;23/11/2026 08:15;27/11/2026 17:00;Đăng ký kết hôn;2;3"
    ";ngày làm việc;Nguyễn Văn A;0912345678;x\n"
    "H05.12-261123-0008;Đang xử lý;23/11/2026;;Đăng ký khai sinh;1;;;Trần Thị B;;\n"
)
NATIONAL = {
    "MaHoSo": CODE,
    "MaTTHC": "1.000894",
    "TenTTHC": "Đăng ký kết hôn",
    "MaLinhVuc": "G15-HT02",
    "TenLinhVuc": "Hộ tịch",
    "KenhThucHien": "2",
    "ChuHoSo": "Nguyễn Văn A",
    "LoaiDoiTuong": "1",
    "Email": "a@example.com",
    "SoDienThoai": "0912345678",
    "TrichYeuHoSo": "Hồ sơ của ông Nguyễn Văn A",
    "NgayTiepNhan": "20261123081500",
    "NgayHenTra": "20261127170000",
    "TrangThaiHoSo": "5",
    "HinhThuc": "1",
    "DonViXuLy": "UBND phường",
    "SoBienNhan": "12",
    "TaiLieuNop": [{"TenTepDinhKem": "CCCD Nguyen Van A.pdf"}],
    "DanhSachLePhi": [{"TenPhiLePhi": "Lệ phí", "MaPhiLePhi": "LP1", "Gia": "30.000"}],
    "DanhSachHoSoBoSung": [
        {
            "HoSoBoSungId": "7",
            "NguoiYeuCauBoSung": "Lê Văn C",
            "NoiDungBoSung": "Bổ sung giấy của bà Trần Thị B",
            "NgayBoSung": "20261124090000",
            "NgayHenTraTruoc": "20261127170000",
            "NgayHenTraMoi": "",
            "DanhSachGiayToBoSung": [{"TenGiayTo": "Giấy xác nhận"}],
        }
    ],
}
STEP = {
    "MaHoSo": CODE,
    "NguoiXuLy": "Lê Văn C",
    "ChucDanh": "Chuyên viên",
    "ThoiDiemXuLy": "20261125093000",
    "PhongBanXuLy": "Phòng Tư pháp",
    "NoiDungXuLy": "Đã gọi ông Nguyễn Văn A số 0912345678",
    "TrangThai": "4",
    "NgayKetThucTheoQuyDinh": "20261127170000",
}


@pytest.fixture
def importer(registry, hasher):
    return DossierImporter(registry, hasher)


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, "utf-8")
    return path


def import_csv(importer, tmp_path, content, as_of=AS_OF):
    path = write(tmp_path, "ho-so.csv", content)
    return importer.import_file(path, source="Một cửa", as_of=as_of)


def test_a_csv_file_is_imported(importer, registry, hasher, tmp_path):
    report = import_csv(importer, tmp_path, CSV)
    assert (report.read, report.accepted, report.refused) == (2, 2, 0)
    assert report.counts.added == 2
    record = registry.get(CODE)
    assert record.status is Status.PROCESSING
    assert record.received_at == datetime(2026, 11, 23, 8, 15, tzinfo=VIETNAM)
    assert (record.due_quantity, record.due_unit) == (3, TimeUnit.WORKING_DAY)
    assert record.channel is FilingChannel.ONLINE
    assert (record.source_system, record.synced_at) == ("Một cửa", AS_OF)
    assert hasher.proves("5678", record.proofs)


def test_personal_values_are_dropped_and_counted_and_unknown_columns_named(
    importer, registry, tmp_path
):
    report = import_csv(importer, tmp_path, CSV)
    assert report.dropped == {"Chủ hồ sơ": 2}
    assert report.ignored == {"Ghi chú nội bộ"}
    assert "Nguyễn" not in repr(registry.get(CODE))


@pytest.mark.parametrize("separator", [",", "\t"])
def test_other_separators_and_a_byte_order_mark(importer, registry, tmp_path, separator):
    import_csv(importer, tmp_path, "\ufeff" + CSV.replace(";", separator))
    assert len(registry) == 2


def test_english_headers(importer, registry, tmp_path):
    content = f"code,status,received at,due date\n{CODE},4,2026-11-23 08:15:00,27/11/2026\n"
    assert import_csv(importer, tmp_path, content).problems == []
    assert registry.get(CODE).due_at == datetime(2026, 11, 27, tzinfo=VIETNAM)


def test_a_fault_names_file_line_field_and_what_was_expected(importer, registry, tmp_path):
    bad = "H05.12-261323-0009;4;;;;;;;;;\nH05.12-261123-0010;4;hôm qua;;;;;;;;\n"
    report = import_csv(importer, tmp_path, CSV + bad)
    assert (report.accepted, report.refused, len(registry)) == (2, 2, 2)
    code, moment = report.problems
    assert str(code).startswith("ho-so.csv, dòng 4, Mã hồ sơ: cần mã hồ sơ dạng")
    assert (moment.place, moment.field) == ("dòng 5", "Ngày tiếp nhận")
    assert "hôm qua" in moment.message


@pytest.mark.parametrize(
    ("row", "field", "said"),
    [
        (f"{CODE};;;;;;;;;;", "Trạng thái", "thiếu trạng thái"),
        (f"{CODE};trả lại;;;;;;;;;", "Trạng thái", "hãy ghi số"),
        (f"{CODE};4;;;;fax;;;;;", "Kênh thực hiện", "trực tuyến"),
        (f"{CODE};4;;;;;0;;;;", "Thời hạn", "lớn hơn 0"),
        (f"{CODE};4;;;;;;tuần;;;", "Đơn vị thời hạn", "ngày làm việc"),
        (f"{CODE};4;;;;;;;;;;thừa", "dòng", "12 ô"),
        (";4;;;;;;;;;", "Mã hồ sơ", "thiếu mã hồ sơ"),
    ],
)
def test_each_kind_of_fault(importer, registry, tmp_path, row, field, said):
    report = import_csv(importer, tmp_path, HEADERS + row + "\n")
    (problem,) = report.problems
    assert problem.field == field
    assert said in problem.message
    assert len(registry) == 0


def test_what_was_guessed_is_accepted_with_a_warning(importer, registry, tmp_path):
    content = "Mã hồ sơ,Trạng thái\nH05.12 261123 0007,Hoàn thành\n"
    report = import_csv(importer, tmp_path, content)
    assert report.accepted == 1
    assert [(p.field, p.is_warning) for p in report.problems] == [
        ("Mã hồ sơ", True),
        ("Trạng thái", True),
    ]
    record = registry.get(CODE)
    assert (record.status, record.code_raw) == (Status.RETURNED, "H05.12 261123 0007")


def test_the_same_file_again_changes_nothing(importer, registry, tmp_path):
    import_csv(importer, tmp_path, CSV)
    before = registry.get(CODE)
    report = import_csv(importer, tmp_path, CSV)
    assert (report.counts.added, report.counts.changed, report.counts.unchanged) == (0, 0, 2)
    assert registry.get(CODE) == before


def test_a_later_file_with_the_same_status_does_not_move_its_beginning(
    importer, registry, tmp_path
):
    import_csv(importer, tmp_path, CSV)
    later = AS_OF.replace(day=25)
    import_csv(importer, tmp_path, CSV, as_of=later)
    record = registry.get(CODE)
    assert (record.status_at, record.synced_at) == (AS_OF, later)


def test_an_excel_file_is_imported(importer, registry, tmp_path):
    book = Workbook()
    book.active.append(["Mã hồ sơ", "Trạng thái", "Ngày tiếp nhận", "SĐT", None])
    book.active.append([CODE, 4, datetime(2026, 11, 23, 8, 15), "0912345678", None])
    book.active.append([None, None, None, None, None])
    book.active.append(["x", 4, None, None, None])
    path = tmp_path / "ho-so.xlsx"
    book.save(path)
    report = importer.import_file(path, source="Một cửa", as_of=AS_OF)
    assert (report.accepted, report.refused) == (1, 1)
    assert report.problems[0].place == "dòng 4"
    assert registry.get(CODE).received_at.hour == 8


def test_a_json_list_is_imported(importer, registry, tmp_path):
    items = [{"Mã hồ sơ": CODE, "Trạng thái": 4}, "x"]
    path = write(tmp_path, "ho-so.json", json.dumps(items))
    report = importer.import_file(path, source="Một cửa", as_of=AS_OF)
    assert (report.accepted, report.refused, len(registry)) == (1, 1, 1)
    assert report.problems[0].place == "mục 2"


def test_a_national_dossier_is_imported_without_what_names_a_person(
    importer, registry, hasher, tmp_path
):
    envelope = {"session": "s", "service": "DongBoHoSoMC", "data": [NATIONAL]}
    path = write(tmp_path, "dong-bo.json", json.dumps(envelope))
    report = importer.import_file(path, source="Trục quốc gia", as_of=AS_OF)
    assert report.problems == []
    assert report.ignored == {"SoBienNhan"}
    assert set(report.dropped) == {
        "ChuHoSo", "LoaiDoiTuong", "Email", "SoDienThoai", "TrichYeuHoSo", "TaiLieuNop"
    }  # fmt: skip
    record = registry.get(CODE)
    assert record.status is Status.SUPPLEMENT_REQUESTED
    assert record.due_at == datetime(2026, 11, 27, 17, tzinfo=VIETNAM)
    assert (record.field_code, record.agency_deciding) == ("G15-HT02", "UBND phường")
    (supplement,) = record.supplements
    assert supplement.items == ("Bổ sung giấy của bà •••", "Giấy xác nhận")
    assert (supplement.reference, supplement.due_after) == ("7", None)
    (payment,) = record.payments
    assert (payment.amount, payment.state) == (30000, PaymentState.UNKNOWN)
    assert record.deliveries[0].mode is FilingChannel.POST
    assert hasher.proves("5678", record.proofs)
    assert not any(name in repr(record) for name in ("Nguyễn", "Trần", "Lê Văn", "0912", "@"))


@pytest.fixture
def tell(importer, tmp_path):
    """Import one national item, as the envelope that another system sent."""

    def tell(item):
        path = tmp_path / "national.json"
        path.write_text(json.dumps({"data": [item]}), "utf-8")
        return importer.import_file(path, source="Trục quốc gia", as_of=AS_OF)

    return tell


def test_a_national_step_is_recorded(tell, registry):
    tell(NATIONAL)
    report = tell(STEP)
    assert (report.accepted, report.problems) == (1, [])
    record = registry.get(CODE)
    assert record.status is Status.PROCESSING
    (step,) = record.steps
    assert step.unit == "Phòng Tư pháp"
    assert step.text == "Đã gọi ông ••• số •••"
    assert step.due_by == datetime(2026, 11, 27, 17, tzinfo=VIETNAM)


def test_a_step_of_an_unknown_dossier_is_refused_by_name(tell):
    report = tell(STEP)
    assert (report.accepted, report.refused) == (0, 1)
    assert CODE in report.problems[0].message


def test_an_illegal_step_is_kept_with_a_warning(tell, registry):
    tell(NATIONAL | {"TrangThaiHoSo": "10", "NgayTra": "20261124090000"})
    report = tell(STEP)
    (problem,) = report.problems
    assert problem.is_warning
    assert registry.get(CODE).problems[0].message == problem.message


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"MaHoSo": "x"}, "MaHoSo"),
        ({"TrangThaiHoSo": "x"}, "TrangThaiHoSo"),
        ({"NgayHenTra": "x"}, "NgayHenTra"),
        ({"HinhThuc": "9"}, "HinhThuc"),
        ({"DanhSachLePhi": "x"}, "DanhSachLePhi"),
        ({"DanhSachLePhi": [{"Gia": "nhiều"}]}, "DanhSachLePhi[1].Gia"),
        ({"DanhSachHoSoBoSung": [{}]}, "DanhSachHoSoBoSung[1].NgayBoSung"),
    ],
)
def test_faults_of_national_items_name_their_field(tell, registry, change, field):
    report = tell(NATIONAL | change)
    assert (report.refused, report.problems[0].field, len(registry)) == (1, field, 0)


def test_a_step_without_moment_is_refused(tell):
    report = tell(STEP | {"ThoiDiemXuLy": ""})
    assert report.problems[0].field == "ThoiDiemXuLy"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", b"x", "chỉ đọc được tệp"),
        ("a.csv", b"", "thiếu dòng tiêu đề"),
        ("a.csv", b"\xff\xfe\x00", "UTF-8"),
        ("a.csv", b"a,a\n1,2\n", "hai lần"),
        ("a.csv", b'a,b\n"1,2\n', "CSV"),
        ("a.json", b"{", "dòng 1: không phải JSON"),
        ("a.json", b'{"x": 1}', "một danh sách"),
        ("a.xlsx", b"PK", "Excel"),
        ("a.xlsx", b"", "Excel"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(
    importer, registry, tmp_path, name, content, said
):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ImportRefusedError, match=said):
        importer.import_file(path, source="t", as_of=AS_OF)
    assert len(registry) == 0


def test_a_file_that_is_not_there_is_refused(importer, tmp_path):
    with pytest.raises(ImportRefusedError, match="không có tệp"):
        importer.import_file(tmp_path / "a.csv", source="t", as_of=AS_OF)
