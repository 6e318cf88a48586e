import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

import api
from api.launcher.process import Child

ROOT = Path(api.__file__).parent.parent
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux only")

# Says «ready» once it is deaf to SIGTERM.
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(60)
"""


def python(code, log, name="con", **environment):
    command = [sys.executable, "-c", textwrap.dedent(code)]
    return Child(name, command, {**os.environ, **environment}, log)


def until(true, seconds=10.0):
    """Wait until `true()` holds; tell whether it did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.fixture
def log(tmp_path):
    return tmp_path / "log" / "child.log"


def test_its_output_goes_to_the_log(log):
    async def act():
        code = "import os, sys; print(os.environ['SAID']); print('lỗi', file=sys.stderr)"
        child = python(code, log, SAID="xin chào", PYTHONIOENCODING="utf-8")
        await child.start()
        return await child.wait()

    assert asyncio.run(act()) == 0
    assert set(log.read_text("utf-8").split("\n")) >= {"xin chào", "lỗi"}


def test_its_exit_status_is_told(log):
    async def act():
        child = python("raise SystemExit(3)", log)
        await child.start()
        return await child.wait()

    assert asyncio.run(act()) == 3


def test_it_reads_nothing_from_the_terminal(log):
    async def act():
        child = python("import sys; print(repr(sys.stdin.read()))", log)
        await child.start()
        await child.wait()

    asyncio.run(act())
    assert log.read_text() == "''\n"


def test_a_second_start_adds_to_the_log(log):
    async def act():
        for word in ("one", "two"):
            child = python(f"print({word!r})", log)
            await child.start()
            await child.wait()

    asyncio.run(act())
    assert log.read_text() == "one\ntwo\n"


def test_it_stops_when_asked(log):
    async def act():
        child = python("import time; time.sleep(60)", log)
        await child.start()
        await child.stop()
        return await child.wait()

    started = time.monotonic()
    assert asyncio.run(act()) == -signal.SIGTERM
    assert time.monotonic() - started < 5


def test_one_that_does_not_stop_is_ended(log):
    async def act():
        child = python(STUBBORN, log)
        await child.start()
        assert await asyncio.to_thread(until, lambda: "ready" in child.log_tail())
        await child.stop(seconds=0.2)
        return await child.wait()

    assert asyncio.run(act()) == -signal.SIGKILL


def test_stopping_twice_or_before_the_start_is_no_fault(log):
    async def act():
        child = python("pass", log)
        await child.stop()
        await child.start()
        await child.wait()
        await child.stop()
        await child.stop()

    asyncio.run(act())


def test_ctrl_c_in_the_terminal_reaches_it_only_through_us(log):
    async def act():
        child = python("import os; print(os.getpgid(0) == os.getpid())", log)
        await child.start()
        await child.wait()

    asyncio.run(act())
    assert log.read_text() == "True\n"


@LINUX
def test_it_dies_with_its_parent(log):
    code = f"""
        import asyncio, os
        from pathlib import Path
        from api.launcher.process import Child

        async def act():
            command = [{sys.executable!r}, "-c", "import os, time; print(os.getpid(), flush=True); "
                       "time.sleep(60)"]
            child = Child("con", command, os.environ, Path({str(log)!r}))
            await child.start()
            await child.wait()

        asyncio.run(act())
    """
    parent = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], cwd=ROOT)
    try:
        assert until(lambda: log.is_file() and log.read_text().strip())
        pid = int(log.read_text())
        assert is_alive(pid)
    finally:
        parent.kill()
        parent.wait()
    assert until(lambda: not is_alive(pid))


def test_the_tail_of_the_log_is_its_last_lines(log):
    child = python("pass", log)
    assert child.log_tail() == ""
    log.parent.mkdir()
    log.write_text("\n".join(f"line {n}" for n in range(100)))
    assert child.log_tail(2) == "line 98\nline 99"
    assert len(child.log_tail().splitlines()) == 15


def test_a_log_that_is_not_utf_8_can_be_shown(log):
    log.parent.mkdir()
    log.write_bytes(b"l\xe1\xbb\x87 \xff\xfe\n")
    assert python("pass", log).log_tail().startswith("lệ ")
