"""`motcua places`: communes and the offices that receive dossiers there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from api.settings import load_settings
from knowledge_base.places import find_places, load_offices, load_place_book, read_offices
from knowledge_base.places.offices import OFFICES_FILE, write_offices

__all__ = ["commands"]

commands = typer.Typer(help="Xã, phường và nơi tiếp nhận hồ sơ.", no_args_is_help=True)


@commands.command("import")
def import_offices(
    file: Annotated[Path, typer.Argument(help="Bảng .xlsx hoặc .csv, mỗi dòng một nơi.")],
) -> None:
    """Nhập nơi tiếp nhận hồ sơ; nơi cũ của các tỉnh có trong bảng được thay hết."""
    offices = read_offices(file, load_place_book())
    target = load_settings(os.environ).data_folder / OFFICES_FILE
    provinces = {office.unit.province for office in offices}
    kept = [office for office in load_offices(target) if office.unit.province not in provinces]
    write_offices(target, [*kept, *offices])
    typer.echo(f"{len(offices)} nơi tiếp nhận của {len(provinces)} tỉnh, thành phố → {target}")
    typer.echo("Khởi động lại ứng dụng để các trang dùng bảng mới.")


@commands.command("find")
def find(words: Annotated[list[str], typer.Argument(help="Tên xã, phường cũ hoặc mới.")]) -> None:
    """Cho biết xã, phường cũ nay là đâu."""
    matches = find_places(" ".join(words))
    if not matches:
        typer.echo("Không tìm thấy xã, phường nào mang tên này.")
    for match in matches:
        now = "; ".join(map(str, match.now)) or "chưa có trong bảng"
        typer.echo(f"{match.old} → {now}" if match.old else now)
