"""The ASGI application: its routes, its life, and the HTTP server that runs it."""

import asyncio
import contextlib
import logging
import resource
import socket
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import ServerError
from kg.server import browse, facts, updates
from kg.server.cache import Cache
from kg.server.compression import Gzip
from kg.server.connection import MOST, Connection
from kg.server.endpoint import data, endpoint, preflight, well_known_void
from kg.server.formats import accept_of, acceptable
from kg.server.links import make_templates, script
from kg.server.log import Lines, log
from kg.server.metrics import Metrics
from kg.server.openapi import openapi
from kg.server.outcome import CLOSED, Refused
from kg.server.pages import Pages
from kg.server.pool import Pool
from kg.server.protocol import admitted
from kg.server.saved import saved
from kg.server.service import CORS, Service, refused
from kg.server.settings import Settings
from kg.server.workers import Nursery
from kg.store import open_reader

Handler = Callable[[Request, Pages], Awaitable[Response]]
Answering = Callable[[Request], Awaitable[Response]]

ENDPOINTS = ("/sparql", "/sparql/")
SPARQL_METHODS = frozenset({"GET", "HEAD", "POST", "QUERY", "OPTIONS"})


def run(settings: Settings) -> None:
    """Serve until a signal comes; StoreError where there is no store, ServerError where the port is taken."""
    open_reader(settings.store).close()
    listening = _listen(settings.host, settings.port)
    host, port = listening.getsockname()[:2]
    config = uvicorn.Config(
        application(settings),
        http=Connection,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="on",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=int(settings.drain),
    )
    logging.getLogger("uvicorn").addHandler(Lines(logging.ERROR))
    _allow_descriptors()
    shown = f"[{host}]" if ":" in host else host
    print(f"Isnad at http://{shown}:{port}/", flush=True)
    if not script():
        print("The pages do without JavaScript, which was not built: make frontend", file=sys.stderr, flush=True)
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        listening = socket.create_server((host, port), backlog=512)
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (while")[0]
        raise ServerError(f"{host}:{port}: {reason}; give another --host or --port") from error
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _allow_descriptors() -> None:
    """Let this process have a descriptor for every connection, as far as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST if hard == resource.RLIM_INFINITY else min(2 * MOST, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def application(settings: Settings) -> ASGIApp:
    """The application over a store."""
    service = Service(
        settings, Pool(settings, Nursery(settings)), Cache(settings.cache), Metrics(), saved(settings.queries)
    )
    pages = Pages(service, make_templates())

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await service.pool.open()
        yield
        await service.pool.close()

    async def lost(request: Request, error: Exception) -> Response:
        """A path or method that no route takes."""
        assert isinstance(error, HTTPException)
        refusal = Refused(error.status_code, f"{request.method} {request.url.path}: {error.detail}")
        return _refusal(request, pages, refusal, error.headers)

    routes, sparql = _routes(pages)
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={HTTPException: lost})
    return Front(Gzip(app, compresslevel=5), Gzip(_directly(sparql), compresslevel=5))


def _directly(handle: Answering) -> ASGIApp:
    """An application of one address, which spares it the way through the routes."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        response = await handle(Request(scope, receive, send))
        await response(scope, receive, send)

    return app


class Front:
    """Logs each request in one line of JSON, and hands it on: to the endpoint, or to the routes."""

    def __init__(self, routes: ASGIApp, sparql: ASGIApp) -> None:
        self.routes = routes
        self.sparql = sparql

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and log it."""
        if scope["type"] != "http":
            await self.routes(scope, receive, send)
            return
        sparql = scope["path"] in ENDPOINTS and scope["method"] in SPARQL_METHODS
        app = self.sparql if sparql else self.routes
        started, status, size = time.perf_counter(), CLOSED, 0

        async def noting(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            size += len(message.get("body", b""))
            await send(message)

        try:
            await app(scope, receive, noting)
        finally:
            log(
                {
                    "log": "access",
                    "method": scope["method"],
                    "path": scope["path"],
                    "status": status,
                    "bytes": size,
                    "seconds": round(time.perf_counter() - started, 4),
                }
            )


def _routes(pages: Pages) -> tuple[list[Route | Mount], Answering]:
    """The routes, and what answers at /sparql."""

    def answering(handler: Handler, methods: Sequence[str]) -> Answering:
        allowed = ", ".join(("GET", "HEAD", *methods[1:], "OPTIONS"))

        async def handle(request: Request) -> Response:
            if request.method == "OPTIONS":
                return preflight(allowed)
            try:
                return await handler(request, pages)
            except Refused as refusal:
                return _refusal(request, pages, refusal)

        return handle

    def route(path: str, handler: Handler, *methods: str) -> Route:
        return Route(path, answering(handler, methods), methods=[*(methods or ("GET",)), "OPTIONS"])

    turn = updates.Turn()

    async def update(request: Request, pages: Pages, pairs: Sequence[tuple[str, str]]) -> Response:
        return await updates.update(request, pages, turn, pairs)

    async def sparql(request: Request, pages: Pages) -> Response:
        return await endpoint(request, pages, update)

    async def graph_store(request: Request, pages: Pages) -> Response:
        return await updates.graphs(request, pages, turn)

    routes: list[Route | Mount] = [
        *(route(path, sparql, "GET", "POST", "QUERY") for path in ENDPOINTS),
        *(route(path, graph_store, "GET", "PUT", "POST", "DELETE") for path in ("/graphs", "/graph/{name:path}")),
        route("/.well-known/void", well_known_void),
        route("/", _home),
        route("/queries", browse.queries),
        route("/queries/{name}", browse.query),
        route("/search", browse.find),
        *(route(path, browse.view) for path in browse.VIEWS),
        route("/articles", _articles),
        route("/article/{id}", _article),
        route("/entity/{id}", _entity),
        route("/event/{id}", _event),
        route("/ontology", _ontology),
        route("/health", _health),
        route("/metrics", _metrics),
        route("/openapi.json", _openapi),
        Mount("/static", StaticFiles(packages=[("kg.server", "static")])),
    ]
    return routes, answering(sparql, ("GET", "POST", "QUERY"))


def _refusal(request: Request, pages: Pages, refusal: Refused, headers: Mapping[str, str] | None = None) -> Response:
    """A refusal as a page for a browser, as text or JSON for others."""
    page = browse.is_page(request) and refusal.status != CLOSED
    response = pages.error(request, refusal) if page else refused(request, refusal)
    response.headers.update(headers or {})
    return response


async def _home(request: Request, pages: Pages) -> Response:
    return await pages.home(request)


async def _articles(request: Request, pages: Pages) -> Response:
    return await pages.articles(request)


async def _article(request: Request, pages: Pages) -> Response:
    if browse.is_page(request):
        return await pages.article(request, request.path_params["id"])
    return await _thing(request, pages)


async def _entity(request: Request, pages: Pages) -> Response:
    if browse.is_page(request):
        return await pages.entity(request, _iri(request))
    return await _thing(request, pages)


async def _event(request: Request, pages: Pages) -> Response:
    if browse.is_page(request):
        return await pages.event(request, _iri(request))
    return await _thing(request, pages)


async def _ontology(request: Request, pages: Pages) -> Response:
    if browse.is_page(request):
        return await pages.ontology(request)
    return await _rdf(request, pages, "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH graph:ontology { ?s ?p ?o } }")


async def _thing(request: Request, pages: Pages) -> Response:
    """What the store says of a thing, as RDF."""
    iri = _iri(request)
    if not (await pages.service.rows(facts.exists(iri))).rows:
        raise Refused(404, f"nothing about {iri} in this store")
    return await _rdf(request, pages, facts.about(iri))


async def _rdf(request: Request, pages: Pages, query: str) -> Response:
    accept = accept_of(request)
    pairs = [(key, text) for key, text in request.query_params.multi_items() if key == "format"]
    if not pairs and not acceptable(accept)["graph"]:
        raise Refused(406, "this is a graph; ask for text/turtle, application/ld+json or another format of RDF")
    return await data(request, pages, admitted(query, accept, pages.service.settings, pairs))


async def _health(_: Request, pages: Pages) -> Response:
    """200 only where a query is answered."""
    try:
        async with asyncio.timeout(5):
            await pages.service.pool.answer(admitted("ASK {}", "*/*", pages.service.settings).request(), 5)
    except (Refused, TimeoutError) as error:
        return PlainTextResponse(f"no query is answered: {error}\n", 503)
    return JSONResponse({"status": "ok", "version": pages.service.pool.version})


async def _openapi(_: Request, pages: Pages) -> Response:
    return JSONResponse(openapi(pages.service.saved), headers=CORS)


async def _metrics(_: Request, pages: Pages) -> Response:
    text = pages.service.metrics.text(pages.service.pool, pages.service.cache.size)
    return PlainTextResponse(text, media_type="text/plain; version=0.0.4")


def _iri(request: Request) -> str:
    """The IRI of a thing from its address, its letters percent-encoded as IRIs of the store are."""
    raw = request.scope.get("raw_path", b"").decode("ascii").partition("?")[0] or request.url.path
    iri = facts.DATA + raw.lstrip("/")
    if any(letter in iri for letter in '<>"{}|^`\\ '):
        raise Refused(400, "the address holds what no IRI may hold")
    return iri
