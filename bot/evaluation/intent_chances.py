"""Write what the intent classifier thinks of labelled messages, for `motcua train aspect`.

    .venv-rasa/bin/python -m bot.evaluation.intent_chances --out chances.jsonl

One JSON object a line: `text`, `chances` (intent → probability), and for an example of the
classifier's own `intent`. Those are guessed by a classifier that was not trained on them; the turns
of the conversations, which no classifier sees, by one that was trained on all examples.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import skops.io  # noqa: F401 (before TensorFlow: see api/launcher/rasa.py)
import yaml
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from sklearn.model_selection import StratifiedKFold

from bot.evaluation.nlu_report import read_examples, read_messages, train_classifier

__all__ = ["held_out_chances", "main", "turns_of"]

_CITIZENS = "citizens_questions.yml"
_MOST = 1500
_MOST_OTHERS = 3000
_FOLDS = 3


def turns_of(path: Path) -> list[str]:
    """What citizens say in labelled conversations."""
    lines = path.read_text("utf-8").splitlines()
    return [turn["user"] for line in lines for turn in json.loads(line)["turns"]]


def held_out_chances(
    messages: Sequence[Message], config: dict[str, Any], wanted: set[str]
) -> Iterator[tuple[Message, dict[str, float]]]:
    """The chances of the `wanted` messages, by classifiers that did not learn from them."""
    intents = [message.get(INTENT) for message in messages]
    splits = StratifiedKFold(_FOLDS, shuffle=True, random_state=1).split(messages, intents)
    for train, test in splits:
        classifier = train_classifier([messages[i] for i in train], config)
        held = [messages[i] for i in test if messages[i].get(TEXT) in wanted]
        yield from zip(held, classifier.chances(held), strict=True)


def _rows(
    messages: Iterable[tuple[Message, dict[str, float]]], *, labelled: bool
) -> Iterator[dict[str, Any]]:
    for message, chances in messages:
        row = {"text": message.get(TEXT), "chances": chances}
        yield row | {"intent": message.get(INTENT)} if labelled else row


def _sample(texts: Sequence[str], most: int) -> list[str]:
    return random.Random(1).sample(texts, min(most, len(texts)))


def main() -> None:
    """Read the arguments, train, write the lines."""
    parser = argparse.ArgumentParser(description="Ghi xác suất ý định của các câu đã gán nhãn.")
    parser.add_argument("--nlu", type=Path, default=Path("bot/data/nlu"))
    parser.add_argument("--config", type=Path, default=Path("config.yml"))
    parser.add_argument("--conversations", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    pipeline = yaml.safe_load(options.config.read_text("utf-8"))["pipeline"]
    examples = read_examples(options.nlu)
    messages, config = read_messages(examples, pipeline)
    citizens = [text for text, intent in read_examples(options.nlu, _CITIZENS) if "ask_" in intent]
    others = [text for text, intent in examples if "ask_" not in intent]
    wanted = {*_sample(citizens, _MOST), *_sample(others, _MOST_OTHERS)}
    turns, _ = read_messages([(text, None) for text in turns_of(options.conversations)], pipeline)
    thought = zip(turns, train_classifier(messages, config).chances(turns), strict=True)
    rows = [
        *_rows(thought, labelled=False),
        *_rows(held_out_chances(messages, config, wanted), labelled=True),
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    options.out.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
