import socket
import sys

import pytest

from api.errors import StackError
from api.launcher import run_stack, stack
from api.settings import Settings


@pytest.fixture
def free_ports():
    servers = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    ports = [server.getsockname()[1] for server in servers]
    for server in servers:
        server.close()
    return ports


@pytest.fixture
def untrained(monkeypatch):
    """Nothing is trained and nothing started: a test that comes so far fails."""

    def train(settings):
        raise AssertionError("training began")

    monkeypatch.setattr(stack, "train_rasa", train)


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_a_port_that_is_taken_is_told_before_anything_starts(free_ports, taken, untrained):
    with socket.create_server(("127.0.0.1", 0)) as other:
        free_ports[taken] = other.getsockname()[1]
        port, rasa_port, action_port = free_ports
        settings = Settings(port=port, rasa_port=rasa_port, action_port=action_port)
        with pytest.raises(StackError, match=rf"{free_ports[taken]}.*MOTCUA_PORT"):
            run_stack(settings, lambda line: None)


def test_a_training_that_fails_ends_the_start(free_ports, monkeypatch):
    def train(settings):
        raise StackError("Huấn luyện Rasa không xong")

    monkeypatch.setattr(stack, "train_rasa", train)
    port, rasa_port, action_port = free_ports
    settings = Settings(port=port, rasa_port=rasa_port, action_port=action_port)
    with pytest.raises(StackError, match="Huấn luyện"):
        run_stack(settings, lambda line: None)


@pytest.fixture
def stand_ins(monkeypatch, tmp_path, free_ports):
    """Start small programs in place of the application and Rasa."""

    def stand_ins(application, rasa):
        port, rasa_port, action_port = free_ports
        settings = Settings(
            port=port, rasa_port=rasa_port, action_port=action_port, data_folder=tmp_path
        )
        monkeypatch.setattr(stack, "train_rasa", lambda settings: tmp_path / "bot.tar.gz")
        monkeypatch.setattr(stack, "rasa_command", lambda *_: ["sh", "-c", rasa])
        monkeypatch.setattr(stack.sys, "executable", _script(tmp_path, application))
        return settings

    return stand_ins


def _script(folder, act):
    path = folder / "application"
    path.write_text(f"#!/bin/sh\n{act}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("application", "rasa", "named"),
    [
        ("echo cháy; exit 3", "exec sleep 60", r"ứng dụng dừng đột ngột.*application\.log.*cháy"),
        ("exec sleep 60", "echo hỏng; exit 1", r"Rasa dừng đột ngột.*rasa\.log.*hỏng"),
    ],
)
def test_when_one_dies_the_other_is_stopped_and_the_log_shown(stand_ins, application, rasa, named):
    settings = stand_ins(application, rasa)
    said = []
    with pytest.raises(StackError, match=rf"(?s){named}"):
        run_stack(settings, said.append)
    assert said[-1] == "Đang dừng…"


_NO_MODEL = """
import http.server, sys
class Rasa(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(409)
        self.end_headers()
sys.stdout.write("Could not load model due to a file that is broken.\\n")
sys.stdout.flush()
http.server.HTTPServer(("127.0.0.1", {port}), Rasa).serve_forever()
"""


def test_a_model_that_does_not_load_ends_the_start_at_once(
    stand_ins, free_ports, monkeypatch, tmp_path
):
    script = tmp_path / "rasa.py"
    script.write_text(_NO_MODEL.replace("{port}", str(free_ports[1])))
    settings = stand_ins("exec sleep 60", f"exec {sys.executable} {script}")
    with pytest.raises(StackError, match="mô hình.*due to a file that is broken.*rasa.log"):
        run_stack(settings, lambda line: None)


def test_what_does_not_become_ready_is_told(stand_ins, monkeypatch):
    monkeypatch.setattr(stack, "_READY_SECONDS", 0.5)
    settings = stand_ins("exec sleep 60", "exec sleep 60")
    with pytest.raises(StackError, match="Chưa sẵn sàng"):
        run_stack(settings, lambda line: None)
