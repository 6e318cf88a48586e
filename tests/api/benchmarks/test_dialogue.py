import asyncio
import json

import httpx
import pytest

from api.benchmarks.dialogue import (
    Measured,
    StreamPlan,
    make_dialogues,
    measure_one_user,
    measure_stream,
)

QUESTIONS = {"1.000001": ["làm khai sinh", "lam khai sinh"], "1.000002": ["đăng ký kết hôn"]}


class Site:
    """An application that takes a while, and fails where it is told to."""

    def __init__(self, seconds=0.0, fails=lambda number: False):
        self.bodies = []
        self.open = self.most_open = 0
        self._seconds, self._fails = seconds, fails

    async def __call__(self, request):
        number = len(self.bodies)
        body = json.loads(request.content)
        self.bodies.append(body)
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        await asyncio.sleep(self._seconds)
        self.open -= 1
        conversation = body["conversation"] or f"conversation {number}"
        status = "error_bot" if self._fails(number) else "answered"
        answer = {"conversation": conversation, "answer": {"status": status}}
        return httpx.Response(200, json=answer)


def measure(site, act):
    async def measured():
        transport = httpx.MockTransport(site)
        async with httpx.AsyncClient(base_url="http://site", transport=transport) as client:
            return await act(client)

    return asyncio.run(measured())


def test_dialogues_are_questions_and_what_follows_them():
    dialogues = make_dialogues(QUESTIONS, 50, 10)
    assert {len(dialogue) for dialogue in dialogues} == {10}
    said = {message for dialogue in dialogues for message in dialogue}
    assert {"làm khai sinh", "đăng ký kết hôn", "lệ phí bao nhiêu", "xin chào"} <= said


def test_the_same_seed_makes_the_same_dialogues():
    assert make_dialogues(QUESTIONS, 5, 7, seed=3) == make_dialogues(QUESTIONS, 5, 7, seed=3)
    assert make_dialogues(QUESTIONS, 5, 7, seed=3) != make_dialogues(QUESTIONS, 5, 7, seed=4)


def test_one_user_waits_for_every_answer_and_keeps_the_conversation():
    site = Site(0.01)
    measured = measure(site, lambda client: measure_one_user(client, [["a", "b"], ["c"]]))
    assert [body["message"] for body in site.bodies] == ["a", "b", "c"]
    assert [body["conversation"] for body in site.bodies] == [None, "conversation 0", None]
    assert site.most_open == 1
    assert len(measured.milliseconds) == 3
    assert min(measured.milliseconds) >= 10


def test_a_stream_begins_messages_at_their_times_and_one_conversation_in_order():
    site = Site(0.2)
    plan = StreamPlan(rate=40, seconds=0.5)
    dialogues = [[f"{talk}.{turn}" for turn in range(2)] for talk in range(10)]
    measured = measure(site, lambda client: measure_stream(client, dialogues, plan))
    assert len(measured.milliseconds) == plan.messages == 20
    assert 2 <= site.most_open <= 10
    for talk in range(10):
        sent = [b["message"] for b in site.bodies if b["message"].startswith(f"{talk}.")]
        assert sent == [f"{talk}.0", f"{talk}.1"]


def test_waiting_for_a_slow_answer_counts():
    """The second message of the only conversation begins on time and is answered late."""
    plan = StreamPlan(rate=100, seconds=0.02)
    measured = measure(Site(0.1), lambda client: measure_stream(client, [["a", "b"]], plan))
    assert max(measured.milliseconds) >= 180


@pytest.mark.parametrize("fault", ["status", "refused", "nonsense"])
def test_what_is_not_answered_well_is_an_error(fault):
    def fail(request):
        if fault == "refused":
            raise httpx.ConnectError("refused", request=request)
        return httpx.Response(429 if fault == "status" else 200, json={"answer": {"status": "x"}})

    measured = measure(fail, lambda client: measure_one_user(client, [["a", "b"]]))
    assert (measured.errors, measured.milliseconds) == (2, [])
    assert measured.percentile(95) == 0.0


def test_an_answer_that_tells_of_a_fault_is_an_error():
    measured = measure(Site(fails=lambda n: n == 1), lambda c: measure_one_user(c, [list("abc")]))
    assert (measured.errors, len(measured.milliseconds)) == (1, 2)


def test_percentiles_and_rates():
    measured = Measured(milliseconds=[float(n) for n in range(1, 101)], seconds=4.0)
    assert (measured.percentile(50), measured.percentile(95)) == (51.0, 96.0)
    assert measured.percentile(100) == 100.0
    assert measured.per_second == 25.0


def test_no_conversation_sends_more_than_a_person_may():
    plan = StreamPlan(rate=25, seconds=60)
    assert plan.messages / plan.conversations <= 30
