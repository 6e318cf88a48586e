import re

import pytest


@pytest.mark.parametrize(
    ("name", "kind"),
    [("chat.css", "text/css"), ("chat.js", "text/javascript"), ("favicon.svg", "image/svg+xml")],
)
def test_static_files_are_served(client, name, kind):
    response = client.get(f"/static/{name}")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(kind)
    assert response.content


def test_every_file_that_the_page_names_is_there(client):
    page = client.get("/").text
    named = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(named) >= 3
    for path in named:
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize(
    "path",
    ["/static/", "/static/../settings.py", "/static/%2e%2e/settings.py", "/static/..%2fapp.py"],
)
def test_nothing_else_is_served(client, path):
    assert client.get(path).status_code == 404


def test_static_files_travel_compressed_where_that_is_understood(client):
    small = client.get("/static/chat.css", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/static/chat.css", headers={"Accept-Encoding": "identity"})
    assert small.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert small.text == plain.text


def test_a_conversation_is_never_compressed(client):
    assert "content-encoding" not in client.get("/", headers={"Accept-Encoding": "gzip"}).headers
