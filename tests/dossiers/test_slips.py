from dataclasses import replace
from datetime import timedelta

import pytest
import yaml

from dossiers.connectors.source import SourceRecord
from dossiers.demo import demo_dossiers
from dossiers.errors import DossierDataError, SlipUnavailableError
from dossiers.record import Apology, Payment, Step
from dossiers.sensitive import load_sensitive
from dossiers.slips import SLIPS_FILE, SlipKind, load_slips, slips_for
from dossiers.status import Status
from dossiers.view import Tier, make_view

PRINTER = load_slips()


@pytest.fixture
def records(hasher):
    return demo_dossiers(hasher)


def see(record, tier, clock):
    return make_view(SourceRecord(record, record.synced_at), tier, load_sensitive(), clock())


def all_of(slip):
    return repr(slip)


def test_without_a_proof_nothing_is_printed(records, clock):
    for record in records:
        view = see(record, Tier.CODE, clock)
        assert slips_for(view) == ()
        for kind in SlipKind:
            with pytest.raises(SlipUnavailableError):
                PRINTER.make(kind, view)


def test_the_receipt_says_what_form_01_says(records, clock):
    record = replace(records[0], payments=(Payment("Lệ phí", 8000),))
    slip = PRINTER.make(SlipKind.RECEIPT, see(record, Tier.PROOF, clock))
    rows = dict(slip.rows)
    assert slip.title == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
    assert rows["Mã hồ sơ"] == record.code
    assert rows["Tiếp nhận lúc"] == "08:15 ngày 23/11/2026"
    assert rows["Hẹn trả"] == "17:00 ngày 27/11/2026"
    assert rows["Phí, lệ phí"] == "Lệ phí: 8.000 đồng"
    assert rows["Người nộp, địa chỉ, điện thoại"] == "Ghi trên giấy do cơ quan cấp"


def test_the_request_for_papers_says_what_is_missing(records, clock):
    slip = PRINTER.make(SlipKind.SUPPLEMENT, see(records[1], Tier.PROOF, clock))
    rows = dict(slip.rows)
    assert rows["Cần bổ sung, hoàn thiện"] == "Bản sao hợp đồng thuê địa điểm kinh doanh"
    assert rows["Yêu cầu lúc"] == "10:40 ngày 16/11/2026"


def test_the_apology_says_reason_and_both_dates(records, clock):
    late = records[2]
    apology = Apology(
        clock(), "UBND phường", "chờ xác minh", late.due_at, late.due_at + timedelta(days=14)
    )
    slip = PRINTER.make(
        SlipKind.APOLOGY, see(replace(late, apologies=(apology,)), Tier.PROOF, clock)
    )
    rows = dict(slip.rows)
    assert (rows["Lý do"], rows["Nơi ban hành"]) == ("chờ xác minh", "UBND phường")
    assert rows["Ngày hẹn cũ"] == "17:00 ngày 16/11/2026"
    assert rows["Ngày hẹn mới"] == "17:00 ngày 30/11/2026"
    assert slip.title == "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"


def test_the_control_sheet_is_the_officers_and_judges_each_hand_over(records, clock):
    start = records[2].received_at
    steps = (
        Step(start, "Một cửa", None, Status.RECEIVED, due_by=start + timedelta(days=1)),
        Step(start + timedelta(days=3), "Phòng A", None, Status.PROCESSING, due_by=start),
        Step(start + timedelta(days=3), "Phòng B", "trình ký"),
    )
    record = replace(records[2], steps=steps)
    assert SlipKind.CONTROL not in slips_for(see(record, Tier.PROOF, clock))
    slip = PRINTER.make(SlipKind.CONTROL, see(record, Tier.OFFICER, clock))
    assert [(row[0], row[1], row[3]) for row in slip.table] == [
        ("Người nộp", "Một cửa", ""),
        ("Một cửa", "Phòng A", "Quá hạn"),
        ("Phòng A", "Phòng B", "Quá hạn"),
    ]


def test_every_slip_says_that_it_is_no_official_paper(records, clock):
    view = see(records[1], Tier.OFFICER, clock)
    for kind in slips_for(view):
        slip = PRINTER.make(kind, view)
        assert slip.mark == "Bản tham khảo"
        assert "không thay giấy tờ do cơ quan cấp" in slip.mark_explained
        assert "không phải mẫu chính thức" in slip.notes[1]
        assert "cập nhật lúc 07:00 ngày 23/11/2026" in slip.notes[0]


def test_officers_words_are_on_no_slip_of_a_citizen(records, clock):
    step = replace(records[0].steps[0], text="ý kiến nội bộ")
    view = see(replace(records[0], steps=(step,)), Tier.PROOF, clock)
    for kind in slips_for(view):
        assert "nội bộ" not in all_of(PRINTER.make(kind, view))


def test_a_provisional_date_is_called_expected(records, clock):
    view = see(replace(records[0], due_provisional=True), Tier.PROOF, clock)
    assert dict(PRINTER.make(SlipKind.RECEIPT, view).rows)["Hẹn trả"].endswith("(dự kiến)")


def test_a_file_without_a_slip_is_refused(tmp_path):
    data = yaml.safe_load(SLIPS_FILE.read_text("utf-8"))
    del data["slips"]["control"]
    file = tmp_path / "slips.yml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    with pytest.raises(DossierDataError, match="control"):
        load_slips(file)
