"""Readable names of events in Arabic and English: «معاهدة (موقّع): روسيا – فنزويلا (2025-11)»."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from kg.graph.terms import RDFS_LABEL
from kg.graph.vocabulary import TERM_FILES, class_iri, kind_iri, ontology_dir, status_iri

if TYPE_CHECKING:
    from kg.graph.entities import Merged

LANGUAGES = ("ar", "en")

_MAIN_ROLES = MappingProxyType(
    {
        "Agreement": (("party",),),
        "Statement": (("speaker",), ("addressee", "about")),
        "MilitaryAction": (("agent",), ("target", "place")),
        "Meeting": (("participant",), ("place",)),
        "Sanction": (("imposer",), ("target",)),
        "DiplomaticAction": (("agent",), ("target",)),
    }
)
"""The roles a label names: of each group the first role that is filled."""


@dataclass(frozen=True, slots=True)
class Reported:
    """An event as one article reports it, with the IRIs of what fills its roles."""

    iri: str
    type: str
    kind: str
    status: str | None
    date: str | None
    roles: Mapping[str, tuple[str, ...]]


def event_triples(reports: Iterable[Reported], entities: Mapping[str, "Merged"]) -> Iterator[Triple]:
    """graph/events: the labels of each event, made of all that its articles report."""
    for report in together(reports):
        for language in LANGUAGES:
            label = event_label(report, entities, language)
            yield Triple(NamedNode(report.iri), RDFS_LABEL, Literal(label, language=language))


def together(reports: Iterable[Reported]) -> list[Reported]:
    """One report an event, sorted by IRI, with the fillers of all its reports."""
    groups: dict[str, list[Reported]] = {}
    for report in reports:
        groups.setdefault(report.iri, []).append(report)
    return [_union(groups[iri]) for iri in sorted(groups)]


def _union(group: list[Reported]) -> Reported:
    first = group[0]
    roles = {
        role: tuple(sorted({iri for report in group for iri in report.roles.get(role, ())}))
        for role in sorted({role for report in group for role in report.roles})
    }
    return Reported(first.iri, first.type, first.kind, first.status, first.date, roles)


def event_label(event: Reported, entities: Mapping[str, "Merged"], language: str) -> str:
    """Its kind, who took part and when."""
    kind = class_iri(event.type) if event.kind == "other" else kind_iri(event.type, event.kind)
    name = term_label(kind, language)
    if event.status:
        name += f" ({term_label(status_iri(event.status), language)})"
    actors = " – ".join(filter(None, _actors(event, entities, language)))
    return name + (f": {actors}" if actors else "") + (f" ({event.date})" if event.date else "")


def _actors(event: Reported, entities: Mapping[str, "Merged"], language: str) -> Iterator[str]:
    comma, dash = "، " if language == "ar" else ", ", " – "
    for number, roles in enumerate(_MAIN_ROLES[event.type]):
        if roles == ("place",) and len(event.roles.get("participant", ())) > 1:
            return  # who met tells more than where
        filled = next((event.roles[role] for role in roles if event.roles.get(role)), ())
        among_equals = number == 0 and event.type in ("Agreement", "Meeting")
        yield (dash if among_equals else comma).join(sorted(entities[iri].name(language) for iri in filled))


def term_label(iri: str, language: str) -> str:
    """The rdfs:label of a term of the ontology."""
    return _term_labels()[str(iri), language]


@cache
def _term_labels() -> Mapping[tuple[str, str], str]:
    """Label by IRI and language."""
    return MappingProxyType(
        {
            (quad.subject.value, quad.object.language): quad.object.value
            for name in TERM_FILES
            for quad in pyoxigraph.parse(path=ontology_dir() / name)
            if quad.predicate == RDFS_LABEL and isinstance(quad.object, Literal) and quad.object.language
        }
    )
