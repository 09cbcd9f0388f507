"""graph/entities: each entity once, whatever number of articles name it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, Triple

from kg.authority import Authority, authorities
from kg.graph.iris import WIKIDATA, Iris, main_name
from kg.graph.tenures import tenure_triples
from kg.graph.terms import OWL_SAME_AS, RDF_TYPE, RDFS_LABEL, decimal, named, node
from kg.graph.vocabulary import GEO, ISNAD, SKOS, class_iri, link_status_iri
from kg.linking.records import Link
from kg.model import Entity


@dataclass(frozen=True, slots=True)
class Seen:
    """An entity as one article names it."""

    iri: str
    article: str  # id
    entity: Entity


@dataclass(frozen=True, slots=True)
class Merged:
    """An entity across articles; `names` maps language tags to labels, "" standing for no language."""

    iri: str
    type: str
    names: Mapping[str, str]
    seen: tuple[Seen, ...] = ()
    row: Authority | None = None
    proposal: Link | None = None

    @property
    def qid(self) -> str | None:
        """The Wikidata item it is linked to."""
        return (self.row and self.row.qid) or next((seen.entity.wikidata for seen in self.seen), None)

    def name(self, language: str) -> str:
        """Its label in a language, else in another."""
        return self.names.get(language) or next(iter(self.names.values()))


def merged(seen: Iterable[Seen], iris: Iris, links: Mapping[str, Link] = MappingProxyType({})) -> dict[str, Merged]:
    """Every entity that is named, or that one of these points to, by its IRI and sorted by it."""
    groups: dict[str, list[Seen]] = {}
    for one in seen:
        groups.setdefault(one.iri, []).append(one)
    found = {iri: _merge(iri, group, links) for iri, group in groups.items()}
    new = [row for entity in found.values() for row in _pointed_to(entity)]
    while new:
        added = {iris.known(row): Merged(iris.known(row), row.type, row.names, (), row) for row in new}
        new = [row for iri in added.keys() - found.keys() for row in _pointed_to(added[iri])]
        found = {**added, **found}
    return dict(sorted(found.items()))


def type_conflicts(entities: Mapping[str, Merged]) -> Iterator[tuple[Merged, Seen]]:
    """Each naming of an entity under a type that it does not have in the graph."""
    return ((entity, seen) for entity in entities.values() for seen in entity.seen if seen.entity.type != entity.type)


def entity_triples(entity: Merged, iris: Iris) -> Iterator[Triple]:
    """What the graph says of an entity beside its events."""
    subject = NamedNode(entity.iri)
    yield Triple(subject, RDF_TYPE, node(class_iri(entity.type)))
    for language, name in entity.names.items():
        yield Triple(subject, RDFS_LABEL, Literal(name, language=language) if language else Literal(name))
    for form in _other_forms(entity):
        yield Triple(subject, node(SKOS.altLabel), named(form))
    yield from _link(subject, entity, iris)
    if entity.row:
        yield from _slice(subject, entity.row, iris)


def _slice(subject: NamedNode, row: Authority, iris: Iris) -> Iterator[Triple]:
    """What the tables know of an entity, so that most joins need no network."""
    yield Triple(subject, node(ISNAD.key), Literal(row.key))
    if country := _country(row):
        yield Triple(subject, node(ISNAD.country), NamedNode(iris.known(country)))
    if row.extra.get("lat"):
        yield Triple(subject, node(GEO.lat), decimal(float(row.extra["lat"])))
        yield Triple(subject, node(GEO.long), decimal(float(row.extra["lon"])))
    for office in row.offices:
        if place := authorities().get(office.at):
            yield from tenure_triples(subject, office, place, iris)


def _merge(iri: str, group: list[Seen], links: Mapping[str, Link]) -> Merged:
    """One entity of its namings; the authority tables decide, then the majority, then the alphabet."""
    group.sort(key=lambda seen: (seen.article, seen.entity.id))
    row = _row([seen.entity for seen in group])
    type_ = row.type if row else _commonest(seen.entity.type for seen in group)
    link = links.get(iri.rpartition("/entity/")[2])
    proposal = link if link and link.qid and not link.sure else None
    return Merged(iri, type_ or "", _names(row, group), tuple(group), row, proposal)


def _names(row: Authority | None, group: list[Seen]) -> Mapping[str, str]:
    names = {
        "ar": _commonest(seen.entity.name_ar for seen in group),
        "en": _commonest(seen.entity.name_en for seen in group),
        **(row.names if row else {}),
    }
    known = {language: name for language, name in names.items() if name}
    if known:
        return MappingProxyType(known)
    name = _commonest(main_name(seen.entity) for seen in group) or ""
    return MappingProxyType({named(name).language or "": name})


def _commonest(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _row(entities: list[Entity]) -> Authority | None:
    """Its row in the authority tables, by key or by QID."""
    for entity in entities:
        row = authorities().get(entity.key or "") or (_by_qid().get(entity.wikidata) if entity.wikidata else None)
        if row and row.qid in (None, entity.wikidata):
            return row
    return None


@cache
def _by_qid() -> Mapping[str, Authority]:
    return MappingProxyType({row.qid: row for row in authorities().values() if row.qid})


def _country(row: Authority) -> Authority | None:
    """The country an authority row belongs to, None for a country."""
    return authorities().get(row.country or "") if row.type != "Country" else None


def _candidates(entity: Merged) -> list[Authority]:
    """The rows that an unlinked entity with an ambiguous name could be."""
    keys = {key for seen in entity.seen for key in seen.entity.candidates} if not entity.qid else set()
    return [authorities()[key] for key in sorted(keys) if key in authorities()]


def _pointed_to(entity: Merged) -> list[Authority]:
    country = _country(entity.row) if entity.row else None
    places = [authorities().get(office.at) for office in entity.row.offices] if entity.row else []
    return [*_candidates(entity), *filter(None, (country, *places))]


def _other_forms(entity: Merged) -> list[str]:
    """Surface forms that are no label."""
    forms = {form for seen in entity.seen for form in seen.entity.surface_forms}
    return sorted(forms - set(entity.names.values()))


def _link(subject: NamedNode, entity: Merged, iris: Iris) -> Iterator[Triple]:
    """How the entity is tied to Wikidata, or that it is not."""
    candidates = _candidates(entity)
    yield Triple(subject, node(ISNAD.linkStatus), node(link_status_iri(_status(entity, candidates))))
    for method in sorted({seen.entity.link_method or "" for seen in entity.seen} - {""}):
        yield Triple(subject, node(ISNAD.linkMethod), Literal(method))
    for row in candidates:
        yield Triple(subject, node(ISNAD.candidate), NamedNode(iris.known(row)))
    for source in sorted({seen.entity.link_source or "" for seen in entity.seen} - {""}):
        yield Triple(subject, node(ISNAD.linkSource), Literal(source))
    if entity.qid:
        yield Triple(subject, OWL_SAME_AS, NamedNode(WIKIDATA + entity.qid))
        yield Triple(subject, node(ISNAD.linkSource), Literal(_source(entity)))
    elif entity.proposal:
        yield from _proposal(subject, entity.proposal)


def _status(entity: Merged, candidates: list[Authority]) -> str:
    if entity.qid:
        return "linked"
    return "ambiguous" if candidates else "proposed" if entity.proposal else "unlinked"


def _proposal(subject: NamedNode, link: Link) -> Iterator[Triple]:
    """An item that nobody has confirmed: near, never the same."""
    yield Triple(subject, node(SKOS.closeMatch), NamedNode(f"{WIKIDATA}{link.qid}"))
    yield Triple(subject, node(ISNAD.linkMethod), Literal(link.method))
    yield Triple(subject, node(ISNAD.linkSource), Literal(link.source))
    if link.score is not None:
        yield Triple(subject, node(ISNAD.linkScore), decimal(link.score))


def _source(entity: Merged) -> str:
    """Where the QID was verified: the table's source, else the decision or the reading that a person wrote."""
    if entity.row and entity.row.source:
        return entity.row.source
    decided = next((seen.entity.link_source for seen in entity.seen if seen.entity.link_source), None)
    return decided or (f"the reading of {entity.seen[0].article}" if entity.seen else "the authority tables")
