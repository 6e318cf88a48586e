"""`/zalo/webhook` and what Zalo's console wants to see. Zalo hears «200» at once, whatever comes.

Five slow or failed deliveries and Zalo switches the webhook off, so a call with a wrong signature
is answered 200 too and goes no further; only a database that refuses is told, by 500, so that
Zalo delivers again.
"""

from __future__ import annotations

import html
import json
import logging
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from sqlalchemy.exc import SQLAlchemyError

from api.settings import Settings
from api.zalo.channel import ZaloChannel
from api.zalo.event import Event, read_event
from api.zalo.remarks import BAD_SIGNATURE, remark
from api.zalo.signature import is_signed

__all__ = ["zalo_router"]

logger = logging.getLogger(__name__)

_MOST_BYTES = 256 * 1024
_VERIFIER = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Xác thực tên miền</title>
<meta name="zalo-platform-site-verification" content="{code}" /></head>
<body><p>Trợ lý Một Cửa</p></body></html>
"""
_CALLBACK = """<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Kết nối Zalo</title></head>
<body><p>Chép địa chỉ của trang này trên thanh địa chỉ, rồi dán vào lệnh «motcua zalo connect».
Mã trong địa chỉ chỉ dùng được trong 10 phút.</p></body></html>
"""


def zalo_router(settings: Settings, channel: ZaloChannel) -> APIRouter:
    """The routes of one OA."""
    router = APIRouter()

    @router.get("/zalo/webhook")
    async def probe() -> PlainTextResponse:
        """Zalo's console looks whether somebody is there."""
        return PlainTextResponse("ok")

    @router.post("/zalo/webhook")
    async def webhook(request: Request) -> Response:
        """Take one event."""
        return await _take(request, settings, channel)

    @router.get("/zalo/callback")
    async def callback() -> HTMLResponse:
        """Where the consent of the OA leads; the code in the address is read by the operator."""
        return HTMLResponse(_CALLBACK, headers={"Referrer-Policy": "no-referrer"})

    if settings.zalo_domain_code:

        @router.get(f"/zalo_verifier{settings.zalo_domain_code}.html")
        async def verifier() -> HTMLResponse:
            """Prove that the domain is ours: the console's own file where it was put, or ours."""
            name = f"zalo_verifier{settings.zalo_domain_code}.html"
            given = settings.data_folder / "zalo" / name
            if given.is_file():
                return HTMLResponse(given.read_bytes())
            return HTMLResponse(_VERIFIER.format(code=html.escape(settings.zalo_domain_code)))

    return router


async def _take(request: Request, settings: Settings, channel: ZaloChannel) -> Response:
    raw = await _body(request)
    body = _decoded(raw)
    if raw is None or body is None:
        return Response(status_code=200)
    event = read_event(body, raw)
    if not _accepted(request, raw, event, settings):
        await _note_refusal(channel)
        return Response(status_code=200)
    if event.oa_id and event.oa_id != settings.zalo_oa_id:
        logger.warning("zalo.event_for_another_oa event=%s", event.name)
        return Response(status_code=200)
    try:
        person = await channel.inbox.store(event, raw)
    except SQLAlchemyError:
        logger.exception("zalo.inbox_refused")
        return Response(status_code=500)
    if person is not None:
        channel.worker.wake(person)
    return Response(status_code=200)


async def _body(request: Request) -> bytes | None:
    """The bytes as they came; None where there are too many to be an event."""
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > _MOST_BYTES:
            return None
    return bytes(received)


def _decoded(raw: bytes | None) -> dict[str, Any] | None:
    try:
        body = json.loads(raw or b"")
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _accepted(request: Request, raw: bytes, event: Event, settings: Settings) -> bool:
    header = request.headers.get("X-ZEvent-Signature")
    secret = settings.zalo_oa_secret
    if is_signed(raw, header, settings.zalo_app_id, event.timestamp, secret):
        return True
    # Some report the OA's id in place of the app's: only told to the operators unless allowed.
    by_oa = is_signed(raw, header, settings.zalo_oa_id, event.timestamp, secret)
    logger.warning(
        "zalo.bad_signature event=%s bytes=%s signed_by_oa_id=%s", event.name, len(raw), by_oa
    )
    return by_oa and settings.zalo_oa_signature


async def _note_refusal(channel: ZaloChannel) -> None:
    account = channel.account
    try:
        await account.ledger.run(
            lambda session: remark(session, BAD_SIGNATURE, {}, account.clock())
        )
    except SQLAlchemyError:
        logger.exception("zalo.remark_refused")
