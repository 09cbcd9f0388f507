"""graph/about tells what the store holds: every figure in it is counted again here, another way."""

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Store
from rdflib import DCAT, DCTERMS, OWL, PROV, RDF, RDFS, VOID, Graph, URIRef

from kg import __version__
from kg.build import BuildReport, Options, build
from kg.graph.about import base_of
from kg.graph.iris import BASE
from kg.graph.shacl import to_rdflib
from kg.graph.vocabulary import ISNAD, ONTOLOGY
from kg.shipped import shipped
from kg.store import open_reader

ABOUT = NamedNode(f"{BASE}graph/about")
DATASET = URIRef(BASE)
GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="module")
def about(gold_graph: Store) -> Graph:
    return to_rdflib(quad.triple for quad in gold_graph.quads_for_pattern(None, None, None, ABOUT))


@pytest.fixture(scope="module")
def counted(gold_graph: Store) -> list[tuple[str, str, str]]:
    """Everything but the description, once a graph."""
    quads = (quad for quad in gold_graph if quad.graph_name != ABOUT)
    return [(str(quad.subject), quad.predicate.value, str(quad.object)) for quad in quads]


def number(about: Graph, name: str) -> int:
    return int(str(about.value(DATASET, VOID[name])))


def partitions(about: Graph, kind: str, counted: str) -> dict[str, int]:
    parts = about.objects(DATASET, VOID[f"{kind}Partition"])
    return {str(about.value(part, VOID[kind])): int(str(about.value(part, VOID[counted]))) for part in parts}


def test_it_counts_each_class_and_property(about: Graph, counted: list[tuple[str, str, str]]) -> None:
    of_class = Counter(value for _, predicate, value in {*counted} if predicate == str(RDF.type))
    assert partitions(about, "class", "entities") == {iri.strip("<>"): n for iri, n in of_class.items()}
    assert partitions(about, "property", "triples") == Counter(predicate for _, predicate, _ in counted)


def test_it_counts_the_whole(about: Graph, counted: list[tuple[str, str, str]], gold_graph: Store) -> None:
    assert number(about, "triples") == len(counted)
    assert number(about, "distinctSubjects") == len({subject for subject, _, _ in counted})
    assert number(about, "properties") == len({predicate for _, predicate, _ in counted})
    assert number(about, "documents") == 5
    kinds = {f"<{ISNAD[name]}>" for name in ("Entity", "Event")}
    things = {subject for subject, predicate, value in counted if predicate == str(RDF.type) and value in kinds}
    assert number(about, "entities") == len(things) > 100
    sizes = {graph: int(str(about.value(graph, VOID.triples))) for graph in about.objects(DATASET, VOID.subset)}
    assert {str(graph).rpartition("/")[2] for graph in sizes} == {"entities", "events", "inferred", "ontology"}
    for graph, size in sizes.items():
        assert size == len(list(gold_graph.quads_for_pattern(None, None, None, NamedNode(str(graph)))))


def test_it_names_licence_sources_languages_and_vocabularies(about: Graph, gold_graph: Store) -> None:
    assert about.value(DATASET, DCTERMS.license) == URIRef("https://www.apache.org/licenses/LICENSE-2.0")
    assert about.value(DATASET, DCTERMS.conformsTo) == URIRef(ONTOLOGY)
    assert URIRef(f"{ONTOLOGY}#") in set(about.objects(DATASET, VOID.vocabulary))
    assert {str(one) for one in about.objects(DATASET, DCTERMS.language)} >= {"ar", "es"}
    sources = gold_graph.quads_for_pattern(None, NamedNode(str(DCTERMS.source)), None, None)
    named = {quad.object.value for quad in sources if quad.graph_name != ABOUT and isinstance(quad.object, NamedNode)}
    assert {str(one) for one in about.objects(DATASET, DCTERMS.source)} == named


def test_it_speaks_two_languages(about: Graph) -> None:
    for predicate in (DCTERMS.title, DCTERMS.description, DCTERMS.rights, DCAT.keyword):
        assert {text.language for text in about.objects(DATASET, predicate)} == {"ar", "en"}  # type: ignore[union-attr]


def test_it_tells_how_the_build_was_made(about: Graph, gold_built: tuple[Path, BuildReport]) -> None:
    made = about.value(DATASET, PROV.wasGeneratedBy)
    assert str(made).endswith(f"/run/build-{gold_built[1].version}")
    program = about.value(made, PROV.wasAssociatedWith)
    assert (program, RDF.type, PROV.SoftwareAgent) in about
    assert str(about.value(program, OWL.versionInfo)) == __version__
    used = set(about.objects(made, PROV.used))
    articles = {one for one in used if "/article/" in str(one)}
    assert articles == set(about.objects(DATASET, PROV.wasDerivedFrom))
    assert len(articles) == 5
    values = {str(about.value(one, RDFS.label)): str(about.value(one, PROV.value)) for one in used - articles}
    assert values["base"] == BASE
    assert values["inferred"] == "true"
    assert len(values["code"]) == 20


def test_a_store_of_another_base_describes_itself(tmp_path: Path) -> None:
    build([GOLD / "002_2da5b34de469e791.json", shipped("seeds")], tmp_path, Options("https://data.example/x/", False))
    with open_reader(tmp_path) as reader:
        assert base_of(reader.store) == "https://data.example/x/"
        inferred = NamedNode("https://data.example/x/graph/inferred")
        assert not list(reader.store.quads_for_pattern(None, None, None, inferred))
        assert list(reader.store.quads_for_pattern(None, None, Literal("false"), None))
