import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx
import pytest

from api.cli.ask import post_message
from api.errors import NotRunningError
from api.settings import Settings
from knowledge_base.answer import Status
from tests.api.fake_rasa import make_answer


@pytest.fixture
def server(monkeypatch):
    """A small application on a free port that answers with `reply` and keeps what it was sent."""

    class Handler(BaseHTTPRequestHandler):
        reply = b""
        sent = []

        def do_POST(self):
            self.sent.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.send_header("Content-Length", str(len(self.reply)))
            self.end_headers()
            self.wfile.write(self.reply)

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.02,))
        thread.start()
        monkeypatch.setenv("MOTCUA_PORT", str(running.server_port))
        yield Handler
        running.shutdown()
        thread.join()


def body(answer, conversation="c"):
    out = {"conversation": conversation, "answer": answer.model_dump(mode="json")}
    return json.dumps(out).encode()


def test_the_answer_is_printed_as_text(motcua, server):
    server.reply = body(make_answer("Lệ phí 8.000 đồng."))
    ended = motcua("ask", "lệ phí bao nhiêu")
    assert (ended.code, ended.out.strip()) == (0, "Lệ phí 8.000 đồng.")


def test_several_questions_are_one_conversation(motcua, server):
    server.reply = body(make_answer(), conversation="the one")
    ended = motcua("ask", "làm giấy khai sinh", "lệ phí bao nhiêu")
    assert [sent["conversation"] for sent in server.sent] == [None, "the one"]
    assert "❯ làm giấy khai sinh" in ended.out
    assert "❯ lệ phí bao nhiêu" in ended.out


def test_the_answer_may_be_printed_as_json(motcua, server):
    server.reply = body(make_answer())
    assert json.loads(motcua("ask", "--json", "lệ phí").out)["status"] == Status.ANSWERED


@pytest.mark.parametrize(
    "reply", [b"<html>", b"{}", b"[]", b'"text"', b"null", b'{"conversation": "c", "answer": {}}']
)
def test_something_else_at_the_port_is_told(motcua, server, reply):
    server.reply = reply
    ended = motcua("ask", "lệ phí")
    assert ended.code == 1
    assert "Chưa thấy trợ lý chạy" in ended.err


def test_without_a_running_application_it_says_what_to_do(motcua, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setenv("MOTCUA_PORT", str(port))
    ended = motcua("ask", "lệ phí bao nhiêu")
    assert ended.code == 1
    assert ended.out == ""
    assert ended.err == (
        f"Lỗi: Chưa thấy trợ lý chạy ở http://127.0.0.1:{port}. Hãy chạy «make run» trước.\n"
    )


def test_a_timeout_is_told_too():
    def late(request):
        raise httpx.ReadTimeout("late")

    client = httpx.Client(transport=httpx.MockTransport(late))
    with client, pytest.raises(NotRunningError, match="make run"):
        post_message(client, Settings(), "lệ phí", None)
