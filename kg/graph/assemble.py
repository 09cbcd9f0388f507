"""Pieces of articles into one store: their graphs, and the graphs that all articles share."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import pyoxigraph
from pyoxigraph import CanonicalizationAlgorithm, Dataset, NamedNode, Quad, RdfFormat, Store, Triple

from kg.graph.about import Run, about_triples
from kg.graph.entities import Merged, Seen, entity_triples, merged, type_conflicts
from kg.graph.inferred import consequences
from kg.graph.iris import Iris
from kg.graph.labels import Reported, event_triples, together
from kg.graph.piece import Piece, Problem
from kg.graph.vocabulary import ontology_dir
from kg.linking.records import Link

ONTOLOGY_FILES = ("isnad.ttl", "schemes.ttl", "plover.ttl", "alignments.ttl")
CHUNK = 16_000_000  # characters of N-Quads loaded at once


@dataclass(frozen=True, slots=True)
class Totals:
    """What the graph of all pieces holds."""

    articles: int
    sentences: int
    entities: int
    events: int
    claims: int
    problems: tuple[Problem, ...]


def fill(
    store: Store,
    pieces: Iterable[Piece],
    run: Run,
    iris: Iris,
    inferred: bool = True,
    links: Mapping[str, Link] = MappingProxyType({}),
) -> Totals:
    """Load the pieces, each in turn and none kept, and write the shared graphs."""
    seen: list[Seen] = []
    reports: list[Reported] = []
    problems: list[Problem] = []
    counts = [0, 0, 0]

    def loaded() -> Iterator[str]:
        for piece in pieces:
            seen.extend(piece.seen)
            reports.extend(piece.reports)
            problems.extend(piece.problems)
            for place, number in enumerate((piece.loaded, piece.sentences, piece.claims)):
                counts[place] += number
            yield piece.quads
            if inferred:
                yield piece.inferred

    _load(store, loaded())
    entities = merged(seen, iris, links)
    _load_shared(store, entities, reports, iris, inferred)
    _add(store, about_triples(store, run, iris), iris.graph("about"))
    conflicts = [_conflict(entity, one) for entity, one in type_conflicts(entities)]
    articles, sentences, claims = counts
    return Totals(articles, sentences, len(entities), len(together(reports)), claims, (*problems, *conflicts))


def _load_shared(
    store: Store, entities: Mapping[str, Merged], reports: Iterable[Reported], iris: Iris, inferred: bool
) -> None:
    described = [triple for entity in entities.values() for triple in entity_triples(entity, iris)]
    _add(store, described, iris.graph("entities"))
    _add(store, event_triples(reports, entities), iris.graph("events"))
    _add(store, ontology_triples(), iris.graph("ontology"))
    if inferred:
        _add(store, consequences(described), iris.graph("inferred"))


@cache
def ontology_triples() -> tuple[Triple, ...]:
    """The ontology with its schemes and alignments, its blank nodes named by their content."""
    files = [ontology_dir() / name for name in ONTOLOGY_FILES]
    quads = (quad for path in files if path.exists() for quad in pyoxigraph.parse(path=path))
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return tuple(sorted((quad.triple for quad in dataset), key=str))


def _load(store: Store, parts: Iterable[str]) -> None:
    """Bulk-load N-Quads, joined to chunks that are large enough to be fast."""
    chunk: list[str] = []
    size = 0
    for part in parts:
        chunk.append(part)
        size += len(part)
        if size > CHUNK:
            store.bulk_load("".join(chunk), RdfFormat.N_QUADS)
            chunk, size = [], 0
    store.bulk_load("".join(chunk), RdfFormat.N_QUADS)


def _add(store: Store, triples: Iterable[Triple], graph: str) -> None:
    name = NamedNode(graph)
    store.bulk_extend(Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)


def _conflict(entity: Merged, seen: Seen) -> Problem:
    message = f"calls {entity.name('en')} a {seen.entity.type}; {entity.iri} is a {entity.type}, and stays one"
    return Problem(seen.article, message)
