"""The tokenizer and the intent classifier, run in Rasa's own environment by `rasa_checks.py`."""

import json
import os
import subprocess
import unicodedata
from pathlib import Path

import pytest

from tests import bot

ROOT = Path(bot.__file__).parent.parent.parent
PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
CHECKS = Path(bot.__file__).parent / "rasa_checks.py"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PYTHON.exists(), reason="no .venv-rasa: run «make setup» first"),
]

# text → its syllables (accents kept), and its words (folded)
TABLE = {
    "làm giấy khai sinh": (["làm", "giấy", "khai", "sinh"], ["lam", "giay", "khai sinh"]),
    "Đăng Ký KẾT HÔN": (["đăng", "ký", "kết", "hôn"], None),
    "cần giấy tờ gì?": (["cần", "giấy", "tờ", "gì"], ["can", "giay to", "gi"]),
    "hồ sơ H05.12-261123-0007 xong chưa": (
        ["hồ", "sơ", "h05.12-261123-0007", "xong", "chưa"],
        ["ho so", "h05.12-261123-0007", "xong", "chua"],
    ),
    "000.00.07.H02-200729-0003": (["000.00.07.h02-200729-0003"], ["000.00.07.h02-200729-0003"]),
    "thủ tục 1.001193": (["thủ", "tục", "1.001193"], ["thu tuc", "1.001193"]),
    "1.001193.000.00.00.H36": (["1.001193.000.00.00.h36"], ["1.001193.000.00.00.h36"]),
    "nghị định 123/2015/NĐ-CP": (
        ["nghị", "định", "123/2015/nđ-cp"],
        ["nghi dinh", "123/2015/nd-cp"],
    ),
    "lệ phí 50.000 đồng": (["lệ", "phí", "50.000", "đồng"], ["le phi", "50.000", "dong"]),
    "cha/mẹ": (["cha/mẹ"], ["cha/me"]),
    "mk mất cccd": (["mình", "mất", "căn cước công dân"], ["minh", "mat", "can cuoc cong dan"]),
    "đki khai sinh": (["đăng ký", "khai", "sinh"], ["dang ky", "khai sinh"]),
    "hoà thuỷ": (["hòa", "thủy"], None),
    "khai sinh!!!???": (["khai", "sinh"], ["khai sinh"]),
    "🙂 khai sinh 🐉": (["khai", "sinh"], ["khai sinh"]),
    "khai_sinh": (["khai", "sinh"], None),
    "": ([" "], [" "]),
    "   ": (["   "], ["   "]),
    "🙂": (["🙂"], ["🙂"]),
    "?!": (["?!"], ["?!"]),
}
NFD = {text: unicodedata.normalize("NFD", text) for text in TABLE}
CLAUSES = {
    "hom qua toi mat vi , gio lam lai o dau": "lam lai o dau",
    "le phi bao nhieu": "le phi bao nhieu",
    "con toi 3 tuoi . can giay gi": "can giay gi",
    "can giay gi , a": "can giay gi",
    "a": "a",
    "": "",
}
EXAMPLES = [
    ["cần giấy tờ gì", "ask_documents"],
    ["cần mang giấy tờ gì", "ask_documents"],
    ["hồ sơ cần giấy tờ gì", "ask_documents"],
    ["lệ phí bao nhiêu", "ask_fee"],
    ["lệ phí hết bao nhiêu tiền", "ask_fee"],
    ["hết bao nhiêu tiền", "ask_fee"],
    ["xin chào", "greet"],
    ["xin chào bạn", "greet"],
    ["chào bạn", "greet"],
]
QUESTIONS = {
    "lệ phí hết bao nhiêu": "ask_fee",
    "le phi bao nhieu": "ask_fee",
    "lệ phí bn v": "ask_fee",
    "cần mang giấy gì": "ask_documents",
    "hôm qua con tôi sinh, cần giấy tờ gì": "ask_documents",
    "chào bạn nhé": "greet",
}


CONVERSATIONS = [
    {
        "id": "T-1",
        "turns": [
            {"user": "thế hết nhiêu tiền", "ask": "fee", "gold": ["1.000001"]},
            {"user": "mấy ngày có", "ask": "time", "gold": ["1.000001"]},
            {"user": "giấy kia kìa", "ask": "ambiguous", "gold": ["1.000001", "1.000002"]},
            {"user": "cảm ơn nhé", "ask": "out_of_scope", "gold": []},
        ],
    }
]


@pytest.fixture(scope="module")
def report():
    request = {
        "texts": [*TABLE, *NFD.values()],
        "clauses": list(CLAUSES),
        "examples": EXAMPLES,
        "questions": [*QUESTIONS, "🙂", ""],
        "conversations": CONVERSATIONS,
        "known": ["mấy ngày có", "hết bao nhiêu"],
    }
    quiet = {
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "RASA_TELEMETRY_ENABLED": "false",
    }
    done = subprocess.run(
        [PYTHON, CHECKS],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        env={**os.environ, **quiet},
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def texts(tokens):
    return [text for text, _, _ in tokens]


def test_the_components_run_in_the_python_of_rasa(report):
    assert report["python"] == [3, 10]
    assert report["languages"] == ["vi"]
    assert report["packages"] == ["underthesea"]


class TestTokenizer:
    @pytest.mark.parametrize("text", TABLE)
    def test_words_are_told_apart(self, report, text):
        syllables, folded = TABLE[text]
        assert texts(report["tokens"][text]["syllables"]) == syllables
        if folded is not None:
            assert texts(report["tokens"][text]["folded"]) == folded

    @pytest.mark.parametrize("text", TABLE)
    def test_decomposed_accents_change_nothing(self, report, text):
        for configuration in ("syllables", "words", "folded"):
            composed = texts(report["tokens"][text][configuration])
            assert texts(report["tokens"][NFD[text]][configuration]) == composed

    def test_offsets_are_those_of_what_was_typed(self, report):
        for text, configurations in report["tokens"].items():
            for tokens in configurations.values():
                ends = [0]
                for _, start, end in tokens:
                    assert ends[-1] <= start < end
                    ends.append(end)
                assert ends[-1] <= max(len(text), 1)

    @pytest.mark.parametrize("text", ["cần giấy tờ gì?", "lệ phí 50.000 đồng", "khai sinh!!!???"])
    def test_a_token_lies_where_it_stands(self, report, text):
        for token, start, end in report["tokens"][text]["words"]:
            assert text[start:end].lower() == token

    def test_what_was_written_out_keeps_the_offsets_of_what_was_typed(self, report):
        text = "mk mất cccd"
        spans = [text[start:end] for _, start, end in report["tokens"][text]["folded"]]
        assert spans == ["mk", "mất", "cccd"]

    def test_there_is_a_token_for_every_text(self, report):
        assert all(
            tokens
            for configurations in report["tokens"].values()
            for tokens in configurations.values()
        )


def test_labelled_turns_are_examples_unless_the_files_hold_them(report):
    assert sorted(report["imported"]) == [
        ["hết bao nhiêu", "ask_fee"],
        ["mấy ngày có", "ask_fee"],
        ["thế hết nhiêu tiền", "ask_fee"],
    ]


@pytest.mark.parametrize("text", CLAUSES)
def test_the_last_clause_is_what_is_asked(report, text):
    assert report["last_clauses"][text] == CLAUSES[text]


class TestClassifier:
    def test_it_learns(self, report):
        named = [intent and intent["name"] for intent, _ in report["classifier"]["trained"]]
        assert dict(zip(QUESTIONS, named, strict=False)) == QUESTIONS

    def test_the_ranking_begins_with_the_intent_and_goes_down(self, report):
        for intent, ranking in report["classifier"]["trained"][: len(QUESTIONS)]:
            assert ranking[0] == intent
            assert len(ranking) == 3
            chances = [entry["confidence"] for entry in ranking]
            assert chances == sorted(chances, reverse=True)
            assert 0 < sum(chances) <= 1.0001

    def test_one_that_was_stored_and_loaded_says_the_same(self, report):
        assert report["classifier"]["loaded"] == report["classifier"]["trained"]

    def test_it_is_stored_without_pickle(self, report):
        assert report["classifier"]["files"] == ["intents.skops"]

    def test_an_untrained_one_says_nothing(self, report):
        assert all(entry == [None, None] for entry in report["classifier"]["untrained"])

    def test_a_message_without_words_is_no_fault(self, report):
        *_, emoji, empty = report["classifier"]["trained"]
        assert emoji[1] is not None
        assert empty == [None, None]
