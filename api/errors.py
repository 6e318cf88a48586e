"""The exceptions of the gateway.

GatewayError
├── SettingsError          a setting is missing or wrong, naming it
├── BotUnavailableError    Rasa did not answer, or answered nothing
├── StackError             a process of the stack did not start or stopped
├── CommandError           a command cannot do what it was asked, saying why
├── NotRunningError        the command line could not reach a running application
├── QuestionError          a question for the officers is unknown, closed, or not to be taken over
└── ZaloError              the Zalo channel
    ├── ZaloRefusedError      Zalo answered with an error code
    ├── ZaloUnreachableError  Zalo gave no answer; the call may or may not have arrived
    ├── ZaloGrantError        there is no right to call Zalo: the OA has to grant it (again)
    └── ZaloSealError         what was stored cannot be opened with this key
"""

from __future__ import annotations

__all__ = [
    "BotUnavailableError",
    "CommandError",
    "GatewayError",
    "NotRunningError",
    "QuestionError",
    "SettingsError",
    "StackError",
    "ZaloError",
    "ZaloGrantError",
    "ZaloRefusedError",
    "ZaloSealError",
    "ZaloUnreachableError",
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


class CommandError(GatewayError):
    """A command cannot do what it was asked."""


class ZaloError(GatewayError):
    """Base of the errors of the Zalo channel."""


class ZaloRefusedError(ZaloError):
    """Zalo answered with an error code; `code` is it."""

    def __init__(self, code: int) -> None:
        """Take the code. Zalo's own message is left out: it may repeat what was sent."""
        super().__init__(f"zalo: error {code}")
        self.code = code


class ZaloUnreachableError(ZaloError):
    """No answer came. Where `unsure`, the call may have been carried out all the same."""

    def __init__(self, reason: str, *, unsure: bool) -> None:
        """Take a reason without personal data, and whether Zalo may have got the call."""
        super().__init__(f"zalo: {reason}")
        self.unsure = unsure


class ZaloGrantError(ZaloError):
    """No usable token: an administrator of the OA has to run `motcua zalo connect`."""


class ZaloSealError(ZaloError):
    """What was stored was sealed with another key."""
