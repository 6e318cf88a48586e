"""A child process that cannot outlive its parent, with its output in a log file."""

from __future__ import annotations

import asyncio
import ctypes
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

__all__ = ["Child"]

_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """Ask the kernel to stop this process when its parent dies (Linux only)."""
    ctypes.CDLL("libc.so.6", use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One process of the stack."""

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path
    ) -> None:
        """Take what to run and where its output goes."""
        self.name = name
        self.log = log
        self._command = list(command)
        self._environment = dict(environment)
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C reaches it through us."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as stream:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=stream,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )

    async def wait(self) -> int:
        """Wait until the process ends and return its exit status."""
        assert self._process is not None
        return await self._process.wait()

    async def stop(self, seconds: float = 8.0) -> None:
        """Ask the process to end, and end it if it does not."""
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate()
        try:
            await asyncio.wait_for(process.wait(), seconds)
        except TimeoutError:
            process.kill()
            await process.wait()

    def log_tail(self, lines: int = 15) -> str:
        """The last lines of the output."""
        if not self.log.is_file():
            return ""
        return "\n".join(self.log.read_text("utf-8", errors="replace").splitlines()[-lines:])
