"""What many tests share: the gold readings of the seeds, and a store built from them once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.articles import read_articles
from kg.build import BuildReport, build
from kg.model import Article, Reading
from kg.readings import load
from kg.shipped import shipped
from kg.store import open_reader

GOLD = Path(__file__).parent / "gold"


@pytest.fixture(scope="session")
def seed_articles() -> dict[str, Article]:
    return {one.id: one for one in read_articles([shipped("seeds")]) if isinstance(one, Article)}


@pytest.fixture(scope="session")
def gold_readings(seed_articles: dict[str, Article]) -> dict[str, Reading]:
    return {file.stem: load(file, seed_articles) for file in sorted(GOLD.glob("*.json"))}


@pytest.fixture(scope="session")
def gold_built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildReport]:
    """A store built from the gold readings, and what its build reported."""
    directory = tmp_path_factory.mktemp("gold")
    return directory, build([GOLD, shipped("seeds")], directory)


@pytest.fixture(scope="session")
def gold_store(gold_built: tuple[Path, BuildReport]) -> Path:
    """The directory of the gold store; not to be changed."""
    return gold_built[0]


@pytest.fixture(scope="session")
def gold_graph(gold_store: Path) -> Iterator[Store]:
    """The gold store, open for reading."""
    with open_reader(gold_store) as reader:
        yield reader.store
