"""The steps of docs/protege.md, taken with the OWL API: the file opens, reasons and answers as the page says."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import owl_api
import pytest
from pyoxigraph import NamedNode, Store
from rdflib import Graph

from kg.graph.iris import WIKIDATA
from kg.graph.vocabulary import ISNAD, ontology_dir
from kg.prefixes import PREFIXES

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "protege.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ kg (export .*)$", PAGE, re.MULTILINE)
QUERIES = [tuple(re.findall("`([^`]*)`", line)) for line in PAGE.splitlines() if line.startswith("| `")]
NO_ELK = "inverse"


@pytest.fixture(scope="module")
def folder(gold_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands of the page were run."""
    folder = tmp_path_factory.mktemp("protege")
    for command in COMMANDS:
        call = [sys.executable, "-m", "kg.cli", *shlex.split(command), "--store", str(gold_store)]
        subprocess.run(call, cwd=folder, check=True, capture_output=True, env={"PYTHONPATH": str(DOCS.parent)})
    return folder


@pytest.fixture(scope="module")
def opened(folder: Path) -> owl_api.Loaded:
    if lacking := owl_api.missing():
        pytest.skip(lacking)
    return owl_api.load((folder / "isnad.owl").read_text(encoding="utf-8"), "rdfxml")


def test_the_commands_write_the_files(folder: Path) -> None:
    assert {file.name for file in folder.iterdir()} == {"isnad.owl", "isnad.ttl", "catalog-v001.xml"}


def test_it_opens_in_owl_2_dl(opened: owl_api.Loaded) -> None:
    assert opened.axioms > 9000
    assert (opened.unparsed, opened.undeclared, opened.profile_violations) == ([], [], [])


def test_the_reasoner_concludes_what_the_page_says(opened: owl_api.Loaded) -> None:
    assert opened.is_consistent("HermiT")
    assert opened.unsatisfiable("HermiT") == []
    assert {str(ISNAD.Actor), str(ISNAD.Entity)} <= opened.superclasses("HermiT", ISNAD.Person)
    assert not opened.with_type("https://w3id.org/isnad/entity/Q159", ISNAD.Person).is_consistent("HermiT")


@pytest.mark.parametrize(("query", "sparql"), QUERIES)
def test_dl_queries_find_what_sparql_finds(opened: owl_api.Loaded, gold_graph: Store, query: str, sparql: str) -> None:
    language = "en" if query.isascii() else "ar"
    wanted = found_by_sparql(gold_graph, sparql)
    assert wanted
    for reasoner in ("HermiT", "ELK") if NO_ELK not in query else ("HermiT",):
        found = opened.instances(reasoner, query, language)
        assert {one for one in found if not one.startswith(WIKIDATA)} == wanted


def found_by_sparql(store: Store, pattern: str) -> set[str]:
    query = f"SELECT DISTINCT ?x WHERE {{ {pattern} }}"
    rows = store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    return {row["x"].value for row in rows}  # type: ignore[union-attr]


def test_the_words_stand_behind_each_role(folder: Path) -> None:
    graph = Graph().parse(folder / "isnad.owl", format="xml")
    owl = "http://www.w3.org/2002/07/owl#"
    found = graph.query(
        f"""SELECT ?words ?claim {{ ?axiom a <{owl}Axiom> ; <{owl}annotatedProperty> isnad:party ; rdfs:comment ?words ;
        dcterms:source ?claim . ?claim isnad:reports/^<{owl}annotatedSource> ?axiom }}""",
        initNs=PREFIXES,
    )
    assert len(list(found)) > 20


@pytest.mark.parametrize("picture", ["protege-classes.svg", "protege-event.svg"])
def test_the_pictures_are_those_of_the_ontology(picture: str) -> None:
    assert f"({picture})" in PAGE
    shown = "".join(ElementTree.fromstring((DOCS / picture).read_text(encoding="utf-8")).itertext())
    if "classes" in picture:
        ontology = Graph().parse(ontology_dir() / "isnad.ttl")
        owl_class = NamedNode("http://www.w3.org/2002/07/owl#Class").value
        rows = ontology.query(
            f"SELECT ?l {{ ?c a <{owl_class}> ; rdfs:label ?l FILTER(STRSTARTS(STR(?c), '{ISNAD.base}')) }}"
        )
        assert all(str(row[0]) in shown for row in rows)  # type: ignore[index]
    else:
        assert all(word in shown for word in ("reports", "prov:wasDerivedFrom", "dcterms:isPartOf", "fills party"))
