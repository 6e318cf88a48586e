"""Whose conversation a request is, on the page and in a frame on another site."""

import re

import pytest

from api.conversation import is_sender, new_sender

FRAME = "motcua_khung"


def carried(page):
    values = set(re.findall(r'name="conversation" value="([^"]*)"', page))
    assert len(values) == 1, "all forms of a page carry the same conversation"
    return values.pop()


def ask(client, message, **data):
    return client.post("/chat/messages", data={"message": message, **data})


def test_a_page_outside_a_frame_carries_nothing(client):
    assert 'name="conversation"' not in client.get("/").text


def test_in_a_frame_the_page_carries_the_conversation_without_any_cookie(client):
    page = client.get("/?embed=1")
    assert "set-cookie" not in page.headers
    conversation = carried(page.text)
    assert is_sender(conversation)
    first = ask(client, "câu một", embed="1", conversation=conversation)
    assert carried(first.text) == conversation
    second = ask(client, "câu hai", embed="1", conversation=conversation)
    assert "Bạn viết: câu một" in second.text
    assert "Bạn viết: câu hai" in second.text


def test_an_answer_put_into_a_frame_carries_the_conversation_on(client, rasa):
    conversation = carried(client.get("/?embed=1").text)
    data = {"message": "lệ phí", "embed": "1", "conversation": conversation}
    turn = client.post("/chat/messages", data=data, headers={"X-Fragment": "1"})
    assert carried(turn.text) == conversation


def test_behind_https_a_frame_has_a_cookie_of_its_own_site_alone(open_client):
    with open_client(secure_cookies=True) as client:
        cookie = client.get("/?embed=1").headers["set-cookie"]
        assert cookie.startswith(f"{FRAME}=")
        for attribute in ("HttpOnly", "SameSite=None", "Secure", "Partitioned", "Max-Age=3600"):
            assert attribute in cookie.split("; ")
        sender = re.match(rf"{FRAME}=([^;]+)", cookie)[1]
        again = client.get("/?embed=1", headers={"Cookie": f"{FRAME}={sender}"})
        assert carried(again.text) == sender


@pytest.mark.parametrize("wrong", ["", "short", "../../x", '"><script>'])
def test_what_is_no_conversation_of_ours_is_not_carried(client, wrong):
    page = ask(client, "chào", embed="1", conversation=wrong).text
    assert carried(page) != wrong
    assert is_sender(carried(page))


def test_outside_a_frame_a_form_cannot_bring_anothers_conversation(client, rasa):
    others = new_sender()
    ask(client, "câu của tôi", conversation=others)
    assert rasa.sent[-1]["sender"] != others


def test_the_conversation_stands_in_no_address(client):
    conversation = carried(client.get("/?embed=1").text)
    page = ask(client, "lệ phí", embed="1", conversation=conversation).text
    assert not re.search(rf'(?:href|src|action)="[^"]*{conversation}', page)


def test_two_frames_know_nothing_of_each_other(client):
    one, two = (carried(client.get("/?embed=1").text) for _ in range(2))
    assert one != two
    ask(client, "chuyện riêng", embed="1", conversation=one)
    assert "chuyện riêng" not in ask(client, "chào", embed="1", conversation=two).text
