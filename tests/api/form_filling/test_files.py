from datetime import datetime, timedelta

import pytest

from api.form_filling.files import FinishedFile, FinishedFiles

FILE = FinishedFile("ct01.docx", "application/octet-stream", b"content")


class Clock:
    def __init__(self):
        self.time = datetime(2026, 11, 23, 10, 30)

    def __call__(self):
        return self.time


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def files(clock):
    return FinishedFiles(clock, minutes=10, most=3)


def test_a_file_is_handed_out_once(files):
    address = files.put(FILE)
    assert files.take(address) == FILE
    assert files.take(address) is None
    assert len(files) == 0


def test_a_file_that_nobody_fetches_is_forgotten(files, clock):
    address = files.put(FILE)
    clock.time += timedelta(minutes=10)
    files.forget_old()
    assert len(files) == 0
    assert files.take(address) is None


def test_addresses_are_long_and_never_the_same(files):
    addresses = {files.put(FILE) for _ in range(50)}
    assert len(addresses) == 50
    assert all(len(address) >= len("/tep/") + 32 for address in addresses)


def test_there_are_never_more_than_allowed_and_the_oldest_go(files):
    addresses = [files.put(FILE) for _ in range(4)]
    assert len(files) == 3
    assert files.take(addresses[0]) is None
    assert files.take(addresses[3]) == FILE


@pytest.mark.parametrize("address", ["", "/tep/", "/tep/../x", "x" * 5000])
def test_what_was_never_given_out_is_not_there(files, address):
    files.put(FILE)
    assert files.take(address) is None


def test_a_file_does_not_show_its_content_in_messages():
    assert "content" not in repr(FILE)
