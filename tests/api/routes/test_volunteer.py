import gzip
import html
import json
import re

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.conversation import is_sender
from api.session import COOKIE
from api.settings import Settings
from knowledge_base.answer import load_texts
from knowledge_base.catalogue import load_catalogue
from tests.api.conftest import NOW
from tests.factories import make_procedure

PAGE = "/tinh-nguyen"
COPY = "/tinh-nguyen/du-lieu.json"
NEXT = "/tinh-nguyen/nguoi-tiep-theo"


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """A browser on an application that makes its copy once for all tests of this file."""
    folder = tmp_path_factory.mktemp("var")
    app = create_app(
        Settings(data_folder=folder), catalogue=load_catalogue(folder), now=lambda: NOW
    )
    with TestClient(app) as client:
        yield client


def test_the_page_is_useful_without_a_script(client):
    page = client.get(PAGE).text
    assert "Hôm nay bác cần làm việc gì ạ?" in page
    assert "mã OTP" in page
    assert "Việc này cháu chưa rõ" in page
    assert 'href="/tinh-nguyen/thu-tuc"' in page


def test_the_safety_card_warns_in_the_words_of_the_answers(client):
    page = client.get(PAGE).text
    assert html.escape(load_texts().scam.payment) in page
    assert html.escape(load_texts().scam.vneid) in page
    assert "{" not in page.partition("<body")[2]


def test_the_page_says_whom_to_ask(open_client):
    with open_client() as client:
        assert "Bộ phận một cửa nơi bạn ở" in client.get(PAGE).text
    with open_client(office_name="Một cửa phường Mẫu", office_phone="0000 000 000") as client:
        page = client.get(PAGE).text
    assert "Bác hỏi Một cửa phường Mẫu giúp cháu" in page
    assert 'href="tel:0000000000"' in page


def test_an_office_name_is_text_and_never_markup(open_client):
    with open_client(office_name='<b onclick="x()">"</b>') as client:
        page = client.get(PAGE).text
        script = client.get(re.search(r'"(/tinh-nguyen/ma/\w+)/app.js"', page)[1] + "/texts.js")
    assert "<b onclick" not in page
    assert json.loads(script.text.removeprefix("export default ").rstrip(";\n"))[
        "office"
    ].startswith("<b onclick")


def test_the_page_is_the_same_for_everybody_and_sets_no_cookie(client):
    client.get("/")
    first = client.get(PAGE)
    client.cookies.clear()
    second = client.get(PAGE)
    assert first.text == second.text
    assert "set-cookie" not in first.headers


def test_the_page_has_no_script_or_style_of_its_own(client):
    page = client.get(PAGE).text
    assert re.search(r"<script(?![^>]*\bsrc=)", page) is None
    assert "<style" not in page
    assert re.search(r'\s(?:style|on\w+)="', page) is None


def test_every_file_that_the_page_names_is_there(library):
    named = re.findall(r'(?:href|src)="(/[^"#]+)"', library.get(PAGE).text)
    assert len(named) > 10
    for path in set(named):
        assert library.get(path).status_code == 200, path


def test_scripts_import_only_what_is_there(client):
    folder = re.search(r'"(/tinh-nguyen/ma/\w+)/app.js"', client.get(PAGE).text)[1]
    waiting, seen = {"app.js"}, set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        response = client.get(f"{folder}/{name}")
        assert response.status_code == 200, name
        assert response.headers["content-type"].startswith("text/javascript")
        assert "immutable" in response.headers["cache-control"]
        waiting |= set(re.findall(r'from "\./([\w.]+)"', response.text)) - seen
    assert {"checklist.js", "people.js", "texts.js"} <= seen


@pytest.mark.parametrize("path", ["000000000000/app.js", "x/..%2fapp.py", "x/y/z"])
def test_no_other_script_is_given(client, path):
    assert client.get(f"{PAGE}/ma/{path}").status_code == 404


def test_every_text_that_the_script_uses_is_written(client):
    folder = re.search(r'"(/tinh-nguyen/ma/\w+)/app.js"', client.get(PAGE).text)[1]
    texts = json.loads(client.get(f"{folder}/texts.js").text.removeprefix("export default ")[:-2])
    names = ["app", "case", "finish", "start", "status"]
    source = "\n".join(client.get(f"{folder}/{name}.js").text for name in names)
    used = set(re.findall(r"\bwords\.([a-z]+(?:_[a-z]+)*)\b(?!\()", source))
    assert len(used) > 50
    assert used - texts["screens"].keys() == set()


def test_the_list_leads_to_every_guided_procedure(library):
    page = library.get(f"{PAGE}/thu-tuc").text
    codes = set(re.findall(r'href="/thu-tuc/([\d.]+)"', page))
    assert len(codes) >= 150
    assert "Sinh con" in page or "Mới sinh con" in page


def test_the_copy_is_json_with_version_and_day(library):
    response = library.get(COPY)
    data = response.json()
    assert response.headers["x-edition"] == data["version"]
    assert response.headers["x-edition-date"] == data["made_on"] == "2026-11-23"
    assert data["procedures"]["1.001193"]["address"] == "http://testserver/thu-tuc/1.001193"


def test_the_copy_leads_to_the_address_that_citizens_know(open_catalogue_site):
    known = make_procedure(kind="guidance")
    site = open_catalogue_site(known, public_url="https://hoi.example")
    data = site.get(COPY, headers={"Host": "evil.example"}).json()
    assert data["procedures"][known.code]["address"] == f"https://hoi.example/thu-tuc/{known.code}"
    assert "evil.example" not in json.dumps(data)


def test_the_copy_travels_compressed_where_that_is_understood(library):
    plain = library.get(COPY, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    small = library.get(COPY, headers={"Accept-Encoding": "gzip"})
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < len(plain.content) / 4
    assert small.json() == plain.json()
    assert gzip.compress(plain.content, mtime=0)[:2] == b"\x1f\x8b"


def test_a_copy_that_is_at_hand_is_not_sent_again(library):
    tag = library.get(COPY).headers["etag"]
    again = library.get(COPY, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert library.get(COPY, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_next_person_does_not_see_the_conversation_of_the_last(client, rasa):
    client.get("/")
    before = client.cookies[COOKIE]
    client.post("/chat/messages", data={"message": "mất căn cước của tôi"})
    assert client.post(NEXT, headers={"Origin": "http://testserver"}).status_code == 204
    assert COOKIE not in client.cookies
    client.get("/")
    assert is_sender(client.cookies[COOKIE])
    assert client.cookies[COOKIE] != before


def test_every_cookie_of_this_site_goes_with_the_last_person(client):
    for name in ("motcua_phien", "motcua_theo_doi", "motcua_khac"):
        client.cookies.set(name, "x", domain="testserver.local", path="/")
    client.cookies.set("another", "x", domain="testserver.local", path="/")
    client.post(NEXT, headers={"Origin": "http://testserver"})
    assert [cookie.name for cookie in client.cookies.jar] == ["another"]


def test_another_site_cannot_part_a_browser_from_its_conversation(client):
    client.get("/")
    response = client.post(NEXT, headers={"Origin": "https://evil.example"})
    assert response.status_code == 403
    assert COOKIE in client.cookies
