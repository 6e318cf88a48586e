import functools
import json

import openpyxl
import pytest
import yaml

import api.cli.catalogue
from knowledge_base.catalogue import load_catalogue
from tests.factories import guidance_data

RECORD = {
    "ma_thu_tuc": "1.999001",
    "ten_thu_tuc": "Thủ tục cấp giấy phép nuôi rồng",
    "so_quyet_dinh": "12/QĐ-BNNMT",
    "cap_thuc_hien": "Cấp xã",
    "linh_vuc": "Chăn nuôi",
    "cach_thuc_thuc_hien": "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp5 Ngày làm việc",
}
LISTED = ["1.999002", "Cấp giấy phép thả diều", "Ủy ban nhân dân cấp xã", "Văn hóa"]


@pytest.fixture(autouse=True)
def only_imported(monkeypatch, tmp_path):
    """Read nothing but what the test imports."""
    empty = tmp_path / "no guidance"
    empty.mkdir()
    small = functools.partial(load_catalogue, guidance_folder=empty, index_file=tmp_path / "none")
    monkeypatch.setattr(api.cli.catalogue, "load_catalogue", small)


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "export.jsonl"
    path.write_text(json.dumps(RECORD), "utf-8")
    return path


@pytest.fixture
def excel_list(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Mã số", "Tên thủ tục", "Cơ quan thực hiện", "Lĩnh vực"])
    book.active.append(LISTED)
    path = tmp_path / "tinh.xlsx"
    book.save(path)
    return path


@pytest.fixture
def guidance(tmp_path):
    def guidance(**parts):
        path = tmp_path / "1.999001.yml"
        path.write_text(yaml.safe_dump(guidance_data(**parts), allow_unicode=True), "utf-8")
        return path

    return guidance


def test_a_national_export_is_imported(motcua, export, data):
    ended = motcua("catalogue", "import", export, "--checked-on", "2026-11-23")
    assert ended.code == 0
    assert "1 thủ tục" in ended.out
    assert "đã ghi" in ended.out
    assert (data / "catalogue" / "national.jsonl.gz").is_file()
    shown = json.loads(motcua("catalogue", "show", "1.999001").out)
    assert shown["name"] == "Cấp giấy phép nuôi rồng"
    assert shown["sources"][0]["checked_on"] == "2026-11-23"


def test_importing_the_same_again_changes_nothing(motcua, export):
    motcua("catalogue", "import", export)
    assert "không đổi" in motcua("catalogue", "import", export).out


def test_a_list_is_imported_beside_the_export(motcua, export, excel_list, data):
    motcua("catalogue", "import", export)
    ended = motcua("catalogue", "import", excel_list, "--province", "Tỉnh Ví Dụ")
    assert ended.code == 0
    assert (data / "catalogue" / "list-tinh.jsonl.gz").is_file()
    shown = json.loads(motcua("catalogue", "show", LISTED[0]).out)
    assert shown["provinces"] == ["Tỉnh Ví Dụ"]


def test_the_report_says_more(motcua, export):
    short = motcua("catalogue", "import", export)
    long = motcua("catalogue", "import", export, "--report")
    assert len(long.out.splitlines()) > len(short.out.splitlines())


@pytest.mark.parametrize("content", ["{", "[]", '{"ma_thu_tuc": "1.999001"}', ""])
def test_a_file_that_is_no_export_is_told(motcua, tmp_path, data, content):
    path = tmp_path / "export.jsonl"
    path.write_text(content, "utf-8")
    ended = motcua("catalogue", "import", path)
    assert ended.code == 1
    assert ended.err.startswith("Lỗi: ")
    assert "export.jsonl" in ended.err
    assert not (data / "catalogue" / "national.jsonl.gz").exists()


@pytest.mark.parametrize("name", ["none.jsonl", "none.jsonl.gz", "none.xlsx"])
def test_a_file_that_is_not_there_is_told(motcua, tmp_path, name):
    ended = motcua("catalogue", "import", tmp_path / name)
    assert ended.code != 0
    assert name in ended.err
    assert "Traceback" not in ended.err


def test_stats_count_by_source_level_detail_and_field(motcua, export, excel_list):
    motcua("catalogue", "import", export)
    motcua("catalogue", "import", excel_list)
    lines = motcua("catalogue", "stats").out.splitlines()
    assert lines[0] == "2 thủ tục"
    assert [line for line in lines if line and not line.startswith(" ")][1:] == [
        "source",
        "level",
        "detail",
        "field",
    ]
    assert "       1  national" in lines
    assert "       1  Văn hóa" in lines


def test_stats_of_nothing_are_zero(motcua):
    ended = motcua("catalogue", "stats")
    assert (ended.code, ended.out.splitlines()[0]) == (0, "0 thủ tục")


def test_an_unknown_code_is_told(motcua):
    ended = motcua("catalogue", "show", "1.000000")
    assert ended.code == 1
    assert "'1.000000'" in ended.err


def test_a_damaged_import_is_told(motcua, data):
    (data / "catalogue").mkdir(parents=True)
    (data / "catalogue" / "national.jsonl.gz").write_bytes(b"damaged")
    ended = motcua("catalogue", "stats")
    assert ended.code == 1
    assert "motcua catalogue import" in ended.err


def test_a_sound_guidance_file_is_praised(motcua, guidance):
    ended = motcua("catalogue", "check", guidance())
    assert ended.code == 0
    assert "đúng (Cấp giấy phép nuôi rồng)" in ended.out


def test_a_wrong_guidance_file_is_told_line_by_line(motcua, guidance):
    path = guidance(levels=["moon"])
    ended = motcua("catalogue", "check", path)
    assert ended.code == 1
    line = path.read_text("utf-8").splitlines().index("- moon") + 1
    assert f"{path}:{line}: levels" in ended.out


def test_the_schema_is_json_schema(motcua):
    schema = json.loads(motcua("catalogue", "schema").out)
    assert schema["type"] == "object"
    assert {"code", "name", "requirements"} <= schema["properties"].keys()
