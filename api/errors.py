"""The exceptions of the gateway.

GatewayError
├── SettingsError          a setting is missing or wrong, naming it
├── BotUnavailableError    Rasa did not answer, or answered nothing
├── StackError             a process of the stack did not start or stopped
├── NotRunningError        the command line could not reach a running application
└── QuestionError          a question for the officers is unknown, closed, or not to be taken over
"""

from __future__ import annotations

__all__ = [
    "BotUnavailableError",
    "GatewayError",
    "NotRunningError",
    "QuestionError",
    "SettingsError",
    "StackError",
]


class GatewayError(Exception):
    """Base of every error of this package."""


class SettingsError(GatewayError):
    """A setting is missing or wrong."""


class BotUnavailableError(GatewayError):
    """Rasa did not answer in time, answered nothing, or answered something else."""


class StackError(GatewayError):
    """A process of the stack did not start, or stopped by itself."""


class NotRunningError(GatewayError):
    """No running application was found at the address."""


class QuestionError(GatewayError):
    """A question left for the officers is unknown, closed, or not to be taken over."""
