"""The links at the foot of every page."""

import re

import pytest

PAGES = ["/", "/thu-tuc", "/bieu-mau", "/noi-nop", "/ho-so", "/hoi-dap", "/tinh-nguyen"]


def links_of(page):
    foot = page.partition('class="site-links"')[2].partition("</ul>")[0]
    return re.findall(r'href="([^"]+)"', foot)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_leads_to_every_other(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert links_of(response.text) == PAGES


def test_a_chat_in_the_frame_of_another_page_leads_nowhere_else(open_client):
    with open_client(frame_ancestors=("https://xa.example",)) as client:
        assert links_of(client.get("/?embed=1").text) == []
