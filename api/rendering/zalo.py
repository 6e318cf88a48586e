"""Show an Answer as messages of Zalo: plain text, short enough, choices by number."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import yaml

from api.rendering.splitting import length, split_text, take_text
from knowledge_base.answer import Answer, Block, Choice, Status, block_text
from knowledge_base.answer.blocks import File, FormBlock
from knowledge_base.form_of_address import FormOfAddress

__all__ = ["MOST_MESSAGES", "TEXT_LIMIT", "LinkedFile", "ZaloMessages", "ZaloRenderer"]

TEXT_LIMIT = 2000
"""Longer texts are refused by Zalo (error -210)."""
MOST_MESSAGES = 3
_TEXTS = Path(__file__).parent / "zalo.yml"
_BETWEEN = "\n\n"
_DOCUMENTS = (".pdf", ".doc", ".docx")


@dataclass(frozen=True)
class LinkedFile:
    """A file of this site that belongs to the answer."""

    href: str
    name: str


@dataclass(frozen=True)
class ZaloMessages:
    """What to send now, what is left for «tiếp», and the choices that numbers stand for."""

    texts: tuple[str, ...]
    rest: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    files: tuple[LinkedFile, ...] = ()


class ZaloRenderer:
    """Renders Answers; nothing of an answer is cut away, what does not fit waits for «tiếp»."""

    def __init__(
        self,
        public_url: str = "",
        *,
        procedure_path: str = "/thu-tuc/{code}",
        address: FormOfAddress = FormOfAddress.BAN,
    ) -> None:
        """Take where citizens reach this site (without it no page is linked), and their word."""
        self._site = public_url.rstrip("/")
        self._procedure_path = procedure_path
        texts: dict[str, str] = yaml.safe_load(_TEXTS.read_text("utf-8"))
        self._texts = address.throughout(texts)

    def render(self, answer: Answer) -> ZaloMessages:
        """Return the messages of an answer."""
        files = tuple(self._files(answer))
        body = _BETWEEN.join(part for part in map(self._block, answer.blocks) if part)
        sources = self._sources(answer)
        choices = self._choices(answer.choices)
        texts, rest = self._pack(body, sources, choices, max(1, MOST_MESSAGES - len(files)))
        return ZaloMessages(texts, rest, tuple(answer.choices), files)

    def continue_text(self, rest: tuple[str, ...]) -> ZaloMessages:
        """Return the next messages of what was left, and what is left then."""
        now, later = list(rest[:MOST_MESSAGES]), rest[MOST_MESSAGES:]
        if later:
            hint = self._texts["more"]
            last, cut = take_text(now[-1], TEXT_LIMIT - length(_BETWEEN + hint))
            now[-1] = last + _BETWEEN + hint
            later = (cut, *later) if cut else later
        return ZaloMessages(tuple(now), later)

    def _pack(
        self, body: str, sources: str, choices: str, most: int
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        whole = _joined(body, sources, choices)
        texts = split_text(whole, TEXT_LIMIT)
        if len(texts) == 1:
            return tuple(texts), ()
        # A list of choices torn in two is hard to read: it stays whole, behind the rest.
        texts = split_text(_joined(body, sources), TEXT_LIMIT)
        if choices and length(_joined(texts[-1], choices)) <= TEXT_LIMIT:
            texts[-1] = _joined(texts[-1], choices)
        elif choices:
            texts += split_text(choices, TEXT_LIMIT)
        if len(texts) <= most:
            return tuple(texts), ()
        return self._overflow(_joined(body, sources), choices, most)

    def _overflow(
        self, text: str, choices: str, most: int
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Fill `most` messages, the last one with the choices and the way to the remainder."""
        tail = _joined(self._texts["more"], choices)
        if length(tail) > TEXT_LIMIT // 2:
            tail = self._texts["more"]
            text = _joined(text, choices)
        now = []
        for number in range(most):
            last = number == most - 1
            room = TEXT_LIMIT - length(_BETWEEN + tail) if last else TEXT_LIMIT
            piece, text = take_text(text, room)
            now.append(_joined(piece, tail) if last else piece)
        return tuple(now), tuple(split_text(text, TEXT_LIMIT))

    def _block(self, block: Block) -> str:
        text = unicodedata.normalize("NFC", block_text(block, self._site or None))
        text = text.replace("[ ] ", self._texts["box"])
        if isinstance(block, FormBlock) and block.href and (link := self._link(block.href)):
            return f"{text}\n{link}"
        if isinstance(block, File):
            return f"{block.text}: {self._link(block.href) or self._texts['on_site']}"
        return text

    def _sources(self, answer: Answer) -> str:
        lines = []
        for source in answer.sources:
            lines.append(self._texts["source"].format(text=source.text))
            if source.url:
                lines.append(source.url)
        if answer.status == Status.ANSWERED_LIST and answer.procedure_code and self._site:
            page = self._site + self._procedure_path.format(code=answer.procedure_code)
            lines.append(self._texts["page"].format(url=page))
        return unicodedata.normalize("NFC", "\n".join(lines))

    def _choices(self, choices: list[Choice]) -> str:
        if not choices:
            return ""
        lines = [
            f"{number}. {' '.join(choice.label.split())}"
            for number, choice in enumerate(choices, 1)
        ]
        return unicodedata.normalize("NFC", "\n".join([self._texts["choose"], *lines]))

    def _link(self, href: str) -> str:
        """The address for a citizen's phone; a page of this site needs the site's own address."""
        if href.startswith(("https://", "http://")):
            return href
        return urljoin(self._site + "/", href) if self._site and href.startswith("/") else ""

    def _files(self, answer: Answer) -> list[LinkedFile]:
        """Documents of this site: they may be sent as files besides their links."""
        return [
            LinkedFile(block.href, block.text)
            for block in answer.blocks
            if isinstance(block, File)
            and block.href.startswith("/")
            and urlsplit(block.href).path.lower().endswith(_DOCUMENTS)
        ][: MOST_MESSAGES - 1]


def _joined(*parts: str) -> str:
    return _BETWEEN.join(part for part in parts if part)
