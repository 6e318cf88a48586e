import json

import pytest

from dossiers.connectors.national import NationalSource
from dossiers.errors import SourceAnswerError, SourceRefusedError
from dossiers.status import Status

CODE = "H05.12-261123-0007"
ITEM = {
    "MaHoSo": CODE,
    "TrangThaiHoSo": "4",
    "ChuHoSo": "Nguyễn Văn A",
    "SoDienThoai": "0912345678",
    "TenTTHC": "Đăng ký kết hôn",
    "NgayTiepNhan": "20261123081500",
}


@pytest.fixture
def axis(connect, hasher, clock):
    return NationalSource(connect(), hasher, unit="H05", session=lambda: "s1", clock=clock)


def test_a_dossier_is_found_and_its_phone_becomes_a_proof(service, axis, hasher):
    service.answers["/"] = [{"error_code": "00", "result": [ITEM]}]
    record = axis.find(CODE).record
    assert record.status is Status.PROCESSING
    assert hasher.proves("5678", record.proofs)
    assert not any(text in repr(record) for text in ("Nguyễn", "0912345678"))


def test_the_envelope_is_that_of_the_service(service, axis):
    service.answers["/"] = [{"error_code": "00", "result": []}]
    assert axis.find(CODE) is None
    assert json.loads(service.requests[0][3]) == {
        "session": "s1",
        "madonvi": "H05",
        "service": "TraCuuHoSo",
        "isUpdating": "False",
        "data": [{"MaHoSo": CODE}],
    }


@pytest.mark.parametrize("result", [None, []])
def test_an_empty_result_is_an_unknown_code(service, axis, result):
    service.answers["/"] = [{"error_code": "00", "result": result}]
    assert axis.find(CODE) is None


def test_an_error_code_is_a_refusal(service, axis):
    service.answers["/"] = [{"error_code": "97"}]
    with pytest.raises(SourceRefusedError, match="97"):
        axis.find(CODE)


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {"result": [ITEM]},
        {"error_code": "00", "result": "x"},
        {"error_code": "00", "result": ["x"]},
        {"error_code": "00", "result": [ITEM | {"MaHoSo": "H05.12-261123-0008"}]},
        {"error_code": "00", "result": [ITEM | {"TrangThaiHoSo": "99"}]},
        404,
    ],
)
def test_anything_else_is_refused(service, axis, answer):
    service.answers["/"] = [answer]
    with pytest.raises(SourceAnswerError):
        axis.find(CODE)
