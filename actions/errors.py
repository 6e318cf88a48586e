"""The exceptions of the actions.

ActionsError
└── ActionSettingsError    the environment of the action server is incomplete
"""

from __future__ import annotations

__all__ = ["ActionSettingsError", "ActionsError"]


class ActionsError(Exception):
    """Base of every error of this package."""


class ActionSettingsError(ActionsError):
    """The environment of the action server is incomplete."""
