"""The chat in a frame on another site: the launcher, the cookie, the sites allowed."""

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from tests.web.browsing import PHONE, WIDE, axe_violations, overflowing, small_targets
from tests.web.serving import serve

# As strict as a careful commune's site may be.
POLICY = (
    "default-src 'none'; script-src {chat}; frame-src {chat}; style-src 'self'; "
    "require-trusted-types-for 'script'"
)
PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>UBND xã</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<script src="{chat}/embed.js" {attributes} defer></script></head>
<body><header><h1>UBND xã Ví Dụ</h1></header><main><p>Trang của xã. <a href="/hai">Trang hai</a></p>
</main></body></html>"""


@pytest.fixture
def commune():
    """Serve a commune's site that embeds the chat at `chat`; it is another site than the chat."""
    servers = []

    def commune(chat, attributes=""):
        async def page(request):
            html = PAGE.format(chat=chat, attributes=attributes)
            policy = POLICY.format(chat=chat) + "; img-src data:"
            return HTMLResponse(html, headers={"Content-Security-Policy": policy})

        server = serve(Starlette(routes=[Route("/{path:path}", page)]))
        servers.append(server)
        return server.__enter__()

    yield commune
    for server in servers:
        server.__exit__(None, None, None)


@pytest.fixture
def chat(serve_app):
    """The chat at «localhost», so that «127.0.0.1» is another site."""

    def chat(allowed="http://127.0.0.1:*", **settings):
        address = serve_app(frame_ancestors=(allowed,), messages_per_minute=1000, **settings)
        return address.replace("127.0.0.1", "localhost")

    return chat


def launch(page):
    page.get_by_role("button", name="Hỏi Trợ lý Một Cửa").click()
    frame = page.frame_locator("iframe")
    frame.locator("#message").wait_for()
    # Enter sends only once the script runs; before, it begins another line.
    page.frames[-1].wait_for_load_state("load")
    return frame


def ask_in(frame, question, turn):
    frame.locator("#message").fill(question)
    frame.locator("#message").press("Enter")
    frame.locator(f".turn >> nth={turn}").wait_for()


@pytest.mark.parametrize("look", [WIDE, PHONE], ids=lambda look: look.name)
def test_launcher_opens_the_chat_on_another_site(open_page, commune, chat, look):
    address = chat()
    page = open_page(commune(address), look, hosts=[address])
    assert page.locator("iframe").count() == 0, "nothing is asked of the chat before the press"
    frame = launch(page)
    ask_in(frame, "khai sinh", 1)
    ask_in(frame, "lệ phí", 2)
    assert "Bạn viết: lệ phí" in frame.locator(".turn").last.inner_text()
    assert axe_violations(page) == []
    assert overflowing(page) == []
    assert page.get_by_role("button", name="Đóng").bounding_box()["height"] >= 44


def test_keyboard_opens_and_closes(open_page, commune, chat):
    address = chat()
    page = open_page(commune(address), WIDE, hosts=[address])
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.frame_locator("iframe").locator("#message").wait_for()
    page.get_by_role("button", name="Đóng").focus()
    page.keyboard.press("Escape")
    assert page.locator("iframe").is_hidden()
    assert page.get_by_role("button", name="Hỏi Trợ lý Một Cửa").is_visible()


def test_conversation_outlives_a_move_to_the_next_page_behind_https(open_page, commune, chat):
    address = chat(secure_cookies=True)
    page = open_page(commune(address), hosts=[address])
    ask_in(launch(page), "khai sinh", 1)
    page.get_by_role("button", name="Đóng").click()
    page.get_by_role("link", name="Trang hai").click()
    frame = launch(page)
    assert "khai sinh" in frame.locator(".turn").last.inner_text()
    (cookie,) = [one for one in page.context.cookies() if one["name"] == "motcua_khung"]
    assert cookie["httpOnly"]
    assert cookie["secure"]
    assert cookie["sameSite"] == "None"
    assert cookie["partitionKey"], "no other site sees it"


def test_frame_speaks_of_the_procedure_of_the_page(open_page, commune, chat):
    address = chat()
    page = open_page(commune(address, 'data-procedure="1.001193"'), hosts=[address])
    assert "Đăng ký khai sinh" in launch(page).locator(".turn").last.inner_text()


def test_site_that_is_not_allowed_gets_no_frame(open_page, commune, chat):
    address = chat(allowed="https://xa.example")
    page = open_page(commune(address), hosts=[address])
    page.get_by_role("button", name="Hỏi Trợ lý Một Cửa").click()
    page.wait_for_timeout(500)
    assert page.frame_locator("iframe").locator("#message").count() == 0
    faults = "\n".join(open_page.watch.faults)
    open_page.watch.faults.clear()
    assert "frame-ancestors" in faults


def test_demonstration_page_is_accessible(open_page, site, view):
    page = open_page(site + "/nhung-thu?procedure=1.001193", view)
    assert axe_violations(page) == []
    assert overflowing(page) == []
    assert small_targets(page) == []
    assert "Đăng ký khai sinh" in launch(page).locator(".turn").last.inner_text()
