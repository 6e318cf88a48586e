r"""A typed `/intent{…}` is never obeyed: whatever the way in, Rasa gets no leading slash."""

import pytest

WAYS = {
    "the form": lambda client, text: client.post("/chat/messages", data={"message": text}),
    "the script": lambda client, text: client.post(
        "/chat/messages", data={"message": text}, headers={"X-Fragment": "1"}
    ),
    "a frame": lambda client, text: client.post(
        "/chat/messages", data={"message": text, "embed": "1"}
    ),
    "the JSON interface": lambda client, text: client.post(
        "/api/v1/messages", json={"message": text}
    ),
}
COMMANDS = {
    "a slash": "/",
    "a full-width slash": "／",
    "spaces before": " \u00a0\u3000\t/",
    "line breaks before": "\r\n\u2028/",
    "nothing visible before": "\u200b\u2060\ufeff/",
    "a soft hyphen before": "\u00ad/",
    "a nul before": "\x00/",
    "direction marks before": "\u202e\u2066/",
    "half a character before": "\ud83d/",
    "many of them": "/ ／\u200b/\u00a0//",
    "an accent on it": "\u200b/\u200d/",
}


@pytest.mark.parametrize("command", ['ask_fee{"procedure_code": "1.001193"}', "restart", "greet"])
@pytest.mark.parametrize("before", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize("send", WAYS.values(), ids=WAYS)
def test_no_way_in_obeys_a_command(client, rasa, send, before, command):
    if send is WAYS["the JSON interface"]:
        # As a client may well write it: the escape of half a character is valid JSON.
        import json

        body = json.dumps({"message": before + command})
        response = client.post(
            "/api/v1/messages", content=body, headers={"content-type": "application/json"}
        )
    else:
        response = send(client, (before + command).encode("utf-8", "replace").decode())
    assert response.status_code in (200, 303)
    for body in rasa.sent:
        assert not body["message"].lstrip().startswith(("/", "／", "EXTERNAL:"))
    assert len(rasa.sent) == 1
