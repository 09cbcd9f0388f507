"""graph/about: what a build is made of, in VoID, DCAT and PROV; without a clock, so that it is repeatable."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Triple

from kg import __version__
from kg.graph.iris import BASE, Iris
from kg.graph.rdf import HAND, READER
from kg.graph.terms import RDF_TYPE, RDFS_LABEL, integer, node
from kg.graph.vocabulary import ISNAD, NIF, ONTOLOGY, SKOS, class_iri
from kg.model import ENTITY_TYPES, KINDS

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"

TITLES = MappingProxyType({"en": "Isnad: news articles as a graph", "ar": "إسناد: مقالات إخبارية في مخطط معرفي"})
DESCRIPTIONS = MappingProxyType(
    {
        "en": "Actors, places and political events as news articles report them; every fact leads back to the "
        "characters of the sentence that states it, and every claim to whoever made it. No time stands here, so that "
        "the same articles give the same graph.",
        "ar": "الفاعلون والأماكن والأحداث السياسية كما تنقلها المقالات؛ تعود كل واقعة إلى محارف الجملة التي تنص عليها،"
        " وكل ادعاء إلى قائله. ولا يُذكر هنا وقت، ليكون للمقالات نفسها المخطط نفسه.",
    }
)
RIGHTS = MappingProxyType(
    {
        "en": "The licence covers what Isnad states. The texts of the articles remain with their publishers.",
        "ar": "تشمل الرخصة ما يقوله إسناد. أما نصوص المقالات فحقوقها لناشريها.",
    }
)
KEYWORDS = MappingProxyType({"en": ("news", "events", "provenance"), "ar": ("أخبار", "أحداث", "إسناد")})
FEATURES = ("Turtle", "RDF_XML", "N-Triples", "N-Quads", "TriG", "JSON-LD")
SHARED = ("entities", "events", "inferred", "ontology")

_OF_EACH = "SELECT ?term (COUNT(*) AS ?n) WHERE {{ GRAPH ?g {{ ?s <{0}> ?term }} }} GROUP BY ?term ORDER BY ?term"
_NODES = "SELECT (COUNT(DISTINCT ?{0}) AS ?n) WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"
_ARTICLES = (
    f"SELECT DISTINCT ?term (1 AS ?n) WHERE {{ GRAPH ?term {{ ?term a <{ISNAD.base}Article> }} }} ORDER BY ?term"
)
_CLASSES = "SELECT ?term (COUNT(DISTINCT ?s) AS ?n) WHERE { GRAPH ?g { ?s a ?term } } GROUP BY ?term ORDER BY ?term"
_PROPERTIES = "SELECT ?term (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?term ?o } } GROUP BY ?term ORDER BY ?term"
_THINGS = "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ GRAPH ?g {{ ?s a ?class }} FILTER(?class IN ({0})) }}"


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
    yield from _dataset(dataset, run.version, iris)
    yield from _counts(store, dataset)
    yield from _partitions(store, dataset, iris, "class", _CLASSES, "entities")
    yield from _partitions(store, dataset, iris, "property", _PROPERTIES, "triples")
    yield from _subsets(store, dataset, iris)
    for source, _ in _rows(store, _OF_EACH.format(f"{DCTERMS}source")):
        yield Triple(dataset, NamedNode(f"{DCTERMS}source"), source)
    for language, _ in _values(store, _OF_EACH.format(ISNAD.language)):
        yield Triple(dataset, NamedNode(f"{DCTERMS}language"), language)
    yield from _build(store, dataset, run, iris)


def _dataset(dataset: NamedNode, version: str, iris: Iris) -> Iterator[Triple]:
    """What the data set is, under which licence, in which words and forms."""
    yield Triple(dataset, RDF_TYPE, NamedNode(f"{VOID}Dataset"))
    yield Triple(dataset, RDF_TYPE, NamedNode(f"{DCAT}Dataset"))
    for name, texts in (("title", TITLES), ("description", DESCRIPTIONS), ("rights", RIGHTS)):
        for language, text in texts.items():
            yield Triple(dataset, NamedNode(f"{DCTERMS}{name}"), Literal(text, language=language))
    for language, words in KEYWORDS.items():
        yield from (Triple(dataset, NamedNode(f"{DCAT}keyword"), Literal(one, language=language)) for one in words)
    yield Triple(dataset, NamedNode(f"{DCTERMS}identifier"), Literal(iris.base))
    yield Triple(dataset, NamedNode(f"{DCTERMS}license"), NamedNode(LICENCE))
    yield Triple(dataset, NamedNode(f"{DCTERMS}conformsTo"), NamedNode(ONTOLOGY))
    yield Triple(dataset, NamedNode(f"{OWL}versionInfo"), Literal(version))
    yield Triple(dataset, NamedNode(f"{VOID}uriSpace"), Literal(dataset.value))
    for vocabulary in (f"{ONTOLOGY}#", NIF.base, PROV, DCTERMS, SKOS.base):
        yield Triple(dataset, NamedNode(f"{VOID}vocabulary"), NamedNode(vocabulary))
    for feature in FEATURES:
        yield Triple(dataset, NamedNode(f"{VOID}feature"), NamedNode(f"http://www.w3.org/ns/formats/{feature}"))


def _counts(store: Store, dataset: NamedNode) -> Iterator[Triple]:
    """How much there is: of triples, terms, articles and things."""
    counts = {"triples": len(store)}
    for name, variable in (("properties", "p"), ("distinctSubjects", "s"), ("distinctObjects", "o")):
        counts[name] = _number(store, _NODES.format(variable))
    counts["classes"] = sum(1 for _ in _rows(store, _CLASSES))
    counts["documents"] = sum(1 for _ in _rows(store, _ARTICLES))
    classes = ", ".join(f"<{class_iri(name)}>" for name in (*ENTITY_TYPES, *KINDS))
    counts["entities"] = _number(store, _THINGS.format(classes))
    for name, number in counts.items():
        yield Triple(dataset, NamedNode(f"{VOID}{name}"), integer(number))


def _subsets(store: Store, dataset: NamedNode, iris: Iris) -> Iterator[Triple]:
    """The graphs that all articles share, with their sizes; an article's graph bears the article's name."""
    for name in SHARED:
        graph = NamedNode(iris.graph(name))
        if number := sum(1 for _ in store.quads_for_pattern(None, None, None, graph)):
            yield Triple(dataset, NamedNode(f"{VOID}subset"), graph)
            yield Triple(graph, NamedNode(f"{VOID}triples"), integer(number))


def _partitions(store: Store, dataset: NamedNode, iris: Iris, kind: str, query: str, counted: str) -> Iterator[Triple]:
    """How many nodes there are of each class, or triples of each property."""
    for term, number in _rows(store, query):
        part = NamedNode(f"{iris.graph('about')}#{kind}={_short(term.value)}")
        yield Triple(dataset, NamedNode(f"{VOID}{kind}Partition"), part)
        yield Triple(part, NamedNode(f"{VOID}{kind}"), term)
        yield Triple(part, NamedNode(f"{VOID}{counted}"), integer(int(number.value)))


def _build(store: Store, dataset: NamedNode, run: Run, iris: Iris) -> Iterator[Triple]:
    """The build as a PROV activity of this version of the program, with its articles and its parameters."""
    build, program = NamedNode(iris.run(f"build-{run.version}")), NamedNode(iris.run(f"isnad-{__version__}"))
    yield Triple(dataset, NamedNode(f"{PROV}wasGeneratedBy"), build)
    yield Triple(build, RDF_TYPE, NamedNode(f"{PROV}Activity"))
    yield Triple(build, RDFS_LABEL, Literal(f"build {run.version}", language="en"))
    yield Triple(build, RDFS_LABEL, Literal(f"بناء {run.version}", language="ar"))
    yield Triple(build, NamedNode(f"{PROV}wasAssociatedWith"), program)
    yield Triple(program, RDF_TYPE, NamedNode(f"{PROV}SoftwareAgent"))
    yield Triple(program, RDFS_LABEL, Literal(f"Isnad {__version__}"))
    yield Triple(program, NamedNode(f"{OWL}versionInfo"), Literal(__version__))
    for article, _ in _rows(store, _ARTICLES):
        yield Triple(dataset, NamedNode(f"{PROV}wasDerivedFrom"), article)
        yield Triple(build, NamedNode(f"{PROV}used"), article)
    for name, value in sorted(run.parameters.items()):
        parameter = NamedNode(f"{build.value}#parameter={name}")
        yield Triple(build, NamedNode(f"{PROV}used"), parameter)
        yield Triple(parameter, RDF_TYPE, NamedNode(f"{PROV}Entity"))
        yield Triple(parameter, RDFS_LABEL, Literal(name))
        yield Triple(parameter, NamedNode(f"{PROV}value"), Literal(value))


def _short(iri: str) -> str:
    """The last part of an IRI, with its vocabulary's host where two vocabularies could share it."""
    local = iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]
    return local if iri.startswith(ISNAD.base) else f"{iri.split('/')[2]}-{local}"


def _rows(store: Store, query: str) -> Iterator[tuple[NamedNode, Literal]]:
    """Each node with its count."""
    return ((term, number) for term, number in _values(store, query) if isinstance(term, NamedNode))


def _values(store: Store, query: str) -> Iterator[tuple[NamedNode | Literal, Literal]]:
    """Each node or value with its count."""
    solutions = store.query(query)
    assert isinstance(solutions, QuerySolutions)
    for solution in solutions:
        term, number = solution["term"], solution["n"]
        if isinstance(term, NamedNode | Literal) and isinstance(number, Literal):
            yield term, number


def _number(store: Store, query: str) -> int:
    solutions = store.query(query)
    assert isinstance(solutions, QuerySolutions)
    return int(next(solutions)["n"].value)
