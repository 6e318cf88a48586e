import re
from contextlib import closing
from datetime import date

import httpx
import pytest

from api.feedback import OpinionStore, Reason
from api.storage import open_database
from knowledge_base.answer import Status
from knowledge_base.answer.aspect import Aspect
from tests.api.fake_rasa import make_answer


@pytest.fixture
def address(tmp_path):
    return f"sqlite:///{tmp_path / 'motcua.db'}"


@pytest.fixture
def site(open_client, address, rasa):
    rasa.reply = lambda text: make_answer(
        f"Lệ phí của {text}", procedure_code="1.001193", aspect=Aspect.FEE, metrics={"seconds": 0.1}
    )
    with open_client(database_url=address) as client:
        yield client


@pytest.fixture
def kept(address):
    def kept():
        engine = open_database(address)
        try:
            return OpinionStore(engine).list()
        finally:
            engine.dispose()

    return kept


def asked_of(client, message):
    """Ask, and return the id of the answer."""
    turn = client.post(
        "/chat/messages", data={"message": message}, headers={"X-Fragment": "1"}
    ).text
    found = re.search(r'name="answer" value="([0-9a-f]{32})"', turn)
    return found and found[1]


def give(client, answer, useful="1", fragment=True, **data):
    headers = {"X-Fragment": "1"} if fragment else {}
    return client.post(
        "/chat/feedback", data={"answer": answer, "useful": useful, **data}, headers=headers
    )


def test_useful_is_kept_with_what_the_answer_was_about(site, kept):
    answer = asked_of(site, "khai sinh")
    response = give(site, answer)
    assert response.status_code == 200
    assert "Cảm ơn bạn" in response.text
    (opinion,) = kept()
    assert (opinion.useful, opinion.given_on, opinion.channel) == (True, date(2026, 11, 23), "web")
    assert (opinion.procedure_code, opinion.aspect) == ("1.001193", "fee")
    assert (opinion.status, opinion.question) == ("answered", "khai sinh")


def test_not_useful_is_kept_at_once_and_asks_why(site, kept):
    answer = asked_of(site, "khai sinh")
    why = give(site, answer, "0")
    assert "Vì sao không có ích?" in why.text
    assert [opinion.useful for opinion in kept()] == [False]
    give(site, answer, "0", reason="outdated", note="Lệ phí đã đổi")
    (opinion,) = kept()
    assert (opinion.reason, opinion.note) == (Reason.OUTDATED, "Lệ phí đã đổi")


def test_opinion_may_change_and_counts_once(site, kept):
    answer = asked_of(site, "khai sinh")
    give(site, answer, "0", reason="unclear")
    give(site, answer, "1")
    (opinion,) = kept()
    assert (opinion.useful, opinion.reason) == (True, None)


def test_the_answer_keeps_its_id_when_the_page_is_opened_again(site):
    answer = asked_of(site, "khai sinh")
    assert f'name="answer" value="{answer}"' in site.get("/").text


def test_without_javascript_a_page_thanks_and_leads_back(site):
    answer = asked_of(site, "khai sinh")
    page = give(site, answer, "0", fragment=False).text
    assert "<!doctype html>" in page
    assert 'name="reason" value="incomplete"' in page
    assert 'href="/#cuoi"' in page


def test_what_names_a_person_is_covered_before_it_is_kept(site, kept):
    answer = asked_of(site, "lệ phí cho ông Nguyễn Văn Rồng 0912345678 là bao nhiêu vậy hả bạn")
    give(site, answer, "0", note="Gọi 0912 345 678, rong@example.org, tên là Trần Thị Diều")
    (opinion,) = kept()
    for text in (opinion.note, opinion.question):
        assert "•••" in text
        for private in ("0912", "rong@", "Văn Rồng", "Thị Diều"):
            assert private not in text


def test_question_about_a_dossier_is_not_kept(site, rasa, kept):
    rasa.reply = lambda text: make_answer("Đang xử lý", status=Status.ANSWERED_DOSSIER)
    give(site, asked_of(site, "H05.12-261123-0007"))
    (opinion,) = kept()
    assert opinion.question is None
    assert "H05" not in repr(opinion)


def test_small_talk_and_faults_ask_for_no_opinion(site, rasa):
    rasa.reply = lambda text: make_answer(status=Status.ANSWERED_SOCIAL)
    assert asked_of(site, "chào") is None
    rasa.fault = lambda request: httpx.Response(500)
    assert asked_of(site, "lệ phí") is None


@pytest.mark.parametrize("answer", ["0" * 32, "f" * 32])
def test_answer_of_no_conversation_of_mine_is_not_kept(site, kept, answer):
    asked_of(site, "khai sinh")
    assert give(site, answer).status_code == 404
    assert kept() == []


def test_anothers_answer_is_out_of_reach(site, kept):
    answer = asked_of(site, "khai sinh")
    site.cookies.clear()
    assert give(site, answer).status_code == 404
    assert kept() == []


@pytest.mark.parametrize(
    "data",
    [
        {"answer": "x", "useful": "1"},
        {"answer": "0" * 32, "useful": "perhaps"},
        {"answer": "0" * 32, "useful": "0", "reason": "<script>"},
        {"answer": "0" * 32},
    ],
)
def test_what_is_no_opinion_is_refused_and_not_repeated(site, data):
    response = site.post("/chat/feedback", data=data)
    assert response.status_code == 422
    assert "<script>" not in response.text


def test_another_site_cannot_give_opinions(site, kept):
    answer = asked_of(site, "khai sinh")
    response = site.post(
        "/chat/feedback",
        data={"answer": answer, "useful": "0"},
        headers={"Origin": "https://evil.example"},
    )
    assert response.status_code == 403
    assert kept() == []


def test_bot_being_away_is_said_and_nothing_is_lost_silently(site, rasa):
    answer = asked_of(site, "khai sinh")
    rasa.fault = lambda request: httpx.Response(503)
    response = give(site, answer)
    assert response.status_code == 404
    assert "Chưa ghi được ý kiến" in response.text


def test_note_is_cut_to_its_length(site, kept):
    give(site, asked_of(site, "khai sinh"), "0", note="rồng " * 800)
    assert len(kept()[0].note) <= 500


def test_store_closes_over_its_database(address):
    with closing(open_database(address).raw_connection()) as connection:
        names = connection.cursor().execute("SELECT name FROM sqlite_master").fetchall()
    assert ("feedback",) in names
