"""The fast decision agrees with the SHACL validator: on complete, broken and randomly damaged data."""

import hashlib
from pathlib import Path
from time import process_time

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Triple

from kg.graph import conform
from kg.graph.iris import Iris
from kg.graph.piece import _everything
from kg.graph.rdf import named
from kg.graph.shacl import rejected, to_rdflib, validated
from kg.graph.vocabulary import ISNAD
from kg.model import Reading

RDF_DIR = Path(__file__).parent / "rdf"
DAMAGES = 12
VALUES = (Literal(""), Literal("-1"), NamedNode("https://w3id.org/isnad/entity/nowhere"))
SUB_CLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


def read(*names: str) -> list[Triple]:
    return [quad.triple for name in names for quad in pyoxigraph.parse(path=RDF_DIR / name)]


def chance(triple: Triple, salt: str) -> int:
    return int(hashlib.sha256(f"{salt}{triple}".encode()).hexdigest()[:8], 16)


def lost(number: int) -> list[Triple]:
    """The complete data without some of its triples."""
    return [one for one in read("complete.ttl") if chance(one, "lost") % DAMAGES != number]


def wrong(number: int) -> list[Triple]:
    """The complete data with other values in some of its triples."""
    return [
        Triple(one.subject, one.predicate, VALUES[number % len(VALUES)])
        if chance(one, "wrong") % DAMAGES == number
        else one
        for one in read("complete.ttl")
    ]


def added(number: int) -> list[Triple]:
    """The complete data with some of its triples under another subject of it too."""
    triples = read("complete.ttl")
    subjects = sorted({one.subject for one in triples}, key=str)
    return triples + [
        Triple(subjects[chance(one, "added") // DAMAGES % len(subjects)], one.predicate, one.object)
        for one in triples
        if chance(one, "added") % DAMAGES == number
    ]


DAMAGED = [(damage, number) for damage in (lost, wrong, added) for number in range(DAMAGES)]


def by_validator(triples: list[Triple]) -> set[str]:
    return {one.focus for one in validated(to_rdflib(triples))}


def decided(triples: list[Triple]) -> set[str]:
    return {str(node).strip("<>") for nodes in conform.breaking(triples).values() for node in nodes}


@pytest.mark.parametrize("files", [("complete.ttl",), ("complete.ttl", "broken.ttl")], ids=["complete", "broken"])
def test_both_reject_the_same_nodes(files: tuple[str, ...]) -> None:
    triples = read(*files)
    assert decided(triples) == by_validator(triples)


@pytest.mark.parametrize(("damage", "number"), DAMAGED, ids=lambda value: getattr(value, "__name__", str(value)))
def test_both_reject_the_same_nodes_of_damaged_data(damage: object, number: int) -> None:
    triples = damage(number)  # type: ignore[operator]
    found = by_validator(triples)
    assert decided(triples) == found
    assert found


def test_looking_at_the_broken_nodes_alone_tells_everything() -> None:
    triples = read("complete.ttl", "broken.ttl")
    assert rejected(triples) == validated(to_rdflib(triples))
    assert len(rejected(triples)) > 100


def test_subclasses_that_the_data_states_count() -> None:
    triples = [one for one in read("complete.ttl") if one.object != NamedNode(str(ISNAD.Person))]
    person = NamedNode("https://example.org/Human")
    said = [Triple(person, SUB_CLASS, NamedNode(str(ISNAD.Person)))]
    people = [one.subject for one in read("complete.ttl") if one.object == NamedNode(str(ISNAD.Person))]
    typed = [Triple(one, NamedNode(str(conform.RDF_TYPE.value)), person) for one in people]
    assert decided(triples) == by_validator(triples) != set()
    assert decided([*triples, *said, *typed]) == by_validator([*triples, *said, *typed]) == set()


def test_a_gold_article_is_decided_in_little_time(gold_readings: dict[str, Reading]) -> None:
    graphs = [list(_everything(named(reading, Iris()), frozenset())) for reading in gold_readings.values()]
    assert conform.breaking(graphs[0]) == {}
    started = process_time()
    assert not any(conform.breaking(graph) for graph in graphs)
    assert process_time() - started < 0.1 * len(graphs)
