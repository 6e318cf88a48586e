import json

import pytest

import api.cli.bench.dialogue
from api.benchmarks.dialogue import Measured


@pytest.fixture
def measured(monkeypatch):
    """Two measurements in place of the real ones."""
    one = Measured([100.0, 200.0], 0, 1.0, (0.5, 0.6))
    many = Measured([100.0] * 50, 0, 2.0, (0.6, 2.5))

    async def measure(address, messages, plan, seed):
        return one, many

    monkeypatch.setattr(api.cli.bench.dialogue, "_measure", measure)
    return one, many


def test_both_measurements_are_printed_with_the_load_of_the_machine(motcua, measured):
    done = motcua("bench", "dialogue")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[1].split() == ["một", "người", "2", "0", "2.0", "200", "200", "200", "0.5→0.6"]
    assert "25.0" in lines[2]
    assert "0.6→2.5" in lines[2]
    assert "p95 ≤ 1500 ms" in done.out


def test_the_figures_are_told_as_json(motcua, measured):
    report = json.loads(motcua("bench", "dialogue", "--json").out)
    assert report["one_user"]["p95_ms"] == 200.0
    assert report["stream"]["per_second"] == 25.0
    assert report["stream"]["load_after"] == 2.5


def test_an_error_ends_it_with_1(motcua, measured):
    measured[1].errors = 1
    assert motcua("bench", "dialogue").code == 1


def test_without_a_running_application_it_says_what_to_do(motcua, monkeypatch, free_port):
    monkeypatch.setenv("MOTCUA_PORT", str(free_port))
    done = motcua("bench", "dialogue")
    assert done.code == 1
    assert "make run" in done.err


@pytest.fixture
def free_port():
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
