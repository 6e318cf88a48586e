import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime

import pytest
import yaml

from dossiers.agencies import load_agencies
from dossiers.attempts import AttemptLimiter
from dossiers.clock import VIETNAM
from dossiers.codes import parse_code
from dossiers.connectors.local import RegistrySource
from dossiers.connectors.source import SourceRecord
from dossiers.demo import demo_dossiers
from dossiers.disclosure import CodeFacts, Disclosure, LookUp, Outcome
from dossiers.errors import DossierDataError
from dossiers.explain import Explainer
from dossiers.explanation_texts import TEXTS_FILE, load_texts
from dossiers.record import (
    Apology,
    DataErrorKind,
    DataProblem,
    Payment,
    PaymentState,
    TimeUnit,
)
from dossiers.sensitive import load_sensitive
from dossiers.status import Status
from dossiers.view import Tier, make_view
from knowledge_base.calendar import load_calendar

ON_TIME, WAITING, LATE = range(3)


def at(day, hour=9, month=11, year=2026):
    return datetime(year, month, day, hour, tzinfo=VIETNAM)


@pytest.fixture
def explainer(clock):
    return Explainer(load_calendar(), load_texts(), clock=clock)


@pytest.fixture
def explain(explainer, hasher, clock):
    def explain(number, tier=Tier.PROOF, *, stale=False, **changes):
        record = replace(demo_dossiers(hasher)[number], **changes)
        found = SourceRecord(record, record.synced_at, stale)
        return explainer.explain_view(make_view(found, tier, load_sensitive(), clock.now))

    return explain


def fact(explanation, label):
    return next((fact.value for fact in explanation.facts if fact.label == label), None)


def all_text(explanation):
    facts = [
        text for f in (*explanation.facts, *explanation.history) for text in (f.label, f.value)
    ]
    return "\n".join([explanation.headline, *facts, *explanation.next_steps, *explanation.warnings])


def test_a_dossier_in_process_and_on_time(explain):
    said = explain(ON_TIME)
    assert said.headline == "Hồ sơ H05.12-261123-0007 đang được giải quyết."
    assert fact(said, "Trạng thái") == "Đang xử lý"
    assert fact(said, "Đang ở") == "Công chức tư pháp – hộ tịch"
    assert fact(said, "Thủ tục") == "Cấp Giấy xác nhận tình trạng hôn nhân (1.004873)"
    assert fact(said, "Ngày hẹn trả") == "17:00, thứ sáu, 27/11/2026"
    assert fact(said, "Còn lại") == "3 ngày làm việc"
    assert fact(said, "Thời hạn") == "Còn trong thời hạn"
    assert fact(said, "Cập nhật lúc") == "10:00 ngày 23/11/2026, theo Dữ liệu minh họa"
    assert said.warnings == ()
    assert [step.value for step in said.history][1].endswith("Đang xử lý")


def test_a_dossier_that_waits_for_papers(explain):
    said = explain(WAITING)
    assert "chờ người nộp bổ sung" in said.headline
    assert fact(said, "Cần bổ sung") == "Bản sao hợp đồng thuê địa điểm kinh doanh"
    assert fact(said, "Thời hạn") == "Đang tạm dừng tính thời hạn"
    assert fact(said, "Ngày hẹn trả") is None
    assert fact(said, "Đang ở") == "Chờ người nộp bổ sung"
    assert "phiếu yêu cầu bổ sung" in said.next_steps[0]


def test_a_late_dossier_without_apology_brings_up_the_right_to_one(explain):
    said = explain(LATE)
    assert fact(said, "Thời hạn") == "Đã quá hạn 5 ngày làm việc"
    assert fact(said, "Văn bản xin lỗi") == "Chưa có"
    assert "Bạn có quyền được nhận văn bản xin lỗi nêu lý do và ngày hẹn mới." in said.warnings
    assert "xin lỗi tại bộ phận một cửa" in said.next_steps[0]
    assert not any("chờ đến ngày hẹn trả" in step for step in said.next_steps)
    officer = explain(LATE, Tier.OFFICER)
    assert any("cơ quan giải quyết phải lập" in warning for warning in officer.warnings)


def test_a_late_dossier_with_apology_tells_the_new_date(explain):
    said = explain(LATE, apologies=(Apology(at(16), "UBND", "lý do", at(16), at(30, 17)),))
    assert fact(said, "Văn bản xin lỗi") == "Đã có"
    assert fact(said, "Ngày hẹn mới") == "17:00, thứ hai, 30/11/2026"
    assert not any("quyền" in warning for warning in said.warnings)
    assert "ngày hẹn mới" in said.next_steps[0]


def test_a_due_date_that_is_near_is_warned_of(explain, clock):
    clock.forward(days=3)
    assert any("Sắp đến" in warning for warning in explain(ON_TIME).warnings)
    clock.forward(days=1)
    said = explain(ON_TIME)
    assert fact(said, "Còn lại") == "hết hôm nay"


def test_finished_is_not_returned(explain):
    said = explain(ON_TIME, status=Status.FINISHED, finished_at=at(26))
    assert said.headline == "Hồ sơ H05.12-261123-0007 đã có kết quả, chưa trả cho người nộp."
    assert fact(said, "Thời hạn") == "Xử lý xong trước hạn"
    assert any("chưa phải là «Đã trả kết quả»" in warning for warning in said.warnings)
    assert "Trung tâm Phục vụ hành chính công" in said.next_steps[0]
    returned = explain(ON_TIME, status=Status.RETURNED, finished_at=at(26), returned_at=at(27))
    assert "đã trả kết quả" in returned.headline
    assert fact(returned, "Nơi nhận kết quả") is None


def test_finished_late_without_apology_keeps_the_right(explain):
    said = explain(LATE, status=Status.FINISHED, finished_at=at(20))
    assert fact(said, "Thời hạn") == "Xử lý xong sau hạn"
    assert any("xin lỗi" in warning for warning in said.warnings)


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("tier", list(Tier))
def test_every_status_is_explained_with_its_age(explain, status, tier):
    said = explain(ON_TIME, tier, status=status)
    assert said.headline.startswith("Hồ sơ H05.12-261123-0007 ")
    assert fact(said, "Cập nhật lúc")
    assert fact(said, "Nghĩa là") == status.meaning
    assert said.next_steps
    assert not re.search(r"[{}]|None", all_text(said))
    assert unicodedata.is_normalized("NFC", all_text(said))


def test_the_code_alone_asks_for_a_proof_and_tells_no_more(explain):
    said = explain(LATE, Tier.CODE)
    assert "mã PIN" in said.next_steps[-1]
    assert fact(said, "Thủ tục") is None
    assert fact(said, "Đang ở") == "Cơ quan giải quyết"
    assert said.history == ()
    assert any("quyền được nhận văn bản xin lỗi" in warning for warning in said.warnings)


def test_a_due_date_over_tet_2027_is_only_expected(explain, clock):
    clock.now = at(1, month=2, year=2027)
    said = explain(ON_TIME, due_at=at(17, 17, month=2, year=2027))
    assert fact(said, "Ngày hẹn trả") is None
    assert fact(said, "Ngày hẹn trả (dự kiến)") == "17:00, thứ tư, 17/02/2027"
    assert any("Tết" in warning for warning in said.warnings)


def test_a_due_date_told_to_be_expected_is_called_so(explain):
    said = explain(ON_TIME, due_provisional=True)
    assert fact(said, "Ngày hẹn trả (dự kiến)")
    assert "Ngày hẹn trả chỉ là dự kiến." in said.warnings


def test_a_due_date_in_a_year_without_calendar_counts_no_days(explain):
    said = explain(ON_TIME, due_at=at(5, 17, month=1, year=2028))
    assert fact(said, "Còn lại") is None
    assert fact(said, "Ngày hẹn trả (dự kiến)")


def test_a_date_without_a_time_is_told_without_one(explain):
    assert fact(explain(ON_TIME, due_at=at(27, 0)), "Ngày hẹn trả") == "thứ sáu, 27/11/2026"


def test_a_dossier_without_due_date_is_not_given_one(explain):
    said = explain(ON_TIME, due_at=None)
    assert not [f for f in said.facts if f.label in ("Ngày hẹn trả", "Còn lại", "Thời hạn")]


def test_hours_that_ran_out_today_are_late_without_a_count_of_days(explain):
    said = explain(ON_TIME, due_at=at(23, 10), due_unit=TimeUnit.HOUR)
    assert fact(said, "Thời hạn") == "Đã quá hạn"


def test_old_news_is_called_old(explain):
    said = explain(ON_TIME, stale=True)
    assert any("Dữ liệu minh họa hiện không trả lời" in warning for warning in said.warnings)


def test_money_is_told_with_its_state(explain):
    payments = (Payment("Lệ phí", 1200000, PaymentState.DUE), Payment("Phí", 8000))
    said = explain(ON_TIME, status=Status.PAYMENT_REQUESTED, payments=payments)
    assert fact(said, "Khoản phải nộp") == "Lệ phí: 1.200.000 đồng (chưa nộp)"
    assert "Phí: 8.000 đồng (chưa rõ đã nộp hay chưa)" in all_text(said)


def test_data_problems_are_for_officers(explain):
    problems = (DataProblem(at(23), DataErrorKind.ILLEGAL_TRANSITION, "sai quy trình"),)
    assert "sai quy trình" in all_text(explain(ON_TIME, Tier.OFFICER, problems=problems))
    assert "sai quy trình" not in all_text(explain(ON_TIME, Tier.PROOF, problems=problems))


@pytest.mark.parametrize("number", [ON_TIME, WAITING])
def test_received_is_held_by_the_receiving_office(explain, number):
    said = explain(number, status=Status.RECEIVED)
    assert "Trung tâm Phục vụ" in fact(said, "Đang ở")


def test_where_no_unit_is_known_the_holder_is_said_in_general(explain):
    said = explain(ON_TIME, steps=(), agency_deciding=None)
    assert fact(said, "Đang ở") == "Cơ quan giải quyết"


@pytest.fixture
def disclosure(demo, sessions, hasher, clock):
    limiter = AttemptLimiter(sessions, hasher, clock=clock)
    source = RegistrySource(demo)
    return Disclosure(source, limiter, hasher, load_sensitive(), load_agencies(), clock=clock)


def test_an_unknown_code_and_a_wrong_proof_are_told_the_same(disclosure, explainer):
    known, unknown = parse_code("H05.12-261123-0007"), parse_code("H05.12-261123-9999")
    wrong = all_text(explainer.explain(disclosure.look_up(known, client="a", proof="0")))
    nothing = all_text(explainer.explain(disclosure.look_up(unknown, client="b", proof="0")))
    assert wrong == nothing.replace("9999", "0007")
    assert "Bắc Ninh" in wrong
    assert "23/11/2026" in wrong


def test_too_many_tries_tell_when_to_come_back(disclosure, explainer):
    code = parse_code("H05.12-261123-0007")
    for _ in range(5):
        disclosure.look_up(code, client="a", proof="0")
    said = explainer.explain(disclosure.look_up(code, client="a", proof="1234"))
    assert said.headline == "Đã tra cứu quá nhiều lần. Xin thử lại sau 10:45 ngày 23/11/2026."


def test_a_found_dossier_is_explained_with_the_hints_of_its_code(disclosure, explainer):
    code = parse_code("h05.12 261123 0007")
    said = explainer.explain(disclosure.look_up(code, client="a"))
    assert "Mã đã được hiểu là H05.12-261123-0007; hãy so lại với giấy hẹn." in said.warnings


@pytest.mark.parametrize(
    "text", ["H05.12-270101-0007", "H05.12-190101-0007", "G09.20-20260609-0092637"]
)
def test_hints_are_put_in_words(disclosure, explainer, text):
    said = explainer.explain(disclosure.look_up(parse_code(text), client="a"))
    assert len(said.warnings) == 1


def test_a_source_that_is_down_is_said_to_be(explainer):
    facts = CodeFacts("H05.12-261123-0007", None, date(2026, 11, 23), (), is_confirmed=True)
    said = explainer.explain(LookUp(Outcome.SOURCE_DOWN, facts))
    assert "không trả lời" in said.headline
    assert fact(said, "Mã do cơ quan thuộc") is None


def test_the_contact_may_be_set(clock, hasher):
    explainer = Explainer(load_calendar(), load_texts(), contact="tổng đài 1234", clock=clock)
    record = demo_dossiers(hasher)[WAITING]
    found = SourceRecord(record, record.synced_at)
    view = make_view(found, Tier.PROOF, load_sensitive(), clock.now)
    assert "tổng đài 1234" in explainer.explain_view(view).next_steps[0]


@pytest.mark.parametrize(
    "change", [lambda d: d.pop("asks"), lambda d: d["headlines"].pop(4), lambda d: d.update(x={})]
)
def test_a_text_file_with_a_gap_is_refused(tmp_path, change):
    data = yaml.safe_load(TEXTS_FILE.read_text("utf-8"))
    change(data)
    path = tmp_path / "explain.yml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    with pytest.raises(DossierDataError, match="explain.yml"):
        load_texts(path)
