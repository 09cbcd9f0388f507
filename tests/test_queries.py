"""Saved queries: each is described in both languages, answers on the seeds, and takes its parameters safely."""

import re
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kg.answers import answer, find_query, run, written
from kg.errors import QueryError
from kg.queries import LANGUAGES, Parameter, load_queries, parse_query
from kg.sparql import column_order, tokens
from kg.terminal import cut, fitted, isolated, table, width

RDFS_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
SAVED = load_queries()
LOCAL = [name for name, query in SAVED.items() if query.service is None]


def arabic(letter: str) -> bool:
    return "\u0621" <= letter <= "\u064a"


def rows(graph: Store, name: str, **values: str) -> list[dict[str, str]]:
    found = answer(graph, SAVED[name], values)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [
        {name: term.value for name, term in zip(names, row, strict=True) if term is not None and hasattr(term, "value")}
        for row in found
    ]


def test_there_are_enough() -> None:
    assert len(SAVED) >= 18


@pytest.mark.parametrize("name", SAVED)
def test_each_is_described_in_both_languages(name: str) -> None:
    query = SAVED[name]
    texts = [query.title, query.description, *(one.description for one in query.parameters)]
    for text in texts:
        assert set(text) == set(LANGUAGES)
        assert not any(map(arabic, text["en"]))
        assert any(map(arabic, text["ar"]))


@pytest.mark.parametrize("name", LOCAL)
def test_each_gives_rows_on_the_seeds(name: str, gold_graph: Store) -> None:
    assert rows(gold_graph, name)


@pytest.mark.parametrize("name", LOCAL)
def test_each_speaks_english_too(name: str, gold_graph: Store) -> None:
    if any(one.name == "language" for one in SAVED[name].parameters):
        assert rows(gold_graph, name, language="en")


@pytest.mark.parametrize("name", ["entities", "meetings", "places", "speech-acts", "support-and-condemnation"])
def test_what_has_no_name_in_a_language_goes_by_its_arabic_one(name: str, gold_graph: Store) -> None:
    """An item of Wikidata whose French label is taken away is as nameless in French as a name without an item."""
    bare = Store()
    bare.extend(gold_graph)
    for quad in gold_graph.quads_for_pattern(None, RDFS_LABEL, None):
        if isinstance(quad.object, Literal) and quad.object.language == "fr" and "/entity/" in quad.subject.value:
            bare.remove(quad)
    words = [word for row in rows(bare, name, language="fr") for word in row.values()]
    assert not [word for word in words if re.search(r"\bQ[0-9]+\b", word) and "/" not in word]


@pytest.mark.parametrize(
    "country", ["Q159", "wd:Q159", "entity:Q159", "https://w3id.org/isnad/entity/Q159", "روسيا", "RUSSIA", "Россия"]
)
def test_an_entity_goes_by_any_of_its_names(country: str, gold_graph: Store) -> None:
    expected = rows(gold_graph, "agreements-between")
    assert rows(gold_graph, "agreements-between", first=country) == expected


def test_an_open_parameter_restricts_nothing(gold_graph: Store) -> None:
    everyone = rows(gold_graph, "who-said-what")
    assert {row["speaker"] for row in rows(gold_graph, "who-said-what", speaker="بوتين")} < {
        row["speaker"] for row in everyone
    }
    assert rows(gold_graph, "actor-timeline", actor="")


def test_dates_restrict(gold_graph: Store) -> None:
    dates = [
        row["date"] for row in rows(gold_graph, "actor-timeline", **{"from": "2019-09", "to": "2019"}) if "date" in row
    ]
    assert dates
    assert all("2019-09" <= date <= "2020" for date in dates)


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("agreements-between", {"first": "لا أحد"}, "nothing of that name"),
        ("agreements-between", {"from": "2019-13"}, "no from; give a date"),
        ("agreements-between", {"from": "2019-02-31"}, "no such day"),
        ("agreements-between", {"nobody": "x"}, "no parameter 'nobody'; it has first, second, from, to, language"),
        ("military-actions", {"kind": "picnic"}, "no such MilitaryAction; choose of deployment"),
        ("corroborated", {"least": "1 } DROP"}, "no integer; give a whole number"),
        ("sentence-facts", {"sentence": "http://x/> ?p ?o } #"}, "no iri"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_named(name: str, values: dict[str, str], message: str, gold_graph: Store) -> None:
    with pytest.raises(QueryError, match=message.replace(".", r"\.")):
        answer(gold_graph, SAVED[name], values)


@pytest.mark.parametrize("evil", ['" } # ', "\\", '"""', "x\ny", "\\u0022", "؟", '"@en ; a ?x', "'''\\"])
def test_text_comes_back_as_it_was(evil: str, gold_graph: Store) -> None:
    head = "#+ summary: s\n#+ description: d\n#+ ar:\n#+   summary: s\n#+   description: d\n#+ parameters:\n"
    head += "#+   word:\n#+     type: text\n#+     en: e\n#+     ar: a\n"
    query = parse_query("q", head + "SELECT ?x { VALUES ?x { ?_word } } # ?_word", "q")
    found = answer(gold_graph, query, {"word": f"a{evil}b"})
    assert isinstance(found, QuerySolutions)
    assert [row["x"].value for row in found] == [f"a{evil}b"]


HEAD = "#+ summary: s\n#+ description: d\n#+ ar:\n#+   summary: s\n#+   description: d\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ASK {}", "'ar' lacks lines"),
        (HEAD + "#+ colour: red\nASK {}", "unknown key 'colour'"),
        (HEAD + "#+ summary: again\nASK {}", "q:6: 'summary' a second time"),
        (HEAD + "#+ parameters\nASK {}", "is no `key: value` line"),
        (HEAD + "#+     deep: x\nASK {}", "q:6: indented too far"),
        (HEAD + "ASK { ?s ?p ?_x }", r"\?_x is declared or used, not both"),
        (HEAD + "#+ parameters:\n#+   x:\n#+     type: color\nASK { ?_x ?p ?o }", "no type 'color'"),
    ],
)  # fmt: skip
def test_a_bad_head_is_named(text: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        parse_query("q", text, "q")


def test_a_file_and_standard_input_are_queries_too(tmp_path: Path, gold_graph: Store) -> None:
    file = tmp_path / "mine.rq"
    file.write_text("ASK { ?s a isnad:Event }", encoding="utf-8")
    assert written(answer(gold_graph, find_query(str(file)), {}), "csv") == b"true\n"
    assert written(answer(gold_graph, find_query("-", "ASK { ?s a isnad:Event }"), {}), "tsv") == b"true\n"
    assert b"isnad:Country" in written(run(gold_graph, "CONSTRUCT WHERE { ?s a isnad:Country }"), "turtle")
    with pytest.raises(QueryError, match="no saved query and no file"):
        find_query("nothing")


def test_the_command_asks_no_host_unless_told(gold_graph: Store) -> None:
    with pytest.raises(QueryError, match="allow it with --allow-service"):
        answer(gold_graph, SAVED["wikidata-leaders"], {})


def test_tokens_cover_strings_comments_and_names() -> None:
    query = 'SELECT ?x # ?no\n{ <http://x#y> ex:a.b ?_p, \'?s\', """?t"""@en ; ^^xsd:int 1.5e3 _:b }'
    assert [token.text for token in tokens(query)] == [
        "SELECT", "?x", "{", "<http://x#y>", "ex:a.b", "?_p", ",", "'?s'", ",", '"""?t"""', "@en", ";", "^^", "xsd:int",
        "1.5e3", "_:b", "}",
    ]  # fmt: skip


def test_the_columns_of_a_star_come_as_the_query_names_them() -> None:
    assert column_order("SELECT * { ?z ?a ?m }", ["a", "m", "z"]) == ["z", "a", "m"]
    assert column_order("SELECT DISTINCT * { ?z ?a ?m }", ["a", "m", "z"]) == ["z", "a", "m"]
    assert column_order("SELECT ?m ?a { ?z ?a ?m }", ["m", "a"]) == ["m", "a"]


def test_a_table_is_in_line_whatever_the_script() -> None:
    lines = table(("name", "n"), [("روسيا", "1"), ("مُعاهَدة", "22"), ("Россия", "3")], terminal=False).splitlines()
    assert len({width(line.rstrip("0123456789").rstrip()) <= width(lines[1]) for line in lines}) == 1
    assert lines[2].startswith("روسيا ")
    assert isolated("روسيا") == "\u2068روسيا\u2069"
    assert isolated("Russia") == "Russia"
    assert fitted([10, 100, 40], 80) == [10, 35, 35] or sum(fitted([10, 100, 40], 80)) <= 80
    assert cut("abcdef", 4) == "abc…"


def test_parameters_have_types() -> None:
    assert all(isinstance(one, Parameter) for query in SAVED.values() for one in query.parameters)
