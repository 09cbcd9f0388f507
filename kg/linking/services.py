"""The two protocols by which Wikidata, or a copy of it, is asked for items of a name.

- reconciliation: the Reconciliation Service API 0.2 of the W3C community group, its data extension for the facts
- search: the MediaWiki API, wbsearchentities for the names and wbgetentities for the facts

What comes back is taken apart field by field: whatever has not the form that the protocol promises is left out.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from kg.errors import LinkError
from kg.linking.records import Unlinked
from kg.linking.web import Form, Web

ADDRESSES: Mapping[str, str] = MappingProxyType(
    {
        "reconciliation": "https://wikidata.reconci.link/ar/api",
        "search": "https://www.wikidata.org/w/api.php",
    }
)
LIMIT = 7  # items asked for, and looked at, a name
BATCH = 10  # names a request
HUMAN = "Q5"
CLASSES: Mapping[str, str] = MappingProxyType(
    {"Person": HUMAN, "Organization": "Q43229", "Country": "Q6256", "Place": "Q2221906"}
)
"""The class of Wikidata that each type of entity falls under."""

INSTANCE_OF, COUNTRY, CITIZENSHIP, COORDINATES, SEAT = "P31", "P17", "P27", "P625", "P159"
_FACTS = (INSTANCE_OF, COUNTRY, CITIZENSHIP, COORDINATES, SEAT)
_QID = re.compile(r"Q[1-9][0-9]{0,11}")


@dataclass(frozen=True, slots=True)
class Found:
    """An item that a service names; `score` from 0 to 1 where the service gives one."""

    qid: str
    names: tuple[str, ...]
    score: float | None = None


Facts = Mapping[str, frozenset[str]]
"""Property -> the items that are its values; of a property without such values an empty set."""


class Service(Protocol):
    """One of the protocols."""

    @property
    def batch(self) -> int:
        """How many names one call of `find` takes."""

    def find(self, entities: Sequence[Unlinked]) -> list[list[Found]]:
        """Items for each entity, in the order of the entities; LinkError where the answer cannot be used."""

    def facts(self, qids: Sequence[str]) -> Mapping[str, Facts]:
        """What is known of items, by QID."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The Reconciliation Service API."""

    web: Web
    batch: int = BATCH

    def find(self, entities: Sequence[Unlinked]) -> list[list[Found]]:
        """One request for all of them."""
        queries = {f"q{at}": _query(entity) for at, entity in enumerate(entities)}
        form: Form = (("queries", json.dumps(queries, ensure_ascii=False)),)
        answer = _mapping(self.web.ask(form), self.web, form)
        if not set(queries) <= set(answer):
            self.web.forget(form)
            raise LinkError(f"{self.web.endpoint}: no answer to each query of the request; is it such a service?")
        return [[*_results(answer[key])][:LIMIT] for key in queries]

    def facts(self, qids: Sequence[str]) -> Mapping[str, Facts]:
        """The data extension of the protocol."""
        wanted = {"ids": list(qids), "properties": [{"id": name} for name in _FACTS]}
        form: Form = (("extend", json.dumps(wanted)),)
        rows = _mapping(self.web.ask(form), self.web, form).get("rows")
        if not isinstance(rows, dict):
            self.web.forget(form)
            raise LinkError(f"{self.web.endpoint}: no rows in its data extension; the types cannot be checked")
        return {qid: _extended(rows[qid]) for qid in qids if isinstance(rows.get(qid), dict)}


@dataclass(frozen=True, slots=True)
class Search:
    """The MediaWiki API of a Wikibase."""

    web: Web
    language: str = "ar"
    batch: int = 1

    def find(self, entities: Sequence[Unlinked]) -> list[list[Found]]:
        """One request a name, as the protocol has it."""
        return [self._found(entity) for entity in entities]

    def _found(self, entity: Unlinked) -> list[Found]:
        form: Form = (
            *(("action", "wbsearchentities"), ("format", "json"), ("search", entity.label), ("type", "item")),
            *(("language", self.language), ("uselang", self.language), ("limit", str(LIMIT))),
        )
        found = _mapping(self.web.ask(form, post=False), self.web, form).get("search")
        if not isinstance(found, list):
            self.web.forget(form)
            raise LinkError(f"{self.web.endpoint}: no list `search` in its answer; is it a MediaWiki API?")
        return [*_hits(found)][:LIMIT]

    def facts(self, qids: Sequence[str]) -> Mapping[str, Facts]:
        """The claims of the items."""
        form: Form = (("action", "wbgetentities"), ("format", "json"), ("ids", "|".join(qids)), ("props", "claims"))
        items = _mapping(self.web.ask(form, post=False), self.web, form).get("entities")
        if not isinstance(items, dict):
            self.web.forget(form)
            raise LinkError(f"{self.web.endpoint}: no `entities` in its answer; the types cannot be checked")
        return {qid: _claims(items[qid]) for qid in qids if isinstance(items.get(qid), dict)}


def service(api: str, web: Web) -> Service:
    """The protocol of a name, at an address."""
    return Search(web) if api == "search" else Reconciliation(web)


def _query(entity: Unlinked) -> Mapping[str, object]:
    """One query of a reconciliation request, with its constraints of type and country."""
    query: dict[str, object] = {"query": entity.label, "type": CLASSES[entity.type], "limit": LIMIT}
    if entity.country:
        pid = CITIZENSHIP if entity.type == "Person" else COUNTRY
        query["properties"] = [{"pid": pid, "v": {"id": entity.country}}]
    return query


def _mapping(answer: object, web: Web, form: Form) -> Mapping[str, object]:
    """The answer where it is an object without an error message; another is not kept."""
    if isinstance(answer, dict) and "error" not in answer and answer.get("status") != "error":
        return answer
    web.forget(form)
    told = answer.get("error") or answer.get("message") if isinstance(answer, dict) else answer
    raise LinkError(f"{web.endpoint}: no answer of its protocol but {str(told)[:80]!r}; look at --endpoint and --api")


def _results(answer: object) -> Iterator[Found]:
    """The well-formed candidates of one reconciliation result."""
    listed = answer.get("result") if isinstance(answer, dict) else None
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict) and _is_item(one.get("id")) and isinstance(one.get("name"), str):
            score = one.get("score")
            if isinstance(score, int | float) and not isinstance(score, bool) and 0 <= score <= 100:
                yield Found(one["id"], (one["name"],), score / 100)


def _hits(listed: Iterable[object]) -> Iterator[Found]:
    """The well-formed hits of a search, with the label and what of the item matched."""
    for one in listed:
        if isinstance(one, dict) and _is_item(one.get("id")):
            match = one.get("match")
            texts = (one.get("label"), match.get("text") if isinstance(match, dict) else None)
            names = tuple(dict.fromkeys(text for text in texts if isinstance(text, str) and text))
            if names:
                yield Found(one["id"], names)


def _extended(row: Mapping[str, object]) -> Facts:
    """The facts of one row of a data extension."""
    return {name: frozenset(_values(row.get(name))) for name in _FACTS if row.get(name)}


def _values(cells: object) -> Iterator[str]:
    for cell in cells if isinstance(cells, list) else ():
        if isinstance(cell, dict) and _is_item(cell.get("id")):
            yield cell["id"]


def _claims(item: Mapping[str, object]) -> Facts:
    """The facts of one entity of wbgetentities."""
    claims = item.get("claims")
    listed = claims if isinstance(claims, dict) else {}
    return {name: frozenset(_targets(listed.get(name))) for name in _FACTS if listed.get(name)}


def _targets(statements: object) -> Iterator[str]:
    for one in statements if isinstance(statements, list) else ():
        value: object = one
        for key in ("mainsnak", "datavalue", "value", "id"):
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(one, dict) and one.get("rank") != "deprecated" and isinstance(value, str) and _is_item(value):
            yield value


def _is_item(value: object) -> bool:
    return isinstance(value, str) and _QID.fullmatch(value) is not None
