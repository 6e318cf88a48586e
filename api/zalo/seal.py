"""Encryption at rest, and names for people that lead nobody back to them."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from api.errors import SettingsError, ZaloSealError

__all__ = ["Seal", "new_key"]


def new_key() -> str:
    """Make a key for `MOTCUA_ZALO_KEY`."""
    return Fernet.generate_key().decode()


class Seal:
    """Seals what is stored with one key (Fernet), and derives pseudonyms from it."""

    def __init__(self, key: str) -> None:
        """Take the key.

        Raises:
            SettingsError: the key is not one that `new_key` makes.
        """
        try:
            self._fernet = Fernet(key)
        except ValueError as error:
            raise SettingsError(
                "MOTCUA_ZALO_KEY: cần khóa do lệnh «motcua zalo key» in ra"
            ) from error
        self._index = hashlib.sha256(b"zalo people\0" + key.encode()).digest()

    def close(self, value: Any) -> str:
        """Seal a value that JSON can hold."""
        return self._fernet.encrypt(json.dumps(value, ensure_ascii=False).encode()).decode()

    def open(self, sealed: str) -> Any:
        """Return what was sealed.

        Raises:
            ZaloSealError: it was sealed with another key, or changed since.
        """
        try:
            return json.loads(self._fernet.decrypt(sealed))
        except InvalidToken as error:
            raise ZaloSealError(
                "Dữ liệu Zalo đã lưu không mở được: MOTCUA_ZALO_KEY đã bị đổi."
            ) from error

    def pseudonym(self, oa_id: str, user_id: str) -> str:
        """Return 64 hex digits that stand for a person; without the key nobody leads them back."""
        return hmac.new(self._index, f"{oa_id}:{user_id}".encode(), hashlib.sha256).hexdigest()
