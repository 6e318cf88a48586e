"""The application behind a real uvicorn, in a thread of the test."""

import threading
import time
from contextlib import contextmanager

import uvicorn

SECONDS_TO_START = 15


@contextmanager
def serve(app, host="127.0.0.1"):
    """Serve `app` on a free port of the loopback; give its address."""
    server = uvicorn.Server(
        uvicorn.Config(app, host=host, port=0, log_level="error", access_log=False)
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{_port(server, thread)}"
    finally:
        server.should_exit = True
        thread.join(SECONDS_TO_START)


def _port(server, thread):
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        if server.started:
            return server.servers[0].sockets[0].getsockname()[1]
        assert thread.is_alive(), "the server ended before it had started"
        time.sleep(0.01)
    raise TimeoutError(f"the server did not start within {SECONDS_TO_START} s")
