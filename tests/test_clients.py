"""Every example of docs/clients.md runs as it stands there, against a real server, and prints what the page says."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from serving import Server, starting

PAGE = (Path(__file__).parent.parent / "docs" / "clients.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(sh|python|js)\n(.*?)^```(?:\n+```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)
MODULES = ("SPARQLWrapper", "sparql_dataframe")
COMUNICA = "@comunica/query-sparql@4.5"


@dataclass(frozen=True)
class Example:
    client: str
    language: str
    code: str
    output: str


def examples() -> list[Example]:
    found = []
    for section in PAGE.split("\n## ")[1:]:
        client = section.partition("\n")[0]
        found += [Example(client, language, code, output) for language, code, output in BLOCK.findall(section)]
    return found


@pytest.fixture(scope="module")
def server(gold_store: Path) -> Iterator[Server]:
    with starting() as start:
        yield start(gold_store, "--workers", "2")


@pytest.fixture(scope="session")
def comunica() -> Path:
    """A folder with Comunica, installed once and kept between runs; skipped where it cannot be."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("Comunica needs node and npm, which are not here")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.lstrip("v").split(".")[0]) < 20:
        pytest.skip(f"Comunica needs Node 20 or later; this is {version.strip()}")
    folder = Path(os.environ.get("ISNAD_COMUNICA", Path(__file__).parent.parent / ".kg" / "comunica"))
    if not (folder / "node_modules" / "@comunica" / "query-sparql").exists():
        if not os.environ.get("ISNAD_COMUNICA_INSTALL"):
            pytest.skip(f"Comunica is not in {folder}; ISNAD_COMUNICA_INSTALL=1 lets this test install it there")
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder), COMUNICA]
        if subprocess.run(command, check=False, timeout=300).returncode:
            pytest.skip("npm cannot install Comunica: no network")
    return folder


def run(command: list[str], folder: Path) -> str:
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.replace("\r\n", "\n")


def command(example: Example, code: str, request: pytest.FixtureRequest, folder: Path) -> tuple[list[str], Path]:
    """How to run an example; skipped where its client is not installed."""
    if example.language == "sh":
        if not shutil.which("curl"):
            pytest.skip("curl is not here")
        return ["sh", "-c", code], folder
    if example.language == "python":
        for module in MODULES:
            if module in code and importlib.util.find_spec(module) is None:
                pytest.skip(f"{module} is not installed")
        return [sys.executable, "-c", code], folder
    folder = request.getfixturevalue("comunica")
    (folder / "example.mjs").write_text(code, encoding="utf-8")
    return ["node", "example.mjs"], folder


@pytest.mark.parametrize("example", examples(), ids=lambda one: f"{one.client}-{one.language}")
def test_the_example_runs(server: Server, example: Example, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    code = example.code.replace("http://127.0.0.1:8000", server.address)
    printed = run(*command(example, code, request, tmp_path))
    assert printed == example.output if example.output else printed.strip()


def test_every_client_is_there() -> None:
    clients = {example.client for example in examples()}
    assert clients == {"curl", "SPARQLWrapper", "rdflib", "sparql-dataframe", "Comunica"}
