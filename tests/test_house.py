"""The rules of the house that no linter knows: who may import whom, what may stand in a table, what a package holds."""

import ast
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
KG = ROOT / "kg"
SCRIPTS = [path for folder in ("tests", "benchmarks", "docs") for path in sorted((ROOT / folder).glob("*.py"))]
MODULES = sorted(KG.rglob("*.py"))
TEXTS = [ROOT / "seeds", ROOT.parent / "shared" / "annotation" / "dev" / "articles"]
RUN = 5  # words in a row that make a quotation

RDF = {"rdflib", "pyoxigraph", "oxrdflib", "pyshacl", "kg.graph", "kg.store", "kg.server", "kg.build"}
FORBIDDEN = {
    "reading": RDF | {"starlette", "uvicorn", "click"},
    "server": {"kg.reading", "kg.graph.rdf", "kg.build", "click"},
    "graph": {"kg.reading", "kg.server", "starlette", "click"},
}
"""What the modules of a folder do not import: reading knows no RDF, the server no Arabic."""

MACHINE_PATHS = re.compile(r"(?:^|[\s\"'=:(])/(?:root|home|Users|work|farm)/\w")
DOWNLOADS = re.compile(r"pypi\.org|pythonhosted|index[-_]url|find[-_]links|/simpl[e]/", re.IGNORECASE)
NOT_WORDS = re.compile(r"[\W\d_]+")
MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
PARTS = re.compile(r"[\t|]|\[[A-Z]+ [^\]]*\]")  # of a line: cells, and what stands round annotated names
MADE = {"__pycache__", "node_modules", ".mypy_cache", ".ruff_cache", "frontend"}
NO_SENTENCES = {"countries.tsv", "places.tsv", "organizations.tsv", "people.tsv", "boilerplate.tsv"}
"""Tables of names, some of five words, and of page furniture, which a thousand sites share word for word."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[str]:
    """The names of all that a module imports, wherever in it; `from a import b` gives a and a.b."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("folder", FORBIDDEN)
def test_a_folder_imports_nothing_of_another_world(folder: str) -> None:
    wrong = [
        (name_of(path), name)
        for path in sorted((KG / folder).rglob("*.py"))
        for name in imports(path)
        if within(name, FORBIDDEN[folder])
    ]
    assert not wrong


def test_what_the_package_imports_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[^\w-]", one)[0].replace("-", "_") for one in project["dependencies"]}
    used = {name.partition(".")[0] for path in MODULES for name in imports(path) if not MADE & set(path.parts)}
    assert used - declared - sys.stdlib_module_names == {"kg", "pycrfsuite"}  # the module of python-crfsuite


def test_reading_loads_no_rdf_by_a_detour_either() -> None:
    code = "import sys, kg.reading; kg.reading.read; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & RDF


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=name_of)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(tree(path))


CONTAINERS = {"list", "dict", "set", "defaultdict", "Counter", "deque", "bytearray"}
CHANGES = {"append", "extend", "insert", "pop", "popitem", "remove", "clear", "add", "discard", "update", "setdefault"}


def mutable(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in CONTAINERS
    return isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)


def containers(path: Path) -> set[str]:
    """The names of a module's lists, dictionaries and sets."""
    nodes = [node for node in tree(path).body if isinstance(node, ast.Assign | ast.AnnAssign) and mutable(node.value)]
    targets = [target for node in nodes for target in (node.targets if isinstance(node, ast.Assign) else [node.target])]
    return {target.id for target in targets if isinstance(target, ast.Name)}


def changed(path: Path) -> Iterator[str]:
    """The names whose content a module changes: `name[key] = value`, `name.append(value)`, `del name[key]`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            yield ast.unparse(node.value)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
            yield ast.unparse(node.func.value)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_keeps_state(path: Path) -> None:
    assert not containers(path) & set(changed(path))
    assert not any(isinstance(node, ast.Global) for node in ast.walk(tree(path)))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_error_is_passed_over(path: Path) -> None:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: name the error"
            assert not all(isinstance(one, ast.Pass) for one in node.body), f"line {node.lineno}: `except: pass`"


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("this is no git checkout, so nothing is tracked")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_machine_path_and_no_download_address_is_tracked() -> None:
    wrong = []
    for path in tracked():
        text = path.read_bytes().decode("utf-8", "replace")
        for number, line in enumerate(text.splitlines(), 1):
            if path != Path(__file__) and (MACHINE_PATHS.search(line) or DOWNLOADS.search(line)):
                wrong.append(f"{name_of(path)}:{number}")
    assert not wrong


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_locks_pin_and_hash_everything_and_name_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    entries = re.split(r"^(?=[a-zA-Z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) > 20
    assert [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


def words_of(text: str) -> list[str]:
    return NOT_WORDS.sub(" ", MARKS.sub("", text)).split()


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every five words in a row."""
    words = words_of(text)
    return zip(*(words[start:] for start in range(RUN)), strict=False)


@cache
def quotations() -> frozenset[tuple[str, ...]]:
    """Every five words in a row of the texts that readings are judged on."""
    files = [file for folder in TEXTS for file in sorted(folder.glob("*.txt"))]
    return frozenset(run for file in files for run in runs(file.read_text(encoding="utf-8-sig", errors="replace")))


def test_quotations_are_known() -> None:
    """Else the next test would find nothing whatever stands there."""
    first = next(iter(sorted((ROOT / "seeds").glob("*.txt"))))
    assert len(quotations()) > 1000
    assert set(runs(first.read_text(encoding="utf-8"))) <= quotations()


@pytest.mark.parametrize("pattern", ["**/*.py", "data/*.tsv", "data/names/*.txt", "server/*.tsv"])
def test_no_rule_and_no_list_quotes_a_text_that_readings_are_judged_on(pattern: str) -> None:
    wrong = [
        f"{name_of(path)}:{number}"
        for path in sorted(KG.glob(pattern))
        if path.name not in NO_SENTENCES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if any(run in quotations() for part in PARTS.split(line) for run in runs(part))
    ]
    assert not wrong


def test_the_wheel_holds_all_that_the_package_reads(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=120)
    with zipfile.ZipFile(next(iter(tmp_path.glob("*.whl")))) as wheel:
        held = set(wheel.namelist())
    package = {
        name_of(path)
        for path in KG.rglob("*")
        if path.is_file() and not MADE & set(path.parts) and path.parent.name != "names"  # what the model is made of
    }
    folders = {
        f"kg/shipped/{name_of(path)}" for name in ("ontology", "queries", "seeds") for path in (ROOT / name).iterdir()
    }
    assert (package | folders) - held == set()
