"""The command line in this process: what it printed, and how it ended."""

import sys
from dataclasses import dataclass

import pytest

from api.cli.program import run


@dataclass
class Ended:
    code: int
    out: str
    err: str


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The data folder of the settings; the current folder holds no `.env`."""
    folder = tmp_path / "data"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MOTCUA_DATA", str(folder))
    monkeypatch.setenv("MOTCUA_PORT", "")
    return folder


@pytest.fixture
def motcua(data, monkeypatch, capsys):
    """Run `motcua` with these words."""

    def motcua(*words):
        monkeypatch.setattr(sys, "argv", ["motcua", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            run()
        printed = capsys.readouterr()
        return Ended(ended.value.code or 0, printed.out, printed.err)

    return motcua
