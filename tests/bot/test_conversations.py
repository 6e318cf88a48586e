"""The turns of labelled conversations as examples of what is asked."""

import json
from pathlib import Path

import pytest
import yaml

from bot.conversations import CONVERSATIONS, read_turns
from tests import bot

ROOT = Path(bot.__file__).parent.parent.parent


def write(path, *turns):
    path.write_text(json.dumps({"id": "T-1", "turns": list(turns)}, ensure_ascii=False), "utf-8")
    return path


def test_a_turn_asks_what_it_is_labelled_with(tmp_path):
    said = {"user": "thế hết nhiêu tiền", "ask": "fee", "gold": ["1.000001"]}
    (turn,) = read_turns(write(tmp_path / "one.jsonl", said))
    assert (turn.conversation, turn.text, turn.intent) == ("T-1", "thế hết nhiêu tiền", "ask_fee")


@pytest.mark.parametrize(
    "said",
    [
        {"user": "làm giấy", "ask": "ambiguous", "gold": ["1.000001", "1.000002"]},
        {"user": "trời mưa quá", "ask": "out_of_scope", "gold": []},
    ],
)
def test_a_turn_that_asks_no_one_thing_has_no_intent(tmp_path, said):
    (turn,) = read_turns(write(tmp_path / "one.jsonl", said))
    assert turn.intent is None


def test_a_turn_without_a_label_is_refused(tmp_path):
    with pytest.raises(KeyError, match="ask"):
        list(read_turns(write(tmp_path / "one.jsonl", {"user": "ơ", "gold": ["1.000001"]})))


def test_every_intent_of_the_shipped_conversations_is_in_the_domain():
    domain = yaml.safe_load((ROOT / "bot" / "domain" / "domain.yml").read_text("utf-8"))
    known = {name for entry in domain["intents"] for name in entry}
    asked = {turn.intent for turn in read_turns(ROOT / CONVERSATIONS)} - {None}
    assert asked
    assert asked <= known


def test_rasa_reads_the_same_file():
    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    (importer,) = config["importers"]
    assert Path(importer["conversations"]) == CONVERSATIONS
