"""«hồ sơ … đến đâu rồi», from code to proof to answer, in every status, on time and late."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from dossiers.desk import build_desk
from dossiers.record import Apology
from dossiers.status import ClockState, Status
from knowledge_base.answer import Status as AnswerStatus
from knowledge_base.answer.blocks import DossierBlock
from tests.actions.conftest import NOW
from tests.actions.talk import texts_of

CODE, PIN = "H05.12-261123-0007", "246810"
RIGHT_TO_AN_APOLOGY = "quyền được nhận văn bản xin lỗi nêu lý do và ngày hẹn mới"


@pytest.fixture
def services(services, data_folder, tmp_path):
    folder = shutil.copytree(data_folder, tmp_path / "data")
    database = f"sqlite:///{folder / 'motcua.db'}"
    return replace(services, dossiers=build_desk(database, folder / "dossiers.key", lambda: NOW))


def put(services, status, *, late, apologies=()):
    """Put the dossier into `status`, its due date a week ahead or gone by."""
    registry = services.dossiers.registry
    due = NOW + timedelta(days=-7 if late else 7)
    ended = NOW - timedelta(days=1)
    over = status in (Status.FINISHED, Status.RETURNED)
    registry.save(
        replace(
            registry.get(CODE),
            status=status,
            status_at=ended,
            synced_at=NOW,
            received_at=NOW - timedelta(days=20),
            due_at=due,
            finished_at=ended if over else None,
            returned_at=ended if status is Status.RETURNED else None,
            steps=(),
            apologies=apologies,
        )
    )


def ask(talk):
    first = talk.say(
        f"hồ sơ {CODE} của tôi đến đâu rồi", "dossier_status", action="action_dossier_status"
    )
    return first, talk.say(PIN, "nlu_fallback")


@pytest.mark.parametrize("late", [False, True], ids=["on time", "late"])
@pytest.mark.parametrize("status", list(Status), ids=lambda status: status.label)
def test_from_code_to_proof_to_answer(talk, services, status, late):
    put(services, status, late=late)
    for answer in ask(talk):
        assert answer.status == AnswerStatus.ANSWERED_DOSSIER
        (block,) = [block for block in answer.blocks if isinstance(block, DossierBlock)]
        rows = {row.label: row.value for row in block.rows}
        assert rows["Trạng thái"] == status.label
        assert rows["Nghĩa là"] == status.meaning
        assert rows["Đang ở"]
        assert rows["Cập nhật lúc"].startswith("10:30 ngày 23/11/2026, theo ")
        assert block.next_steps
    assert rows["Thủ tục"] == "Cấp Giấy xác nhận tình trạng hôn nhân (1.004873)"
    text = texts_of(answer)
    running = status.clock is ClockState.RUNNING
    assert ("Hồ sơ đã quá ngày hẹn trả." in text) == (running and late)
    assert (RIGHT_TO_AN_APOLOGY in text) == (late and (running or status is Status.FINISHED))
    assert ("Còn lại" in rows) == (running and not late)
    if running and not late:
        assert rows["Còn lại"] == "4 ngày làm việc"  # Tuesday 24/11 is a holiday
    if status in (Status.FINISHED, Status.RETURNED):
        said = "Xử lý xong sau hạn" if late else "Xử lý xong trước hạn"
        assert rows["Thời hạn"] == said
    if status.clock is ClockState.PAUSED:
        assert rows["Thời hạn"] == "Đang tạm dừng tính thời hạn"
    assert ("chưa phải là «Đã trả kết quả»" in text) == (status is Status.FINISHED)


def test_late_with_an_apology_names_the_new_date_to_the_owner_alone(talk, services):
    apology = Apology(NOW, "UBND", "chờ xác minh", due_after=NOW + timedelta(days=10))
    put(services, Status.PROCESSING, late=True, apologies=(apology,))
    stranger, owner = (texts_of(answer) for answer in ask(talk))
    for text in (stranger, owner):
        assert RIGHT_TO_AN_APOLOGY not in text
        assert "Văn bản xin lỗi\nĐã có" in text
    assert "03/12/2026" in owner
    assert "03/12/2026" not in stranger
