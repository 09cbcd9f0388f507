"""The service behind every route: asks the workers, remembers answers, counts, logs, turns refusals into HTTP."""

import asyncio
import hashlib
import json
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kg.guard import undeclared
from kg.parameters import Candidate, Term, candidates_query, chosen, given, placed, plain_term
from kg.queries import SavedQuery
from kg.server.cache import Cache
from kg.server.formats import accept_of, wants_json
from kg.server.log import log
from kg.server.metrics import Metrics
from kg.server.outcome import CLOSED, Answer, Refused
from kg.server.pool import Pool
from kg.server.protocol import Asked, admitted
from kg.server.settings import Settings
from kg.sparql import position

WATCHED_AFTER = 0.05  # seconds
CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Retry-After"}
ENGINE_PLACE = "error at "
PLACE = re.compile(r"line (\d+), column (\d+)")

Cell = dict[str, str]
Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a SELECT as the JSON results format has them."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """What the routes share."""

    settings: Settings
    pool: Pool
    cache: Cache
    metrics: Metrics
    saved: Mapping[str, SavedQuery]

    async def answer(self, asked: Asked) -> Answer:
        """The answer to a query, from the cache or from a worker."""
        started = time.perf_counter()
        outcome = "ok"
        try:
            key = asked.key(self.pool.version)
            found = self.cache.get(key)
            if found:
                outcome = "cached"
                return found
            found = await self.pool.answer(asked.request(), asked.timeout)
            self.cache.put(asked.key(found.version), found)
            return found
        except Refused as refusal:
            outcome = str(refusal.status)
            raise Refused(refusal.status, readable(refusal.message, asked.query), refusal.retry_after) from refusal
        except asyncio.CancelledError:
            outcome = "cancelled"
            raise
        finally:
            self._record(asked, outcome, time.perf_counter() - started)

    async def answer_while_there(self, request: Request, asked: Asked) -> Answer:
        """The answer, given up when the caller goes away."""
        with WhileThere(request):
            return await self.answer(asked)

    async def rows(self, query: str) -> Table:
        """The rows of a SELECT of our own or of a saved query."""
        found = await self.answer(admitted(query, "application/sparql-results+json", self.settings))
        return table_of(found.body)

    async def bound(self, query: SavedQuery, values: Mapping[str, str]) -> str:
        """The text of a saved query with its parameters in place, names looked up in the store."""
        terms: dict[str, Term] = {}
        for name, value in given(query, values).items():
            parameter = query.parameter(name)
            asked = candidates_query(parameter, value)
            terms[name] = (
                chosen(parameter, value, await self._candidates(asked)) if asked else plain_term(parameter, value)
            )
        return placed(query.text, terms)

    async def _candidates(self, asked: str) -> Sequence[Candidate]:
        found = await self.rows(asked)
        return [Candidate(value(row, "iri"), value(row, "label"), int(value(row, "rank"))) for row in found.rows]

    def _record(self, asked: Asked, outcome: str, seconds: float) -> None:
        self.metrics.count(outcome, seconds)
        if seconds >= self.settings.slow:
            log({"log": "slow", "seconds": round(seconds, 3), "outcome": outcome, "query": asked.query[:2000]})


def value(row: Row, column: str) -> str:
    """The text of a cell, empty where there is none."""
    return row[column]["value"] if column in row else ""


def table_of(body: bytes) -> Table:
    """The rows of an answer in JSON."""
    found = json.loads(body)
    return Table(tuple(found["head"]["vars"]), tuple(found["results"]["bindings"]))


def etag(answer_version: str, *parts: object) -> str:
    """What names an answer's content: it changes with the store and with what was asked."""
    digest = hashlib.sha256("\0".join(map(str, (answer_version, *parts))).encode("utf-8", "surrogatepass"))
    return f'W/"{digest.hexdigest()[:24]}"'


def is_conditional(request: Request) -> bool:
    """Whether the caller of a safe method wants the content only where it has another."""
    return "if-none-match" in request.headers and request.method in ("GET", "HEAD", "QUERY")


def matches(request: Request, tag: str) -> bool:
    """Whether the caller has that content already; tags are compared weakly."""
    known = {one.strip() for header in request.headers.getlist("if-none-match") for one in header.split(",")}
    return "*" in known or tag.removeprefix("W/") in {one.removeprefix("W/") for one in known}


def refused(request: Request, error: Exception) -> Response:
    """A refusal as text, or as JSON where the caller asks for JSON."""
    assert isinstance(error, Refused)
    headers = {**CORS, **error.headers, "Vary": "Accept"}
    if wants_json(accept_of(request)):
        content = {"title": error.message.split(";")[0], "status": error.status, "detail": error.message}
        return JSONResponse(content | _place(error.message), error.status, headers, "application/problem+json")
    return PlainTextResponse(error.message + "\n", error.status, headers)


def _place(message: str) -> dict[str, int]:
    """The line and column that a message names, both counted from 1."""
    found = PLACE.search(message)
    return {"line": int(found[1]), "column": int(found[2])} if found else {}


class WhileThere:
    """Ends the work of a block when the caller goes away; that is looked for only after a while, as it costs a task."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.gone = self.over = False
        self.watching: asyncio.Task[None] | None = None

    def __enter__(self) -> None:
        """Set the time from which to look."""
        task = asyncio.current_task()
        assert task
        self.task = task
        self.timer = asyncio.get_running_loop().call_later(WATCHED_AFTER, self._watch)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: object) -> None:
        """Look no more; Refused where the caller went away."""
        self.over = True
        self.timer.cancel()
        if self.watching:
            self.watching.cancel()
        if self.gone:
            self.task.uncancel()
            raise Refused(CLOSED, "the caller went away") from error

    def _watch(self) -> None:
        self.watching = asyncio.create_task(_disconnected(self.request))
        self.watching.add_done_callback(self._left)

    def _left(self, watching: asyncio.Task[None]) -> None:
        if not self.over and not watching.cancelled():
            self.gone = True
            self.task.cancel()


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def readable(message: str, query: str) -> str:
    """The engine's message with its place in words, its lists of letters left out; it takes no note of prefixes."""
    if not message.startswith(ENGINE_PLACE):
        return message
    if name := undeclared(query):
        row, place_in_it = position(query, name.start)
        prefix = name.text.partition(":")[0]
        return f"syntax error at line {row}, column {place_in_it}: no prefix {prefix}:; declare PREFIX {prefix}: <...>"
    place, _, expected = message.removeprefix(ENGINE_PLACE).partition(": ")
    line, _, column = place.partition(":")
    short = " ".join(expected.split())
    return f"syntax error at line {line}, column {column}: {short[:300]}"
