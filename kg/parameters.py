"""Parameters of saved queries: from a value that a person writes to an RDF term, placed into the query as a token."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.graph.iris import BASE, WIKIDATA
from kg.graph.terms import earliest, latest
from kg.model import FACTUALITIES, KINDS, STATUSES
from kg.prefixes import PREFIXES, expanded
from kg.queries import Parameter, SavedQuery
from kg.sparql import tokens

Term = NamedNode | Literal

_QID = re.compile(r"Q[1-9][0-9]*")
_EDTF = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing of the store that a name may stand for; rank 0 where the name is its label."""

    iri: str
    label: str
    rank: int


Lookup = Callable[[str], Sequence[Candidate]]
"""Answers a query of `candidates_query`."""


def choices(parameter: Parameter) -> tuple[str, ...]:
    """The values that a concept may have, or those that a query names; empty where any value will do."""
    scheme = parameter.scheme or ""
    return parameter.choices or {"factuality": FACTUALITIES, "status": STATUSES, **KINDS}.get(scheme, ())


def given(query: SavedQuery, values: Mapping[str, str]) -> dict[str, str]:
    """The values to use, by parameter: those given, else the defaults; an empty value leaves a parameter open."""
    for name in values:
        query.parameter(name)
    merged = {parameter.name: parameter.default or "" for parameter in query.parameters} | dict(values)
    return {name: value.strip() for name, value in merged.items() if value.strip()}


def bound(query: SavedQuery, values: Mapping[str, str], lookup: Lookup) -> str:
    """The text of the query with its parameters in place."""
    terms = {}
    for name, value in given(query, values).items():
        parameter = query.parameter(name)
        asked = candidates_query(parameter, value)
        terms[name] = chosen(parameter, value, lookup(asked)) if asked else plain_term(parameter, value)
    return placed(query.text, terms)


def placed(text: str, terms: Mapping[str, Term]) -> str:
    """The query with each variable `?_name` replaced by its term, written as SPARQL writes terms."""
    pieces, last = [], 0
    for token in tokens(text):
        if token.kind == "variable" and token.text[1] == "_" and token.text[2:] in terms:
            pieces += [text[last : token.start], str(terms[token.text[2:]])]
            last = token.end
    return "".join([*pieces, text[last:]])


def pointed_at(query: SavedQuery | str, service: str) -> SavedQuery:
    """The query with the service that its head names replaced by another, which speaks the same protocol."""
    if isinstance(query, str) or query.service is None:
        name = query if isinstance(query, str) else query.name
        raise QueryError(f"--service {service}: {name.split()[0]} asks no service that its head names; leave it out")
    if not _IRI.fullmatch(service) or not service.startswith(("http://", "https://")):
        raise QueryError(f"--service {service}: no address of a SPARQL endpoint; give one such as https://host/sparql")
    pieces, last = [], 0
    for token in tokens(query.text):
        if token.kind == "iri" and token.text == f"<{query.service}>":
            pieces += [query.text[last : token.start], f"<{service}>"]
            last = token.end
    return replace(query, text="".join([*pieces, query.text[last:]]), service=service)


def plain_term(parameter: Parameter, value: str) -> Term:
    """The term of a value that needs no look-up; QueryError says what the parameter takes."""
    match parameter.type:
        case "text":
            return Literal(value)
        case "integer" if _INTEGER.fullmatch(value):
            return Literal(int(value))
        case "from" if _EDTF.fullmatch(value):
            return _date(parameter, value)
        case "to" if _EDTF.fullmatch(value):
            return _date(parameter, value)
        case "concept":
            return _concept(parameter, value)
        case "entity" | "article" | "iri" if iri := as_iri(value):
            return NamedNode(iri)
    raise QueryError(f"{parameter.name}={value}: no {parameter.type}; {_TAKES[parameter.type]}")


_TAKES: Mapping[str, str] = {
    "integer": "give a whole number",
    "from": "give a date as 2024, 2024-11 or 2024-11-07",
    "to": "give a date as 2024, 2024-11 or 2024-11-07",
    "iri": "give an IRI or a prefixed name such as isnad:party",
    "entity": "give a QID, an IRI, a prefixed name or a name",
    "article": "give the id of an article or its IRI",
}


def candidates_query(parameter: Parameter, value: str) -> str | None:
    """The SPARQL that finds what a value stands for; None where it needs none. It gives ?iri, ?label and ?rank."""
    if parameter.type == "article" and not as_iri(value):
        return _identified(value)
    if parameter.type != "entity":
        return None
    if qid := _qid(value):
        return _same_as(qid)
    return None if as_iri(value) else entities_called(value)


def entities_called(name: str) -> str:
    """SPARQL for the entities that bear a name in any language, whatever its case."""
    return f"""SELECT DISTINCT ?iri ?label ?rank WHERE {{
  {{ ?iri rdfs:label ?found BIND(0 AS ?rank) }} UNION {{ ?iri skos:altLabel ?found BIND(1 AS ?rank) }}
  FILTER(LCASE(STR(?found)) = LCASE({Literal(name)}))
  ?iri isnad:linkStatus ?status ; rdfs:label ?label .
}} ORDER BY ?rank ?iri"""


def _same_as(qid: str) -> str:
    return f"""SELECT ?iri (SAMPLE(?name) AS ?label) (0 AS ?rank) WHERE {{
  ?iri owl:sameAs {NamedNode(WIKIDATA + qid)} ; rdfs:label ?name
}} GROUP BY ?iri"""


def _identified(identifier: str) -> str:
    return f"""SELECT DISTINCT ?iri (?iri AS ?label) (0 AS ?rank) WHERE {{
  ?iri a isnad:Article ; dcterms:identifier {Literal(identifier)}
}}"""


def chosen(parameter: Parameter, value: str, found: Sequence[Candidate]) -> Term:
    """The one thing that a value stands for; QueryError where it is none or several."""
    if not found and (qid := _qid(value)):
        return NamedNode(f"{BASE}entity/{qid}")
    if not found:
        raise QueryError(f"{parameter.name}={value}: nothing of that name in the store; {_TAKES[parameter.type]}")
    best = min(candidate.rank for candidate in found)
    iris = sorted({candidate.iri for candidate in found if candidate.rank == best})
    if len(iris) > 1:
        raise QueryError(f"{parameter.name}={value}: could be {' or '.join(iris)}; give one of these IRIs")
    return NamedNode(iris[0])


def _qid(value: str) -> str | None:
    tail = value.removeprefix("wd:").removeprefix(WIKIDATA)
    return tail if _QID.fullmatch(tail) else None


def as_iri(value: str) -> str | None:
    """The IRI that a value is or abbreviates."""
    bare = value.removeprefix("<").removesuffix(">")
    iri = expanded(bare) or bare
    return iri if _IRI.fullmatch(iri) and (":" in iri and " " not in iri) else None


def entity_iri(value: str) -> str | None:
    """The IRI of an entity that a value names by its QID, IRI or prefixed name; None for a name in words."""
    qid = _qid(value)
    return f"{BASE}entity/{qid}" if qid else as_iri(value)


def _date(parameter: Parameter, value: str) -> Literal:
    try:
        date.fromisoformat(f"{value}{'-01-01'[len(value) - 4 :]}")
        return earliest(value) if parameter.type == "from" else latest(value)
    except ValueError as error:
        raise QueryError(f"{parameter.name}={value}: no such day; {_TAKES['from']}") from error


def _concept(parameter: Parameter, value: str) -> NamedNode:
    known = choices(parameter)
    name = value.removeprefix(PREFIXES["isnad"]).removeprefix("isnad:").removeprefix(f"{parameter.scheme}-")
    if name not in known:
        raise QueryError(f"{parameter.name}={value}: no such {parameter.scheme}; choose of {', '.join(known)}")
    return NamedNode(f"{PREFIXES['isnad']}{parameter.scheme}-{name}")
