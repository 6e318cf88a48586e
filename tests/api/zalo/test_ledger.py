import asyncio
import threading

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from api.storage import open_database
from api.zalo.ledger import Ledger
from api.zalo.model import Remark
from tests.api.zalo.conftest import START, run


@pytest.fixture
def ledger(tmp_path):
    engine = open_database(f"sqlite:///{tmp_path / 'motcua.db'}")
    ledger = Ledger(engine)
    yield ledger
    ledger.close()
    engine.dispose()


def adding(name):
    return lambda session: session.add(Remark(name=name, value="{}", at=START))


def names(session):
    return sorted(session.scalars(select(Remark.name)))


def test_one_that_fails_spoils_nothing_of_what_is_committed_with_it(ledger):
    async def act():
        gate = threading.Event()
        blocked = asyncio.create_task(ledger.run(lambda session: gate.wait(5)))
        await asyncio.sleep(0.05)
        rest = [ledger.run(adding(name)) for name in ("a", "b", "a", "c")]
        together = asyncio.gather(*rest, return_exceptions=True)
        await asyncio.sleep(0.05)
        gate.set()
        await blocked
        results = await together
        assert [type(result) for result in results[:2]] == [type(None)] * 2
        assert isinstance(results[2], IntegrityError)
        assert results[3] is None
        assert await ledger.run(names) == ["a", "b", "c"]

    run(act())


def test_one_that_fails_alone_changes_nothing(ledger):
    def half(session):
        adding("a")(session)
        session.flush()
        raise RuntimeError("in the middle")

    async def act():
        with pytest.raises(RuntimeError, match="in the middle"):
            await ledger.run(half)
        assert await ledger.run(names) == []

    run(act())


def test_urgent_work_goes_first(ledger):
    order = []

    async def act():
        gate = threading.Event()
        waiting = [ledger.run(lambda session: gate.wait(5))]
        waiting = [asyncio.ensure_future(one) for one in waiting]
        await asyncio.sleep(0.05)
        for name, urgent in (("later", False), ("urgent", True)):
            work = lambda session, name=name: order.append(name)  # noqa: E731
            waiting.append(asyncio.ensure_future(ledger.run(work, urgent=urgent)))
        await asyncio.sleep(0.05)
        gate.set()
        await asyncio.gather(*waiting)

    run(act())
    assert order == ["urgent", "later"]


def test_who_no_longer_waits_is_not_missed(ledger):
    async def act():
        gate = threading.Event()
        task = asyncio.ensure_future(ledger.run(lambda session: gate.wait(5)))
        await asyncio.sleep(0.05)
        task.cancel()
        gate.set()
        await ledger.run(adding("after"))
        assert await ledger.run(lambda s: s.scalar(select(func.count()).select_from(Remark))) == 1

    run(act())
