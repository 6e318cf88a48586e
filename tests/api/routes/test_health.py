import httpx
import pytest


def refuse(request):
    raise httpx.ConnectError("refused")


def test_with_a_bot_that_has_its_model_all_is_well(client, rasa):
    response = client.get("/health")
    assert (response.status_code, response.json()) == (200, {"status": "ok", "bot": True})
    assert rasa.tokens == ["the token of Rasa"]


def test_without_a_model_it_is_still_starting(client, rasa):
    rasa.has_model = False
    response = client.get("/health")
    assert (response.status_code, response.json()) == (503, {"status": "starting", "bot": False})


@pytest.mark.parametrize(
    "fault",
    [
        refuse,
        lambda request: httpx.Response(500),
        lambda request: httpx.Response(200, text="<html>"),
    ],
)
def test_without_a_bot_it_is_still_starting(client, rasa, fault):
    rasa.fault = fault
    response = client.get("/health")
    assert (response.status_code, response.json()["bot"]) == (503, False)
