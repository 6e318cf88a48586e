"""What the tests of the gateway share: an application in this process, a Rasa without a model."""

from contextlib import contextmanager
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from tests.api.fake_rasa import FakeRasa

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def rasa():
    return FakeRasa()


@pytest.fixture
def open_client(rasa, tmp_path):
    """Open a browser on an application with the settings given."""

    @contextmanager
    def open_client(*, address=("127.0.0.1", 50_000), raises=True, **settings):
        settings = Settings(**{"data_folder": tmp_path / "data", **settings})
        app = create_app(settings, rasa_transport=rasa.transport, now=lambda: NOW)
        with TestClient(
            app, follow_redirects=False, client=address, raise_server_exceptions=raises
        ) as client:
            yield client

    return open_client


@pytest.fixture
def client(open_client):
    with open_client(rasa_token="the token of Rasa") as client:
        yield client
