"""What Protégé sees: the OWL API reads ontology and data, in OWL 2 DL, and two reasoners find no contradiction."""

from functools import cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import generated
import owl_api
import pytest
from pyoxigraph import NamedNode, Store
from rdflib import Graph

from kg.graph.about import Run
from kg.graph.assemble import fill
from kg.graph.export import export
from kg.graph.iris import Iris
from kg.graph.piece import make_piece
from kg.graph.terms import RDF_TYPE
from kg.graph.vocabulary import ISNAD, ontology_dir
from kg.model import KINDS

DATA = Path(__file__).parent / "rdf" / "complete.ttl"
FILES = ("isnad.ttl", "schemes.ttl", "alignments.ttl", "plover.ttl")
FORMATS = {"turtle": "turtle", "rdfxml": "xml"}
REASONERS = ("HermiT", "ELK")
ARTICLES = 200

needs_java = pytest.mark.usefixtures("java")
needs_horned = pytest.mark.skipif(
    not find_spec("pyhornedowl"), reason="the package py-horned-owl is not installed (extra `owl`)"
)


@pytest.fixture(scope="module")
def java() -> None:
    if lacking := owl_api.missing():
        pytest.skip(lacking)


@cache
def graph(with_data: bool) -> Graph:
    paths = [ontology_dir() / name for name in FILES] + ([DATA] if with_data else [])
    whole = Graph()
    for path in paths:
        whole.parse(path, format="turtle")
    return whole


@cache
def loaded(with_data: bool, document: str = "turtle") -> owl_api.Loaded:
    return owl_api.load(graph(with_data).serialize(format=FORMATS[document]), document)


@needs_java
@pytest.mark.parametrize("document", FORMATS)
@pytest.mark.parametrize("with_data", [False, True], ids=["schema", "schema and data"])
def test_the_owl_api_reads_every_triple(with_data: bool, document: str) -> None:
    ontology = loaded(with_data, document)
    assert ontology.unparsed == []
    assert ontology.undeclared == []
    assert ontology.profile_violations == []


@needs_java
@pytest.mark.parametrize("with_data", [False, True], ids=["schema", "schema and data"])
def test_both_formats_give_the_same_axioms(with_data: bool) -> None:
    turtle, rdfxml = (loaded(with_data, document) for document in FORMATS)
    assert turtle.axioms == rdfxml.axioms > 2000
    assert set(turtle.ontology.getLogicalAxioms()) == set(rdfxml.ontology.getLogicalAxioms())


@needs_java
@pytest.mark.parametrize("reasoner", REASONERS)
@pytest.mark.parametrize("with_data", [False, True], ids=["schema", "schema and data"])
def test_no_contradiction_and_no_empty_class(with_data: bool, reasoner: str) -> None:
    assert loaded(with_data).is_consistent(reasoner)
    assert loaded(with_data).unsatisfiable(reasoner) == []


DISJOINT = (
    *(("Person", "Place"), ("Organization", "Country"), ("Agreement", "Meeting")),
    *(("Claim", "Event"), ("Article", "Span")),
)


@needs_java
@pytest.mark.parametrize("reasoner", REASONERS)
@pytest.mark.parametrize(("one", "other"), DISJOINT)
def test_a_node_of_two_disjoint_classes_is_a_contradiction(one: str, other: str, reasoner: str) -> None:
    single = loaded(with_data=True).with_type(_data("both"), ISNAD[one])
    assert single.is_consistent(reasoner)
    assert not single.with_type(_data("both"), ISNAD[other]).is_consistent(reasoner)


@needs_java
def test_a_filler_of_the_wrong_class_is_a_contradiction() -> None:
    broken = loaded(with_data=True).with_fact(_data("event/meeting"), ISNAD.place, _data("entity/person-sami"))
    assert not broken.is_consistent("HermiT")


@needs_java
def test_a_role_of_the_wrong_event_is_a_contradiction() -> None:
    broken = loaded(with_data=True).with_fact(_data("event/meeting"), ISNAD.speaker, _data("entity/person-sami"))
    assert not broken.is_consistent("HermiT")


@needs_java
def test_a_claim_of_two_events_of_different_classes_is_a_contradiction() -> None:
    broken = loaded(with_data=True).with_fact(_data("claim/meeting"), ISNAD.reports, _data("event/sanction"))
    assert not broken.is_consistent("HermiT")


def _data(name: str) -> str:
    return f"https://w3id.org/isnad/{name}"


@needs_java
@pytest.mark.parametrize("document", FORMATS)
def test_protege_opens_the_export_of_the_seeds(gold_graph: Store, document: str) -> None:
    ontology = owl_api.load(exported(gold_graph, document), document)
    assert ontology.axioms > 9000
    assert (ontology.unparsed, ontology.undeclared, ontology.profile_violations) == ([], [], [])
    for reasoner in REASONERS:
        assert ontology.is_consistent(reasoner)
        assert ontology.unsatisfiable(reasoner) == []
    assert not ontology.with_type(_data("entity/Q159"), ISNAD.Person).is_consistent("HermiT")


@pytest.fixture(scope="module")
def generated_graph() -> Store:
    """A store of two hundred generated articles, in which every kind, role, status and factuality comes up."""
    readings = list(generated.readings(ARTICLES))
    assert {(event.type, event.kind) for one in readings for event in one.events} == {
        (type_, kind) for type_, kinds in KINDS.items() for kind in kinds
    }
    store = Store()
    totals = fill(store, (make_piece(one, Iris()) for one in readings), Run("generated", {}), Iris())
    assert (totals.articles, totals.problems) == (ARTICLES, ())
    return store


@needs_java
@needs_horned
def test_protege_opens_the_export_of_many_articles(generated_graph: Store) -> None:
    texts = {document: exported(generated_graph, document) for document in FORMATS}
    rdfxml, turtle = (owl_api.load(texts[document], document) for document in ("rdfxml", "turtle"))
    for ontology in (rdfxml, turtle):
        assert (ontology.unparsed, ontology.undeclared, ontology.profile_violations) == ([], [], [])
    assert turtle.axioms == rdfxml.axioms == horned_axioms(texts["rdfxml"]) > 50_000
    for reasoner in REASONERS:
        assert turtle.is_consistent(reasoner)
        assert turtle.unsatisfiable(reasoner) == []
    event = next(generated_graph.quads_for_pattern(None, RDF_TYPE, NamedNode(str(ISNAD.Meeting)), None)).subject
    assert not turtle.with_type(event.value, ISNAD.Sanction).is_consistent("HermiT")


@needs_java
@pytest.mark.parametrize("reasoner", REASONERS)
def test_a_country_is_an_actor_and_a_place(reasoner: str) -> None:
    above = loaded(with_data=False).superclasses(reasoner, str(ISNAD.Country))
    assert {str(ISNAD.Actor), str(ISNAD.Place), str(ISNAD.Entity)} <= above


@needs_java
def test_broken_turtle_is_refused_and_not_guessed_at() -> None:
    import jpype

    with pytest.raises(jpype.JException, match=r"Parse|parse"):
        owl_api.load("isnad:party a owl:ObjectProperty .", "turtle")


@needs_java
@needs_horned
@pytest.mark.parametrize("with_data", [False, True], ids=["schema", "schema and data"])
def test_horned_owl_reads_the_same_axioms(with_data: bool) -> None:
    text = graph(with_data).serialize(format=FORMATS["rdfxml"])
    assert horned_axioms(text) == loaded(with_data).axioms


@needs_java
@needs_horned
def test_horned_owl_reads_the_same_axioms_of_the_export(gold_graph: Store) -> None:
    text = exported(gold_graph, "rdfxml")
    assert horned_axioms(text) == owl_api.load(text, "rdfxml").axioms


def horned_axioms(rdfxml: str) -> int:
    """How many axioms Horned OWL reads; it counts the annotations of the ontology among them."""
    import pyhornedowl

    found = pyhornedowl.open_ontology(rdfxml, serialization="rdf").get_axioms()
    return sum(type(axiom.component).__name__ != "OntologyAnnotation" for axiom in found)


def exported(store: Store, document: str) -> str:
    out = BytesIO()
    export(store, out, "protege", document)
    return out.getvalue().decode("utf-8")
