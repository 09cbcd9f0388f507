"""Reads articles into pieces of the graph, in parallel where they are many, and keeps the pieces between builds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path

from kg import readings
from kg.graph.iris import Iris, digest
from kg.graph.piece import Piece, Problem, dumps, loads, make_piece
from kg.linking.apply import with_decisions
from kg.linking.records import Link
from kg.model import Article, Reading

MANY = 24
"""Articles from which on worker processes are worth their start, which takes about a second."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Task:
    """An article to read, or a reading as JSON; `key` names its content and all that decides what becomes of it."""

    id: str
    key: str
    source: Article | str
    links: tuple[Link, ...] = ()  # a person's decisions on its entities


def with_links(items: Mapping[str, str], links: Mapping[str, Link], cache: Path) -> list[Task]:
    """A task for each kept piece whose entities a person decided on; it takes the reading from the piece."""
    found = []
    for name, piece in zip(items, load(items.values(), cache), strict=True):
        locals_ = {seen.iri.rpartition("/entity/")[2] for seen in piece.seen}
        if touched := tuple(links[one] for one in sorted(locals_ & links.keys()) if links[one].sure):
            decided = [[one.entity, one.qid, one.source] for one in touched]
            found.append(Task(name, digest(items[name], decided), piece.reading, touched))
    return found


def make(tasks: Iterable[Task], cache: Path, base: str, workers: int, progress: Progress | None) -> None:
    """Write the pieces of the tasks whose pieces are not kept yet."""
    cache.mkdir(parents=True, exist_ok=True)
    for leftover in cache.glob("*.new"):
        leftover.unlink()
    missing = [task for task in tasks if not _file(cache, task.key).exists()]
    for done, (task, text) in enumerate(zip(missing, _made(missing, base, workers), strict=True), start=1):
        new = _file(cache, task.key).with_suffix(".new")
        new.write_text(text, encoding="utf-8")
        new.replace(_file(cache, task.key))
        if progress:
            progress(done, len(missing))


def load(keys: Iterable[str], cache: Path) -> Iterator[Piece]:
    """The kept pieces of these keys, one after the other."""
    return (loads(_file(cache, key).read_text(encoding="utf-8")) for key in keys)


def kept(key: str, cache: Path) -> bool:
    """Whether the piece of a key is there."""
    return _file(cache, key).exists()


def forget_others(keys: Iterable[str], cache: Path) -> None:
    """Remove the pieces of other keys."""
    wanted = {_file(cache, key) for key in keys}
    for file in set(cache.glob("*.json")) - wanted:
        file.unlink()


def _file(cache: Path, key: str) -> Path:
    return cache / f"{key}.json"


def _made(tasks: list[Task], base: str, workers: int) -> Iterator[str]:
    """The pieces as JSON, in the order of the tasks whatever process makes them."""
    work = partial(_make_one, base=base)
    number = min(workers or cpu_count() or 1, len(tasks))
    if number < 2 or len(tasks) < MANY:
        yield from map(work, tasks)
        return
    with ProcessPoolExecutor(number, get_context("spawn")) as pool:
        yield from pool.map(work, tasks, chunksize=4)


def _make_one(task: Task, base: str) -> str:
    """One piece as JSON; what goes wrong in reading an article is a problem of that article alone."""
    try:
        reading = _reading(task.source)
        decided = with_decisions(reading, {link.entity: link for link in task.links}, Iris(base))
        return dumps(replace(make_piece(decided, Iris(base)), reading=readings.dumps(reading)))
    except Exception as error:  # a fault of ours must not take the other articles with it
        message = f"could not be read ({type(error).__name__}: {error}); please report this as a fault of the program"
        return dumps(Piece(task.id, problems=(Problem(task.id, message),)))


def _reading(source: Article | str) -> Reading:
    if isinstance(source, str):
        return readings.load(source.encode("utf-8"))
    from kg.reading import read

    return read(source)
