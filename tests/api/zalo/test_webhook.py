"""What Zalo hears: 200, at once, whatever it sends."""

import asyncio
import json
import time

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from api.errors import SettingsError
from api.settings import Settings
from api.zalo.channel import is_set_up
from api.zalo.event import Kind, read_event
from api.zalo.remarks import remarks
from tests.api.zalo.conftest import run
from tests.fakes.zalo_server import CITIZEN, OA_ID, OA_SECRET, sign


def stored(talk):
    return talk.account.ledger.run(talk.account.inbox.counts)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"event_name": 5}',
        b'{"message": "x"}',
        b"{}" + b" " * 300_000,
    ],
)
def test_anything_is_answered_200_and_nothing_of_it_stored(talk, raw):
    async def act():
        async with talk() as t:
            response = await t.client.post("/zalo/webhook", content=raw)
            assert (response.status_code, response.content) == (200, b"")
            assert await stored(t) == {}

    run(act())


def test_a_wrong_signature_is_answered_200_and_told_to_the_operators(talk, zalo):
    async def act():
        async with talk() as t:
            body = zalo.write("hỏi")
            raw, headers = sign(body)
            for wrong in ({}, {"X-ZEvent-Signature": "mac=00"}, sign(body, secret="other")[1]):
                assert (await t.post(body, wrong)).status_code == 200
            assert (await t.post(body, headers, raw + b" ")).status_code == 200
            assert await stored(t) == {}
            assert "bad_signature" in await t.account.ledger.run(remarks)

    run(act())


@pytest.mark.parametrize("allowed", [False, True])
def test_the_oa_id_in_the_signature_counts_only_where_it_is_set(talk, zalo, allowed):
    async def act():
        async with talk(zalo_oa_signature=allowed) as t:
            body = zalo.write("hỏi")
            await t.post(body, sign(body, app_id=OA_ID)[1])
            await t.quiet()

    run(act())
    assert len(zalo.texts_to()) == allowed


def test_an_event_for_another_oa_is_left_alone(talk, zalo):
    async def act():
        async with talk() as t:
            await t.post({**zalo.write("hỏi"), "recipient": {"id": "999"}})
            assert await stored(t) == {}

    run(act())


def test_a_database_that_refuses_lets_zalo_deliver_again(talk, zalo):
    async def act():
        async with talk() as t:
            inbox = t.app.state.zalo.inbox

            async def refuse(*_):
                raise OperationalError("insert", {}, Exception("disk full"))

            inbox.store, kept = refuse, inbox.store
            body = zalo.write("hỏi")
            assert (await t.post(body)).status_code == 500
            inbox.store = kept
            assert (await t.post(body)).status_code == 200
            await t.quiet()

    run(act())
    assert zalo.texts_to() == ["Bạn viết: hỏi"]


def test_with_the_bot_down_zalo_waits_for_nothing(talk, zalo, rasa):
    def down(request):
        raise httpx.ConnectError("down")

    rasa.fault = down

    async def act():
        async with talk() as t:
            times = []
            for number in range(60):
                body = zalo.write(f"câu {number}", str(9_000_000_000_000_000 + number))
                started = time.monotonic()
                assert (await t.post(body)).status_code == 200
                times.append(time.monotonic() - started)
            assert sorted(times)[-1] < 1.0

    run(act())


def test_two_processes_share_the_inbox_and_one_answers(talk, zalo):
    async def act():
        async with talk() as one, talk(granted=False) as other:
            body = zalo.write("hỏi")
            assert {r.status_code for r in await asyncio.gather(one.post(body), other.post(body))}
            await other.post(zalo.write("nữa"))
            await one.quiet()

    run(act())
    assert zalo.texts_to() == ["Bạn viết: hỏi", "Bạn viết: nữa"]


def test_the_console_finds_somebody_there(talk, settings):
    async def act():
        async with talk(zalo_domain_code="Abc1", public_url="https://motcua.example") as t:
            assert (await t.client.get("/zalo/webhook")).status_code == 200
            page = await t.client.get("/zalo_verifierAbc1.html")
            assert '<meta name="zalo-platform-site-verification" content="Abc1" />' in page.text
            (settings.data_folder / "zalo" / "zalo_verifierAbc1.html").write_bytes(b"own file")
            assert (await t.client.get("/zalo_verifierAbc1.html")).content == b"own file"
            callback = await t.client.get("/zalo/callback", params={"code": "secret<b>"})
            assert "secret" not in callback.text

    run(act())


def test_without_settings_there_is_no_zalo(client):
    assert client.post("/zalo/webhook", content=b"{}").status_code == 404


def test_half_of_the_settings_are_refused_by_name():
    assert not is_set_up(Settings())
    with pytest.raises(SettingsError, match="MOTCUA_ZALO_OA_SECRET, MOTCUA_ZALO_KEY"):
        is_set_up(Settings(zalo_app_id="1", zalo_app_secret="2", zalo_oa_id="3"))


@pytest.mark.parametrize(
    ("body", "kind", "user"),
    [
        ({"event_name": "follow", "follower": {"id": "7"}, "oa_id": OA_ID}, Kind.FOLLOW, "7"),
        ({"event_name": "user_withdraw", "user_id": 7}, Kind.WITHDRAW, "7"),
        ({"event_name": "user_click_chatnow", "user_id": "7"}, Kind.UNKNOWN, "7"),
        (
            {"event_name": "oa_send_image", "sender": {"id": OA_ID}, "recipient": {"id": "7"}},
            Kind.ECHO,
            "7",
        ),
        ({"event_name": "user_send_text", "sender": [], "message": 5}, Kind.TEXT, ""),
        ({"event_name": None, "timestamp": 10**30}, Kind.UNKNOWN, ""),
    ],
)
def test_an_event_is_read_leniently(body, kind, user):
    event = read_event(body, b"raw")
    assert (event.kind, event.user_id) == (kind, user)


def test_the_key_of_an_event_is_that_of_its_message_or_of_who_and_when():
    def key(**members):
        body = {"event_name": "user_send_text", "sender": {"id": CITIZEN}, **members}
        return read_event(body, json.dumps(body).encode()).key

    first = key(message={"msg_id": "a"}, timestamp="1780000000000")
    assert first == key(message={"msg_id": "a", "text": "x"}, timestamp="1780000000001")
    assert first != key(message={"msg_id": "b"}, timestamp="1780000000000")
    assert key(timestamp="1780000000000") == key(timestamp=1780000000000)
    assert key(timestamp="1780000000000") != key(timestamp="1780000000001")
    assert len({key(x=1), key(x=2)}) == 2


def test_the_secret_of_the_webhook_is_not_that_of_the_app(settings):
    assert settings.zalo_oa_secret == OA_SECRET != settings.zalo_app_secret
    assert OA_SECRET not in repr(settings)
