"""`python -m knowledge_base.forms.make_templates`: the `template.docx` of every form.

The templates follow `form.yml`, so that a form asks the same in DOCX, in PDF and in the dialogue.
They are written the same byte for byte each time. A form whose official DOCX is at hand may
have a template made by hand instead: name it in `HAND_MADE`, with the same names as below
(`value.<field>`, `rows.<table>`, `remark.<field>`, `banners`, `introduction`, `footnotes`).
"""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from knowledge_base.forms.library import FORMS_FOLDER, load_forms
from knowledge_base.forms.model import Field, FieldType, Form
from knowledge_base.forms.rendering.docx import TEMPLATE_NAME
from knowledge_base.forms.rendering.sheet import text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

__all__ = ["HAND_MADE", "build_template", "main"]

HAND_MADE: frozenset[str] = frozenset()
"""Ids of forms whose template is not made here."""

_FONT = "Times New Roman"
_MANY_COLUMNS = 6
"""A date stays on one line in a table of more columns only in smaller type."""

_FIXED_TIME = (2026, 1, 1, 0, 0, 0)


def build_template(form: Form) -> bytes:
    """The template of one form."""
    document = docx.Document()
    _set_page(document, form)
    _repeat(document, "banners", bold=True, centred=True)
    title = document.add_heading(form.name.upper(), level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _repeat(document, "introduction", size=11)
    for section in form.sections:
        document.add_heading(section.title, level=2)
        if section.note:
            _small(document, section.note)
        for field in section.fields:
            _add_field(document, field)
    _repeat(document, "footnotes", size=9)
    buffer = io.BytesIO()
    document.save(buffer)
    return _same_every_time(buffer.getvalue())


def _set_page(document: Document, form: Form) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(22), Mm(16)
    page.top_margin, page.bottom_margin = Mm(18), Mm(18)
    for name in ("Normal", "Heading 1", "Heading 2"):
        _set_font(document, name, Pt({"Normal": 12.5, "Heading 1": 16}.get(name, 13)))
    document.styles["Normal"].paragraph_format.space_after = Pt(3)
    properties = document.core_properties
    properties.title, properties.subject = form.name, form.mark
    properties.language = "vi-VN"
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = datetime(*_FIXED_TIME)


def _set_font(document: Document, style_name: str, size: Pt) -> None:
    style = document.styles[style_name]
    style.font.name, style.font.size, style.font.color.rgb = (
        _FONT,
        size,
        docx.shared.RGBColor(0, 0, 0),
    )
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        if "Theme" in name:
            del fonts.attrib[name]
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    properties.append(language)


def _add_field(document: Document, field: Field) -> None:
    label = field.label if field.layout_checked else f"{field.label} (*)"
    if field.type == FieldType.DECLARATION:
        paragraph = document.add_paragraph(label)
        paragraph.add_run(f" {text('by_hand')}").italic = True
    elif field.type == FieldType.SIGNATURE:
        _add_signature(document, label)
    elif field.type == FieldType.TABLE:
        _add_table(document, field, label)
    else:
        paragraph = document.add_paragraph(f"{label}: ")
        tabs = paragraph.paragraph_format.tab_stops
        tabs.add_tab_stop(Mm(172), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        paragraph.add_run(f"{{{{ value.{field.id} }}}}").bold = True
    document.add_paragraph(f"{{%p if remark.{field.id} %}}")
    _small(document, f"{{{{ remark.{field.id} }}}}").paragraph_format.left_indent = Mm(8)
    document.add_paragraph("{%p endif %}")


def _add_signature(document: Document, label: str) -> None:
    for line, blank_after in ((label, Pt(0)), (text("sign"), Pt(48))):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.space_after = blank_after
        paragraph.add_run(line).italic = line != label


def _add_table(document: Document, field: Field, label: str) -> None:
    document.add_paragraph(label).paragraph_format.keep_with_next = True
    table = document.add_table(rows=4, cols=len(field.columns), style="Table Grid")
    size = Pt(8 if len(field.columns) > _MANY_COLUMNS else 10.5)
    for position, column in enumerate(field.columns):
        head, cell = table.cell(0, position), table.cell(2, position)
        head.paragraphs[0].add_run(column.label).font.size = size
        cell.paragraphs[0].add_run(f"{{{{ row.{column.id} }}}}").font.size = size
    table.cell(1, 0).text = f"{{%tr for row in rows.{field.id} %}}"
    table.cell(3, 0).text = "{%tr endfor %}"
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)


def _repeat(
    document: Document, name: str, *, size: float = 12, bold: bool = False, centred: bool = False
) -> None:
    document.add_paragraph(f"{{%p for line in {name} %}}")
    paragraph = document.add_paragraph()
    run = paragraph.add_run("{{ line }}")
    run.bold, run.font.size = bold, Pt(size)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph("{%p endfor %}")


def _small(document: Document, line: str) -> Paragraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(line)
    run.italic, run.font.size = True, Pt(10.5)
    return paragraph


def _same_every_time(blob: bytes) -> bytes:
    """The same archive with the parts in order and without the time of writing."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(blob)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(
                zipfile.ZipInfo(name, _FIXED_TIME), source.read(name), zipfile.ZIP_DEFLATED
            )
    return buffer.getvalue()


def main(folder: Path = FORMS_FOLDER) -> None:
    """Write the template of every form that is not made by hand."""
    for form in load_forms(folder):
        if form.id in HAND_MADE:
            continue
        path = folder / form.id / TEMPLATE_NAME
        path.write_bytes(build_template(form))
        sys.stdout.write(f"{path.relative_to(folder)}\n")


if __name__ == "__main__":
    main()
