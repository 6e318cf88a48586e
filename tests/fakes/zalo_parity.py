"""Ask the same on the web and through Zalo, and tell where the answers differ.

.venv/bin/python -m tests.fakes.zalo_parity DIALOGUES.jsonl   (while `make zalo-demo` runs)
"""

import json
import os
import re
import sys
import time
import unicodedata
from pathlib import Path

import httpx

from api.settings import load_settings
from knowledge_base.answer import Answer, block_text
from knowledge_base.answer.blocks import File

SECONDS = 30
HINT = "Còn nữa. Bạn gõ «tiếp» để xem tiếp."


class Phone:
    """One citizen on the fake Zalo."""

    def __init__(self, address, number):
        self._client = httpx.Client(base_url=address, trust_env=False, timeout=SECONDS)
        self._citizen = str(9_100_000_000_000_000 + number)
        self._seen = 0

    def say(self, text):
        """What comes back, asked for to its end."""
        read = self._say(text)
        while HINT in read[-1]:
            read += self._say("tiếp")
        return read

    def close(self):
        self._client.close()

    def _say(self, text):
        event = {"citizen": self._citizen, "event": "user_send_text", "text": text}
        self._client.post("/phone/events", json=event)
        read, quiet = [], 0
        end = time.monotonic() + SECONDS
        # Further parts of an answer follow at once: half a second without any is its end.
        while time.monotonic() < end and (not read or quiet < 5):
            time.sleep(0.1)
            asked = {"citizen": self._citizen}
            messages = self._client.get("/phone/messages", params=asked).json()
            new = [one["message"] for one in messages[self._seen :] if one["src"] == "0"]
            self._seen = len(messages)
            read, quiet = read + new, 0 if new else quiet + 1
        return read


def compare(dialogues, site, phone_address):
    """Yield every turn with what the web's answer holds and Zalo's does not."""
    start = int(time.time()) % 100_000_000
    with httpx.Client(base_url=site, trust_env=False, timeout=SECONDS) as web:
        for number, dialogue in enumerate(dialogues):
            conversation, phone = None, Phone(phone_address, start + number)
            for turn in dialogue["turns"]:
                body = {"message": turn["user"], "conversation": conversation}
                reply = web.post("/api/v1/messages", json=body).json()
                conversation = reply["conversation"]
                answer = Answer.model_validate(reply["answer"])
                read = phone.say(turn["user"])
                yield dialogue["id"], turn, answer, missing(answer, read)
            phone.close()


def missing(answer, read):
    """The lines, choices and sources of `answer` that do not stand in what was read."""
    whole = _plain(" ".join(read).replace(HINT, " "))
    wanted = [choice.label for choice in answer.choices]
    wanted += [part for source in answer.sources for part in (source.text, source.url) if part]
    for block in answer.blocks:
        wanted += [block.text] if isinstance(block, File) else block_text(block).split("\n")
    return [line for line in wanted if _plain(line) not in whole]


def _plain(text):
    text = unicodedata.normalize("NFC", text).replace("[ ] ", "☐ ")
    return re.sub(r"\s+", " ", text).strip()


def main(path):
    settings = load_settings(os.environ)
    dialogues = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    site = f"http://127.0.0.1:{settings.port}"
    turns = differing = 0
    for name, turn, answer, lines in compare(
        dialogues, site, f"http://127.0.0.1:{settings.port + 10}"
    ):
        turns += 1
        if lines:
            differing += 1
            sys.stdout.write(f"{name}: {turn['user']} ({answer.status}): {lines}\n")
    sys.stdout.write(f"{turns} câu, {differing} câu khác\n")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
