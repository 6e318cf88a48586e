"""What the bot's components do, told as JSON. Runs in Rasa's environment, not under pytest.

    .venv-rasa/bin/python tests/bot/rasa_checks.py < request.json

The request is `{"texts": [...], "examples": [[text, intent], ...], "questions": [...],
"conversations": [...], "known": [...]}`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import skops.io  # noqa: F401 (before TensorFlow: see api/launcher/rasa.py)
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.conversation_importer import ConversationImporter
from bot.components.intent_classifier import VietnameseIntentClassifier, last_clause
from bot.components.vietnamese_tokenizer import VietnameseTokenizer

CONTEXT = ExecutionContext(GraphSchema({}))
CONFIGURATIONS = {
    "syllables": {"segment": False, "fold": False},
    "words": {"segment": True, "fold": False},
    "folded": {"segment": True, "fold": True},
}


def make_tokenizer(**config: Any) -> VietnameseTokenizer:
    whole = {**VietnameseTokenizer.get_default_config(), **config}
    return VietnameseTokenizer.create(whole, None, Resource("tokenizer"), CONTEXT)


def check_tokenizer(texts: list[str]) -> dict[str, Any]:
    """Tokens with their offsets, by text and configuration."""
    found: dict[str, Any] = {text: {} for text in texts}
    for name, config in CONFIGURATIONS.items():
        tokenizer = make_tokenizer(**config)
        for text in texts:
            tokens = tokenizer.tokenize(Message(data={TEXT: text}), TEXT)
            found[text][name] = [[token.text, token.start, token.end] for token in tokens]
    return found


def check_classifier(examples: list[list[str]], questions: list[str]) -> dict[str, Any]:
    """Rankings of a classifier that was just trained, and of the same one loaded again."""
    tokenizer = make_tokenizer()
    config = {**VietnameseIntentClassifier.get_default_config(), "ranking_length": 3}
    with tempfile.TemporaryDirectory() as folder:
        storage, resource = LocalModelStorage(Path(folder)), Resource("classifier")
        trained = VietnameseIntentClassifier.create(config, storage, resource, CONTEXT)
        unready = _classify(trained, tokenizer, questions)
        messages = [Message(data={TEXT: text, INTENT: intent}) for text, intent in examples]
        data = TrainingData(training_examples=messages)
        tokenizer.process_training_data(data)
        trained.train(data)
        loaded = VietnameseIntentClassifier.load(config, storage, resource, CONTEXT)
        files = [path.name for path in (Path(folder) / "classifier").iterdir()]
        return {
            "untrained": unready,
            "trained": _classify(trained, tokenizer, questions),
            "loaded": _classify(loaded, tokenizer, questions),
            "files": files,
        }


def _classify(
    classifier: VietnameseIntentClassifier, tokenizer: VietnameseTokenizer, questions: list[str]
) -> list[Any]:
    messages = [Message(data={TEXT: question}) for question in questions]
    classifier.process(tokenizer.process(messages))
    return [[m.get("intent"), m.get("intent_ranking")] for m in messages]


def check_importer(conversations: list[dict[str, Any]], known: list[str]) -> list[list[str]]:
    """The examples that Rasa reads from a file with `known` ones beside the conversations."""
    with tempfile.TemporaryDirectory() as folder:
        lines = [json.dumps(conversation) for conversation in conversations]
        (Path(folder) / "conversations.jsonl").write_text("\n".join(lines), "utf-8")
        (Path(folder) / "config.yml").write_text("recipe: default.v1\n", "utf-8")
        nlu = Path(folder) / "nlu.yml"
        examples = "".join(f"    - {text}\n" for text in known)
        nlu.write_text(f"nlu:\n- intent: ask_fee\n  examples: |\n{examples}", "utf-8")
        importer = ConversationImporter(
            str(Path(folder) / "config.yml"), None, [str(nlu)], conversations="conversations.jsonl"
        )
        read = importer.get_nlu_data().intent_examples
    return [[example.get(TEXT), example.get(INTENT)] for example in read]


def main() -> None:
    request = json.loads(sys.stdin.read())
    report = {
        "python": list(sys.version_info[:2]),
        "tokens": check_tokenizer(request["texts"]),
        "last_clauses": {text: last_clause(text) for text in request["clauses"]},
        "classifier": check_classifier(request["examples"], request["questions"]),
        "imported": check_importer(request["conversations"], request["known"]),
        "languages": VietnameseTokenizer.supported_languages(),
        "packages": VietnameseTokenizer.required_packages(),
    }
    sys.stdout.write(json.dumps(report))


if __name__ == "__main__":
    main()
