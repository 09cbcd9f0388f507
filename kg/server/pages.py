"""The pages: server-rendered HTML in Arabic and English that works without JavaScript."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.errors import QueryError
from kg.parameters import choices
from kg.prefixes import compacted
from kg.queries import SavedQuery
from kg.server import facts
from kg.server.language import DIRECTIONS, language_of, texts
from kg.server.pool import Refused
from kg.server.protocol import Asked
from kg.server.service import Row, Service, Table, table_of, value
from kg.server.text import Marked, stretches
from kg.sparql import column_order

SHOWN = 200
"""Rows of a table on one page; a download has all."""

POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'"
PAGE_HEADERS = {
    "Vary": "Accept, Accept-Language",
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
}
TABLE_DOWNLOADS = ("csv", "tsv", "json", "xml")
GRAPH_DOWNLOADS = ("ttl", "nt", "rdf", "jsonld")
EXAMPLE = "SELECT * WHERE {\n  ?event a isnad:Agreement ; rdfs:label ?label .\n}\nLIMIT 20"

JSON = {"table": [("json", "srj")], "boolean": [("json", "srj")], "graph": [("text/turtle", "ttl")]}


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders the pages from what the service answers."""

    service: Service
    templates: jinja2.Environment

    def render(self, request: Request, name: str, status: int = 200, **content: Any) -> Response:
        """A page in the reader's language."""
        language = language_of(request)
        other = "ar" if language == "en" else "en"
        page = self.templates.get_template(name).render(
            t=texts(language),
            lang=language,
            dir=DIRECTIONS[language],
            other=other,
            other_address=_with(request, lang=other),
            carry={"lang": language} if "lang" in request.query_params else {},
            **content,
        )
        return HTMLResponse(page, status, PAGE_HEADERS | {"Content-Language": language})

    async def home(self, request: Request) -> Response:
        """The editor, the saved queries, the articles."""
        found = await self.service.rows(facts.articles())
        query = request.query_params.get("query", EXAMPLE)
        return self.render(request, "home.html", saved=self.service.saved, articles=found.rows, query=query)

    async def articles(self, request: Request) -> Response:
        """The list of articles."""
        return self.render(request, "articles.html", articles=(await self.service.rows(facts.articles())).rows)

    def queries(self, request: Request) -> Response:
        """The list of saved queries."""
        return self.render(request, "queries.html", saved=self.service.saved)

    async def query(
        self, request: Request, query: SavedQuery, values: Mapping[str, str], asked: Asked | None
    ) -> Response:
        """A saved query with its form and, where it could be run, its result."""
        content: dict[str, Any] = {"query": query, "values": values, "choices": choices}
        if asked:
            content |= await self._content(request, asked, values)
        return self.render(request, "query.html", **content)

    async def result(self, request: Request, asked: Asked) -> Response:
        """The answer to a query from the editor."""
        content = await self._content(request, asked, {"query": asked.query})
        return self.render(request, "result.html", query=asked.query, **content)

    async def _content(self, request: Request, asked: Asked, form: Mapping[str, str]) -> dict[str, Any]:
        """What a page shows of an answer."""
        query = replace(asked, formats=JSON, formats_text="page")
        found = await self.service.answer_while_there(request, query)
        if found.media_type == "text/turtle":
            return {"graph": found.body.decode("utf-8"), "downloads": _downloads(request, form, GRAPH_DOWNLOADS)}
        downloads = _downloads(request, form, TABLE_DOWNLOADS)
        if b'"boolean"' in found.body[:80]:
            return {"boolean": b":true" in found.body[:80], "downloads": downloads}
        table = await asyncio.to_thread(table_of, found.body)
        columns = tuple(column_order(asked.query, table.columns))
        page, last = _page(request, len(table.rows))
        rows = table.rows[(page - 1) * SHOWN : page * SHOWN]
        around = {number: _with(request, page=str(number)) for number in (page - 1, page + 1) if 0 < number <= last}
        turning = {"page": page, "last": last, "around": around}
        return {"table": Table(columns, rows), "count": len(table.rows), "turning": turning, "downloads": downloads}

    async def article(self, request: Request, identifier: str) -> Response:
        """The text of an article with its mentions and facts."""
        iri, language = f"{facts.DATA}article/{quote(identifier, safe='')}", language_of(request)
        asked = (
            facts.article(iri),
            facts.sentences(iri),
            facts.mentions(iri, language),
            facts.claims(iri, language),
            facts.article_roles(iri, language),
            facts.elsewhere(iri),
        )
        about, sentences, mentions, claims, roles, elsewhere = await asyncio.gather(*map(self.service.rows, asked))
        if not about.rows:
            raise Refused(404, f"no article {identifier!r} in this store; the articles are listed at /articles")
        text = value(about.rows[0], "text")
        found = _facts(claims, roles, elsewhere)
        marks = [*map(_mention, mentions.rows), *(mark for fact in found for mark in fact["marks"])]
        spans = [
            (_int(row, "begin"), _int(row, "end"), value(row, "language"), value(row, "part")) for row in sentences.rows
        ]
        return self.render(
            request, "article.html", about=about.rows[0], stretches=stretches(text, spans, marks), facts=found, iri=iri
        )

    async def entity(self, request: Request, iri: str) -> Response:
        """The page of an entity."""
        language = language_of(request)
        asked = (
            facts.entity(iri, language),
            facts.types(iri),
            facts.timeline(iri, language),
            facts.companions(iri, language),
        )
        names, types, timeline, companions = await asyncio.gather(*map(self.service.rows, asked))
        if not names.rows:
            raise Refused(404, f"no entity {iri} in this store")
        return self.render(
            request,
            "entity.html",
            iri=iri,
            title=_title(names, language),
            names=names.rows,
            types=[value(row, "type").rpartition("#")[2] for row in types.rows],
            timeline=_grouped(timeline, ("event",)),
            companions=companions.rows,
        )

    async def event(self, request: Request, iri: str) -> Response:
        """The page of an event."""
        language = language_of(request)
        asked = (facts.event(iri, language), facts.event_roles(iri, language), facts.event_claims(iri, language))
        about, roles, claims = await asyncio.gather(*map(self.service.rows, asked))
        if not about.rows:
            raise Refused(404, f"no event {iri} in this store")
        return self.render(
            request,
            "event.html",
            iri=iri,
            about=about.rows[0],
            roles=_grouped(roles, ("roleName",)),
            claims=_grouped(claims, ("claim",)),
        )

    async def ontology(self, request: Request) -> Response:
        """The terms with their definitions."""
        found = await self.service.rows(facts.ontology(language_of(request)))
        return self.render(request, "ontology.html", groups=_grouped(found, ("group",)))

    def error(self, request: Request, refusal: Refused) -> Response:
        """A refusal as a page."""
        return self.render(
            request, "error.html", refusal.status, message=refusal.message, missing=refusal.status == 404
        )


def make_templates() -> jinja2.Environment:
    """The templates of the package, escaping everything."""
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("kg.server"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    templates.globals["address"] = address
    templates.globals["link"] = link
    templates.filters["short"] = short
    return templates


def address(path: str, carry: Mapping[str, str], **parameters: str) -> str:
    """A path with parameters, those that every link carries among them."""
    pairs = {**parameters, **carry}
    return f"{path}?{urlencode(pairs)}" if pairs else path


def link(iri: str) -> str | None:
    """The page of an IRI: our own for our things, the web's for others, None for what is no address."""
    if iri.startswith(facts.DATA):
        path, _, fragment = iri.removeprefix(facts.DATA).partition("#")
        kind = path.partition("/")[0]
        if kind == "article" and fragment.startswith("char="):
            return f"/{path}#s{fragment.removeprefix('char=').partition(',')[0]}"
        if kind == "ontology":
            return f"/ontology#{fragment}"
        return f"/{path}" if kind in ("article", "entity", "event") else None
    return iri if iri.startswith(("http://", "https://")) else None


def short(iri: str) -> str:
    """What a page writes for an IRI: characters of an article by its id and their offsets."""
    name = iri.removeprefix(f"{facts.DATA}article/")
    return name.replace("#char=", " · ").replace(",", "–") if name != iri else compacted(iri)


def saved_query(service: Service, name: str) -> SavedQuery:
    """The saved query of a name."""
    if name not in service.saved:
        raise Refused(404, f"no saved query {name!r}; they are listed at /queries")
    return service.saved[name]


async def bound_query(service: Service, query: SavedQuery, values: Mapping[str, str]) -> str:
    """The text of a saved query with its parameters; Refused says which value is wrong."""
    try:
        return await service.bound(query, values)
    except QueryError as error:
        raise Refused(400, str(error)) from error


def _with(request: Request, **parameters: str) -> str:
    """The address of the request with some parameters changed."""
    pairs = {**request.query_params, **parameters}
    return f"{request.url.path}?{urlencode(pairs)}"


def _page(request: Request, count: int) -> tuple[int, int]:
    """The page asked for, from 1, and the last one."""
    last = max(1, -(-count // SHOWN))
    asked = request.query_params.get("page", "1")
    return (min(int(asked), last) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 9 else 1) or 1, last


def _downloads(request: Request, form: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """The address of the same answer in each format."""
    pairs = {name: text for name, text in {**request.query_params, **form}.items() if name not in ("lang", "page")}
    return {name: f"{request.url.path}?{urlencode({**pairs, 'format': name})}" for name in names}


def _facts(claims: Table, roles: Table, elsewhere: Table) -> list[dict[str, Any]]:
    """The facts of an article in the order of its text, each with its roles, its words and its other articles."""
    others = _grouped(elsewhere, ("event",))
    fillers = _grouped(roles, ("claim",))
    found = []
    for number, (claim, rows) in enumerate(_grouped(claims, ("claim",)).items(), start=1):
        name, event = f"f{number}", value(rows[0], "event")
        words = dict.fromkeys((_int(row, "begin"), _int(row, "end")) for row in rows)
        found.append(
            {
                "id": name,
                "row": rows[0],
                "quotes": list(dict.fromkeys(value(row, "quote") for row in rows if "quote" in row)),
                "by": list(dict.fromkeys(value(row, "by") for row in rows if "by" in row)),
                "roles": list(
                    dict.fromkeys(
                        (value(row, "roleName"), value(row, "entity"), value(row, "name"))
                        for row in fillers.get(claim, ())
                    )
                ),
                "others": others.get(event, []),
                "marks": [Marked(begin, end, fact=name) for begin, end in words],
            }
        )
    return found


def _mention(row: Row) -> Marked:
    kind = value(row, "type").rpartition("#")[2]
    return Marked(_int(row, "begin"), _int(row, "end"), value(row, "entity"), value(row, "name"), kind)


def _title(names: Table, language: str) -> str:
    """The label in a language, else the first."""
    labels = [row["name"] for row in names.rows if value(row, "kind") == "label"]
    mine = [label["value"] for label in labels if label.get("xml:lang") == language]
    return (mine or [label["value"] for label in labels] or [""])[0]


def _grouped(table: Table, columns: tuple[str, ...]) -> dict[str, list[Row]]:
    """The rows by the text of some columns, in the order of their first row."""
    groups: dict[str, list[Row]] = {}
    for row in table.rows:
        groups.setdefault(" ".join(value(row, column) for column in columns), []).append(row)
    return groups


def _int(row: Row, column: str) -> int:
    return int(value(row, column))
