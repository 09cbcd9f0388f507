"""The application for HTTP servers other than the one that `kg serve` runs: STORE names the store."""

import os
from pathlib import Path

from starlette.types import ASGIApp

from kg.server.main import application
from kg.server.settings import Settings


def app() -> ASGIApp:
    """The application as `kg serve --workers 2` has it."""
    return application(Settings(Path(os.environ["STORE"]), workers=2))
