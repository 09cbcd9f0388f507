"""What callers may write: SPARQL Update at /sparql and whole graphs at /graphs, with a token, in graphs of their own.

A change runs in a process of its own on a copy of the current version, which becomes the next version where it keeps
the store's promises. Readers go on with the old version meanwhile.
"""

import asyncio
import hmac
import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import QueryError, StoreError
from kg.graph.iris import BASE, digest
from kg.guard import check_update, with_dataset
from kg.parameters import as_iri
from kg.server.endpoint import data
from kg.server.formats import GRAPH, accept_of
from kg.server.outcome import Refused
from kg.server.pages import Pages
from kg.server.protocol import admitted, body_of, content_type, values
from kg.server.service import CORS, readable
from kg.server.settings import Settings
from kg.store import amend, current_version, locked

USER_GRAPHS = f"{BASE}graph/user/"
OFF = "updates are off; the operator turns them on with --allow-update"
PLAIN = re.compile(r"[A-Za-z0-9:/._~-]+")
WAITING = 8  # changes that may wait for their turn
PARSED = {one.media_types[0]: one.extension for one in GRAPH}


@dataclass(slots=True)
class Turn:
    """Lets changes happen one after the other."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0

    async def change(self, pages: Pages, request: dict[str, Any]) -> dict[str, Any]:
        """Carry out a change and go over to the version it gives."""
        if self.waiting >= WAITING:
            raise Refused(503, "too many changes at once; come back later", 2)
        self.waiting += 1
        try:
            async with self.lock:
                outcome = await asyncio.to_thread(_changed, pages.service.settings, request)
                await pages.service.pool.renew()
        finally:
            self.waiting -= 1
        return outcome


async def update(request: Request, pages: Pages, turn: Turn, pairs: Sequence[tuple[str, str]]) -> Response:
    """Answer a SPARQL Update."""
    permitted(request, pages.service.settings)
    if request.method != "POST":
        raise Refused(405, f"an update by {request.method}; send it by POST", headers={"Allow": "POST"})
    texts = values(pairs, "update")
    if len(texts) != 1 or values(pairs, "query"):
        raise Refused(400, f"{len(texts)} updates and {len(values(pairs, 'query'))} queries; send one update")
    try:
        check_update(texts[0])
        text = with_dataset(texts[0], values(pairs, "using-graph-uri"), values(pairs, "using-named-graph-uri"))
    except QueryError as error:
        raise Refused(403 if "is not allowed" in str(error) else 400, str(error)) from error
    return _done(await turn.change(pages, {"do": "update", "text": text}))


async def graphs(request: Request, pages: Pages, turn: Turn) -> Response:
    """Answer the Graph Store Protocol."""
    if request.method in ("GET", "HEAD"):
        return await _read(request, pages)
    permitted(request, pages.service.settings)
    body = await body_of(request, pages.service.settings.max_update)
    content: dict[str, Any] = {"do": request.method.lower()}
    if request.method != "DELETE":
        content |= _document(request, body)
    graph = _graph(request) or f"{USER_GRAPHS}{digest(content['text'])}"
    if not graph.startswith(USER_GRAPHS) or graph == USER_GRAPHS:
        raise Refused(403, f"graph={graph}: not for users; write to {USER_GRAPHS}NAME")
    if request.method == "DELETE":
        await _must_be_there(pages, graph)
    return _done(await turn.change(pages, {**content, "graph": graph}), _address(request, graph))


def permitted(request: Request, settings: Settings) -> None:
    """Refuse a caller without the token."""
    if not settings.update_token:
        raise Refused(403, OFF)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    given, known = token.strip().encode("utf-8", "surrogateescape"), settings.update_token.encode()
    if scheme.lower() != "bearer" or not hmac.compare_digest(given, known):
        reason = "the token is another" if token else "no token; send Authorization: Bearer TOKEN"
        raise Refused(401, reason, headers={"WWW-Authenticate": 'Bearer realm="isnad"'})


async def _read(request: Request, pages: Pages) -> Response:
    graph = _graph(request, reading=True)
    where = f"GRAPH {graph} {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
    if graph:
        await _must_be_there(pages, graph.strip("<>"))
    pairs = [(key, text) for key, text in request.query_params.multi_items() if key == "format"]
    query = admitted(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {where} }}", accept_of(request), pages.service.settings, pairs)
    return await data(request, pages, query)


async def _must_be_there(pages: Pages, graph: str) -> None:
    if not (await pages.service.rows(f"SELECT ?p {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} LIMIT 1")).rows:
        raise Refused(404, f"no graph {graph} in this store")


def _graph(request: Request, reading: bool = False) -> str:
    """The graph that the address names, in brackets for reading; empty for the default graph or a new one."""
    named, default = request.query_params.getlist("graph"), "default" in request.query_params
    if "name" in request.path_params:
        named = [*named, f"{BASE}graph/{request.path_params['name']}"]
    here = str(request.base_url)
    named = [BASE + one.removeprefix(here) if one.startswith(f"{here}graph/") else one for one in named]
    if len(named) + default > 1 or (not named and not default and request.method != "POST"):
        raise Refused(400, "name one graph: graph=IRI, or default")
    if default and not reading:
        raise Refused(403, f"the default graph holds nothing of its own; write to graph={USER_GRAPHS}NAME")
    if named and as_iri(named[0]) != named[0]:
        raise Refused(400, f"graph={named[0]}: no absolute IRI")
    return (f"<{named[0]}>" if reading else named[0]) if named else ""


def _document(request: Request, body: bytes) -> dict[str, str]:
    """A document with its format."""
    media_type, charset = content_type(request)
    if media_type not in PARSED or charset not in ("", "utf-8", "utf8"):
        raise Refused(415, f"Content-Type {media_type or 'is missing'}; send {', '.join(PARSED)} in UTF-8")
    try:
        return {"text": body.decode("utf-8-sig"), "format": PARSED[media_type]}
    except UnicodeDecodeError as error:
        raise Refused(400, f"byte {error.start} of the body is no UTF-8; send it as UTF-8") from error


def _changed(settings: Settings, request: dict[str, Any]) -> dict[str, Any]:
    """Change a copy in a process of its own and switch to it; Refused where the change must not stand."""
    outcome: dict[str, Any] = {}

    def change(old: Path, new: Path) -> str:
        outcome.update(_written(settings, request, old, new))
        if outcome["status"] != 200:
            raise Refused(outcome["status"], readable(outcome["message"], request.get("text", "")))
        return str(outcome["version"])

    try:
        with locked(settings.store):
            request["version"] = current_version(settings.store)
            amend(settings.store, change)
    except StoreError as error:
        raise Refused(503, str(error), 10) from error
    return outcome


def _written(settings: Settings, request: dict[str, Any], old: Path, new: Path) -> dict[str, Any]:
    command = (sys.executable, "-m", "kg.server.writer", str(old), str(new), str(settings.memory))
    try:
        ended = subprocess.run(
            command,
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=settings.update_timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(504, f"the change took longer than {settings.update_timeout:g} seconds; change less") from error
    if ended.returncode != 0:
        raise Refused(500, "the change ended its process: it needs too much memory or nests too deep; change less")
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def _address(request: Request, graph: str) -> str:
    """Where a graph is read: its own address, unless its name holds what an address spells otherwise."""
    if PLAIN.fullmatch(graph):
        return str(request.base_url) + graph.removeprefix(BASE)
    return f"{request.base_url}graphs?graph={quote(graph, safe='')}"


def _done(outcome: dict[str, Any], address: str = "") -> Response:
    headers = {**CORS, "X-Store-Version": outcome["version"], "Cache-Control": "no-store"}
    if outcome["created"] and address:
        return Response(status_code=201, headers={**headers, "Location": address})
    return Response(status_code=204, headers=headers)
