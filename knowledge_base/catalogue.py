"""The catalogue: every procedure that is known, each from its best source.

A guidance file wins over a national record, a national record over a list, a list over the shipped
index; each procedure keeps all its sources. The catalogue is immutable once built.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pydantic import TypeAdapter

from knowledge_base.errors import ImportFileError, UnknownProcedureError
from knowledge_base.guidance import PROCEDURES_FOLDER, load_guidance_folder
from knowledge_base.procedure import Detail, Level, Procedure, Source, SourceKind

__all__ = ["INDEX_FILE", "Catalogue", "load_catalogue", "read_imported", "write_imported"]

INDEX_FILE = Path(__file__).parent / "national_index.csv"
_INDEX_COLUMNS = ("code", "official_name", "field", "level", "agency_kind", "portal_url")
_RANK = {kind: rank for rank, kind in enumerate(SourceKind)}
_PROCEDURES = TypeAdapter(Procedure)
_KINDS = (
    ("Công an", "công an"),
    ("Ủy ban nhân dân", "ủy ban nhân dân"),
    ("Tòa án", "tòa án"),
    ("Bảo hiểm xã hội", "bảo hiểm xã hội"),
    ("thuế", "cơ quan thuế"),
    ("Thuế", "cơ quan thuế"),
    ("Hải quan", "hải quan"),
    ("Ngân hàng", "ngân hàng nhà nước"),
    ("Sở", "sở"),
    ("Bộ", "bộ"),
    ("Cục", "cục"),
)


class Catalogue:
    """Procedures by code."""

    def __init__(self, procedures: Iterable[Procedure]) -> None:
        """Merge `procedures`: of several with one code the best source wins, all are kept."""
        grouped: dict[str, list[Procedure]] = {}
        for procedure in procedures:
            grouped.setdefault(procedure.code, []).append(procedure)
        self._procedures = {code: _merge(grouped[code]) for code in sorted(grouped)}

    def __len__(self) -> int:
        return len(self._procedures)

    def __iter__(self) -> Iterator[Procedure]:
        return iter(self._procedures.values())

    def __contains__(self, code: object) -> bool:
        return code in self._procedures

    def get(self, code: str) -> Procedure:
        """Return the procedure with this code; a local suffix (`.000.00.00.H36`) is ignored.

        Raises:
            UnknownProcedureError: there is none.
        """
        short = re.sub(r"^([1-9]\.\d{6})\..*$", r"\1", code.strip())
        if short not in self._procedures:
            raise UnknownProcedureError(code)
        return self._procedures[short]

    def find(self, code: str) -> Procedure | None:
        """Return the procedure with this code, or None."""
        try:
            return self.get(code)
        except UnknownProcedureError:
            return None

    def stats(self) -> dict[str, dict[str, int]]:
        """Counts by winning source, level, detail and field (most common first)."""
        by_source = Counter(str(procedure.source.kind) for procedure in self)
        by_level = Counter("+".join(procedure.levels) or "chưa rõ" for procedure in self)
        by_detail = Counter(str(procedure.detail) for procedure in self)
        by_field = Counter(procedure.field for procedure in self)
        return {
            "source": dict(by_source.most_common()),
            "level": dict(by_level.most_common()),
            "detail": dict(by_detail.most_common()),
            "field": dict(by_field.most_common()),
        }


def _merge(versions: Sequence[Procedure]) -> Procedure:
    ordered = sorted(versions, key=lambda version: _RANK[version.source.kind])
    best = ordered[0]
    if len(ordered) == 1:
        return best
    sources: list[Source] = []
    for version in ordered:
        sources += [source for source in version.sources if source not in sources]
    provinces = list(dict.fromkeys(p for version in ordered for p in version.provinces))
    # A list's bare record adds its province and, where the winner has none, the agency. A guidance
    # file names its offices itself: the record's agencies may be units that are no more.
    known = () if best.source.kind == SourceKind.GUIDANCE else ordered
    agencies = best.agencies or next((v.agencies for v in known if v.agencies), [])
    return best.model_copy(
        update={"sources": sources, "provinces": provinces, "agencies": agencies}
    )


def load_catalogue(
    data_folder: Path | None = None,
    *,
    guidance_folder: Path = PROCEDURES_FOLDER,
    index_file: Path = INDEX_FILE,
) -> Catalogue:
    """Build the catalogue from guidance files, imports in `data_folder` and the shipped index.

    Raises:
        GuidanceError: a guidance file is wrong.
        ImportFileError: an imported file is damaged.
    """
    procedures: list[Procedure] = list(load_guidance_folder(guidance_folder))
    if data_folder is not None and data_folder.is_dir():
        for path in sorted(data_folder.glob("*.jsonl.gz")):
            procedures += read_imported(path)
    if index_file.is_file():
        procedures += read_index(index_file)
    return Catalogue(procedures)


def write_imported(path: Path, procedures: Sequence[Procedure]) -> bool:
    """Write `procedures` as compressed JSON lines; tell whether the file changed.

    The bytes depend on the procedures alone, so importing the same data twice changes nothing.
    """
    lines = (procedure.model_dump_json(exclude_defaults=True) for procedure in procedures)
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as stream:
        for line in lines:
            stream.write(line.encode() + b"\n")
    data = buffer.getvalue()
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part")
    temporary.write_bytes(data)
    temporary.replace(path)
    return True


def read_imported(path: Path) -> list[Procedure]:
    """Read what `write_imported` wrote.

    Raises:
        ImportFileError: the file is damaged or of an older form.
    """
    try:
        with gzip.open(path, "rb") as stream:
            return [_PROCEDURES.validate_json(line) for line in stream]
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise ImportFileError(
            f"{path}: bản nhập hỏng hoặc đã cũ; chạy lại «motcua catalogue import»"
        ) from error


def write_index(path: Path, procedures: Iterable[Procedure]) -> int:
    """Write the index of facts (code, name, field, level, kind of agency, address)."""
    rows = [
        (
            procedure.code,
            procedure.official_name,
            procedure.field,
            "+".join(procedure.levels),
            _agency_kind(procedure),
            procedure.online_url or "",
        )
        for procedure in procedures
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_INDEX_COLUMNS)
        writer.writerows(sorted(rows))
    return len(rows)


def read_index(path: Path) -> list[Procedure]:
    """Read the shipped index into bare procedures.

    Raises:
        ImportFileError: a column is missing.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ()) != _INDEX_COLUMNS:
            raise ImportFileError(f"{path}:1: cần các cột {', '.join(_INDEX_COLUMNS)}")
        return [_from_index(row) for row in reader]


def _from_index(row: dict[str, str]) -> Procedure:
    name = re.sub(r"^\W*thủ tục(?: hành chính)?\W+(?=\w)", "", row["official_name"], flags=re.I)
    return Procedure(
        code=row["code"],
        name=name[:1].upper() + name[1:],
        official_name=row["official_name"],
        field=row["field"],
        levels=[Level(level) for level in row["level"].split("+") if level],
        agencies=[row["agency_kind"]] if row["agency_kind"] else [],
        online_url=row["portal_url"] or None,
        detail=Detail.BARE,
        sources=[Source(kind=SourceKind.INDEX, url=row["portal_url"] or None)],
    )


def _agency_kind(procedure: Procedure) -> str:
    """The kind of agency («công an», «sở»…), the first that its agencies name."""
    named = " ".join([*procedure.agencies, *(office.name for office in procedure.offices)])
    return next((kind for word, kind in _KINDS if word in named), "")
