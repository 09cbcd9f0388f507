"""What decides how an article is read: the code, tables and models of the package and its ontology, as one hash."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kg.graph.vocabulary import ontology_dir

_PACKAGE = Path(__file__).resolve().parent
_NO_PART = ("server", "shipped", "__pycache__", "cli.py", "queries.py", "evaluate.py", "py.typed")
"""What of the package reads nothing, so that changing it leaves every reading valid."""


@cache
def fingerprint() -> str:
    """Twenty hex digits that change when a file changes that could change the graph."""
    found = hashlib.sha256()
    for name, path in _files():
        found.update(f"{name}\0".encode())
        found.update(hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:20]


def _files() -> Iterator[tuple[str, Path]]:
    """The files that count, with their names in the package or the ontology."""
    for path in sorted(_PACKAGE.rglob("*")):
        parts = path.relative_to(_PACKAGE).parts
        if path.is_file() and not set(parts) & set(_NO_PART):
            yield "/".join(parts), path
    for path in sorted(ontology_dir().glob("*.ttl")):
        yield f"ontology/{path.name}", path
