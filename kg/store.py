"""The store directory: finished versions side by side, one of them current, switched to at once.

- DIR/current: the name of the current version, replaced in one step
- DIR/versions/NAME/: a finished version, made of quads/ (Oxigraph), search.db (kg/indexing.py), manifest.json and
  in-use (the readers' lock)
- DIR/versions/.new/: a version being written; what a killed build left there goes with the next one
- DIR/cache/: what the build keeps between builds
- DIR/lock: held by the one build that runs
"""

import fcntl
import json
import os
import shutil
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from pyoxigraph import Store

from kg.errors import StoreError

if TYPE_CHECKING:
    import rdflib

Manifest = Mapping[str, object]


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

    A version of that name which lies there finished is taken as it is.
    """
    shutil.rmtree(directory / "versions" / ".new", ignore_errors=True)
    old = current_version(directory)
    if not _version_path(directory, name).exists():
        _write_version(directory, name, fill)
    _replace_file(directory / "current", f"{name}\n".encode("ascii"))
    _prune(directory, keep={name, old})


def _write_version(directory: Path, name: str, fill: Callable[[Store], Manifest]) -> None:
    new = directory / "versions" / ".new"
    new.mkdir(parents=True)
    manifest = _fill_and_close(new, fill)
    (new / "in-use").touch()
    (new / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    for file in sorted(new.rglob("*"), reverse=True):
        _sync(file)
    _sync(new)
    new.rename(_version_path(directory, name))
    _sync(directory / "versions")


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
        with (version / "in-use").open("rb") as hold:
            fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            (version / "in-use").unlink()
    except BlockingIOError:
        return
    except FileNotFoundError:
        pass  # a build killed while removing it left the rest
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
