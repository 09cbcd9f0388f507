"""JSON-LD that reads well: short names for our terms, one object a node, one graph an article; written node by node."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from types import MappingProxyType

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.select import Graph
from kg.graph.terms import OWL_SAME_AS, RDF_TYPE, RDFS_LABEL, XSD
from kg.graph.vocabulary import NIF, ontology_dir
from kg.prefixes import PREFIXES

_KEYWORDS = MappingProxyType({"id": "@id", "type": "@type", "graph": "@graph"})
_KINDS = tuple(f"{PREFIXES['owl']}{kind}Property" for kind in ("Object", "Datatype", "Annotation"))
_RANGE = NamedNode(f"{PREFIXES['rdfs']}range")


def context() -> dict[str, object]:
    """The prefixes, our vocabulary, keywords without @, and a short name for each property with what its values are."""
    prefixes = {name: base for name, base in PREFIXES.items() if name not in _KEYWORDS}
    coerced = _coercions()
    properties = {
        name: {"@id": _compact(iri)} | ({"@type": coerced[iri]} if iri in coerced else {})
        for iri, name in sorted(_short_names().items(), key=lambda item: item[1])
    }
    return {"@version": 1.1, "@vocab": PREFIXES["isnad"], **_KEYWORDS, **prefixes, **properties}


def jsonld_lines(graphs: Iterable[Graph]) -> Iterator[str]:
    """The document in pieces: the context, then each graph with one node a line."""
    yield '{"@context": ' + json.dumps(context(), ensure_ascii=False, indent=1) + ',\n"graph": [\n'
    for number, (name, triples) in enumerate(graphs):
        yield (",\n" if number else "") + f'{{"id": {json.dumps(_compact(name.value))}, "graph": [\n'
        for place, node in enumerate(_nodes(triples)):
            yield (",\n" if place else "") + "  " + json.dumps(node, ensure_ascii=False)
        yield "\n]}"
    yield "\n]}\n"


def _nodes(triples: Iterable[Triple]) -> Iterator[dict[str, object]]:
    """One object a subject; the triples come sorted."""
    for subject, group in groupby(triples, key=lambda one: one.subject):
        values: dict[str, list[object]] = {}
        for one in group:
            name, value = _entry(one)
            values.setdefault(name, []).append(value)
        yield {"id": _node(subject)} | {name: found[0] if len(found) == 1 else found for name, found in values.items()}


def _entry(triple: Triple) -> tuple[str, object]:
    """A property by its short name, and the value as its coercion lets it be written."""
    iri = triple.predicate.value
    if triple.predicate == RDF_TYPE and isinstance(triple.object, NamedNode):
        return "type", _compact(triple.object.value).removeprefix("isnad:")
    coercion = _coercions().get(iri)
    return _short_names().get(iri, iri), _value(triple.object, coercion)


def _value(term: object, coercion: str | None) -> object:
    if not isinstance(term, Literal):
        return _node(term) if coercion == "@id" else {"id": _node(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    datatype = _compact(term.datatype.value)
    if datatype == coercion:
        return int(term.value) if datatype == "xsd:integer" else term.value
    return term.value if datatype == "xsd:string" and not coercion else {"@value": term.value, "@type": datatype}


def _node(term: object) -> str:
    return _compact(term.value) if isinstance(term, NamedNode) else str(term)


def _compact(iri: str) -> str:
    """The IRI by the longest prefix that fits."""
    fitting = [(len(base), name) for name, base in PREFIXES.items() if iri.startswith(base) and name not in _KEYWORDS]
    if not fitting:
        return iri
    length, name = max(fitting)
    return f"{name}:{iri[length:]}"


@cache
def _short_names() -> Mapping[str, str]:
    """Property -> the last part of its IRI, ours first where two vocabularies share it."""
    found = {RDFS_LABEL.value: "label", OWL_SAME_AS.value: "sameAs"}
    properties = sorted(
        quad.subject.value
        for quad in _ontology()
        if isinstance(quad.subject, NamedNode) and quad.predicate == RDF_TYPE and str(quad.object)[1:-1] in _KINDS
    )
    for iri in sorted(properties, key=lambda iri: not iri.startswith(PREFIXES["isnad"])):
        name = iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]
        if name not in found.values():
            found[iri] = name
    return MappingProxyType(found)


@cache
def _coercions() -> Mapping[str, str]:
    """Property -> what its values are in JSON-LD's words: nodes, or literals of a datatype other than strings."""
    found = {OWL_SAME_AS.value: "@id", str(NIF.beginIndex): "xsd:integer", str(NIF.endIndex): "xsd:integer"}
    for quad in _ontology():
        if quad.predicate == RDF_TYPE and str(quad.object)[1:-1] == _KINDS[0] and isinstance(quad.subject, NamedNode):
            found[quad.subject.value] = "@id"
        if quad.predicate == _RANGE and isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode):
            datatype = _compact(quad.object.value)
            if quad.object.value.startswith(XSD) and datatype != "xsd:string":
                found[quad.subject.value] = datatype
    return MappingProxyType(found)


@cache
def _ontology() -> tuple[pyoxigraph.Quad, ...]:
    return tuple(pyoxigraph.parse(path=ontology_dir() / "isnad.ttl"))
