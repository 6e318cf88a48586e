"""The volunteer's part of the site as a whole: pages, scripts, worker and copy fit together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from api.offline.edition import OfflineLibrary
from api.offline.shell import Scripts, manifest, worker_script
from api.rendering.html import HtmlRenderer
from api.rendering.volunteer import VolunteerRenderer, script_texts
from knowledge_base.answer import Texts
from knowledge_base.answer.blocks import Contact

__all__ = ["Addresses", "OfflineSite"]

_NAMED = re.compile(r'(?:href|src)="(/[^"]*\.(?:css|js|svg|png|webmanifest)(?:\?v=\w+)?)"')
_ENTRANCE = "app.js"


class Addresses:
    """Where the parts lie; the routes say so."""

    def __init__(self, *, page: str, copy: str, away: str, scripts: str, static: str) -> None:
        """Take the addresses; `scripts` holds `{version}`."""
        self.page, self.copy, self.away = page, copy, away
        self.scripts, self.static = scripts, static


class OfflineSite:
    """Pages and scripts, the worker that keeps them, and the copy they work on."""

    def __init__(
        self,
        html: HtmlRenderer,
        texts: Texts,
        office: Contact,
        today: Callable[[], date],
        *,
        addresses: Addresses,
        folder: Path,
    ) -> None:
        """Take what pages are made with, whom to ask, a clock, and the folder of the scripts."""
        self.pages = VolunteerRenderer(html, texts, office)
        self.scripts = Scripts(folder, script_texts(office))
        self.library = OfflineLibrary(texts, today)
        self._addresses = addresses

    def page(self) -> str:
        """The volunteer's page."""
        modules = [name for name in self.scripts.names if name != _ENTRANCE]
        return self.pages.render_page(self._scripts_folder, modules)

    def worker(self) -> str:
        """The service worker: it keeps every file that the kept pages name."""
        page, away = self.page(), self.pages.render_away()
        named = [*_NAMED.findall(page), *_NAMED.findall(away)]
        shell = list(dict.fromkeys([self._addresses.page, self._addresses.away, *named]))
        digest = hashlib.sha256("\n".join([page, away]).encode()).hexdigest()
        return worker_script(
            shell=shell,
            page=self._addresses.page,
            copy=self._addresses.copy,
            away=self._addresses.away,
            version=digest[:12],
        )

    def manifest(self) -> dict[str, Any]:
        """How the page is installed."""
        words = self.pages.texts["page"]
        return manifest(
            name=words["app_name"],
            description=words["description"],
            start=self._addresses.page,
            icon=f"{self._addresses.static}/icons/{{name}}",
        )

    @property
    def _scripts_folder(self) -> str:
        return self._addresses.scripts.format(version=self.scripts.version)
