"""The saved queries as they lie in their folders now: a file dropped into one appears with the next request."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import QueryError
from kg.queries import SavedQuery, load_queries, load_query
from kg.server.log import log

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(slots=True)
class Saved(Mapping[str, SavedQuery]):
    """The queries that ship and those of a folder, which come first where names meet; a bad file is logged."""

    folder: Path
    shipped: Mapping[str, SavedQuery] = field(default_factory=load_queries)
    stamp: Stamp = ()
    own: dict[str, SavedQuery] = field(default_factory=dict)

    def __getitem__(self, name: str) -> SavedQuery:
        """The query of that name."""
        return self._now()[name]

    def __iter__(self) -> Iterator[str]:
        """The names, sorted."""
        return iter(sorted(self._now()))

    def __len__(self) -> int:
        """How many there are."""
        return len(self._now())

    def _now(self) -> Mapping[str, SavedQuery]:
        files = sorted(self.folder.glob("*.rq"))
        stamp = tuple((file.name, file.stat().st_mtime_ns, file.stat().st_size) for file in files)
        if stamp != self.stamp:
            self.stamp, self.own = stamp, {file.stem: query for file in files if (query := _read(file))}
        return {**self.shipped, **self.own}


def saved(folder: Path | None) -> Mapping[str, SavedQuery]:
    """The queries that ship, and those of a folder where there is one."""
    return Saved(folder) if folder else load_queries()


def _read(file: Path) -> SavedQuery | None:
    try:
        return load_query(file)
    except QueryError as error:
        log({"log": "query", "file": file.name, "error": str(error)})
        return None
