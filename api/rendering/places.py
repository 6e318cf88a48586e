"""The page that tells where to go: an old or new commune, its unit of today, its office."""

from __future__ import annotations

from collections.abc import Sequence

from api.rendering.html import HtmlRenderer
from knowledge_base.answer import Texts
from knowledge_base.places import Match, OfficeBook
from knowledge_base.procedure import Level, Procedure

__all__ = ["PlaceRenderer"]


class PlaceRenderer:
    """Renders `/noi-nop`."""

    def __init__(self, html: HtmlRenderer, texts: Texts) -> None:
        """Take the renderer whose templates are shared and the fixed texts of answers."""
        self._environment = html.create_environment()
        self._environment.globals |= {"levels": texts.levels}

    def render(
        self,
        asked: str,
        found: Sequence[Match],
        offices: OfficeBook,
        *,
        procedure: Procedure | None,
        site: str,
    ) -> str:
        """Render what was found for `asked`; `procedure` says which level handles it."""
        return self._environment.get_template("places.html").render(
            asked=asked,
            found=found,
            many=len(found) > 1,
            offices=offices,
            procedure=procedure,
            elsewhere=procedure is not None and Level.COMMUNE not in procedure.levels,
            site=site,
            address=f"{site}/noi-nop",
        )
