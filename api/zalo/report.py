"""How the channel is, in lines for operators; no tokens and nobody's data."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.errors import ZaloError
from api.zalo.channel import Account
from api.zalo.model import Grant, GrantState, Person
from api.zalo.remarks import BAD_SIGNATURE, QUOTA, RICH_REFUSED, STOPPED, remarks
from dossiers.clock import in_vietnam

__all__ = ["channel_report"]

_GRANTS = {
    GrantState.GOOD: "còn hiệu lực",
    GrantState.REFRESHING: "đang làm mới",
    GrantState.UNSURE: "chưa chắc: lần làm mới gần nhất không có trả lời",
    GrantState.DEAD: "MẤT QUYỀN, hãy chạy «motcua zalo connect»",
}
_INBOUND = {"waiting": "đang chờ", "done": "đã trả lời", "kept": "sự kiện lạ"}
_OUTBOUND = {
    "queued": "chờ gửi",
    "sending": "đang gửi",
    "unsure": "chưa rõ đã đến",
    "sent": "đã gửi",
    "failed": "gửi hỏng",
    "dropped": "không được phép gửi",
}
_OLD_REFRESH_TOKEN = timedelta(days=60)


async def channel_report(account: Account) -> list[str]:
    """What to show; asks Zalo about the OA where there is a grant."""
    lines = await account.ledger.run(lambda session: _stored(session, account))
    try:
        about = await account.line.account()
    except ZaloError as error:
        return [*lines, f"OA: không hỏi được Zalo ({error})"]
    verified = "đã xác thực" if about.get("is_verified") else "CHƯA xác thực"
    package = about.get("package_name") or "không rõ"
    return [*lines, f"OA: {about.get('name', '?')}, {verified}, gói {package}"]


def _stored(session: Session, account: Account) -> list[str]:
    people = session.scalar(select(func.count()).select_from(Person)) or 0
    return [
        *_grants(session, account.clock()),
        f"Người đã nhắn: {people}",
        f"Tin đến: {_counts(account.inbox.counts(session), _INBOUND)}",
        f"Tin đi: {_counts(account.outbox.counts(session), _OUTBOUND)}",
        *_remarks(session),
    ]


def _grants(session: Session, now: datetime) -> list[str]:
    grants = session.scalars(select(Grant)).all()
    lines = [
        f"Quyền gọi Zalo: {_GRANTS[GrantState(grant.state)]}, "
        f"làm mới lúc {_moment(grant.refreshed_at)}, hết hạn {_moment(grant.expires_at)}"
        for grant in grants
    ]
    lines += [
        "CẢNH BÁO: mã làm mới đã quá 60 ngày; quá 90 ngày phải cấp quyền lại"
        for grant in grants
        if now - grant.refreshed_at > _OLD_REFRESH_TOKEN
    ]
    return lines or ["Quyền gọi Zalo: chưa có, hãy chạy «motcua zalo connect»"]


def _remarks(session: Session) -> list[str]:
    known = remarks(session)
    lines = []
    if QUOTA in known:
        quota, at = known[QUOTA]
        shown = ", ".join(f"{name} {value}" for name, value in quota.items())
        lines.append(f"Hạn mức Zalo báo lúc {_moment(at)}: {shown}")
    if STOPPED in known:
        reason, at = known[STOPPED]
        code = "" if reason["code"] is None else f" (mã {reason['code']})"
        lines.append(f"Lần ngừng gửi gần nhất, {_moment(at)}: {reason['meaning']}{code}")
    if RICH_REFUSED in known:
        lines.append(f"Zalo từ chối nút bấm lúc {_moment(known[RICH_REFUSED][1])}")
    if BAD_SIGNATURE in known:
        lines.append(f"Lần gọi sai chữ ký gần nhất: {_moment(known[BAD_SIGNATURE][1])}")
    return lines


def _counts(counts: dict[str, int], names: dict[str, str]) -> str:
    shown = [f"{names[state]} {counts[state]}" for state in names if counts.get(state)]
    return ", ".join(shown) or "chưa có"


def _moment(moment: datetime) -> str:
    return in_vietnam(moment).strftime("%H:%M %d/%m/%Y")
