"""What the browser tests share: a real Chromium, a real server, a Rasa that answers as told.

They are skipped where there is no Chromium (`apt install chromium`, or its path in `CHROMIUM`).
"""

import os
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from knowledge_base.catalogue import load_catalogue
from tests.api.conftest import NOW
from tests.api.fake_rasa import FakeRasa
from tests.web.browsing import PHONE, VIEWS, Watch
from tests.web.serving import serve

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.web)


# Of the package, not of the session: Playwright's own loop would stand in the way of later tests.
@pytest.fixture(scope="package")
def chromium():
    """The browser, started once."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("needs Chromium: `apt install chromium`, or its path in CHROMIUM")
    playwright = pytest.importorskip("playwright.sync_api").sync_playwright().start()
    browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
    yield browser
    browser.close()
    playwright.stop()


@pytest.fixture(scope="package")
def catalogue(tmp_path_factory):
    """What a fresh clone knows: the guidance files and the national index."""
    return load_catalogue(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture
def rasa():
    """Set `rasa.reply` to a function of the message that gives the Answer."""
    return FakeRasa()


@pytest.fixture
def serve_app(rasa, catalogue, tmp_path):
    """Serve the application with the settings given; give its address."""
    with ExitStack() as stack:

        def serve_app(*, host="127.0.0.1", now=lambda: NOW, **settings):
            folder = {"data_folder": tmp_path / "var", **settings}
            app = create_app(
                Settings(**folder), catalogue=catalogue, rasa_transport=rasa.transport, now=now
            )
            return stack.enter_context(serve(app, host))

        yield serve_app


@pytest.fixture
def site(serve_app):
    """The address of the application with its default settings."""
    return serve_app()


@pytest.fixture
def open_page(chromium):
    """Open a page in a browser of its own; whatever it breaks fails the test at its end.

    `open_page.watch.faults` may be read and cleared by a test that breaks something on purpose.
    """
    watch = Watch()
    contexts = []

    def open_page(address, view=PHONE, *, hosts=(), javascript=True, **options):
        watch.allow(address, *hosts)
        context = chromium.new_context(**view.options, java_script_enabled=javascript, **options)
        contexts.append(context)
        if view.large_type:
            context.add_init_script("try { localStorage.setItem('large-type', 'yes'); } catch {}")
        watch.follow(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.goto(address)
        return page

    open_page.watch = watch
    yield open_page
    for context in contexts:
        context.close()
    assert watch.faults == []


@pytest.fixture(params=VIEWS, ids=lambda view: view.name)
def view(request):
    """Every page is looked at in each of these."""
    return request.param
