"""The chat in a real browser."""

from tests.web.browsing import axe_violations, overflowing, small_targets, unfold


def ask(page, question):
    """Ask and wait for the answer."""
    turns = page.locator(".turn").count()
    page.fill("#message", question)
    page.press("#message", "Enter")
    page.wait_for_selector(f".turn >> nth={turns}")
    return page.locator(".turn").last


def test_the_chat_passes_axe(open_page, site, view):
    page = open_page(site, view)
    ask(page, "mất căn cước")
    unfold(page)
    assert axe_violations(page) == []
    assert overflowing(page) == []
    assert small_targets(page) == []
