"""What the tests of Zalo share: the application, a Rasa without a model, a Zalo of our own."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from api.storage import open_database
from api.zalo.channel import open_account
from api.zalo.seal import new_key
from api.zalo.tokens import TokenPair
from tests.api.fake_rasa import FakeRasa
from tests.fakes.zalo_server import APP_ID, APP_SECRET, OA_ID, OA_SECRET, FakeZalo, sign

START = datetime(2026, 11, 23, 10, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


class Clock:
    """A clock that runs as the real one does, from a chosen moment, and jumps when told."""

    def __init__(self):
        self.ahead = START.timestamp() - datetime.now().timestamp()

    def now(self):
        return datetime.fromtimestamp(self.seconds(), START.tzinfo)

    def seconds(self):
        return datetime.now().timestamp() + self.ahead

    def jump(self, seconds):
        self.ahead += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def zalo(clock):
    return FakeZalo(clock=clock.seconds)


@pytest.fixture
def rasa():
    return FakeRasa()


@pytest.fixture
def settings(tmp_path):
    return Settings(
        data_folder=tmp_path,
        rasa_token="the token of Rasa",
        zalo_app_id=APP_ID,
        zalo_app_secret=APP_SECRET,
        zalo_oa_id=OA_ID,
        zalo_oa_secret=OA_SECRET,
        zalo_key=new_key(),
        zalo_calls_per_minute=4000,
    )


class Talk:
    """The running application and the Zalo it talks to."""

    def __init__(self, app, client, zalo, account):
        self.app, self.client, self.zalo, self.account = app, client, zalo, account

    async def post(self, body, headers=None, raw=None):
        """Deliver an event as Zalo does; `headers` and `raw` in place of the right ones."""
        signed, right = sign(body)
        return await self.client.post(
            "/zalo/webhook", content=raw or signed, headers=right if headers is None else headers
        )

    async def say(self, text, **members):
        """A citizen writes and waits for the answer; what they then read."""
        citizen = members.get("citizen", "2468458835291979")
        before = len(self.zalo.texts_to(citizen))
        await self.post(self.zalo.write(text, **members))
        await self.quiet()
        return self.zalo.texts_to(citizen)[before:]

    async def quietly(self, seconds):
        """Let the application go on for a while."""
        await asyncio.sleep(seconds)

    async def quiet(self, seconds=12.0):
        """Wait until nothing is waiting, in and out."""
        for _ in range(int(seconds / 0.05)):
            await asyncio.sleep(0.05)
            inbound = await self.account.ledger.run(self.account.inbox.counts)
            outbound = await self.account.ledger.run(self.account.outbox.counts)
            if not inbound.get("waiting") and not {"queued", "sending", "unsure"} & set(outbound):
                return
        raise AssertionError(f"still waiting: {inbound} {outbound}")


@pytest.fixture
def talk(settings, rasa, zalo, clock):
    """Open the application with a grant; settings may be changed."""

    @asynccontextmanager
    async def talk(*, granted=True, **changes):
        chosen = replace(settings, **changes)
        engine = open_database(chosen.database)
        account = open_account(chosen, engine, clock.now, zalo.transport)
        if granted:
            pair = zalo.grant()
            await account.tokens.keep(
                TokenPair(pair["access_token"], pair["refresh_token"], int(pair["expires_in"]))
            )
        app = create_app(
            chosen,
            rasa_transport=rasa.transport,
            zalo_transport=zalo.transport,
            now=clock.now,
        )
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(base_url="http://site", transport=transport) as client,
        ):
            await asyncio.sleep(0.05)
            yield Talk(app, client, zalo, account)
        await account.close()
        engine.dispose()

    return talk


def run(act):
    """Run a coroutine function's coroutine to its end."""
    return asyncio.run(asyncio.wait_for(act, 60))
