"""The store directory: finished versions side by side, one of them current, switched to at once.

- DIR/current: the name of the current version, replaced in one step; BUILD, or BUILD+CONTENT where users wrote graphs
- DIR/versions/NAME/: a finished version, made of quads/ (Oxigraph), search.db (kg/indexing.py), manifest.json and
  in-use (the readers' lock)
- DIR/versions/.new/: a version being written; what a killed build left there goes with the next one
- DIR/cache/: what the build keeps between builds
- DIR/lock: held by the one build that runs
"""

import fcntl
import hashlib
import json
import os
import shutil
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from pyoxigraph import NamedNode, Quad, Store

from kg.errors import StoreError
from kg.graph.iris import BASE

if TYPE_CHECKING:
    import rdflib

Manifest = Mapping[str, object]

USERS = f"{BASE}graph/user/"
"""How the names of the graphs that users write begin."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One version opened read-only; it is not removed while the reader is open."""

    path: Path
    version: str
    store: Store
    hold: BinaryIO

    def close(self) -> None:
        """Let go of the version, which a later build may then remove."""
        self.hold.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def current_version(directory: str | os.PathLike[str]) -> str | None:
    """The name of the current version, None where nothing was built yet."""
    try:
        return (Path(directory) / "current").read_text(encoding="ascii").strip() or None
    except FileNotFoundError:
        return None


def open_reader(directory: str | os.PathLike[str]) -> Reader:
    """The current version, read-only; a StoreError where there is none."""
    name = current_version(directory)
    while name is not None:
        path = _version_path(Path(directory), name)
        hold = _hold(path)
        if hold is not None:
            return Reader(path, name, Store.read_only(str(path / "quads")), hold)
        newer = current_version(directory)
        if newer == name:
            raise StoreError(f"{path}: the current version is missing; build the store again: kg build")
        name = newer
    raise StoreError(f"{directory}: no store here; build one first: kg build --store {directory}")


def open_graph(directory: str | os.PathLike[str]) -> "rdflib.Dataset":
    """The current version as an rdflib Dataset for notebooks; its default graph is the union of all graphs."""
    import rdflib
    from oxrdflib import OxigraphStore

    reader = open_reader(directory)
    dataset = rdflib.Dataset(store=OxigraphStore(store=reader.store), default_union=True)
    weakref.finalize(dataset, reader.close)
    return dataset


def read_manifest(directory: str | os.PathLike[str]) -> Manifest:
    """What the build wrote down about the current version; empty where there is none."""
    name = current_version(directory)
    if name is None:
        return {}
    try:
        text = (_version_path(Path(directory), name) / "manifest.json").read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    loaded: Manifest = json.loads(text)
    return loaded


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the store for one build; a StoreError where another build holds it."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(f"{directory}: another build is writing to it; wait until it has ended") from error
        yield


def publish(directory: Path, name: str, fill: Callable[[Store], Manifest]) -> None:
    """Write a version with `fill`, which gives its manifest, then switch to it; call it under `locked`.

    A version of that name which lies there finished is taken as it is. What users wrote goes over to the new version.
    """
    written = _written_by_users(directory)
    name = versioned(name, written)

    def both(store: Store) -> Manifest:
        manifest = fill(store)
        store.bulk_extend(written)
        return manifest

    if not _version_path(directory, name).exists():
        new = _new(directory)
        _finish(new, name, _fill_and_close(new, both))
    _switch(directory, name)


def amend(directory: Path, change: Callable[[Path, Path], str]) -> str:
    """Switch to a changed copy of the current version; call it under `locked`. Returns its name.

    `change` is given the quads of the current version and those of the copy, and returns the copy's name.
    """
    new = _new(directory)
    with open_reader(directory) as reader:
        reader.store.backup(str(new / "quads"))
        manifest = read_manifest(directory)
        name = change(reader.path / "quads", new / "quads")
    if not _version_path(directory, name).exists():
        _finish(new, name, manifest)
    _switch(directory, name)
    return name


def is_users(graph: object) -> bool:
    """Whether a graph is one that users may write, and that a build leaves alone."""
    return isinstance(graph, NamedNode) and graph.value.startswith(USERS)


def user_quads(store: Store) -> list[Quad]:
    """What users wrote."""
    graphs = [graph for graph in store.named_graphs() if is_users(graph)]
    return [quad for graph in graphs for quad in store.quads_for_pattern(None, None, None, graph)]


def versioned(name: str, written: Iterable[Quad]) -> str:
    """The name of a version: that of its build, and what tells the users' graphs in it."""
    lines = sorted(map(str, written))
    content = hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{name.partition('+')[0]}+{content}" if lines else name.partition("+")[0]


def _written_by_users(directory: Path) -> list[Quad]:
    if current_version(directory) is None:
        return []
    with open_reader(directory) as reader:
        return user_quads(reader.store)


def _switch(directory: Path, name: str) -> None:
    """Make a finished version the current one and remove those that nobody needs."""
    old = current_version(directory)
    shutil.rmtree(directory / "versions" / ".new", ignore_errors=True)
    _replace_file(directory / "current", f"{name}\n".encode("ascii"))
    _prune(directory, keep={name, old})


def _new(directory: Path) -> Path:
    """The empty place of a version to be written."""
    new = directory / "versions" / ".new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    return new


def _finish(new: Path, name: str, manifest: Manifest) -> None:
    """Bring a written version to the disk whole and give it its name."""
    (new / "in-use").touch()
    (new / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    for file in sorted(new.rglob("*"), reverse=True):
        _sync(file)
    _sync(new)
    new.rename(new.parent / name)
    _sync(new.parent)


def _fill_and_close(new: Path, fill: Callable[[Store], Manifest]) -> Manifest:
    """Fill a new store and write its search index; the store closes when this function lets go of it."""
    from kg.indexing import write_index

    store = Store(str(new / "quads"))
    manifest = fill(store)
    write_index(store, new)
    store.optimize()
    store.flush()
    return manifest


def _version_path(directory: Path, name: str) -> Path:
    return directory / "versions" / name


def _hold(version: Path) -> BinaryIO | None:
    """A shared lock on the version, None where it was removed meanwhile."""
    try:
        hold = (version / "in-use").open("rb")
    except FileNotFoundError:
        return None
    fcntl.flock(hold, fcntl.LOCK_SH)
    if (version / "in-use").exists():
        return hold
    hold.close()
    return None


def _prune(directory: Path, keep: set[str | None]) -> None:
    """Remove the versions that are neither kept nor in use."""
    for version in sorted((directory / "versions").iterdir()):
        if version.name not in keep and not version.name.startswith("."):
            _remove_unless_used(version)


def _remove_unless_used(version: Path) -> None:
    """Remove one version; its lock file goes first, so that no reader takes hold of half of it."""
    try:
        # Where the file is missing, a build killed while removing the version left the rest.
        with suppress(FileNotFoundError), (version / "in-use").open("rb") as hold:
            fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            (version / "in-use").unlink()
    except BlockingIOError:
        return
    shutil.rmtree(version)


def _replace_file(path: Path, content: bytes) -> None:
    """Give a file new content in one step that survives a kill and a power cut."""
    new = path.with_name(f".{path.name}.new")
    with new.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
