"""Rasa's own test stories: every rule and every intent, in words that the bot never learned."""

import os
import subprocess

import pytest
import yaml

from api.launcher.rasa import ROOT, rasa_environment, rasa_python
from api.settings import Settings
from knowledge_base.text import normalise

STORIES = ROOT / "bot" / "tests"
_ENTRY = "import skops.io; from rasa.__main__ import main; main()"

pytestmark = [
    pytest.mark.stack,
    pytest.mark.skipif(
        not (ROOT / ".venv-rasa" / "bin" / "python").exists(),
        reason="no .venv-rasa: run «make setup» first",
    ),
]


def read(folder, key):
    """The list called `key` of every file in `folder`, joined."""
    files = [path.read_text("utf-8") for path in sorted(folder.glob("*.yml"))]
    return [entry for text in files for entry in yaml.safe_load(text)[key]]


def steps(name):
    stories = read(STORIES, "stories")
    return [step[name] for story in stories for step in story["steps"] if name in step]


def test_every_intent_and_every_action_is_in_a_story():
    domain = yaml.safe_load((ROOT / "bot" / "domain" / "domain.yml").read_text("utf-8"))
    intents = {name for entry in domain["intents"] for name in entry} - {"nlu_fallback"}
    assert set(steps("intent")) == intents
    assert set(steps("action")) == set(domain["actions"])


def test_no_story_says_what_the_bot_has_learned():
    examples = [block["examples"] for block in read(ROOT / "bot" / "data" / "nlu", "nlu")]
    learned = {normalise(x.removeprefix("- ")) for text in examples for x in text.splitlines()}
    assert [said for said in steps("user") if normalise(said.strip()) in learned] == []


def rasa_test(model, stories, out):
    options = {"model": model, "stories": stories, "out": out}
    given = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    command = [str(rasa_python()), "-c", _ENTRY, "test", "core", "--e2e", *given]
    command += ["--fail-on-prediction-errors", "--no-plot"]
    command += ["--endpoints", str(ROOT / "bot" / "endpoints.yml")]
    environment = rasa_environment(Settings(data_folder=out), os.environ)
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def test_every_story_goes_as_it_is_told(trained, tmp_path):
    done = rasa_test(trained, STORIES, tmp_path)
    assert done.returncode == 0, [
        line for line in (done.stdout + done.stderr).splitlines() if "# predicted" in line
    ] or done.stderr


def test_a_story_that_goes_otherwise_is_told(trained, tmp_path):
    steps = [{"user": "chào trợ lý nhé", "intent": "ask_fee"}, {"action": "action_answer_question"}]
    text = yaml.safe_dump({"stories": [{"story": "Sai", "steps": steps}]}, allow_unicode=True)
    (tmp_path / "test_wrong.yml").write_text(text, "utf-8")
    assert rasa_test(trained, tmp_path, tmp_path / "out").returncode != 0
