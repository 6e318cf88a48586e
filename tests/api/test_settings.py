import re
import unicodedata
from dataclasses import fields
from operator import attrgetter
from pathlib import Path

import pytest

import api
from api.errors import GatewayError, SettingsError
from api.settings import Settings, load_settings
from dossiers.connectors.chosen import SourceSettings
from knowledge_base.form_of_address import FormOfAddress

ROOT = Path(api.__file__).parent.parent
TOKEN = "sixteen characters"

# variable, attribute, value given, value read
VARIABLES = [
    ("MOTCUA_HOST", "host", "0.0.0.0", "0.0.0.0"),
    ("MOTCUA_PORT", "port", "8080", 8080),
    ("MOTCUA_RASA_PORT", "rasa_port", "6005", 6005),
    ("MOTCUA_ACTION_PORT", "action_port", "6055", 6055),
    ("MOTCUA_RASA_URL", "rasa_url", "https://rasa.example/", "https://rasa.example"),
    ("MOTCUA_DATA", "data_folder", "/srv/motcua", Path("/srv/motcua")),
    ("MOTCUA_DATABASE_URL", "database_url", "postgresql://db/motcua", "postgresql://db/motcua"),
    ("MOTCUA_CONVERSATIONS_URL", "conversations_url", "postgresql://db/c", "postgresql://db/c"),
    ("MOTCUA_ENCODER", "encoder", "another/model", "another/model"),
    ("MOTCUA_DEMO_DOSSIERS", "demo_dossiers", "0", False),
    ("MOTCUA_DOSSIER_SOURCE", "dossier_source.kind", "local", "local"),
    ("MOTCUA_DOSSIER_NAME", "dossier_source.name", "Một cửa tỉnh", "Một cửa tỉnh"),
    ("MOTCUA_DOSSIER_URL", "dossier_source.url", "https://a.example", "https://a.example"),
    ("MOTCUA_DOSSIER_CLIENT_ID", "dossier_source.client_id", "motcua", "motcua"),
    ("MOTCUA_DOSSIER_CLIENT_SECRET", "dossier_source.client_secret", "hemmelig", "hemmelig"),
    ("MOTCUA_DOSSIER_TOKEN_PATH", "dossier_source.token_path", "/token", "/token"),
    ("MOTCUA_DOSSIER_SEARCH_PATH", "dossier_source.search_path", "/find", "/find"),
    ("MOTCUA_DOSSIER_UNIT", "dossier_source.unit", "H05.12", "H05.12"),
    ("MOTCUA_DOSSIER_SESSION", "dossier_source.session", "hemmelig", "hemmelig"),
    ("MOTCUA_NOTICE_MINUTES", "notice_minutes", "5", 5),
    ("MOTCUA_ACTION_TOKEN", "action_token", TOKEN, TOKEN),
    ("MOTCUA_RASA_TOKEN", "rasa_token", TOKEN, TOKEN),
    ("MOTCUA_SECURE_COOKIES", "secure_cookies", "1", True),
    (
        "MOTCUA_FRAME_ANCESTORS",
        "frame_ancestors",
        " https://a.example  https://b.example ",
        ("https://a.example", "https://b.example"),
    ),
    ("MOTCUA_MESSAGES_PER_MINUTE", "messages_per_minute", "60", 60),
    ("MOTCUA_DOCUMENTS_PER_MINUTE", "documents_per_minute", "10", 10),
    ("MOTCUA_BOT_TIMEOUT_SECONDS", "bot_timeout_seconds", "20", 20.0),
    ("MOTCUA_CONVERSATION_HOURS", "conversation_hours", "48", 48),
    ("MOTCUA_FORM_OF_ADDRESS", "form_of_address", " Ông/Bà ", FormOfAddress.ONG_BA),
    ("MOTCUA_QUESTION_DAYS", "question_days", "30", 30),
    ("MOTCUA_TAKE_OVER_MINUTES", "take_over_minutes", "15", 15),
    ("MOTCUA_OFFICE_NAME", "office_name", " Trung tâm một cửa ", "Trung tâm một cửa"),
    ("MOTCUA_OFFICE_PHONE", "office_phone", "0222 3820 000", "0222 3820 000"),
    ("MOTCUA_OFFICE_HOURS", "office_hours", "7:30–17:00", "7:30–17:00"),
    ("MOTCUA_PUBLIC_URL", "public_url", "https://a.example/", "https://a.example"),
    ("MOTCUA_ZALO_APP_ID", "zalo_app_id", "123", "123"),
    ("MOTCUA_ZALO_APP_SECRET", "zalo_app_secret", "app secret", "app secret"),
    ("MOTCUA_ZALO_OA_ID", "zalo_oa_id", "456", "456"),
    ("MOTCUA_ZALO_OA_SECRET", "zalo_oa_secret", "oa secret", "oa secret"),
    ("MOTCUA_ZALO_KEY", "zalo_key", "a key", "a key"),
    ("MOTCUA_ZALO_DOMAIN_CODE", "zalo_domain_code", "Abc1", "Abc1"),
    ("MOTCUA_ZALO_API_URL", "zalo_api_url", "http://127.0.0.1:9", "http://127.0.0.1:9"),
    ("MOTCUA_ZALO_OAUTH_URL", "zalo_oauth_url", "http://127.0.0.1:9", "http://127.0.0.1:9"),
    ("MOTCUA_ZALO_OA_SIGNATURE", "zalo_oa_signature", "1", True),
    ("MOTCUA_ZALO_SECRET_PROOF", "zalo_secret_proof", "1", True),
    ("MOTCUA_ZALO_BUTTONS", "zalo_buttons", "omit", "omit"),
    (
        "MOTCUA_ZALO_LIST_IMAGE",
        "zalo_list_image",
        "https://a.example/1.png",
        "https://a.example/1.png",
    ),
    ("MOTCUA_ZALO_CALLS_PER_MINUTE", "zalo_calls_per_minute", "4000", 4000),
    ("MOTCUA_ZALO_NOTICE_TEMPLATE", "zalo_notice_template", "345678", "345678"),
    ("MOTCUA_ZALO_PAID_MESSAGES", "zalo_paid_messages", "1", True),
]


@pytest.mark.parametrize(("name", "attribute", "given", "read"), VARIABLES)
def test_a_variable_is_read(name, attribute, given, read):
    assert attrgetter(attribute)(load_settings({name: given})) == read


@pytest.mark.parametrize(("name", "attribute"), [row[:2] for row in VARIABLES])
@pytest.mark.parametrize("empty", ["", "   "])
def test_an_empty_value_is_not_given(name, attribute, empty):
    value = attrgetter(attribute)(load_settings({name: empty}))
    if attribute.endswith("_token"):
        assert len(value) >= 16
    else:
        assert value == attrgetter(attribute)(Settings())


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("MOTCUA_PORT", "eighty"),
        ("MOTCUA_PORT", "65536"),
        ("MOTCUA_PORT", "-1"),
        ("MOTCUA_PORT", "80.5"),
        ("MOTCUA_RASA_PORT", "0"),
        ("MOTCUA_RASA_PORT", "5005x"),
        ("MOTCUA_ACTION_PORT", "99999"),
        ("MOTCUA_RASA_URL", "rasa.example"),
        ("MOTCUA_RASA_URL", "ftp://rasa.example"),
        ("MOTCUA_DEMO_DOSSIERS", "có"),
        ("MOTCUA_SECURE_COOKIES", "yes"),
        ("MOTCUA_SECURE_COOKIES", "2"),
        ("MOTCUA_MESSAGES_PER_MINUTE", "0"),
        ("MOTCUA_MESSAGES_PER_MINUTE", "nhiều"),
        ("MOTCUA_BOT_TIMEOUT_SECONDS", "0"),
        ("MOTCUA_BOT_TIMEOUT_SECONDS", "1000"),
        ("MOTCUA_PUBLIC_URL", "motcua.example"),
        ("MOTCUA_ZALO_BUTTONS", "on"),
        ("MOTCUA_ZALO_CALLS_PER_MINUTE", "4001"),
        ("MOTCUA_DOSSIER_SOURCE", "khác"),
        ("MOTCUA_DOSSIER_TOKEN_PATH", "token"),
        ("MOTCUA_NOTICE_MINUTES", "-1"),
        ("MOTCUA_ACTION_TOKEN", "short"),
        ("MOTCUA_RASA_TOKEN", "x" * 15),
    ],
)
def test_a_wrong_value_is_refused_naming_the_variable(name, wrong):
    with pytest.raises(SettingsError, match=name):
        load_settings({name: wrong})


@pytest.mark.parametrize("form", FormOfAddress)
@pytest.mark.parametrize("shape", ["NFC", "NFD"])
def test_a_form_of_address_is_read_however_it_is_encoded(form, shape):
    typed = unicodedata.normalize(shape, form)
    assert load_settings({"MOTCUA_FORM_OF_ADDRESS": typed}).form_of_address is form


@pytest.mark.parametrize("wrong", ["em", "ông", "bac", "bác/cô", "bạn ơi"])
def test_another_form_of_address_is_refused_naming_those_there_are(wrong):
    with pytest.raises(SettingsError) as caught:
        load_settings({"MOTCUA_FORM_OF_ADDRESS": wrong})
    assert str(caught.value) == (
        f"MOTCUA_FORM_OF_ADDRESS={wrong!r}: cần một trong bạn, bác, ông/bà, cô/chú, anh/chị"
    )


@pytest.mark.parametrize("name", ["MOTCUA_ACTION_TOKEN", "MOTCUA_RASA_TOKEN"])
def test_a_secret_that_is_refused_is_not_shown(name):
    with pytest.raises(SettingsError) as caught:
        load_settings({name: "hemmelig"})
    assert "hemmelig" not in str(caught.value)


@pytest.mark.parametrize("given", ["1", "true", "TRUE"])
def test_a_flag_may_be_spelt_out(given):
    assert load_settings({"MOTCUA_SECURE_COOKIES": given}).secure_cookies


def test_tokens_are_made_anew_and_not_shown():
    first, second = load_settings({}), load_settings({})
    assert first.action_token != second.action_token
    assert first.rasa_token != first.action_token
    assert len(first.rasa_token) >= 32
    assert first.rasa_token not in repr(first)
    assert first.action_token not in repr(first)


def test_rasa_is_on_the_loopback_unless_set_otherwise():
    assert load_settings({"MOTCUA_RASA_PORT": "6005"}).bot_url == "http://127.0.0.1:6005"
    other = {"MOTCUA_RASA_URL": "https://rasa.example", "MOTCUA_RASA_PORT": "6005"}
    assert load_settings(other).bot_url == "https://rasa.example"


def test_the_database_is_a_file_in_the_data_folder_unless_set_otherwise():
    assert load_settings({"MOTCUA_DATA": "/srv"}).database == "sqlite:////srv/motcua.db"
    other = {"MOTCUA_DATA": "/srv", "MOTCUA_DATABASE_URL": "postgresql://db/motcua"}
    assert load_settings(other).database == "postgresql://db/motcua"


def test_settings_errors_are_errors_of_the_gateway():
    assert issubclass(SettingsError, GatewayError)


def test_every_setting_is_read_from_a_variable_of_this_table():
    read = {attribute.partition(".")[0] for _, attribute, _, _ in VARIABLES}
    assert read == {f.name for f in fields(Settings)}
    source = {attribute for _, attribute, _, _ in VARIABLES if attribute.startswith("dossier_s")}
    assert source == {f"dossier_source.{f.name}" for f in fields(SourceSettings)}


@pytest.fixture(scope="module")
def example():
    """The variables that `.env.example` lists, commented out or not, with their values."""
    text = (ROOT / ".env.example").read_text("utf-8")
    return dict(re.findall(r"^#?\s?(MOTCUA_\w+)=(.*)$", text, re.MULTILINE))


def test_the_example_file_lists_exactly_the_variables_of_the_settings(example):
    assert example.keys() == {name for name, *_ in VARIABLES}


def test_the_values_of_the_example_file_are_the_defaults(example):
    read = load_settings(example)
    for field in fields(Settings):
        if not field.name.endswith("_token"):
            assert getattr(read, field.name) == getattr(Settings(), field.name), field.name


def test_the_example_file_holds_no_secret(example):
    assert example["MOTCUA_ACTION_TOKEN"] == example["MOTCUA_RASA_TOKEN"] == ""
    assert example["MOTCUA_DOSSIER_CLIENT_SECRET"] == example["MOTCUA_DOSSIER_SESSION"] == ""
