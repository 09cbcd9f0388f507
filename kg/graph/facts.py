"""One graph of a store as plain Python, for checks that look up a lot."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kg.graph.terms import RDF_TYPE

Values = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Facts:
    """The triples of a graph by predicate and subject, each term as its text."""

    by_predicate: dict[str, Values]
    iris: frozenset[str]

    def get(self, subject: str, predicate: str) -> set[str]:
        """What a subject has for a predicate."""
        return self.by_predicate.get(str(predicate), {}).get(subject, set())

    def one(self, subject: str, predicate: str) -> str:
        """The only, else the first value, empty where there is none."""
        return min(self.get(subject, predicate), default="")

    def pairs(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Subject and value of each triple with a predicate."""
        values = self.by_predicate.get(str(predicate), {})
        return ((subject, value) for subject, found in values.items() for value in found)

    def values(self, predicate: str) -> set[str]:
        """Everything that is a value of a predicate."""
        return {value for _, value in self.pairs(predicate)}

    def having(self, predicate: str) -> set[str]:
        """The subjects that have a predicate."""
        return set(self.by_predicate.get(str(predicate), {}))

    def typed(self, *classes: str) -> set[str]:
        """The subjects that are of one of the classes."""
        wanted = set(map(str, classes))
        return {subject for subject, value in self.pairs(RDF_TYPE.value) if value in wanted}

    def subjects(self) -> Iterator[str]:
        """Every subject, some more than once."""
        return (subject for values in self.by_predicate.values() for subject in values)


def facts_of(store: Store, graph: str) -> Facts:
    """The graph of that name, empty where the store has none."""
    by_predicate: dict[str, Values] = {}
    nodes: set[str] = set()
    for quad in store.quads_for_pattern(None, None, None, NamedNode(graph)):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            values = by_predicate.setdefault(quad.predicate.value, {})
            values.setdefault(quad.subject.value, set()).add(quad.object.value)
        nodes.update(term.value for term in (quad.subject, quad.object) if isinstance(term, NamedNode))
    return Facts(by_predicate, frozenset(nodes))
