"""What the pages of things show of the evidence: rows of the store as facts, roles in their order, headlines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kg.model import ROLES
from kg.server.service import Row, Table, value
from kg.server.text import Marked

LONGEST_HEADLINE = 110  # characters
_ACTING = dict.fromkeys(role for roles in ROLES.values() for role in roles if role != "place")
ORDER = MappingProxyType({role: place for place, role in enumerate((*_ACTING, "place"))})
"""Which role comes first: who acts before whom it meets, where it happened last."""


_END = re.compile(r"[\W_]+$")


@dataclass(frozen=True, slots=True)
class Named:
    """A thing of the store and what it is called."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A claim of an article: its first row, quotes, who says it, what fills its roles, other articles, its words."""

    id: str
    row: Row
    quotes: tuple[str, ...]
    by: tuple[Named, ...]
    roles: tuple[tuple[str, tuple[Named, ...]], ...]
    others: tuple[Row, ...]
    marks: tuple[Marked, ...]


def facts_of(claims: Table, roles: Table, elsewhere: Table) -> Iterator[Fact]:
    """The facts of an article in the order of its text."""
    others, fillers = grouped(elsewhere.rows, "event"), grouped(roles.rows, "claim")
    for number, (claim, rows) in enumerate(grouped(claims.rows, "claim").items(), start=1):
        name = f"f{number}"
        spans = dict.fromkeys((number_of(row, "begin"), number_of(row, "end")) for row in rows)
        yield Fact(
            id=name,
            row=rows[0],
            quotes=different(rows, "quote"),
            by=named(rows, "who", "by"),
            roles=roles_of(fillers.get(claim, ())),
            others=tuple(group[0] for group in grouped(others.get(value(rows[0], "event"), ()), "other").values()),
            marks=tuple(Marked(begin, end, fact=name) for begin, end in spans),
        )


def roles_of(rows: Iterable[Row]) -> tuple[tuple[str, tuple[Named, ...]], ...]:
    """What fills each role, under the role's name, the roles in their order."""
    groups = grouped(sorted(rows, key=lambda row: ORDER.get(_local(value(row, "role")), len(ORDER))), "roleName")
    return tuple((role, named(group, "entity", "name")) for role, group in groups.items())


def named(rows: Iterable[Row], iri: str, name: str) -> tuple[Named, ...]:
    """The different things of two columns, one with their IRIs and one with their names."""
    return tuple(dict.fromkeys(Named(value(row, iri), value(row, name)) for row in rows if name in row))


def different(rows: Iterable[Row], column: str) -> tuple[str, ...]:
    """The different values of a column in their order."""
    return tuple(dict.fromkeys(value(row, column) for row in rows if column in row))


def grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """The rows by the text of a column, in the order of their first row."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(value(row, column), []).append(row)
    return groups


def mention(row: Row) -> Marked:
    """The words that name an entity."""
    kind = _local(value(row, "type"))
    return Marked(number_of(row, "begin"), number_of(row, "end"), value(row, "entity"), value(row, "name"), kind)


def spans_of(sentences: Table) -> list[tuple[int, int, str, str]]:
    """The sentences as (begin, end, language, part)."""
    return [
        (number_of(row, "begin"), number_of(row, "end"), value(row, "language"), value(row, "part"))
        for row in sentences.rows
    ]


def headline(text: str) -> str:
    """The title of an article, or its first line, cut between words where it is long."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(first) <= LONGEST_HEADLINE:
        return first
    return _END.sub("", first[:LONGEST_HEADLINE].rpartition(" ")[0]) + "\u00a0…"


def label_of(names: Sequence[Row], language: str) -> str:
    """The label in a language, else the first."""
    labels = [row["name"] for row in names if value(row, "kind") == "label"]
    mine = [label["value"] for label in labels if label.get("xml:lang") == language]
    return (mine or [label["value"] for label in labels] or [""])[0]


def number_of(row: Row, column: str) -> int:
    """A whole number of a row."""
    return int(value(row, column))


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]
