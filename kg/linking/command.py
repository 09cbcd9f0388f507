"""What `kg link` does: find the unlinked, ask a service where a person wants it, write the files for review."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.linking.kept import decided, kept_links
from kg.linking.propose import THRESHOLD, asked
from kg.linking.records import Unlinked
from kg.linking.review import review_csv, review_sssom, unlinked
from kg.linking.services import ADDRESSES, service
from kg.linking.web import Manners, Web
from kg.store import open_reader

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Online:
    """How the network is asked; without one of these it is not."""

    api: str = "reconciliation"
    endpoint: str | None = None  # the public one of the api where there is none
    cache: Path | None = None
    keep: float = 30.0  # days
    manners: Manners = field(default_factory=Manners)


@dataclass(frozen=True, slots=True)
class Settings:
    """How entities are linked."""

    threshold: float = THRESHOLD
    online: Online | None = None


def link(store: Path, out: Path, settings: Settings, complain: Callable[[str], None], progress: Progress) -> list[str]:
    """Write OUT.csv and OUT.sssom.tsv and say what they hold; what could not be asked is complained about."""
    with open_reader(store) as reader:
        found = unlinked(reader.store, decided(kept_links(store)), settings.threshold)
    if settings.online:
        found = list(_counted(_asked(found, settings.threshold, settings.online), len(found), progress))
    for one in found:
        if one.problem:
            complain(f"{one.label}: {one.problem}")
    proposals = sum(one.proposal is not None for one in found)
    files = {out.with_name(f"{out.name}.csv"): review_csv, out.with_name(f"{out.name}.sssom.tsv"): review_sssom}
    for file, write in files.items():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(write(found), encoding="utf-8")
    told = f"{len(found)} entities without a Wikidata link, {proposals} with a proposal"
    return [f"{file}: {told}" for file in files]


def _asked(found: list[Unlinked], threshold: float, online: Online) -> Iterator[Unlinked]:
    web = Web(online.endpoint or ADDRESSES[online.api], online.cache, online.keep, online.manners)
    return asked(found, service(online.api, web), f"{online.api} at {web.endpoint}", threshold)


def _counted(entities: Iterator[Unlinked], total: int, progress: Progress) -> Iterator[Unlinked]:
    for done, one in enumerate(entities, start=1):
        progress(done, total)
        yield one
