"""What a reader browses by: search, saved queries, and the three of them that have pages of their own."""

import asyncio
from collections.abc import Mapping
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.errors import StoreError
from kg.search import KINDS, Found, Hit, search
from kg.server.endpoint import data
from kg.server.formats import accept_of, wants_page
from kg.server.language import language_of
from kg.server.links import link, short
from kg.server.outcome import Refused
from kg.server.pages import Pages, bound_query, saved_query
from kg.server.protocol import admitted
from kg.server.results import SHOWN, VIEWING
from kg.server.service import CORS
from kg.sparql import tokens

RESERVED = frozenset({"format", "lang", "page", "size", "timeout"})
"""Parameters of an address that are none of a saved query; a page takes those of how it is looked at as well."""

VIEWS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {"/timeline": ("events", "timeline.html"), "/network": ("co-occurrence", ""), "/map": ("places", "")}
)
"""Pages that show a saved query in a look of their own: its name, and its template where it has one."""

MOST = 50  # hits of a kind
LARGEST = 10_000  # rows of a page of data


def is_page(request: Request) -> bool:
    """Whether the caller is a browser that asks for no other format."""
    return wants_page(accept_of(request)) and "format" not in request.query_params


async def queries(request: Request, pages: Pages) -> Response:
    """The list of saved queries."""
    if is_page(request):
        return pages.queries(request)
    listed = [
        {
            "name": name,
            "title": dict(query.title),
            "description": dict(query.description),
            "parameters": [
                {"name": one.name, "type": one.type, "default": one.default, "description": dict(one.description)}
                for one in query.parameters
            ],
        }
        for name, query in pages.service.saved.items()
    ]
    return JSONResponse(listed, headers=CORS)


async def query(request: Request, pages: Pages) -> Response:
    """A saved query with its form and its result, or the result alone."""
    return await _saved(request, pages, request.path_params["name"], "query.html", "")


async def view(request: Request, pages: Pages) -> Response:
    """The timeline of events, the network of actors, the map."""
    name, template = VIEWS[request.url.path]
    return await _saved(request, pages, name, template or "query.html", request.url.path.strip("/"))


async def _saved(request: Request, pages: Pages, name: str, template: str, look: str) -> Response:
    query = saved_query(pages.service, name)
    as_page = is_page(request)
    reserved = RESERVED.union(VIEWING) if as_page else RESERVED
    values = {key: text for key, text in request.query_params.items() if key not in reserved}
    accept = accept_of(request)
    pairs = [(key, text) for key, text in request.query_params.multi_items() if key in ("format", "timeout")]
    if as_page and "language" in {one.name for one in query.parameters}:
        values.setdefault("language", language_of(request))
    if as_page and query.service and not request.query_params:
        return await pages.query(request, query, values, None)
    text = await bound_query(pages.service, query, values)
    if not as_page and "page" in request.query_params:
        return await _paged(request, pages, text, pairs)
    asked = admitted(text, accept, pages.service.settings, pairs)
    if not as_page:
        return await data(request, pages, asked)
    return await pages.query(request, query, values, asked, template, look)


async def _paged(request: Request, pages: Pages, text: str, pairs: list[tuple[str, str]]) -> Response:
    """One page of a result as data; its Link header tells the pages before and after it."""
    if _is_cut(text):
        raise Refused(400, "this query has a LIMIT or OFFSET of its own; ask for it without page=")
    page, size = _number(request, "page", 1, 10**6), _number(request, "size", SHOWN, LARGEST)
    cut = f"{text}\nLIMIT {size} OFFSET {(page - 1) * size}"
    answer = await data(request, pages, admitted(cut, accept_of(request), pages.service.settings, pairs))
    after = await pages.service.rows(f"{text}\nLIMIT 1 OFFSET {page * size}")
    turns = {"prev": page - 1, **({"next": page + 1} if after.rows else {})}
    links = [f'<{request.url.include_query_params(page=one)}>; rel="{name}"' for name, one in turns.items() if one]
    if links:
        answer.headers["Link"] = ", ".join(links)
    return answer


def _is_cut(text: str) -> bool:
    """Whether a query says itself how many rows it gives, outside of all braces."""
    depth = 0
    for token in tokens(text):
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0 and token.text.upper() in ("LIMIT", "OFFSET"):
            return True
    return False


async def find(request: Request, pages: Pages) -> Response:
    """Names and sentences that hold some words."""
    question, language = request.query_params.get("q", ""), language_of(request)
    kinds = [kind for kind in request.query_params.getlist("kind") if kind] or list(KINDS)
    if unknown := sorted(set(kinds) - set(KINDS)):
        raise Refused(400, f"kind={unknown[0]}: no such kind; take of {', '.join(KINDS)}")
    found = await asyncio.to_thread(_search, pages, question, kinds, language, _number(request, "limit", 20, MOST))
    if is_page(request):
        return await pages.found(request, question, found)
    return JSONResponse({"q": question, "hits": [_told(hit) for hit in found.hits]}, headers=CORS)


def _search(pages: Pages, question: str, kinds: list[str], language: str, limit: int) -> Found:
    version = pages.service.settings.store / "versions" / pages.service.pool.version
    try:
        return search(version, question, kinds, language, limit)
    except StoreError as error:
        raise Refused(503, str(error)) from error


def _number(request: Request, name: str, usual: int, most: int) -> int:
    """A number among the parameters of a request; Refused where it is none from 1 to `most`."""
    asked = request.query_params.get(name, str(usual))
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10 and 0 < int(asked) <= most):
        raise Refused(400, f"{name}={asked[:20]}: give a number from 1 to {most}")
    return int(asked)


def _told(hit: Hit) -> dict[str, str | None]:
    return {
        "kind": hit.kind,
        "iri": hit.iri,
        "name": short(hit.iri),
        "page": link(hit.iri),
        "label": hit.label,
        "text": hit.text,
        "language": hit.language,
    }
