"""Measures what users wait for: start, reading, building, building again, and each saved query.

    python benchmarks/run.py [PATHS]    articles to measure on; by default the seeds

Figures are medians of wall time on this machine; compare them only with figures of the same machine.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

from pyoxigraph import Store

from kg.answers import answer, written
from kg.articles import read_articles
from kg.build import build
from kg.model import Article
from kg.queries import SavedQuery, load_queries
from kg.reading import read
from kg.shipped import shipped
from kg.store import open_reader

Figure = tuple[str, float, str]


def main() -> None:
    """Print one figure a line."""
    paths = [Path(name) for name in sys.argv[1:]] or [shipped("seeds")]
    with tempfile.TemporaryDirectory() as folder:
        for name, value, unit in figures(paths, Path(folder)):
            print(f"{name:<40} {value:>12,.2f} {unit}", flush=True)


def figures(paths: Sequence[Path], folder: Path) -> Iterator[Figure]:
    """Name, value and unit of each."""
    yield "kg --help", 1000 * seconds(lambda: start("--help")), "ms"
    yield from reading(paths)
    store = folder / "store"
    yield "build", seconds(lambda: build(paths, store), times=1), "s"
    yield "build again, nothing changed", seconds(lambda: build(paths, store)), "s"
    yield "build again, one article added", seconds(lambda: build([*paths, one_more(folder)], store), times=1), "s"
    yield from queries(store)


def reading(paths: Sequence[Path]) -> Iterator[Figure]:
    """What loading the tables costs, and then reading."""
    articles = [one for one in read_articles(paths) if isinstance(one, Article)]
    yield "first article, tables and model loaded", seconds(lambda: read(articles[0]), times=1), "s"
    taken = seconds(lambda: [read(replace(one, title=f"{one.title} again")) for one in articles])
    sentences = sum(len(read(one).sentences) for one in articles)
    yield f"reading {len(articles)} articles", sentences / taken, "sentences/s"


def queries(store: Path) -> Iterator[Figure]:
    """Each saved query with its defaults, in a store that is open."""
    with open_reader(store) as reader:
        for name, query in load_queries().items():
            if query.service is None:
                taken = seconds(partial(ask, reader.store, query), times=5)
                yield f"query {name}", 1000 * taken, "ms"


def ask(store: Store, query: SavedQuery) -> bytes:
    """Answer a query with its defaults, as JSON."""
    return written(answer(store, query, {}), "json")


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The median of some runs."""
    return median(once(work) for _ in range(times))


def once(work: Callable[[], object]) -> float:
    """The seconds of one run."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def start(*arguments: str) -> None:
    """Run the command in a process of its own."""
    subprocess.run([sys.executable, "-m", "kg.cli", *arguments], check=True, capture_output=True)


def one_more(folder: Path) -> Path:
    """An article that is in no store."""
    file = folder / "one-more.txt"
    file.write_text("وقّعت مصر والأردن يوم 3 مارس 2024 مذكرة تفاهم في مجال الطاقة.\n", encoding="utf-8")
    return file


if __name__ == "__main__":
    main()
