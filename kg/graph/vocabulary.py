"""The closed vocabulary: every term is one that ontology/ declares, and a misspelt one is an error at once."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pyoxigraph
from rdflib import URIRef

from kg.shipped import shipped

ONTOLOGY = "https://w3id.org/isnad/ontology"
"""The IRI of the ontology; its terms follow a `#`."""

TERM_FILES = ("isnad.ttl", "schemes.ttl", "plover.ttl")
"""The files of ontology/ that declare terms."""

_RDF_TYPE = pyoxigraph.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def ontology_dir() -> Path:
    """Return the folder of the ontology: beside kg/ in a checkout, inside it in a wheel."""
    return shipped("ontology")


@cache
def declared() -> Mapping[str, URIRef]:
    """Return every IRI that the ontology gives a type, by its text."""
    return MappingProxyType({iri: URIRef(iri) for name in TERM_FILES for iri in _typed_iris(ontology_dir() / name)})


def _typed_iris(path: Path) -> Iterator[str]:
    """Yield the IRIs that a Turtle file gives a type."""
    for quad in pyoxigraph.parse(path=path):
        if quad.predicate == _RDF_TYPE and isinstance(quad.subject, pyoxigraph.NamedNode):
            yield quad.subject.value


class Vocabulary:
    """A namespace whose terms are attributes (`ISNAD.party`) or items (`ISNAD["status-signed"]`)."""

    __slots__ = ("base",)

    def __init__(self, base: str) -> None:
        self.base = base

    def __getattr__(self, name: str) -> URIRef:
        try:
            return declared()[self.base + name]
        except KeyError:
            raise AttributeError(self._unknown(name)) from None

    def __getitem__(self, name: str) -> URIRef:
        try:
            return declared()[self.base + name]
        except KeyError:
            raise KeyError(self._unknown(name)) from None

    def __contains__(self, name: str) -> bool:
        return self.base + name in declared()

    def __iter__(self) -> Iterator[str]:
        """Yield the local names, in the order of the ontology's files."""
        return (iri.removeprefix(self.base) for iri in declared() if iri.startswith(self.base))

    def _unknown(self, name: str) -> str:
        near = get_close_matches(name, self, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        return f"{name!r} is no term of {self.base} in ontology/{hint}"


ISNAD = Vocabulary(f"{ONTOLOGY}#")
NIF = Vocabulary("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
PROV = Vocabulary("http://www.w3.org/ns/prov#")
DCTERMS = Vocabulary("http://purl.org/dc/terms/")
SKOS = Vocabulary("http://www.w3.org/2004/02/skos/core#")
GEO = Vocabulary("http://www.w3.org/2003/01/geo/wgs84_pos#")


def class_iri(type_: str) -> URIRef:
    """Return the class of an entity or event type: Person, Agreement."""
    return ISNAD[type_]


def role_iri(role: str) -> URIRef:
    """Return the property of a role: party, speaker."""
    return ISNAD[role]


def kind_iri(event_type: str, kind: str) -> URIRef:
    """Return the concept of a kind of an event type: `isnad:MilitaryAction-arms_transfer`."""
    return ISNAD[f"{event_type}-{kind}"]


def speech_act_iri(kind: str) -> URIRef:
    """Return the concept of a speech act: `isnad:Statement-accuse`."""
    return kind_iri("Statement", kind)


def status_iri(status: str) -> URIRef:
    """Return the concept of a status of an agreement: `isnad:status-signed`."""
    return ISNAD[f"status-{status}"]


def factuality_iri(factuality: str) -> URIRef:
    """Return the concept of a factuality: `isnad:factuality-alleged`."""
    return ISNAD[f"factuality-{factuality}"]


def part_iri(part: str) -> URIRef:
    """Return the concept of what a sentence is in its page: `isnad:part-heading`."""
    return ISNAD[f"part-{part}"]


def office_iri(role: str) -> URIRef:
    """Return the concept of an office of the tables: `isnad:office-prime_minister`."""
    return ISNAD[f"office-{role}"]


def link_status_iri(status: str) -> URIRef:
    """Return the concept of a link status (linked, ambiguous, proposed, unlinked): `isnad:link-linked`."""
    return ISNAD[f"link-{status}"]
