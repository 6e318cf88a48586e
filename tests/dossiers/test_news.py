from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dossiers.clock import VIETNAM
from dossiers.demo import demo_dossiers
from dossiers.errors import DossierDataError
from dossiers.news import FOLLOWING_FILE, NewsKind, Told, load_following, news
from dossiers.proofs import ProofHasher
from dossiers.record import Apology
from dossiers.status import ClockState, Status
from knowledge_base.calendar import load_calendar

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=VIETNAM)
RECORD = demo_dossiers(ProofHasher())[0]  # due on 27/11
TOLD = Told(RECORD.status, RECORD.due_at.date())
CALENDAR, TEXTS = load_calendar(), load_following()


def tell(told, record, now=NOW):
    said, known = news(told, record, CALENDAR, TEXTS, now)
    return [one.kind for one in said], " ".join(one.text for one in said), known


def test_nothing_new_is_told_as_nothing():
    assert tell(TOLD, RECORD) == ([], "", TOLD)


@pytest.mark.parametrize("status", [status for status in Status if status is not RECORD.status])
def test_a_new_status_is_told_in_plain_words_once(status):
    kinds, text, known = tell(TOLD, replace(RECORD, status=status))
    assert kinds == [NewsKind.STATUS]
    assert f"«{status.label}»" in text
    assert status.meaning in text
    assert tell(known, replace(RECORD, status=status))[0] == []


def test_a_due_date_that_comes_near_is_told_once_and_again_for_another_date():
    eve = NOW + timedelta(days=3)  # Thursday 26/11
    kinds, text, known = tell(TOLD, RECORD, eve)
    assert (kinds, "27/11/2026" in text) == ([NewsKind.NEAR], True)
    assert tell(known, RECORD, eve)[0] == []
    moved = replace(RECORD, due_at=RECORD.due_at + timedelta(days=3))
    assert tell(known, moved, eve + timedelta(days=1))[0] == [NewsKind.DUE, NewsKind.NEAR]


def test_the_holiday_of_24_november_is_no_working_day_left():
    due = replace(RECORD, due_at=datetime(2026, 11, 25, 17, 0, tzinfo=VIETNAM))
    told = Told(RECORD.status, due.due_at.date())
    assert tell(told, due)[0] == [NewsKind.NEAR]


def test_late_without_an_apology_brings_up_the_right_to_one():
    kinds, text, known = tell(TOLD, RECORD, NOW + timedelta(days=7))
    assert kinds == [NewsKind.LATE]
    assert "quyền nhận văn bản xin lỗi nêu lý do và ngày hẹn mới" in text
    assert tell(known, RECORD, NOW + timedelta(days=8))[0] == []


def test_an_apology_is_told_with_the_new_date():
    late = NOW + timedelta(days=7)
    apologised = replace(
        RECORD, apologies=(Apology(late),), due_at=RECORD.due_at + timedelta(days=20)
    )
    assert tell(TOLD, apologised, late)[0] == [NewsKind.APOLOGY, NewsKind.DUE]


def test_while_the_clock_stands_no_date_is_told():
    waiting = replace(RECORD, status=Status.SUPPLEMENT_REQUESTED)
    told = Told(waiting.status, waiting.due_at.date())
    assert tell(told, waiting, NOW + timedelta(days=30))[0] == []


def test_a_provisional_date_is_called_expected():
    moved = replace(RECORD, due_at=RECORD.due_at + timedelta(days=7), due_provisional=True)
    assert "(dự kiến)" in tell(TOLD, moved)[1]


def test_no_news_names_the_procedure_or_an_agency():
    for status in Status:
        text = tell(TOLD, replace(RECORD, status=status))[1]
        assert RECORD.procedure_name not in text
        assert "phường" not in text


@given(
    st.sampled_from(list(Status)),
    st.sampled_from(list(Status)),
    st.integers(-30, 30),
    st.integers(0, 2),
)
def test_what_was_told_is_not_told_again(before, status, days, apologies):
    record = replace(
        RECORD,
        status=status,
        due_at=NOW + timedelta(days=days),
        apologies=tuple(Apology(NOW, seq=number) for number in range(apologies)),
    )
    kinds, _, known = tell(Told(before), record)
    assert tell(known, record)[:2] == ([], "")
    assert NewsKind.LATE not in kinds or status.clock is ClockState.RUNNING


@pytest.mark.parametrize("missing", ["consent", "keep_days", "notices"])
def test_a_file_with_a_gap_is_refused(tmp_path, missing):
    data = yaml.safe_load(FOLLOWING_FILE.read_text("utf-8"))
    del data[missing]
    file = tmp_path / "following.yml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    with pytest.raises(DossierDataError, match="cần đúng các mục"):
        load_following(file)
