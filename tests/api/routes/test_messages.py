import httpx
import pytest

from api.conversation import is_sender, new_sender
from knowledge_base.answer import Answer, Status


def post(client, **body):
    return client.post("/api/v1/messages", json=body)


def test_an_answer_and_the_id_of_the_conversation_come_back(client, rasa):
    response = post(client, message="lệ phí bao nhiêu")
    assert response.status_code == 200
    body = response.json()
    assert body.keys() == {"conversation", "answer"}
    assert is_sender(body["conversation"])
    assert Answer.model_validate(body["answer"]).status == Status.ANSWERED
    assert rasa.sent[0]["input_channel"] == "api"


def test_the_id_continues_the_conversation(client, rasa):
    first = post(client, message="một").json()["conversation"]
    second = post(client, message="hai", conversation=first).json()["conversation"]
    assert first == second
    assert [body["sender"] for body in rasa.sent] == [first, first]


def test_without_an_id_every_message_begins_a_conversation(client):
    minted = {post(client, message="một").json()["conversation"] for _ in range(3)}
    assert len(minted) == 3


@pytest.mark.parametrize(
    "foreign",
    [
        "",
        "1",
        "user",
        "a" * 100,
        "../../conversations",
        "a" * 30 + "?token=x",
        "a" * 30 + "\n",
        "đ" * 30,
        None,
    ],
)
def test_an_id_that_was_not_minted_here_is_replaced(client, rasa, foreign):
    conversation = post(client, message="một", conversation=foreign).json()["conversation"]
    assert conversation != foreign
    assert is_sender(conversation)
    assert rasa.sent[0]["sender"] == conversation


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"message": None},
        {"message": 1},
        {"message": ["một"]},
        {"message": "một", "conversation": 5},
        {"message": "một", "sender": "another"},
        {"message": "một", "metadata": {}},
        {"message": "a" * 20_001},
        [],
        "một",
        None,
    ],
)
def test_a_body_of_another_form_is_refused(client, rasa, body):
    assert client.post("/api/v1/messages", json=body).status_code == 422
    assert rasa.sent == []


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"message=m"])
def test_a_body_that_is_no_json_is_refused(client, content):
    assert post_json(client, content).status_code in (400, 422)


def test_a_fault_of_the_bot_is_an_answer(client, rasa):
    rasa.fault = lambda request: httpx.Response(200, json=[])
    response = post(client, message="một")
    assert response.status_code == 200
    assert response.json()["answer"]["status"] == Status.ERROR_BOT


def test_too_many_messages_are_an_answer(open_client, rasa):
    conversation = new_sender()
    with open_client(messages_per_minute=2) as client:
        responses = [post(client, message="m", conversation=conversation) for _ in range(3)]
    assert [response.status_code for response in responses] == [200, 200, 429]
    body = responses[-1].json()
    assert body["conversation"] == conversation
    assert Answer.model_validate(body["answer"]).status == Status.ERROR_TOO_MANY
    assert len(rasa.sent) == 2


def post_json(client, content):
    return client.post(
        "/api/v1/messages", content=content, headers={"Content-Type": "application/json"}
    )


def test_half_a_character_is_no_fault(client, rasa):
    response = post_json(client, rb'{"message": "l\ud83d ph\udc00"}')
    assert response.status_code == 200
    assert rasa.sent[0]["message"] == "l ph"


@pytest.mark.parametrize(
    "body",
    [
        rb'{"message": "m", "\ud83d": 1}',
        rb'{"message": ["\ud83d"]}',
    ],
)
def test_half_a_character_elsewhere_is_refused_like_any_wrong_body(client, body):
    assert post_json(client, body).status_code == 422


def test_a_refusal_says_what_is_wrong_and_repeats_nothing(client):
    response = post(client, message=["điều riêng tư"])
    (fault,) = response.json()["detail"]
    assert fault["loc"] == ["body", "message"]
    assert "riêng tư" not in response.text
