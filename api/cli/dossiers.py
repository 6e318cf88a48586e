"""`motcua dossiers`: import, look up as an officer, late ones, figures, slips, notices.

Whoever may run a command on the server counts as signed in: nothing is hidden from the terminal but
the secrets, which nobody sees. Nothing that names a person is in the registry to begin with.
"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.cli.dossier_figures import figures
from api.cli.dossier_printing import code_argument, print_explanation, print_slip
from api.errors import CommandError
from api.settings import Settings, load_settings
from dossiers.clock import in_vietnam, system_clock
from dossiers.codes import parse_code
from dossiers.connectors.chosen import SourceKind
from dossiers.desk import DossierDesk, build_desk
from dossiers.disclosure import Outcome
from dossiers.due_proposals import due_proposals
from dossiers.errors import SourceError
from dossiers.importers.report import ImportReport
from dossiers.slips import SlipKind
from dossiers.status import Status, read_status

__all__ = ["commands", "open_desk"]

commands = typer.Typer(help="Hồ sơ: nhập, xem, số liệu, báo tin.", no_args_is_help=True)
commands.command("figures")(figures)
_SHOWN = 20
_MOMENT = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]


def open_desk(settings: Settings) -> DossierDesk:
    """Open the registry that `settings` name, without examples."""
    return build_desk(
        settings.database, settings.dossier_key, system_clock, source=settings.dossier_source
    )


def _desk() -> DossierDesk:
    return open_desk(load_settings(os.environ))


@commands.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="Tệp .csv, .xlsx hoặc .json.")],
    source: Annotated[
        str, typer.Option(help="Tên hệ thống xuất tệp, người dân sẽ đọc.")
    ] = "Tệp của bộ phận một cửa",
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=[*_MOMENT, "%Y-%m-%d"],
            help="Lúc hệ thống xuất tệp; không ghi thì lấy giờ sửa tệp.",
        ),
    ] = None,
) -> None:
    """Nhập hồ sơ; bảng, JSON và hai dạng đồng bộ quốc gia. Nhập lại không sao."""
    if as_of is None and file.is_file():
        as_of = datetime.fromtimestamp(file.stat().st_mtime, tz=system_clock().tzinfo)
    moment = in_vietnam(as_of or system_clock())
    desk = _desk()
    report = desk.importer.import_file(file, source=source, as_of=moment)
    _print_report(report)
    told = desk.notices.collect()
    typer.echo(f"Tin báo cho người theo dõi: {told}")
    raise typer.Exit(1 if report.refused else 0)


def _print_report(report: ImportReport) -> None:
    counts = report.counts
    typer.echo(f"Đọc {report.read}, nhận {report.accepted}, từ chối {report.refused}")
    typer.echo(f"Mới {counts.added}, đổi {counts.changed}, như cũ {counts.unchanged}")
    for column, number in sorted(report.dropped.items()):
        typer.echo(f"Không giữ (thông tin cá nhân): cột «{column}», {number} ô")
    for column in sorted(report.ignored):
        typer.echo(f"Không biết cột «{column}», đã bỏ qua")
    for problem in report.problems[:_SHOWN]:
        typer.echo(f"{'Lưu ý' if problem.is_warning else 'Từ chối'}: {problem}")
    if len(report.problems) > _SHOWN:
        typer.echo(f"… và {len(report.problems) - _SHOWN} điều nữa")


@commands.command("stats")
def stats() -> None:
    """Đếm hồ sơ theo trạng thái, gốc mã cơ quan, nguồn; và lỗi dữ liệu."""
    desk = _desk()
    statuses, roots, sources = Counter[Status](), Counter[str](), Counter[str]()
    for record in desk.registry:
        statuses[record.status] += 1
        sources[record.source_system] += 1
        code = parse_code(record.code)
        if code is not None:
            now = desk.agencies.present_root(code.root)
            roots[now if now == code.root else f"{now} (mã cũ {code.root})"] += 1
    typer.echo(f"{statuses.total()} hồ sơ")
    for status, number in sorted(statuses.items()):
        typer.echo(f"  {number:7d}  {int(status)}. {status.label}")
    for title, counts in (("Gốc mã cơ quan", roots), ("Nguồn", sources)):
        typer.echo(title)
        for name, number in counts.most_common():
            typer.echo(f"  {number:7d}  {name}")
    problems = desk.registry.problems(limit=_SHOWN)
    typer.echo(f"Lỗi dữ liệu cần kiểm tra (mới nhất, không quá {_SHOWN}): {len(problems)}")
    for where, problem in problems:
        typer.echo(f"  {where}: {problem.message} (nguồn: {problem.source or 'chưa rõ'})")


@commands.command("late")
def late() -> None:
    """Liệt kê hồ sơ quá hạn mà chưa có văn bản xin lỗi."""
    desk = _desk()
    codes = desk.registry.late_without_apology(system_clock())
    for code in codes:
        record = desk.registry.get(code)
        if record is not None and record.due_at is not None:
            unit = record.agency_deciding or "chưa rõ cơ quan"
            typer.echo(f"{code}  hẹn {in_vietnam(record.due_at):%d/%m/%Y}  {unit}")
    typer.echo(f"{len(codes)} hồ sơ quá hạn chưa có văn bản xin lỗi")


@commands.command("show")
def show(code: Annotated[str, typer.Argument(help="Mã hồ sơ.")]) -> None:
    """In một hồ sơ như cán bộ thấy: người chạy lệnh trên máy chủ được coi là đã đăng nhập."""
    desk, parsed = _desk(), code_argument(code)
    found, explanation = desk.look_up_as_officer(parsed)
    if found.outcome is not Outcome.SHOWN or found.view is None:
        raise CommandError(explanation.headline)
    print_explanation(explanation)
    now = desk.agencies.present_root(parsed.root)
    if now != parsed.root:
        typer.echo(f"Gốc mã {parsed.root} là mã cũ, nay là {now}.")
    for step in found.view.record.steps if found.view.record else ():
        if step.text:
            typer.echo(f"Ý kiến {in_vietnam(step.at):%d/%m/%Y}: {step.text}")


@commands.command("status")
def status(
    code: Annotated[str, typer.Argument(help="Mã hồ sơ.")],
    told: Annotated[str, typer.Argument(metavar="N", help="Trạng thái 1–10 hoặc tên.")],
    unit: Annotated[str | None, typer.Option(help="Bộ phận đang giữ.")] = None,
    at: Annotated[
        datetime | None,
        typer.Option(formats=_MOMENT, help="Lúc nào; không ghi: bây giờ."),
    ] = None,
) -> None:
    """Ghi một trạng thái mới; bước chuyển trái quy trình được ghi lại và báo lỗi."""
    reading = read_status(told)
    if reading is None or reading.status is None:
        raise CommandError(f"«{told}»: cần một số từ 1 đến 10 hoặc tên trạng thái rõ nghĩa")
    desk, parsed = _desk(), code_argument(code)
    moment = in_vietnam(at) if at else system_clock()
    change = desk.registry.record_status(
        parsed.code, reading.status, moment, unit=unit, source="motcua dossiers status"
    )
    typer.echo(f"{parsed.code}: {change.record.status.label}")
    typer.echo(f"Tin báo cho người theo dõi: {desk.notices.collect()}")
    if change.problem is not None:
        typer.echo(f"Lỗi dữ liệu: {change.problem.message}")
        raise typer.Exit(1)


@commands.command("slip")
def slip(
    code: Annotated[str, typer.Argument(help="Mã hồ sơ.")],
    output: Annotated[Path, typer.Option(help="Tệp ghi ra, đuôi .html hoặc .pdf.")],
    kind: Annotated[SlipKind, typer.Option(help="Phiếu nào.")] = SlipKind.RECEIPT,
) -> None:
    """In phiếu «bản tham khảo»: giấy hẹn, yêu cầu bổ sung, xin lỗi, kiểm soát."""
    desk = _desk()
    found, explanation = desk.look_up_as_officer(code_argument(code))
    if found.view is None:
        raise CommandError(explanation.headline)
    print_slip(desk.slips.make(kind, found.view), output)
    typer.echo(f"Đã ghi {output}")


@commands.command("notices")
def notices(
    code: Annotated[str | None, typer.Option(help="Chỉ hồ sơ này.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Số tin in ra.")] = 100,
    collect: Annotated[bool, typer.Option("--collect", help="Xem có tin mới trước đã.")] = False,
) -> None:
    """Liệt kê tin đã gửi và đang chờ cho người theo dõi hồ sơ."""
    desk = _desk()
    if collect:
        typer.echo(f"Tin mới: {desk.notices.collect()}")
    for notice in desk.notices.listed(code=code, limit=limit):
        sent = "đang chờ"
        if notice.sent_at is not None:
            sent = f"đã gửi {in_vietnam(notice.sent_at):%d/%m/%Y %H:%M} ({notice.sent_how})"
        made = f"{in_vietnam(notice.made_at):%d/%m/%Y %H:%M}"
        typer.echo(f"{made}  {notice.code}  {notice.channel}  {sent}  {notice.text}")


@commands.command("proposals")
def proposals() -> None:
    """Liệt kê ngày hẹn tính theo lịch cũ mà lịch mới cho ngày khác; không tự sửa ngày nào."""
    desk = _desk()
    found = list(due_proposals(desk.registry, desk.calendar))
    for one in found:
        proposed = one.proposed.due_at
        told = f"{in_vietnam(proposed):%d/%m/%Y}" if proposed else "chưa tính được"
        expected = " (dự kiến)" if one.proposed.provisional else ""
        typer.echo(f"{one.code}: đã hẹn {one.promised:%d/%m/%Y}, nay tính ra {told}{expected}")
    typer.echo(f"{len(found)} ngày hẹn cần xem lại")


@commands.command("check-source")
def check_source(
    code: Annotated[str | None, typer.Argument(help="Một mã hồ sơ có thật để hỏi thử.")] = None,
) -> None:
    """Hỏi thử hệ thống hồ sơ đã chọn trong thiết lập; không in bí mật nào."""
    settings = load_settings(os.environ).dossier_source
    desk = _desk()
    if settings.kind is SourceKind.LOCAL or desk.chosen.remote is None:
        typer.echo(f"Nguồn: sổ tại chỗ, {len(desk.registry)} hồ sơ")
        return
    typer.echo(f"Nguồn: {settings.kind}, {settings.name}, {settings.url}")
    asked = code_argument(code).code if code else f"H05.00-{date.today():%y%m%d}-0000"
    try:
        found = desk.chosen.remote.find(asked)
    except SourceError as error:
        state = " Đã tạm ngừng hỏi hệ thống này." if desk.chosen.breaker.is_open else ""
        raise CommandError(f"Không hỏi được. {error}.{state}") from error
    if found is None:
        typer.echo(f"Hệ thống trả lời: không có hồ sơ {asked}.")
        return
    typer.echo(f"Hệ thống trả lời: {asked}, {found.record.status.label}")
