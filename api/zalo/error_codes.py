"""What to do about an error code of Zalo; the table is `error_codes.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import yaml

__all__ = ["Action", "ErrorCode", "ErrorCodes"]

_TABLE = Path(__file__).with_name("error_codes.yml")


class Action(StrEnum):
    """What to do."""

    REFRESH = "refresh"
    SLOW_DOWN = "slow_down"
    RETRY = "retry"
    UPLOAD_AGAIN = "upload_again"
    PLAIN_TEXT = "plain_text"
    OUTSIDE_WINDOW = "outside_window"
    DROP = "drop"
    STOP = "stop"


@dataclass(frozen=True)
class ErrorCode:
    """What a code means, in the operators' words, and what to do."""

    action: Action
    meaning: str


class ErrorCodes:
    """The table."""

    def __init__(self, path: Path = _TABLE) -> None:
        """Read the table.

        Raises:
            ValueError: an action is none of `Action`.
        """
        rows = yaml.safe_load(path.read_text("utf-8"))
        self._codes = {
            int(code): ErrorCode(Action(row["action"]), row["meaning"])
            for code, row in rows.items()
        }

    def __getitem__(self, code: int) -> ErrorCode:
        """Return the row of `code`; a code that is not known is tried again."""
        return self._codes.get(code, ErrorCode(Action.RETRY, "Mã lỗi chưa biết"))
