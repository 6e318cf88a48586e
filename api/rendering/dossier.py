"""The page of a dossier: the form, and what may be shown; the blocks are those of the chat."""

from __future__ import annotations

from dataclasses import dataclass

import jinja2

from api.rendering.html import HtmlRenderer
from dossiers.disclosure import Outcome
from dossiers.explain import Explanation
from knowledge_base.answer import Answer, Texts
from knowledge_base.answer.blocks import Block, Contact, DossierBlock, Fact, Facts, Warn

__all__ = ["DossierPage", "DossierRenderer"]


@dataclass(frozen=True)
class DossierPage:
    """What stands on the page. The proof is never on it; `ticket` stands for it afterwards."""

    code: str = ""
    confirm: bool = False
    wrong_code: bool = False
    said: Answer | None = None
    shown: Explanation | None = None
    outcome: Outcome | None = None
    expired: bool = False
    proved: bool = False
    ticket: str = ""
    followed: bool = False
    may_follow: bool = False
    needs_tick: bool = False
    consent: str = ""
    news: tuple[str, ...] = ()
    slips: tuple[tuple[str, str], ...] = ()


class DossierRenderer:
    """Renders the page."""

    def __init__(self, renderer: HtmlRenderer, texts: Texts, contact: Contact) -> None:
        self._texts = texts
        self._contact = contact
        self._address = renderer.address
        self.environment: jinja2.Environment = renderer.create_environment()

    def render(self, page: DossierPage) -> str:
        """The whole page as HTML."""
        template = self.environment.get_template("dossier.html")
        return template.render(page=page, blocks=self._blocks(page))

    def _blocks(self, page: DossierPage) -> list[Block]:
        if page.shown is None:
            return list(page.said.blocks) if page.said else []
        shown = page.shown
        blocks: list[Block] = [
            DossierBlock(
                code=page.code,
                headline=shown.headline,
                rows=[Fact(label=fact.label, value=fact.value) for fact in shown.facts],
                next_steps=list(shown.next_steps),
            )
        ]
        if shown.history:
            rows = [Fact(label=fact.label, value=fact.value) for fact in shown.history]
            title = self._texts.phrases["dossier_history"]
            blocks.append(Facts(title=title, rows=rows, collapsed=True))
        warnings = dict.fromkeys([*shown.warnings, self._texts.phrases["scam"]])
        blocks += [Warn(text=self._address(text)) for text in warnings]
        if page.outcome is not Outcome.SHOWN:
            blocks.append(self._contact)
        return blocks
