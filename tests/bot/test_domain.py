"""The files that Rasa trains on agree with each other and with the actions."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from actions.endpoint import all_actions
from actions.intent import Intent
from knowledge_base.answer.aspect import Aspect
from knowledge_base.text import normalise
from tests import bot

ROOT = Path(bot.__file__).parent.parent.parent
BOT = ROOT / "bot"
FALLBACK = "nlu_fallback"


def load(path):
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def domain():
    return load(BOT / "domain" / "domain.yml")


@pytest.fixture(scope="module")
def intents(domain):
    return [name for entry in domain["intents"] for name in entry]


@pytest.fixture(scope="module")
def examples():
    """Every example with its intent and file."""
    return [
        (block["intent"], line, path.name)
        for path in sorted((BOT / "data" / "nlu").glob("*.yml"))
        for block in load(path)["nlu"]
        for line in block["examples"].splitlines()
    ]


@pytest.fixture(scope="module")
def rules():
    """The action of every rule, with the intents that lead to it."""
    found = []
    for path in sorted((BOT / "data" / "rules").glob("*.yml")):
        for rule in load(path)["rules"]:
            first, *then = rule["steps"]
            said = [step["intent"] for step in first.get("or", [first])]
            found.append(([step["action"] for step in then], said))
    return found


def test_every_intent_with_examples_is_in_the_domain(examples, intents):
    assert {intent for intent, _, _ in examples} == set(intents) - {FALLBACK}


def test_no_intent_is_named_twice(intents):
    assert Counter(intents).most_common(1)[0][1] == 1


def test_every_intent_leads_to_exactly_one_action(rules, intents):
    led = Counter(intent for _, said in rules for intent in said)
    assert led == Counter(intents)


def test_every_rule_calls_one_action_of_the_domain(rules, domain):
    assert all(len(called) == 1 for called, _ in rules)
    assert {action for called, _ in rules for action in called} == set(domain["actions"])


def test_every_action_of_the_domain_is_registered(domain):
    assert sorted(action.name() for action in all_actions(None)) == sorted(domain["actions"])


def test_every_kind_of_question_has_its_intent(intents):
    asked = {name.removeprefix("ask_") for name in intents if name.startswith("ask_")}
    assert asked == {str(aspect) for aspect in Aspect}


def test_intents_that_are_questions_go_to_the_answering_action(rules, intents):
    answered = next(said for called, said in rules if called == ["action_answer_question"])
    apart = (["action_fill_form"], ["action_find_office"])
    own = {intent for called, said in rules if called in apart for intent in said}
    questions = [name for name in intents if Intent(name, 1.0).is_question]
    assert own == {"fill_form", "find_office"}
    assert set(answered) == {*questions, FALLBACK} - own


def test_every_line_is_one_example(examples):
    assert [line for _, line, _ in examples if not re.match(r"- \S", line)] == []


def test_examples_are_composed_and_hold_no_markup(examples):
    odd = [line for _, line, _ in examples if re.search(r"[\[\]{}<>\u0300-\u036f]", line)]
    assert odd == []


def test_no_example_is_given_to_two_intents(examples):
    known = {}
    for intent, line, file in examples:
        first = known.setdefault(normalise(line[2:]), (intent, file))
        assert first[0] == intent, f"{line!r}: {first} và {(intent, file)}"


def test_every_intent_has_enough_examples(examples):
    counts = Counter(intent for intent, _, _ in examples)
    assert {intent: count for intent, count in counts.items() if count < 40} == {}


def test_no_answer_is_written_in_the_domain(domain):
    assert not {"responses", "forms", "entities"} & domain.keys()


def test_slots_do_not_steer_the_policies(domain):
    for slot in domain["slots"].values():
        assert slot == {"type": "any", "mappings": [{"type": "custom"}]}


def test_the_pipeline_names_components_that_exist():
    names = [part["name"] for part in load(ROOT / "config.yml")["pipeline"]]
    own = [name for name in names if name.startswith("bot.")]
    assert len(own) == 2
    for name in own:
        module, _, component = name.rpartition(".")
        tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8"))
        assert component in {node.name for node in tree.body if isinstance(node, ast.ClassDef)}


def test_rasa_calls_the_actions_with_the_token_of_the_launcher():
    endpoint = load(BOT / "endpoints.yml")["action_endpoint"]
    assert endpoint["url"] == "${MOTCUA_ACTION_URL}"
    assert endpoint["headers"]["Authorization"] == "Bearer ${MOTCUA_ACTION_TOKEN}"


def test_the_domain_is_sent_to_the_actions_whole():
    """The action kit of today needs it; Rasa does not try again where it is missing."""
    assert "enable_selective_domain" not in load(BOT / "endpoints.yml")["action_endpoint"]


def test_conversations_are_kept_by_our_own_store():
    """Rasa goes on with a store in memory, and only warns, where the class cannot be found."""
    store = load(BOT / "endpoints.yml")["tracker_store"]
    module, _, name = store["type"].rpartition(".")
    tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    assert store["url"] == "${MOTCUA_CONVERSATIONS_URL}"
    assert store["hours"] == "${MOTCUA_CONVERSATION_HOURS}"


def test_rasa_opens_one_channel():
    assert load(BOT / "credentials.yml").keys() == {"rest"}
