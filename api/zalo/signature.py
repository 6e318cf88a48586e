"""The signature of a webhook call: plain SHA-256 over the body as it came, no HMAC.

`X-ZEvent-Signature: mac=<hex>`, with mac = SHA256(app id + body + timestamp + OA secret key).
"""

from __future__ import annotations

import hashlib
import hmac

__all__ = ["build_mac", "is_signed"]

_PREFIX = "mac="


def build_mac(sender_id: str, body: bytes, timestamp: str, oa_secret: str) -> str:
    """Return the signature in hex.

    `sender_id` is the app id; `timestamp` is the member of the body, as the text it is there.
    """
    digest = hashlib.sha256()
    for part in (sender_id.encode(), body, timestamp.encode(), oa_secret.encode()):
        digest.update(part)
    return digest.hexdigest()


def is_signed(
    body: bytes, header: str | None, sender_id: str, timestamp: str, oa_secret: str
) -> bool:
    """Tell whether `header` signs `body`, in a time that does not depend on how far it fits."""
    given = (header or "").strip()
    if given[: len(_PREFIX)].lower() == _PREFIX:
        given = given[len(_PREFIX) :].strip()
    expected = build_mac(sender_id, body, timestamp, oa_secret)
    return hmac.compare_digest(expected.encode(), given.lower().encode("utf-8", "replace"))
