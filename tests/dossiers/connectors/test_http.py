import time

import httpx
import pytest

from dossiers.connectors.breaker import CircuitBreaker
from dossiers.connectors.http import Limits, ServiceClient
from dossiers.errors import SourceAnswerError, SourceRefusedError, SourceUnavailableError


def hang(handler):
    time.sleep(0.8)


def drip(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(30):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


def flood(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(64):
        handler.wfile.write(b"x" * 65536)


def hang_up(handler):
    handler.connection.close()


def cut_off(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b'{"a": ')


def no_json(handler):
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write("<html>bảo trì</html>".encode())


def elsewhere(handler):
    handler.send_response(302)
    handler.send_header("Location", "http://169.254.169.254/")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def test_the_json_of_the_answer_is_returned(service, connect):
    service.answers["/a"] = [{"đúng": 1}]
    assert connect().ask("GET", "/a", params={"code": "H05 &?"}) == {"đúng": 1}
    assert service.requests[0][1] == "/a?code=H05+%26%3F"


def test_not_found_is_none(connect):
    assert connect().ask("GET", "/nowhere") is None


@pytest.mark.parametrize("failure", [500, 503, 429, hang_up, cut_off])
def test_a_passing_failure_is_tried_again_with_growing_pauses(service, connect, failure):
    pauses = []
    service.answers["/a"] = [failure, failure, {"a": 1}]
    assert connect(sleep=pauses.append).ask("GET", "/a") == {"a": 1}
    assert pauses == [0.01, 0.02]


@pytest.mark.parametrize("failure", [500, hang_up, hang, drip])
def test_a_lasting_failure_ends_in_time(service, connect, failure):
    service.answers["/a"] = [failure]
    started = time.monotonic()
    with pytest.raises(SourceUnavailableError, match="Một cửa tỉnh"):
        connect().ask("GET", "/a")
    assert time.monotonic() - started < 2.5


def test_a_system_that_is_not_there_is_unavailable(connect):
    with pytest.raises(SourceUnavailableError, match="không kết nối được"):
        connect(url="http://127.0.0.1:9").ask("GET", "/a")


@pytest.mark.parametrize("status", [401, 403])
def test_being_refused_is_not_tried_again(service, connect, status):
    service.answers["/a"] = [status]
    with pytest.raises(SourceRefusedError):
        connect().ask("GET", "/a")
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [(flood, "quá dài"), (no_json, "không phải JSON"), (elsewhere, "302"), (400, "400")],
)
def test_a_wrong_answer_is_said_to_be_one_and_redirects_are_not_followed(
    service, connect, answer, said
):
    service.answers["/a"] = [answer]
    with pytest.raises(SourceAnswerError, match=said):
        connect().ask("GET", "/a")
    assert len(service.requests) == 1


def test_after_failures_the_system_is_left_alone_until_the_rest_is_over(service, connect):
    now = [0.0]
    breaker = CircuitBreaker(failures=2, rest=30, seconds=lambda: now[0])
    client = connect(breaker=breaker, limits=Limits(timeout=0.3, attempts=1))
    service.answers["/a"] = [500, 500, {"a": 1}]
    for _ in range(4):
        with pytest.raises(SourceUnavailableError):
            client.ask("GET", "/a")
    assert len(service.requests) == 2
    now[0] = 30.0
    assert client.ask("GET", "/a") == {"a": 1}
    assert not breaker.is_open


def test_a_transport_may_be_injected():
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=[request.url.path]))
    client = ServiceClient("t", "http://service", transport=transport)
    assert client.ask("GET", "/a") == ["/a"]
    client.close()
