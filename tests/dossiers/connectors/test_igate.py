import pytest

from dossiers.connectors.igate import IgateSource
from dossiers.connectors.token import Credentials
from dossiers.errors import SourceAnswerError, SourceRefusedError
from dossiers.record import FilingChannel
from dossiers.status import Status

CODE = "H05.12-261123-0007"
TOKEN = {"access_token": "t1", "expires_in": 3600}
ITEM = {
    "code": CODE,
    "applicant": {"data": {"fullname": "Nguyễn Văn A"}},
    "procedure": {"name": "Đăng ký kết hôn"},
    "statusCurrentTask": "Đang thụ lý",
    "applyMethod": {"name": "Trực tuyến"},
    "appliedDate": "23/11/2026 08:15",
    "completedDate": None,
    "appointmentDate": "2026-11-27 17:00:00",
}


@pytest.fixture
def igate(service, connect, clock):
    service.answers["/oauth2/token"] = [TOKEN]
    return IgateSource(connect(), Credentials("id", "secret"), clock=clock)


def test_a_dossier_is_found_and_the_applicants_name_left_behind(service, igate, clock):
    service.answers["/search"] = [{"content": [ITEM]}]
    found = igate.find(CODE)
    record = found.record
    assert (record.code, record.status) == (CODE, Status.PROCESSING)
    assert (record.received_at.hour, record.due_at.day) == (8, 27)
    assert record.channel is FilingChannel.ONLINE
    assert record.procedure_name == "Đăng ký kết hôn"
    assert record.source_system == "Một cửa tỉnh"
    assert (found.as_of, found.stale) == (clock.now, False)
    assert "Nguyễn" not in repr(found)
    assert not record.proofs


def test_it_signs_in_once_and_again_when_the_token_ends(service, igate, clock):
    service.answers["/search"] = [{"content": [ITEM]}]
    igate.find(CODE)
    igate.find(CODE)
    assert len(service.asked("/oauth2/token")) == 1
    assert service.asked("/search")[0][2]["Authorization"] == "Bearer t1"
    assert b"client_credentials" in service.asked("/oauth2/token")[0][3]
    clock.forward(minutes=60)
    igate.find(CODE)
    assert len(service.asked("/oauth2/token")) == 2


def test_a_token_withdrawn_early_is_fetched_anew_once(service, igate):
    service.answers["/search"] = [401, {"content": [ITEM]}]
    assert igate.find(CODE) is not None
    service.answers["/search"] = [401]
    with pytest.raises(SourceRefusedError):
        igate.find(CODE)


@pytest.mark.parametrize("answer", [{"content": []}, [], 404])
def test_an_unknown_code_is_none(service, igate, answer):
    service.answers["/search"] = [answer]
    assert igate.find(CODE) is None


@pytest.mark.parametrize("answer", [[ITEM], ITEM, {"content": [ITEM | {"code": "x"}, ITEM]}])
def test_other_wrappings_are_read(service, igate, answer):
    service.answers["/search"] = [answer]
    assert igate.find(CODE).record.code == CODE


@pytest.mark.parametrize(
    "item",
    [
        ITEM | {"code": "H05.12-261123-0008"},
        ITEM | {"code": None},
        ITEM | {"appliedDate": "hôm qua"},
        ITEM | {"statusCurrentTask": "Bước 3"},
        ITEM | {"statusCurrentTask": "Trả lại"},
    ],
)
def test_another_dossier_or_senseless_values_are_refused(service, igate, item):
    service.answers["/search"] = [{"content": [item]}]
    with pytest.raises(SourceAnswerError):
        igate.find(CODE)


@pytest.mark.parametrize("answer", ["x", {"content": "x"}, {"content": [1]}])
def test_a_strange_shape_is_refused(service, igate, answer):
    service.answers["/search"] = [answer]
    with pytest.raises(SourceAnswerError):
        igate.find(CODE)


def test_completed_is_finished_and_not_yet_handed_out(service, igate):
    done = {"statusCurrentTask": "Hoàn thành", "completedDate": "20261126100000"}
    service.answers["/search"] = [{"content": [ITEM | done]}]
    record = igate.find(CODE).record
    assert record.status is Status.FINISHED
    assert record.status_at == record.finished_at


def test_no_token_is_a_refusal(service, igate):
    service.answers["/oauth2/token"] = [{"error": "invalid_client"}]
    with pytest.raises(SourceRefusedError, match="mã truy cập"):
        igate.find(CODE)


def test_the_secret_is_not_shown():
    assert "secret" not in repr(Credentials("id", "secret"))
