"""The terms of the ontology with all that its files say of them, for people to read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph.vocabulary import ONTOLOGY, ontology_dir
from kg.prefixes import PREFIXES

FILES = ("isnad.ttl", "schemes.ttl", "plover.ttl", "alignments.ttl")
NAMESPACE = f"{ONTOLOGY}#"
GROUPS = MappingProxyType(
    {
        "classes": ("owl:Class",),
        "properties": ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty"),
        "schemes": ("skos:ConceptScheme",),
        "concepts": ("skos:Concept",),
    }
)
"""The parts of the ontology, each with the types of its terms."""
RELATIONS = MappingProxyType(
    {
        "rdfs:subClassOf": ("below", "تحت"),
        "rdfs:subPropertyOf": ("below", "تحت"),
        "owl:disjointWith": ("disjoint with", "لا يجتمع مع"),
        "owl:equivalentClass": ("same as", "يطابق"),
        "rdfs:domain": ("from", "من"),
        "rdfs:range": ("to", "إلى"),
        "owl:inverseOf": ("inverse of", "عكس"),
        "skos:inScheme": ("in", "في"),
        "skos:broadMatch": ("falls under", "يندرج تحت"),
        "skos:closeMatch": ("close to", "قريب من"),
        "isnad:ploverMode": ("PLOVER mode", "صيغة PLOVER"),
        "isnad:ploverContext": ("PLOVER context", "سياق PLOVER"),
        "isnad:cameo": ("CAMEO code", "رمز CAMEO"),
        "skos:notation": ("notation", "الرمز"),
    }
)
"""What a page tells of a term beside its texts, in English and Arabic, in this order."""

Term = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Entry:
    """One term: texts by language, relations by name, the labels of a concept in further languages."""

    iri: str
    group: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    notes: Mapping[str, str]
    relations: Mapping[str, tuple[str, ...]]
    translations: Mapping[str, str]

    @property
    def name(self) -> str:
        """The last part of its IRI."""
        return self.iri.removeprefix(NAMESPACE)


class _Files:
    """The triples of the ontology's files by subject and predicate."""

    def __init__(self) -> None:
        self.values: dict[Term, dict[str, list[Term]]] = {}
        for name in FILES:
            for quad in pyoxigraph.parse(path=ontology_dir() / name):
                found = self.values.setdefault(quad.subject, {}).setdefault(short(quad.predicate.value), [])
                found.append(quad.object)

    def of(self, subject: Term, predicate: str) -> list[Term]:
        """What a subject has for a predicate, named by its prefix."""
        return self.values.get(subject, {}).get(predicate, [])

    def texts(self, subject: Term, predicate: str) -> Mapping[str, str]:
        """Its texts by language."""
        found = (one for one in self.of(subject, predicate) if isinstance(one, Literal))
        return MappingProxyType({one.language or "": one.value for one in found})

    def names(self, term: Term) -> Iterator[str]:
        """A term as IRI or text; of an anonymous class the classes of its union."""
        if isinstance(term, NamedNode | Literal):
            yield term.value
        else:
            for union in self.of(term, "owl:unionOf"):
                yield from self._items(union)

    def _items(self, head: Term) -> Iterator[str]:
        while rest := self.of(head, "rdf:rest"):
            yield from (one.value for one in self.of(head, "rdf:first") if isinstance(one, NamedNode))
            head = rest[0]


def short(iri: str) -> str:
    """The IRI by its prefix where it has one of ours."""
    for prefix in ("isnad", "rdf", "rdfs", "owl", "skos", "xsd", "prov", "nif", "dcterms"):
        if iri.startswith(PREFIXES[prefix]):
            return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}"
    return iri


@cache
def entries() -> tuple[Entry, ...]:
    """Every term of our own namespace, in the order of the files."""
    files = _Files()
    subjects = [one for one in files.values if isinstance(one, NamedNode) and one.value.startswith(NAMESPACE)]
    return tuple(_entry(files, one, group) for one in subjects if (group := _group(files.of(one, "rdf:type"))))


def _group(types: Iterable[Term]) -> str | None:
    names = {short(one.value) for one in types if isinstance(one, NamedNode)}
    return next((group for group, wanted in GROUPS.items() if names & set(wanted)), None)


def _entry(files: _Files, term: NamedNode, group: str) -> Entry:
    relations = {
        name: tuple(value for one in files.of(term, name) for value in files.names(one))
        for name in RELATIONS
        if files.of(term, name)
    }
    return Entry(
        term.value,
        group,
        files.texts(term, "rdfs:label"),
        files.texts(term, "skos:definition"),
        files.texts(term, "skos:scopeNote"),
        MappingProxyType({name: values for name, values in relations.items() if values}),
        MappingProxyType({tag: text for tag, text in files.texts(term, "skos:prefLabel").items() if tag in "es ru fr"}),
    )
