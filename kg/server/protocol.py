"""SPARQL 1.1 Protocol: from an HTTP request to a query with its dataset, formats and time."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from kg.errors import QueryError
from kg.guard import Shape, check
from kg.parameters import as_iri
from kg.server.formats import acceptable, acceptable_as_text
from kg.server.outcome import CLOSED, Refused
from kg.server.settings import Settings

FORM, DIRECT, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
WRITING = frozenset({"update", "using-graph-uri", "using-named-graph-uri"})
"""Parameters of an update."""
SHORTEST = 0.1  # seconds that a query can be given
MOST_FIELDS = 10_000  # of a form
IDLE, WHOLE = 10.0, 60.0  # seconds that a body may stand still, and take in all
READ_ON, READ_ON_IDLE = 16, 0.5  # times its limit that a body is read, seconds that it may then stand still
BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that may run."""

    query: str
    shape: Shape
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    formats: Mapping[str, Sequence[tuple[str, str]]]
    formats_text: str
    timeout: float

    def request(self) -> dict[str, Any]:
        """What a worker is told."""
        return {
            "query": self.query,
            "default_graphs": self.default_graphs,
            "named_graphs": self.named_graphs,
            "datasets": self.shape.datasets,
            "services": bool(self.shape.services),
            "words": self.shape.words,
            "formats": dict(self.formats),
        }

    def key(self, version: str) -> tuple[object, ...] | None:
        """What tells answers apart; None for a query whose answer may change."""
        if not self.shape.fixed:
            return None
        return (version, self.query, self.default_graphs, self.named_graphs, self.formats_text)


async def parameters(request: Request, settings: Settings) -> list[tuple[str, str]]:
    """Everything that the request carries, as pairs; a query sent as the body comes under `query`."""
    pairs = _decoded(request.scope["query_string"].decode("latin-1"))
    if request.method in ("GET", "HEAD"):
        return pairs
    body = await body_of(request, settings.max_query)
    media_type, charset = content_type(request)
    if charset not in ("", "utf-8", "utf8"):
        raise Refused(415, f"charset={charset}: send the query as UTF-8")
    if media_type == FORM:
        return pairs + _decoded(_text(body))
    if media_type == DIRECT:
        if any(name == "query" for name, _ in pairs):
            raise Refused(400, "a query in the address and one in the body; send one")
        return [*pairs, ("query", _text(body))]
    if media_type == UPDATE:
        return [*pairs, ("update", _text(body))]
    raise Refused(415, f"Content-Type {media_type or 'is missing'}; send {DIRECT} or {FORM}")


def asked(pairs: Sequence[tuple[str, str]], accept: str, settings: Settings) -> Asked:
    """The query of the parameters; Refused says what is wrong with it."""
    query = _one(pairs, "query")
    if query is None:
        raise Refused(400, "no query; give one as query=")
    return admitted(
        query, accept, settings, pairs, _graphs(pairs, "default-graph-uri"), _graphs(pairs, "named-graph-uri")
    )


def admitted(
    query: str,
    accept: str,
    settings: Settings,
    pairs: Sequence[tuple[str, str]] = (),
    default_graphs: tuple[str, ...] = (),
    named_graphs: tuple[str, ...] = (),
) -> Asked:
    """A query that passed the guard, with its formats and time."""
    query = query.removeprefix(BYTE_ORDER_MARK)
    try:
        found = check(query, settings.allow_service)
    except QueryError as error:
        raise Refused(_status(str(error)), str(error)) from error
    name = _one(pairs, "format")
    formats, as_text = acceptable(accept, name), acceptable_as_text(accept, name)
    return Asked(query, found, default_graphs, named_graphs, formats, as_text, _timeout(pairs, settings))


def _status(message: str) -> int:
    return 403 if message.startswith("SERVICE <") else 400


def _graphs(pairs: Sequence[tuple[str, str]], name: str) -> tuple[str, ...]:
    graphs = tuple(values(pairs, name))
    for graph in graphs:
        if as_iri(graph) != graph:
            raise Refused(400, f"{name}={graph}: no absolute IRI")
    return graphs


def _timeout(pairs: Sequence[tuple[str, str]], settings: Settings) -> float:
    value = _one(pairs, "timeout")
    if value is None:
        return settings.timeout
    try:
        seconds = float(value)
    except ValueError as error:
        raise Refused(400, f"timeout={value}: give seconds, such as 2.5") from error
    if not seconds >= SHORTEST:
        raise Refused(400, f"timeout={value}: give {SHORTEST} seconds or more")
    return min(seconds, settings.timeout)


def values(pairs: Sequence[tuple[str, str]], name: str) -> list[str]:
    """The values that a parameter has."""
    return [value for key, value in pairs if key == name]


def _one(pairs: Sequence[tuple[str, str]], name: str) -> str | None:
    found = values(pairs, name)
    if len(found) > 1:
        raise Refused(400, f"{name} stands {len(found)} times; give it once")
    return found[0] if found else None


def _decoded(encoded: str) -> list[tuple[str, str]]:
    """Pairs of a form, percent-decoded once, as UTF-8 that must be whole."""
    try:
        return parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise Refused(400, "percent-encoded bytes are no UTF-8; encode the query as UTF-8") from error
    except ValueError as error:
        raise Refused(400, f"the form cannot be read: {error}") from error


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(400, f"byte {error.start} of the body is no UTF-8; send the query as UTF-8") from error


def content_type(request: Request) -> tuple[str, str]:
    """The media type of the body and its charset, both in small letters."""
    media_type, *rest = request.headers.get("content-type", "").split(";")
    charset = next((one.partition("=")[2] for one in rest if one.strip().lower().startswith("charset=")), "")
    return media_type.strip().lower(), charset.strip().strip('"').lower()


async def body_of(request: Request, limit: int) -> bytes:
    """The body; 413 where it is too long, 408 where it does not come.

    A body that is too long is read on for a while, so that who is sending it comes to read the answer.
    """
    declared = int(request.headers.get("content-length", "0"))
    if declared > limit and "expect" in request.headers:
        raise _too_long(limit)
    body, size, now = bytearray(), 0, asyncio.get_running_loop().time
    end = now() + WHOLE
    try:
        async with asyncio.timeout(IDLE if declared <= limit else READ_ON_IDLE) as patience:
            async for chunk in request.stream():
                size += len(chunk)
                fits = max(size, declared) <= limit
                if fits:
                    body += chunk
                elif size > READ_ON * limit:
                    break
                patience.reschedule(min(now() + (IDLE if fits else READ_ON_IDLE), end))
    except TimeoutError as error:
        if max(size, declared) <= limit:
            raise Refused(408, "the body of the request did not come in time") from error
    except ClientDisconnect as error:
        raise Refused(CLOSED, "the caller went away") from error
    if max(size, declared) > limit:
        raise _too_long(limit)
    return bytes(body)


def _too_long(limit: int) -> Refused:
    return Refused(413, f"the request is longer than {limit:,} bytes; send a shorter query")
