"""Saved queries that ask Wikidata, pointed with --service at a server of our own over real HTTP."""

import csv
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store
from serving import Server, starting

from kg.answers import find_query
from kg.errors import QueryError
from kg.graph.iris import WIKIDATA
from kg.parameters import pointed_at
from kg.queries import SavedQuery
from kg.store import locked, publish

WIKIDATA_SAYS = """
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix p: <http://www.wikidata.org/prop/> .
@prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> .
@prefix wds: <http://www.wikidata.org/entity/statement/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
wd:Q159 wdt:P36 wd:Q649 ; wdt:P35 wd:Q7747 ; wdt:P1082 146150789 .
wd:Q717 wdt:P36 wd:Q1533 ; wdt:P1082 28515829 .
wd:Q649 rdfs:label "موسكو"@ar , "Moscow"@en .
wd:Q1533 rdfs:label "كاراكاس"@ar , "Caracas"@en .
wd:Q7747 rdfs:label "فلاديمير بوتين"@ar ; p:P39 wds:one , wds:two .
wds:one ps:P39 wd:Q4115189 ; pq:P580 "2012-05-07T00:00:00Z"^^xsd:dateTime .
wds:two ps:P39 wd:Q13406463 ; pq:P580 "2008-05-08T00:00:00Z"^^xsd:dateTime ;
    pq:P582 "2012-05-07T00:00:00Z"^^xsd:dateTime .
wd:Q4115189 rdfs:label "رئيس"@ar . wd:Q13406463 rdfs:label "رئيس الحكومة"@ar .
wd:Q15397819 wdt:P1891 wd:Q159 , wd:Q717 ; wdt:P585 "2001-05-14T00:00:00Z"^^xsd:dateTime ;
    rdfs:label "معاهدة صداقة"@ar .
wd:Q16943273 wdt:P1891 wd:Q159 , wd:Q30 ; rdfs:label "معاهدة أخرى"@ar .
"""


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A SPARQL endpoint that holds a little of Wikidata."""
    directory = tmp_path_factory.mktemp("wikidata")

    def fill(store: Store) -> dict[str, object]:
        store.load(WIKIDATA_SAYS.encode(), RdfFormat.TURTLE)
        return {}

    with locked(directory):
        publish(directory, "made", fill)
    with starting() as start:
        yield start(directory, "--workers", "1")


def kg_query(store: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg.cli", "query", *words, "--store", str(store)]
    return subprocess.run(command, capture_output=True, text=True)


def rows(store: Path, mirror: Server, *words: str) -> list[dict[str, str]]:
    ended = kg_query(store, *words, "--service", f"{mirror.address}/sparql", "--format", "csv")
    assert ended.returncode == 0, ended.stderr
    return list(csv.DictReader(ended.stdout.splitlines()))


def test_country_facts(gold_store: Path, mirror: Server) -> None:
    [row] = rows(gold_store, mirror, "wikidata-country-facts")
    assert (row["name"], row["capitalName"], row["headName"]) == ("روسيا", "موسكو", "")
    assert row["population"] == "146150789"
    [row] = rows(gold_store, mirror, "wikidata-country-facts", "--param", "country=Venezuela", "--param", "language=en")
    assert (row["name"], row["capitalName"]) == ("Venezuela", "Caracas")


def test_positions(gold_store: Path, mirror: Server) -> None:
    found = rows(gold_store, mirror, "wikidata-positions", "--param", "person=بوتين")
    assert [(row["positionName"], row["since"][:10], row["until"][:10]) for row in found] == [
        ("رئيس الحكومة", "2008-05-08", "2012-05-07"),
        ("رئيس", "2012-05-07", ""),
    ]


def test_treaties(gold_store: Path, mirror: Server) -> None:
    [row] = rows(gold_store, mirror, "wikidata-treaties")
    assert (row["treaty"], row["treatyName"]) == (f"{WIKIDATA}Q15397819", "معاهدة صداقة")
    assert int(row["reported"]) > 5


def test_leaders(gold_store: Path, mirror: Server) -> None:
    assert [row["headName"] for row in rows(gold_store, mirror, "wikidata-leaders")] == ["فلاديمير بوتين"]


def test_the_public_endpoint_is_not_asked_unless_allowed(gold_store: Path) -> None:
    ended = kg_query(gold_store, "wikidata-treaties")
    assert ended.returncode == 1
    assert "this host is not allowed; allow it with --allow-service" in ended.stderr


def test_a_mirror_that_is_down_is_told(gold_store: Path) -> None:
    ended = kg_query(gold_store, "wikidata-treaties", "--service", "http://127.0.0.1:9999/sparql")
    assert ended.returncode == 1
    assert ended.stderr.startswith("kg: SERVICE: no answer (Connection refused")


@pytest.mark.parametrize("address", ["localhost", "file:///etc/passwd", "http://x/> { } #", "http://a b/"])
def test_an_address_of_no_endpoint_is_named(address: str) -> None:
    with pytest.raises(QueryError, match="no address of a SPARQL endpoint; give one such as"):
        pointed_at(find_query("wikidata-leaders"), address)


@pytest.mark.parametrize("query", ["entities", "meetings"])
def test_a_query_that_asks_nobody_takes_no_service(query: str) -> None:
    with pytest.raises(QueryError, match=f"{query} asks no service that its head names"):
        pointed_at(find_query(query), "http://localhost/sparql")


def test_only_the_service_is_replaced() -> None:
    query = find_query("wikidata-treaties")
    assert isinstance(query, SavedQuery)
    pointed = pointed_at(query, "http://localhost:1234/sparql")
    assert pointed.text.count("<http://localhost:1234/sparql>") == 1
    assert "SERVICE <https://query.wikidata.org" not in pointed.text
    assert pointed.text.replace("http://localhost:1234/sparql", query.service or "") == query.text
