import asyncio
import threading
import time

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from api.spread_transport import SpreadTransport


@pytest.fixture
def slow():
    """A server that takes a fifth of a second."""

    async def answer(request):
        await asyncio.sleep(0.2)
        return PlainTextResponse(request.url.path)

    app = Starlette(routes=[Route("/{number}", answer)])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


def test_many_requests_wait_side_by_side_and_keep_their_answers(slow):
    async def act():
        async with httpx.AsyncClient(
            transport=SpreadTransport(trust_env=False), base_url=slow, timeout=30
        ) as client:
            started = time.monotonic()
            answers = await asyncio.gather(*(client.get(f"/{n}") for n in range(100)))
            return [answer.text for answer in answers], time.monotonic() - started

    texts, seconds = asyncio.run(act())
    assert texts == [f"/{number}" for number in range(100)]
    assert seconds < 10


def test_a_refused_connection_is_an_error_of_httpx():
    async def act():
        async with httpx.AsyncClient(transport=SpreadTransport(trust_env=False)) as client:
            await client.get("http://127.0.0.1:9/")

    with pytest.raises(httpx.ConnectError):
        asyncio.run(act())
