"""Which part of a store an export holds: all of it, or the claims that meet conditions with all that they rest on."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store, Triple

from kg.errors import IsnadError
from kg.graph.iris import BASE, Iris
from kg.graph.terms import RDF_TYPE, earliest, latest, node
from kg.graph.vocabulary import ISNAD, PROV, factuality_iri
from kg.model import FACTUALITIES

Term = NamedNode | BlankNode | Literal | Triple
Graph = tuple[NamedNode, list[Triple]]

_DATE = re.compile("[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_ARTICLES = f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?g a <{ISNAD.base}Article> }} }} ORDER BY ?g"


@dataclass(frozen=True, slots=True)
class Selection:
    """Conditions that a claim must meet, all of them; where there are none, everything is selected."""

    articles: tuple[str, ...] = ()  # ids
    entities: tuple[str, ...] = ()  # IRIs, QIDs or the last part of IRIs: each event involves one of them
    since: str | None = None  # 2024, 2024-11 or 2024-11-07; excludes undated events
    until: str | None = None
    min_confidence: float = 0.0
    factualities: tuple[str, ...] = ()

    @property
    def by_claim(self) -> bool:
        """Whether claims are to be looked at one by one."""
        return bool(self.entities or self.since or self.until or self.min_confidence or self.factualities)


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class _Test:
    """The conditions of a selection as terms of the graph."""

    entities: frozenset[NamedNode]
    since: str
    until: str
    min_confidence: float
    factualities: frozenset[NamedNode]


def data_graphs(store: Store, selection: Selection = EVERYTHING, base: str = BASE) -> Iterator[Graph]:
    """The graphs of the articles, then what the shared graphs say of the nodes in them, as selected and sorted."""
    iris = Iris(base)
    test = _test(store, selection, iris)
    described: set[NamedNode] = set()
    for graph in _article_graphs(store, selection, iris):
        triples = _triples(store, graph)
        kept = _kept(triples, graph, test) if selection.by_claim else triples
        described.update(one.object for one in kept if isinstance(one.object, NamedNode))
        if kept:
            yield graph, kept
    yield _shared(store, iris.graph("entities"), _with_pointed_to(store, described, iris))
    yield _shared(store, iris.graph("events"), described)
    yield _shared(store, iris.graph("about"), described)


def _article_graphs(store: Store, selection: Selection, iris: Iris) -> list[NamedNode]:
    found = store.query(_ARTICLES)
    assert isinstance(found, QuerySolutions)
    graphs = [row["g"] for row in found if isinstance(row["g"], NamedNode)]
    wanted = {iris.article(name): name for name in selection.articles}
    for unknown in sorted(wanted.keys() - {graph.value for graph in graphs}):
        raise IsnadError(f"--article {wanted[unknown]}: no article of this id is in the store; look at its articles")
    return [graph for graph in graphs if not wanted or graph.value in wanted]


def _triples(store: Store, graph: NamedNode) -> list[Triple]:
    return sorted((quad.triple for quad in store.quads_for_pattern(None, None, None, graph)), key=str)


def _test(store: Store, selection: Selection, iris: Iris) -> _Test:
    for name in selection.factualities:
        if name not in FACTUALITIES:
            raise IsnadError(f"--factuality {name}: is none; take one of {', '.join(FACTUALITIES)}")
    return _Test(
        frozenset(_entity(store, name, iris) for name in selection.entities),
        _moment("--since", selection.since, earliest),
        _moment("--until", selection.until, latest),
        selection.min_confidence,
        frozenset(node(factuality_iri(name)) for name in selection.factualities),
    )


def _entity(store: Store, name: str, iris: Iris) -> NamedNode:
    """The entity that a person names by its IRI or by the end of it."""
    prefix = f"{iris.base}entity/"
    entity = NamedNode(name if name.startswith(prefix) else prefix + name)
    if next(store.quads_for_pattern(entity, RDF_TYPE, None, None), None) is None:
        raise IsnadError(f"--entity {name}: no such entity is in the store; name it by its IRI or QID")
    return entity


def _moment(option: str, date: str | None, edge: Callable[[str], Literal]) -> str:
    if date is None:
        return ""
    if not _DATE.fullmatch(date):
        raise IsnadError(f"{option} {date}: is no date; write it like 2024-11-07, 2024-11 or 2024")
    return edge(date).value


def _kept(triples: list[Triple], graph: NamedNode, test: _Test) -> list[Triple]:
    """The triples about the claims that pass, and about what they rest on."""
    by_subject: dict[NamedNode, list[Triple]] = {}
    for one in triples:
        if isinstance(one.subject, NamedNode):
            by_subject.setdefault(one.subject, []).append(one)
    claims = [one.subject for one in triples if one.predicate == RDF_TYPE and one.object == node(ISNAD.Claim)]
    passed = [claim for claim in claims if isinstance(claim, NamedNode) and _passes(claim, by_subject, test)]
    support = (ISNAD.reports, ISNAD.evidence, ISNAD.mention, PROV.wasDerivedFrom, PROV.wasGeneratedBy)
    links = {node(name) for name in support}
    subjects = {one.object for claim in passed for one in by_subject[claim] if one.predicate in links}
    subjects |= {graph, *passed} if passed else set()
    return [one for one in triples if one.subject in subjects]


def _passes(claim: NamedNode, by_subject: dict[NamedNode, list[Triple]], test: _Test) -> bool:
    """Whether a claim and the event it reports meet the conditions."""
    said = {one.predicate: one.object for one in by_subject[claim]}
    event = by_subject[NamedNode(_word(said, ISNAD.reports))]
    values = {one.predicate: one.object for one in event}
    first, last = _word(values, ISNAD.earliest), _word(values, ISNAD.latest)
    return (
        (not test.entities or any(one.object in test.entities for one in event))
        and (not test.since or last >= test.since)
        and (not test.until or ("" < first <= test.until))
        and (not test.factualities or said[node(ISNAD.factuality)] in test.factualities)
        and float(_word(said, ISNAD.confidence)) >= test.min_confidence
    )


def _word(values: dict[NamedNode, Term], name: str) -> str:
    """The text of a value, empty where there is none."""
    term = values.get(node(name))
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _shared(store: Store, name: str, subjects: Iterable[NamedNode]) -> Graph:
    """What a shared graph says of these nodes."""
    graph = NamedNode(name)
    quads = (quad for subject in subjects for quad in store.quads_for_pattern(subject, None, None, graph))
    return graph, sorted((quad.triple for quad in quads), key=str)


def _with_pointed_to(store: Store, entities: set[NamedNode], iris: Iris) -> set[NamedNode]:
    """The entities with what they point to: countries, candidates, terms of office with their places, and so on."""
    graph = NamedNode(iris.graph("entities"))
    pointers = tuple(map(node, (ISNAD.country, ISNAD.candidate, ISNAD.tenure, ISNAD.officeAt)))
    found, new = set(entities), set(entities)
    while new:
        quads = (quad for one in new for link in pointers for quad in store.quads_for_pattern(one, link, None, graph))
        new = {quad.object for quad in quads if isinstance(quad.object, NamedNode)} - found
        found |= new
    return found
