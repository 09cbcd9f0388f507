"""Readings as an evaluation sees them, gold or predicted: the parts that are compared, and what else is accepted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from kg.errors import ReadingError

CORE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Agreement": ("party",),
        "Statement": ("speaker",),
        "MilitaryAction": ("agent", "target"),
        "Meeting": ("participant",),
        "Sanction": ("imposer", "target"),
        "DiplomaticAction": ("agent", "target"),
    }
)
"""The roles of each event type that an event is known by."""

FIELDS = ("kind", "status", "factuality", "date")

Fillers = Mapping[str, frozenset[str]]  # role to entity ids


@dataclass(frozen=True, slots=True)
class JudgedEntity:
    """An entity with the forms it is recognised by."""

    id: str
    type: str
    wikidata: str | None
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgedEvent:
    """An event; `also_*` and `optional` are gold's."""

    id: str
    type: str
    fields: Mapping[str, str | None]  # kind, status, factuality, date: those that the record has
    roles: Fillers
    evidence: tuple[tuple[int, int], ...]
    excerpt: str  # the words of the first evidence, where the record has them
    confidence: float
    optional: bool
    also_fields: Mapping[str, tuple[str | None, ...]]
    also_roles: Fillers

    def right(self, field: str) -> tuple[str | None, ...]:
        """The accepted values of a field."""
        return (self.fields[field], *self.also_fields.get(field, ()))

    def accepted(self, role: str) -> frozenset[str]:
        """The accepted fillers of a role."""
        return self.roles.get(role, frozenset()) | self.also_roles.get(role, frozenset())

    def renamed(self, names: Mapping[str, str]) -> "JudgedEvent":
        """The same event, its fillers under other names; a filler without one is marked by `?`."""
        roles = {role: frozenset(names.get(f, "?" + f) for f in fillers) for role, fillers in self.roles.items()}
        return replace(self, roles=roles)

    def words(self, text: str) -> str:
        """The words of its first evidence."""
        return self.excerpt or (text[slice(*self.evidence[0])] if self.evidence else "")


@dataclass(frozen=True, slots=True)
class JudgedReading:
    """An article's entities and events."""

    article: str
    text: str
    entities: tuple[JudgedEntity, ...]
    events: tuple[JudgedEvent, ...]
    missing: bool = False  # stands for a reading that is not there


def judged(record: Mapping[str, Any]) -> JudgedReading:
    """A JSON record as an evaluation sees it; ReadingError where a part of it is missing."""
    try:
        entities = tuple(map(judged_entity, record["entities"]))
        events = tuple(map(judged_event, record["events"]))
        return JudgedReading(record["article"], record.get("text") or "", entities, events)
    except (KeyError, TypeError, AttributeError) as error:
        name = record.get("article", "a reading") if isinstance(record, Mapping) else "a reading"
        raise ReadingError(f"{name}: cannot be evaluated: {error!r}; check it against reading.schema.json") from error


def judged_entity(record: Mapping[str, Any]) -> JudgedEntity:
    """One entity of a record."""
    forms = (*record["surface_forms"], record.get("name_ar") or "")
    return JudgedEntity(record["id"], record["type"], record["wikidata"], forms)


def judged_event(record: Mapping[str, Any]) -> JudgedEvent:
    """One event of a record."""
    also = record.get("also") or {}
    evidence = record["evidence"]
    return JudgedEvent(
        id=record["id"],
        type=record["type"],
        fields={field: record[field] for field in FIELDS if field in record},
        roles=fillers(record["roles"]),
        evidence=tuple((span["start"], span["end"]) for span in evidence),
        excerpt=(evidence[0].get("text") or "") if evidence else "",
        confidence=float(record.get("confidence", 1.0)),
        optional=bool(record.get("optional")),
        also_fields={field: tuple(also[field]) for field in FIELDS if field in also},
        also_roles=fillers(also.get("roles") or {}),
    )


def fillers(roles: Mapping[str, list[str]]) -> Fillers:
    """Roles with their fillers as sets."""
    return {role: frozenset(ids) for role, ids in roles.items()}
