"""/sparql: queries in every form of the protocol, the service description, and VoID."""

from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.server.formats import accept_of, acceptable, wants_page
from kg.server.outcome import Refused
from kg.server.pages import Pages
from kg.server.protocol import DIRECT, FORM, WRITING, Asked, asked, parameters
from kg.server.service import CORS, etag, is_conditional, matches

KEEP = "public, max-age=0, must-revalidate"

DESCRIPTION = """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX formats: <http://www.w3.org/ns/formats/>
PREFIX void: <http://rdfs.org/ns/void#>
CONSTRUCT {{
  <{endpoint}> a sd:Service ; sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query{update} ;
    sd:feature sd:UnionDefaultGraph{federated} ;
    sd:resultFormat {formats} ;
    sd:defaultDataset <{endpoint}#dataset> .
  <{endpoint}#dataset> a sd:Dataset ; sd:defaultGraph <{endpoint}#default> ; sd:namedGraph ?node .
  <{endpoint}#default> a sd:Graph ; void:triples ?all .
  ?node a sd:NamedGraph ; sd:name ?graph ; sd:graph ?inside .
  ?inside a sd:Graph ; void:triples ?triples .
}} WHERE {{
  {{ SELECT (COUNT(*) AS ?all) WHERE {{ ?s ?p ?o }} }}
  {{ SELECT ?graph (COUNT(*) AS ?triples) WHERE {{ GRAPH ?graph {{ ?s ?p ?o }} }} GROUP BY ?graph }}
  BIND(IRI(CONCAT("{endpoint}#graph-", MD5(STR(?graph)))) AS ?node)
  BIND(IRI(CONCAT("{endpoint}#inside-", MD5(STR(?graph)))) AS ?inside)
}}"""

FORMATS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "RDF_XML", "N-Quads", "TriG", "JSON-LD"),
)


def preflight(methods: str) -> Response:
    """What a page of another host may send, and what the address takes; never with credentials."""
    headers = {
        **CORS,
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": "Content-Type, Accept, If-None-Match",
        "Access-Control-Max-Age": "86400",
        "Allow": methods,
    }
    queries = {"Accept-Query": f"{DIRECT}, {FORM}"} if "QUERY" in methods else {}
    return Response(status_code=204, headers=headers | queries)


Update = Callable[[Request, Pages, Sequence[tuple[str, str]]], Awaitable[Response]]


async def endpoint(request: Request, pages: Pages, update: Update) -> Response:
    """Answer /sparql, handing updates on."""
    accept = accept_of(request)
    pairs = await parameters(request, pages.service.settings)
    names = {name for name, _ in pairs}
    if names & WRITING:
        return await update(request, pages, pairs)
    if request.method in ("GET", "HEAD") and "query" not in names:
        return await _introduction(request, pages, accept)
    if wants_page(accept) and "format" not in names and request.method in ("GET", "POST"):
        return await pages.result(request, asked(pairs, "*/*", pages.service.settings))
    return await data(request, pages, asked(pairs, accept, pages.service.settings))


async def data(request: Request, pages: Pages, query: Asked) -> Response:
    """The answer to a query as data."""
    service = pages.service
    if is_conditional(request) and (key := query.key(service.pool.version)):
        tag = etag(*map(str, key))
        if matches(request, tag):
            headers = {**CORS, "ETag": tag, "Cache-Control": KEEP, "Vary": "Accept"}
            return Response(status_code=304, headers=headers)
    found = await service.answer_while_there(request, query)
    headers = {**CORS, "Vary": "Accept", "X-Store-Version": found.version}
    if key := query.key(found.version):
        headers |= {"ETag": etag(*map(str, key)), "Cache-Control": KEEP}
    else:
        headers |= {"Cache-Control": "no-store"}
    media_type = found.media_type
    if media_type == "text/csv":
        media_type += "; header=present"
    return Response(found.body, headers=headers | {"Content-Type": _with_charset(media_type)})


async def well_known_void(request: Request, pages: Pages) -> Response:
    """The description of the data set, from the store."""
    query = """PREFIX void: <http://rdfs.org/ns/void#>
CONSTRUCT { ?s ?p ?o } WHERE { GRAPH ?about { ?dataset a void:Dataset } GRAPH ?about { ?s ?p ?o } }"""
    return await data(request, pages, asked([("query", query)], _graph_accept(request), pages.service.settings))


async def _introduction(request: Request, pages: Pages, accept: str) -> Response:
    """The service description; for a browser the editor."""
    if wants_page(accept):
        return RedirectResponse("/", status_code=303)
    address = str(request.url.replace(query="", fragment=""))
    formats = ", ".join(f"formats:{name}" for name in FORMATS)
    federated = ", sd:BasicFederatedQuery" if pages.service.settings.allow_service else ""
    update = ", sd:SPARQL11Update" if pages.service.settings.update_token else ""
    query = DESCRIPTION.format(endpoint=_safe(address), formats=formats, federated=federated, update=update)
    return await data(request, pages, asked([("query", query)], _graph_accept(request), pages.service.settings))


def _graph_accept(request: Request) -> str:
    """What the caller takes, or anything where it takes no RDF, for the description is better than an error."""
    accept = accept_of(request)
    return accept if acceptable(accept)["graph"] else "*/*"


def _safe(address: str) -> str:
    if any(letter in '<>"{}|^`\\ ' for letter in address):
        raise Refused(400, "the Host header is no host")
    return address


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
