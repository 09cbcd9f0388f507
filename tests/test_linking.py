"""Linking without the network: names that sound alike, files for review, decisions that outlive rebuilds."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Store

from kg.build import DEFAULT, BuildReport, Options, build
from kg.errors import LinkError
from kg.graph.check import check
from kg.graph.vocabulary import GEO, ISNAD, SKOS
from kg.linking.command import Settings, link
from kg.linking.decisions import read_links
from kg.linking.kept import FILE, decided, joined, kept_links
from kg.linking.records import Link
from kg.linking.review import review_csv, review_sssom, unlinked
from kg.linking.tables import country_told, from_tables
from kg.shipped import shipped
from kg.sound import likeness, sound_key
from kg.store import open_reader

GOLD = Path(__file__).parent / "gold"
ENTITY = "https://w3id.org/isnad/entity/"
GUAIDO, PEOPLE = "person-juan-guaido", "organization-venezuelan-people"
HEAD = "entity,label,decision,proposal,score,method\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("غورباتشوف", "جورباتشوف"),
        ("غورباتشوف", "كورباتشوف"),
        ("ڤلاديمير", "فلاديمير"),
        ("كيم جونغ-أون", "كيم جونغ اون"),
        ("أبو ظبي", "أبوظبي"),
        ("ديمتري مدفيديف", "دميتري ميدفيديف"),
        ("تشافيز", "شافيز"),
        ("Nicolás Maduro", "Nicolas Maduro"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other)
    assert likeness(one, other) > 0.85


@pytest.mark.parametrize(
    ("one", "other"), [("روسيا", "سوريا"), ("إيران", "العراق"), ("مادورو", "موراليس"), ("باريس", "برلين")]
)
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert sound_key(one) != sound_key(other)
    assert likeness(one, other) < 0.75


def test_a_key_is_of_consonants_and_never_fails() -> None:
    assert sound_key("") == sound_key("ـ ، !") == ""
    assert sound_key("اوي")
    assert likeness("", "") == 1.0


def test_the_tables_offer_rows_of_the_type_that_sound_alike() -> None:
    assert [one.qid for one in from_tables(["فلاديمر بوتين"], "Person")][:1] == ["Q7747"]
    assert from_tables(["فلاديمر بوتين"], "Place") == ()
    assert from_tables(["قصر لا وجود له البتة"], "Place") == ()


@pytest.mark.parametrize(
    ("form", "country"),
    [
        ("وزارة الدفاع الفنزويلية", "Q717"),
        ("سفير روسيا", "Q159"),
        ("القمة الروسية الفنزويلية", None),
        ("الوزارة", None),
    ],
)
def test_a_name_tells_its_country(form: str, country: str | None) -> None:
    assert country_told([form]) == country


def test_each_entity_for_review_has_its_sentence_and_an_empty_decision(gold_graph: Store) -> None:
    found = unlinked(gold_graph)
    rows = list(csv.DictReader(review_csv(found).splitlines()))
    assert len(rows) == len(found) > 10
    assert all(row["sentence"] and row["decision"] == "" and row["entity"].startswith(ENTITY) for row in rows)
    guaido = next(row for row in rows if row["entity"] == ENTITY + GUAIDO)
    assert (guaido["proposal"], guaido["score"]) == ("Q58833335", "1.0")
    assert "Q58833335 Juan Guaidó (1.00, tables, by sound)" in guaido["candidates"]
    mappings = [line.split("\t") for line in review_sssom(found).splitlines() if not line.startswith("#")]
    assert mappings[0][-1] == "decision"
    assert len({tuple(map(len, mappings[:1]))}) == 1
    assert {row[2] for row in mappings[1:]} <= {"skos:exactMatch", "skos:closeMatch", "skos:relatedMatch"}
    assert [one.local for one in unlinked(gold_graph, {GUAIDO})].count(GUAIDO) == 0


def written(folder: Path, text: str, name: str = "links.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_decisions_of_both_forms_are_read(tmp_path: Path) -> None:
    table = written(tmp_path, HEAD + f"{ENTITY}{GUAIDO},x,Q58833335,,,\nentity:{PEOPLE},x,None,Q5,0.9,m\n")
    found = read_links([table])
    assert found[GUAIDO] == Link(GUAIDO, "Q58833335", True, "links.csv", "a person's decision")
    assert found[PEOPLE].qid is None
    assert found[PEOPLE].sure
    sssom = (
        "# curie_map:\n#   wd: x\n"
        "subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tauthor_label\n"
        f"entity:{GUAIDO}\tskos:exactMatch\twd:Q58833335\tsemapv:ManualMappingCuration\t\tمنى\n"
        "entity:place-x\tskos:closeMatch\twd:Q5\tsemapv:LexicalMatching\t0.93\t\n"
        "entity:place-y\tskos:relatedMatch\twd:Q6\tsemapv:LexicalMatching\t0.5\t\n"
        "entity:place-z\tskos:exactMatch\tsssom:NoTermFound\tsemapv:MappingReview\t\t\n"
        "entity:place-w\tskos:exactMatch\tsssom:NoTermFound\tsemapv:LexicalMatching\t\t\n"
    )
    found = read_links([written(tmp_path, sssom, "links.tsv")])
    assert set(found) == {GUAIDO, "place-x", "place-z"}
    assert found[GUAIDO].source == "links.tsv, by منى"
    assert (found["place-x"].sure, found["place-x"].score) == (False, 0.93)
    assert (found["place-z"].sure, found["place-z"].qid) == (True, None)


def test_what_spreadsheets_save_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "excel.csv"
    text = f"entity;label;decision\r\n{ENTITY}{GUAIDO};خوان;https://www.wikidata.org/wiki/Q58833335\r\n"
    file.write_bytes(text.encode("utf-8-sig"))
    assert read_links([file])[GUAIDO].qid == "Q58833335"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + f"entity:{GUAIDO},x,Q0,,,\n", "links.csv:2: the decision 'Q0' is no QID; write one such as Q159"),
        (HEAD + f"entity:{GUAIDO},x,yes,,,\n", "links.csv:2: the decision 'yes' is no QID"),
        (HEAD + f"entity:{GUAIDO},x,,Q5,95,m\n", "links.csv:2: the score '95' is no number from 0 to 1"),
        (HEAD + f"entity:{GUAIDO},x,,Q5,nan,m\n", "the score 'nan' is no number"),
        (HEAD + f"entity:{GUAIDO},x,,5,0.9,m\n", "the proposal '5' is no QID"),
        (
            HEAD + f"entity:{GUAIDO},x,Q159,,,\n",
            "Q159 is Russia, a Country, and person-juan-guaido is a Person; decide",
        ),
        (HEAD + "entity:Q7747,x,Q159,,,\n", "is linked already; correct its reading"),
        (HEAD + "Juan,x,Q159,,,\n", "'Juan' is no unlinked entity; leave that column as kg link wrote it"),
        (HEAD + f"entity:{GUAIDO},Q159\n", "links.csv:2: 2 cells where the header has 6; quote cells"),
        ("name,decision\nx,Q1\n", "links.csv:1: no column `entity` or `subject_id`"),
        ("", "links.csv:1: no column"),
        (
            HEAD + f"entity:{GUAIDO},x,Q5,,,\nentity:{PEOPLE},x,,,,\n{ENTITY}{GUAIDO},x,none,,,\n",
            r"links.csv:4: decides none for person-juan-guaido, but \S*links.csv:2 decides Q5; keep one",
        ),
    ],
)
def test_a_wrong_file_is_named_with_its_line_and_the_mend(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(LinkError, match=message):
        read_links([written(tmp_path, text)])


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes("entity,decision\nمنى".encode("utf-16"))
    for name in ("x.csv", "none.csv"):
        with pytest.raises(LinkError, match=f"{name}: cannot be read"):
            read_links([tmp_path / name])


def test_a_new_decision_replaces_an_old_one_and_a_proposal_does_not() -> None:
    old = {GUAIDO: Link(GUAIDO, "Q1", True, "a", "a person's decision")}
    assert joined(old, [Link(GUAIDO, "Q2", False, "b", "m", 0.9)]) == old
    assert joined(old, [Link(GUAIDO, "Q2", True, "b", "a person's decision")])[GUAIDO].qid == "Q2"
    assert joined(old, [Link(GUAIDO, None, True, "b", "open")]) == {}
    assert decided(old) == {GUAIDO}


def linked_build(store: Path, text: str = "", options: Options = DEFAULT) -> BuildReport:
    files = (written(store.parent, HEAD + text),) if text else ()
    return build([GOLD, shipped("seeds")], store, Options(links=files, add=options.add))


def values(graph: Store, entity: str, predicate: str) -> set[str]:
    subject = entity if "/" in entity else ENTITY + entity
    quads = graph.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None, None)
    return {quad.object.value for quad in quads if isinstance(quad.object, NamedNode | Literal)}


def test_a_decision_makes_the_entity_the_item_and_outlives_rebuilds(tmp_path: Path) -> None:
    store = tmp_path / "store"
    linked_build(store, f"entity:{GUAIDO},x,Q58833335,,,\nentity:{PEOPLE},x,none,,,\n")
    assert not linked_build(store).changed
    with open_reader(store) as reader:
        first = reader.version
        graph = reader.store
        assert values(graph, GUAIDO, str(ISNAD.linkStatus)) == set()
        assert values(graph, "Q58833335", "http://www.w3.org/2002/07/owl#sameAs") == {
            "http://www.wikidata.org/entity/Q58833335"
        }
        assert values(graph, "Q58833335", str(ISNAD.linkMethod)) == {"a person's decision"}
        assert "links.csv" in values(graph, "Q58833335", str(ISNAD.linkSource))
        assert values(graph, PEOPLE, str(ISNAD.linkStatus)) == {str(ISNAD["link-unlinked"])}
        assert values(graph, PEOPLE, str(ISNAD.linkMethod)) == {"a person's decision: no item"}
        assert check(graph).exceptions == 0
        assert {one.local for one in unlinked(graph, decided(kept_links(store)))}.isdisjoint({GUAIDO, PEOPLE})
    build([GOLD], store, Options(add=True))  # readings again, their texts kept in the store's own pieces
    assert read_links([store / FILE]) == kept_links(store)
    linked_build(store, f"entity:{GUAIDO},x,open,,,\n")
    with open_reader(store) as reader:
        assert reader.version != first
        assert values(reader.store, GUAIDO, str(ISNAD.linkStatus))


def test_a_decision_reaches_articles_that_are_not_given_again(tmp_path: Path) -> None:
    store = tmp_path / "store"
    linked_build(store)
    file = written(tmp_path, HEAD + f"entity:{GUAIDO},x,Q58833335,,,\n")
    report = build([], store, Options(add=True, links=(file,)))
    assert report.changed
    with open_reader(store) as reader:
        assert values(reader.store, "Q58833335", str(ISNAD.linkMethod)) == {"a person's decision"}


def test_a_build_with_a_decision_is_the_same_whatever_came_before(tmp_path: Path) -> None:
    decision = f"entity:{GUAIDO},x,Q58833335,,,\n"
    at_once, later = tmp_path / "a" / "store", tmp_path / "b" / "store"
    at_once.mkdir(parents=True)
    later.mkdir(parents=True)
    linked_build(at_once, decision)
    linked_build(later)
    linked_build(later, decision)
    with open_reader(at_once) as one, open_reader(later) as other:
        assert one.version == other.version
        assert set(map(str, one.store)) == set(map(str, other.store))


def test_a_wrong_decision_leaves_store_and_decisions_as_they_were(tmp_path: Path) -> None:
    store = tmp_path / "store"
    linked_build(store)
    with pytest.raises(LinkError, match="is no QID"):
        linked_build(store, f"entity:{PEOPLE},x,none,,,\nentity:{GUAIDO},x,Q,,,\n")
    assert kept_links(store) == {}
    assert not linked_build(store).changed


def test_a_proposal_is_near_and_never_the_same(tmp_path: Path) -> None:
    store = tmp_path / "store"
    linked_build(store, f"entity:{GUAIDO},x,,Q58833335,0.93,search\n")
    with open_reader(store) as reader:
        graph = reader.store
        assert values(graph, GUAIDO, str(ISNAD.linkStatus)) == {str(ISNAD["link-proposed"])}
        assert values(graph, GUAIDO, str(SKOS.closeMatch)) == {"http://www.wikidata.org/entity/Q58833335"}
        assert values(graph, GUAIDO, str(ISNAD.linkScore)) == {"0.93"}
        assert values(graph, GUAIDO, str(ISNAD.linkMethod)) >= {"search"}
        assert values(graph, GUAIDO, str(ISNAD.linkSource)) == {"links.csv"}
        assert values(graph, GUAIDO, "http://www.w3.org/2002/07/owl#sameAs") == set()
        assert check(graph).exceptions == 0
        assert GUAIDO in {one.local for one in unlinked(graph, decided(kept_links(store)))}


def test_the_graph_holds_places_and_terms_of_office(gold_graph: Store) -> None:
    assert values(gold_graph, "Q649", str(GEO.lat)) == {"55.7522"}
    assert values(gold_graph, "Q649", str(GEO.long)) == {"37.6155"}
    tenures = values(gold_graph, "Q7747", str(ISNAD.tenure))
    current = next(one for one in tenures if one.endswith("/tenure/Q7747-president-Q159-2012-05-07"))
    assert values(gold_graph, current, str(ISNAD.office)) == {str(ISNAD["office-president"])}
    assert values(gold_graph, current, str(ISNAD.officeAt)) == {f"{ENTITY}Q159"}
    assert values(gold_graph, current, str(ISNAD.since)) == {"2012-05-07"}
    assert values(gold_graph, current, str(ISNAD.until)) == set()


GUARD = """
import os, sys
def hook(event, args):
    if event.startswith("socket.") and event != "socket.__new__" and event != "socket.gethostname":
        with open(os.environ["SEEN"], "a") as seen:
            print(event, args, file=seen)
        raise RuntimeError(f"a socket was opened: {event}")
sys.addaudithook(hook)
"""


def test_nothing_opens_a_socket_unless_told(tmp_path: Path) -> None:
    """Every Python process, workers too, tells of each connection, look-up of a host and bind, and refuses it."""
    (tmp_path / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    articles = tmp_path / "articles"
    articles.mkdir()
    for copy in range(6):  # more than it takes to start worker processes
        for seed in shipped("seeds").glob("*.txt"):
            (articles / f"{seed.stem}-{copy}.txt").write_bytes(seed.read_bytes())
    seen = tmp_path / "seen"
    paths = os.pathsep.join([str(tmp_path), str(Path(__file__).parents[1])])
    environment = {**os.environ, "PYTHONPATH": paths, "SEEN": str(seen)}
    store, review = str(tmp_path / "store"), str(tmp_path / "review")

    def kg(*words: str) -> str:
        command = [sys.executable, "-m", "kg.cli", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    assert "up to date" not in kg("build", str(articles), "--store", store, "--workers", "2")
    assert kg("read", str(next(articles.iterdir())))
    assert "without a Wikidata link" in kg("link", "--store", store, "--out", review)
    assert kg("build", str(articles), "--store", store, "--links", f"{review}.csv")
    assert not seen.exists()
    online = [sys.executable, "-m", "kg.cli", "link", "--store", store, "--out", review, "--online", "--pause", "0"]
    online += ["--endpoint", "http://127.0.0.1:9/api"]
    assert subprocess.run(online, env=environment, capture_output=True, text=True).returncode
    assert seen.exists()


def test_the_command_complains_of_what_it_could_not_ask(gold_store: Path, tmp_path: Path) -> None:
    complaints: list[str] = []
    lines = link(gold_store, tmp_path / "deep" / "review", Settings(), complaints.append, lambda *_: None)
    assert len(lines) == 2
    assert complaints == []
