"""What a browser test asks of a page: how it is seen, what it broke, what axe finds."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN_AXE = f"""axe.run(document, {{runOnly: {RULES}}}).then((found) =>
  found.violations.map((one) => `${{one.id}} (${{one.impact}}): `
    + one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")))"""
_SMALL_TARGETS = """() => [...document.querySelectorAll(
  'a[href], button, summary, input, textarea, select, label:has(input)')]
  .filter((one) => one.checkVisibility() && !one.matches('.skip, label input'))
  .map((one) => [one.outerHTML.slice(0, 120), one.getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.width < 43.9 || box.height < 43.9))
  .map(([html, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)"""
_TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll('*')]
    .filter((one) => one.getBoundingClientRect().right > width + 1)
    .map((one) => one.outerHTML.slice(0, 120));
}"""


@dataclass(frozen=True)
class View:
    """A way of looking at a page."""

    name: str
    width: int
    height: int
    large_type: bool = False
    dark: bool = False
    forced_colours: bool = False

    @property
    def options(self):
        """What Playwright calls these."""
        return {
            "viewport": {"width": self.width, "height": self.height},
            "color_scheme": "dark" if self.dark else "light",
            "forced_colors": "active" if self.forced_colours else "none",
            "reduced_motion": "reduce",
            "locale": "vi-VN",
            "timezone_id": "Asia/Ho_Chi_Minh",
        }


WIDE = View("1280 px", 1280, 800)
PHONE = View("360 px", 360, 740)
LARGE = View("360 px, large type", 360, 740, large_type=True)
DARK = View("360 px, dark", 360, 740, dark=True)
FORCED = View("1280 px, forced colours", 1280, 800, forced_colours=True)
VIEWS = [WIDE, PHONE, LARGE]


class Watch:
    """Notes what no page may do: write errors, break the policy, or ask another host."""

    def __init__(self):
        """Allow no host yet."""
        self.faults = []
        self._hosts = set()

    def allow(self, *addresses):
        """Let pages ask the hosts of these addresses."""
        self._hosts |= {urlsplit(address).netloc for address in addresses}

    def follow(self, context):
        """Watch every page of `context`, the ones it opens later too."""
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))

    def _request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc not in self._hosts:
            self.faults.append(f"off-site: {request.url}")

    def _console(self, message):
        # Chromium reports a broken policy and a failed load here too.
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text}")


def axe_violations(page):
    """What axe finds on the page as it stands, a line a rule.

    The library is put in by the debugger, so that the page keeps its strict policy.
    """
    session = page.context.new_cdp_session(page)
    try:
        _evaluate(session, AXE.read_text("utf-8") + ";0")
        return _evaluate(session, _RUN_AXE)
    finally:
        session.detach()


def small_targets(page):
    """What can be pressed and is smaller than 44 × 44 px, size first."""
    return page.evaluate(_SMALL_TARGETS)


def overflowing(page):
    """What makes the page scroll sideways."""
    return page.evaluate(_TOO_WIDE)


def unfold(page):
    """Open everything that is folded, so that it is looked at too."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def _evaluate(session, expression):
    answer = session.send(
        "Runtime.evaluate",
        {"expression": expression, "awaitPromise": True, "returnByValue": True},
    )
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return answer["result"].get("value")
