"""A ticket: for ten minutes it stands for a proof that was given, on the pages that follow.

So the proof itself is sent once and written into no page. A ticket opens one dossier to one
browser, and cannot be made without the key.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from dossiers.clock import Clock, system_clock
from dossiers.codes import DossierCode, parse_code
from dossiers.proofs import ProofHasher

__all__ = ["TicketOffice"]

_LASTS = timedelta(minutes=10)


class TicketOffice:
    """Gives and reads tickets."""

    def __init__(self, hasher: ProofHasher, *, clock: Clock = system_clock) -> None:
        self._hasher = hasher
        self._clock = clock

    def give(self, code: str, client: str) -> str:
        """Return a ticket for `code`, which `client` has just proved."""
        ends = int((self._clock() + _LASTS).timestamp())
        return f"{code}~{ends}~{self._seal(code, ends, client)}"

    def read(self, ticket: str, client: str) -> DossierCode | None:
        """Return the code that a ticket opens to `client` now; None where it opens nothing."""
        code, _, rest = ticket.partition("~")
        ends, _, seal = rest.partition("~")
        if not (ends.isascii() and ends.isdecimal()) or len(ends) > 12:
            return None
        expected = self._seal(code, int(ends), client)
        fits = hmac.compare_digest(expected.encode(), seal.encode())
        if not fits or self._clock() > datetime.fromtimestamp(int(ends), self._clock().tzinfo):
            return None
        return parse_code(code)

    def _seal(self, code: str, ends: int, client: str) -> str:
        return self._hasher.blind(f"ticket {code} {ends} {client}")
