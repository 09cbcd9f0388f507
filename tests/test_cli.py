"""The command: help with an example for each, errors in one line, exit statuses, and each command's work."""

import csv
import json
import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click import Context, Option

from kg.cli import cli
from kg.shipped import shipped

COMMANDS = sorted(cli.commands)
KG = [sys.executable, "-m", "kg.cli"]


def kg(*arguments: str, stdin: str | None = None, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "KG_STORE"}
    environment |= {"PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.run(
        [*KG, *arguments], input=stdin, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_there_are_the_commands_of_the_contract() -> None:
    assert {"build", "read", "explain", "query", "serve", "export", "check", "link", "evaluate"} <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_help_with_an_example(name: str) -> None:
    command = cli.commands[name]
    text = command.get_help(Context(command, info_name=f"kg {name}"))
    assert command.help
    assert "Example:" in text
    assert f"$ kg {name}" in text or f"| kg {name}" in text
    for parameter in command.params:
        assert not isinstance(parameter, Option) or parameter.help, parameter.name


def test_help_is_quick_for_it_loads_nothing() -> None:
    started = time.monotonic()
    ended = kg("--help")
    assert (ended.returncode, "Commands:" in ended.stdout) == (0, True)
    assert time.monotonic() - started < 1
    code = "import sys, kg.cli; print([m for m in ('rdflib', 'pyoxigraph', 'starlette', 'jinja2') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["query", "nothing"], 1, "kg: nothing: no saved query and no file; the saved ones are listed by: kg query"),
        (["query", "entities", "--store", "none"], 1, "no store here; build one first: kg build --store none"),
        (["serve", "--store", "none"], 1, "no store here; build one first"),
        (["query", "entities", "--param", "x"], 2, "kg: --param x: write it as NAME=VALUE. See: kg.cli query --help"),
        (["query", "--colour"], 2, "No such option"),
        (["fly"], 2, "No such command 'fly'"),
        (["read", "nothing.txt"], 1, "kg: nothing.txt: no such file or directory; check the name"),
        (["explain", "nothing.txt"], 1, "kg: nothing.txt: no such file or directory"),
        (["evaluate", "."], 1, "kg: .: holds no readings; name a directory with NAME.json files"),
    ],
)
def test_an_error_is_one_line_with_its_status(arguments: list[str], status: int, message: str, tmp_path: Path) -> None:
    ended = kg(*arguments, cwd=tmp_path)
    assert ended.returncode == status
    assert message.removeprefix("kg: ").split(" See:")[0] in ended.stderr
    assert ended.stderr.startswith("kg: ")
    assert ended.stderr.count("\n") == 1
    assert "Traceback" not in ended.stderr


def test_query_prints_every_format(gold_store: Path) -> None:
    table = kg("query", "agreements-between", "--store", str(gold_store), "--param", "first=روسيا")
    assert table.returncode == 0
    assert table.stdout.startswith("date ")
    assert "\u2068" not in table.stdout
    rows = list(
        csv.DictReader(
            kg("query", "agreements-between", "--store", str(gold_store), "--format", "csv").stdout.splitlines()
        )
    )
    assert table.stdout.splitlines()[-1] == f"{len(rows)} rows"
    found = json.loads(kg("query", "agreements-between", "--store", str(gold_store), "--format", "json").stdout)
    assert len(found["results"]["bindings"]) == len(rows)
    assert kg("query", "-", "--store", str(gold_store), stdin="ASK { ?e a isnad:Event }").stdout == "true\n"
    graph = kg("query", "-", "--store", str(gold_store), stdin="CONSTRUCT WHERE { ?s a isnad:Country }")
    assert "a isnad:Country" in graph.stdout
    wrong = kg("query", "-", "--store", str(gold_store), "--format", "turtle", stdin="ASK {}")
    assert (wrong.returncode, "choose of these" in wrong.stderr) == (1, True)
    assert "who-said-what" in kg("query").stdout


def test_a_terminal_gets_isolates_and_its_width(gold_store: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen([*KG, "query", "agreements-between", "--store", str(gold_store)], stdout=theirs)
    os.close(theirs)
    pieces = []
    try:
        while piece := os.read(ours, 65536):
            pieces.append(piece)
    except OSError:
        pass  # the other end of a terminal closes with an error on Linux
    assert process.wait() == 0
    text = b"".join(pieces).decode("utf-8")
    assert text.count("\u2068") == text.count("\u2069") > 0
    os.close(ours)


def test_read_explain_build_export_check_and_link(tmp_path: Path) -> None:
    store = str(tmp_path / "store")
    seed = sorted(shipped("seeds").glob("*.txt"))[0]
    ended = kg("read", str(seed.parent), "--out", str(tmp_path / "readings"))
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
    assert {file.stem for file in (tmp_path / "readings").iterdir()} == {
        file.stem for file in seed.parent.glob("*.txt")
    }
    assert json.loads(kg("read", str(seed)).stdout)["article"] == seed.stem
    assert "evidence:" in kg("explain", str(seed)).stdout
    built = kg("build", str(seed), "--store", store)
    assert (built.returncode, "1 articles" in built.stdout) == (0, True)
    assert "is up to date" in kg("build", str(seed), "--store", store).stdout
    output = tmp_path / "isnad.ttl"
    assert (
        kg("export", "--store", store, "--profile", "schema", "--format", "turtle", "--output", str(output)).returncode
        == 0
    )
    assert b"isnad:Agreement" in output.read_bytes()
    assert not list(tmp_path.glob(".*partial"))
    checked = kg("check", "--store", store, "--format", "json")
    assert (checked.returncode == 0) is (json.loads(checked.stdout)["exceptions"] == 0)
    linked = kg("link", "--store", store, "--out", str(tmp_path / "review"))
    assert linked.returncode == 0
    rows = list(csv.DictReader((tmp_path / "review.csv").read_text(encoding="utf-8").splitlines()))
    assert rows
    assert all(row["entity"] and row["decision"] == "" for row in rows)
    mappings = (tmp_path / "review.sssom.tsv").read_text(encoding="utf-8").splitlines()
    assert mappings[0].startswith("# mapping_set_id")
    assert len([line for line in mappings if not line.startswith("#")]) > len(rows)


def test_bad_files_are_named_and_good_ones_built(tmp_path: Path) -> None:
    files = tmp_path / "articles"
    files.mkdir()
    for seed in sorted(shipped("seeds").glob("*.txt"))[:2]:
        (files / seed.name).write_bytes(seed.read_bytes())
    (files / "empty.txt").write_bytes(b"")
    (files / "latin.txt").write_bytes("Señor Maduro dijo".encode("latin-1"))
    (files / "binary.txt").write_bytes(bytes(range(256)))
    (files / "long.txt").write_bytes("كلمة ".encode() * 600_000)
    ended = kg("build", str(files), "--store", str(tmp_path / "store"))
    assert ended.returncode == 1
    assert "2 articles" in ended.stdout
    for name in ("empty", "latin", "binary", "long"):
        assert f"{name}.txt" in ended.stderr
    assert "[" not in ended.stderr.replace("[]", "")


def test_evaluate_prints_the_figures() -> None:
    ended = kg("evaluate", str(Path(__file__).parent / "gold"))
    assert ended.returncode == 0
    assert "event F1" in ended.stdout.splitlines()[-1]
