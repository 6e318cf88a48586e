"""The conversation store, run in Rasa's own environment by `store_checks.py`."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests import bot

ROOT = Path(bot.__file__).parent.parent.parent
PYTHON = ROOT / ".venv-rasa" / "bin" / "python"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PYTHON.exists(), reason="no .venv-rasa: run «make setup» first"),
]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    done = subprocess.run(
        [PYTHON, Path(bot.__file__).parent / "store_checks.py", tmp_path_factory.mktemp("store")],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
            "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
            "TF_CPP_MIN_LOG_LEVEL": "3",
        },
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_rasa_makes_it_from_the_endpoints(report):
    assert report["made by rasa"] == "ConversationStore"


def test_a_conversation_survives_a_restart(report):
    assert report["unknown"]
    assert report["after a restart"] == {
        "texts": ["mã PIN •••"],
        "intents": ["ask"],
        "bot": [{"status": "answered"}],
        "aspect": "fee",
        "sender": "a-session-that-nobody-may-learn",
        "as before": True,
    }


def test_a_proof_stays_neither_in_memory_nor_on_disk(report):
    assert report["pin in memory"] is False
    assert report["on disk"]["pin"] is False


def test_the_file_gives_no_session_away_and_is_the_owners_alone(report):
    assert report["on disk"] == {
        "pin": False, "sender": False, "ranking": False, "mode": "-rw-------",
    }  # fmt: skip


def test_what_is_at_hand_is_used_and_bounded(report):
    assert report["same at hand"]
    assert report["at hand"] == 128
    assert report["at hand with a new domain"] == 0


def test_what_another_process_wrote_is_seen(report):
    assert report["written elsewhere"] == "time"


def test_a_turn_that_fails_half_way_leaves_no_trace(report):
    assert report["failed turn"] == "time"


def test_a_long_conversation_keeps_its_newest_events(report):
    assert report["long"] == {"events": 300, "last": "câu 119", "aspect": "fee"}


def test_conversations_are_known_by_digest_and_found(report):
    assert report["keys"] == 302
    assert report["exists"] == [True, False]


def test_after_its_hours_a_conversation_is_gone(report):
    assert report["too old"] == [True, False, 0]
    assert report["left"] == 1
