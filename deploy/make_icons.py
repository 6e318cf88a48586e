"""Draw the icons of the installable page from favicon.svg, in Chromium.

    python deploy/make_icons.py [folder]

Run it after favicon.svg has changed; tests/web compares what lies in api/static/icons with it.
"""

from __future__ import annotations

import base64
import os
import shutil
import sys
from pathlib import Path

STATIC = Path(__file__).parent.parent / "api" / "static"
BACKGROUND = "#7a1722"
# A maskable icon fills its square, and keeps what matters within the middle 80 %.
ICONS = {
    "icon-192.png": (192, 1.0, "transparent"),
    "icon-512.png": (512, 1.0, "transparent"),
    "icon-maskable-512.png": (512, 0.8, BACKGROUND),
}


def draw(browser: object, size: int, scale: float, background: str) -> bytes:
    """One icon as PNG; `browser` is Playwright's."""
    picture = base64.b64encode((STATIC / "favicon.svg").read_bytes()).decode()
    page = browser.new_page(viewport={"width": size, "height": size})  # type: ignore[attr-defined]
    page.set_content(
        f"<body style='margin:0;background:{background};display:grid;place-items:center;"
        f"height:100vh'><img src='data:image/svg+xml;base64,{picture}' width='{size * scale}'>"
    )
    image: bytes = page.screenshot(omit_background=True)
    page.close()
    return image


def main() -> None:
    """Write all icons into the folder given, or where the site has them."""
    from playwright.sync_api import sync_playwright

    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else STATIC / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, parts in ICONS.items():
            (folder / name).write_bytes(draw(browser, *parts))
        browser.close()


if __name__ == "__main__":
    main()
