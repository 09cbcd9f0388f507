"""What the operator decides."""

from dataclasses import dataclass
from pathlib import Path


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
    drain: float = 10.0  # seconds that SIGTERM leaves to running queries
