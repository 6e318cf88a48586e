import pytest

from api.app import create_app
from api.errors import SettingsError
from api.handover.office import office_contact
from api.settings import Settings
from knowledge_base.answer.blocks import Contact


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_on_the_loopback_cookies_may_travel_in_the_clear(host, tmp_path):
    assert create_app(Settings(host=host, data_folder=tmp_path))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.10", "::", "motcua.example"])
def test_facing_the_network_needs_secure_cookies(host, tmp_path):
    with pytest.raises(SettingsError, match="MOTCUA_SECURE_COOKIES"):
        create_app(Settings(host=host, data_folder=tmp_path))
    assert create_app(Settings(host=host, data_folder=tmp_path, secure_cookies=True))


def test_an_application_shows_no_documentation_of_its_own(client):
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404


def test_the_office_of_the_settings_is_whom_to_ask():
    settings = Settings(
        office_name="Trung tâm một cửa", office_phone="0222 3820 000", office_hours="7:30–17:00"
    )
    contact = Contact(name="Trung tâm một cửa", phone="0222 3820 000", note="7:30–17:00")
    assert office_contact(settings) == contact


def test_without_an_office_no_number_is_made_up():
    contact = office_contact(Settings())
    assert "một cửa" in contact.name
    assert (contact.phone, contact.note) == (None, None)
