"""What must not be remembered of a message: numbers, addresses and names, and proofs of a dossier.

A proof (the PIN of a receipt, the last figures of a phone) is needed once, to open a dossier. So it
goes to the bot beside the message, in its metadata, which the bot's store leaves out
(`bot/conversation_store.py`); the message itself is remembered with the proof covered.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from dossiers.masking import SHOWN, mask_personal
from dossiers.proof_text import read_proof

__all__ = ["covered", "looks_like_proof", "without_proofs"]

_FIGURES = r"\d(?:[ .\-]?\d){3,7}(?!\d)"
_NAMED_PROOF = re.compile(
    r"(?P<lead>\b(?:pin|bốn số cuối|bon so cuoi|4 số cuối|4 so cuoi)"
    rf"\W*(?:(?:là|la|điện thoại|dien thoai|sđt|sdt)\W*){{0,3}})(?P<proof>{_FIGURES})",
    re.IGNORECASE,
)
# A proof is remembered as these words: dots alone would mean nothing to the classifier.
_PROOF_LEAD = "mã PIN"


def covered(text: str, *, keep: Collection[str] = ()) -> str:
    """Cover what names a person and what proves a dossier; what `keep` holds stays as it is."""
    kept = [re.escape(part) for part in keep if part]
    if not kept:
        return mask_personal(without_proofs(text))
    parts = re.split(f"({'|'.join(kept)})", text)
    return "".join(
        part if position % 2 else mask_personal(without_proofs(part))
        for position, part in enumerate(parts)
    )


def without_proofs(text: str, *, awaited: bool = False) -> str:
    """Cover the proofs named as such; where one is `awaited`, one that stands alone is too."""
    if awaited and looks_like_proof(text):
        return f"{_PROOF_LEAD} {SHOWN}"
    return _NAMED_PROOF.sub(lambda match: f"{match['lead']}{SHOWN}", text)


def looks_like_proof(text: str) -> bool:
    """Tell whether `text` is nothing but a proof, written or spoken."""
    return read_proof(text) is not None
