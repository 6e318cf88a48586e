"""Watches a whole run of the tests for private numbers in logs, addresses and error pages.

What an application logs, where it sends a browser, which addresses its pages hold, and what it says
of an error must never hold a proof of a dossier, a phone or an identity number.
"""

import logging
import os
import re

from starlette.testclient import TestClient

# Codes of dossiers, procedures and laws have dots and dashes around their figures.
_NUMBERS = re.compile(r"(?<![\w.\-])(?:\d{12}|0\d{9}|\+?84\d{9})(?![\w\-])")
# The proofs of the three invented dossiers (`dossiers.demo`), which the tests type all the time.
_PROOFS = re.compile(r"(?<![\w.\-])(?:246810|135791|112358)(?![\w\-])")
_ADDRESSES = re.compile(r'(?:href|action|src)="(?!tel:)([^"]*)"')
_OURS = ("api", "actions", "dossiers", "knowledge_base")


def private_parts(text):
    """The private numbers in `text`."""
    return [*_NUMBERS.findall(text), *_PROOFS.findall(text)]


class TraceWatch(logging.Handler):
    """Collects what leaves a private trace, with the test that was running."""

    def __init__(self):
        super().__init__(level=logging.DEBUG)
        self.seen = {"log": 0, "address": 0, "error page": 0}
        self.found = []

    def start(self, patch):
        """Watch from now on."""
        logging.getLogger().addHandler(self)
        for name in _OURS:
            logging.getLogger(name).setLevel(logging.DEBUG)
        request = TestClient.request

        def watched(client, *args, **kwargs):
            response = request(client, *args, **kwargs)
            self.look_at(response)
            return response

        patch.setattr(TestClient, "request", watched)

    def emit(self, record):
        if record.name.partition(".")[0] in (*_OURS, "uvicorn", "root"):
            self._check("log", f"{record.getMessage()} {record.exc_text or ''}")

    def look_at(self, response):
        """Check where a response leads, and what it says if it is an error."""
        for address in (response.headers.get("location", ""), *_ADDRESSES.findall(response.text)):
            self._check("address", address)
        if response.status_code >= 400:
            self._check("error page", response.text)

    def _check(self, kind, text):
        self.seen[kind] += 1
        for private in private_parts(text):
            test = os.environ.get("PYTEST_CURRENT_TEST", "?")
            self.found.append(f"{kind}: {private} in {text[:200]!r} ({test})")
