"""The dev dialogues on the real stack: through Zalo every fact of the web's answer is read."""

import asyncio
import json
import threading
import time

import pytest
import uvicorn

from api.settings import load_settings
from api.zalo.seal import new_key
from tests.fakes.granting import store_grant
from tests.fakes.zalo_parity import compare
from tests.fakes.zalo_phone import Phone
from tests.fakes.zalo_server import APP_ID, APP_SECRET, OA_ID, OA_SECRET, FakeZalo
from tests.stack.running import Running
from tests.stack.test_full_path import pytestmark as needs_the_stack

pytestmark = [*needs_the_stack, pytest.mark.slow]


@pytest.fixture
def phone():
    """A fake Zalo with its phones, on a port of its own."""
    phone = Phone(FakeZalo(), "")
    server = uvicorn.Server(uvicorn.Config(phone.app, port=0, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    phone.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield phone
    server.should_exit = True
    thread.join(10)


def test_the_dialogues_read_the_same_through_zalo(ready_data, tmp_path, phone, shared_data):
    given = {
        "MOTCUA_ZALO_APP_ID": APP_ID,
        "MOTCUA_ZALO_APP_SECRET": APP_SECRET,
        "MOTCUA_ZALO_OA_ID": OA_ID,
        "MOTCUA_ZALO_OA_SECRET": OA_SECRET,
        "MOTCUA_ZALO_KEY": new_key(),
        "MOTCUA_ZALO_API_URL": phone.address,
        "MOTCUA_ZALO_OAUTH_URL": phone.address,
        "MOTCUA_ZALO_CALLS_PER_MINUTE": "4000",
    }
    asyncio.run(store_grant(load_settings({**given, "MOTCUA_DATA": str(ready_data)}), phone.zalo))
    lines = (shared_data / "dialogues_dev.jsonl").read_text("utf-8").splitlines()
    running = Running(ready_data, tmp_path, given)
    try:
        running.wait_until_ready(420)
        phone.webhook = f"{running.address}/zalo/webhook"
        compared = list(compare(map(json.loads, lines), running.address, phone.address))
    finally:
        running.end()
    assert len(compared) > 80
    assert [(name, turn["user"], lost) for name, turn, _, lost in compared if lost] == []
