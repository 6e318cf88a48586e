"""`make zalo-demo`: the whole assistant, and a phone to try it on, without a real Zalo."""

import asyncio
import os
import sys
import threading
from pathlib import Path

import uvicorn

from api.cli.program import read_dotenv
from api.launcher import run_stack
from api.settings import load_settings
from api.zalo.seal import new_key
from tests.fakes.granting import store_grant
from tests.fakes.zalo_phone import Phone
from tests.fakes.zalo_server import APP_ID, APP_SECRET, OA_ID, OA_SECRET, FakeZalo


def main():
    before = load_settings(os.environ)
    port = before.port + 10
    fake = f"http://127.0.0.1:{port}"
    database = before.data_folder / "zalo-demo.db"
    for path in before.data_folder.glob(f"{database.name}*"):
        path.unlink()
    os.environ |= {
        "MOTCUA_DATABASE_URL": f"sqlite:///{database}",
        "MOTCUA_PUBLIC_URL": f"http://127.0.0.1:{before.port}",
        "MOTCUA_ZALO_APP_ID": APP_ID,
        "MOTCUA_ZALO_APP_SECRET": APP_SECRET,
        "MOTCUA_ZALO_OA_ID": OA_ID,
        "MOTCUA_ZALO_OA_SECRET": OA_SECRET,
        "MOTCUA_ZALO_KEY": new_key(),
        "MOTCUA_ZALO_API_URL": fake,
        "MOTCUA_ZALO_OAUTH_URL": fake,
        "MOTCUA_ZALO_BUTTONS": "omit",
        "MOTCUA_ZALO_NOTICE_TEMPLATE": "345678",
    }
    settings = load_settings(os.environ)
    zalo = FakeZalo()
    phone = Phone(zalo, f"http://127.0.0.1:{settings.port}/zalo/webhook")
    asyncio.run(store_grant(settings, zalo))
    config = uvicorn.Config(phone.app, port=port, log_level="warning", access_log=False)
    threading.Thread(target=uvicorn.Server(config).run, daemon=True).start()
    _say(f"Điện thoại giả: {fake}")
    return run_stack(settings, _say)


def _say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    read_dotenv(Path(".env"))
    sys.exit(main())
