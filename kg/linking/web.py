"""Asking a web service politely: paced, retried, remembered on disk, and every fault an error that says what to do.

Nothing here is called unless a person asked for the network (`kg link --online`).
"""

import hashlib
import json
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from pathlib import Path
from typing import IO
from urllib.parse import urlencode, urlsplit

from kg import __version__
from kg.errors import LinkError

USER_AGENT = f"Isnad/{__version__} (https://w3id.org/isnad/; Arabic news to a knowledge graph) Python-urllib"
LARGEST = 4 * 1024 * 1024  # bytes of an answer
PIECE = 65536

Form = tuple[tuple[str, str], ...]


class PassingError(LinkError):
    """A fault that may be gone at the next try; `wait` seconds were asked for by the server."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Manners:
    """How a service is asked: times in seconds."""

    pause: float = 1.0  # between two requests
    timeout: float = 30.0  # for a whole answer
    tries: int = 5
    back_off: float = 1.0  # before the second try, doubled before each further one
    longest_wait: float = 120.0  # that a server may ask for
    sleep: Callable[[float], None] = time.sleep


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect to the caller: a POST must not turn into a GET, nor the answer come from another host."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(slots=True)
class Web:
    """A service at one address, and the answers it gave; `keep` days an answer stays good."""

    endpoint: str
    cache: Path | None = None
    keep: float = 30.0
    manners: Manners = field(default_factory=Manners)
    asked: int = 0  # requests sent

    def __post_init__(self) -> None:
        parts = urlsplit(self.endpoint)
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
            raise LinkError(f"{self.endpoint}: no address of a web service; give one such as https://host/api")

    def ask(self, form: Form, post: bool = True) -> object:
        """The JSON that the service gives for a form, from the cache where it is fresh there."""
        kept = self._kept(form)
        if kept is not None:
            return kept
        answer = self._persist(form, post)
        self._keep(form, answer)
        return answer

    def _persist(self, form: Form, post: bool) -> object:
        """Ask until there is an answer or patience ends."""
        for attempt in range(1, self.manners.tries + 1):
            try:
                return self._once(form, post)
            except PassingError as error:
                wait = error.wait if error.wait is not None else self._back_off(form, attempt)
                if attempt == self.manners.tries:
                    raise LinkError(f"{error}; given up after {attempt} tries, try again later") from error
                if wait > self.manners.longest_wait:
                    raise LinkError(f"{error}; it asks to wait {wait:.0f} seconds, try again then") from error
                self.manners.sleep(wait)
        raise AssertionError("a try either answers or raises")

    def _back_off(self, form: Form, attempt: int) -> float:
        """Seconds to wait: doubled each time, with a jitter that depends on the request alone."""
        drawn = hashlib.sha256(repr((form, attempt)).encode()).digest()[0] / 255
        return float(self.manners.back_off * 2 ** (attempt - 1) * (0.75 + 0.5 * drawn))

    def _once(self, form: Form, post: bool) -> object:
        if self.asked:
            self.manners.sleep(self.manners.pause)
        self.asked += 1
        try:
            with urllib.request.build_opener(_NoRedirects).open(
                self._request(form, post), timeout=self.manners.timeout
            ) as answer:
                return self._parsed(self._body(answer))
        except urllib.error.HTTPError as error:
            with error:
                raise self._refused(error) from error
        except (OSError, HTTPException) as error:
            reason = getattr(error, "reason", None) or error
            raise PassingError(f"{self.endpoint}: no whole answer ({type(error).__name__}: {reason})") from error

    def _request(self, form: Form, post: bool) -> urllib.request.Request:
        head = {"User-Agent": USER_AGENT, "Accept": "application/json"}
        query = urlencode(form)
        if post:
            return urllib.request.Request(self.endpoint, query.encode("ascii"), head)
        return urllib.request.Request(f"{self.endpoint}{'&' if '?' in self.endpoint else '?'}{query}", headers=head)

    def _body(self, answer: IO[bytes]) -> bytes:
        """The whole answer, within the limits of time and size."""
        end = time.monotonic() + self.manners.timeout
        pieces: list[bytes] = []
        while piece := answer.read1(PIECE) if hasattr(answer, "read1") else answer.read(PIECE):
            pieces.append(piece)
            if sum(map(len, pieces)) > LARGEST:
                raise LinkError(f"{self.endpoint}: an answer of more than {LARGEST} bytes; is it such a service?")
            if time.monotonic() > end:
                raise PassingError(f"{self.endpoint}: no whole answer within {self.manners.timeout:g} seconds")
        self._whole(answer, sum(map(len, pieces)))
        return b"".join(pieces)

    def _whole(self, answer: IO[bytes], size: int) -> None:
        """PassingError where the answer is shorter than it announced."""
        announced = getattr(answer, "headers", {}).get("Content-Length")
        if announced and announced.isdigit() and int(announced) != size:
            raise PassingError(f"{self.endpoint}: no whole answer ({size} of {announced} bytes)")

    def _parsed(self, body: bytes) -> object:
        try:
            return json.loads(body.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            start = body[:60].decode("utf-8", "replace").strip()
            raise PassingError(f"{self.endpoint}: no JSON but {start!r}") from error

    def _refused(self, error: urllib.error.HTTPError) -> LinkError:
        """What a status other than 200 means."""
        place = f"{self.endpoint}: status {error.code}"
        if 300 <= error.code < 400:
            return LinkError(
                f"{place}, moved to {error.headers.get('Location')}; if you trust it, give it as --endpoint"
            )
        if error.code == 429 or error.code >= 500:
            return PassingError(place, _seconds(error.headers.get("Retry-After")))
        return LinkError(f"{place}; the service does not take this request, look at --endpoint and --api")

    def _file(self, form: Form) -> Path | None:
        """The file of an answer; its name is a hash, so that no name of an entity reaches the file system."""
        if self.cache is None:
            return None
        return self.cache / f"{hashlib.sha256(repr((self.endpoint, form)).encode()).hexdigest()}.json"

    def _kept(self, form: Form) -> object | None:
        file = self._file(form)
        try:
            if file is None or time.time() - file.stat().st_mtime > self.keep * 86400:
                return None
            kept: object = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):  # not there, or damaged: ask again
            return None
        return kept

    def _keep(self, form: Form, answer: object) -> None:
        file = self._file(form)
        if file is None:
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_suffix(f".{os.getpid()}.new")
        new.write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
        new.replace(file)

    def forget(self, form: Form) -> None:
        """Drop the kept answer to a form, one that turned out to be no answer."""
        if (file := self._file(form)) is not None:
            file.unlink(missing_ok=True)


def _seconds(header: str | None) -> float | None:
    """The wait that a Retry-After asks for: seconds or a date; None where it says nothing one understands."""
    if not header:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(0.0, (aware - datetime.now(UTC)).total_seconds())
