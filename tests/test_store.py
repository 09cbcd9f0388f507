"""Versions of a store: switched to at once, kept while read, whole after a kill."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import StoreError
from kg.store import Manifest, current_version, locked, open_graph, open_reader, publish, read_manifest

KILLS = 8

WRITER = """
import sys
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
from kg.store import locked, publish

def fill(name):
    def write(store):
        store.bulk_extend(Quad(NamedNode(f"x:{i}"), NamedNode("x:is"), Literal(name)) for i in range(3000))
        return {"name": name}
    return write

directory, number = Path(sys.argv[1]), int(sys.argv[2])
print("begins", flush=True)
while True:
    with locked(directory):
        number += 1
        publish(directory, f"v{number}", fill(f"v{number}"))
"""


def write(directory: Path, name: str) -> None:
    def fill(store: Store) -> Manifest:
        store.add(Quad(NamedNode("x:it"), NamedNode("x:is"), Literal(name)))
        return {"name": name}

    with locked(directory):
        publish(directory, name, fill)


def value(store: Store) -> str:
    return next(iter(store)).object.value  # type: ignore[union-attr]


def versions(directory: Path) -> set[str]:
    return {path.name for path in (directory / "versions").iterdir()}


def test_an_empty_directory_says_what_to_do(tmp_path: Path) -> None:
    assert current_version(tmp_path) is None
    assert read_manifest(tmp_path) == {}
    with pytest.raises(StoreError, match=r"no store here; build one first: kg build --store"):
        open_reader(tmp_path)


def test_a_version_is_read_with_its_manifest(tmp_path: Path) -> None:
    write(tmp_path, "one")
    with open_reader(tmp_path) as reader:
        assert (reader.version, value(reader.store)) == ("one", "one")
    assert read_manifest(tmp_path) == {"name": "one"}


def test_an_open_reader_keeps_its_version(tmp_path: Path) -> None:
    write(tmp_path, "one")
    reader = open_reader(tmp_path)
    for name in ("two", "three", "four"):
        write(tmp_path, name)
    assert value(reader.store) == "one"
    assert versions(tmp_path) == {"one", "three", "four"}
    reader.close()
    write(tmp_path, "five")
    assert versions(tmp_path) == {"four", "five"}


def test_a_finished_version_is_taken_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, "one")
    write(tmp_path, "two")
    write(tmp_path, "one")
    assert current_version(tmp_path) == "one"


def test_two_builds_do_not_collide(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(StoreError, match="another build is writing"), locked(tmp_path):
        pass
    write(tmp_path, "one")


def test_a_missing_version_is_told(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("gone\n")
    with pytest.raises(StoreError, match="the current version is missing"):
        open_reader(tmp_path)


def test_a_notebook_queries_the_store(gold_store: Path) -> None:
    graph = open_graph(gold_store)
    rows = list(
        graph.query("SELECT (COUNT(DISTINCT ?e) AS ?n) WHERE { ?e a <https://w3id.org/isnad/ontology#Agreement> }")
    )
    assert int(rows[0][0]) > 5


def test_kill_at_any_moment_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    moments = random.Random(7)
    begun = time.monotonic()
    write(tmp_path, "v0")
    one_build = time.monotonic() - begun
    for number in range(KILLS):
        command = [sys.executable, "-c", WRITER, str(tmp_path), str(100 * number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[1]) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(moments.uniform(0, 5 * one_build))
            process.send_signal(signal.SIGKILL)
        with open_reader(tmp_path) as reader:
            assert len(reader.store) == (1 if reader.version == "v0" else 3000)
            assert {quad.object.value for quad in reader.store} == {reader.version}  # type: ignore[union-attr]
        assert read_manifest(tmp_path) == {"name": reader.version}
    assert current_version(tmp_path) != "v0"
    write(tmp_path, "last")
    assert len(versions(tmp_path)) == 2
