"""graph/inferred: the RDFS and OWL RL consequences that queries need, so that no reasoner is needed to ask.

They are superclasses (a Person is an Actor), superproperties (a party is involved) and inverses within our own
namespace; nothing that a query can do without.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph
from pyoxigraph import NamedNode, Triple

from kg.graph.terms import RDF_TYPE
from kg.graph.vocabulary import ISNAD, ontology_dir

_SUB_CLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
_SUB_PROPERTY = NamedNode("http://www.w3.org/2000/01/rdf-schema#subPropertyOf")
_INVERSE = NamedNode("http://www.w3.org/2002/07/owl#inverseOf")

Above = Mapping[NamedNode, frozenset[NamedNode]]


@dataclass(frozen=True, slots=True)
class Axioms:
    """What stands above each class and property of ours, and the inverses of each property."""

    classes: Above
    properties: Above
    inverses: Above


def consequences(triples: Iterable[Triple]) -> set[Triple]:
    """What follows from the triples and is not among them."""
    given = set(triples)
    rules = axioms()
    return {new for triple in given for new in _follow(triple, rules)} - given


def _follow(triple: Triple, rules: Axioms) -> Iterator[Triple]:
    subject, predicate, value = triple
    if predicate == RDF_TYPE:
        if isinstance(value, NamedNode):
            yield from (Triple(subject, RDF_TYPE, above) for above in rules.classes.get(value, ()))
        return
    for above in rules.properties.get(predicate, ()):
        yield Triple(subject, above, value)
    if isinstance(value, NamedNode):
        for upper in (predicate, *rules.properties.get(predicate, ())):
            yield from (Triple(value, inverse, subject) for inverse in rules.inverses.get(upper, ()))


@cache
def axioms() -> Axioms:
    """The axioms of ontology/isnad.ttl between named terms of its own namespace."""
    triples = [quad.triple for quad in pyoxigraph.parse(path=ontology_dir() / "isnad.ttl")]
    inverses = _pairs(triples, _INVERSE)
    return Axioms(
        _closed(_pairs(triples, _SUB_CLASS)),
        _closed(_pairs(triples, _SUB_PROPERTY)),
        _grouped([*inverses, *((second, first) for first, second in inverses)]),
    )


def _pairs(triples: Iterable[Triple], predicate: NamedNode) -> list[tuple[NamedNode, NamedNode]]:
    return [
        (triple.subject, triple.object)
        for triple in triples
        if triple.predicate == predicate
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, NamedNode)
        and triple.object.value.startswith(ISNAD.base)
    ]


def _grouped(pairs: Iterable[tuple[NamedNode, NamedNode]]) -> Above:
    groups: dict[NamedNode, set[NamedNode]] = {}
    for lower, upper in pairs:
        groups.setdefault(lower, set()).add(upper)
    return {lower: frozenset(uppers) for lower, uppers in groups.items()}


def _closed(pairs: Iterable[tuple[NamedNode, NamedNode]]) -> Above:
    """Everything above each term, at any distance."""
    direct = _grouped(pairs)

    def above(term: NamedNode, seen: frozenset[NamedNode]) -> frozenset[NamedNode]:
        new = direct.get(term, frozenset()) - seen
        return new.union(*(above(upper, seen | new) for upper in new)) if new else new

    return {term: above(term, frozenset({term})) for term in direct}
