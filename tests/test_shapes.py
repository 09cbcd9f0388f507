"""The SHACL shapes: complete data passes, and every message can be provoked."""

from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import OWL, RDF, Graph, URIRef
from rdflib.namespace import SH

from kg.graph.vocabulary import ISNAD, NIF, ontology_dir
from kg.model import ENTITY_TYPES, FACTUALITIES, KINDS, ROLES, STATUSES

RDF_DIR = Path(__file__).parent / "rdf"
BREAKS = URIRef("https://w3id.org/isnad/breaks")


def read(*paths: Path) -> Graph:
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


@cache
def shapes() -> Graph:
    return read(ontology_dir() / "shapes.ttl")


@cache
def broken() -> Graph:
    return read(RDF_DIR / "complete.ttl", RDF_DIR / "broken.ttl")


@cache
def provoked() -> frozenset[tuple[str, str]]:
    """Each rejected node of the broken data with each English message."""
    _, report, _ = pyshacl.validate(broken(), shacl_graph=shapes())
    return frozenset(
        (str(report.value(result, SH.focusNode)), str(message))
        for result in report.subjects(RDF.type, SH.ValidationResult)
        for message in report.objects(result, SH.resultMessage)
        if message.language == "en"
    )


def messages(language: str) -> set[str]:
    return {str(text) for text in shapes().objects(None, SH.message) if text.language == language}


def listed(prefix: str) -> set[str]:
    """The local names after a prefix in every sh:in list."""
    lists = [shapes().items(head) for head in shapes().objects(None, SH["in"])]
    names = {str(item).removeprefix(ISNAD.base) for items in lists for item in items}
    return {name.removeprefix(prefix) for name in names if name.startswith(prefix)}


def test_complete_data_conforms() -> None:
    conforms, _, text = pyshacl.validate(read(RDF_DIR / "complete.ttl"), shacl_graph=shapes())
    assert conforms, text


def test_complete_data_cites_its_text() -> None:
    data = read(RDF_DIR / "complete.ttl")
    text = str(next(data.objects(None, NIF.isString)))
    for span, anchor in data.subject_objects(NIF.anchorOf):
        begin, end = (int(str(data.value(span, index))) for index in (NIF.beginIndex, NIF.endIndex))
        assert text[begin:end] == str(anchor)
        assert str(span).endswith(f"#char={begin},{end}")


def test_complete_data_has_a_node_for_every_target() -> None:
    data = read(RDF_DIR / "complete.ttl", ontology_dir() / "isnad.ttl")
    classes = set(shapes().objects(None, SH.targetClass)) - {ISNAD.Span}
    assert {each for each in classes if not any(data.subjects(RDF.type, each))} == set()
    properties = set(shapes().objects(None, SH.targetSubjectsOf))
    assert {each for each in properties if not any(data.subjects(each))} == set()


def expected() -> list[tuple[str, str]]:
    return sorted((str(node), str(start)) for node, start in broken().subject_objects(BREAKS))


@pytest.mark.parametrize(("node", "start"), expected(), ids=lambda text: text.rpartition("/")[2])
def test_broken_data_is_told_what_to_mend(node: str, start: str) -> None:
    assert any(focus == node and message.startswith(start) for focus, message in provoked())


def test_every_message_is_provoked_by_a_case() -> None:
    starts = [start for _, start in expected()]
    assert {message for message in messages("en") if not message.startswith(tuple(starts))} == set()


def test_nothing_in_complete_data_is_blamed_for_broken_data() -> None:
    whole = {str(node) for node in read(RDF_DIR / "complete.ttl").subjects()}
    assert {focus for focus, _ in provoked()} & whole == set()


def test_every_message_stands_in_both_languages() -> None:
    assert messages("en")
    for shape in shapes().subjects(SH.message):
        assert sorted(str(text.language) for text in shapes().objects(shape, SH.message)) == ["ar", "en"]


def test_every_class_of_the_ontology_has_a_shape() -> None:
    ontology = read(ontology_dir() / "isnad.ttl")
    classes = {each for each in ontology.subjects(RDF.type, OWL.Class) if str(each).startswith(ISNAD.base)}
    assert classes - set(shapes().objects(None, SH.targetClass)) == set()


def test_the_shapes_list_what_the_model_knows() -> None:
    for event_type, kinds in KINDS.items():
        assert listed(f"{event_type}-") == set(kinds)
    assert listed("status-") == set(STATUSES)
    assert listed("factuality-") == set(FACTUALITIES)
    assert set(KINDS) | set(ENTITY_TYPES) <= set(map(_local, shapes().objects(None, SH.targetClass)))


def test_every_role_has_a_place_where_it_belongs() -> None:
    for role in {role for roles in ROLES.values() for role in roles}:
        shape = shapes().value(None, SH.targetSubjectsOf, ISNAD[role])
        assert shape is not None, role
        assert _classes(shape) == {event_type for event_type, roles in ROLES.items() if role in roles}, role


def test_shapes_are_shacl_core_alone() -> None:
    assert set(shapes().subjects(SH.sparql)) == set()


def _local(term: object) -> str:
    return str(term).removeprefix(ISNAD.base)


def _classes(shape: object) -> set[str]:
    """The classes of a shape: its own, else those of its sh:or."""
    nodes = [item for head in shapes().objects(shape, SH["or"]) for item in shapes().items(head)] or [shape]
    return {_local(each) for node in nodes for each in shapes().objects(node, SH["class"])}
