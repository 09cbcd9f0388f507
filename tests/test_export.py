"""Exports: every form of RDF 1.1 gives back what went in, selections hold what they say, Protégé gets names."""

import io
import json
from collections.abc import Iterable
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pyoxigraph
import pytest
from click.testing import CliRunner, Result
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, Store, Triple, serialize
from rdflib import OWL, RDF, RDFS, Graph
from rdflib import Dataset as RdflibDataset
from rdflib.plugins.serializers.nt import _nt_row
from rdflib.term import Node

from kg.cli import cli
from kg.errors import IsnadError
from kg.graph.about import Run, base_of
from kg.graph.assemble import fill
from kg.graph.export import FORMATS, PROFILES, catalog, export
from kg.graph.iris import Iris
from kg.graph.piece import make_piece
from kg.graph.select import Selection
from kg.graph.vocabulary import DCTERMS, ISNAD, ONTOLOGY
from kg.model import Reading
from kg.prefixes import PREFIXES

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


def test_the_catalog_names_the_ontology_and_its_version() -> None:
    entries = fromstring(catalog("my <isnad> & co.ttl"))
    assert {entry.attrib["name"] for entry in entries} == {ONTOLOGY, f"{ONTOLOGY}/0.1.0"}
    assert {entry.attrib["uri"] for entry in entries} == {"my%20%3Cisnad%3E%20%26%20co.ttl"}


def run(gold_store: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["export", "--store", str(gold_store), *arguments])


def test_the_command_writes_the_catalog_beside_the_schema(gold_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "isnad.ttl"
    assert run(gold_store, "--profile", "schema", "--output", str(file)).exit_code == 0
    written = tmp_path / "catalog-v001.xml"
    assert written.read_text() == catalog("isnad.ttl")
    written.write_text("<another/>")
    assert (
        "is another catalog and stays as it is" in run(gold_store, "--profile", "schema", "--output", str(file)).output
    )
    assert written.read_text() == "<another/>"
    assert run(gold_store, "--profile", "flat", "--output", str(tmp_path / "sub.nt")).exit_code == 0


OPTIONS = {
    "--article 001_d6a70859eb3026d3": "?claim prov:wasDerivedFrom/dcterms:isPartOf/dcterms:identifier ?id"
    " FILTER(?id = '001_d6a70859eb3026d3')",
    "--entity Q159": "?claim isnad:reports ?event . ?event isnad:involves entity:Q159",
    "--entity Q159 --entity Q717": "?claim isnad:reports ?event . ?event isnad:involves ?who"
    " FILTER(?who IN (entity:Q159, entity:Q717))",
    "--since 2025": "?claim isnad:reports/isnad:latest ?last FILTER(?last >= '2025-01-01T00:00:00Z'^^xsd:dateTime)",
    "--until 2023-12": "?claim isnad:reports/isnad:earliest ?first"
    " FILTER(?first < '2024-01-01T00:00:00Z'^^xsd:dateTime)",
    "--min-confidence 1": "?claim isnad:confidence ?sure FILTER(?sure >= 1)",
    "--factuality alleged": "?claim isnad:factuality isnad:factuality-alleged",
    "--factuality planned --factuality threatened": "?claim isnad:factuality ?how"
    " FILTER(?how IN (isnad:factuality-planned, isnad:factuality-threatened))",
    "--entity Q159 --factuality actual --since 2000": "?claim isnad:factuality isnad:factuality-actual ;"
    " isnad:reports ?event . ?event isnad:involves entity:Q159 ; isnad:latest ?last"
    " FILTER(?last >= '2000-01-01T00:00:00Z'^^xsd:dateTime)",
}
"""Each way to select, and the claims that it shall hold, as a query asks for them."""


@pytest.mark.parametrize("options", OPTIONS)
def test_each_option_selects_the_claims_that_a_query_finds(gold_store: Path, gold_graph: Store, options: str) -> None:
    ran = run(gold_store, "--profile", "flat", "--format", "ntriples", *options.split())
    graph = Graph().parse(data=ran.output, format="nt")
    query = f"SELECT DISTINCT ?claim WHERE {{ ?claim a isnad:Claim . {OPTIONS[options]} }}"
    rows = gold_graph.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    wanted = {row["claim"].value for row in rows}  # type: ignore[union-attr]
    assert {str(claim) for claim in graph.subjects(RDF.type, ISNAD.Claim)} == wanted != set()


def test_an_export_of_a_store_with_another_base(gold_readings: dict[str, Reading]) -> None:
    iris = Iris("https://data.example/")
    store = Store()
    fill(store, [make_piece(one, iris) for one in list(gold_readings.values())[:1]], Run("test", {}), iris)
    out = io.BytesIO()
    export(store, out, "flat", "ntriples", base=base_of(store))
    assert out.getvalue().count(b"https://data.example/claim/") > 100


STREAMED = [pair for pair in PAIRS if pair[0] not in ("rdf12", "jsonld", "quickstatements")]


@pytest.mark.parametrize(("profile", "format_"), STREAMED)
def test_what_is_written_is_what_was_to_be_written(gold_graph: Store, profile: str, format_: str) -> None:
    stated = [as_quad(one) for one in PROFILES[profile].statements(gold_graph, Selection(), Iris())]
    assert parsed(exported(gold_graph, profile, format_), format_) == canonical(stated)


def as_quad(one: Triple | Quad) -> Quad:
    return one if isinstance(one, Quad) else Quad(one.subject, one.predicate, one.object)


@pytest.mark.parametrize(
    ("profile", "format_"), [pair for pair in PAIRS if pair[0] not in ("rdf12", "quickstatements")]
)
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's parser uses it
@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
def test_rdflib_reads_the_same_in_every_form(gold_graph: Store, profile: str, format_: str) -> None:
    data = exported(gold_graph, profile, format_, ONE)
    found = RdflibDataset().parse(data=data.decode("utf-8"), format=RDFLIB[format_])
    plain = serialize((quad.triple for quad in pyoxigraph.parse(data, FORMATS[format_])), format=RdfFormat.N_TRIPLES)
    wanted = Graph().parse(data=plain or b"", format="nt")
    assert through_rdflib(quad[:3] for quad in found.quads()) == through_rdflib(wanted)
    assert len(wanted) > 1000


def through_rdflib(triples: Iterable[tuple[Node, Node, Node]]) -> set[Quad]:
    """The triples with their blank nodes named; rdflib writes +00:00 where we write Z."""
    return canonical(pyoxigraph.parse("".join(map(_nt_row, triples)), RdfFormat.N_TRIPLES))


ONE = Selection(articles=("000_6da8eec400364175",))
