"""The real `motcua run` as a child process, on free ports, with a data folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

READY = "Sẵn sàng"


class Running:
    """One run of the application with everything it starts."""

    def __init__(self, data, folder, settings=None):
        self.data = data
        self.folder = folder
        self.output = folder / f"output-{time.monotonic_ns()}.txt"
        self.port, self.rasa_port, self.action_port = free_ports(3)
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("MOTCUA_")}
        self.environment = {
            **inherited,
            "MOTCUA_DATA": str(data),
            "MOTCUA_PORT": str(self.port),
            "MOTCUA_RASA_PORT": str(self.rasa_port),
            "MOTCUA_ACTION_PORT": str(self.action_port),
            "MOTCUA_MESSAGES_PER_MINUTE": "1000",
            "MOTCUA_OFFICE_NAME": "Một cửa phường Ví Dụ",
            "MOTCUA_RASA_TOKEN": "the token of Rasa in tests",
            "PYTHONUNBUFFERED": "1",
            "PYTHONIOENCODING": "utf-8",
            **(settings or {}),
        }
        with self.output.open("wb") as stream:
            # The folder holds no `.env`; in a session of its own the signals of the test reach it
            # and not us.
            self.process = subprocess.Popen(
                [sys.executable, "-m", "api.cli", "run"],
                cwd=folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self):
        return self.output.read_text("utf-8")

    def wait_until_ready(self, seconds):
        ready = until(lambda: READY in self.said or self.process.poll() is not None, seconds)
        ended = f"exit status {self.process.poll()}\n{self.said}\n{self._logs()}"
        assert ready and READY in self.said, ended

    def motcua(self, *words):
        """Run another command with the same settings."""
        return subprocess.run(
            [sys.executable, "-m", "api.cli", *words],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def processes(self):
        """Every live process that was started with this data folder, whatever its parent."""
        return processes_with(f"MOTCUA_DATA={self.data}")

    def end(self):
        """End whatever is left of it."""
        for pid in {self.process.pid, *self.processes()}:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()

    def _logs(self):
        tails = [
            f"--- {path.name}\n{path.read_text('utf-8', errors='replace')[-2000:]}"
            for path in sorted(self.data.glob("log/*.log"))
        ]
        return "\n".join(tails)


def free_ports(count):
    servers = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [server.getsockname()[1] for server in servers]
    for server in servers:
        server.close()
    return ports


def processes_with(variable):
    """The live processes with `variable` («NAME=value») in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes().split(b"\0")
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if variable.encode() in environment and state != "Z":
            found.append(int(folder.name))
    return found


def until(true, seconds):
    """Wait until `true()` holds; tell whether it did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return bool(true())
