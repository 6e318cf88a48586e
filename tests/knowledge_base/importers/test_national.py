import gzip
import json
import unicodedata
from datetime import date

import pytest

from knowledge_base.errors import ImportFileError
from knowledge_base.importers import read_national_export
from knowledge_base.procedure import Detail, Level, SourceKind

URL = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/bia-dat"
RECORD = {
    "ma_thu_tuc": "1.999001",
    "ten_thu_tuc": "Thủ tục cấp giấy phép\n nuôi rồng",
    "so_quyet_dinh": " 12/QĐ-BNNMT ",
    "cap_thuc_hien": "Cấp xã, Cấp tỉnh",
    "linh_vuc": "Chăn  nuôi",
    "doi_tuong_thuc_hien": "Công dân Việt Nam, Tổ chức (không gồm doanh nghiệp, HTX)",
    "co_quan_thuc_hien": "Ủy ban nhân dân cấp xã",
    "co_quan_co_tham_quyen": "Ủy ban nhân dân cấp xã",
    "dia_chi_tiep_nhan": "Không có thông tin",
    "co_quan_phoi_hop": "Trạm thú y",
    "trinh_tu_thuc_hien": "Bước 1: Nộp đơn.\nBước 2: Chờ.\nvà chờ nữa.\nBước 3: Nhận giấy phép.",
    "cach_thuc_thuc_hien": (
        "Hình thức nộpThời gianPhí, lệ phíMô tả"
        "Trực tiếp5 Ngày làm việc8,000 VNĐ(Miễn cho trẻ em)Nộp tại xã"
        "Trực tuyến120 VNĐ"
    ),
    "thanh_phan_ho_so": (
        "Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn đề nghị1 bản chính,0 bản saoNộp khi cần"
    ),
    "can_cu_phap_ly": "Tên văn bản pháp lýMã văn bảnVề nuôi rồng1/2026/NĐ-CP",
    "yeu_cau_dieu_kien": "Có vườn rộng",
    "ket_qua_xu_ly": "Giấy phépMã: KQ.G15.000031",
    "detail_url": URL,
}


@pytest.fixture
def write(tmp_path):
    def write(*records, name="export.jsonl"):
        path = tmp_path / name
        lines = [r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) for r in records]
        data = "".join(f"{line}\n" for line in lines).encode()
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write


@pytest.fixture
def read(write):
    """The procedure made of the invented record with some fields changed."""

    def read(**fields):
        (procedure,), _ = read_national_export(write({**RECORD, **fields}))
        return procedure

    return read


def test_a_record_gives_the_parts_of_a_procedure(read):
    procedure = read()
    assert procedure.code == "1.999001"
    assert procedure.name == "Cấp giấy phép nuôi rồng"
    assert procedure.official_name == "Thủ tục cấp giấy phép nuôi rồng"
    assert procedure.field == "Chăn nuôi"
    assert procedure.levels == [Level.COMMUNE, Level.PROVINCE]
    assert procedure.audience == ["Công dân Việt Nam", "Tổ chức (không gồm doanh nghiệp, HTX)"]
    assert procedure.conditions == ["Có vườn rộng"]
    assert procedure.agencies == ["Ủy ban nhân dân cấp xã"]
    assert procedure.online_url == URL
    assert procedure.detail == Detail.FULL
    assert [step.text for step in procedure.steps] == [
        "Bước 1: Nộp đơn.",
        "Bước 2: Chờ.\nvà chờ nữa.",
        "Bước 3: Nhận giấy phép.",
    ]
    assert [(paper.name, paper.originals) for paper in procedure.requirements] == [
        ("Đơn đề nghị", 1)
    ]
    assert [channel.fee for channel in procedure.channels] == ["8,000 VNĐ(Miễn cho trẻ em)"]
    assert [result.code for result in procedure.results] == ["KQ.G15.000031"]
    assert [document.number for document in procedure.legal_basis] == ["1/2026/NĐ-CP"]


def test_what_could_not_be_read_is_kept_word_for_word(read):
    assert read().raw == {
        "cach_thuc_thuc_hien": "Trực tuyến120 VNĐ",
        "thanh_phan_ho_so": "Nộp khi cần",
        "co_quan_phoi_hop": "Trạm thú y",
    }


def test_the_source_names_decision_address_and_day(write):
    (procedure,), _ = read_national_export(write(RECORD), checked_on=date(2026, 6, 30))
    (source,) = procedure.sources
    assert source.kind == SourceKind.NATIONAL
    assert (source.decision, source.url) == ("12/QĐ-BNNMT", URL)
    assert source.checked_on == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("official", "name"),
    [
        ("Thủ tục hành chính: cấp lại thẻ", "Cấp lại thẻ"),
        ("THỦ TỤC cấp lại thẻ", "Cấp lại thẻ"),
        ("- Thủ tục: Cấp lại thẻ", "Cấp lại thẻ"),
        ("Cấp lại thẻ", "Cấp lại thẻ"),
        ("đăng ký lại khai sinh", "Đăng ký lại khai sinh"),
    ],
)
def test_the_name_is_made_readable_and_the_official_one_kept(read, official, name):
    procedure = read(ten_thu_tuc=official)
    assert (procedure.name, procedure.official_name) == (name, official)


@pytest.mark.parametrize(
    "text",
    [
        "Bước 1: Nộp đơn.Bước 2: Chờ.",
        "* Bước 1. Nộp đơn.\n* Bước 2. Chờ.",
        "BƯỚC 1: Nộp đơn; xem lại bước 1 nếu thiếu.\n- BƯỚC 2: Chờ.",
    ],
)
def test_numbered_steps_are_told_apart_however_they_are_glued(read, text):
    procedure = read(trinh_tu_thuc_hien=text)
    assert len(procedure.steps) == 2
    assert all(step.text in text for step in procedure.steps)
    assert "trinh_tu_thuc_hien" not in procedure.raw


@pytest.mark.parametrize(
    "text",
    [
        "Người dân nộp hồ sơ rồi chờ.",
        "Bước 1: Nộp hồ sơ.",
        "Người dân làm như sau: Bước 1: Nộp hồ sơ. Bước 2: Chờ.",
        "Bước 1: Nộp hồ sơ.\nBước 3: Chờ.",
        "Bước 1: Nộp. Bước 2: Chờ.\nTrường hợp khác: Bước 1: Đợi. Bước 2: Nhận.",
        "a) Nộp hồ sơ\nb) Nhận kết quả",
    ],
)
def test_a_text_that_is_not_divided_into_steps_is_kept_whole(read, text):
    procedure = read(trinh_tu_thuc_hien=text)
    assert procedure.steps == []
    assert procedure.raw["trinh_tu_thuc_hien"] == text


def test_fields_that_say_nothing_are_left_empty(read):
    empty = dict.fromkeys(
        ("cach_thuc_thuc_hien", "thanh_phan_ho_so", "can_cu_phap_ly", "ket_qua_xu_ly"),
        "Không có thông tin",
    )
    procedure = read(**empty, yeu_cau_dieu_kien=None, linh_vuc="", detail_url="dichvucong")
    assert procedure.channels == procedure.requirements == procedure.results == []
    assert procedure.conditions == []
    assert procedure.field == "Chưa rõ lĩnh vực"
    assert procedure.online_url is None
    assert procedure.source.url is None


def test_a_fee_that_the_export_cut_at_its_legal_basis_is_put_together(read):
    head = "Hình thức nộpThời gianPhí, lệ phíMô tả"
    procedure = read(
        cach_thuc_thuc_hien=f"{head}Trực tuyến3 Ngày200 VNĐ(",
        can_cu_phap_ly=": Thông tư 269/2016/TT-BTC.)Trực tiếp4 Ngày300 VNĐ",
    )
    assert [(c.time.quantity, c.fee) for c in procedure.channels] == [
        (3, "200 VNĐ(Căn cứ pháp lý: Thông tư 269/2016/TT-BTC.)"),
        (4, "300 VNĐ"),
    ]
    assert procedure.legal_basis == []
    assert "can_cu_phap_ly" not in procedure.raw


@pytest.mark.parametrize(
    ("published", "levels"),
    [
        ("Cấp bộ", [Level.MINISTRY]),
        ("Cơ quan khác, Cấp xã", [Level.OTHER, Level.COMMUNE]),
        ("Cấp huyện", []),
        (None, []),
    ],
)
def test_levels_are_those_that_still_exist(read, published, levels):
    assert read(cap_thuc_hien=published).levels == levels


def test_a_record_without_a_level_is_read(write):
    record = {key: RECORD[key] for key in ("ma_thu_tuc", "ten_thu_tuc")}
    (procedure,), _ = read_national_export(write(record))
    assert (procedure.levels, procedure.level_text) == ([], None)


@pytest.mark.parametrize("name", ["export.jsonl", "export.jsonl.gz"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composed_and_decomposed_exports_are_read_alike(write, read, name, form):
    text = unicodedata.normalize(form, json.dumps(RECORD, ensure_ascii=False))
    (procedure,), _ = read_national_export(write(text, name=name))
    assert procedure == read()


def test_records_come_in_the_order_of_their_codes(write):
    records = [{**RECORD, "ma_thu_tuc": code} for code in ("2.000001", "1.000002", "1.000001")]
    procedures, report = read_national_export(write(*records))
    assert [procedure.code for procedure in procedures] == ["1.000001", "1.000002", "2.000001"]
    assert report.records == 3


def test_a_code_that_stands_twice_is_reported_and_the_later_record_kept(write):
    later = {**RECORD, "ten_thu_tuc": "Thả rồng"}
    procedures, report = read_national_export(write(RECORD, later))
    assert [procedure.name for procedure in procedures] == ["Thả rồng"]
    assert report.skipped == ["export.jsonl:2: mã 1.999001 đứng hai lần, giữ bản sau"]


def test_a_record_that_is_no_procedure_is_skipped_and_reported(write):
    procedures, report = read_national_export(write(RECORD, {**RECORD, "ma_thu_tuc": "??"}))
    assert len(procedures) == 1
    assert report.skipped[0].startswith("export.jsonl:2 (??): ('code',)")


def test_the_report_counts_what_was_read_by_part(write):
    other = {**RECORD, "ma_thu_tuc": "1.999002", "cach_thuc_thuc_hien": "Nộp tại xã"}
    _, report = read_national_export(write(RECORD, other))
    assert report.present["cach_thuc_thuc_hien"] == 2
    assert report.parsed["cach_thuc_thuc_hien"] == 0
    assert report.partly["cach_thuc_thuc_hien"] == 1
    assert report.unread["cach_thuc_thuc_hien"] == [
        "1.999001: Trực tuyến120 VNĐ",
        "1.999002: Nộp tại xã",
    ]
    assert report.share("can_cu_phap_ly") == 1


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{broken", r"export\.jsonl:3: không phải JSON"),
        ("[1, 2]", r"export\.jsonl:3: cần một đối tượng JSON"),
        ('{"code": "1.1", "name": "x"}', r"export\.jsonl:3: cần ma_thu_tuc và ten_thu_tuc, có .*c"),
        ('{"ma_thu_tuc": "1.1"}', r"export\.jsonl:3: cần ma_thu_tuc và ten_thu_tuc"),
    ],
)
def test_a_line_that_is_no_record_is_named_by_file_and_line(write, line, message):
    with pytest.raises(ImportFileError, match=message):
        read_national_export(write(RECORD, "", line))


def test_a_file_that_cannot_be_read_is_named(tmp_path, write):
    with pytest.raises(ImportFileError, match=r"nowhere\.jsonl: không đọc được"):
        read_national_export(tmp_path / "nowhere.jsonl")
    path = write(*[{**RECORD, "ma_thu_tuc": f"1.{n:06}"} for n in range(50)], name="cut.jsonl.gz")
    whole = path.read_bytes()
    for damaged in (whole[:-20], b"PK" + whole, whole[:60] + b"\xff\x00\xff" + whole[63:]):
        path.write_bytes(damaged)
        with pytest.raises(ImportFileError, match=r"cut\.jsonl\.gz"):
            read_national_export(path)
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes('{"ma_thu_tuc": "é"}'.encode("latin-1"))
    with pytest.raises(ImportFileError, match=r"latin\.jsonl: không đọc được"):
        read_national_export(latin)
