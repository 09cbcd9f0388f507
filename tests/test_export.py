"""Exports: every form of RDF 1.1 gives back what went in, selections hold what they say, Protégé gets names."""

import io
import json
from xml.etree.ElementTree import fromstring

import pyoxigraph
import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, Store, Triple
from rdflib import OWL, RDF, RDFS, Graph

from kg.errors import IsnadError
from kg.graph.export import CATALOG, FORMATS, PROFILES, export
from kg.graph.select import Selection
from kg.graph.vocabulary import DCTERMS, ISNAD

PAIRS = [(name, format_) for name, profile in PROFILES.items() for format_ in profile.formats]
RDFLIB = {
    "rdfxml": "xml",
    "turtle": "turtle",
    "ntriples": "nt",
    "trig": "trig",
    "nquads": "nquads",
    "jsonld": "json-ld",
}


def exported(store: Store, profile: str, format_: str | None = None, selection: Selection = Selection()) -> bytes:  # noqa: B008
    out = io.BytesIO()
    export(store, out, profile, format_, selection)
    return out.getvalue()


def canonical(quads: object) -> set[Quad]:
    dataset = Dataset(quads)  # type: ignore[arg-type]
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def parsed(data: bytes, format_: str) -> set[Quad]:
    return canonical(pyoxigraph.parse(data, FORMATS[format_]))


def triples_of(quads: set[Quad]) -> set[str]:
    return {str(Triple(quad.subject, quad.predicate, quad.object)) for quad in quads}


def claims(data: bytes) -> int:
    graph = Graph().parse(data=data, format="nt")
    return sum(1 for _ in graph.subjects(RDF.type, ISNAD.Claim))


@pytest.mark.parametrize("profile", [name for name, profile in PROFILES.items() if len(profile.formats) > 1])
def test_all_formats_of_a_profile_say_the_same(gold_graph: Store, profile: str) -> None:
    first, *others = (parsed(exported(gold_graph, profile, format_), format_) for format_ in PROFILES[profile].formats)
    assert first
    assert all(other == first for other in others)


def test_the_full_export_is_the_store(gold_graph: Store) -> None:
    for format_ in PROFILES["full"].formats:
        assert parsed(exported(gold_graph, "full", format_), format_) == canonical(gold_graph)


def test_the_flat_export_holds_every_triple_of_articles(gold_graph: Store) -> None:
    flat = triples_of(parsed(exported(gold_graph, "flat", "ntriples"), "ntriples"))
    articles = {quad for quad in gold_graph if "/article/" in str(quad.graph_name)}
    assert triples_of(articles) <= flat


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's parser uses it
def test_jsonld_reads_well_and_loses_nothing(gold_graph: Store) -> None:
    data = exported(gold_graph, "jsonld")
    document = json.loads(data)
    claim = next(node for graph in document["graph"] for node in graph["graph"] if node.get("type") == "Claim")
    assert claim["id"].startswith("claim:")
    assert claim["reports"].startswith("event:")
    quads = parsed(data, "jsonld")
    articles = {quad for quad in gold_graph if "/article/" in str(quad.graph_name)}
    assert articles <= quads
    assert triples_of(quads) == triples_of(parsed(exported(gold_graph, "flat", "ntriples"), "ntriples"))
    graph = Graph().parse(data=json.dumps({**document, "graph": document["graph"][0]["graph"]}), format="json-ld")
    one = exported(gold_graph, "flat", "ntriples", Selection(articles=("000_6da8eec400364175",)))
    assert set(graph) <= set(Graph().parse(data=one, format="nt"))
    assert len(graph) > 1000


@pytest.mark.parametrize(("profile", "format_"), [("flat", "turtle"), ("flat", "rdfxml"), ("schema", "rdfxml")])
def test_rdflib_reads_the_same(gold_graph: Store, profile: str, format_: str) -> None:
    data = exported(gold_graph, profile, format_)
    graph = Graph().parse(data=data, format=RDFLIB[format_])
    assert len(graph) == len(parsed(data, format_))


def test_carriage_returns_survive_xml(gold_graph: Store) -> None:
    store = Store()
    store.load(gold_graph.dump(format=RdfFormat.N_QUADS) or b"", RdfFormat.N_QUADS)
    article = next(store.quads_for_pattern(None, None, NamedNode(str(ISNAD.Article)), None))
    title = NamedNode(str(DCTERMS.title))
    store.add(Quad(article.subject, title, pyoxigraph.Literal("a\r\nb]]>"), article.graph_name))
    data = exported(store, "flat", "rdfxml")
    assert b"\r" not in data
    assert parsed(data, "rdfxml") == parsed(exported(store, "flat", "ntriples"), "ntriples")
    assert str(next(Graph().parse(data=data, format="xml").objects(None, DCTERMS.title))) == "a\r\nb]]>"


@pytest.mark.parametrize(
    ("selection", "fewest"),
    [
        (Selection(articles=("000_6da8eec400364175",)), 20),
        (Selection(entities=("Q30",)), 10),
        (Selection(since="2025-12"), 5),
        (Selection(until="2019"), 5),
        (Selection(factualities=("alleged", "threatened")), 2),
    ],
)
def test_selections_hold_some_claims_with_all_they_rest_on(
    gold_graph: Store, selection: Selection, fewest: int
) -> None:
    everything = exported(gold_graph, "flat", "ntriples")
    data = exported(gold_graph, "flat", "ntriples", selection)
    assert fewest <= claims(data) < claims(everything)
    assert set(data.splitlines()) <= set(everything.splitlines())
    graph = Graph().parse(data=data, format="nt")
    described = set(graph.subjects())
    for claim in graph.subjects(RDF.type, ISNAD.Claim):
        for link in (ISNAD.reports, ISNAD.evidence, ISNAD.mention):
            assert set(graph.objects(claim, link)) <= described
    entities = {term for term in graph.objects() if "/isnad/entity/" in str(term)}
    assert entities <= described


def test_conditions_that_nothing_meets_select_nothing(gold_graph: Store) -> None:
    assert exported(gold_graph, "flat", "ntriples", Selection(min_confidence=1.1)) == b""


@pytest.mark.parametrize(
    ("profile", "format_", "selection", "message"),
    [
        ("sql", None, Selection(), "--profile sql: is none; take one of protege"),
        ("full", "rdfxml", Selection(), "--format rdfxml: cannot hold the profile full; take one of trig"),
        ("flat", None, Selection(articles=("x",)), "--article x: no article"),
        ("flat", None, Selection(entities=("Q1",)), "--entity Q1: no such entity"),
        ("flat", None, Selection(since="yesterday"), "--since yesterday: is no date"),
        ("flat", None, Selection(factualities=("maybe",)), "--factuality maybe: is none"),
    ],
)
def test_what_cannot_be_exported_is_told(
    gold_graph: Store, profile: str, format_: str | None, selection: Selection, message: str
) -> None:
    with pytest.raises(IsnadError, match=message):
        exported(gold_graph, profile, format_, selection)


@pytest.fixture(scope="module")
def protege(gold_graph: Store) -> Graph:
    return Graph().parse(data=exported(gold_graph, "protege", "rdfxml"), format="xml")


def test_protege_sees_names_and_one_ontology(protege: Graph) -> None:
    assert len(set(protege.subjects(RDF.type, OWL.Ontology))) == 1
    individuals = set(protege.subjects(RDF.type, OWL.NamedIndividual))
    assert len(individuals) > 500
    for individual in individuals:
        languages = {getattr(label, "language", None) for label in protege.objects(individual, RDFS.label)}
        assert "ar" in languages, individual


def test_protege_finds_everything_declared(protege: Graph) -> None:
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    declared = {term for kind in kinds for term in protege.subjects(RDF.type, kind)}
    builtin = (str(RDF), str(RDFS), str(OWL))
    used = {term for term in protege.predicates() if not str(term).startswith(builtin)}
    assert used <= declared
    classes = set(protege.subjects(RDF.type, OWL.Class))
    types = {term for term in protege.objects(None, RDF.type) if not str(term).startswith(builtin)}
    assert types <= classes


def test_protege_shows_the_words_behind_each_role(protege: Graph) -> None:
    roles = set(protege.subjects(RDF.type, ISNAD.Role))
    assertions = {triple for role in roles for triple in protege.triples((None, role, None))}
    annotated = {
        tuple(protege.value(axiom, OWL[name]) for name in ("annotatedSource", "annotatedProperty", "annotatedTarget"))
        for axiom in protege.subjects(RDF.type, OWL.Axiom)
        if protege.value(axiom, RDFS.comment)
    }
    assert len(assertions) > 200
    assert assertions <= annotated


def test_rdf12_names_claims_as_reifiers(gold_graph: Store) -> None:
    quads = list(pyoxigraph.parse(exported(gold_graph, "rdf12"), RdfFormat.TURTLE))
    reifies = [quad for quad in quads if quad.predicate.value.endswith("#reifies")]
    asserted = {str(quad.triple) for quad in quads}
    assert len(reifies) > 200
    assert all("/claim/" in str(quad.subject) and str(quad.object) in asserted for quad in reifies)


def test_the_catalog_is_xml() -> None:
    (entry,) = fromstring(CATALOG.format(file="isnad.rdf"))
    assert entry.attrib["name"] == "https://w3id.org/isnad/ontology"
