"""What the operator decides."""

import os
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ServerError
from kg.server.tiles import Tiles

SHORTEST = 16  # characters of a token


@dataclass(frozen=True, slots=True)
class Settings:
    """How the server listens and what a query may take."""

    store: Path
    host: str = "127.0.0.1"
    port: int = 8000
    timeout: float = 10.0  # seconds
    workers: int = 4
    memory: int = 900  # MiB a worker may add
    allow_service: tuple[str, ...] = ()
    queue: int = 32  # queries that may wait for a worker
    max_query: int = 1 << 20  # bytes of a request's body
    max_answer: int = 64 << 20  # bytes
    cache: int = 32 << 20  # bytes of answers kept
    slow: float = 1.0  # seconds from which a query is logged
    update_token: str = ""  # empty: nobody may write
    update_timeout: float = 60.0  # seconds a change may take
    max_update: int = 16 << 20  # bytes of a graph sent
    queries: Path | None = None  # folder of further saved queries
    tiles: Tiles | None = None  # pictures under the map
    drain: float = 10.0  # seconds that SIGTERM leaves to running queries


def update_token(file: Path | None) -> str:
    """The token that lets a caller write, from a file or the environment; ServerError where there is none."""
    place = str(file) if file else "KG_UPDATE_TOKEN"
    token = (file.read_text(encoding="utf-8") if file else os.environ.get("KG_UPDATE_TOKEN", "")).strip()
    if len(token) < SHORTEST or not token.isascii() or not token.isprintable() or " " in token:
        raise ServerError(f"{place}: --allow-update needs a token of {SHORTEST} or more ASCII letters without spaces")
    return token
