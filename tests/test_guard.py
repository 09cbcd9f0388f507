"""The guard: what a query would do, whatever it hides its words in."""

import pytest

from kg.errors import QueryError
from kg.guard import MAX_DEPTH, allowed, check, shape

HIDDEN = [
    "SELECT * { SERVICE <http://evil/> { ?s ?p ?o } }",
    "SELECT * { service<http://evil/>{ ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <http://evil/> { ?s ?p ?o } }",
    "SELECT * { SERVICE # comment\n <http://evil/> { ?s ?p ?o } }",
    "SELECT * { SERVICE ?v { ?s ?p ?o } }",
    "PREFIX e: <http://evil/> SELECT * { SERVICE e:x { ?s ?p ?o } }",
    "PREFIX wd: <http://evil/> SELECT * { SERVICE wd: { ?s ?p ?o } }",
    "PREFIX e: <http://good/> PREFIX e: <http://evil/> SELECT * { SERVICE e: { ?s ?p ?o } }",
    "BASE <http://evil/> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://evil/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o # \\u000A SERVICE <http://evil/> { ?s ?p ?o }\n }",
    "SELECT * { SERVICE <http://e\\u0076il/> { ?s ?p ?o } }",
    "SELECT * { ?a ?b ?c FILTER(?a<?b)SERVICE#>\n ?v{ ?s ?p ?o } }",
    "SELECT * { ?a ?b ?c FILTER(?a<?b#>'''\n)SERVICE <http://evil/> { ?s ?p ?o }\n#'''\n }",
    "SELECT * { ?s ?p 'a' . SERVICE <http://evil/> { ?s ?p '}' } }",
    'SELECT * { ?s ?p """ " """ . SERVICE <http://evil/> { ?s ?p ?o } }',
    "SELECT * { { SELECT * { SERVICE <http://evil/> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <http://evil/> { ?s ?p ?o } } }",
    "SELECT * { SERVICE <http://good@evil/> { ?s ?p ?o } }",
    "SELECT * { SERVICE <http://good.evil/> { ?s ?p ?o } }",
    "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", HIDDEN)
def test_no_service_hides(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        check(query, ["good"])


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE <http://evil/> {}' }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://evil/> { ?s ?p ?o }",
        "SELECT * { <http://x/service#a> ?p ?o }",
        "SELECT * { ?s ex:service ?service }",
        "SELECT * { ?s a <http://x/y#service> }",
        "SELECT * { ?s ?p ?o FILTER(?s < ?o) }",
        "SELECT * { SERVICE <http://good/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE wd:x { ?s ?p ?o } }",
    ],
)
def test_what_is_harmless_passes(query: str) -> None:
    check(query, ["good", "www.wikidata.org"])


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <x:a> <x:b> 1 }",
        "PREFIX a: <x:> delete where { ?s ?p ?o }",
        "LOAD <http://evil/>",
        "# SELECT\nDROP ALL",
    ],
)
def test_updates_are_refused(query: str) -> None:
    with pytest.raises(QueryError, match="is an update"):
        check(query)


def test_nesting_ends_before_the_engine_does() -> None:
    check("SELECT (" + "STR(" * 100 + "1" + ")" * 100 + " AS ?x) {}")
    with pytest.raises(QueryError, match="line 1, column 520: more than 128 brackets"):
        check("SELECT (" + "STR(" * 960 + "1" + ")" * 960 + " AS ?x) {}")
    assert shape("ASK " + "{" * MAX_DEPTH + "}" * MAX_DEPTH).too_deep_at is None


def test_the_shape_tells_datasets_and_whether_the_answer_is_fixed() -> None:
    assert shape("SELECT * FROM <http://x/> { ?s ?p ?o }").datasets
    assert not shape("SELECT * { ?s ?p ?from }").datasets
    assert shape("CONSTRUCT WHERE { ?s ?p ?o }").form == "CONSTRUCT"
    assert shape("SELECT * { ?s ?p ?o }").fixed
    assert not shape("SELECT (now() AS ?n) {}").fixed


@pytest.mark.parametrize(
    ("service", "hosts", "expected"),
    [
        ("https://query.wikidata.org/sparql", ["query.wikidata.org"], True),
        ("https://query.wikidata.org:444/sparql", ["query.wikidata.org"], False),
        ("http://127.0.0.1:9000/sparql", ["127.0.0.1:9000"], True),
        ("http://127.0.0.1:9000/sparql", ["http://127.0.0.1:9000/sparql"], True),
        ("http://127.0.0.1:9000/sparql2", ["http://127.0.0.1:9000/sparql"], False),
        ("https://QUERY.wikidata.org/", ["Query.Wikidata.org"], True),
        ("ftp://query.wikidata.org/", ["query.wikidata.org"], False),
        ("http://[broken", ["[broken"], False),
    ],
)
def test_hosts(service: str, hosts: list[str], expected: bool) -> None:
    assert allowed(service, hosts) is expected
