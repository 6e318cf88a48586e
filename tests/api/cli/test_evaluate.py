import json

import httpx
import pytest

import api.cli.evaluate
from knowledge_base.answer import Status
from knowledge_base.answer.aspect import Aspect
from knowledge_base.catalogue import Catalogue
from tests.api.fake_rasa import make_answer
from tests.factories import make_procedure
from tests.knowledge_base.search.hashing_encoder import HashingEncoder

BIRTH, MARRIAGE = "1.999001", "1.999002"
ROWS = [
    {"text": "đăng ký khai sinh cần gì", "style": "plain", "ask": "documents", "gold": [BIRTH]},
    {"text": "dang ky ket hon o dau", "style": "bare", "ask": "where", "gold": [MARRIAGE]},
    {"text": "trời hôm nay mưa không", "style": "off", "ask": "out_of_scope", "gold": []},
]


@pytest.fixture
def questions(tmp_path):
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS), "utf-8")
    return path


@pytest.fixture(autouse=True)
def small_search(monkeypatch):
    catalogue = Catalogue(
        [
            make_procedure(BIRTH, name="Đăng ký khai sinh", field="Hộ tịch"),
            make_procedure(MARRIAGE, name="Đăng ký kết hôn", field="Hộ tịch"),
            make_procedure("1.999003", name="Cho phép bắn pháo hoa", field="An ninh"),
        ]
    )
    monkeypatch.setattr(api.cli.evaluate, "load_catalogue", lambda folder: catalogue)
    monkeypatch.setattr(api.cli.evaluate, "load_encoder", lambda name: HashingEncoder())


def test_the_search_is_measured(motcua, questions):
    summary = json.loads(motcua("evaluate", questions, "--json").out)
    assert summary["overall"]["n"] == 2
    assert summary["overall"]["recall@1"] == 1.0
    assert summary["overall"]["mrr@10"] == 1.0
    assert summary["styles"].keys() == {"plain", "bare"}


def test_the_table_has_a_row_for_every_style(motcua, questions):
    ended = motcua("evaluate", questions)
    assert ended.code == 0
    rows = [line.split() for line in ended.out.splitlines()]
    assert rows[0] == ["n", "recall@1", "recall@3", "recall@5", "recall@10", "mrr@10"]
    assert rows[1][:4] == ["tất", "cả", "2", "1.0"]
    assert {rows[2][0], rows[3][0]} == {"plain", "bare"}
    assert any(row[0] == "refused_out_of_scope" for row in rows if row)


@pytest.mark.parametrize("content", ["{", '{"text": "x"}', ""])
def test_a_wrong_file_is_told(motcua, tmp_path, content):
    path = tmp_path / "wrong.jsonl"
    path.write_text(content, "utf-8")
    ended = motcua("evaluate", path)
    assert ended.code == 1
    assert "wrong.jsonl" in ended.err


def test_a_file_that_is_not_there_is_told(motcua, tmp_path):
    ended = motcua("evaluate", tmp_path / "none.jsonl")
    assert ended.code == 2
    assert "Traceback" not in ended.err


class TestDialogue:
    @pytest.fixture
    def running(self, monkeypatch):
        """An application that answers every message with the next of these."""
        answers = []

        def respond(request):
            body = {"conversation": "c", "answer": answers.pop(0).model_dump(mode="json")}
            return httpx.Response(200, json=body)

        def client(**options):
            return httpx.Client(transport=httpx.MockTransport(respond))

        monkeypatch.setattr(api.cli.evaluate, "httpx", type("Httpx", (), {"Client": client}))
        return answers

    def test_the_running_dialogue_is_measured(self, motcua, questions, running):
        running += [
            make_answer(procedure_code=BIRTH, aspect=Aspect.DOCUMENTS),
            make_answer(
                status=Status.CLARIFICATION,
                aspect=Aspect.FEE,
                metrics={"codes": [BIRTH, MARRIAGE]},
            ),
            make_answer(status=Status.GUARDED_OUT_OF_SCOPE),
        ]
        ended = motcua("evaluate", questions, "--through", "dialogue", "--json")
        overall = json.loads(ended.out)["overall"]
        assert overall["recall@1"] == 0.5
        assert overall["recall@3"] == 1.0
        assert overall["refused_out_of_scope"] == 1.0
        assert overall["ask_accuracy"] == 0.5
        assert overall["latency_p50_ms"] >= 0

    def test_every_question_is_a_conversation_of_its_own(self, motcua, questions, running):
        running += [make_answer()] * 3
        assert motcua("evaluate", questions, "--through", "dialogue").code == 0
        assert running == []

    def test_a_dialogue_is_one_conversation_and_its_faults_are_listed(
        self, motcua, tmp_path, running
    ):
        turns = [
            {"user": "khai sinh ở đâu", "ask": "where", "gold": [BIRTH]},
            {"user": "phí?", "ask": "fee", "gold": [BIRTH], "depends_on_context": True},
        ]
        path = tmp_path / "dialogues.jsonl"
        path.write_text(json.dumps({"id": "d1", "turns": turns}), "utf-8")
        running += [
            make_answer(procedure_code=BIRTH, aspect=Aspect.WHERE),
            make_answer(procedure_code=MARRIAGE, aspect=Aspect.FEE),
        ]
        ended = motcua("evaluate", path, "--errors")
        assert "d1: sai thủ tục ngữ cảnh" in ended.out
        assert "phí?" in ended.out
        figures = dict(line.split() for line in ended.out.splitlines()[1:])
        assert (figures["right"], figures["context_right"]) == ("0.5", "0.0")

    def test_a_greeting_answers_no_question(self, motcua, questions, running):
        running += [make_answer(status=Status.ANSWERED_SOCIAL, procedure_code=None)] * 3
        ended = motcua("evaluate", questions, "--through", "dialogue", "--json")
        assert json.loads(ended.out)["overall"]["refused_in_scope"] == 1.0
