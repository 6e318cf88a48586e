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
