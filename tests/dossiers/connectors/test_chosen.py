import pytest

from dossiers.connectors.chosen import SourceKind, choose_source, read_source_settings
from dossiers.errors import SourceSettingsError, SourceUnavailableError

CODE = "H05.12-261123-0007"
IGATE = {
    "MOTCUA_DOSSIER_SOURCE": "igate",
    "MOTCUA_DOSSIER_NAME": "Một cửa tỉnh",
    "MOTCUA_DOSSIER_URL": "https://igate.example",
    "MOTCUA_DOSSIER_CLIENT_ID": "motcua",
    "MOTCUA_DOSSIER_CLIENT_SECRET": "hemmelig",
}
NATIONAL = {
    "MOTCUA_DOSSIER_SOURCE": "national",
    "MOTCUA_DOSSIER_URL": "https://truc.example",
    "MOTCUA_DOSSIER_UNIT": "H05.12",
    "MOTCUA_DOSSIER_SESSION": "hemmelig",
}


def test_without_settings_the_registry_is_asked_alone(demo, hasher):
    chosen = choose_source(read_source_settings({}), demo, hasher)
    assert chosen.remote is None
    assert chosen.source.find(CODE).record.code == CODE


def test_igate_answers_is_remembered_and_answers_with_its_age_while_down(
    service, demo, hasher, clock
):
    service.answers = {
        "/oauth2/token": [{"access_token": "t", "expires_in": 3600}],
        "/search": [
            {
                "code": "H05.12-261120-0042",
                "applicant": {"data": {"fullname": "Người Nào Đó"}},
                "statusCurrentTask": "Đang xử lý",
                "appliedDate": "2026-11-20T08:00:00+07:00",
            }
        ],
    }
    settings = read_source_settings(IGATE | {"MOTCUA_DOSSIER_URL": service.url})
    chosen = choose_source(settings, demo, hasher, clock=clock)
    fresh = chosen.source.find("H05.12-261120-0042")
    assert (fresh.stale, fresh.record.source_system) == (False, "Một cửa tỉnh")
    assert "Người Nào Đó" not in repr(demo.get("H05.12-261120-0042"))
    service.answers["/search"] = [500]
    clock.forward(minutes=5)
    old = chosen.source.find("H05.12-261120-0042")
    assert (old.stale, old.as_of) == (True, fresh.as_of)


def test_after_failures_in_a_row_the_system_is_left_alone(service, demo, hasher):
    service.answers = {"/oauth2/token": [400]}
    settings = read_source_settings(IGATE | {"MOTCUA_DOSSIER_URL": "http://127.0.0.1:9"})
    chosen = choose_source(settings, demo, hasher)
    assert not chosen.breaker.is_open
    for _ in range(5):
        with pytest.raises(SourceUnavailableError):
            chosen.source.find("H05.12-261120-0042")
    assert chosen.breaker.is_open


def test_the_national_axis_is_asked_in_its_envelope(service, demo, hasher, clock):
    service.answers = {"/search": [{"error_code": "00", "result": []}]}
    settings = read_source_settings(NATIONAL | {"MOTCUA_DOSSIER_URL": service.url})
    chosen = choose_source(settings, demo, hasher, clock=clock)
    assert chosen.remote.find("H05.12-261120-0042") is None
    assert b'"madonvi":"H05.12"' in service.asked("/search")[0][3].replace(b" ", b"")
    # What the axis does not know may still stand in the registry.
    assert chosen.source.find(CODE).record.code == CODE


@pytest.mark.parametrize("given", [IGATE, NATIONAL])
def test_secrets_are_not_shown(given):
    assert "hemmelig" not in repr(read_source_settings(given))


@pytest.mark.parametrize("given", [IGATE, NATIONAL])
def test_what_is_missing_is_named(given):
    for name in given:
        if name in ("MOTCUA_DOSSIER_SOURCE", "MOTCUA_DOSSIER_NAME"):
            continue
        with pytest.raises(SourceSettingsError, match=name) as caught:
            read_source_settings(given | {name: " "})
        assert "hemmelig" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "http://igate.example",
        "ftp://igate.example",
        "igate.example",
        "https://name:hemmelig@igate.example",
        "https://igate.example?key=hemmelig",
    ],
)
def test_an_address_over_which_a_secret_would_leak_is_refused(url):
    with pytest.raises(SourceSettingsError, match="MOTCUA_DOSSIER_URL") as caught:
        read_source_settings(IGATE | {"MOTCUA_DOSSIER_URL": url})
    assert "hemmelig" not in str(caught.value)


def test_every_kind_can_be_chosen():
    kinds = [read_source_settings(given).kind for given in ({}, IGATE, NATIONAL)]
    assert kinds == list(SourceKind)
