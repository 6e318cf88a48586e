"""What the tests on the real application share."""

import shutil

import pytest

from api.launcher.rasa import train_rasa
from api.settings import Settings


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """A data folder: nothing imported, and a bot that the first run trains."""
    return tmp_path_factory.mktemp("stack") / "data"


@pytest.fixture(scope="session")
def trained(data):
    """The bot's model, trained unless a test before this one has done so."""
    return train_rasa(Settings(data_folder=data))


@pytest.fixture
def ready_data(trained, tmp_path):
    """A data folder of the test's own with the trained bot in it."""
    folder = tmp_path / "data"
    (folder / "models").mkdir(parents=True)
    shutil.copy(trained, folder / "models")
    return folder
