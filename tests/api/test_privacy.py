"""Nothing that names a person is logged or stored, whatever part of the application it passes.

Rasa is a fake here; what the real one stores is looked at in tests/stack and tests/bot.
"""

import logging

import httpx
import pytest

SECRETS = {
    "identity number": "024090001111",
    "identity number in groups": "038 090 002 222",
    "phone": "0912345678",
    "phone with hyphens": "0987-654-321",
    "international phone": "+84 912 888 777",
    "e-mail": "be.thi@example.com",
    "name": "Trần Thị Bé Bảy",
    "small name": "lò văn tám",
    "PIN": "864209",
}
STORY = (
    "tôi tên là {name}, chồng tôi tên là {small name}, căn cước {identity number} và "
    "{identity number in groups}, gọi {phone} hoặc {phone with hyphens}, {international phone}, "
    "thư {e-mail}, hồ sơ H05.12-261123-0007 mã pin {PIN}, xin hỏi thủ tục khai sinh cho con"
).format(**SECRETS)
BUTTON = "Để lại câu hỏi cho cán bộ"


@pytest.fixture
def everything(client, rasa, tmp_path, caplog):
    """What was written anywhere while a citizen told their story in every way there is."""
    caplog.set_level(logging.DEBUG)
    desk = client.app.state.hand_over
    client.get("/")

    def say(text):
        client.post("/chat/messages", data={"message": text})
        client.post("/api/v1/messages", json={"message": text})

    say(STORY)
    for secret in SECRETS.values():
        say(secret)
    say(BUTTON)
    client.post("/chat/messages", data={"message": STORY})
    code = desk.book.listed()[-1].code
    client.get(f"/hoi-dap/{code}")
    desk.take_overs.take(code, "quầy 3")
    client.post("/chat/messages", data={"message": STORY})
    desk.take_overs.say(code, f"Chào {SECRETS['name']}: tên là {SECRETS['name']}")
    desk.take_overs.release(code)
    desk.book.answer(code, STORY, "quầy 3")
    client.post("/chat/messages", data={"message": "lệ phí"})
    rasa.fault = lambda request: httpx.Response(503)
    say(STORY)
    rasa.fault = None

    def written():
        sent = [{**body, "metadata": None} for body in rasa.sent]
        files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        return {
            "logs": caplog.text,
            "database": files.decode("utf-8", "replace"),
            "tracker": str(rasa.trackers),
            "sent to Rasa": str(sent),
        }

    return written


# Alone, a name is a word and a PIN a number: nothing tells them from others.
@pytest.mark.parametrize("kind", sorted(SECRETS.keys() - {"name", "small name", "PIN"}))
def test_it_is_written_nowhere(everything, kind):
    found = [place for place, text in everything().items() if SECRETS[kind] in text]
    assert found == []


@pytest.mark.parametrize("kind", SECRETS)
def test_of_the_story_it_is_written_nowhere(client, rasa, tmp_path, caplog, kind):
    caplog.set_level(logging.DEBUG)
    for text in (STORY, BUTTON, STORY, "lệ phí"):
        client.post("/chat/messages", data={"message": text})
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    sent = [body["message"] for body in rasa.sent]
    written = caplog.text + files.decode("utf-8", "replace") + str(rasa.trackers) + str(sent)
    assert "khai sinh" in written
    assert SECRETS[kind] not in written


def test_metadata_holds_the_proof_and_nothing_else_of_it(client, rasa):
    client.post("/chat/messages", data={"message": STORY})
    [body] = rasa.sent
    typed = body["metadata"]["as_typed"]
    assert SECRETS["PIN"] in typed
    assert [kind for kind, secret in SECRETS.items() if secret in typed] == ["PIN"]
