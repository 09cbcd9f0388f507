"""The graph for other tools: profiles, each in the formats that can hold it, written as a stream."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from types import MappingProxyType
from typing import BinaryIO
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple

from kg.errors import IsnadError
from kg.graph.iris import BASE, Iris
from kg.graph.jsonld import jsonld_lines
from kg.graph.protege import protege_triples
from kg.graph.quickstatements import quickstatements
from kg.graph.select import EVERYTHING, Graph, Selection, data_graphs
from kg.graph.terms import node
from kg.graph.vocabulary import ISNAD, ONTOLOGY, ontology_dir, role_iri
from kg.model import ROLES
from kg.prefixes import PREFIXES, WRITTEN

SCHEMA_FILES = ("isnad.ttl", "schemes.ttl", "plover.ttl")
"""What an export holds of the ontology; alignments.ttl, which speaks of foreign terms, stays in the store alone."""

FORMATS: Mapping[str, RdfFormat] = MappingProxyType(
    {
        "rdfxml": RdfFormat.RDF_XML,
        "turtle": RdfFormat.TURTLE,
        "trig": RdfFormat.TRIG,
        "nquads": RdfFormat.N_QUADS,
        "ntriples": RdfFormat.N_TRIPLES,
        "jsonld": RdfFormat.JSON_LD,
    }
)

_VERSION = NamedNode("http://www.w3.org/2002/07/owl#versionIRI")

CATALOG_NAME = "catalog-v001.xml"
"""Where Protégé looks for it: in the folder of the file that it opens."""

_CATALOG = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
    <uri id="Isnad" name="{name}" uri={file}/>
    <uri id="Isnad, this version" name="{version}" uri={file}/>
</catalog>
"""


@dataclass(frozen=True, slots=True)
class Profile:
    """One way to see the graph; the first of its formats is the default."""

    formats: tuple[str, ...]
    statements: Callable[[Store, Selection, Iris], Iterator[Triple] | Iterator[Quad]]


def export(
    store: Store,
    out: BinaryIO,
    profile: str,
    format_: str | None = None,
    selection: Selection = EVERYTHING,
    base: str = BASE,
    today: date | None = None,
) -> None:
    """Write the selected part of a store to a stream; IsnadError where profile and format do not go together.

    Only quickstatements names the day, which by default is this one.
    """
    chosen = chosen_format(profile, format_)
    if profile == "jsonld":
        for line in jsonld_lines(_named_graphs(store, selection, Iris(base))):
            out.write(line.encode("utf-8"))
        return
    if profile == "quickstatements":
        for line in quickstatements(data_graphs(store, selection, base), today or date.today()):
            out.write(f"{line}\n".encode())
        return
    statements = PROFILES[profile].statements(store, selection, Iris(base))
    stream = _KeptReturns(out) if chosen == "rdfxml" else out
    pyoxigraph.serialize(statements, stream, FORMATS[chosen], prefixes=dict(WRITTEN))


def catalog(file: str) -> str:
    """The catalog by which Protégé finds the ontology in a file beside it instead of on the web."""
    versions = (one for one in schema_triples() if one.predicate == _VERSION)
    version = next(one.object.value for one in versions if isinstance(one.object, NamedNode))
    return _CATALOG.format(name=ONTOLOGY, version=version, file=quoteattr(quote(file)))


def chosen_format(profile: str, format_: str | None = None) -> str:
    """The format to write, which by default is the profile's first."""
    if profile not in PROFILES:
        raise IsnadError(f"--profile {profile}: is none; take one of {', '.join(PROFILES)}")
    formats = PROFILES[profile].formats
    if format_ and format_ not in formats:
        raise IsnadError(f"--format {format_}: cannot hold the profile {profile}; take one of {', '.join(formats)}")
    return format_ or formats[0]


class _KeptReturns(BytesIO):
    """Passes XML on with its carriage returns escaped, which a parser would otherwise turn into line feeds."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out

    def write(self, data: "bytes | bytearray | memoryview", /) -> int:  # type: ignore[override]
        self._out.write(bytes(data).replace(b"\r", b"&#13;"))
        return len(data)

    def flush(self) -> None:
        self._out.flush()


def schema_triples() -> list[Triple]:
    """The ontology and its concept schemes as their files have them, datatypes and all."""
    return [quad.triple for name in SCHEMA_FILES for quad in pyoxigraph.parse(path=ontology_dir() / name)]


def _protege(store: Store, selection: Selection, iris: Iris) -> Iterator[Triple]:
    return protege_triples(list(data_graphs(store, selection, iris.base)), schema_triples(), iris)


def _schema(_store: Store, _selection: Selection, _iris: Iris) -> Iterator[Triple]:
    return iter(schema_triples())


def _full(store: Store, selection: Selection, iris: Iris) -> Iterator[Quad]:
    """Every quad of the store, or the selected ones by their graphs."""
    if selection == EVERYTHING:
        yield from sorted(store, key=str)
        return
    for name, triples in data_graphs(store, selection, iris.base):
        yield from (Quad(one.subject, one.predicate, one.object, name) for one in triples)


def _flat(store: Store, selection: Selection, iris: Iris) -> Iterator[Triple]:
    """All data in one graph; what several articles say of an event comes once."""
    done: set[Triple] = set()
    for _, triples in data_graphs(store, selection, iris.base):
        yield from (one for one in triples if one not in done)
        done.update(one for one in triples if "/article/" not in str(one.subject))


def _rdf12(store: Store, selection: Selection, iris: Iris) -> Iterator[Triple]:
    """The flat data, and on each role triple the claims that make it, which are its reifiers."""
    reifies = NamedNode(f"{PREFIXES['rdf']}reifies")
    roles = {node(role_iri(role)) for of_type in ROLES.values() for role in of_type}
    yield from _flat(store, selection, iris)
    for _, triples in data_graphs(store, selection, iris.base):
        claims = _claims(triples)
        for one in triples:
            for claim in claims.get(one.subject, ()) if one.predicate in roles else ():
                yield Triple(claim, reifies, one)


def _claims(triples: Iterable[Triple]) -> dict[object, list[NamedNode]]:
    """Event -> the claims of this graph that report it."""
    found: dict[object, list[NamedNode]] = {}
    for one in triples:
        if one.predicate == node(ISNAD.reports) and isinstance(one.subject, NamedNode):
            found.setdefault(one.object, []).append(one.subject)
    return found


def _named_graphs(store: Store, selection: Selection, iris: Iris) -> Iterator[Graph]:
    return ((name, triples) for name, triples in data_graphs(store, selection, iris.base) if triples)


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        "protege": Profile(("rdfxml", "turtle"), _protege),
        "schema": Profile(("turtle", "rdfxml", "ntriples"), _schema),
        "full": Profile(("trig", "nquads"), _full),
        "flat": Profile(("turtle", "ntriples", "rdfxml"), _flat),
        "jsonld": Profile(("jsonld",), _flat),
        "rdf12": Profile(("turtle", "ntriples"), _rdf12),
        "quickstatements": Profile(("quickstatements",), _flat),
    }
)
