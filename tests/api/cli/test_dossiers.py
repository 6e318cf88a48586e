import json
import os
from pathlib import Path

import pytest

import dossiers
from api.cli.dossiers import open_desk
from api.settings import load_settings
from dossiers.demo import insert_demo
from dossiers.proofs import ProofHasher

ON_TIME, WAITING, LATE = "H05.12-261123-0007", "H05.12-261112-0031", "H05.12-261026-0115"
TABLE = """Mã hồ sơ;Trạng thái;Ngày nhận;Hạn trả;Thủ tục;Lĩnh vực;Người nộp;SĐT
000.00.07.H02-200729-0003;10;29/07/2020;03/08/2020;A;Đất đai;Người Nào Đó;0901112223
H05.12-261120-0001;Đang xử lý;20/11/2026;25/11/2026;B;Hộ tịch;Người Nào Đó;0901112223
H05.12-269920-0002;Đang xử lý;20/11/2026;25/11/2026;B;Hộ tịch;Người Nào Đó;0901112223
"""


@pytest.fixture
def desk(data):
    settings = load_settings(os.environ)
    desk = open_desk(settings)
    insert_demo(desk.registry, ProofHasher(settings.dossier_key.read_bytes()))
    return desk


def test_a_table_is_imported_its_personal_columns_left_behind(motcua, data, tmp_path):
    file = tmp_path / "ho-so.csv"
    file.write_text(TABLE, "utf-8")
    done = motcua("dossiers", "import", file, "--source", "Một cửa", "--as-of", "2026-11-23T08:00")
    assert done.code == 1  # a row was refused
    assert "Đọc 3, nhận 2, từ chối 1" in done.out
    assert "dòng 4, Mã hồ sơ" in done.out
    assert "«Người nộp», 2 ô" in done.out
    assert "Người Nào Đó" not in done.out + done.err
    assert "0901112223" not in done.out + done.err
    assert b"0901112223" not in (data / "motcua.db").read_bytes()
    again = motcua("dossiers", "import", file, "--source", "Một cửa", "--as-of", "2026-11-23T08:00")
    assert "Mới 0, đổi 0, như cũ 2" in again.out


def test_the_national_shapes_are_imported(motcua, tmp_path):
    dossier = {
        "MaHoSo": "H05.12-261120-0001",
        "TrangThaiHoSo": "2",
        "NgayTiepNhan": "20261120080000",
        "ChuHoSo": "Người Nào Đó",
        "SoDienThoai": "0901112223",
    }
    step = {"MaHoSo": "H05.12-261120-0001", "ThoiDiemXuLy": "2026-11-21 08:00:00", "TrangThai": "4"}
    for name, item in (("dossiers.json", dossier), ("steps.json", step)):
        file = tmp_path / name
        file.write_text(json.dumps({"service": "x", "data": [item]}), "utf-8")
        done = motcua("dossiers", "import", file, "--as-of", "2026-11-20T08:00")
        assert (done.code, "nhận 1" in done.out) == (0, True)
    assert "Đang xử lý" in motcua("dossiers", "show", "H05.12-261120-0001").out


def test_a_file_that_cannot_be_read_is_named(motcua, tmp_path):
    done = motcua("dossiers", "import", tmp_path / "không có.csv")
    assert (done.code, "không có.csv" in done.err) == (1, True)


def test_statistics_count_old_roots_with_the_new(motcua, tmp_path, desk):
    file = tmp_path / "ho-so.csv"
    file.write_text(TABLE, "utf-8")
    motcua("dossiers", "import", file)
    said = motcua("dossiers", "stats").out
    assert "5 hồ sơ" in said
    assert "H05 (mã cũ H02)" in said
    assert "Bắc Giang" not in said


def test_late_ones_without_an_apology_are_listed(motcua, desk):
    said = motcua("dossiers", "late").out
    assert f"{LATE}  hẹn 16/11/2026" in said


def test_an_officer_sees_the_record_and_no_secret(motcua, desk):
    said = motcua("dossiers", "show", LATE).out
    assert "Cấp giấy phép xây dựng nhà ở riêng lẻ" in said
    assert "Ý kiến 26/10/2026: Tiếp nhận hồ sơ" in said
    assert "$" not in said


def test_an_unknown_dossier_and_no_code_are_errors(motcua, desk):
    assert motcua("dossiers", "show", "H05.12-261123-9999").code == 1
    assert "Không phải mã hồ sơ" in motcua("dossiers", "show", "001099012345").err
    assert "001099012345" not in motcua("dossiers", "show", "001099012345").err


def test_a_status_is_recorded_and_followers_are_told(motcua, desk):
    desk.followings.follow(ON_TIME, "conversation-1", "web")
    done = motcua("dossiers", "status", ON_TIME, "9")
    assert (done.code, "Đã xử lý xong" in done.out) == (0, True)
    assert "Tin báo cho người theo dõi: 1" in done.out
    listed = motcua("dossiers", "notices", "--code", ON_TIME).out
    assert "đang chờ" in listed
    assert "conversation-1" not in listed
    desk.notices.take("conversation-1")
    assert "(web)" in motcua("dossiers", "notices").out


def test_an_illegal_move_is_recorded_and_reported(motcua, desk):
    done = motcua("dossiers", "status", WAITING, "đã trả kết quả")
    assert done.code == 1
    assert "trái quy trình" in done.out
    assert "trái quy trình" in motcua("dossiers", "stats").out


def test_an_unclear_status_is_refused(motcua, desk):
    assert "từ 1 đến 10" in motcua("dossiers", "status", ON_TIME, "trả lại").err
    assert "từ 1 đến 10" in motcua("dossiers", "status", ON_TIME, "11").err


def test_figures_of_a_period_by_field_and_agency(motcua, desk):
    period = ("--from", "2026-10-01", "--to", "2026-11-30")
    by_field = motcua("dossiers", "figures", *period).out
    assert "Hộ tịch" in by_field
    assert "Nộp trực tuyến: 33,33 % (chỉ tiêu 25 %, đạt)" in by_field
    assert "Ủy ban nhân dân phường" in motcua("dossiers", "figures", *period, "--by", "agency").out


def test_the_review_of_july_2020_is_reproduced_with_its_mismatch(motcua):
    file = Path(dossiers.__file__).parent / "reviews" / "bac-giang-2020-07.yml"
    said = motcua("dossiers", "figures", "--review", file).out
    for told in ("54.365", "52.964", "quá hạn: 53", "11.429", "1.348 (suy ra)", "99,90 %"):
        assert told in said
    assert "Tiêu đề ghi kỳ 01/01/2020 – 30/06/2020" in said


def test_figures_need_a_period(motcua, data):
    assert "--from" in motcua("dossiers", "figures").err
    done = motcua("dossiers", "figures", "--from", "2026-02-01", "--to", "2026-01-01")
    assert "--to" in done.err


def test_a_slip_is_written(motcua, desk, tmp_path):
    for kind, name, start in (("control", "a.pdf", b"%PDF"), ("receipt", "a.html", b"<!doctype")):
        file = tmp_path / name
        assert motcua("dossiers", "slip", ON_TIME, "--kind", kind, "--output", file).code == 0
        assert file.read_bytes().startswith(start)
    done = motcua("dossiers", "slip", ON_TIME, "--kind", "apology", "--output", tmp_path / "b.pdf")
    assert (done.code, "chưa có dữ liệu" in done.err) == (1, True)
    done = motcua("dossiers", "slip", ON_TIME, "--output", tmp_path / "b.doc")
    assert ".html hoặc .pdf" in done.err


def test_no_proposal_is_made_for_dates_that_others_counted(motcua, desk):
    assert "0 ngày hẹn cần xem lại" in motcua("dossiers", "proposals").out


class TestCheckSource:
    def test_the_registry_says_how_many(self, motcua, desk):
        assert "sổ tại chỗ, 3 hồ sơ" in motcua("dossiers", "check-source").out

    @pytest.fixture
    def igate(self, monkeypatch, data):
        for name, value in {
            "SOURCE": "igate",
            "URL": "http://127.0.0.1:9",
            "CLIENT_ID": "motcua",
            "CLIENT_SECRET": "hemmelig",
        }.items():
            monkeypatch.setenv(f"MOTCUA_DOSSIER_{name}", value)

    def test_a_system_that_is_down_is_said_to_be_and_no_secret_is_shown(self, motcua, igate):
        done = motcua("dossiers", "check-source")
        assert done.code == 1
        assert "Không hỏi được" in done.err
        assert "hemmelig" not in done.out + done.err

    def test_a_missing_setting_is_named(self, motcua, igate, monkeypatch):
        monkeypatch.setenv("MOTCUA_DOSSIER_CLIENT_ID", "")
        done = motcua("dossiers", "check-source")
        assert "MOTCUA_DOSSIER_CLIENT_ID" in done.err
        assert "hemmelig" not in done.err
