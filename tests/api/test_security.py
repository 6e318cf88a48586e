import re

import httpx
import pytest

from api.rendering import HtmlRenderer
from api.security import content_policy

EXPECTED = {
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "permissions-policy": "microphone=(self), camera=(), geolocation=()",
}
REQUESTS = {
    "page": ("GET", "/", {}),
    "frame": ("GET", "/?embed=1", {}),
    "form": ("POST", "/chat/messages", {"data": {"message": "lệ phí"}}),
    "fragment": (
        "POST",
        "/chat/messages",
        {"data": {"message": "lệ phí"}, "headers": {"X-Fragment": "1"}},
    ),
    "foreign form": (
        "POST",
        "/chat/messages",
        {"data": {"message": "m"}, "headers": {"Origin": "https://evil.example"}},
    ),
    "message": ("POST", "/api/v1/messages", {"json": {"message": "lệ phí"}}),
    "wrong body": ("POST", "/api/v1/messages", {"json": {}}),
    "health": ("GET", "/health", {}),
    "static": ("GET", "/static/chat.css", {}),
    "missing static": ("GET", "/static/none.css", {}),
    "not found": ("GET", "/nowhere", {}),
    "other method": ("DELETE", "/", {}),
}


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
def test_every_response_has_the_headers(client, request_):
    method, path, options = request_
    response = client.request(method, path, **options)
    for name, value in EXPECTED.items():
        assert response.headers[name] == value
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_a_refusal_for_speed_has_them_too(open_client):
    with open_client(messages_per_minute=1) as client:
        client.get("/")
        for _ in range(2):
            response = client.post("/chat/messages", data={"message": "m"})
    assert response.status_code == 429
    assert "content-security-policy" in response.headers


def test_a_fault_of_the_bot_has_them_too(client, rasa):
    rasa.fault = lambda request: httpx.Response(500)
    response = client.post("/chat/messages", data={"message": "m"})
    assert "content-security-policy" in response.headers


def test_a_fault_of_the_application_has_them_too_and_no_details(open_client, monkeypatch):
    with open_client(raises=False) as client:
        monkeypatch.setattr(HtmlRenderer, "render_page", None)
        response = client.get("/")
    assert response.status_code == 500
    assert "trục trặc" in response.text
    assert "TypeError" not in response.text
    assert "content-security-policy" in response.headers


def test_scripts_and_styles_come_from_our_own_files_only():
    policy = dict(part.split(" ", 1) for part in content_policy(()).split("; "))
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in content_policy(())


def test_frames_are_allowed_where_the_settings_say(open_client):
    with open_client(frame_ancestors=("https://phuong.example",)) as client:
        policy = client.get("/").headers["content-security-policy"]
    assert re.search(r"frame-ancestors 'self' https://phuong\.example(;|$)", policy)


def test_by_default_only_our_own_pages_may_frame_the_chat(client):
    policy = client.get("/").headers["content-security-policy"]
    assert re.search(r"frame-ancestors 'self'(;|$)", policy)


def test_the_server_does_not_say_what_it_is(client):
    assert "server" not in client.get("/").headers
