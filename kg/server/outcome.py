"""How a request ends: with an answer, or refused for a reason."""

from collections.abc import Mapping
from dataclasses import dataclass

CLOSED = 499  # the caller went away


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer of one version of the store."""

    media_type: str
    body: bytes
    version: str


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """A request without an answer: HTTP status, what to say, and when to come back or how to sign in."""

    def __init__(
        self, status: int, message: str, retry_after: int | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.retry_after = retry_after
        self.headers = {**(headers or {}), **({"Retry-After": str(retry_after)} if retry_after else {})}


class Lost(Refused):
    """A query whose worker was killed by somebody else."""
