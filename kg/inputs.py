"""What a build starts from: the articles of its paths, and the readings that stand in for articles of the same id."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kg import readings
from kg.articles import find, read_articles
from kg.errors import IsnadError, ReadingError
from kg.graph.iris import digest
from kg.model import Article, Reading

Paths = Iterable[str | os.PathLike[str]]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Articles and readings by id, and what of the paths was no use."""

    articles: Mapping[str, Article]
    readings: Mapping[str, Reading]
    errors: tuple[IsnadError, ...]

    def contents(self) -> dict[str, str]:
        """Id -> hash of what is to be read, or of the reading that stands in for it; sorted by id."""
        hashes = {name: digest("article", asdict(article)) for name, article in self.articles.items()}
        hashes |= {name: digest("reading", readings.dumps(reading)) for name, reading in self.readings.items()}
        return dict(sorted(hashes.items()))

    def source(self, identifier: str) -> Article | str:
        """The article to read, or the JSON of the reading that stands in for it."""
        reading = self.readings.get(identifier)
        return readings.dumps(reading) if reading else self.articles[identifier]


def collect(paths: Paths) -> Inputs:
    """Everything the paths hold; a bad item is among the errors and the rest goes on."""
    listed = list(paths)
    articles: dict[str, Article] = {}
    errors: list[IsnadError] = []
    for result in read_articles(listed):
        if isinstance(result, Article):
            articles[result.id] = result
        else:
            errors.append(result)
    files = [file for file in find(listed) if isinstance(file, Path) and file.suffix.lower() == readings.SUFFIX]
    found, more = _readings(files, articles)
    return Inputs(articles, found, (*errors, *more))


def _readings(files: Iterable[Path], articles: Mapping[str, Article]) -> tuple[dict[str, Reading], list[IsnadError]]:
    found: dict[str, Reading] = {}
    places: dict[str, Path] = {}
    errors: list[IsnadError] = []
    for file in files:
        try:
            reading = readings.load(file, articles)
        except ReadingError as error:
            errors.append(error)
            continue
        name = reading.article.id
        if name in found:
            errors.append(ReadingError(f"{file}: {places[name]} is a reading of {name!r} too; remove one of them"))
            continue
        found[name], places[name] = reading, file
    return found, errors
