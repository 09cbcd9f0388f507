"""The OpenAPI description of every address but the SPARQL protocol's own, made from the saved queries themselves."""

from collections.abc import Iterable, Mapping
from typing import Any

from kg import __version__
from kg.parameters import choices
from kg.queries import Parameter, SavedQuery
from kg.search import KINDS
from kg.server.browse import MOST
from kg.server.formats import GRAPH, TABLE, Format
from kg.server.protocol import SHORTEST

Json = dict[str, Any]

DATE = r"^$|^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
WRONG: Mapping[int, str] = {
    400: "A parameter is unknown, stands twice or has a value that it cannot have.",
    403: "The query asks a host that the operator has not allowed.",
    404: "There is no such thing in the store.",
    406: "No format that the caller takes can hold the answer.",
    414: "The address is too long.",
    500: "The query needs too much memory, or its answer is too large.",
    502: "A host that the query asks did not answer.",
    503: "Too many queries at once; Retry-After says when to come back.",
    504: "The query took too long.",
}


def openapi(saved: Mapping[str, SavedQuery]) -> Json:
    """The description as JSON."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Isnad",
            "version": __version__,
            "description": "News articles as a knowledge graph in which every fact cites its sentence. "
            "SPARQL itself is at /sparql and describes itself there.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {**_queries(saved), **_search(), **_things(), **_descriptions(), **_state()},
        "components": {"schemas": _SCHEMAS},
    }


def _queries(saved: Mapping[str, SavedQuery]) -> Json:
    listed = _answer("The saved queries.", {"application/json": {"type": "array", "items": _ref("SavedQuery")}})
    return {
        "/queries": {"get": _operation("queries", "List the saved queries", listed, ())},
        **{f"/queries/{name}": {"get": _query(query)} for name, query in saved.items()},
    }


def _query(query: SavedQuery) -> Json:
    """A saved query as an operation."""
    parameters = [_parameter(one) for one in query.parameters]
    operation = _operation(
        f"query-{query.name}",
        query.title["en"],
        _answer("The rows.", {kind: _ref("Rows") if "json" in kind else {} for kind in _types(TABLE)}),
        (400, 406, 414, 500, *((403, 502) if query.service else ()), 503, 504),
        [*parameters, _format(TABLE), _TIMEOUT],
    )
    return {**operation, "description": query.description["en"], "tags": ["saved queries"]}


def _parameter(one: Parameter) -> Json:
    schema = _schema(one) | ({"default": one.default} if one.default else {})
    if one.type == "integer" and one.default:
        schema["default"] = int(one.default)
    described = {"name": one.name, "in": "query", "required": False, "schema": schema}
    return described | {"description": f"{one.description['en']} / {one.description['ar']}"}


def _schema(one: Parameter) -> Json:
    """What values a parameter may have; an entity goes by any of its names, so that only the store can tell."""
    if one.type == "integer":
        return {"anyOf": [{"type": "integer", "minimum": -(10**18) + 1, "maximum": 10**18 - 1}, {"const": ""}]}
    if one.type in ("from", "to"):
        return {"type": "string", "pattern": DATE}
    if one.type == "concept" and choices(one):
        return {"type": "string", "enum": [*choices(one), ""]}
    return {"type": "string"}


def _search() -> Json:
    words = {"name": "q", "in": "query", "schema": {"type": "string"}, "description": "A name, or words of a sentence."}
    kinds = {"name": "kind", "in": "query", "schema": {"type": "array", "items": {"enum": list(KINDS)}}}
    limit = {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": MOST}}
    found = _answer("What bears the name or holds the words.", {"application/json": _ref("Hits"), "text/html": {}})
    summary = "Find entities, terms and sentences in any of the languages"
    return {"/search": {"get": _operation("search", summary, found, (400, 503), [words, kinds, limit])}}


def _things() -> Json:
    """Articles, entities and events as RDF."""
    kinds = {
        "article": ("the text with its sentences, mentions and claims", r"^[A-Za-z0-9._~-]+$"),
        "entity": ("names, types and links", r"^(Q[1-9][0-9]*|[a-z]+-[a-z0-9-]+)$"),
        "event": ("roles, time, place and claims", r"^[0-9a-f]{20}$"),
    }
    return {f"/{kind}/{{id}}": {"get": _thing(kind, holds, form)} for kind, (holds, form) in kinds.items()}


def _thing(kind: str, holds: str, form: str) -> Json:
    identifier = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "pattern": form}}
    found = _answer("What the store says of it.", {kind: {} for kind in _types(GRAPH)})
    summary = f"An {kind}: {holds}; a browser gets a page"
    return _operation(kind, summary, found, (400, 404, 406, 503, 504), [identifier, _format(GRAPH)])


def _descriptions() -> Json:
    graph = _answer("A graph.", {kind: {} for kind in _types(GRAPH)})
    return {
        "/ontology": {"get": _operation("ontology", "The terms", graph, (400, 406, 503, 504), [_format(GRAPH)])},
        "/.well-known/void": {"get": _operation("void", "The data set, in VoID", graph, (503, 504))},
    }


def _state() -> Json:
    """Of the server itself."""
    healthy = _answer("A query was answered.", {"application/json": _ref("Health")})
    figures = _answer("Figures for Prometheus.", {"text/plain": {"type": "string"}})
    itself = _answer("This description.", {"application/json": {"type": "object"}})
    return {
        "/health": {"get": _operation("health", "Whether a query is answered", healthy, (503,))},
        "/metrics": {"get": _operation("metrics", "Queries, workers, memory and version", figures, ())},
        "/openapi.json": {"get": _operation("openapi", "This description", itself, ())},
    }


def _operation(name: str, summary: str, found: Json, wrong: Iterable[int], parameters: Iterable[Json] = ()) -> Json:
    failures = {str(status): _failure(WRONG[status]) for status in wrong}
    return {
        "operationId": name,
        "summary": summary,
        "parameters": list(parameters),
        "responses": {"200": found, **failures},
    }


def _answer(description: str, content: Mapping[str, Json]) -> Json:
    return {"description": description, "content": {kind: {"schema": schema} for kind, schema in content.items()}}


def _failure(description: str) -> Json:
    content = {"text/plain": {"type": "string"}, "application/problem+json": _ref("Problem"), "text/html": {}}
    return _answer(description, content)


def _format(formats: Iterable[Format]) -> Json:
    names = list(dict.fromkeys(name for one in formats for name in one.names))
    schema = {"type": "string", "enum": names}
    return {"name": "format", "in": "query", "schema": schema, "description": "Instead of the Accept header."}


def _types(formats: Iterable[Format]) -> list[str]:
    """Every media type that an answer may have, a browser's page among them."""
    return [*dict.fromkeys(kind for one in formats for kind in one.media_types), "text/html"]


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


_TIMEOUT: Json = {
    "name": "timeout",
    "in": "query",
    "schema": {"type": "number", "minimum": SHORTEST},
    "description": "Seconds; at most those of the server.",
}
_TEXTS: Json = {"type": "object", "required": ["en", "ar"], "additionalProperties": {"type": "string"}}
_SCHEMAS: Json = {
    "Problem": {
        "type": "object",
        "required": ["title", "status", "detail"],
        "properties": {
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "line": {"type": "integer"},
            "column": {"type": "integer"},
        },
    },
    "Health": {
        "type": "object",
        "required": ["status", "version"],
        "properties": {"status": {"const": "ok"}, "version": {"type": "string"}},
    },
    "SavedQuery": {
        "type": "object",
        "required": ["name", "title", "description", "parameters"],
        "properties": {
            "name": {"type": "string"},
            "title": _TEXTS,
            "description": _TEXTS,
            "parameters": {"type": "array", "items": {"type": "object", "required": ["name", "type", "description"]}},
        },
    },
    "Hits": {"type": "object", "required": ["q", "hits"], "properties": {"hits": {"type": "array"}}},
    "Rows": {
        "type": "object",
        "required": ["head", "results"],
        "properties": {
            "head": {"type": "object", "required": ["vars"]},
            "results": {"type": "object", "required": ["bindings"]},
        },
    },
}
