"""A Zalo that enforces the real rules: tokens, windows, lengths, limits; there is no sandbox.

In a test it is a transport (`FakeZalo().transport`); behind uvicorn (`FakeZalo().app`) it is a
server, for processes that are killed and for the demo. Rules: the protocol reference, §3–§6.
"""

import base64
import hashlib
import json
import secrets
import time

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

APP_ID = "1234567890123456789"
APP_SECRET = "the secret of the app"
OA_ID = "3886132808788086"
OA_SECRET = "k3y-of-the-OA"
CITIZEN = "2468458835291979"

HOURS = 3600
DAYS = 24 * HOURS
ACCESS_SECONDS = 25 * HOURS
FREE, PAID = 48 * HOURS, 7 * DAYS
LONGEST_TEXT = 2000
MOST_BUTTONS, LONGEST_TITLE, LONGEST_PAYLOAD = 5, 100, 1000
LARGEST_FILE = 5 * 1024 * 1024
FILE_TYPES = (".pdf", ".doc", ".docx", ".csv")
REDELIVERED_AFTER = (30, 5 * 60, 15 * 60, 30 * 60, HOURS)


class FakeZalo:
    """One app, one OA, and what their citizens see."""

    def __init__(self, *, clock=time.time, calls_per_minute=4000, takes_buttons=True):
        self.clock = clock
        self.calls_per_minute = calls_per_minute
        self.takes_buttons = takes_buttons
        self.takes_lists = takes_buttons
        self.templates = {"345678": {"ma_ho_so", "tin_moi", "ngay"}}
        self.needs_proof = False
        self.access_tokens = {}  # token → when it ends
        self.refresh_tokens = set()
        self.codes = {}  # consent code → challenge
        self.last_interaction = {}
        self.followers = set()
        self.chats = {}  # citizen → [{src, time, message_id, message, …}], oldest first
        self.uploads = {}
        self.template_messages = []
        self.refreshes = 0
        self.calls = []  # (path, moment)
        self.faults = []  # what happens to the next calls: "lost", "broken", an error code
        self.message_count = 0

    # --- what a test or a citizen does

    def grant(self):
        """A pair of tokens, as after the consent of the OA."""
        access, refresh = secrets.token_hex(16), secrets.token_hex(16)
        self.access_tokens = {access: self.clock() + ACCESS_SECONDS}
        self.refresh_tokens.add(refresh)
        return {"access_token": access, "refresh_token": refresh, "expires_in": "90000"}

    def consent(self, challenge):
        """An administrator agrees; the code of the redirect."""
        code = secrets.token_hex(8)
        self.codes[code] = challenge
        return code

    def write(self, text="Làm giấy khai sinh", citizen=CITIZEN, **members):
        """A citizen writes; the event that the webhook gets."""
        return self.event("user_send_text", citizen, message={"text": text}, **members)

    def event(self, name, citizen=CITIZEN, *, message=None, at=None, **members):
        """An event with everything that Zalo puts into it."""
        now = self.clock() if at is None else at
        self._interact(name, citizen, now)
        body = {
            "app_id": APP_ID,
            "user_id_by_app": f"by-app-{citizen}",
            "event_name": name,
            "timestamp": str(int(now * 1000)),
            **members,
        }
        if name in ("follow", "unfollow"):
            return {**body, "oa_id": OA_ID, "follower": {"id": citizen}}
        if name == "user_withdraw":
            return {**body, "oa_id": OA_ID, "user_id": citizen}
        body |= {"sender": {"id": citizen}, "recipient": {"id": OA_ID}}
        if message is not None:
            body["message"] = {"msg_id": self._message_id(), **message}
            self._note(citizen, "1", body["message"].get("text", ""), body["message"]["msg_id"])
        return body

    def texts_to(self, citizen=CITIZEN):
        """What the OA has told a citizen, oldest first."""
        return [one["message"] for one in self.chats.get(citizen, []) if one["src"] == "0"]

    def sent_to(self, citizen=CITIZEN):
        return [one for one in self.chats.get(citizen, []) if one["src"] == "0"]

    # --- what the application calls

    @property
    def transport(self):
        return httpx.ASGITransport(self.app)

    @property
    def app(self):
        routes = {
            "/v3.0/oa/message/cs": self._send,
            "/v3.0/oa/message/template": self._send_template,
            "/v3.0/oa/quota/message": self._quota,
            "/v2.0/oa/upload/file": self._upload,
            "/v4/oa/access_token": self._tokens,
        }
        reads = {
            "/v2.0/oa/getoa": self._account,
            "/v2.0/oa/conversation": self._conversation,
            "/v3.0/oa/user/detail": self._user,
        }
        return Starlette(
            routes=[
                *(
                    Route(path, self._guarded(call), methods=["POST"])
                    for path, call in routes.items()
                ),
                *(
                    Route(path, self._guarded(call), methods=["GET"])
                    for path, call in reads.items()
                ),
            ]
        )

    def _guarded(self, call):
        async def guarded(request: Request) -> Response:
            now = self.clock()
            oauth = request.url.path.startswith("/v4/")
            fault = self.faults.pop(0) if self.faults and not oauth else None
            self.calls.append((request.url.path, now))
            if fault == "broken":
                return Response("bad gateway", status_code=502)
            if isinstance(fault, int):
                return _error(fault)
            if not oauth and (refused := self._refuse_call(request, now)):
                return _error(refused)
            answer = await call(request)
            # «lost»: the call was carried out and its answer never came back.
            return Response(status_code=502) if fault == "lost" else answer

        return guarded

    def _refuse_call(self, request, now):
        token = request.headers.get("access_token", "")
        ends = self.access_tokens.get(token)
        if ends is None:
            return -216
        if now >= ends:
            return -220
        if self.needs_proof and "appsecret_proof" not in request.headers:
            return -242
        recent = [at for path, at in self.calls if now - at < 60 and not path.startswith("/v4/")]
        return -32 if len(recent) > self.calls_per_minute else None

    async def _send(self, request):
        body = await request.json()
        citizen, message = body["recipient"]["user_id"], body["message"]
        if not isinstance(citizen, str):
            return _error(-201)
        refused = self._refuse_person(citizen) or self._refuse_message(message)
        if refused:
            return _error(refused)
        return self._delivered(citizen, message)

    def _refuse_person(self, citizen):
        if citizen not in self.last_interaction:
            return -232
        if self.clock() - self.last_interaction[citizen] > PAID:
            return -230
        return None if citizen in self.followers else -213

    def _refuse_message(self, message):
        text = message.get("text", "")
        if len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
            return -210
        attachment = message.get("attachment")
        if attachment is None:
            return None if text.strip() else -201
        payload = attachment["payload"]
        if attachment["type"] == "file":
            ends = self.uploads.get(payload["token"])
            return None if ends and self.clock() < ends else -100
        if "buttons" in payload:
            return self._refuse_buttons(payload["buttons"])
        if payload.get("template_type") == "list":
            good = self.takes_lists and 1 <= len(payload["elements"]) <= 5
            return None if good and all(e.get("image_url") for e in payload["elements"]) else -233
        return -201

    def _refuse_buttons(self, buttons):
        if not self.takes_buttons:
            return -233
        good = 1 <= len(buttons) <= MOST_BUTTONS and all(
            len(button["title"]) <= LONGEST_TITLE and len(button["payload"]) <= LONGEST_PAYLOAD
            for button in buttons
        )
        return None if good else -201

    def _delivered(self, citizen, message):
        message_id = self._message_id()
        self._note(citizen, "0", message.get("text", ""), message_id, message.get("attachment"))
        free = self.clock() - self.last_interaction[citizen] <= FREE
        quota = {"quota_type": "reply" if free else "sub_quota", "remain": "7", "total": "8"}
        data = {"message_id": message_id, "user_id": citizen, "quota": {**quota, "owner_id": OA_ID}}
        return _good({**data, "sent_time": str(int(self.clock() * 1000))})

    async def _send_template(self, request):
        body = await request.json()
        fields = self.templates.get(body.get("template_id"))
        if fields is None or set(body["template_data"]) != fields or "tracking_id" in body:
            return _error(-201)
        message_id = self._message_id()
        self.template_messages.append({"message_id": message_id, **body})
        return _good({"message_id": message_id, "quota": {"remainingQuota": "499"}})

    async def _upload(self, request):
        async with request.form() as form:
            name, content = form["file"].filename, await form["file"].read()
        if len(content) > LARGEST_FILE:
            return _error(-210)
        if not name.lower().endswith(FILE_TYPES):
            return _error(-201)
        token = secrets.token_hex(12)
        self.uploads[token] = self.clock() + PAID
        return _good({"token": token})

    async def _conversation(self, request):
        asked = json.loads(request.query_params["data"])
        chat = list(reversed(self.chats.get(str(asked["user_id"]), [])))
        start = int(asked["offset"])
        return _good(chat[start : start + min(int(asked["count"]), 10)])

    async def _account(self, request):
        about = {"oaid": OA_ID, "name": "Phường Ví Dụ", "is_verified": True, "oa_type": 4}
        return _good({**about, "package_name": "Growth", "num_follower": len(self.followers)})

    async def _user(self, request):
        asked = json.loads(request.query_params["data"])
        return _good({"user_id": asked["user_id"], "user_is_follower": True})

    async def _quota(self, request):
        return _good({"cs_reply": {"remain": 8, "total": 8}})

    async def _tokens(self, request):
        form = await request.form()
        if request.headers.get("secret_key") != APP_SECRET or form.get("app_id") != APP_ID:
            return JSONResponse({"error": -14004, "error_name": "Invalid secret key"})
        if form.get("grant_type") == "authorization_code":
            challenge = self.codes.pop(form.get("code"), None)
            if challenge is None or challenge != _challenge(form.get("code_verifier", "")):
                return JSONResponse({"error": -14010, "error_name": "Invalid code"})
            return JSONResponse(self.grant())
        if form.get("refresh_token") not in self.refresh_tokens:
            return JSONResponse({"error": -14014, "error_name": "Invalid refresh token"})
        self.refresh_tokens.discard(form["refresh_token"])
        self.refreshes += 1
        return JSONResponse(self.grant())

    # --- notes

    def _interact(self, name, citizen, now):
        if name == "unfollow":
            self.followers.discard(citizen)
        elif not name.startswith("oa_"):
            self.followers.add(citizen)
            self.last_interaction[citizen] = max(now, self.last_interaction.get(citizen, 0))

    def _note(self, citizen, source, text, message_id, attachment=None):
        self.chats.setdefault(citizen, []).append(
            {
                "src": source,
                "time": str(int(self.clock() * 1000)),
                "type": "text",
                "message": text,
                "message_id": message_id,
                "attachment": attachment,
            }
        )

    def _message_id(self):
        self.message_count += 1
        return f"m{self.message_count:06d}"


def sign(body, *, app_id=APP_ID, secret=OA_SECRET):
    """The bytes of an event and the headers that Zalo sends with them."""
    raw = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    joined = app_id.encode() + raw + str(body.get("timestamp", "")).encode() + secret.encode()
    mac = hashlib.sha256(joined).hexdigest()
    return raw, {"X-ZEvent-Signature": f"mac={mac}", "Content-Type": "application/json"}


def echo_of(body, text="Chào bạn"):
    """The echo of something that the OA said to the citizen of `body`."""
    return {
        "app_id": APP_ID,
        "event_name": "oa_send_text",
        "timestamp": body["timestamp"],
        "sender": {"id": OA_ID},
        "recipient": body["sender"],
        "message": {"msg_id": "echo" + body["message"]["msg_id"], "text": text},
    }


def _challenge(verifier):
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _good(data):
    return JSONResponse({"data": data, "error": 0, "message": "Success"})


def _error(code):
    return JSONResponse({"error": code, "message": f"error {code}"})
