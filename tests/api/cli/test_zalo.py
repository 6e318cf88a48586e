"""`motcua zalo`: the key, the consent, the state; a fake Zalo on the loopback."""

import re
import threading
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import uvicorn
from typer.testing import CliRunner

from api.cli.program import application
from api.errors import GatewayError, SettingsError
from api.zalo.seal import Seal, new_key
from tests.fakes.zalo_server import APP_ID, APP_SECRET, OA_ID, OA_SECRET, FakeZalo


@pytest.fixture(scope="module")
def served():
    zalo = FakeZalo()
    server = uvicorn.Server(uvicorn.Config(zalo.app, port=0, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    zalo.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield zalo
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def motcua(monkeypatch, tmp_path, served):
    """Run a command with the settings of the fake OA."""
    for name, value in {
        "MOTCUA_DATA": str(tmp_path),
        "MOTCUA_PUBLIC_URL": "https://motcua.example",
        "MOTCUA_ZALO_APP_ID": APP_ID,
        "MOTCUA_ZALO_APP_SECRET": APP_SECRET,
        "MOTCUA_ZALO_OA_ID": OA_ID,
        "MOTCUA_ZALO_OA_SECRET": OA_SECRET,
        "MOTCUA_ZALO_KEY": new_key(),
        "MOTCUA_ZALO_API_URL": served.address,
        "MOTCUA_ZALO_OAUTH_URL": served.address,
    }.items():
        monkeypatch.setenv(name, value)

    def motcua(*words, typed=""):
        done = CliRunner().invoke(application, ["zalo", *words], input=typed)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.output

    return motcua


def test_a_key_is_printed_that_seals(motcua):
    key = motcua("key").strip()
    assert Seal(key).open(Seal(key).close("ệ")) == "ệ"


def test_connecting_shows_the_steps_and_keeps_the_pair(motcua, served):
    with pytest.raises(SettingsError, match="code="):
        motcua("connect", typed="https://motcua.example/zalo/callback\n")
    # The challenge is the same the next time: it stands in Zalo's console.
    with pytest.raises(SettingsError, match="OA"):
        motcua("connect", typed="https://motcua.example/zalo/callback?code=x&oa_id=999\n")
    shown = _shown(motcua)
    link = re.search(r"http\S+/v4/oa/permission\S+", shown)[0]
    query = parse_qs(urlsplit(link).query)
    assert query["redirect_uri"] == ["https://motcua.example/zalo/callback"]
    code = served.consent(query["code_challenge"][0])
    told = motcua(
        "connect", typed=f"https://motcua.example/zalo/callback?oa_id={OA_ID}&code={code}\n"
    )
    assert query["code_challenge"][0] in told
    assert "Đã nối" in told
    assert code not in told
    status = motcua("status")
    assert "còn hiệu lực" in status
    assert "Phường Ví Dụ" in status
    assert not any(token in status + told for token in served.access_tokens)


def test_two_tokens_of_the_explorer_do_as_well(motcua, served):
    pair = served.grant()
    told = motcua(
        "connect", "--explorer", typed=f"{pair['access_token']}\n{pair['refresh_token']}\n"
    )
    assert "Đã nối" in told
    assert pair["access_token"] not in told
    assert "còn hiệu lực" in motcua("status")


def test_a_code_that_zalo_does_not_take_is_told(motcua):
    with pytest.raises(GatewayError, match="-14010"):
        motcua("connect", typed="https://motcua.example/zalo/callback?code=wrong\n")


def test_without_a_grant_the_state_says_what_to_do(motcua):
    assert "motcua zalo connect" in motcua("status")


def test_without_settings_nothing_is_done(motcua, monkeypatch):
    for name in ("APP_ID", "APP_SECRET", "OA_ID", "OA_SECRET", "KEY"):
        monkeypatch.setenv(f"MOTCUA_ZALO_{name}", "")
    with pytest.raises(SettingsError, match="chưa bật"):
        motcua("status")


def _shown(motcua):
    """What `connect` shows before it asks."""
    runner = CliRunner()
    return runner.invoke(application, ["zalo", "connect"], input="nothing\n").output
