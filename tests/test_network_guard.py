import socket

import pytest

from tests.conftest import NetworkBlockedError


def test_a_connection_to_another_machine_is_refused_with_advice():
    with socket.socket() as client, pytest.raises(NetworkBlockedError, match="inject a transport"):
        client.connect(("192.0.2.1", 80))


def test_a_name_of_another_machine_is_not_looked_up():
    with pytest.raises(NetworkBlockedError, match=r"dichvucong\.gov\.vn"):
        socket.create_connection(("dichvucong.gov.vn", 443))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_server_on_this_machine_can_be_reached(host):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection((host, port)) as client:
            assert client.getpeername()[1] == port
