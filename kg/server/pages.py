"""The pages: server-rendered HTML in Arabic and English that works without JavaScript."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg.errors import QueryError
from kg.model import FACTUALITIES
from kg.parameters import choices, entity_iri, given
from kg.prefixes import PREFIXES
from kg.queries import Parameter, SavedQuery
from kg.search import KINDS, Found
from kg.server import facts
from kg.server.evidence import facts_of, grouped, headline, label_of, mention, roles_of, spans_of
from kg.server.language import DIRECTIONS, language_of, texts
from kg.server.outcome import CLOSED, Refused
from kg.server.protocol import Asked
from kg.server.results import GRAPH_DOWNLOADS, NOTHING, changed, content_of, page_of, turning
from kg.server.service import Service, value
from kg.server.text import directed, stretches
from kg.server.tiles import Tiles

LISTED = 100
"""Articles on one page of their list."""
NEWEST = 6
"""Articles on the first page."""

PAGE_HEADERS = {"Vary": "Accept, Accept-Language", "X-Content-Type-Options": "nosniff"}
EXAMPLE = "SELECT * WHERE {\n  ?event a isnad:Agreement ; rdfs:label ?label .\n}\nLIMIT 20"

SPOKEN = (
    *("copied", "editor_hint", "facts", "look", "undated", "view_table", "view_bars", "view_dates", "view_network"),
    *(
        "view_map",
        "view_label",
        "view_value",
        "view_from",
        "view_to",
        "view_network_label",
        "view_most",
        "view_all",
        "close",
    ),
    *("more_queries", "no_place", "network_names", "network_hint"),
    *("steering", "steering_hint", "zoom_in", "zoom_out", "move_left", "move_up", "move_down", "move_right", "whole"),
)
"""The texts that the script of the pages says."""

JSON = {"table": [("json", "srj")], "boolean": [("json", "srj")], "graph": [("text/turtle", "ttl")]}


@dataclass(frozen=True, slots=True)
class Pages:
    """Renders the pages from what the service answers."""

    service: Service
    templates: jinja2.Environment

    def render(
        self, request: Request, name: str, status: int = 200, form: Mapping[str, str] = NOTHING, **content: Any
    ) -> Response:
        """A page in the reader's language; `form` holds what the request carries besides its address."""
        language = language_of(request)
        other = "ar" if language == "en" else "en"
        page = self.templates.get_template(name).render(
            t=texts(language),
            lang=language,
            dir=DIRECTIONS[language],
            other=other,
            other_address=changed(request, form, lang=other),
            path=request.url.path,
            here=str(request.url),
            carry={"lang": language} if "lang" in request.query_params else {},
            spoken=json.dumps({key: texts(language)[key] for key in SPOKEN}, ensure_ascii=False),
            formats=GRAPH_DOWNLOADS,
            tiles=self.service.settings.tiles,
            **content,
        )
        own = {"Content-Language": language, "Content-Security-Policy": policy(self.service.settings.tiles)}
        return HTMLResponse(page, status, PAGE_HEADERS | own)

    async def home(self, request: Request) -> Response:
        """The search, the editor, the saved queries, the newest articles."""
        found, counts = await asyncio.gather(
            self.service.rows(facts.articles(NEWEST)), self.service.rows(facts.counts())
        )
        query = request.query_params.get("query", EXAMPLE)
        content: dict[str, Any] = {
            "saved": self.service.saved,
            "articles": found.rows,
            "counts": counts.rows[0],
            "query": query,
        }
        return self.render(request, "home.html", **content)

    async def articles(self, request: Request) -> Response:
        """The list of articles, page by page."""
        counts = (await self.service.rows(facts.counts())).rows[0]
        page, last = page_of(request, int(value(counts, "articles")), LISTED)
        found = await self.service.rows(facts.articles(LISTED, (page - 1) * LISTED))
        content: dict[str, Any] = {"articles": found.rows, "counts": counts, "turning": turning(request, page, last)}
        return self.render(request, "articles.html", **content)

    def queries(self, request: Request) -> Response:
        """The list of saved queries."""
        return self.render(request, "queries.html", saved=self.service.saved)

    async def found(self, request: Request, question: str, found: Found) -> Response:
        """What a search found, sentences with the articles that they are of."""
        groups = {kind: [hit for hit in found.hits if hit.kind == kind] for kind in KINDS}
        articles = dict.fromkeys(hit.iri.partition("#")[0] for hit in groups["sentence"])
        rows = (await self.service.rows(facts.headings(articles))).rows if articles else ()
        content: dict[str, Any] = {"groups": groups, "articles": grouped(rows, "article"), "marked": found.marked}
        return self.render(request, "search.html", question=question, **content)

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
        called, named = await asyncio.gather(
            self._called(query, language_of(request)), self._named(query, values, language_of(request))
        )
        content: dict[str, Any] = {"query": query, "values": values, "choices": choices, "look": look}
        content |= {"called": called, "named": named}
        if asked:
            content |= {"placed": asked.query, **await self._content(request, asked, values)}
        return self.render(request, template, **content)

    async def _called(self, query: SavedQuery, language: str) -> Mapping[tuple[str, str], str]:
        """What the ontology calls the choices of a query's parameters and how sure a claim is, by column and value."""
        terms = {(one.name, choice): _term(one, choice) for one in query.parameters for choice in choices(one)}
        terms |= {("factuality", name): f"{PREFIXES['isnad']}factuality-{name}" for name in FACTUALITIES}
        found = await self.service.rows(facts.labels(dict.fromkeys(terms.values()), language))
        labels = {value(row, "term"): value(row, "label") for row in found.rows}
        tongues = {key: text for key, text in texts(language).items() if key.startswith("language_")}
        return {key: labels.get(term) or tongues.get(f"language_{key[1]}") or key[1] for key, term in terms.items()}

    async def _named(self, query: SavedQuery, values: Mapping[str, str], language: str) -> Mapping[str, str]:
        """What the entities are called that parameters name by QID, IRI or prefixed name, by parameter."""
        own = {one.name: one.type for one in query.parameters}
        entered = given(query, {name: text for name, text in values.items() if name in own})
        iris = {name: entity_iri(text) for name, text in entered.items() if own[name] == "entity"}
        known = {name: iri for name, iri in iris.items() if iri}
        found = (await self.service.rows(facts.names(known.values(), language))).rows if known else ()
        labels = {value(row, "term"): value(row, "label") for row in found}
        return {name: labels[iri] for name, iri in known.items() if iri in labels}

    async def result(self, request: Request, asked: Asked) -> Response:
        """The answer to a query from the editor; where there is none, the reason above the query."""
        form = {"query": asked.query}
        try:
            content = await self._content(request, asked, form)
        except Refused as refusal:
            if refusal.status == CLOSED:
                raise
            return self.error(request, refusal, asked.query)
        return self.render(request, "result.html", form=form, query=asked.query, **content)

    async def _content(self, request: Request, asked: Asked, form: Mapping[str, str]) -> dict[str, Any]:
        """What a page shows of an answer."""
        query = replace(asked, formats=JSON, formats_text="page")
        found = await self.service.answer_while_there(request, query)
        return await asyncio.to_thread(content_of, request, found, asked.query, form)

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
        found = tuple(facts_of(claims, roles, elsewhere))
        marks = [*map(mention, mentions.rows), *(mark for fact in found for mark in fact.marks)]
        title = headline(value(about.rows[0], "title") or text)
        tongue = value(about.rows[0], "language")
        runs = directed(stretches(text, spans_of(sentences), marks), tongue)
        return self.render(request, "article.html", about=about.rows[0], title=title, runs=runs, facts=found, iri=iri)

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
            title=label_of(names.rows, language),
            names=names.rows,
            types=[value(row, "type").rpartition("#")[2] for row in types.rows],
            timeline=grouped(timeline.rows, "event"),
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
            roles=roles_of(roles.rows),
            claims=grouped(claims.rows, "claim"),
            articles=len(grouped(claims.rows, "article")),
            related=related.rows,
        )

    async def ontology(self, request: Request) -> Response:
        """The terms with their definitions, examples from the store, and a diagram."""
        from kg.graph import reference

        found = await self.service.rows(await asyncio.to_thread(reference.examples_query))
        rows = [{column: value(row, column) for column in row} for row in found.rows]
        body = reference.reference_body(reference.examples(rows), language_of(request))
        return self.render(request, "ontology.html", body=body)

    def error(self, request: Request, refusal: Refused, query: str = "") -> Response:
        """A refusal as a page, with the query that was refused in the editor."""
        query = query or (request.query_params.get("query", "") if request.url.path == "/sparql" else "")
        missing = refusal.status == 404
        return self.render(request, "error.html", refusal.status, message=refusal.message, missing=missing, query=query)


def policy(tiles: Tiles | None) -> str:
    """What a page may load: nothing from elsewhere but the tiles that the operator set."""
    return "; ".join(
        (
            "default-src 'self'",
            f"img-src 'self' data: {tiles.origin}" if tiles else "img-src 'self' data:",
            "style-src 'self' 'unsafe-inline'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
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


def _term(parameter: Parameter, choice: str) -> str:
    """The IRI of the concept or the class that a choice stands for."""
    return f"{PREFIXES['isnad']}{parameter.scheme}-{choice}" if parameter.scheme else f"{PREFIXES['isnad']}{choice}"
