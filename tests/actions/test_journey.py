from dataclasses import replace

import pytest

from actions.endpoint import all_actions
from knowledge_base.answer import Status
from knowledge_base.life_events.model import EventStep, LifeEvent
from tests.actions.conftest import BIRTH, MARRIAGE
from tests.actions.talk import Talk, texts_of

EVENT = LifeEvent(
    id="wedding",
    title="Cưới nhau",
    intro=["Cưới nhau thì có hai việc."],
    phrases=["cưới nhau", "lấy vợ", "lấy chồng", "làm đám cưới", "kết hôn xong", "sắp cưới"],
    steps=[
        EventStep(id="marriage", code=MARRIAGE, why="Để là vợ chồng."),
        EventStep(id="birth", code=BIRTH, why="Khi có con.", optional=True, only_if="Có con."),
    ],
)


class OneEvent:
    """Life events of which every message that speaks of a wedding is one."""

    def find(self, message):
        return EVENT if "cưới" in message else None


@pytest.fixture
def talk(services):
    return Talk(all_actions(replace(services, life_events=OneEvent())))


def test_a_life_event_brings_its_procedures_in_order(talk):
    answer = talk.say("em sắp cưới cần làm gì", "life_event")
    assert answer.status == Status.ANSWERED_JOURNEY
    text = texts_of(answer)
    assert text.index("Đăng ký kết hôn") < text.index("Đăng ký khai sinh")
    assert "Có con." in text


def test_the_steps_for_everybody_are_on_offer(talk):
    answer = talk.say("em sắp cưới cần làm gì", "life_event")
    assert [choice.message for choice in answer.choices] == [f"Đăng ký kết hôn ({MARRIAGE})"]
    assert talk.say("1", "choose", action="action_choose").procedure_code == MARRIAGE


def test_an_event_that_is_none_is_a_question(talk):
    assert talk.say("đăng ký khai sinh", "life_event").procedure_code == BIRTH
