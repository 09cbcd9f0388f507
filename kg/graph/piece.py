"""One article's share of the graph: checked, ready to load, kept between builds as JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg.graph.about import run_triples
from kg.graph.entities import Seen, entity_triples, merged
from kg.graph.inferred import consequences
from kg.graph.iris import Iris
from kg.graph.labels import Reported, event_triples
from kg.graph.rdf import Named, article_triples, named, role_fillers, sentences_of, unbacked
from kg.graph.shacl import Violation, events_to_leave_out, rejected
from kg.model import Entity, Event, Reading


@dataclass(frozen=True, slots=True)
class Problem:
    """What was left out of the graph or could not be read: the article or file, the sentence if one is at fault."""

    item: str
    message: str
    sentence: str | None = None

    def __str__(self) -> str:
        where = f"{self.item}: «{self.sentence}»" if self.sentence else self.item
        return f"{where}: {self.message}"


@dataclass(frozen=True, slots=True)
class Piece:
    """What one article adds to the graph; a rejected article adds nothing but its problems."""

    article: str  # id
    quads: str = ""  # N-Quads of its graph
    inferred: str = ""  # N-Quads of what follows from it
    sentences: int = 0
    claims: int = 0
    seen: tuple[Seen, ...] = ()
    reports: tuple[Reported, ...] = ()
    problems: tuple[Problem, ...] = ()
    reading: str = ""  # JSON, so that a decision on one of its entities needs no second reading

    @property
    def loaded(self) -> bool:
        """Whether the article is in the graph."""
        return bool(self.quads)


def make_piece(reading: Reading, iris: Iris) -> Piece:
    """Turn a reading into RDF, leaving out and reporting the events that cannot be shown or that SHACL rejects."""
    given = reading
    reading = _without_strangers(given)
    names = named(reading, iris)
    problems = [_problem(given, one, "refers to an entity that is not listed") for one in _lost(given, reading)]
    problems += [_problem(reading, event, message) for event in reading.events for message in unbacked(event, reading)]
    without = frozenset(event.id for event in reading.events if any(unbacked(event, reading)))
    while found := rejected(_everything(names, without)):
        blamed = events_to_leave_out(found, names)
        problems += _reported(names, blamed)
        if not blamed.keys() - without - {""}:
            return Piece(reading.article.id, problems=tuple(problems))
        without |= blamed.keys()
    return _piece(names, without, tuple(problems))


def _without_strangers(reading: Reading) -> Reading:
    """The reading without the events and mentions that refer to entities it does not list."""
    known = {entity.id for entity in reading.entities}
    events = tuple(event for event in reading.events if set(_referred(event)) <= known)
    return replace(reading, events=events, mentions=tuple(one for one in reading.mentions if one.entity in known))


def _referred(event: Event) -> Iterator[str]:
    yield from event.attributed_to
    for fillers in event.roles.values():
        yield from fillers


def _lost(given: Reading, kept: Reading) -> list[Event]:
    return [event for event in given.events if event not in kept.events]


def dumps(piece: Piece) -> str:
    """The piece as JSON."""
    return json.dumps(asdict(piece), ensure_ascii=False, sort_keys=True)


def loads(text: str) -> Piece:
    """The piece that `dumps` wrote."""
    record = json.loads(text)
    seen = tuple(Seen(one["iri"], one["article"], _entity(one["entity"])) for one in record.pop("seen"))
    reports = tuple(map(_reported_event, record.pop("reports")))
    problems = tuple(Problem(**one) for one in record.pop("problems"))
    return Piece(**record, seen=seen, reports=reports, problems=problems)


def _entity(record: Mapping[str, Any]) -> Entity:
    lists = {name: tuple(value) for name, value in record.items() if isinstance(value, list)}
    return Entity(**{**record, **lists})


def _reported_event(record: Mapping[str, Any]) -> Reported:
    roles = {role: tuple(fillers) for role, fillers in record["roles"].items()}
    return Reported(**{**record, "roles": roles})


def _piece(names: Named, without: frozenset[str], problems: tuple[Problem, ...]) -> Piece:
    events = [event for event in names.reading.events if event.id not in without]
    triples = set(article_triples(names, without))
    follows = consequences(triples)
    return Piece(
        names.reading.article.id,
        nquads(triples, names.article),
        nquads(follows, names.iris.graph("inferred")),
        len(names.reading.sentences),
        len({names.claims[event.id] for event in events}),
        _seen(names, events),
        tuple(_report(names, event) for event in events),
        problems,
    )


def _seen(names: Named, events: Iterable[Event]) -> tuple[Seen, ...]:
    """The entities that the article's graph speaks of."""
    used = {mention.entity for mention in names.reading.mentions}
    used |= {filler.entity for event in events for filler in role_fillers(event)}
    used |= {entity for event in events for entity in event.attributed_to}
    return tuple(
        Seen(names.entities[entity.id], names.reading.article.id, entity)
        for entity in names.reading.entities
        if entity.id in used
    )


def _report(names: Named, event: Event) -> Reported:
    roles = {role: tuple(sorted({names.entities[one] for one in event.roles[role]})) for role in sorted(event.roles)}
    return Reported(names.events[event.id], event.type, event.kind, event.status, event.date, roles)


def _everything(names: Named, without: frozenset[str]) -> Iterator[Triple]:
    """The article's graph with all that its shapes need to know of the shared graphs."""
    events = [event for event in names.reading.events if event.id not in without]
    entities = merged(_seen(names, events), names.iris)
    triples = [
        *article_triples(names, without),
        *(triple for entity in entities.values() for triple in entity_triples(entity, names.iris)),
        *event_triples((_report(names, event) for event in events), entities),
        *run_triples(names.iris),
    ]
    yield from triples
    yield from consequences(triples)


def _reported(names: Named, blamed: Mapping[str, tuple[Violation, ...]]) -> Iterator[Problem]:
    """A problem for each event left out, or for the article where no event answers for what was rejected."""
    events = {event.id: event for event in names.reading.events}
    for identifier, found in sorted(blamed.items()):
        for message in sorted({f"{one.message} ({one.focus})" for one in found}):
            if identifier in events:
                yield _problem(names.reading, events[identifier], message)
            elif len(blamed) == 1:
                yield Problem(names.reading.article.id, f"not loaded: {message}")


def _problem(reading: Reading, event: Event, message: str) -> Problem:
    sentences = [one for span in event.evidence for one in sentences_of(span, reading.sentences)]
    text = sentences[0].text if sentences else None
    return Problem(reading.article.id, f"event {event.id} ({event.type}) left out: {message}", text)


def nquads(triples: Iterable[Triple], graph: str) -> str:
    """The triples as sorted N-Quads of one graph."""
    name = NamedNode(graph)
    quads = (Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)
    lines = (serialize(quads, format=RdfFormat.N_QUADS) or b"").split(b"\n")
    return b"".join(line + b"\n" for line in sorted(set(lines)) if line).decode("utf-8")
