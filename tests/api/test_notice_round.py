import asyncio
import logging

from api.notice_round import telling


class Desk:
    """Counts the rounds; `fault` is raised in the first."""

    def __init__(self, fault=None):
        self.rounds = 0
        self.fault = fault
        self.notices = self.followings = self

    def collect(self):
        self.rounds += 1
        if self.fault and self.rounds == 1:
            raise self.fault
        return 0

    def forget_old(self):
        return 0


def let_rounds_run(desk, minutes, wanted):
    slept = []

    async def run():
        done = asyncio.Event()

        async def sleep(seconds):
            slept.append(seconds)
            if desk.rounds >= wanted:
                done.set()
                await asyncio.Event().wait()

        async def open_desk():
            return desk

        async with telling(open_desk, minutes, sleep=sleep):
            if minutes:
                await asyncio.wait_for(done.wait(), 5)

    asyncio.run(run())
    return slept


def test_a_round_comes_every_so_many_minutes():
    desk = Desk()
    assert let_rounds_run(desk, 15, 3) == [900, 900, 900, 900]
    assert desk.rounds == 3


def test_a_round_that_fails_does_not_end_them(caplog):
    desk = Desk(RuntimeError("the database is away"))
    with caplog.at_level(logging.ERROR):
        let_rounds_run(desk, 15, 2)
    assert desk.rounds == 2
    assert "notices.round_failed" in caplog.text


def test_no_minutes_means_no_rounds():
    desk = Desk()
    assert let_rounds_run(desk, 0, 0) == []
    assert desk.rounds == 0
