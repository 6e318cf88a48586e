"""`motcua zalo`: the key, the consent of the OA, and how the channel is."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar
from urllib.parse import parse_qs, urlencode, urlsplit

import typer

from api.errors import SettingsError
from api.settings import Settings, load_settings
from api.storage import open_database
from api.zalo.channel import Account, is_set_up, open_account
from api.zalo.remarks import VERIFIER, remark, remarks
from api.zalo.report import channel_report
from api.zalo.seal import new_key
from api.zalo.tokens import TokenPair, code_challenge, new_verifier
from dossiers.clock import system_clock

__all__ = ["commands"]

commands = typer.Typer(help="Kênh Zalo Official Account.", no_args_is_help=True)
Result = TypeVar("Result")


@commands.command()
def key() -> None:
    """In một khóa mới cho MOTCUA_ZALO_KEY. Giữ một bản ở nơi khác với cơ sở dữ liệu."""
    typer.echo(new_key())


@commands.command()
def connect(
    explorer: Annotated[
        bool, typer.Option("--explorer", help="Dán hai mã lấy ở API Explorer thay cho cấp quyền.")
    ] = False,
) -> None:
    """Nối với OA: người quản trị OA cấp quyền một lần, trợ lý tự làm mới về sau."""
    settings = _settings()
    if explorer:
        pair = TokenPair(
            typer.prompt("Access token", hide_input=True).strip(),
            typer.prompt("Refresh token", hide_input=True).strip(),
            90_000,
        )
        _with_account(settings, lambda account: account.tokens.keep(pair))
    else:
        verifier = _with_account(settings, _verifier)
        _show_steps(settings, verifier)
        code = _code(typer.prompt("Dán địa chỉ đó vào đây", hide_input=True), settings)
        _with_account(settings, lambda account: account.tokens.exchange(code, verifier))
    typer.echo("Đã nối. Xem tình trạng: motcua zalo status")


@commands.command()
def status() -> None:
    """Quyền gọi Zalo, hạn mức, tin đang chờ, tin gửi hỏng."""
    settings = _settings()
    for line in _with_account(settings, channel_report):
        typer.echo(line)


def _settings() -> Settings:
    settings = load_settings(os.environ)
    if not is_set_up(settings):
        raise SettingsError("Kênh Zalo chưa bật: đặt các biến MOTCUA_ZALO_… (docs/zalo.md)")
    return settings


def _with_account(settings: Settings, act: Callable[[Account], Awaitable[Result]]) -> Result:
    async def acted() -> Result:
        engine = open_database(settings.database)
        account = open_account(settings, engine, system_clock)
        try:
            return await act(account)
        finally:
            await account.close()
            engine.dispose()

    return asyncio.run(acted())


async def _verifier(account: Account) -> str:
    """The PKCE verifier, made once: its challenge stands in Zalo's console."""
    kept = (await account.ledger.run(remarks)).get(VERIFIER)
    if kept is not None:
        return str(account.seal.open(kept[0]["sealed"]))
    verifier = new_verifier()
    sealed = account.seal.close(verifier)
    await account.ledger.run(
        lambda session: remark(session, VERIFIER, {"sealed": sealed}, account.clock())
    )
    return verifier


def _show_steps(settings: Settings, verifier: str) -> None:
    callback = f"{settings.public_url or 'https://TÊN-MIỀN'}/zalo/callback"
    challenge = code_challenge(verifier)
    query = {"app_id": settings.zalo_app_id, "redirect_uri": callback, "code_challenge": challenge}
    typer.echo(
        "1. Vào developers.zalo.me, ứng dụng của bạn, Official Account, Thiết lập chung; ghi:\n"
        f"   Callback URL: {callback}\n"
        f"   Code challenge: {challenge}\n"
        "2. Người quản trị OA mở liên kết cấp quyền mà trang đó hiện ra. Nếu trang không hiện:\n"
        f"   {settings.zalo_oauth_url}/v4/oa/permission?{urlencode(query)}\n"
        "3. Đồng ý xong, trình duyệt được đưa về Callback URL có «code=…» (dùng trong 10 phút)."
    )


def _code(address: str, settings: Settings) -> str:
    """The code in the address of the redirect, which also names the OA.

    Raises:
        SettingsError: there is none, or another OA has consented.
    """
    query = parse_qs(urlsplit(address.strip()).query)
    oa_id = (query.get("oa_id") or [settings.zalo_oa_id])[0]
    if oa_id != settings.zalo_oa_id:
        raise SettingsError("OA vừa cấp quyền khác với MOTCUA_ZALO_OA_ID")
    code = (query.get("code") or [""])[0]
    if not code:
        raise SettingsError("Địa chỉ không có «code=…». Hãy chép cả địa chỉ trên trình duyệt.")
    return code
