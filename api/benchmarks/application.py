"""The public application alone, for `uvicorn --factory`: no encoder, no action endpoint."""

from __future__ import annotations

import logging
import os

from fastapi import FastAPI

from api.app import create_app
from api.settings import load_settings

__all__ = ["application"]


def application() -> FastAPI:
    """Create the application from the environment.

    Raises:
        SettingsError: a setting is wrong.
    """
    logging.basicConfig(level=logging.WARNING)
    return create_app(load_settings(os.environ))
