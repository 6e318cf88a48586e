"""Write what the intent classifier thinks of labelled messages, for `motcua train aspect`.

    .venv-rasa/bin/python -m bot.evaluation.intent_chances --out chances.jsonl

One JSON object a line: `text`, `chances` (intent → probability), and for an example of the
classifier's own `intent`. Every message is judged by a classifier that was not trained on it, nor
on another turn of its conversation.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import Any

import skops.io  # noqa: F401 (before TensorFlow: see api/launcher/rasa.py)
import yaml
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from sklearn.model_selection import StratifiedGroupKFold

from bot.conversations import CONVERSATIONS, read_turns
from bot.evaluation.nlu_report import read_examples, read_messages, train_classifier

__all__ = ["held_out_chances", "main"]

_CITIZENS = "citizens_questions.yml"
_MOST = 1500
_MOST_OTHERS = 3000
_FOLDS = 3


def held_out_chances(
    messages: Sequence[Message],
    groups: Sequence[str],
    config: dict[str, Any],
    wanted: Container[str],
) -> Iterator[tuple[Message, dict[str, float]]]:
    """The chances of the `wanted` messages, by classifiers that learned from no one of their group.

    A message without an intent is judged, not learned from.
    """
    intents = [str(message.get(INTENT)) for message in messages]
    splits = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=1)
    for train, test in splits.split(messages, intents, groups):
        learned = [messages[i] for i in train if messages[i].get(INTENT)]
        held = [messages[i] for i in test if messages[i].get(TEXT) in wanted]
        yield from zip(held, train_classifier(learned, config).chances(held), strict=True)


def _sample(texts: Sequence[str], most: int) -> list[str]:
    return random.Random(1).sample(texts, min(most, len(texts)))


def main() -> None:
    """Read the arguments, train, write the lines."""
    parser = argparse.ArgumentParser(description="Ghi xác suất ý định của các câu đã gán nhãn.")
    parser.add_argument("--nlu", type=Path, default=Path("bot/data/nlu"))
    parser.add_argument("--config", type=Path, default=Path("config.yml"))
    parser.add_argument("--conversations", type=Path, default=CONVERSATIONS)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    pipeline = yaml.safe_load(options.config.read_text("utf-8"))["pipeline"]
    examples = dict(read_examples(options.nlu))
    citizens = [text for text, intent in read_examples(options.nlu, _CITIZENS) if "ask_" in intent]
    others = [text for text, intent in examples.items() if "ask_" not in intent]
    turns = {turn.text: turn for turn in read_turns(options.conversations)}
    labelled = {**{turn.text: turn.intent for turn in turns.values()}, **examples}
    wanted = {*_sample(citizens, _MOST), *_sample(others, _MOST_OTHERS), *turns}
    messages, config = read_messages(list(labelled.items()), pipeline)
    groups = [turns[text].conversation if text in turns else text for text in labelled]
    rows = [
        {"text": message.get(TEXT), "chances": chances}
        | ({} if message.get(TEXT) in turns else {"intent": message.get(INTENT)})
        for message, chances in held_out_chances(messages, groups, config, wanted)
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    options.out.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
