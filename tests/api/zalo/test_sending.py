"""What Zalo may answer to a message, and what comes of it."""

import pytest
from fastapi import Response
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from api.zalo.error_codes import Action, ErrorCodes
from api.zalo.model import Delivery
from api.zalo.outbox import Outbox
from api.zalo.remarks import remarks
from api.zalo.tokens import TokenPair
from knowledge_base.answer import Choice
from knowledge_base.answer.blocks import File
from tests.api.fake_rasa import make_answer
from tests.api.zalo.conftest import run
from tests.fakes.zalo_server import CITIZEN

CHOICES = [Choice(label=f"Lựa chọn {n} " + "dài " * 30, message=f"câu {n}") for n in range(1, 8)]


async def deliveries(talk):
    rows = await talk.account.ledger.run(
        lambda session: session.scalars(select(Delivery).order_by(Delivery.id)).all()
    )
    return [(row.state, row.error_code) for row in rows]


@pytest.mark.parametrize("lost", [1, 2])
def test_a_message_whose_answer_was_lost_is_not_sent_again(talk, zalo, clock, lost):
    async def act():
        async with talk() as t:
            zalo.faults = ["lost"]
            await t.post(zalo.write("hỏi"))
            for _ in range(100):
                if zalo.texts_to():
                    break
                await t.quietly(0.05)
            if lost == 2:
                zalo.faults = ["broken"]  # the look-up fails as well, and is made again
            for _ in range(4):
                await t.quietly(0.6)
                clock.jump(15)
            await t.quiet()

    run(act())
    assert zalo.texts_to() == ["Bạn viết: hỏi"]


def test_a_message_that_never_arrived_is_sent_again(talk, zalo, clock):
    async def act():
        async with talk() as t:
            zalo.faults = ["broken"]
            await t.post(zalo.write("hỏi"))
            for _ in range(3):
                await t.quietly(0.6)
                clock.jump(15)
            await t.quiet()

    run(act())
    assert zalo.texts_to() == ["Bạn viết: hỏi"]


def test_the_same_answer_twice_is_told_apart_from_a_lost_one(talk, zalo, clock):
    async def act():
        async with talk() as t:
            await t.say("hỏi")
            zalo.faults = ["broken"]
            await t.post(zalo.write("hỏi"))
            for _ in range(3):
                await t.quietly(0.6)
                clock.jump(15)
            await t.quiet()

    run(act())
    assert zalo.texts_to() == ["Bạn viết: hỏi"] * 2


@pytest.mark.parametrize("code", [-216, -220])
def test_a_refused_token_is_refreshed_once(talk, zalo, code):
    async def act():
        async with talk() as t:
            await t.say("một")
            zalo.faults = [code]
            assert await t.say("hai") == ["Bạn viết: hai"]

    run(act())
    assert zalo.refreshes == 1


def test_without_a_grant_the_answer_waits_for_one(talk, zalo, clock):
    async def act():
        async with talk(granted=False) as t:
            await t.post(zalo.write("hỏi"))
            await t.quietly(0.6)
            assert zalo.texts_to() == []
            pair = zalo.grant()
            await t.account.tokens.keep(
                TokenPair(pair["access_token"], pair["refresh_token"], 90_000)
            )
            clock.jump(61)
            await t.quiet()

    run(act())
    assert zalo.texts_to() == ["Bạn viết: hỏi"]


@pytest.mark.parametrize(
    ("code", "state"),
    [(-213, "dropped"), (-227, "dropped"), (-230, "dropped"), (-210, "dropped"), (-201, "failed")],
)
def test_what_cannot_be_sent_is_noted_and_not_tried_again(talk, zalo, code, state):
    async def act():
        async with talk() as t:
            zalo.faults = [code]
            assert await t.say("hỏi") == []
            assert await deliveries(t) == [(state, code)]

    run(act())


def test_a_general_failure_is_tried_three_times(talk, zalo, clock):
    async def act():
        async with talk() as t:
            zalo.faults = [-200, -200, -200]
            await t.post(zalo.write("hỏi"))
            for _ in range(4):
                await t.quietly(1.2)
                clock.jump(20)
            await t.quiet()
            assert await deliveries(t) == [("failed", -200)]

    run(act())


def test_an_oa_in_trouble_stops_all_sending_and_loses_nothing(talk, zalo, clock):
    async def act():
        async with talk() as t:
            zalo.faults = [-224]
            await t.post(zalo.write("một"))
            await t.quietly(0.6)
            await t.post(zalo.write("hai", "2468458835291980"))
            await t.quietly(1.5)
            assert len([path for path, _ in zalo.calls if path.endswith("/cs")]) == 1
            known = await t.account.ledger.run(remarks)
            assert known["stopped"][0] == {"code": -224, "meaning": "Gói của OA chưa đủ"}
            clock.jump(15 * 60 + 1)
            await t.quiet()

    run(act())
    assert zalo.texts_to() == ["Bạn viết: một"]
    assert zalo.texts_to("2468458835291980") == ["Bạn viết: hai"]


def test_seven_choices_are_five_buttons_and_seven_numbers(talk, zalo, rasa):
    rasa.reply = lambda text: make_answer(text, choices=CHOICES)

    async def act():
        async with talk(zalo_buttons="button") as t:
            (text,) = await t.say("hỏi")
            assert all(f"\n{n}. Lựa chọn {n}" in text for n in range(1, 8))
            payload = zalo.sent_to()[-1]["attachment"]["payload"]
            assert payload["template_type"] == "button"
            assert [b["payload"] for b in payload["buttons"]] == [f"câu {n}" for n in range(1, 6)]
            assert (await t.say("7"))[0].startswith("câu 7")

    run(act())


def test_an_oa_without_buttons_gets_plain_text_from_then_on(talk, zalo, rasa):
    rasa.reply = lambda text: make_answer(text, choices=CHOICES[:2])
    zalo.takes_buttons = False

    async def act():
        async with talk(zalo_buttons="omit") as t:
            assert len(await t.say("một")) == 1
            calls = len(zalo.calls)
            assert len(await t.say("hai")) == 1
            assert len(zalo.calls) == calls + 1
            assert "rich_refused" in await t.account.ledger.run(remarks)

    run(act())
    assert [one["attachment"] for one in zalo.sent_to()] == [None, None]


def test_a_list_is_sent_where_a_picture_is_set(talk, zalo, rasa):
    rasa.reply = lambda text: make_answer(text, choices=CHOICES[:3])

    async def act():
        async with talk(zalo_list_image="https://a.example/1.png") as t:
            await t.say("hỏi")

    run(act())
    payload = zalo.sent_to()[0]["attachment"]["payload"]
    assert [e["default_action"]["payload"] for e in payload["elements"]] == [
        "câu 1",
        "câu 2",
        "câu 3",
    ]


class TestFiles:
    @pytest.fixture
    def with_file(self, rasa):
        def with_file(href):
            answer = make_answer("Tờ khai đây.")
            block = File(text="Tờ khai", href=href)
            rasa.reply = lambda text: answer.model_copy(update={"blocks": [*answer.blocks, block]})

        return with_file

    def test_a_document_of_this_site_is_uploaded_and_sent(self, talk, zalo, with_file):
        with_file("/mau/to-khai.pdf")

        async def act():
            async with talk() as t:
                add_file(t.app, "/mau/to-khai.pdf", b"%PDF-1.7")
                await t.say("hỏi")

        run(act())
        assert zalo.sent_to()[-1]["attachment"]["type"] == "file"

    @pytest.mark.parametrize("content", [None, b"x" * (5 * 1024 * 1024 + 1)])
    def test_what_zalo_would_not_take_is_a_link(self, talk, zalo, with_file, content):
        with_file("/mau/to-khai.pdf")

        async def act():
            async with talk(public_url="https://motcua.example") as t:
                if content:
                    add_file(t.app, "/mau/to-khai.pdf", content)
                await t.say("hỏi")

        run(act())
        assert zalo.texts_to()[-1] == "Tờ khai: https://motcua.example/mau/to-khai.pdf"
        assert not zalo.uploads

    def test_a_page_elsewhere_stays_a_link(self, talk, zalo, with_file):
        with_file("https://dichvucong.gov.vn/x")

        async def act():
            async with talk() as t:
                (text,) = await t.say("hỏi")
                assert text.endswith("Tờ khai: https://dichvucong.gov.vn/x")

        run(act())


def add_file(app, path, content):
    @app.get(path)
    def file():
        return Response(content, media_type="application/pdf")

    app.router.routes.insert(0, app.router.routes.pop())


def test_every_code_of_the_reference_has_its_action():
    codes = ErrorCodes()
    assert codes[-216].action == codes[-220].action == Action.REFRESH
    assert codes[-230].action == codes[-232].action == Action.OUTSIDE_WINDOW
    assert codes[-32].action == Action.SLOW_DOWN
    assert codes[-100].action == Action.UPLOAD_AGAIN
    assert codes[-99_999].action == Action.RETRY


def test_the_quota_that_zalo_tells_is_kept_without_whose_it_is(talk, zalo):
    async def act():
        async with talk() as t:
            await t.say("hỏi")
            quota, _ = (await t.account.ledger.run(remarks))["quota"]
            assert quota == {"quota_type": "reply", "remain": "7", "total": "8"}

    run(act())
    assert CITIZEN in zalo.last_interaction


def test_a_database_that_is_away_at_the_start_is_waited_for(talk, zalo, monkeypatch):
    kept, calls = Outbox.recover, []

    def away(outbox, session):
        calls.append(session)
        if len(calls) == 1:
            raise OperationalError("select", {}, Exception("away"))
        return kept(outbox, session)

    monkeypatch.setattr(Outbox, "recover", away)

    async def act():
        async with talk() as t:
            await t.say("hỏi")

    run(act())
    assert zalo.texts_to() == ["Bạn viết: hỏi"]
