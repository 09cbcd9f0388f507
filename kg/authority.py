"""The embedded authority: entities we know, each row from a table in kg/data that names where its QID was verified."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from kg.errors import TableError

DATA = Path(__file__).parent / "data"
TYPES = MappingProxyType(
    {"countries": "Country", "places": "Place", "organizations": "Organization", "people": "Person"}
)
"""Table name to the type of its entities."""

OFFICES = (
    *("president", "vice_president", "prime_minister", "foreign_minister", "defence_minister", "finance_minister"),
    *("oil_minister", "interior_minister", "minister", "spokesperson", "secretary_general", "king", "crown_prince"),
    *("emir", "supreme_leader", "chancellor", "speaker_of_parliament", "opposition_leader", "commander"),
    *("ambassador", "envoy", "director", "adviser", "party_leader", "other"),
)
"""The offices of the table of people."""


@dataclass(frozen=True, slots=True)
class Office:
    """A term of office: who held `role` at `at` (a key) between two ISO dates, either may be empty."""

    role: str
    at: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Authority:
    """One entity of the tables; `extra` holds the columns that only its table has."""

    key: str
    type: str
    qid: str | None
    names: Mapping[str, str]  # language tag to main name
    variants: tuple[str, ...]  # further Arabic surface forms, without clitics
    source: str | None
    extra: Mapping[str, str]

    @property
    def country(self) -> str | None:
        """Key of the country it belongs to; a country belongs to itself."""
        return self.key if self.type == "Country" else self.extra.get("country") or None

    @property
    def adjectives(self) -> tuple[str, ...]:
        """Arabic nisba forms, masculine singular."""
        return listed(self.extra.get("adjectives", ""))

    @property
    def offices(self) -> tuple[Office, ...]:
        """Terms of office, as the table gives them."""
        return tuple(parse_office(cell) for cell in listed(self.extra.get("offices", "")))


TAGS = ("ar", "en", "es", "ru", "fr")
COMMON = frozenset({"key", "qid", "variants", "source", *TAGS})  # columns of all four tables


def listed(cell: str) -> tuple[str, ...]:
    """The members of a `|` list, empty ones left out."""
    return tuple([bare for part in cell.split("|") if (bare := part.strip())])


def parse_office(cell: str) -> Office:
    """An office cell such as `president@russia:2012-05-07..`."""
    where, _, term = cell.partition(":")
    role, _, at = where.partition("@")
    since, _, until = term.partition("..")
    return Office(role, at, since, until)


def rows(name: str, folder: Path = DATA) -> Iterator[dict[str, str]]:
    """The rows of one table; comment lines are skipped, a row of the wrong width is a TableError."""
    path = folder / f"{name}.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader((line for line in lines if not line.startswith("#")), "excel-tab", quoting=csv.QUOTE_NONE)
        header = next(reader, None)
        if header is None:
            return
        for row in reader:
            if len(row) != len(header):
                raise TableError(f"{path.name}: row {row[:2]}: {len(row)} cells where the header has {len(header)}")
            yield dict(zip(header, row, strict=True))


def parse_row(row: Mapping[str, str], kind: str) -> Authority:
    """One table row as an Authority."""
    names = {tag: row[tag] for tag in TAGS if row.get(tag)}
    extra = {column: cell for column, cell in row.items() if column not in COMMON}
    return Authority(
        key=row["key"],
        type=kind,
        qid=row["qid"] or None,
        names=MappingProxyType(names),
        variants=listed(row["variants"]),
        source=row["source"] or None,
        extra=MappingProxyType(extra),
    )


@cache
def authorities(folder: Path = DATA) -> Mapping[str, Authority]:
    """Every row of the four tables by its key."""
    found = [parse_row(row, kind) for name, kind in TYPES.items() for row in rows(name, folder)]
    return MappingProxyType({row.key: row for row in found})
