"""Three invented dossiers for demonstrations and tests; put in only by `insert_demo`.

All agencies, codes and histories are made up. The secrets below open invented dossiers only:

| code               | what it shows                                 | PIN    | phone ends in |
| ------------------ | --------------------------------------------- | ------ | ------------- |
| H05.12-261123-0007 | in process, on time                           | 246810 | 1234          |
| H05.12-261112-0031 | waiting for a paper from the citizen          | 135791 | 5678          |
| H05.12-261026-0115 | late, and no written apology has been issued  | 112358 | 9012          |
"""

from __future__ import annotations

from datetime import datetime

from dossiers.clock import VIETNAM
from dossiers.proofs import ProofHasher
from dossiers.record import DossierRecord, FilingChannel, Step, Supplement, TimeUnit
from dossiers.registry import Registry
from dossiers.status import Status

__all__ = ["DEMO_SOURCE", "demo_dossiers", "insert_demo"]

DEMO_SOURCE = "Dữ liệu minh họa"
_OFFICE = "Trung tâm Phục vụ hành chính công phường (minh họa)"


def insert_demo(registry: Registry, hasher: ProofHasher) -> list[str]:
    """Put the three dossiers into `registry`; return their codes."""
    return [registry.save(record).code for record in demo_dossiers(hasher)]


def demo_dossiers(hasher: ProofHasher) -> list[DossierRecord]:
    """Return the three dossiers, as of Monday 23/11/2026."""
    return [_on_time(hasher), _waiting(hasher), _late(hasher)]


def _on_time(hasher: ProofHasher) -> DossierRecord:
    received = _at(23, 11, 8, 15)
    return DossierRecord(
        code="H05.12-261123-0007",
        status=Status.PROCESSING,
        status_at=_at(23, 11, 9, 30),
        synced_at=_at(23, 11, 10, 0),
        source_system=DEMO_SOURCE,
        received_at=received,
        due_at=_at(27, 11, 17, 0),
        due_quantity=3,
        due_unit=TimeUnit.WORKING_DAY,
        procedure_code="1.004873",
        procedure_name="Cấp Giấy xác nhận tình trạng hôn nhân",
        field_name="Hộ tịch",
        agency_receiving=_OFFICE,
        agency_deciding="Ủy ban nhân dân phường (minh họa)",
        channel=FilingChannel.COUNTER,
        collect_at=_OFFICE,
        steps=(
            Step(received, _OFFICE, "Tiếp nhận hồ sơ", Status.RECEIVED),
            Step(_at(23, 11, 9, 30), "Công chức tư pháp – hộ tịch", None, Status.PROCESSING),
        ),
        proofs=hasher.proofs("H05.12-261123-0007", pin="246810", phone="0900001234"),
    )


def _waiting(hasher: ProofHasher) -> DossierRecord:
    received, asked = _at(12, 11, 14, 5), _at(16, 11, 10, 40)
    return DossierRecord(
        code="H05.12-261112-0031",
        status=Status.SUPPLEMENT_REQUESTED,
        status_at=asked,
        synced_at=_at(23, 11, 7, 0),
        source_system=DEMO_SOURCE,
        received_at=received,
        due_at=_at(17, 11, 17, 0),
        due_quantity=3,
        due_unit=TimeUnit.WORKING_DAY,
        procedure_code="1.001612",
        procedure_name="Đăng ký thành lập hộ kinh doanh",
        field_name="Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)",
        agency_receiving=_OFFICE,
        agency_deciding="Phòng Kinh tế, Hạ tầng và Đô thị (minh họa)",
        channel=FilingChannel.ONLINE,
        collect_at=_OFFICE,
        steps=(
            Step(received, _OFFICE, "Tiếp nhận hồ sơ", Status.RECEIVED),
            Step(_at(13, 11, 8, 0), "Phòng chuyên môn", None, Status.PROCESSING),
            Step(asked, "Phòng chuyên môn", None, Status.SUPPLEMENT_REQUESTED),
        ),
        supplements=(
            Supplement(
                asked,
                "Phòng chuyên môn",
                ("Bản sao hợp đồng thuê địa điểm kinh doanh",),
                due_before=_at(17, 11, 17, 0),
            ),
        ),
        proofs=hasher.proofs("H05.12-261112-0031", pin="135791", phone="0900005678"),
    )


def _late(hasher: ProofHasher) -> DossierRecord:
    received = _at(26, 10, 9, 20)
    return DossierRecord(
        code="H05.12-261026-0115",
        status=Status.PROCESSING,
        status_at=_at(28, 10, 15, 0),
        synced_at=_at(23, 11, 9, 0),
        source_system=DEMO_SOURCE,
        received_at=received,
        due_at=_at(16, 11, 17, 0),
        due_quantity=15,
        due_unit=TimeUnit.WORKING_DAY,
        procedure_code="1.013225",
        procedure_name="Cấp giấy phép xây dựng nhà ở riêng lẻ",
        field_name="Hoạt động xây dựng",
        agency_receiving=_OFFICE,
        agency_deciding="Ủy ban nhân dân phường (minh họa)",
        channel=FilingChannel.COUNTER,
        collect_at=_OFFICE,
        steps=(
            Step(received, _OFFICE, "Tiếp nhận hồ sơ", Status.RECEIVED),
            Step(_at(28, 10, 15, 0), "Phòng chuyên môn", None, Status.PROCESSING),
        ),
        proofs=hasher.proofs("H05.12-261026-0115", pin="112358", phone="0900009012"),
    )


def _at(day: int, month: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)
