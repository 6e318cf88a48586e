import os

import pytest

from api.cli import main
from api.cli.program import application


def test_help_names_every_command(motcua):
    ended = motcua("--help")
    assert ended.code == 0
    named = {command.name for command in application.registered_commands if not command.hidden}
    named |= {group.name for group in application.registered_groups}
    assert named >= {"ask", "run", "evaluate", "catalogue", "train"}
    for name in named:
        assert name in ended.out


@pytest.mark.parametrize("words", [["unknown"], ["ask"], ["catalogue", "show"]])
def test_misuse_is_told(motcua, words):
    ended = motcua(*words)
    assert ended.code == 2
    assert "Traceback" not in ended.err


def test_a_wrong_setting_is_one_line(motcua, monkeypatch):
    monkeypatch.setenv("MOTCUA_PORT", "eighty")
    ended = motcua("ask", "lệ phí")
    assert ended.code == 1
    assert ended.err.startswith("Lỗi: MOTCUA_PORT='eighty'")
    assert len(ended.err.splitlines()) == 1


class TestDotenv:
    @pytest.fixture
    def dotenv(self, tmp_path, data):
        """Write `.env` into the current folder; what it sets is forgotten after the test."""
        before = dict(os.environ)
        yield lambda text: (tmp_path / ".env").write_text(text, "utf-8")
        for name in os.environ.keys() - before.keys():
            del os.environ[name]

    def test_its_values_are_taken(self, motcua, dotenv):
        dotenv("# a comment\n\nMOTCUA_RASA_PORT = wrong\nno value\n")
        assert "MOTCUA_RASA_PORT='wrong'" in motcua("ask", "lệ phí").err

    def test_the_environment_wins(self, motcua, dotenv, monkeypatch):
        monkeypatch.setenv("MOTCUA_RASA_PORT", "zero")
        dotenv("MOTCUA_RASA_PORT=wrong\n")
        assert "MOTCUA_RASA_PORT='zero'" in motcua("ask", "lệ phí").err

    def test_a_comment_is_no_value(self, motcua, dotenv, monkeypatch):
        monkeypatch.setenv("MOTCUA_PORT", "eighty")
        dotenv("# MOTCUA_RASA_PORT=wrong\n  #MOTCUA_ACTION_PORT=wrong\n")
        assert "MOTCUA_PORT='eighty'" in motcua("ask", "lệ phí").err


def test_the_entry_point_is_the_program(monkeypatch, data, capsys):
    monkeypatch.setattr("sys.argv", ["motcua", "--help"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert "Trợ lý Một Cửa" in capsys.readouterr().out
