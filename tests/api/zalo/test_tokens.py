import asyncio
from datetime import timedelta

import httpx
import pytest

from api.errors import SettingsError, ZaloGrantError, ZaloSealError, ZaloUnreachableError
from api.storage import open_database
from api.zalo.channel import open_account
from api.zalo.locks import CrossLock
from api.zalo.model import Grant, GrantState
from api.zalo.seal import Seal, new_key
from api.zalo.tokens import TokenPair, code_challenge, new_verifier
from tests.api.zalo.conftest import run
from tests.fakes.zalo_server import OA_ID


@pytest.fixture
def engine(settings):
    engine = open_database(settings.database)
    yield engine
    engine.dispose()


@pytest.fixture
def opened(settings, engine, clock, zalo):
    """Open the OA as one process does; two of them are two processes."""
    accounts = []

    def opened(transport=None):
        account = open_account(settings, engine, clock.now, transport or zalo.transport)
        accounts.append(account)
        return account

    yield opened
    for account in accounts:
        asyncio.run(account.close())


async def grant(account, zalo):
    pair = zalo.grant()
    await account.tokens.keep(TokenPair(pair["access_token"], pair["refresh_token"], 90_000))


def test_the_challenge_is_that_of_the_vector():
    verifier = "Zx3kQ9aT7mB1cD5eF8gH2jK4lM6nP0qR1sT3uV5wX7y"
    assert code_challenge(verifier) == "WnXaJmQjG8m_smYa0lemKY8uKiypN1yMYZX5SIU8dzw"
    assert len(new_verifier()) == 43
    assert new_verifier() != new_verifier()


def test_a_consent_is_traded_for_a_pair_once(opened, zalo):
    async def act():
        account, verifier = opened(), new_verifier()
        code = zalo.consent(code_challenge(verifier))
        with pytest.raises(ZaloGrantError):
            await account.tokens.exchange(code, new_verifier())
        code = zalo.consent(code_challenge(verifier))
        await account.tokens.exchange(code, verifier)
        assert await account.tokens.get() in zalo.access_tokens

    run(act())


def test_without_a_grant_nothing_is_called(opened, zalo):
    with pytest.raises(ZaloGrantError, match="motcua zalo connect"):
        run(opened().tokens.get())
    assert zalo.calls == []


def test_ten_refused_at_once_refresh_once(opened, zalo):
    async def act():
        one, other = opened(), opened()
        await grant(one, zalo)
        old = await one.tokens.get()
        zalo.access_tokens = {}
        tokens = await asyncio.gather(
            *(account.tokens.get(reject=old) for account in [one, other] * 5)
        )
        assert set(tokens) == set(zalo.access_tokens)

    run(act())
    assert zalo.refreshes == 1


def test_a_token_is_refreshed_hours_before_it_ends(opened, zalo, clock):
    async def act():
        account = opened()
        await grant(account, zalo)
        first = await account.tokens.get()
        clock.jump(19 * 3600)
        assert await account.tokens.get() == first
        clock.jump(2 * 3600)
        assert await account.tokens.get() != first

    run(act())
    assert zalo.refreshes == 1


def test_the_new_pair_is_on_disk_before_it_is_used(opened, zalo, clock):
    async def act():
        account = opened()
        await grant(account, zalo)
        clock.jump(24 * 3600)
        token = await account.tokens.get()
        assert await opened().tokens.get() == token

    run(act())
    assert zalo.refreshes == 1


def test_a_crash_before_the_refresh_arrived_costs_nothing(opened, zalo, clock):
    async def act():
        account = opened()
        await grant(account, zalo)
        await account.tokens._mark(GrantState.REFRESHING)
        clock.jump(26 * 3600)
        assert await opened().tokens.get() in zalo.access_tokens

    run(act())
    assert zalo.refreshes == 1


def test_a_crash_after_the_refresh_is_found_out_once_and_told(opened, zalo, clock, engine):
    async def act():
        account = opened()
        await grant(account, zalo)
        await account.tokens._mark(GrantState.REFRESHING)
        zalo.refresh_tokens.clear()  # Zalo has given out another pair, which died with us
        zalo.grant()
        clock.jump(26 * 3600)
        again = opened()
        for _ in range(3):
            with pytest.raises(ZaloGrantError, match="motcua zalo connect"):
                await again.tokens.get()
        asked = [path for path, _ in zalo.calls if path == "/v4/oa/access_token"]
        assert len(asked) == 1
        # A new consent mends it.
        await grant(again, zalo)
        assert await again.tokens.get() in zalo.access_tokens

    run(act())


def test_a_refresh_without_answer_is_not_repeated_at_once(opened, zalo, clock):
    calls = []

    def silent(request):
        calls.append(request)
        raise httpx.ReadTimeout("no answer")

    async def act():
        await grant(opened(), zalo)
        account = opened(httpx.MockTransport(silent))
        clock.jump(26 * 3600)
        for _ in range(4):
            with pytest.raises(ZaloUnreachableError):
                await account.tokens.get()
        assert len(calls) == 1
        clock.jump(61)
        with pytest.raises(ZaloUnreachableError):
            await account.tokens.get()
        assert len(calls) == 2

    run(act())


def test_while_a_refresh_fails_early_the_token_at_hand_serves(opened, zalo, clock):
    def broken(request):
        raise httpx.ConnectError("down")

    async def act():
        first = opened()
        await grant(first, zalo)
        token = await first.tokens.get()
        clock.jump(22 * 3600)
        account = opened(httpx.MockTransport(broken))
        assert await account.tokens.get() == token
        with pytest.raises(ZaloUnreachableError):
            await account.tokens.get(reject=token)

    run(act())


def test_tokens_are_sealed_and_never_shown(opened, zalo, settings, caplog):
    async def act():
        account = opened()
        await grant(account, zalo)
        token = await account.tokens.get()
        grant_row = await account.ledger.run(lambda session: session.get(Grant, OA_ID))
        assert grant_row.expires_at - grant_row.refreshed_at == timedelta(seconds=90_000)
        assert token not in grant_row.pair
        return token

    with caplog.at_level("DEBUG", logger="api"):
        token = run(act())
    assert token not in caplog.text
    assert token not in repr(TokenPair(token, token, 1))
    stored = b"".join(path.read_bytes() for path in settings.data_folder.glob("motcua.db*"))
    assert token.encode() not in stored


def test_a_lock_is_held_by_one_process_at_a_time(tmp_path, engine):
    one, other = (CrossLock("x", tmp_path, engine) for _ in range(2))
    assert one.acquire(0)
    assert not other.acquire(0.1)
    one.release()
    assert other.acquire(0)
    other.release()


def test_another_key_opens_nothing():
    sealed = Seal(new_key()).close({"a": "ệ"})
    with pytest.raises(ZaloSealError, match="MOTCUA_ZALO_KEY"):
        Seal(new_key()).open(sealed)
    with pytest.raises(SettingsError, match="motcua zalo key"):
        Seal("short")


def test_a_pseudonym_is_stable_and_needs_the_key():
    key = new_key()
    assert Seal(key).pseudonym("1", "2") == Seal(key).pseudonym("1", "2")
    assert Seal(key).pseudonym("1", "2") != Seal(new_key()).pseudonym("1", "2")
    assert Seal(key).pseudonym("1", "2") != Seal(key).pseudonym("12", "")
