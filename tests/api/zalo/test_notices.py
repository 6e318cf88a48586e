"""News of a followed dossier: by what Zalo allows at the time, once, and only to who agreed."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from api.dependencies import open_dossier_desk
from api.zalo.model import Person
from api.zalo.report import channel_report
from api.zalo.texts import load_zalo_texts
from api.zalo.windows import Window, window
from dossiers.news import NewsKind
from dossiers.status import Status
from knowledge_base.form_of_address import FormOfAddress
from tests.api.zalo.conftest import START, run
from tests.fakes.zalo_server import CITIZEN

CODE = "H05.12-261123-0007"
HOUR = 3600
DAY = 24 * HOUR


class Desk:
    """The dossiers' desk of a running application, and the relay that goes by every minute."""

    def __init__(self, talk, desk):
        self.talk, self.desk = talk, desk

    @classmethod
    async def open(cls, talk):
        return cls(talk, await open_dossier_desk(talk.app.state))

    async def follow(self):
        sender = await self.talk.account.ledger.run(
            lambda session: session.scalars(select(Person.sender)).one()
        )
        await asyncio.to_thread(self.desk.followings.follow, CODE, sender, "zalo")
        return sender

    async def change(self, status=Status.FINISHED):
        now = self.talk.account.clock()
        await asyncio.to_thread(self.desk.registry.record_status, CODE, status, now)
        await asyncio.to_thread(self.desk.notices.collect)

    async def relay(self):
        relays = [task for _, task in self.talk.app.state.zalo.worker._upkeep]
        await next(one for one in relays if one.__qualname__ == "NoticeRelay.relay")()
        await self.talk.quiet()

    def waiting(self):
        return len(self.desk.notices.pending("zalo"))


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(0, "free"), (48, "free"), (49, "paid"), (7 * 24, "paid"), (7 * 24 + 1, "closed")],
)
def test_the_window_closes_in_two_steps(hours, expected):
    assert window(START, START + timedelta(hours=hours)) == Window(expected)


@pytest.mark.parametrize(
    ("silence", "paid", "by"),
    [
        (HOUR, False, "message"),
        (3 * DAY, True, "message"),
        (3 * DAY, False, "template"),
        (8 * DAY, True, "template"),
    ],
)
def test_a_change_is_told_once_by_what_the_window_allows(talk, zalo, clock, silence, paid, by):
    async def act():
        async with talk(zalo_notice_template="345678", zalo_paid_messages=paid) as t:
            await t.say("chào")
            desk = await Desk.open(t)
            await desk.follow()
            clock.jump(silence)
            await desk.change()
            await desk.relay()
            await desk.relay()
            told = zalo.texts_to()[1:]
            if by == "message":
                assert any(CODE in text and "Đã xử lý xong" in text for text in told)
                assert zalo.template_messages == []
            else:
                assert told == []
                assert {sent["user_id"] for sent in zalo.template_messages} == {CITIZEN}
                assert zalo.template_messages[0]["template_data"]["ma_ho_so"] == CODE
            kinds = [sent["template_data"]["tin_moi"] for sent in zalo.template_messages]
            assert len(set(kinds)) == len(kinds)
            assert len(set(told)) == len(told)
            assert desk.waiting() == 0

    run(act())


def test_news_address_whoever_follows_as_the_office_wants(talk, zalo, clock):
    async def act():
        async with talk(form_of_address=FormOfAddress.BAC, zalo_paid_messages=True) as t:
            await t.say("chào")
            desk = await Desk.open(t)
            await desk.follow()
            clock.jump(6 * DAY)  # the dossier is late by now
            await asyncio.to_thread(desk.desk.notices.collect)
            await desk.relay()

    run(act())
    assert any("Bác có quyền nhận văn bản xin lỗi" in text for text in zalo.texts_to())
    assert not any("bạn" in text.lower() for text in zalo.texts_to())


def test_without_a_template_news_wait_until_the_person_writes_again(talk, zalo, clock):
    async def act():
        async with talk() as t:
            await t.say("chào")
            desk = await Desk.open(t)
            await desk.follow()
            clock.jump(8 * DAY)
            await desk.change()
            await desk.relay()
            assert zalo.texts_to() == ["Bạn viết: chào"]
            assert desk.waiting() > 0
            await t.say("tôi đây")
            await desk.relay()
            assert any(CODE in text for text in zalo.texts_to()[2:])
            assert desk.waiting() == 0

    run(act())


def test_a_window_that_zalo_sees_closed_falls_to_the_template(talk, zalo):
    async def act():
        async with talk(zalo_notice_template="345678") as t:
            await t.say("chào")
            desk = await Desk.open(t)
            await desk.follow()
            await desk.change()
            zalo.faults = [-230]
            await desk.relay()

    run(act())
    assert len(zalo.template_messages) == 1


def test_a_crash_before_it_was_noted_tells_nothing_twice(talk, zalo):
    async def act():
        async with talk() as t:
            await t.say("chào")
            desk = await Desk.open(t)
            await desk.follow()
            await desk.change()
            kept = desk.desk.notices.mark_sent
            object.__setattr__(desk.desk.notices, "mark_sent", lambda *_: False)
            await desk.relay()
            object.__setattr__(desk.desk.notices, "mark_sent", kept)
            before = zalo.texts_to()
            await desk.relay()
            assert zalo.texts_to() == before
            assert desk.waiting() == 0

    run(act())


def test_whoever_withdraws_is_told_nothing_more(talk, zalo):
    async def act():
        async with talk() as t:
            await t.say("chào")
            desk = await Desk.open(t)
            sender = await desk.follow()
            await t.post(zalo.event("user_withdraw"))
            await t.quiet()
            assert desk.desk.followings.of(sender) == []
            await desk.change()
            await desk.relay()

    run(act())
    assert zalo.texts_to() == ["Bạn viết: chào"]


def test_every_kind_of_news_has_its_words_for_the_template():
    news = load_zalo_texts().news
    assert news.keys() == set(NewsKind)
    assert all(len(words) <= 30 for words in news.values())


def test_the_report_tells_operators_how_it_is_and_nobodys_data(talk):
    async def act():
        async with talk() as t:
            await t.say("chào")
            text = "\n".join(await channel_report(t.account))
            assert "còn hiệu lực" in text
            assert "Người đã nhắn: 1" in text
            assert "Tin đi: đã gửi 1" in text
            assert "remain 7" in text
            assert "Phường Ví Dụ, đã xác thực, gói Growth" in text
            assert CITIZEN not in text

    run(act())


def test_the_report_says_what_is_to_be_done(talk):
    async def act():
        async with talk(granted=False) as t:
            text = "\n".join(await channel_report(t.account))
            assert "chưa có, hãy chạy «motcua zalo connect»" in text
            assert "Tin đi: chưa có" in text

    run(act())
