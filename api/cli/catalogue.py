"""`motcua catalogue`: import, index, check, show, stats, schema, audit."""

from __future__ import annotations

import os
import time
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.settings import load_settings
from knowledge_base.audit import (
    AuditInputs,
    ReportFormat,
    RuleId,
    Severity,
    audit,
    read_postings,
    read_records,
    render,
    worked_examples,
)
from knowledge_base.catalogue import (
    INDEX_FILE,
    load_catalogue,
    read_imported,
    write_imported,
    write_index,
)
from knowledge_base.errors import GuidanceError
from knowledge_base.forms import load_forms
from knowledge_base.guidance import guidance_schema, load_guidance
from knowledge_base.importers import is_national_export, read_list, read_national_export

__all__ = ["commands"]

commands = typer.Typer(help="Danh mục thủ tục.", no_args_is_help=True)


def _folder() -> Path:
    return load_settings(os.environ).data_folder / "catalogue"


@commands.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="Bản xuất quốc gia (.jsonl[.gz]) hoặc danh sách.")],
    province: Annotated[str | None, typer.Option(help="Tên tỉnh, thành phố của danh sách.")] = None,
    checked_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Ngày lấy dữ liệu.")
    ] = None,
    report: Annotated[bool, typer.Option("--report", help="In bản tường thuật đầy đủ.")] = False,
) -> None:
    """Nhập dữ liệu vào thư mục của đơn vị vận hành (var/catalogue)."""
    started = time.perf_counter()
    is_list = not is_national_export(file)
    if is_list:
        procedures, done = read_list(file, province=province)
    else:
        day = checked_on.date() if checked_on else None
        procedures, done = read_national_export(file, checked_on=day)
    name = f"list-{file.name.partition('.')[0]}" if is_list else "national"
    target = _folder() / f"{name}.jsonl.gz"
    changed = write_imported(target, procedures)
    seconds = time.perf_counter() - started
    lines = done.lines()
    typer.echo("\n".join(lines if report else lines[:1]))
    state = "đã ghi" if changed else "không đổi"
    typer.echo(f"{len(procedures)} thủ tục → {target} ({state}, {seconds:.1f} giây)")


@commands.command("index")
def index() -> None:
    """Ghi lại chỉ mục tên thủ tục (national_index.csv) từ các bản đã nhập."""
    procedures = [
        procedure
        for path in sorted(_folder().glob("national*.jsonl.gz"))
        for procedure in read_imported(path)
    ]
    typer.echo(f"{write_index(INDEX_FILE, procedures)} thủ tục → {INDEX_FILE.name}")


@commands.command("stats")
def stats(fields: Annotated[int, typer.Option(help="Số lĩnh vực in ra.")] = 20) -> None:
    """Đếm thủ tục theo nguồn, cấp, mức chi tiết, lĩnh vực."""
    catalogue = load_catalogue(_folder())
    typer.echo(f"{len(catalogue)} thủ tục")
    for group, counts in catalogue.stats().items():
        typer.echo(f"\n{group}")
        for name, count in list(counts.items())[:fields]:
            typer.echo(f"  {count:6d}  {name}")


@commands.command("show")
def show(code: Annotated[str, typer.Argument(help="Mã thủ tục, ví dụ 1.001193.")]) -> None:
    """In mọi điều danh mục biết về một thủ tục (JSON)."""
    procedure = load_catalogue(_folder()).get(code)
    typer.echo(procedure.model_dump_json(indent=2, exclude_defaults=True))


@commands.command("check")
def check(files: Annotated[list[Path], typer.Argument(help="Tệp hướng dẫn .yml.")]) -> None:
    """Kiểm tra tệp hướng dẫn, nói rõ dòng nào sai và cần gì."""
    wrong = 0
    for file in files:
        try:
            guidance = load_guidance(file)
        except GuidanceError as error:
            wrong += 1
            typer.echo(str(error))
        else:
            typer.echo(f"{file}: đúng ({guidance.name})")
    raise typer.Exit(1 if wrong else 0)


@commands.command("schema")
def schema() -> None:
    """In JSON Schema của tệp hướng dẫn, cho trình soạn thảo."""
    typer.echo(guidance_schema(), nl=False)


@commands.command("audit")
def audit_records(
    form: Annotated[
        ReportFormat, typer.Option("--format", help="Dạng báo cáo.")
    ] = ReportFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option(help="Tệp ghi báo cáo (xlsx thì bắt buộc).")
    ] = None,
    rule: Annotated[
        list[RuleId] | None,
        typer.Option(case_sensitive=False, help="Chỉ quy tắc này; lặp lại được."),
    ] = None,
    severity: Annotated[
        list[Severity] | None, typer.Option(help="Chỉ mức này; lặp lại được.")
    ] = None,
    postings: Annotated[
        Path | None, typer.Option(help="Sổ niêm yết (CSV: code, posted_on, decision) cho A15.")
    ] = None,
) -> None:
    """Soát từng bản ghi (hướng dẫn và đã nhập) trước khi công bố: A01 đến A16."""
    if form is ReportFormat.XLSX and output is None:
        raise typer.BadParameter("xlsx cần --output TỆP.xlsx", param_hint="--format")
    records, local = read_records(_folder())
    inputs = AuditInputs(
        records=records,
        today=date.today(),
        local=local,
        worked_examples=worked_examples(load_forms()),
        postings=read_postings(postings) if postings else None,
    )
    report = audit(inputs, rule or ()).of_severity(severity or list(Severity))
    content = render(report, form)
    if output is None:
        typer.echo(content.decode(), nl=False)
    else:
        output.write_bytes(content)
        typer.echo(f"{len(report.findings)} phát hiện → {output}")
