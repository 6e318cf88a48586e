"""The application as a process that can be killed, and what it talks to, served from this one."""

import multiprocessing
import os
import signal
import socket
import threading
import time

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route

from api.benchmarks.application import application

# What is imported once, in the server that every new application process is forked from.
PRELOADED = ["tests.api.zalo.processes"]


class Served:
    """A server in a thread of this process: `rasa` and `zalo` on one port."""

    def __init__(self, rasa, zalo):
        async def bot(request):
            body = await request.body()
            answer = rasa._handle(httpx.Request(request.method, str(request.url), content=body))
            return Response(answer.content, answer.status_code, media_type="application/json")

        app = Starlette(
            routes=[
                *zalo.app.routes,
                Route("/webhooks/rest/webhook", bot, methods=["POST"]),
                Route("/conversations/{sender}/tracker", bot),
            ]
        )
        config = uvicorn.Config(app, port=0, log_level="critical", access_log=False)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self):
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, *_):
        self._server.should_exit = True
        self._thread.join(10)


class Killable:
    """The application, started again whenever it was killed."""

    def __init__(self, environment):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self._environment = environment
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(PRELOADED)
        self.process = None

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        self.process = self._context.Process(
            target=_serve, args=(self.port, self._environment), daemon=True
        )
        self.process.start()

    def wait_until_up(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                return httpx.get(f"{self.address}/zalo/webhook", trust_env=False)
            except httpx.TransportError:
                time.sleep(0.02)
        raise AssertionError("the application did not start")

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.join()


def _serve(port, environment):
    os.environ.update(environment)
    uvicorn.run(application(), port=port, log_level="critical", access_log=False)
