"""Secrets by which a citizen shows that a dossier is theirs, kept only as salted hashes.

Two secrets are known: the PIN printed on the receipt, and the last four digits of the registered
phone. Four digits are guessed offline at any cost of hashing, so what protects a stolen database
is the pepper, a key kept outside it; what protects the running service is the attempt limiter
(`dossiers.attempts`). The cost is therefore low enough to import 100,000 dossiers in a minute.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, field

__all__ = ["Proofs", "ProofHasher", "phone_tail"]

_COST, _BLOCK, _LANES, _LENGTH = 2**7, 8, 1, 32
_NOT_KEPT = "0" * 32


@dataclass(frozen=True)
class Proofs:
    """The hashes stored with a dossier; None where that secret is not known."""

    pin: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)

    def __bool__(self) -> bool:
        return bool(self.pin or self.phone)


def phone_tail(number: str) -> str | None:
    """Return the last four digits of a phone number; None where it is too short to be one."""
    digits = re.sub(r"\D", "", number)
    return digits[-4:] if 4 <= len(digits) <= 15 else None


class ProofHasher:
    """Makes and checks the hashes; all replicas share one `pepper`, kept outside the database."""

    def __init__(self, pepper: bytes = b"") -> None:
        self._pepper = pepper

    def proofs(self, code: str, *, pin: str | None = None, phone: str | None = None) -> Proofs:
        """Return the hashes of a receipt PIN and of the last four digits of `phone`.

        The salt follows from the code of the dossier, so that the same file imported twice changes
        nothing, and no two dossiers share one.
        """
        tail = phone_tail(phone) if phone else None
        plain_pin = _plain(pin) if pin else ""
        return Proofs(
            pin=self._hash(plain_pin, f"pin {code}") if plain_pin else None,
            phone=self._hash(tail, f"phone {code}") if tail else None,
        )

    def proves(self, secret: str, proofs: Proofs | None) -> bool:
        """Tell whether `secret` is the PIN or the phone's last digits that `proofs` holds.

        As much is computed where `proofs` is None (an unknown dossier), so time tells nothing.
        """
        proofs = proofs or Proofs()
        by_pin = self._matches(_plain(secret), proofs.pin)
        by_phone = self._matches(phone_tail(secret) or "", proofs.phone)
        return by_pin or by_phone

    def blind(self, name: str) -> str:
        """Return a keyed digest of `name`, for counting it without knowing it."""
        return hmac.new(self._pepper, name.encode(), hashlib.sha256).hexdigest()

    def _hash(self, secret: str, name: str) -> str:
        salt = self.blind(name)[:32]
        return f"{salt}${self._digest(secret, salt)}"

    def _matches(self, secret: str, stored: str | None) -> bool:
        salt, _, digest = (stored or f"{_NOT_KEPT}$").partition("$")
        same = hmac.compare_digest(self._digest(secret, salt), digest)
        return same and stored is not None and bool(secret)

    def _digest(self, secret: str, salt: str) -> str:
        keyed = hmac.new(self._pepper, secret.encode(), hashlib.sha256).digest()
        return hashlib.scrypt(
            keyed, salt=bytes.fromhex(salt), n=_COST, r=_BLOCK, p=_LANES, dklen=_LENGTH
        ).hex()


def _plain(pin: str) -> str:
    return re.sub(r"[\s.\-]", "", pin).upper()
