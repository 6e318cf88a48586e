import asyncio

import pytest

from api.zalo.lanes import Lanes
from api.zalo.pace import Pace
from tests.api.zalo.conftest import run


def test_one_person_at_a_time_and_people_side_by_side():
    served, busy, most = [], set(), []

    async def serve(person):
        assert person not in busy
        busy.add(person)
        most.append(len(busy))
        await asyncio.sleep(0.01)
        busy.discard(person)
        served.append(person)

    async def act():
        lanes = Lanes(serve, 10)
        for _ in range(5):
            for person in "abc":
                lanes.wake(person)
            await asyncio.sleep(0.004)
        await asyncio.sleep(0.1)
        await lanes.close()

    run(act())
    assert max(most) == 3
    assert set(served) == set("abc")


def test_whoever_is_woken_while_served_is_served_again():
    served = []

    async def act():
        async def serve(person):
            served.append(person)
            if len(served) == 1:
                lanes.wake(person)

        lanes = Lanes(serve, 1)
        lanes.wake("a")
        await asyncio.sleep(0.05)
        await lanes.close()

    run(act())
    assert served == ["a", "a"]


def test_a_fault_ends_neither_the_lane_nor_the_others(caplog):
    served = []

    async def act():
        async def serve(person):
            served.append(person)
            if len(served) == 1:
                raise ValueError("once")

        lanes = Lanes(serve, 1)
        for person in ("a", "b"):
            lanes.wake(person)
        await asyncio.sleep(0.05)
        lanes.wake("a")
        await asyncio.sleep(0.05)
        await lanes.close()
        lanes.wake("c")

    run(act())
    assert served == ["a", "b", "a"]
    assert "lane_failed" in caplog.text


class Time:
    def __init__(self):
        self.now, self.slept = 0.0, []

    async def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def time():
    return Time()


def test_a_tenth_of_a_minutes_turns_may_come_at_once(time):
    async def act():
        pace = Pace(100, clock=lambda: time.now, sleep=time.sleep)
        for _ in range(211):
            await pace.turn()

    run(act())
    assert time.now == pytest.approx(120, abs=1)
    assert len(time.slept) == 200


def test_a_pause_holds_every_turn(time):
    async def act():
        pace = Pace(1000, clock=lambda: time.now, sleep=time.sleep)
        pace.pause(60)
        await pace.turn()

    run(act())
    assert time.now == pytest.approx(60)
