"""What all tests share: no network, and the data beside the repository where there is any."""

import ipaddress
import socket

import pytest
from hypothesis import settings

from tests.private_traces import TraceWatch

settings.register_profile("repository", deadline=None, derandomize=True)
settings.load_profile("repository")

_ADVICE = (
    "A test tried to reach {host!r}. Tests run without a network: inject a transport (see "
    "tests/api), take a small file written in the test, or start a server on 127.0.0.1."
)


class NetworkBlockedError(RuntimeError):
    """A test tried to leave this machine. Not an OSError, which clients would swallow."""


def pytest_configure(config):
    patch = pytest.MonkeyPatch()
    config.add_cleanup(patch.undo)
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, _loopback_only(getattr(socket.socket, name)))
    patch.setattr(socket, "getaddrinfo", _local_names_only(socket.getaddrinfo))
    config.trace_watch = TraceWatch()
    config.trace_watch.start(patch)


def pytest_collection_modifyitems(items):
    """The test that looks back on all the others runs last."""
    items.sort(key=lambda item: item.get_closest_marker("run_last") is not None)


@pytest.fixture
def trace_watch(pytestconfig):
    """What all tests so far left in logs, addresses and error pages."""
    return pytestconfig.trace_watch


def _loopback_only(original):
    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address[0]):
            raise NetworkBlockedError(_ADVICE.format(host=address[0]))
        return original(self, address)

    return connect


def _local_names_only(original):
    def getaddrinfo(host, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host
        if name and not _is_address(name) and not _is_local(name):
            raise NetworkBlockedError(_ADVICE.format(host=name))
        return original(host, *args, **kwargs)

    return getaddrinfo


def _is_address(host):
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_local(host):
    if _is_address(host):
        address = ipaddress.ip_address(host.partition("%")[0])
        return address.is_loopback or address.is_unspecified
    return host in ("", "localhost", socket.gethostname())


@pytest.fixture(scope="session")
def shared_data(pytestconfig):
    """The folder of official data that lies beside the repository, not in it."""
    folder = pytestconfig.rootpath.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"needs the official data in {folder}")
    return folder
