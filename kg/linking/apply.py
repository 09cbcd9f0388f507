"""A person's decisions in a reading: the entity is then the item, in its IRI and in all that it does."""

from collections.abc import Mapping
from dataclasses import replace

from kg.graph.iris import Iris
from kg.linking.decisions import DECISION, row_of
from kg.linking.records import Link
from kg.model import Entity, Reading


def with_decisions(reading: Reading, links: Mapping[str, Link], iris: Iris) -> Reading:
    """The reading with the entities linked that a person linked, and those without candidates that have no item."""
    entities = tuple(_decided(one, links.get(_local(one, reading, iris))) for one in reading.entities)
    return replace(reading, entities=entities)


def _local(entity: Entity, reading: Reading, iris: Iris) -> str:
    return iris.entity(entity, reading.article.id).rpartition("/entity/")[2]


def _decided(entity: Entity, link: Link | None) -> Entity:
    if link is None or not link.sure:
        return entity
    if link.qid is None:
        return replace(entity, candidates=(), link_method=f"{DECISION}: no item", link_source=link.source)
    row = row_of(link.qid)
    return replace(
        entity,
        wikidata=link.qid,
        key=row.key if row else entity.key,
        type=row.type if row else entity.type,
        candidates=(),
        link_method=DECISION,
        link_source=link.source,
    )
