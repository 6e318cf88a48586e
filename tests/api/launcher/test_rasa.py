import stat
from pathlib import Path

import pytest

from api.errors import StackError
from api.launcher import rasa
from api.launcher.rasa import rasa_command, rasa_environment, rasa_python, train_rasa
from api.settings import Settings

# In place of Rasa's Python: writes the arguments down, and the model that was asked for.
FAKE_PYTHON = """#!/bin/sh
printf '%s\\n' "$@" > "{root}/arguments"
printf '%s' "$MOTCUA_ACTION_URL" > "{root}/action_url"
while [ $# -gt 0 ]; do
  case "$1" in
    --out) out=$2;;
    --fixed-model-name) name=$2;;
  esac
  shift
done
echo "training"
{act}
"""
WRITE_MODEL = 'printf model > "$out/$name.tar.gz"'
TRAINED_ON = {
    "config.yml": "pipeline",
    "bot/domain/domain.yml": "domain",
    "bot/data/nlu/questions.yml": "nlu",
    "bot/components/tokenizer.py": "code",
    "knowledge_base/text/normalise.py": "code",
    "knowledge_base/lexicon/teencode.tsv": "words",
}


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A repository of six small files, with something in place of Rasa's Python."""
    root = tmp_path / "repository"
    for name, content in TRAINED_ON.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    monkeypatch.setattr(rasa, "ROOT", root)
    return root


@pytest.fixture
def install(root):
    def install(act=WRITE_MODEL):
        python = root / ".venv-rasa" / "bin" / "python"
        python.parent.mkdir(parents=True, exist_ok=True)
        python.write_text(FAKE_PYTHON.format(root=root, act=act))
        python.chmod(python.stat().st_mode | stat.S_IXUSR)
        return python

    return install


@pytest.fixture
def settings(tmp_path):
    return Settings(data_folder=tmp_path / "data")


def test_without_the_environment_of_rasa_it_says_what_to_do(root):
    with pytest.raises(StackError, match="make setup"):
        rasa_python()


def test_the_python_of_rasa_is_its_own(install):
    installed = install()
    assert rasa_python() == installed


class TestTraining:
    def test_a_model_is_trained_once(self, install, root, settings):
        install()
        model = train_rasa(settings)
        assert model.read_text() == "model"
        assert model.parent == settings.data_folder / "models"
        (root / "arguments").unlink()
        assert train_rasa(settings) == model
        assert not (root / "arguments").exists()

    @pytest.mark.parametrize("name", TRAINED_ON)
    def test_it_is_trained_anew_when_a_file_it_is_made_from_changes(
        self, install, root, settings, name
    ):
        install()
        first = train_rasa(settings)
        (root / name).write_text("changed")
        second = train_rasa(settings)
        assert second != first
        assert [path.name for path in second.parent.iterdir()] == [second.name]

    def test_a_file_more_is_a_change(self, install, root, settings):
        install()
        first = train_rasa(settings)
        (root / "bot" / "data" / "nlu" / "more.yml").write_text("nlu")
        assert train_rasa(settings) != first

    def test_a_file_that_moved_is_a_change(self, install, root, settings):
        install()
        first = train_rasa(settings)
        (root / "bot/data/nlu/questions.yml").rename(root / "bot/data/nlu/renamed.yml")
        assert train_rasa(settings) != first

    @pytest.mark.parametrize(
        "name", ["bot/components/__pycache__/tokenizer.pyc", "bot/endpoints.yml", "README.md"]
    )
    def test_other_files_change_nothing(self, install, root, settings, name):
        install()
        first = train_rasa(settings)
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("anything")
        assert train_rasa(settings) == first

    @pytest.mark.parametrize("act", ["exit 1", f"{WRITE_MODEL}; exit 2", "exit 0"])
    def test_a_training_that_failed_is_told_with_its_log(self, install, settings, act):
        install(act)
        with pytest.raises(StackError, match=r"train\.log"):
            train_rasa(settings)
        assert (settings.data_folder / "log" / "train.log").read_text() == "training\n"

    def test_a_training_that_failed_keeps_the_model_before(self, install, root, settings):
        install()
        first = train_rasa(settings)
        (root / "config.yml").write_text("broken")
        install("exit 1")
        with pytest.raises(StackError):
            train_rasa(settings)
        assert first.is_file()

    def test_the_data_folder_may_be_relative(self, install, tmp_path, monkeypatch):
        install()
        monkeypatch.chdir(tmp_path)
        model = train_rasa(Settings(data_folder=Path("data")))
        assert (tmp_path / "data" / "models" / model.name).is_file()


class TestCommand:
    @pytest.fixture
    def command(self, install, tmp_path):
        install()
        settings = Settings(rasa_port=6005, rasa_token="the token of Rasa")
        return rasa_command(settings, tmp_path / "bot.tar.gz")

    def test_rasa_listens_on_the_loopback_with_a_token(self, command):
        assert command[command.index("--interface") + 1] == "127.0.0.1"
        assert command[command.index("--port") + 1] == "6005"
        assert command[command.index("--auth-token") + 1] == "the token of Rasa"

    def test_it_says_no_citizens_words_in_its_log(self, command):
        assert "--quiet" in command
        assert not {"--debug", "-vv", "--verbose"} & set(command)

    def test_no_request_from_a_browser_is_allowed(self, command):
        assert "--cors" not in command


class TestEnvironment:
    @pytest.fixture
    def environment(self):
        settings = Settings(action_port=6055, action_token="the token of the actions")
        return rasa_environment(settings, {"PATH": "/bin", "PYTHONPATH": "/elsewhere"})

    def test_rasa_finds_the_actions_and_their_token(self, environment):
        assert environment["MOTCUA_ACTION_URL"] == "http://127.0.0.1:6055/webhook"
        assert environment["MOTCUA_ACTION_TOKEN"] == "the token of the actions"

    def test_questions_are_not_shared_out_among_threads_unless_the_operator_says_so(self):
        assert rasa_environment(Settings(), {})["OMP_NUM_THREADS"] == "1"
        assert rasa_environment(Settings(), {"OMP_NUM_THREADS": "4"})["OMP_NUM_THREADS"] == "4"

    def test_rasa_knows_where_conversations_are_kept_and_how_long(self, environment):
        file = Path("var").absolute() / "conversations.db"
        assert environment["MOTCUA_CONVERSATIONS_URL"] == f"sqlite:///{file}"
        assert environment["MOTCUA_CONVERSATION_HOURS"] == "24"

    def test_it_tells_nobody_about_us(self, environment):
        assert environment["RASA_TELEMETRY_ENABLED"] == "false"

    def test_our_components_can_be_imported_and_nothing_else_is_lost(self, environment):
        assert environment["PYTHONPATH"] == str(rasa.ROOT)
        assert environment["PATH"] == "/bin"
