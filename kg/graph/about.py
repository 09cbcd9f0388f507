"""graph/about: what a build is made of, in VoID, DCAT and PROV; without a clock, so that it is repeatable."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Triple

from kg import __version__
from kg.graph.iris import BASE, Iris
from kg.graph.rdf import HAND, READER
from kg.graph.terms import RDF_TYPE, RDFS_LABEL, integer, node
from kg.graph.vocabulary import ISNAD, ONTOLOGY

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"

_CLASSES = "SELECT ?term (COUNT(DISTINCT ?s) AS ?n) WHERE { GRAPH ?g { ?s a ?term } } GROUP BY ?term ORDER BY ?term"
_PROPERTIES = "SELECT ?term (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?term ?o } } GROUP BY ?term ORDER BY ?term"
_SOURCES = (
    f"SELECT ?term (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s <{DCTERMS}source> ?term }} }} GROUP BY ?term ORDER BY ?term"
)


@dataclass(frozen=True, slots=True)
class Run:
    """What a build was made with: its parameters by name."""

    version: str
    parameters: Mapping[str, str]


def run_triples(iris: Iris) -> Iterator[Triple]:
    """The two ways in which claims come about: this version of the reader, and a person's hand."""
    labels = {
        READER: (f"reading by Isnad {__version__}", f"قراءة آلية ببرنامج إسناد {__version__}"),
        HAND: ("reading by hand", "قراءة باليد"),
    }
    for name, (english, arabic) in labels.items():
        run = NamedNode(iris.run(name))
        yield Triple(run, RDF_TYPE, node(ISNAD.Run))
        yield Triple(run, RDFS_LABEL, Literal(english, language="en"))
        yield Triple(run, RDFS_LABEL, Literal(arabic, language="ar"))


def base_of(store: Store) -> str:
    """The base of the data's IRIs, as the store describes itself."""
    quads = store.quads_for_pattern(None, RDF_TYPE, NamedNode(f"{VOID}Dataset"), None)
    return min((quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)), default=BASE)


def about_triples(store: Store, run: Run, iris: Iris) -> Iterator[Triple]:
    """The description of a filled store; it does not count itself."""
    dataset = NamedNode(iris.base)
    yield from run_triples(iris)
    yield from _dataset(dataset, len(store))
    yield from _partitions(store, dataset, iris, "class", _CLASSES, "entities")
    yield from _partitions(store, dataset, iris, "property", _PROPERTIES, "triples")
    for source, _ in _rows(store, _SOURCES):
        yield Triple(dataset, NamedNode(f"{DCTERMS}source"), source)
    yield from _build(dataset, run, iris)


def _dataset(dataset: NamedNode, triples: int) -> Iterator[Triple]:
    yield Triple(dataset, RDF_TYPE, NamedNode(f"{VOID}Dataset"))
    yield Triple(dataset, RDF_TYPE, NamedNode(f"{DCAT}Dataset"))
    for title, language in (("Isnad: news articles as a graph", "en"), ("إسناد: مقالات إخبارية في رسم معرفي", "ar")):
        yield Triple(dataset, NamedNode(f"{DCTERMS}title"), Literal(title, language=language))
    yield Triple(dataset, NamedNode(f"{DCTERMS}license"), NamedNode(LICENCE))
    yield Triple(dataset, NamedNode(f"{VOID}triples"), integer(triples))
    yield Triple(dataset, NamedNode(f"{VOID}uriSpace"), Literal(dataset.value))
    for vocabulary in (f"{ONTOLOGY}#", PROV, DCTERMS):
        yield Triple(dataset, NamedNode(f"{VOID}vocabulary"), NamedNode(vocabulary))


def _partitions(store: Store, dataset: NamedNode, iris: Iris, kind: str, query: str, counted: str) -> Iterator[Triple]:
    """How many nodes there are of each class, or triples of each property."""
    for term, number in _rows(store, query):
        part = NamedNode(f"{iris.graph('about')}#{kind}={_short(term.value)}")
        yield Triple(dataset, NamedNode(f"{VOID}{kind}Partition"), part)
        yield Triple(part, NamedNode(f"{VOID}{kind}"), term)
        yield Triple(part, NamedNode(f"{VOID}{counted}"), integer(int(number.value)))


def _build(dataset: NamedNode, run: Run, iris: Iris) -> Iterator[Triple]:
    """The build as a PROV activity of this version of the program, with its parameters."""
    build, program = NamedNode(iris.run(f"build-{run.version}")), NamedNode(iris.run(f"isnad-{__version__}"))
    yield Triple(dataset, NamedNode(f"{PROV}wasGeneratedBy"), build)
    yield Triple(build, RDF_TYPE, NamedNode(f"{PROV}Activity"))
    yield Triple(build, NamedNode(f"{PROV}wasAssociatedWith"), program)
    yield Triple(program, RDF_TYPE, NamedNode(f"{PROV}SoftwareAgent"))
    yield Triple(program, RDFS_LABEL, Literal(f"Isnad {__version__}"))
    for name, value in sorted(run.parameters.items()):
        yield Triple(build, NamedNode(f"{DCTERMS}description"), Literal(f"{name}: {value}"))


def _short(iri: str) -> str:
    """The last part of an IRI, with its vocabulary's host where two vocabularies could share it."""
    local = iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]
    return local if iri.startswith(ISNAD.base) else f"{iri.split('/')[2]}-{local}"


def _rows(store: Store, query: str) -> Iterator[tuple[NamedNode, Literal]]:
    """Each term with its count."""
    solutions = store.query(query)
    assert isinstance(solutions, QuerySolutions)
    for solution in solutions:
        term, number = solution["term"], solution["n"]
        if isinstance(term, NamedNode) and isinstance(number, Literal):
            yield term, number
