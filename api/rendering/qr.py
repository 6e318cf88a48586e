"""A QR code as rows of dark and light, to be drawn by whoever prints it."""

from __future__ import annotations

import segno

__all__ = ["qr_rows"]

_ERROR_CORRECTION = "m"


def qr_rows(address: str) -> list[str]:
    """The rows of the QR code of `address`, each as a hexadecimal number of its modules.

    The first module of a row is the highest of as many bits as there are rows; the quiet zone
    (four modules, ISO/IEC 18004) is not part of it.
    """
    code = segno.make(address, error=_ERROR_CORRECTION, micro=False)
    return [f"{int(''.join('01'[bool(module)] for module in row), 2):x}" for row in code.matrix]
