"""The command line `motcua`."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Run the command line; a known error prints one message and exits with 1."""
    from api.cli.program import run

    run()
