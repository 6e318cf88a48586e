"""`motcua form` and `motcua forms`: forms to print, blank, as an example, or filled in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from knowledge_base.forms import check_answers, find_example, load_forms
from knowledge_base.forms.model import Form
from knowledge_base.forms.rendering import (
    Sheet,
    blank_sheet,
    example_sheet,
    filled_sheet,
    render_docx,
    render_pdf,
)

__all__ = ["form", "forms"]

_WAYS = "Chọn đúng một trong --blank, --example và --fill."


def forms(
    procedure: Annotated[str | None, typer.Option(help="Chỉ các mẫu của thủ tục này.")] = None,
) -> None:
    """Liệt kê các mẫu đơn, tờ khai và ví dụ của từng mẫu."""
    library = load_forms()
    for entry in library if procedure is None else library.for_procedure(procedure):
        number = f" ({entry.number})" if entry.number else ""
        typer.echo(f"{entry.id}: {entry.name}{number}")
        share = f"{len(entry.unchecked)}/{len(entry.fields)}"
        typer.echo(f"  {entry.mark}; {share} mục chưa kiểm được ở nguồn nào")
        for example in entry.examples:
            typer.echo(f"  --example {example.id}: {example.title}")


def form(
    name: Annotated[str, typer.Argument(metavar="FORM", help="Mã, số hiệu hoặc tên mẫu.")],
    output: Annotated[Path, typer.Option(help="Tệp ghi ra, đuôi .docx hoặc .pdf.")],
    example: Annotated[str | None, typer.Option(help="In ví dụ này.")] = None,
    blank: Annotated[bool, typer.Option("--blank", help="In mẫu trống kèm cách ghi.")] = False,
    fill: Annotated[
        Path | None, typer.Option(help="Tệp JSON: mã mục → nội dung.", exists=True)
    ] = None,
) -> None:
    """Tạo một mẫu trống, một ví dụ, hoặc một mẫu đã điền. Không điền cam đoan và chữ ký."""
    if [example is not None, blank, fill is not None].count(True) != 1:
        raise typer.BadParameter(_WAYS)
    render = {".docx": render_docx, ".pdf": render_pdf}.get(output.suffix.lower())
    if render is None:
        raise typer.BadParameter("Tệp ghi ra phải có đuôi .docx hoặc .pdf.", param_hint="--output")
    output.write_bytes(render(_sheet(load_forms().get(name), example, fill)))
    typer.echo(f"Đã ghi {output}")


def _sheet(entry: Form, example: str | None, fill: Path | None) -> Sheet:
    if example is not None:
        return example_sheet(entry, find_example(entry, example))
    if fill is None:
        return blank_sheet(entry)
    return filled_sheet(check_answers(entry, _read_answers(fill)))


def _read_answers(path: Path) -> dict[str, object]:
    try:
        answers = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise typer.BadParameter(f"{path} không phải JSON hợp lệ.", param_hint="--fill") from error
    if not isinstance(answers, dict):
        raise typer.BadParameter(
            f"{path} phải là một nhóm «mã mục: nội dung».", param_hint="--fill"
        )
    return answers
