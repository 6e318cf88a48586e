"""kill -9 at random moments: no message is lost, none is answered twice, order is kept."""

import random
import threading
import time
from collections import Counter

import httpx
import pytest

from api.settings import load_settings
from api.zalo.seal import new_key
from tests.api.fake_rasa import FakeRasa
from tests.api.zalo.conftest import run
from tests.api.zalo.processes import Killable, Served
from tests.fakes.granting import store_grant
from tests.fakes.zalo_server import APP_ID, APP_SECRET, OA_ID, OA_SECRET, FakeZalo, sign

MESSAGES, PEOPLE, KILLS = 500, 25, 20
DEADLINE = 150

pytestmark = pytest.mark.slow


@pytest.fixture
def environment(tmp_path):
    return {
        "MOTCUA_DATA": str(tmp_path),
        "MOTCUA_ZALO_APP_ID": APP_ID,
        "MOTCUA_ZALO_APP_SECRET": APP_SECRET,
        "MOTCUA_ZALO_OA_ID": OA_ID,
        "MOTCUA_ZALO_OA_SECRET": OA_SECRET,
        "MOTCUA_ZALO_KEY": new_key(),
        "MOTCUA_ZALO_CALLS_PER_MINUTE": "4000",
    }


def test_nothing_is_lost_and_nothing_answered_twice(tmp_path, environment):
    zalo, rasa = FakeZalo(calls_per_minute=1_000_000), FakeRasa()
    run(store_grant(load_settings(environment), zalo))
    with Served(rasa, zalo) as served:
        environment |= {
            "MOTCUA_RASA_URL": served.address,
            "MOTCUA_ZALO_API_URL": served.address,
            "MOTCUA_ZALO_OAUTH_URL": served.address,
        }
        application = Killable(environment)
        application.start()
        application.wait_until_up()
        sending = threading.Thread(target=_send_all, args=(application, zalo))
        sending.start()
        for _ in range(KILLS):
            time.sleep(random.uniform(0.1, 0.9))
            application.kill()
            application.start()
        sending.join(DEADLINE)
        assert not sending.is_alive()
        _wait(lambda: _answers(zalo).total() >= MESSAGES, DEADLINE)
        time.sleep(6)  # a second answer would come after the look-up of the unsure ones
        application.kill()
    answers = _answers(zalo)
    wanted = {_answer(number) for number in range(MESSAGES)}
    assert wanted - set(answers) == set(), "lost"
    assert {text: count for text, count in answers.items() if count > 1} == {}, "answered twice"
    for person in range(PEOPLE):
        assert zalo.texts_to(_citizen(person)) == [
            _answer(number) for number in range(person, MESSAGES, PEOPLE)
        ]


def _send_all(application, zalo):
    """Deliver every event until it is taken, as Zalo does, some of them twice."""
    with httpx.Client(base_url=application.address, timeout=5, trust_env=False) as client:
        for number in range(MESSAGES):
            body = zalo.write(f"câu {number}", _citizen(number % PEOPLE))
            for _ in range(2 if number % 7 == 0 else 1):
                _deliver(client, body)
            time.sleep(0.01)


def _deliver(client, body):
    raw, headers = sign(body)
    while True:
        try:
            if client.post("/zalo/webhook", content=raw, headers=headers).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.02)


def _answers(zalo):
    return Counter(text for person in range(PEOPLE) for text in zalo.texts_to(_citizen(person)))


def _answer(number):
    return f"Bạn viết: câu {number}"


def _citizen(person):
    return str(9_000_000_000_000_000 + person)


def _wait(true, seconds):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.1)
