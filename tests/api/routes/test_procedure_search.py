import re

import pytest

from tests.api.routes.test_procedures import ATTACK
from tests.factories import CODE, make_bare, make_guidance, make_procedure
from tests.knowledge_base.search.conftest import (
    BIRTH,
    FIREWORKS,
    FOREIGN,
    LOST,
    PROCEDURES,
    QUESTIONS,
    make_engine,
)


@pytest.fixture
def site(open_catalogue_site):
    procedures = [
        make_procedure(code, name=name, field=field, levels=[level])
        for code, name, field, level in PROCEDURES
    ]
    return open_catalogue_site(*procedures, engine=make_engine(procedures, QUESTIONS))


def found(response):
    return re.findall(r'href="/thu-tuc/([\d.]+)"', response.text)


def test_words_of_the_citizen_find_the_procedure_while_rasa_is_down(site):
    response = site.get("/thu-tuc", params={"q": "vợ mới đẻ làm giấy cho em bé"})
    assert response.status_code == 200
    assert found(response)[0] == BIRTH
    assert "Hộ tịch · cấp xã" in response.text


def test_siblings_stand_near_each_other(site):
    codes = found(site.get("/thu-tuc", params={"q": "giấy phép nuôi rồng"}))
    assert {LOST, FOREIGN} <= set(codes[:4])


def test_what_fits_nothing_is_said_to_fit_nothing(site):
    response = site.get("/thu-tuc", params={"q": "đội nào thắng trận bóng"})
    assert "Không có thủ tục nào khớp rõ" in response.text
    assert 0 < len(found(response)) <= 5


@pytest.mark.parametrize("code", [FIREWORKS, f"{FIREWORKS}.000.00.00.H36"])
def test_code_finds_its_procedure_alone(site, code):
    assert found(site.get("/thu-tuc", params={"q": code})) == [FIREWORKS]


@pytest.mark.parametrize("number", ["012345678901", "0912 345 678"])
def test_private_number_is_neither_sought_nor_repeated(site, number):
    response = site.get("/thu-tuc", params={"q": number})
    assert response.status_code == 200
    assert number not in response.text
    assert found(response) == []
    assert "không tìm theo số đó" in response.text


def test_query_is_shown_as_text_and_cut(site):
    page = site.get("/thu-tuc", params={"q": ATTACK + "rồng " * 200}).text
    assert "<img src=x" not in page
    assert len(re.search(r'name="q" value="([^"]*)"', page)[1]) < 300


def test_empty_query_shows_the_explained_procedures_by_field(open_catalogue_site):
    site = open_catalogue_site(
        make_guidance(), make_bare("1.999003", name="Xuất khẩu rồng", field="Thương mại")
    )
    for address in ("/thu-tuc", "/thu-tuc?q=", "/thu-tuc?q=%20%20"):
        response = site.get(address)
        assert "Chăn nuôi (1)" in response.text
        assert found(response) == [CODE]


def test_search_is_built_once_when_it_is_first_needed(tmp_path, monkeypatch, open_catalogue_site):
    procedures = [make_procedure(code, name=name) for code, name, _, _ in PROCEDURES]
    built = []

    def build(catalogue, encoder):
        built.append(len(catalogue))
        return make_engine(procedures, QUESTIONS)

    monkeypatch.setattr("api.dependencies.build_search_engine", build)
    monkeypatch.setattr("api.dependencies.load_encoder", lambda name: name)
    site = open_catalogue_site(*procedures)
    assert site.get("/thu-tuc").status_code == 200
    assert built == []
    for _ in range(2):
        site.get("/thu-tuc", params={"q": "kết hôn"})
    assert built == [len(procedures)]
