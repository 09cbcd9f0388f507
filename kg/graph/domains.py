"""Whether the subjects and values of a graph's triples are in the domains and ranges that the ontology states.

An OWL reasoner would conclude from a domain what class the subject is of; here the class must be stated, or follow from
a stated one by rdfs:subClassOf. A property has the domains and ranges of those above it too.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple
from rdflib import OWL, RDFS, Graph, URIRef

from kg.graph.inferred import axioms
from kg.graph.report import Finding, Verdict
from kg.graph.terms import RDF_TYPE
from kg.graph.vocabulary import TERM_FILES, ontology_dir

MESSAGES = MappingProxyType(
    {
        "domain": "is of no class that may have this property; it takes",
        "range": "is no value that this property may have; it takes",
    }
)

Classes = frozenset[str]
Types = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class Signature:
    """What a property joins: each entry of `domains` and `ranges` lists classes, of which one must fit."""

    domains: tuple[Classes, ...]
    ranges: tuple[Classes, ...]


def types_of(triples: Iterable[Triple]) -> dict[str, set[str]]:
    """Node -> the classes it is stated to be of, with those above them."""
    found: dict[str, set[str]] = {}
    for one in triples:
        if one.predicate == RDF_TYPE and isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode):
            above = axioms().classes.get(one.object, ())
            found.setdefault(one.subject.value, set()).update((one.object.value, *(each.value for each in above)))
    return found


def typing(triples: Iterable[Triple], *known: Types) -> Iterator[Verdict]:
    """Each triple against the domains and ranges of its property; the types of nodes are looked up in `known`."""
    everything = (*known, _terms())
    for one in triples:
        signature = signatures().get(one.predicate.value)
        if signature is None or not isinstance(one.subject, NamedNode):
            continue
        yield _verdict("domain", one, signature.domains, _types(one.subject, everything))
        yield _verdict("range", one, signature.ranges, _types(one.object, everything))


def _types(term: object, known: Iterable[Types]) -> set[str]:
    """The classes of a node, the datatype of a literal."""
    if isinstance(term, Literal):
        return {term.datatype.value}
    return {each for types in known for each in types.get(term.value, ())} if isinstance(term, NamedNode) else set()


def _verdict(check: str, triple: Triple, wanted: tuple[Classes, ...], types: set[str]) -> Verdict:
    """In order where the node is of one class of each entry; else the message lists the first entry that it misses."""
    missed = next((classes for classes in wanted if classes.isdisjoint(types)), None)
    message = f"{MESSAGES[check]} {', '.join(sorted(map(_local, missed)))}" if missed else ""
    value = triple.object.value[:80] if isinstance(triple.object, NamedNode | Literal) else None
    subject = triple.subject.value if isinstance(triple.subject, NamedNode) else ""
    return Finding(check, subject, message, path=triple.predicate.value, value=value), missed is None


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


@cache
def signatures() -> Mapping[str, Signature]:
    """Property -> its domains and ranges, with those of the properties above it."""
    graph = Graph().parse(ontology_dir() / "isnad.ttl", format="turtle")
    domains, ranges = (_stated(graph, predicate) for predicate in (RDFS.domain, RDFS.range))
    above = {one.value: sorted(each.value for each in uppers) for one, uppers in axioms().properties.items()}
    found = {}
    for one in {*domains, *ranges, *above}:
        uppers = (one, *above.get(one, ()))
        found[one] = Signature(*(tuple(of[each] for each in uppers if each in of) for of in (domains, ranges)))
    return MappingProxyType(found)


def _stated(graph: Graph, predicate: URIRef) -> dict[str, Classes]:
    """Property -> the class that the ontology names for the predicate, or the classes of its union."""
    found = {}
    for subject, value in graph.subject_objects(predicate):
        union = graph.value(value, OWL.unionOf)
        found[str(subject)] = frozenset(map(str, graph.items(union) if union else [value]))
    return found


@cache
def _terms() -> Types:
    """The concepts and roles of the ontology with their classes."""
    return types_of(quad.triple for name in TERM_FILES for quad in pyoxigraph.parse(path=ontology_dir() / name))
