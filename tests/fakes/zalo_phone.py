"""A page like a phone: what is typed there goes to the real webhook, signed as Zalo does."""

import asyncio
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tests.fakes.zalo_server import REDELIVERED_AFTER, sign

FOLDER = Path(__file__).parent / "phone"
MEDIA = {
    "user_send_image": {"type": "image", "payload": {"url": "http://f6.photo.talk.zdn.vn/x.jpg"}},
    "user_send_sticker": {"type": "sticker", "payload": {"id": "1"}},
    "user_send_location": {
        "type": "location",
        "payload": {"coordinates": {"latitude": "10.76", "longitude": "106.65"}},
    },
}


class Phone:
    """The page and the deliveries of its events."""

    def __init__(self, zalo, webhook):
        self.zalo, self.webhook = zalo, webhook
        self._deliveries = set()

    @property
    def app(self):
        return Starlette(
            routes=[
                Route("/", lambda request: FileResponse(FOLDER / "index.html")),
                Route("/phone/messages", self._messages),
                Route("/phone/events", self._event, methods=["POST"]),
                Mount("/phone", StaticFiles(directory=FOLDER)),
                *self.zalo.app.routes,
            ]
        )

    async def _messages(self, request):
        return JSONResponse(self.zalo.chats.get(request.query_params["citizen"], []))

    async def _event(self, request):
        asked = await request.json()
        event, citizen = asked["event"], asked["citizen"]
        if event == "user_send_text":
            body = self.zalo.write(asked["text"], citizen)
        elif event in MEDIA:
            body = self.zalo.event(event, citizen, message={"attachments": [MEDIA[event]]})
        else:
            body = self.zalo.event(event, citizen)
        task = asyncio.create_task(self._deliver(body))
        self._deliveries.add(task)
        task.add_done_callback(self._deliveries.discard)
        return JSONResponse({})

    async def _deliver(self, body):
        """Deliver until it is taken, at the times of the real Zalo."""
        raw, headers = sign(body)
        async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
            for number, wait in enumerate((0, *REDELIVERED_AFTER)):
                await asyncio.sleep(wait)
                again = {"num_retry": str(number)} if number else {}
                try:
                    answer = await client.post(
                        self.webhook, content=raw, headers={**headers, **again}
                    )
                except httpx.HTTPError:
                    continue
                if answer.status_code == 200:
                    return
