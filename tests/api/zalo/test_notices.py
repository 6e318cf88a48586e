"""News of a dossier: only where agreed to, and only by what Zalo allows at the time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from api.zalo.model import Consent
from api.zalo.report import channel_report
from api.zalo.windows import Window, window
from dossiers.status import Status as DossierStatus
from knowledge_base.answer import Status
from knowledge_base.answer.blocks import DossierBlock
from tests.api.fake_rasa import make_answer
from tests.api.zalo.conftest import START, run
from tests.fakes.zalo_server import CITIZEN

CODE = "H05.12-261123-0007"
HOUR = 3600
DAY = 24 * HOUR


@pytest.fixture
def dossier(rasa):
    block = DossierBlock(code=CODE, headline="Đang xử lý", rows=[])
    shown = make_answer("Hồ sơ của bạn.", status=Status.ANSWERED_DOSSIER)
    rasa.reply = lambda text: shown.model_copy(update={"blocks": [*shown.blocks, block]})


async def agree(talk):
    await talk.say(CODE)
    (asked,) = await talk.say("nhận tin")
    await talk.say("Đồng ý nhận tin.")
    return asked


async def change_status(talk, status):
    """The registry tells another status than before, and the hour is over."""
    teller = next(
        task.__self__
        for task in talk.app.state.zalo.worker._upkeep
        if task.__qualname__.startswith("DossierNotices")
    )
    object.__setattr__(teller, "find_status", lambda code: status if code == CODE else None)
    await teller.tell()


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(0, "free"), (48, "free"), (49, "paid"), (7 * 24, "paid"), (7 * 24 + 1, "closed")],
)
def test_the_window_closes_in_two_steps(hours, expected):
    assert window(START, START + timedelta(hours=hours)) == Window(expected)


def test_the_consent_is_kept_with_its_wording_and_moment(talk, dossier, clock):
    async def act():
        async with talk(zalo_notice_template="345678") as t:
            asked = await agree(t)
            (row,) = await t.account.ledger.run(
                lambda session: session.scalars(select(Consent)).all()
            )
            wording = t.account.seal.open(row.wording)
            assert wording in asked
            assert CODE in wording
            assert CODE not in row.wording
            assert abs((clock.now() - row.given_at).total_seconds()) < 30
            await t.say("dừng tin")
            (row,) = await t.account.ledger.run(
                lambda session: session.scalars(select(Consent)).all()
            )
            assert row.withdrawn_at is not None
            await change_status(t, DossierStatus.RECEIVED)
            await change_status(t, DossierStatus.FINISHED)
            before = len(t.zalo.texts_to())
            await t.quiet()
            assert len(t.zalo.texts_to()) == before

    run(act())


def test_nothing_is_agreed_to_unseen(talk, dossier):
    async def act():
        async with talk(zalo_notice_template="345678") as t:
            assert "mã hồ sơ trước" in (await t.say("nhận tin"))[0]
            await t.say(CODE)
            assert "nhận tin" in (await t.say("đồng ý nhận tin"))[0]
            rows = await t.account.ledger.run(
                lambda session: session.scalars(select(Consent)).all()
            )
            assert rows == []

    run(act())


@pytest.mark.parametrize(
    ("silence", "paid", "by"),
    [
        (HOUR, False, "message"),
        (3 * DAY, True, "message"),
        (3 * DAY, False, "template"),
        (8 * DAY, True, "template"),
    ],
)
def test_a_change_is_told_by_what_the_window_allows(talk, dossier, zalo, clock, silence, paid, by):
    async def act():
        async with talk(zalo_notice_template="345678", zalo_paid_messages=paid) as t:
            await agree(t)
            await change_status(t, DossierStatus.RECEIVED)
            await t.quiet()
            before = len(zalo.texts_to())
            clock.jump(silence)
            await change_status(t, DossierStatus.FINISHED)
            await t.quiet()
            told = zalo.texts_to()[before:]
            if by == "message":
                assert [CODE in text and "Đã xử lý xong" in text for text in told] == [True]
                assert zalo.template_messages == []
            else:
                assert told == []
                (sent,) = zalo.template_messages
                assert sent["user_id"] == CITIZEN
                assert sent["template_data"]["ma_ho_so"] == CODE
            await change_status(t, DossierStatus.FINISHED)
            await t.quiet()
            assert len(zalo.texts_to()) + len(zalo.template_messages) == before + 1

    run(act())


def test_without_a_template_nothing_is_offered(talk, dossier, rasa):
    async def act():
        async with talk() as t:
            (text,) = await t.say(CODE)
            assert "nhận tin" not in text
            await t.say("nhận tin")

    run(act())
    assert rasa.sent[-1]["message"] == "nhận tin"


def test_a_window_that_zalo_sees_closed_falls_to_the_template(talk, dossier, zalo):
    async def act():
        async with talk(zalo_notice_template="345678") as t:
            await agree(t)
            await change_status(t, DossierStatus.RECEIVED)
            zalo.faults = [-230]
            await change_status(t, DossierStatus.FINISHED)
            await t.quiet()

    run(act())
    assert len(zalo.template_messages) == 1


def test_the_report_tells_operators_how_it_is_and_nobodys_data(talk, dossier):
    async def act():
        async with talk(zalo_notice_template="345678") as t:
            await agree(t)
            text = "\n".join(await channel_report(t.account))
            assert "còn hiệu lực" in text
            assert "Người đã nhắn: 1; đồng ý nhận tin hồ sơ: 1" in text
            assert "remain 7" in text
            assert "Phường Ví Dụ, đã xác thực, gói Growth" in text
            for private in (CITIZEN, CODE):
                assert private not in text

    run(act())


def test_the_report_says_what_is_to_be_done(talk):
    async def act():
        async with talk(granted=False) as t:
            text = "\n".join(await channel_report(t.account))
            assert "chưa có, hãy chạy «motcua zalo connect»" in text
            assert "Tin đi: chưa có" in text

    run(act())
