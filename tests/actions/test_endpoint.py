import logging

import pytest
from starlette.testclient import TestClient

from actions.base import AnswerAction
from actions.endpoint import all_actions, create_endpoint
from knowledge_base.answer import Answer, Status
from tests.actions.conftest import BIRTH

TOKEN = "a token of the tests"
RIGHT = {"Authorization": f"Bearer {TOKEN}"}


class ActionThatRaises(AnswerAction):
    def name(self):
        return "action_that_raises"

    def respond(self, message, memory, tracker):
        raise RuntimeError("a fault")


@pytest.fixture
def endpoint(services):
    actions = [*all_actions(services), ActionThatRaises(services)]
    with TestClient(create_endpoint(actions, TOKEN)) as client:
        yield client


def call(action="action_answer_question", message="đăng ký khai sinh cần gì", **slots):
    """The body that Rasa sends."""
    intent = {"name": "ask_documents", "confidence": 0.9}
    return {
        "next_action": action,
        "sender_id": "s",
        "tracker": {
            "sender_id": "s",
            "slots": slots,
            "latest_message": {"text": message, "intent": intent, "intent_ranking": [intent]},
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": "action_listen",
        },
        "domain": {},
        "version": "3.6.21",
    }


def test_an_action_is_run_for_rasa(endpoint):
    response = endpoint.post("/webhook", json=call(), headers=RIGHT)
    assert response.status_code == 200
    (sent,) = response.json()["responses"]
    assert Answer.model_validate(sent["custom"]).procedure_code == BIRTH
    slots = {event["name"]: event["value"] for event in response.json()["events"]}
    assert slots["procedure_code"] == BIRTH
    assert slots["aspect"] == "documents"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": TOKEN},
        {"Authorization": "Bearer"},
        {"Authorization": f"Bearer {TOKEN[:-1]}"},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": f"bearer {TOKEN}"},
        {"Authorization": "Bearer không đúng".encode()},
    ],
)
def test_without_the_token_nothing_is_run(endpoint, headers):
    response = endpoint.post("/webhook", json=call(), headers=headers)
    assert response.status_code == 401
    assert "responses" not in response.json()


def test_the_token_is_asked_before_the_body_is_read(endpoint):
    assert endpoint.post("/webhook", content=b"no JSON").status_code == 401


def test_an_unknown_action_is_named(endpoint):
    response = endpoint.post("/webhook", json=call("action_unknown"), headers=RIGHT)
    assert response.status_code == 404
    assert response.json()["action_name"] == "action_unknown"


def test_a_call_without_an_action_does_nothing(endpoint):
    response = endpoint.post("/webhook", json=call(action=None), headers=RIGHT)
    assert response.json() == {"events": [], "responses": []}


def test_an_action_that_raises_answers_that_it_failed(endpoint, caplog):
    body = call("action_that_raises", "điều riêng tư", procedure_code=BIRTH)
    with caplog.at_level(logging.ERROR):
        response = endpoint.post("/webhook", json=body, headers=RIGHT)
    assert response.status_code == 200
    (sent,) = response.json()["responses"]
    assert sent["custom"]["status"] == Status.ERROR_BOT
    slots = {event["name"]: event["value"] for event in response.json()["events"]}
    assert slots["procedure_code"] == BIRTH
    assert "action=action_that_raises" in caplog.text
    assert "điều riêng tư" not in caplog.text


def test_health_needs_no_token(endpoint):
    response = endpoint.get("/health")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(("method", "path"), [("GET", "/webhook"), ("POST", "/health")])
def test_other_methods_are_refused(endpoint, method, path):
    assert endpoint.request(method, path, headers=RIGHT).status_code == 405


@pytest.mark.parametrize("token", ["", "short", "x" * 15])
def test_a_token_that_could_be_guessed_is_refused(token):
    with pytest.raises(ValueError, match="16"):
        create_endpoint([], token)


def test_every_action_has_a_name_of_its_own(services):
    names = [action.name() for action in all_actions(services)]
    assert len(set(names)) == len(names)
    assert all(name.startswith("action_") for name in names)
