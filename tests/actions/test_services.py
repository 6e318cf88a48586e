from datetime import date, datetime

import pytest
from rasa_sdk.executor import ActionExecutor

from actions.endpoint import all_actions
from actions.errors import ActionsError, ActionSettingsError
from actions.reply import ActionReply
from actions.services import TIME_ZONE, build_services, services_from_environment
from tests.actions.conftest import BIRTH, NOW


@pytest.fixture(autouse=True)
def asked(small_parts):
    """What `build_services` was asked to load."""
    small_parts.clear()
    services_from_environment.cache_clear()
    yield small_parts
    services_from_environment.cache_clear()


def test_services_are_built_from_the_data_folder(tmp_path, asked):
    services = build_services(tmp_path, encoder="another")
    assert asked == {"catalogue": tmp_path / "catalogue", "encoder": "another"}
    assert services.catalogue.get(BIRTH).name == "Đăng ký khai sinh"
    assert (tmp_path / "motcua.db").is_file()
    assert len(services.dossiers.registry) == 0


def test_another_database_may_be_named(tmp_path):
    build_services(tmp_path, database=f"sqlite:///{tmp_path / 'other.db'}", demo=True)
    assert (tmp_path / "other.db").is_file()
    assert not (tmp_path / "motcua.db").exists()


def test_the_time_is_that_of_vietnam(tmp_path):
    assert build_services(tmp_path).now().tzinfo == TIME_ZONE
    assert build_services(tmp_path, now=lambda: NOW).now() == NOW


def test_an_answer_knows_the_day_of_the_clock(tmp_path):
    past = build_services(tmp_path, now=lambda: datetime(2020, 1, 1, tzinfo=TIME_ZONE))
    assert past.composer._today() == date(2020, 1, 1)


def test_the_environment_names_the_data_folder_and_the_encoder(tmp_path, monkeypatch, asked):
    monkeypatch.setenv("MOTCUA_DATA", str(tmp_path))
    monkeypatch.setenv("MOTCUA_ENCODER", "another")
    services_from_environment()
    assert asked == {"catalogue": tmp_path / "catalogue", "encoder": "another"}


def test_the_services_of_the_environment_are_built_once(tmp_path, monkeypatch, asked):
    monkeypatch.setenv("MOTCUA_DATA", str(tmp_path))
    monkeypatch.setenv("MOTCUA_ENCODER", "")
    assert services_from_environment() is services_from_environment()
    assert asked["encoder"] is None


def test_an_action_made_from_its_class_alone_takes_them(tmp_path, monkeypatch):
    monkeypatch.setenv("MOTCUA_DATA", str(tmp_path))
    assert ActionReply().services is services_from_environment()


def test_errors_share_one_base():
    assert issubclass(ActionSettingsError, ActionsError)


def test_the_server_of_rasa_sdk_finds_every_action(services):
    executor = ActionExecutor()
    executor.register_package("actions")
    assert executor.actions.keys() >= {action.name() for action in all_actions(services)}
