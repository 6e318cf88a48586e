"""Cross-validate the pipeline of `config.yml` on the examples and write `docs/nlu.md`.

    .venv-rasa/bin/python -m bot.evaluation.nlu_report --folds 3 --out docs/nlu.md

The same as `rasa test nlu --cross-validation` of this pipeline, without predicting the training
examples again, which takes most of that command's time.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import skops.io  # noqa: F401 (before TensorFlow: see api/launcher/rasa.py)
import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.metrics import classification_report
from sklearn.model_selection import StratifiedKFold

from bot.components.intent_classifier import VietnameseIntentClassifier
from bot.components.vietnamese_tokenizer import VietnameseTokenizer
from bot.conversations import CONVERSATIONS, read_turns

__all__ = [
    "cross_validate",
    "main",
    "read_examples",
    "read_messages",
    "report_page",
    "train_classifier",
]

_CONTEXT = ExecutionContext(GraphSchema({}))
_CONFUSIONS = 25
_HEAD = """# Hiểu ý định: đo chéo

Đo ngày {date} bằng `make nlu-report`: {folds} phần, {examples} ví dụ của dự án
(lượt của hội thoại đã gán nhãn cũng là ví dụ), {intents} ý định.
Mỗi ví dụ được đoán bởi mô hình chưa thấy nó.

- macro-F1: **{macro:.3f}**
- đúng: **{accuracy:.3f}**

Bảng này chỉ chấm bộ phân loại. Điều hỏi trong câu trả lời còn cân với chữ của câu
(`knowledge_base/answer/cues.yml`), và lời từ chối chưa chắc còn bị tìm kiếm bác lại; hãy đọc cùng
`motcua evaluate … --through dialogue`.

## Từng ý định

| ý định | ví dụ | đúng khi nói (precision) | nhận ra (recall) | F1 |
| --- | --- | --- | --- | --- |
"""
_MIDDLE = """
## Nhầm nhiều nhất

| là | đoán là | số lần |
| --- | --- | --- |
"""


def read_examples(folder: Path, pattern: str = "*.yml") -> list[tuple[str, str]]:
    """Every distinct example with its intent, of the files whose names fit."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob(pattern)):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                found.setdefault(line.removeprefix("- ").strip(), block["intent"])
    return list(found.items())


def read_messages(
    examples: Sequence[tuple[str, str | None]], pipeline: Sequence[dict[str, Any]]
) -> tuple[list[Message], dict[str, Any]]:
    """The examples as the tokenizer of `pipeline` leaves them, and the classifier's settings."""
    tokenizer_config, classifier_config = (
        {key: value for key, value in part.items() if key != "name"} for part in pipeline[:2]
    )
    tokenizer = VietnameseTokenizer.create(
        {**VietnameseTokenizer.get_default_config(), **tokenizer_config},
        None,
        Resource("tokenizer"),
        _CONTEXT,
    )
    labelled = [{TEXT: text, INTENT: intent} for text, intent in examples]
    messages = [Message(data={k: v for k, v in data.items() if v}) for data in labelled]
    tokenizer.process_training_data(TrainingData(training_examples=messages))
    return messages, {**VietnameseIntentClassifier.get_default_config(), **classifier_config}


def train_classifier(
    messages: Sequence[Message], config: dict[str, Any]
) -> VietnameseIntentClassifier:
    """A classifier that learned from `messages`."""
    with tempfile.TemporaryDirectory() as folder:
        classifier = VietnameseIntentClassifier.create(
            config, LocalModelStorage(Path(folder)), Resource("classifier"), _CONTEXT
        )
        classifier.train(TrainingData(training_examples=list(messages)))
    return classifier


def cross_validate(
    examples: Sequence[tuple[str, str]], pipeline: Sequence[dict[str, Any]], folds: int
) -> list[str]:
    """The intent of every example, guessed by a classifier that was not trained on it."""
    messages, config = read_messages(examples, pipeline)
    intents = [intent for _, intent in examples]
    guessed = list(intents)
    splits = StratifiedKFold(folds, shuffle=True, random_state=1).split(messages, intents)
    for train, test in splits:
        classifier = train_classifier([messages[i] for i in train], config)
        for number, intent in zip(test, classifier.guess([messages[i] for i in test]), strict=True):
            guessed[number] = intent
    return guessed


def report_page(intents: Sequence[str], guessed: Sequence[str], folds: int, now: datetime) -> str:
    """The page in Markdown."""
    report = classification_report(intents, guessed, output_dict=True, zero_division=0)
    names = sorted(set(intents))
    page = _HEAD.format(
        date=now.strftime("%d/%m/%Y"),
        folds=folds,
        examples=len(intents),
        intents=len(names),
        macro=report["macro avg"]["f1-score"],
        accuracy=report["accuracy"],
    )
    for name in names:
        row = report[name]
        figures = " | ".join(f"{row[key]:.2f}" for key in ("precision", "recall", "f1-score"))
        page += f"| {name} | {int(row['support'])} | {figures} |\n"
    confused = Counter(
        (real, guess) for real, guess in zip(intents, guessed, strict=True) if real != guess
    )
    page += _MIDDLE
    for (real, guess), count in confused.most_common(_CONFUSIONS):
        page += f"| {real} | {guess} | {count} |\n"
    return page


def main() -> None:
    """Read the arguments, cross-validate, write the page."""
    parser = argparse.ArgumentParser(description="Đo chéo bộ phân loại ý định.")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--nlu", type=Path, default=Path("bot/data/nlu"))
    parser.add_argument("--conversations", type=Path, default=CONVERSATIONS)
    parser.add_argument("--config", type=Path, default=Path("config.yml"))
    parser.add_argument("--out", type=Path, default=Path("docs/nlu.md"))
    options = parser.parse_args()
    turns = {turn.text: turn.intent for turn in read_turns(options.conversations) if turn.intent}
    # As the importer does: an example of the files counts before a turn of the same words.
    examples = list({**turns, **dict(read_examples(options.nlu))}.items())
    pipeline = yaml.safe_load(options.config.read_text("utf-8"))["pipeline"]
    guessed = cross_validate(examples, pipeline, options.folds)
    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    page = report_page([intent for _, intent in examples], guessed, options.folds, now)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(page, "utf-8")
    print("\n".join(line for line in page.splitlines() if line.startswith("- ")))  # noqa: T201
    print(f"Đã ghi {options.out}")  # noqa: T201


if __name__ == "__main__":
    main()
