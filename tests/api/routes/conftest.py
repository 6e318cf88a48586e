"""A site with procedures of its own, whose Rasa is down."""

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from knowledge_base.catalogue import Catalogue
from tests.api.conftest import NOW
from tests.api.fake_rasa import FakeRasa


def _refuse(request):
    raise httpx.ConnectError("refused", request=request)


@pytest.fixture
def open_catalogue_site(tmp_path):
    """Open a browser on a site with these procedures and settings."""
    opened = []

    def open_catalogue_site(*procedures, engine=None, **settings):
        rasa = FakeRasa()
        rasa.fault = _refuse
        app = create_app(
            Settings(**{"data_folder": tmp_path / "var", **settings}),
            catalogue=Catalogue(procedures),
            search_engine=engine,
            rasa_transport=rasa.transport,
            now=lambda: NOW,
        )
        client = TestClient(app)
        opened.append(client.__enter__())
        return client

    yield open_catalogue_site
    for client in opened:
        client.__exit__(None, None, None)
