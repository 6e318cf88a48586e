"""Render an Answer as plain text: for the terminal, and for channels that have nothing richer."""

from __future__ import annotations

from knowledge_base.answer.blocks import (
    Answer,
    Block,
    Checklist,
    Contact,
    DossierBlock,
    Fact,
    Facts,
    File,
    FormBlock,
    Heading,
    Paragraph,
    Steps,
    Warn,
)

__all__ = ["FORM_PATH", "block_text", "plain_text"]

FORM_PATH = "/bieu-mau/{form}"
"""Where the site shows a form of the library; a channel puts its own host before it."""


def plain_text(answer: Answer) -> str:
    """Return the whole answer as text: blocks, numbered choices, sources."""
    parts = [block_text(block) for block in answer.blocks]
    if answer.choices:
        parts.append("\n".join(f"{n}. {c.label}" for n, c in enumerate(answer.choices, start=1)))
    if answer.sources:
        lines = []
        for source in answer.sources:
            lines.append(f"Nguồn: {source.text}")
            if source.url:
                lines.append(f"  {source.url}")
        parts.append("\n".join(lines))
    return "\n\n".join(part for part in parts if part)


def block_text(block: Block, site: str | None = "") -> str:
    """Return one block as text; pages of the site are named from `site` on, or not at all."""
    match block:
        case Heading():
            return block.text.upper()
        case Paragraph():
            return block.text
        case Warn():
            return f"Lưu ý: {block.text}"
        case Facts():
            return _titled(block.title, [f"- {_row(row)}" for row in block.rows])
        case Checklist():
            return _titled(block.title, _checklist(block))
        case Steps():
            entries = [f"{n}. {entry}" for n, entry in enumerate(block.entries, start=1)]
            return _titled(block.title, entries)
        case FormBlock():
            return _form(block, site)
        case DossierBlock():
            rows = [f"- {_row(row)}" for row in block.rows]
            steps = [f"→ {step}" for step in block.next_steps]
            return "\n".join([f"{block.code}: {block.headline}", *rows, *steps])
        case File():
            return f"{block.text}: {block.href}"
        case Contact():
            parts = [part for part in (block.name, block.phone, block.note) if part]
            return " – ".join(parts)


def _form(block: FormBlock, site: str | None) -> str:
    name = f"Mẫu: {block.name}" + (f" ({block.detail})" if block.detail else "")
    if block.form_id is None or site is None:
        return name
    return f"{name}\nCách điền, ví dụ và tải mẫu: {site}{FORM_PATH.format(form=block.form_id)}"


def _row(row: Fact) -> str:
    if not row.label:
        return row.value
    # A question that was answered keeps its own mark: «… bằng cách nào? Qua mạng».
    return f"{row.label} {row.value}" if row.label.endswith("?") else f"{row.label}: {row.value}"


def _titled(title: str | None, lines: list[str]) -> str:
    return "\n".join([f"{title}:", *lines] if title else lines)


def _checklist(block: Checklist) -> list[str]:
    lines = []
    for entry in block.entries:
        quantity = f" ({entry.quantity})" if entry.quantity else ""
        lines.append(f"[ ] {entry.text}{quantity}")
        if entry.note:
            lines += [f"    {line}" for line in entry.note.split("\n")]
    return lines
