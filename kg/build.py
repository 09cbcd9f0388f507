"""The pipeline: files -> articles and readings -> checked pieces of the graph -> a new version of the store."""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import Store

from kg import pieces
from kg.errors import StoreError
from kg.fingerprint import fingerprint
from kg.graph.about import Run
from kg.graph.assemble import fill
from kg.graph.iris import BASE, Iris, digest
from kg.graph.piece import Problem
from kg.inputs import Inputs, Paths, collect
from kg.linking.decisions import read_links
from kg.linking.kept import fingerprint_of, joined, keep, kept_links
from kg.linking.records import Link
from kg.pieces import Progress, Task
from kg.store import Manifest, current_version, locked, publish, read_manifest


@dataclass(frozen=True, slots=True)
class Options:
    """What a build does beside its inputs."""

    base: str = BASE  # of the IRIs of the data
    inferred: bool = True  # write graph/inferred
    add: bool = False  # keep the articles of the store that are not among the inputs
    remove: frozenset[str] = frozenset()  # ids of articles to take out
    workers: int = 0  # processes; 0 for as many as there are processors
    links: tuple[Path, ...] = ()  # files of a person's decisions on links


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What the store holds after a build, and what could not enter it."""

    version: str
    changed: bool
    articles: int
    sentences: int
    entities: int
    events: int
    claims: int
    triples: int
    problems: tuple[Problem, ...]


DEFAULT = Options()


def build(
    paths: Paths, store: str | os.PathLike[str], options: Options = DEFAULT, progress: Progress | None = None
) -> BuildReport:
    """Bring the store to what the paths say; what is wrong with one item stands in the report and the rest goes on.

    The store then holds these articles and no others, unless the options say to add. Where nothing changed since the
    last build, or nothing of the paths can be used, nothing is written.
    """
    directory = Path(store)
    found = collect(paths)
    problems = tuple(_problem(str(error)) for error in found.errors)
    given = read_links(options.links)
    with locked(directory):
        items = _items(found, directory, options)
        links = _links(given, directory)
        version = digest(list(items.items()), options.base, options.inferred, fingerprint(), fingerprint_of(links))
        nothing_usable = problems and not items
        built, _, _users = (current_version(directory) or "").partition("+")  # of BUILD+CONTENT, where users wrote
        changed = version != built and not nothing_usable
        if changed:
            _make(found, items, directory, options, progress)
            made = _decide(items, links, directory, options)
            publish(directory, version, lambda graph: _write(graph, version, items, made, links, directory, options))
            pieces.forget_others({*items.values(), *made.values()}, directory / "cache")
        return _report(current_version(directory) or "", changed, read_manifest(directory), problems)


def _items(found: Inputs, directory: Path, options: Options) -> dict[str, str]:
    """Article id -> key of its piece, for all that the store shall hold, sorted by id."""
    old = _kept_items(directory) if options.add else {}
    new = {name: digest(content, options.base, fingerprint()) for name, content in found.contents().items()}
    return {name: key for name, key in sorted({**old, **new}.items()) if name not in options.remove}


def _kept_items(directory: Path) -> dict[str, str]:
    """The articles of the current version whose pieces are still there."""
    items = read_manifest(directory).get("items", {})
    if not isinstance(items, Mapping):
        raise StoreError(f"{directory}: its manifest is damaged; build it again from its articles")
    return {name: key for name, key in items.items() if pieces.kept(key, directory / "cache")}


def _make(
    found: Inputs, items: Mapping[str, str], directory: Path, options: Options, progress: Progress | None
) -> None:
    """Read what is not kept from an earlier build."""
    names = [name for name in items if name in found.articles or name in found.readings]
    tasks = (Task(name, items[name], found.source(name)) for name in names)
    pieces.make(tasks, directory / "cache", options.base, options.workers, progress)


def _links(given: Mapping[str, Link], directory: Path) -> dict[str, Link]:
    """The links that the store keeps, those given now among them, which it keeps from now on."""
    old = kept_links(directory)
    links = joined(old, given.values())
    if links != old:
        keep(links, directory)
    return links


def _decide(items: Mapping[str, str], links: Mapping[str, Link], directory: Path, options: Options) -> dict[str, str]:
    """Article id -> key of its piece with the decisions of a person in it, where there are any on its entities."""
    if not links:
        return dict(items)
    tasks = pieces.with_links(items, links, directory / "cache")
    pieces.make(tasks, directory / "cache", options.base, options.workers, None)
    return {**items, **{task.id: task.key for task in tasks}}


def _write(
    graph: Store,
    version: str,
    items: Mapping[str, str],
    made: Mapping[str, str],
    links: Mapping[str, Link],
    directory: Path,
    options: Options,
) -> Manifest:
    """Fill a new version and give its manifest."""
    run = Run(version, {"base": options.base, "inferred": str(options.inferred).lower(), "code": fingerprint()})
    kept = pieces.load(made.values(), directory / "cache")
    totals = fill(graph, kept, run, Iris(options.base), options.inferred, links)
    return {"items": dict(items), **asdict(totals), "triples": len(graph)}


def _report(version: str, changed: bool, manifest: Manifest, problems: tuple[Problem, ...]) -> BuildReport:
    counts = {name: _number(manifest, name) for name in ("articles", "sentences", "entities", "events", "claims")}
    listed = manifest.get("problems")
    left_out = tuple(Problem(**one) for one in listed) if isinstance(listed, list) else ()
    return BuildReport(version, changed, **counts, triples=_number(manifest, "triples"), problems=problems + left_out)


def _number(manifest: Manifest, name: str) -> int:
    value = manifest.get(name)
    return value if isinstance(value, int) else 0


def _problem(message: str) -> Problem:
    """An error of an input, whose message begins with the file it is about."""
    item, _, rest = message.partition(": ")
    return Problem(item, rest)
