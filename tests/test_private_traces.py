"""Runs last: nothing private was left in a log, an address or an error page by any test."""

import logging

import pytest

from tests.private_traces import TraceWatch, private_parts


@pytest.mark.parametrize(
    "text",
    ["cccd 001099012345", "gọi 0912345678 nhé", "+84912345678", "pin=246810;".replace("=", " ")],
)
def test_private_numbers_are_seen(text):
    assert private_parts(text)


@pytest.mark.parametrize(
    "text", ["H05.12-261123-0007", "1.001193", "20261123101500", "27/11/2026", "H05.12-0912345678"]
)
def test_other_numbers_are_not_private(text):
    assert private_parts(text) == []


def test_the_watch_sees_a_leak():
    watch = TraceWatch()
    watch.emit(logging.LogRecord("api.x", 20, "", 0, "phone=%s", ("x 0912345678",), None))
    assert len(watch.found) == 1


@pytest.mark.run_last
def test_no_test_left_a_private_number_in_a_log_an_address_or_an_error_page(trace_watch):
    assert trace_watch.found == []
