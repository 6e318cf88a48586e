"""Render turns of a conversation as HTML, to be read with or without JavaScript; no routes here."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

import jinja2
import yaml
from pydantic import BaseModel

from knowledge_base.answer.blocks import Answer, Fact, SourceNote
from knowledge_base.form_of_address import FormOfAddress

__all__ = ["EMBED_SCRIPT", "HtmlRenderer", "Turn"]

_API_FOLDER = Path(__file__).parent.parent
_TEMPLATES_FOLDER = _API_FOLDER / "templates"
_STATIC_FOLDER = _API_FOLDER / "static"
EMBED_SCRIPT = _STATIC_FOLDER / "embed.js"
_TEXTS_FILE = Path(__file__).parent / "texts.yml"
_FOR_OPERATORS = ("embedding",)

# Only these may stand in a link. «//host» is not a path of ours, so it is refused too.
_SAFE_LINK = re.compile(r"(?:https?://|/(?!/)|tel:|mailto:)", re.IGNORECASE)
# Browsers drop control characters and read «\» as «/»: neither has business in a link.
_TRICKY = re.compile(r"[\x00-\x1f\x7f\\]")
_PHONE = re.compile(r"\+?[\d\s().-]{3,20}")


@dataclass(frozen=True)
class Turn:
    """One question and its answer; the welcome has no question.

    `answer_id` is unique on the page; `feedback_id` is that of the opinion on it, if one is asked.
    """

    question: str | None
    answer: Answer
    answer_id: str
    feedback_id: str | None = None


class HtmlRenderer:
    """Renders the chat page and its parts."""

    def __init__(
        self,
        *,
        static_url: str = "/static",
        procedure_url: str | None = None,
        form_url: str | None = None,
        address: FormOfAddress = FormOfAddress.BAN,
    ) -> None:
        """Take where static files lie, and where pages of procedures and forms are (None: nowhere).

        `procedure_url` holds `{code}`, such as `/thu-tuc/{code}`; `form_url` holds `{form}`.
        `address` is the word for the reader, in what is said to citizens.
        """
        self._static_url = static_url
        self._procedure_url = procedure_url
        self._form_url = form_url
        self.address = address
        texts: dict[str, Any] = yaml.safe_load(_TEXTS_FILE.read_text("utf-8"))
        self.texts = address.throughout(texts, besides=_FOR_OPERATORS)
        self._environment = self.create_environment()

    def create_environment(self) -> jinja2.Environment:
        """Make the Jinja environment, for these templates and for other pages of the site."""
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(_TEMPLATES_FOLDER),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters |= {
            "addressed": self.address,
            "safe_href": safe_href,
            "tel_href": tel_href,
            "vietnamese_date": vietnamese_date,
            "source_date": source_date,
            "fact_runs": fact_runs,
            "plain_lines": plain_lines,
        }
        environment.globals |= {
            "texts": self.texts,
            "asset": self._asset,
            "procedure_href": self.procedure_href,
            "form_href": self._form_href,
        }
        return environment

    def render_page(
        self,
        turns: Sequence[Turn],
        *,
        embed: bool,
        prefill: str = "",
        error: str | None = None,
        carried: str = "",
        site: str = "",
    ) -> str:
        """Render the whole page: the conversation so far and the box for the next question.

        `carried` is the conversation that a framed page carries; `site` is where citizens find us.
        """
        shown = {"turns": turns, "embed": embed, "prefill": prefill, "error": error}
        template = self._environment.get_template("chat.html")
        return template.render(shown, carried=carried, site=site, address=site and f"{site}/")

    def render_turn(self, turn: Turn, *, embed: bool = False, carried: str = "") -> str:
        """Render one turn, to be put at the end of a page that is already open."""
        template = self._environment.get_template("turn.html")
        return template.render(turn=turn, embed=embed, carried=carried)

    def render_embedding(
        self, site: str, *, allowed: Sequence[str], secure: bool, procedure: str
    ) -> str:
        """Render the page that shows operators how the chat looks on another site."""
        template = self._environment.get_template("embedding.html")
        return template.render(site=site, allowed=allowed, secure=secure, procedure=procedure)

    def render_feedback(
        self, *, state: str, answer: str, embed: bool, carried: str, whole: bool
    ) -> str:
        """Render what follows an opinion: thanks, or the question why; as a page if `whole`."""
        name = "feedback_page.html" if whole else "feedback.html"
        template = self._environment.get_template(name)
        return template.render(state=state, answer=answer, embed=embed, carried=carried)

    def _asset(self, name: str) -> str:
        """The address of a static file, with a mark that changes when its content does."""
        digest = hashlib.sha256((_STATIC_FOLDER / name).read_bytes()).hexdigest()
        return f"{self._static_url}/{name}?v={digest[:8]}"

    def _form_href(self, form_id: str | None) -> str | None:
        return self._form_url.format(form=form_id) if self._form_url and form_id else None

    def procedure_href(self, code: str) -> str | None:
        """The path of a procedure's own page, or None where there is none."""
        return self._procedure_url.format(code=code) if self._procedure_url else None


def safe_href(href: str) -> str:
    """Return `href` where it leads to the web, this site, a phone or a mailbox; otherwise «#»."""
    href = href.strip()
    if _TRICKY.search(href) or not _SAFE_LINK.match(href):
        return "#"
    return href.replace(" ", "%20")


def tel_href(phone: str) -> str | None:
    """Return the link that dials `phone`, or None where it is not one plain number."""
    if not _PHONE.fullmatch(phone.strip()):
        return None
    return "tel:" + re.sub(r"[^\d+]", "", phone)


def vietnamese_date(day: date) -> str:
    """Write a date as 23/11/2026."""
    return f"{day:%d/%m/%Y}"


def source_date(source: SourceNote) -> date | None:
    """Return the day a source was checked, unless its own text says it already."""
    day = source.checked_on
    return None if day is None or vietnamese_date(day) in source.text else day


def fact_runs(rows: Iterable[Fact]) -> list[tuple[bool, list[Fact]]]:
    """Part rows into runs: those with a label and a value (True), and those with one alone."""
    runs = groupby(rows, key=lambda row: bool(row.label and row.value))
    return [(labelled, list(run)) for labelled, run in runs]


def plain_lines(block: BaseModel) -> list[str]:
    """Return every text of a block there is no template for."""
    return list(_texts_in(block.model_dump(exclude={"type"})))


def _texts_in(value: object) -> Iterator[str]:
    match value:
        case str() if value:
            yield value
        case dict():
            for part in value.values():
                yield from _texts_in(part)
        case list() | tuple():
            for part in value:
                yield from _texts_in(part)
