import pytest

from knowledge_base.audit import AuditInputs, audit
from tests.factories import make_channel, make_procedure

EVIL = "<script>alert(1)</script> Công an huyện"


@pytest.fixture(scope="session")
def report(today):
    record = make_procedure(
        agencies=[EVIL],
        channels=[make_channel(fee="Miễn phí(=1+1: 150.000 đồng)")],
        conditions=["=HYPERLINK(0) thị trấn\x07"],
    )
    return audit(AuditInputs(records=[record], today=today))


@pytest.fixture(scope="session")
def empty_report(today):
    return audit(AuditInputs(records=[], today=today))
