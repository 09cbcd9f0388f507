"""The pipeline end to end: real files in, a store and an honest report out."""

import json
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from conftest import GOLD
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from kg.build import BuildReport, Options, build
from kg.graph.iris import Iris
from kg.graph.piece import dumps, loads, make_piece
from kg.model import Reading
from kg.readings import dumps as reading_json
from kg.shipped import shipped
from kg.store import current_version, open_reader

SEEDS = sorted(shipped("seeds").glob("*.txt"))
ONE, TWO = SEEDS[0].stem, SEEDS[2].stem


def lines(directory: Path) -> list[str]:
    """The store as sorted N-Quads."""
    with open_reader(directory) as reader:
        dump = reader.store.dump(format=RdfFormat.N_QUADS)
    assert dump
    return sorted(dump.decode().splitlines())


def graphs(directory: Path) -> dict[str, list[str]]:
    """The sorted N-Quads of each graph that is of one article."""
    found: dict[str, list[str]] = {}
    for line in lines(directory):
        graph = line.removesuffix(" .").rpartition(" ")[2]
        if "/article/" in graph:
            found.setdefault(graph, []).append(line)
    return found


def test_the_gold_readings_build_without_a_problem(gold_built: tuple[Path, BuildReport]) -> None:
    directory, report = gold_built
    assert report.problems == ()
    assert (report.articles, report.events, report.claims) == (5, 100, 100)
    assert build([GOLD, shipped("seeds")], directory) == replace(report, changed=False)


def test_the_seeds_build_by_the_reader(tmp_path: Path) -> None:
    report = build([shipped("seeds")], tmp_path)
    assert report.articles == 5
    assert report.events > 20


def test_order_and_hash_seed_change_no_byte(tmp_path: Path, gold_store: Path) -> None:
    files = sorted(GOLD.glob("*.json")) + SEEDS
    Random(3).shuffle(files)
    script = "import sys; from kg.build import build; build(sys.argv[2:], sys.argv[1])"
    command = [sys.executable, "-c", script, str(tmp_path / "other"), *map(str, files)]
    environment = {"PYTHONHASHSEED": "12345", "PATH": ""}
    subprocess.run(command, check=True, cwd=Path(__file__).parents[1], env=environment)
    assert lines(tmp_path / "other") == lines(gold_store)
    assert current_version(tmp_path / "other") == current_version(gold_store)


@pytest.fixture(scope="session")
def two(tmp_path_factory: pytest.TempPathFactory, gold_readings: dict[str, Reading]) -> tuple[Path, Path]:
    """Two gold readings as files that hold their text."""
    folder = tmp_path_factory.mktemp("readings")
    for name in (ONE, TWO):
        (folder / f"{name}.json").write_text(reading_json(gold_readings[name]), encoding="utf-8")
    return folder / f"{ONE}.json", folder / f"{TWO}.json"


def test_building_one_again_leaves_the_rest_alone(
    tmp_path: Path, two: tuple[Path, Path], gold_readings: dict[str, Reading]
) -> None:
    build(two, tmp_path / "store")
    before = graphs(tmp_path / "store")
    reading = gold_readings[ONE]
    (tmp_path / "again.json").write_text(reading_json(replace(reading, events=reading.events[:3])), encoding="utf-8")
    report = build([tmp_path / "again.json"], tmp_path / "store", Options(add=True))
    after = graphs(tmp_path / "store")
    changed = f"<{Iris().article(ONE)}>"
    assert report.articles == 2
    assert after.keys() == before.keys()
    assert len(after[changed]) < len(before[changed])
    assert all(after[name] == before[name] for name in after if name != changed)


def test_removing_an_article_leaves_no_trace(tmp_path: Path, two: tuple[Path, Path]) -> None:
    build(two[:1], tmp_path / "alone")
    build(two, tmp_path / "store")
    build([], tmp_path / "store", Options(add=True, remove=frozenset({TWO})))
    assert lines(tmp_path / "store") == lines(tmp_path / "alone")


def test_one_event_in_two_articles_has_two_claims(tmp_path: Path, gold_readings: dict[str, Reading]) -> None:
    reading = gold_readings[SEEDS[1].stem]
    for name in ("first", "second"):
        copy = replace(reading, article=replace(reading.article, id=name))
        (tmp_path / f"{name}.json").write_text(reading_json(copy), encoding="utf-8")
    report = build([tmp_path / "first.json", tmp_path / "second.json"], tmp_path / "store")
    assert report.claims == 2 * len(reading.events)
    assert len(reading.events) < report.events < report.claims
    query = """PREFIX isnad: <https://w3id.org/isnad/ontology#>
        SELECT ?e WHERE { ?c isnad:reports ?e . ?e a isnad:Meeting } GROUP BY ?e HAVING (COUNT(DISTINCT ?c) = 2)"""
    with open_reader(tmp_path / "store") as reader:
        found = reader.store.query(query, use_default_graph_as_union=True)
        assert isinstance(found, QuerySolutions)
        assert len(list(found)) > 0


def test_a_corrected_reading_stands_in_for_its_article(tmp_path: Path, gold_readings: dict[str, Reading]) -> None:
    build([SEEDS[0], GOLD / f"{ONE}.json"], tmp_path)
    claims = len(gold_readings[ONE].events)
    with open_reader(tmp_path) as reader:
        graph = NamedNode(Iris().article(ONE))
        rule = NamedNode("https://w3id.org/isnad/ontology#rule")
        rules = [quad.object.value for quad in reader.store.quads_for_pattern(None, rule, None, graph)]  # type: ignore[union-attr]
    assert rules == ["hand"] * claims


def test_bad_files_are_named_and_the_good_ones_built(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for seed in SEEDS[:2]:
        shutil.copy(seed, folder)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "latin.txt").write_bytes("Él llegó a Perú".encode("latin-1"))
    (folder / "long.txt").write_text("قال " * 1_300_000, encoding="utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 10)
    report = build([folder], tmp_path / "store")
    assert report.articles == 2
    assert [Path(problem.item).name for problem in report.problems] == [
        "binary.txt",
        "empty.txt",
        "latin.txt",
        "long.txt",
    ]
    assert all(problem.message for problem in report.problems)


def test_a_build_of_nothing_usable_keeps_the_store(tmp_path: Path, two: tuple[Path, Path]) -> None:
    old = build(two[:1], tmp_path)
    report = build([tmp_path / "missing"], tmp_path)
    assert (report.version, report.articles, report.changed) == (old.version, 1, False)
    assert "no such file" in str(report.problems[0])
    assert build([tmp_path / "missing"], tmp_path / "new").version == ""


def test_what_shacl_rejects_is_told_and_left_out(gold_readings: dict[str, Reading]) -> None:
    reading = gold_readings[ONE]
    event = next(one for one in reading.events if one.type == "Agreement")
    bad = replace(event, subjects=("",))
    events = tuple(bad if one is event else one for one in reading.events)
    piece = make_piece(replace(reading, events=events), Iris())
    assert piece.claims == len(reading.events) - 1
    (problem,) = piece.problems
    assert problem.item == reading.article.id
    assert problem.sentence
    assert f"event {event.id} (Agreement) left out" in problem.message
    assert loads(dumps(piece)) == piece


def test_an_article_that_shacl_rejects_is_not_loaded(gold_readings: dict[str, Reading]) -> None:
    reading = gold_readings[ONE]
    piece = make_piece(replace(reading, article=replace(reading.article, language="Arabic!")), Iris())
    assert not piece.loaded
    assert "not loaded" in piece.problems[0].message


def test_an_event_with_an_unbacked_role_is_left_out(gold_readings: dict[str, Reading]) -> None:
    reading = gold_readings[ONE]
    events = (replace(reading.events[0], fillers=()), *reading.events[1:])
    piece = make_piece(replace(reading, events=events), Iris())
    assert piece.claims == len(reading.events) - 1
    assert all("no words fill the role" in problem.message for problem in piece.problems)


def test_an_event_of_an_unlisted_entity_is_left_out(gold_readings: dict[str, Reading]) -> None:
    reading = gold_readings[ONE]
    entities = tuple(one for one in reading.entities if one.id != reading.events[0].roles["participant"][0])
    piece = make_piece(replace(reading, entities=entities), Iris())
    assert piece.loaded
    assert piece.claims < len(reading.events)
    assert all("refers to an entity that is not listed" in problem.message for problem in piece.problems)


def test_inferred_triples_can_be_left_out(tmp_path: Path, two: tuple[Path, Path], gold_graph: Store) -> None:
    build(two[:1], tmp_path, Options(inferred=False))
    inferred = NamedNode(Iris().graph("inferred"))
    assert next(gold_graph.quads_for_pattern(None, None, None, inferred), None)
    with open_reader(tmp_path) as reader:
        assert next(reader.store.quads_for_pattern(None, None, None, inferred), None) is None


def test_the_build_describes_itself(gold_graph: Store) -> None:
    query = """PREFIX void: <http://rdfs.org/ns/void#> PREFIX isnad: <https://w3id.org/isnad/ontology#>
        SELECT ?n WHERE { ?d a void:Dataset ; void:classPartition ?p . ?p void:class isnad:Claim ; void:entities ?n }"""
    found = gold_graph.query(query, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    assert [row["n"].value for row in found] == ["100"]  # type: ignore[union-attr]


def test_many_articles_are_read_by_several_processes(tmp_path: Path) -> None:
    text = SEEDS[0].read_text(encoding="utf-8").split("\n")[0]
    articles = tmp_path / "many.jsonl"
    rows = ({"id": f"a{number}", "text": f"{text}\n{number}", "published": "2024-01-02"} for number in range(25))
    articles.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    report = build([articles], tmp_path / "store", Options(workers=2))
    assert (report.articles, report.problems) == (25, ())
    alone = build([articles], tmp_path / "alone", Options(workers=1))
    assert alone == report
    assert lines(tmp_path / "alone") == lines(tmp_path / "store")


@pytest.mark.parametrize("seed", range(2))
def test_a_killed_build_leaves_the_old_or_the_new(tmp_path: Path, two: tuple[Path, Path], seed: int) -> None:
    old = build(two[:1], tmp_path)
    script = "import sys; from kg.build import build; print(1, flush=True); build(sys.argv[2:], sys.argv[1])"
    command = [sys.executable, "-c", script, str(tmp_path), *map(str, two)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]) as process:
        assert process.stdout
        process.stdout.readline()
        time.sleep(Random(seed).uniform(0, 1.5))
        process.send_signal(signal.SIGKILL)
    with open_reader(tmp_path) as reader:
        assert (reader.version == old.version) == (len(reader.store) == old.triples)
    new: BuildReport = build(two, tmp_path)
    assert (new.articles, new.problems) == (2, ())
    assert not list(tmp_path.rglob("*.new"))
