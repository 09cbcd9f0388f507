"""What the shapes of ontology/shapes.ttl reject, and which events of an article must stay out for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import pyshacl
from pyoxigraph import BlankNode, NamedNode, Triple
from pyoxigraph import Literal as OxLiteral
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from kg.graph.conform import Term, breaking
from kg.graph.rdf import Named, role_fillers
from kg.graph.vocabulary import ontology_dir

SH = Namespace("http://www.w3.org/ns/shacl#")


@dataclass(frozen=True, slots=True)
class Violation:
    """One rejected node: which, by what property and value, and what to mend, in English and Arabic."""

    focus: str
    path: str | None
    value: str | None
    message: str
    message_ar: str | None = None
    severity: str = "Violation"


def rejected(triples: Iterable[Triple]) -> list[Violation]:
    """What the shapes reject in a graph, sorted; the validator looks only at the nodes that break a shape."""
    known = list(triples)
    broken = breaking(known)
    return validated(to_rdflib(known), _aimed(broken)) if broken else []


def validated(graph: Graph, aimed: Graph | None = None) -> list[Violation]:
    """What the validator rejects in a graph by the shapes, or by these with targets of their own."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=aimed or shapes(), inplace=True)
    return violations(report)


def _aimed(broken: Mapping[str, Iterable[Term]]) -> Graph:
    """The shapes with these nodes as their targets and no others."""
    aimed = Graph()
    for triple in shapes():
        if triple[1] not in (SH.targetClass, SH.targetSubjectsOf):
            aimed.add(triple)
    for shape, nodes in broken.items():
        for node in nodes:
            aimed.add((URIRef(shape), SH.targetNode, _term(node)))
    return aimed


def violations(report: Graph) -> list[Violation]:
    """The results of a SHACL report, sorted."""
    return _sorted(_violation(report, result) for result in report.objects(None, SH.result))


def _sorted(found: Iterable[Violation]) -> list[Violation]:
    return sorted(set(found), key=lambda one: (one.focus, one.path or "", one.message, one.value or ""))


def events_to_leave_out(found: Iterable[Violation], names: Named) -> Mapping[str, tuple[Violation, ...]]:
    """Event id -> why it must stay out; under "" what no event answers for, which rejects the article."""
    owners = _owners(names)
    blamed: dict[str, list[Violation]] = {}
    for one in found:
        for event in sorted(owners.get(one.focus, {""})):
            blamed.setdefault(event, []).append(one)
    return {event: tuple(ones) for event, ones in blamed.items()}


def _owners(names: Named) -> dict[str, set[str]]:
    """The events that brought each node into the graph, by its IRI; what stands in it anyway is left out."""
    owners: dict[str, set[str]] = {}
    for event in names.reading.events:
        spans = [(span.start, span.end) for span in event.evidence]
        fillers = list(role_fillers(event))
        involved = [filler.entity for filler in fillers] + list(event.attributed_to)
        for iri in (
            *(names.events[event.id], names.claims[event.id]),
            *(names.entities[entity] for entity in involved),
            *(names.span(start, end) for start, end in spans),
            *(names.span(filler.start, filler.end) for filler in fillers),
        ):
            owners.setdefault(iri, set()).add(event.id)
    return owners


@cache
def shapes() -> Graph:
    """The shapes of the ontology."""
    return Graph().parse(ontology_dir() / "shapes.ttl", format="turtle")


def _violation(report: Graph, result: Node) -> Violation:
    messages = {getattr(text, "language", None): str(text) for text in report.objects(result, SH.resultMessage)}
    return Violation(
        focus=str(report.value(result, SH.focusNode)),
        path=_optional(report.value(result, SH.resultPath)),
        value=_optional(report.value(result, SH.value)),
        message=messages.get("en") or min(messages.values(), default=""),
        message_ar=messages.get("ar"),
        severity=str(report.value(result, SH.resultSeverity)).removeprefix(str(SH)),
    )


def _optional(term: Node | None) -> str | None:
    return None if term is None else str(term)


def to_rdflib(triples: Iterable[Triple]) -> Graph:
    """The triples as an rdflib graph."""
    graph = Graph(bind_namespaces="none")
    for triple in triples:
        graph.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    return graph


def _term(term: object) -> Node:
    """One term, its lexical form kept as it is."""
    if isinstance(term, NamedNode):
        return URIRef(term.value)
    if isinstance(term, OxLiteral):
        datatype = None if term.language else URIRef(term.datatype.value)
        return Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    if isinstance(term, BlankNode):
        return BNode(term.value)
    raise TypeError(f"{term!r} is no term of RDF 1.1")
