"""Dossiers and steps in the shapes of the national synchronisation services.

`DongBoHoSoMC` tells a whole dossier, `CapNhatTienDoHoSoMC` one step of handling. Everything is a
string, numbers too. Fields that name a person are not read: an officer's name, the applicant's
name, address and contacts; of the phone only the last digits become a hashed proof.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from dossiers.errors import FieldFault
from dossiers.importers.rows import Accepted, status_moment
from dossiers.importers.values import (
    read_channel,
    read_code,
    read_moment,
    read_status_value,
    read_text,
)
from dossiers.masking import mask_personal
from dossiers.record import (
    Delivery,
    DossierRecord,
    FilingChannel,
    Payment,
    PaymentState,
    Step,
    Supplement,
)
from dossiers.status import Status

__all__ = [
    "NOT_STORED",
    "STORED",
    "StepUpdate",
    "dossier_from_national",
    "is_national_dossier",
    "is_national_step",
    "step_from_national",
]

ValueT = TypeVar("ValueT")

NOT_STORED = frozenset(
    (
        "ChuHoSo",
        "LoaiDoiTuong",
        "MaDoiTuong",
        "ThongTinKhac",
        "Email",
        "Fax",
        "SoDienThoai",
        "TrichYeuHoSo",
        "GhiChu",
        "ThongTinTra",
        "NguoiXuLy",
        "ChucDanh",
        "TaiLieuNop",
        "DanhSachTepDinhKemKhac",
        "DanhSachGiayToKetQua",
    )
)
"""Fields that may name a person, files by their names too; they end here."""

STORED = frozenset(
    (
        "MaHoSo",
        "TrangThaiHoSo",
        "TrangThai",
        "NgayTiepNhan",
        "NgayHenTra",
        "NgayKetThucXuLy",
        "NgayTra",
        "MaTTHC",
        "TenTTHC",
        "MaLinhVuc",
        "TenLinhVuc",
        "DonViXuLy",
        "KenhThucHien",
        "HinhThuc",
        "DanhSachHoSoBoSung",
        "DanhSachLePhi",
        "ThoiDiemXuLy",
        "PhongBanXuLy",
        "NoiDungXuLy",
        "NgayKetThucTheoQuyDinh",
    )
)
"""Fields that are read; any other is named in the report."""


@dataclass(frozen=True)
class StepUpdate:
    """One step told by `CapNhatTienDoHoSoMC`."""

    code: str
    step: Step


def is_national_dossier(item: Mapping[str, Any]) -> bool:
    """Tell whether an item has the shape of `DongBoHoSoMC`."""
    return "MaHoSo" in item and "TrangThaiHoSo" in item


def is_national_step(item: Mapping[str, Any]) -> bool:
    """Tell whether an item has the shape of `CapNhatTienDoHoSoMC`."""
    return "MaHoSo" in item and "ThoiDiemXuLy" in item


def dossier_from_national(item: Mapping[str, Any], *, source: str, as_of: datetime) -> Accepted:
    """Make a dossier of an item of `DongBoHoSoMC`.

    Raises:
        FieldFault: a value is not what its field expects.
    """
    code = _read(item, "MaHoSo", read_code)
    reading = _read(item, "TrangThaiHoSo", read_status_value)
    moments = {
        "received_at": _read(item, "NgayTiepNhan", read_moment),
        "due_at": _read(item, "NgayHenTra", read_moment),
        "finished_at": _read(item, "NgayKetThucXuLy", read_moment),
        "returned_at": _read(item, "NgayTra", read_moment),
    }
    status: Status = reading.status
    record = DossierRecord(
        code=code.code,
        code_raw=None if code.exact else read_text(item["MaHoSo"]),
        status=status,
        status_at=status_moment(status, moments, as_of),
        synced_at=as_of,
        source_system=source,
        procedure_code=_read(item, "MaTTHC", read_text),
        procedure_name=_read(item, "TenTTHC", read_text),
        field_code=_read(item, "MaLinhVuc", read_text),
        field_name=_read(item, "TenLinhVuc", read_text),
        agency_deciding=_read(item, "DonViXuLy", read_text),
        channel=_read(item, "KenhThucHien", read_channel),
        supplements=_each(item, "DanhSachHoSoBoSung", _supplement),
        payments=_each(item, "DanhSachLePhi", _payment),
        deliveries=_deliveries(item, moments["returned_at"]),
        **moments,
    )
    warnings = [FieldFault("TrangThaiHoSo", reading.warning)] if reading.warning else []
    if not code.exact:
        warnings.append(FieldFault("MaHoSo", f"đã hiểu là {code.code}"))
    return Accepted(record, phone=read_text(item.get("SoDienThoai")), warnings=tuple(warnings))


def step_from_national(item: Mapping[str, Any]) -> StepUpdate:
    """Make a step of an item of `CapNhatTienDoHoSoMC`.

    Raises:
        FieldFault: a value is not what its field expects.
    """
    moment = _read(item, "ThoiDiemXuLy", read_moment)
    if moment is None:
        raise FieldFault("ThoiDiemXuLy", "thiếu thời điểm xử lý")
    reading = _read(item, "TrangThai", read_status_value) if item.get("TrangThai") else None
    step = Step(
        at=moment,
        unit=_read(item, "PhongBanXuLy", read_text),
        text=_read(item, "NoiDungXuLy", _masked),
        status=reading.status if reading else None,
        due_by=_read(item, "NgayKetThucTheoQuyDinh", read_moment),
    )
    return StepUpdate(_read(item, "MaHoSo", read_code).code, step)


def _supplement(item: Mapping[str, Any]) -> Supplement:
    asked_at = _read(item, "NgayBoSung", read_moment)
    if asked_at is None:
        raise FieldFault("NgayBoSung", "thiếu ngày yêu cầu bổ sung")
    papers = _each(item, "DanhSachGiayToBoSung", lambda paper: _read(paper, "TenGiayTo", _masked))
    said = _read(item, "NoiDungBoSung", _masked)
    return Supplement(
        asked_at=asked_at,
        items=tuple(text for text in (said, *papers) if text),
        answered_at=_read(item, "NgayTiepNhanBoSung", read_moment),
        due_before=_read(item, "NgayHenTraTruoc", read_moment),
        due_after=_read(item, "NgayHenTraMoi", read_moment),
        reference=_read(item, "HoSoBoSungId", read_text),
    )


def _payment(item: Mapping[str, Any]) -> Payment:
    states = {"0": PaymentState.DUE, "1": PaymentState.PAID}
    return Payment(
        name=_read(item, "TenPhiLePhi", read_text) or "Phí, lệ phí",
        amount=_read(item, "Gia", _amount),
        state=states.get(str(item.get("TrangThaiThanhToan")), PaymentState.UNKNOWN),
        fee_code=_read(item, "MaPhiLePhi", read_text),
    )


def _deliveries(item: Mapping[str, Any], returned_at: datetime | None) -> tuple[Delivery, ...]:
    modes = {"0": FilingChannel.COUNTER, "1": FilingChannel.POST}
    text = read_text(item.get("HinhThuc"))
    if text is None:
        return ()
    if text not in modes:
        raise FieldFault("HinhThuc", f"cần 0 (trực tiếp) hoặc 1 (bưu chính); đang là «{text[:40]}»")
    return (Delivery(modes[text], returned_at),)


def _each(
    item: Mapping[str, Any], name: str, reader: Callable[[Mapping[str, Any]], ValueT]
) -> tuple[ValueT, ...]:
    """Read every part of a list, which older systems leave out, or send as null or «»."""
    parts = item.get(name) or []
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise FieldFault(name, "cần một danh sách các nhóm «tên: giá trị»")
    read = []
    for number, part in enumerate(parts, start=1):
        try:
            read.append(reader(part))
        except FieldFault as fault:
            raise FieldFault(f"{name}[{number}].{fault.field}", fault.expected) from fault
    return tuple(read)


def _read(item: Mapping[str, Any], name: str, reader: Callable[[Any], Any]) -> Any:
    try:
        return reader(item.get(name))
    except ValueError as error:
        raise FieldFault(name, str(error)) from error


def _masked(value: Any) -> str | None:
    text = read_text(value)
    return None if text is None else mask_personal(text)


def _amount(value: Any) -> int:
    text = (read_text(value) or "0").replace(".", "").replace(",", "").removesuffix("đ").strip()
    if not (text.isascii() and text.isdecimal()) or len(text) > 15:
        raise ValueError(f"cần số tiền bằng đồng, ví dụ 8000; đang là «{text[:40]}»")
    return int(text)
