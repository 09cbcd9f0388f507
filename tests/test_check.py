"""Each promise of a store is checked: what is planted against it is found."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store
from rdflib import Graph, Literal
from rdflib.namespace import SH

from kg.cli import cli
from kg.errors import IsnadError
from kg.graph.about import Run
from kg.graph.assemble import fill
from kg.graph.check import CHECKS, check, check_file
from kg.graph.domains import signatures
from kg.graph.findings import as_json, as_table, as_turtle
from kg.graph.iris import Iris
from kg.graph.piece import make_piece
from kg.graph.vocabulary import ISNAD, SKOS
from kg.model import Reading

PREFIXES = """
PREFIX graph: <https://w3id.org/isnad/graph/>
PREFIX isnad: <https://w3id.org/isnad/ontology#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""

TAKEN_AWAY = {
    "event-claim": "?x isnad:reports ?y",
    "event-sentence": "?x prov:wasDerivedFrom ?y",
    "claim-sentence": "?x dcterms:isPartOf ?y",
    "claim-event": "?x isnad:reports ?y",
    "claim-evidence": "?x isnad:evidence ?y",
    "role-mention": "?x isnad:fills ?y",
    "mention-article": "?x dcterms:isPartOf ?y",
    "entity-type": "?x a ?y",
    "entity-label": "?x rdfs:label ?y",
    "entity-link": "?x isnad:linkStatus ?y",
    "link-source": "?x isnad:linkSource ?y",
}
"""The triples whose loss each check must notice."""

PLANTS = {
    **{
        name: f"DELETE {{ GRAPH ?g {{ {lost} }} }} WHERE {{ GRAPH ?g {{ {lost} }} }}"
        for name, lost in TAKEN_AWAY.items()
    },
    "offsets": "DELETE { GRAPH ?g { ?x nif:anchorOf ?y } } INSERT { GRAPH ?g { ?x nif:anchorOf 'other words' } }"
    " WHERE { GRAPH ?g { ?x nif:anchorOf ?y } }",
    "iris": "INSERT DATA { GRAPH graph:entities { <https://w3id.org/isnad/entity/person-مقال> a isnad:Person } }",
    "domain": "INSERT { GRAPH ?g { ?x isnad:speaker ?y } } WHERE { GRAPH ?g { ?x isnad:party ?y } }",
    "range": "DELETE { GRAPH ?g { ?x isnad:paragraph ?y } } INSERT { GRAPH ?g { ?x isnad:paragraph 'one' } }"
    " WHERE { GRAPH ?g { ?x isnad:paragraph ?y } }",
    "shacl": "INSERT { GRAPH ?g { ?x isnad:confidence 7 } } WHERE { GRAPH ?g { ?x a isnad:Claim } }",
}


@pytest.fixture(scope="module")
def small(gold_readings: dict[str, Reading]) -> bytes:
    """N-Quads of a store with two events: an agreement and another."""
    reading = gold_readings["000_6da8eec400364175"]
    events = tuple(event for event in reading.events if event.id in ("ev1", "ev4"))
    fillers = {filler.entity for event in events for filler in event.fillers}
    mentions = tuple(mention for mention in reading.mentions if mention.entity in fillers)
    store = Store()
    small_reading = replace(reading, events=events, mentions=mentions, sentences=reading.sentences[:6])
    totals = fill(store, [make_piece(small_reading, Iris())], Run("test", {}), Iris())
    assert (totals.events, totals.problems) == (2, ())
    return store.dump(format=RdfFormat.N_QUADS) or b""


def planted(small: bytes, update: str) -> Store:
    store = Store()
    store.load(small, RdfFormat.N_QUADS)
    store.update(PREFIXES + update)
    return store


def test_the_gold_store_keeps_every_promise(gold_graph: Store) -> None:
    report = check(gold_graph)
    assert report.findings == ()
    assert all(result.checked for result in report.results)
    counts = {result.name: result.checked for result in report.results}
    assert counts["event-claim"] == counts["claim-sentence"] == 100
    assert counts["role-mention"] > 200


def test_every_check_has_a_plant() -> None:
    assert set(PLANTS) == set(CHECKS)


@pytest.mark.parametrize("name", PLANTS)
def test_what_is_planted_is_found(small: bytes, name: str) -> None:
    report = check(planted(small, PLANTS[name]))
    found = {result.name: result.exceptions for result in report.results}
    assert found[name] > 0
    assert all(finding.node and finding.message for finding in report.findings)


def test_a_report_in_three_forms(small: bytes) -> None:
    report = check(planted(small, PLANTS["role-mention"]))
    table = as_table(report)
    assert table.splitlines()[0].split() == ["check", "checked", "exceptions"]
    assert "no mention of a claim fills this role" in table
    assert json.loads(as_json(report))["exceptions"] == report.exceptions
    graph = Graph().parse(data=as_turtle(report), format="turtle")
    conforms = graph.query(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> ASK { ?r sh:conforms false ; sh:result/sh:focusNode ?x }"
    )
    assert conforms.askAnswer


def test_all_that_is_loaded_keeps_domains_and_ranges(gold_graph: Store) -> None:
    found = check(gold_graph).conformance
    assert found.statements == found.conforming > 4000
    assert found.rate == 1.0


def test_the_conformance_rate_is_a_figure_of_its_own(small: bytes) -> None:
    report = check(planted(small, PLANTS["domain"]))
    assert 0 < report.conformance.conforming < report.conformance.statements
    assert re.search(r"^domain and range conformance: 9\d(\.\d)? % \(", as_table(report), re.MULTILINE)
    assert json.loads(as_json(report))["conformance"]["rate"] == report.conformance.rate
    assert all(one.message.endswith("it takes Statement") for one in report.findings if one.check == "domain")


def test_every_property_of_ours_has_a_signature() -> None:
    assert signatures()[str(ISNAD.speaker)].ranges == ({str(ISNAD.Actor)}, {str(ISNAD.Entity)})
    assert signatures()[str(ISNAD.speechAct)].ranges == ({str(SKOS.Concept)},)
    assert len(signatures()) > 40


@pytest.mark.parametrize("suffix", ["ttl", "nt", "rdf", "jsonld", "trig"])
def test_any_rdf_file_is_checked(suffix: str, tmp_path: Path) -> None:
    folder = Path(__file__).parent / "rdf"
    format_ = RdfFormat.from_extension(suffix)
    for name in ("complete", "broken"):
        quads = pyoxigraph.parse(path=folder / f"{name}.ttl")
        pyoxigraph.serialize((quad.triple for quad in quads), str(tmp_path / f"{name}.{suffix}"), format_)
    assert check_file(tmp_path / f"complete.{suffix}").exceptions == 0
    report = check_file(tmp_path / f"broken.{suffix}")
    assert {result.name: result.exceptions for result in report.results} == {"domain": 14, "range": 35, "shacl": 168}
    assert any(finding.message_ar for finding in report.findings)


@pytest.mark.parametrize("format_", ["table", "json", "turtle"])
@pytest.mark.parametrize(("name", "status"), [("complete", 0), ("broken", 1)])
def test_the_command_reports_on_a_file(name: str, status: int, format_: str) -> None:
    file = Path(__file__).parent / "rdf" / f"{name}.ttl"
    ran = CliRunner().invoke(cli, ["check", "--shacl", str(file), "--format", format_])
    assert ran.exit_code == status
    match format_:
        case "json":
            assert (json.loads(ran.output)["exceptions"] == 0) == (status == 0)
        case "turtle":
            conforms = Graph().parse(data=ran.output, format="turtle").objects(None, SH.conforms)
            assert list(conforms) == [Literal(status == 0)]
        case _:
            assert ("100 %" in ran.output) == (status == 0)


def test_a_file_that_is_no_rdf_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text("this is no turtle")
    with pytest.raises(IsnadError, match=r"bad\.ttl: cannot be read as RDF"):
        check_file(tmp_path / "bad.ttl")
