"""The page that finds a procedure: by the citizen's words, by code, or field by field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.rendering.html import HtmlRenderer
from knowledge_base.answer import Texts
from knowledge_base.procedure import Procedure, SourceKind

__all__ = ["ProcedureListRenderer"]


class ProcedureListRenderer:
    """Renders `/thu-tuc`."""

    def __init__(self, html: HtmlRenderer, texts: Texts) -> None:
        """Take the renderer whose templates are shared and the fixed texts of answers."""
        self._environment = html.create_environment()
        self._environment.globals |= {"levels": texts.levels}

    def render_found(self, asked: str, found: Sequence[Procedure], *, sure: bool, site: str) -> str:
        """Render what was found; `sure` is false where nothing fits well."""
        return self._render(site, asked=asked, found=found, sure=sure)

    def render_refusal(self, site: str) -> str:
        """Render the page for a query that is a private number; it is not repeated."""
        return self._render(site, private=True)

    def render_fields(self, procedures: Iterable[Procedure], site: str) -> str:
        """Render the fields, each with its procedures that are explained in plain words."""
        fields: dict[str, list[Procedure]] = {}
        for procedure in procedures:
            if procedure.source.kind == SourceKind.GUIDANCE:
                fields.setdefault(procedure.field, []).append(procedure)
        ordered = sorted(fields.items())
        return self._render(
            site,
            fields=[(name, sorted(group, key=lambda one: one.name)) for name, group in ordered],
        )

    def _render(self, site: str, **shown: object) -> str:
        defaults = {"asked": "", "found": (), "sure": True, "private": False, "fields": ()}
        return self._environment.get_template("procedure_list.html").render(
            {**defaults, **shown, "site": site, "address": f"{site}/thu-tuc"}
        )
