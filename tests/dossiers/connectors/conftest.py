"""A small real HTTP server on the loopback that answers as it is told."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dossiers.connectors.http import Limits, ServiceClient


class Service:
    """What the server answers: `answers[path]` is a list of replies, the last one repeated.

    A reply is JSON to send, a status number, or a function of the handler.
    """

    def __init__(self):
        self.answers = {}
        self.requests = []
        self.url = ""

    def reply(self, handler, body):
        path = handler.path.split("?")[0]
        self.requests.append((handler.command, handler.path, dict(handler.headers), body))
        queue = self.answers.get(path, [404])
        reply = queue.pop(0) if len(queue) > 1 else queue[0]
        if callable(reply):
            reply(handler)
        elif isinstance(reply, int):
            send(handler, b"{}", reply)
        else:
            send(handler, json.dumps(reply).encode())

    def asked(self, path):
        return [request for request in self.requests if request[1].split("?")[0] == path]


def send(handler, content, status=200, **headers):
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(content)))
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(content)


@pytest.fixture
def service():
    service = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            service.reply(self, b"")

        def do_POST(self):
            service.reply(self, self.rfile.read(int(self.headers["Content-Length"])))

        def log_message(self, *args):
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request, client_address):
            """A client that hung up is part of the tests."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield service
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def connect(service):
    clients = []

    def connect(**options):
        options.setdefault("limits", Limits(timeout=0.3, total=1.0, pause=0.01))
        options.setdefault("sleep", lambda seconds: None)
        url = options.pop("url", service.url)
        client = ServiceClient("Một cửa tỉnh", url, **options)
        clients.append(client)
        return client

    yield connect
    for client in clients:
        client.close()
