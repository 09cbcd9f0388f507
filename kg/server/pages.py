"""The pages: server-rendered HTML in Arabic and English that works without JavaScript."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.errors import QueryError
from kg.parameters import choices
from kg.queries import SavedQuery
from kg.search import KINDS, Found
from kg.server import facts
from kg.server.language import DIRECTIONS, language_of, texts
from kg.server.pool import Refused
from kg.server.protocol import Asked
from kg.server.service import Row, Service, Table, table_of, value
from kg.server.text import Marked, stretches
from kg.sparql import column_order

SHOWN = 200
"""Rows of a table on one page; a download has all."""

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "style-src 'self' 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
PAGE_HEADERS = {
    "Vary": "Accept, Accept-Language",
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
}
TABLE_DOWNLOADS = ("csv", "tsv", "json", "xml")
GRAPH_DOWNLOADS = ("ttl", "nt", "rdf", "jsonld")
EXAMPLE = "SELECT * WHERE {\n  ?event a isnad:Agreement ; rdfs:label ?label .\n}\nLIMIT 20"

SPOKEN = (
    *("copied", "editor_hint", "facts", "look", "undated", "view_table", "view_bars", "view_dates", "view_network"),
    *("view_map", "view_label", "view_value", "view_from", "view_to", "view_network_label"),
)
"""The texts that the script of the pages says."""

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
            spoken=json.dumps({key: texts(language)[key] for key in SPOKEN}, ensure_ascii=False),
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

    def found(self, request: Request, question: str, found: Found) -> Response:
        """What a search found."""
        groups = {kind: [hit for hit in found.hits if hit.kind == kind] for kind in KINDS}
        return self.render(request, "search.html", question=question, groups=groups, marked=found.marked)

    async def query(
        self,
        request: Request,
        query: SavedQuery,
        values: Mapping[str, str],
        asked: Asked | None,
        template: str = "query.html",
        look: str = "",
    ) -> Response:
        """A saved query with its form and, where it could be run, its result; `look` is the one shown first."""
        content: dict[str, Any] = {"query": query, "values": values, "choices": choices, "look": look}
        if asked:
            content |= {"placed": asked.query, **await self._content(request, asked, values)}
        return self.render(request, template, **content)

    async def result(self, request: Request, asked: Asked) -> Response:
        """The answer to a query from the editor."""
        content = await self._content(request, asked, {"query": asked.query})
        return self.render(request, "result.html", query=asked.query, **content)

    async def _content(self, request: Request, asked: Asked, form: Mapping[str, str]) -> dict[str, Any]:
        """What a page shows of an answer."""
        query = replace(asked, formats=JSON, formats_text="page")
        found = await self.service.answer_while_there(request, query)
        pairs = {name: text for name, text in {**request.query_params, **form}.items() if name not in ("lang", "page")}
        shared = str(request.url.replace(query=urlencode(pairs), fragment=""))
        if found.media_type == "text/turtle":
            return {
                "graph": found.body.decode("utf-8"),
                "shared": shared,
                "downloads": _downloads(request, form, GRAPH_DOWNLOADS),
            }
        downloads = _downloads(request, form, TABLE_DOWNLOADS)
        if b'"boolean"' in found.body[:80]:
            return {"boolean": b":true" in found.body[:80], "shared": shared, "downloads": downloads}
        table = await asyncio.to_thread(table_of, found.body)
        columns = tuple(column_order(asked.query, table.columns))
        page, last = _page(request, len(table.rows))
        rows = table.rows[(page - 1) * SHOWN : page * SHOWN]
        around = {number: _with(request, page=str(number)) for number in (page - 1, page + 1) if 0 < number <= last}
        turning = {"page": page, "last": last, "around": around}
        count = len(table.rows)
        shown = {"table": Table(columns, rows), "count": count, "turning": turning}
        return shown | {"downloads": downloads, "shared": shared}

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
            facts.companions(iri, language, met=True),
            facts.sources(iri),
        )
        names, types, timeline, companions, met, sources = await asyncio.gather(*map(self.service.rows, asked))
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
            met=met.rows,
            sources=sources.rows,
        )

    async def event(self, request: Request, iri: str) -> Response:
        """The page of an event."""
        language = language_of(request)
        asked = (
            facts.event(iri, language),
            facts.event_roles(iri, language),
            facts.event_claims(iri, language),
            facts.related(iri, language),
        )
        about, roles, claims, related = await asyncio.gather(*map(self.service.rows, asked))
        if not about.rows:
            raise Refused(404, f"no event {iri} in this store")
        return self.render(
            request,
            "event.html",
            iri=iri,
            about=about.rows[0],
            roles=_grouped(roles, ("roleName",)),
            claims=_grouped(claims, ("claim",)),
            related=related.rows,
        )

    async def ontology(self, request: Request) -> Response:
        """The terms with their definitions, examples from the store, and a diagram."""
        from kg.graph import reference

        found = await self.service.rows(await asyncio.to_thread(reference.examples_query))
        rows = [{column: value(row, column) for column in row} for row in found.rows]
        body = reference.reference_body(reference.examples(rows), language_of(request))
        return self.render(request, "ontology.html", body=body)

    def error(self, request: Request, refusal: Refused) -> Response:
        """A refusal as a page."""
        return self.render(
            request, "error.html", refusal.status, message=refusal.message, missing=refusal.status == 404
        )


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
