"""Start the whole assistant on one machine: the application and Rasa, as two processes."""

from api.launcher.stack import run_stack

__all__ = ["run_stack"]
