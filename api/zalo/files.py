"""Files that belong to an answer: fetched from this very application, to be sent as files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

import httpx

__all__ = ["FetchedFile", "FileFetcher"]

_MOST_BYTES = 5 * 1024 * 1024
_SUFFIXES = {
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_NAME = re.compile(r"filename\*?=(?:UTF-8'')?\"?([^\";]+)", re.IGNORECASE)


@dataclass(frozen=True)
class FetchedFile:
    """A file that Zalo takes: PDF or Word, at most 5 MB."""

    name: str
    content: bytes
    media_type: str


class FileFetcher:
    """Gets files of this site through the application itself, without the network."""

    def __init__(self, public_url: str, transport: httpx.AsyncBaseTransport | None) -> None:
        """Take the site's public address, and the application as a transport."""
        self._site = public_url.rstrip("/")
        self._client = httpx.AsyncClient(
            base_url=self._site or "http://localhost", transport=transport, timeout=30.0
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    def link(self, href: str) -> str:
        """The address for a citizen, or nothing where this site has no public address."""
        return urljoin(self._site + "/", href) if self._site else ""

    async def fetch(self, href: str) -> FetchedFile | None:
        """The file behind a path of this site; None where Zalo would not take it."""
        if not href.startswith("/") or href.startswith("//"):
            return None
        try:
            response = await self._client.get(href)
        except httpx.HTTPError:
            return None
        media_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        suffix = _SUFFIXES.get(media_type)
        if response.status_code != 200 or suffix is None or len(response.content) > _MOST_BYTES:
            return None
        return FetchedFile(_name(response, href, suffix), response.content, media_type)


def _name(response: httpx.Response, href: str, suffix: str) -> str:
    """A file name with the right ending: Zalo goes by it."""
    given = _NAME.search(response.headers.get("content-disposition", ""))
    name = unquote(given[1]) if given else unquote(urlsplit(href).path.rpartition("/")[2])
    name = re.sub(r"[^\w .()-]", "_", name.strip()) or "tep"
    return name if name.lower().endswith(suffix) else name + suffix
