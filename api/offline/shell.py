"""The page's shell: its scripts under a versioned address, the service worker, the manifest."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

__all__ = ["Scripts", "manifest", "worker_script"]

_WORKER_FILE = Path(__file__).parent / "worker.js"
_TEXTS_MODULE = "texts.js"


class Scripts:
    """The ES modules of a page, and one more that holds its texts.

    Modules import each other by relative address, so a version in the folder's address keeps those
    of one release together in every cache.
    """

    def __init__(self, folder: Path, texts: Mapping[str, Any]) -> None:
        """Take the folder of the modules, and what `texts.js` exports."""
        self._folder = folder
        self._texts = texts

    @cached_property
    def _modules(self) -> dict[str, bytes]:
        modules = {path.name: path.read_bytes() for path in sorted(self._folder.glob("*.js"))}
        said = json.dumps(self._texts, ensure_ascii=False, separators=(",", ":"))
        modules[_TEXTS_MODULE] = f"export default {said};\n".encode()
        return modules

    @cached_property
    def version(self) -> str:
        """A hash of all modules."""
        digest = hashlib.sha256()
        for name, content in self._modules.items():
            digest.update(f"{name} {len(content)}\n".encode() + content)
        return digest.hexdigest()[:12]

    @cached_property
    def _compressed(self) -> dict[str, bytes]:
        return {name: gzip.compress(text, mtime=0) for name, text in self._modules.items()}

    @property
    def names(self) -> list[str]:
        """The modules, by name."""
        return list(self._modules)

    def find(self, version: str, name: str) -> tuple[bytes, bytes] | None:
        """A module as it is and compressed; None where this version has none of that name."""
        if version != self.version or name not in self._modules:
            return None
        return self._modules[name], self._compressed[name]


def worker_script(*, shell: Sequence[str], page: str, copy: str, away: str, version: str) -> str:
    """The service worker that keeps `shell`, `page` and `copy`, and shows `away` without a signal.

    `version` names the content of the shell: another version is another worker, and so an update.
    """
    edition = {"version": version, "shell": shell, "page": page, "copy": copy, "away": away}
    return f"const edition = {json.dumps(edition)};\n{_WORKER_FILE.read_text('utf-8')}"


def manifest(*, name: str, description: str, start: str, icon: str) -> dict[str, Any]:
    """What a phone needs to install the page (W3C Web Application Manifest).

    `icon` is the address of an icon with `{name}`.
    """
    icons = [
        {"src": icon.format(name=f"icon-{size}.png"), "sizes": f"{size}x{size}"}
        | {"type": "image/png", "purpose": purpose}
        for size, purpose in (("192", "any"), ("512", "any"))
    ]
    maskable = {"src": icon.format(name="icon-maskable-512.png"), "sizes": "512x512"}
    return {
        "name": name,
        "short_name": name,
        "description": description,
        "lang": "vi",
        "id": start,
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "background_color": "#f8f5f1",
        "theme_color": "#7a1722",
        "icons": [*icons, {**maskable, "type": "image/png", "purpose": "maskable"}],
    }
