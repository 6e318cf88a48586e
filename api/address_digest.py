"""A digest of a client's network address: tells clients apart, and tells nobody who they are."""

from __future__ import annotations

import hashlib
import secrets

from api.rate_limit import LOOPBACK

__all__ = ["AddressDigest"]


class AddressDigest:
    """Makes digests with a key that lives as long as this run of the application."""

    def __init__(self, key: bytes | None = None) -> None:
        """Take a key; a fresh one unless told otherwise."""
        self._key = key or secrets.token_bytes(32)

    def __call__(self, address: str) -> str:
        """Return the digest; empty for the loopback and where no address is known.

        What a proxy on the loopback passes on carries the client's address; without that everybody
        would be counted as one.
        """
        if not address or address == "?" or address in LOOPBACK:
            return ""
        return hashlib.blake2b(address.encode(), key=self._key, digest_size=16).hexdigest()
