"""The border: what a Reading says, as RDF. Only this package knows both our records and RDF terms.

Each article has a graph of its own, named by its IRI, with its text, sentences, mentions and claims, and with what its
claims say of their events. A shared event has its triples in the graph of each article that reports it, so removing an
article removes exactly what it said.

    event  <- reports - claim - prov:wasDerivedFrom -> sentence - dcterms:isPartOf -> article
    claim  - evidence -> mention       the clauses that state the event
    claim  - mention  -> mention       - fills -> role, - refersTo -> entity
    event  - role     -> entity        only where a mention of the claim fills it
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Triple

from kg import __version__
from kg.graph.iris import Iris
from kg.graph.merge import content, event_iris
from kg.graph.terms import RDF_TYPE, decimal, earliest, integer, latest, node
from kg.graph.vocabulary import (
    DCTERMS,
    ISNAD,
    NIF,
    PROV,
    factuality_iri,
    kind_iri,
    part_iri,
    role_iri,
    status_iri,
)
from kg.model import Article, Event, Filler, Reading, Sentence, Span

READER = f"reader-{__version__}"
HAND = "hand"


@dataclass(frozen=True, slots=True)
class Named:
    """A reading with the IRIs of what it speaks of, each by its id in the reading."""

    reading: Reading
    iris: Iris
    entities: Mapping[str, str]
    events: Mapping[str, str]
    claims: Mapping[str, str]

    @property
    def article(self) -> str:
        """The IRI of the article, which names its graph."""
        return self.iris.article(self.reading.article.id)

    def span(self, start: int, end: int) -> str:
        """The IRI of characters of the article."""
        return self.iris.span(self.reading.article.id, start, end)


def named(reading: Reading, iris: Iris) -> Named:
    """Give everything in a reading its IRI."""
    entities = iris.entities(reading)
    claims = {event.id: iris.claim(*content(reading.article.id, event, entities)) for event in reading.events}
    return Named(reading, iris, entities, event_iris(reading, entities, iris), claims)


def unbacked(event: Event, reading: Reading) -> Iterator[str]:
    """What keeps an event out of the graph: words that state it, or a role filler, cannot be shown."""
    if not any(sentences_of(span, reading.sentences) for span in event.evidence):
        yield "no sentence of the article holds its evidence; correct the offsets of its evidence"
    backed = {(filler.role, filler.entity) for filler in event.fillers}
    for role, fillers in sorted(event.roles.items()):
        for entity in fillers:
            if (role, entity) not in backed:
                yield f"no words fill the role {role} with {entity}; name them among its fillers"


def role_fillers(event: Event) -> Iterator[Filler]:
    """The words that fill the roles which the event has."""
    return (filler for filler in event.fillers if filler.entity in event.roles.get(filler.role, ()))


def sentences_of(span: Span, sentences: Iterable[Sentence]) -> list[Sentence]:
    """The sentences that hold characters of the span."""
    return [sentence for sentence in sentences if sentence.start < span.end and span.start < sentence.end]


def article_triples(names: Named, without: frozenset[str] = frozenset()) -> Iterator[Triple]:
    """The graph of an article, leaving out the events whose ids are in `without`; a triple may come twice."""
    reading = names.reading
    article = NamedNode(names.article)
    yield from _article(article, reading.article)
    for sentence in reading.sentences:
        yield from _sentence(names, sentence)
    for mention in reading.mentions:
        yield from _reference(names, mention.start, mention.end, mention.entity)
    for event in reading.events:
        if event.id not in without:
            yield from _event(names, event)
            yield from _claim(names, event)


def _article(article: NamedNode, record: Article) -> Iterator[Triple]:
    yield Triple(article, RDF_TYPE, node(ISNAD.Article))
    yield Triple(article, node(DCTERMS.identifier), Literal(record.id))
    yield Triple(article, node(NIF.isString), Literal(record.text))
    yield Triple(article, node(ISNAD.language), Literal(record.language or "und"))
    if record.title:
        yield Triple(article, node(DCTERMS.title), Literal(record.title))
    if record.publisher:
        yield Triple(article, node(DCTERMS.publisher), Literal(record.publisher))
    if record.source:
        yield Triple(article, node(DCTERMS.source), NamedNode(record.source))
    if record.published:
        yield Triple(article, node(ISNAD.published), earliest(record.published))
    if record.published_how:
        yield Triple(article, node(ISNAD.publishedHow), Literal(record.published_how))


def _span(names: Named, start: int, end: int, kind: str) -> Iterator[Triple]:
    """Characters of the article as a node that can be checked against the text."""
    span = NamedNode(names.span(start, end))
    yield Triple(span, RDF_TYPE, node(ISNAD[kind]))
    yield Triple(span, node(DCTERMS.isPartOf), NamedNode(names.article))
    yield Triple(span, node(NIF.beginIndex), integer(start))
    yield Triple(span, node(NIF.endIndex), integer(end))
    yield Triple(span, node(NIF.anchorOf), Literal(names.reading.article.text[start:end]))


def _sentence(names: Named, sentence: Sentence) -> Iterator[Triple]:
    yield from _span(names, sentence.start, sentence.end, "Sentence")
    subject = NamedNode(names.span(sentence.start, sentence.end))
    yield Triple(subject, node(ISNAD.language), Literal(sentence.language))
    yield Triple(subject, node(ISNAD.part), node(part_iri(sentence.part)))
    yield Triple(subject, node(ISNAD.paragraph), integer(sentence.paragraph))


def _reference(names: Named, start: int, end: int, entity: str) -> Iterator[Triple]:
    """A mention of an entity."""
    yield from _span(names, start, end, "Mention")
    yield Triple(NamedNode(names.span(start, end)), node(ISNAD.refersTo), NamedNode(names.entities[entity]))


def _event(names: Named, event: Event) -> Iterator[Triple]:
    """What the claim says of its event: the values that tell it from other events, and its roles."""
    subject = NamedNode(names.events[event.id])
    yield Triple(subject, RDF_TYPE, node(ISNAD[event.type]))
    yield Triple(subject, node(ISNAD.kind), node(kind_iri(event.type, event.kind)))
    if event.type == "Statement":
        yield Triple(subject, node(ISNAD.speechAct), node(kind_iri(event.type, event.kind)))
    yield from _dated(subject, event)
    if event.date:
        yield Triple(subject, node(ISNAD.earliest), earliest(event.date))
        yield Triple(subject, node(ISNAD.latest), latest(event.date_end or event.date))
    for filler in role_fillers(event):
        yield Triple(subject, node(role_iri(filler.role)), NamedNode(names.entities[filler.entity]))
    for sentence in _sources(names, event):
        yield Triple(subject, node(PROV.wasDerivedFrom), sentence)


def _dated(subject: NamedNode, event: Event) -> Iterator[Triple]:
    """Date and status, which stand on the claim and, being part of what tells events apart, on the event too."""
    if event.status:
        yield Triple(subject, node(ISNAD.status), node(status_iri(event.status)))
    if event.date:
        yield Triple(subject, node(ISNAD.date), Literal(event.date))
    if event.date_end:
        yield Triple(subject, node(ISNAD.dateEnd), Literal(event.date_end))


def _claim(names: Named, event: Event) -> Iterator[Triple]:
    subject = NamedNode(names.claims[event.id])
    run = NamedNode(names.iris.run(HAND if event.rule == HAND else READER))
    yield Triple(subject, RDF_TYPE, node(ISNAD.Claim))
    yield Triple(subject, node(ISNAD.reports), NamedNode(names.events[event.id]))
    yield Triple(subject, node(ISNAD.factuality), node(factuality_iri(event.factuality)))
    yield Triple(subject, node(ISNAD.rule), Literal(event.rule))
    yield Triple(subject, node(ISNAD.confidence), decimal(event.confidence))
    yield Triple(subject, node(PROV.wasGeneratedBy), run)
    yield Triple(run, node(PROV.used), NamedNode(names.article))
    yield from _dated(subject, event)
    yield from _said(subject, event)
    for entity in event.attributed_to:
        yield Triple(subject, node(ISNAD.attributedTo), NamedNode(names.entities[entity]))
    for sentence in _sources(names, event):
        yield Triple(subject, node(PROV.wasDerivedFrom), sentence)
    yield from _words(names, subject, event)


def _said(subject: NamedNode, event: Event) -> Iterator[Triple]:
    """What only this article says of the event."""
    for quote in filter(None, (event.quote, *event.more_quotes)):
        yield Triple(subject, node(ISNAD.quote), Literal(quote))
    for matter in event.subjects:
        yield Triple(subject, node(ISNAD.subject), Literal(matter))
    if event.count is not None:
        yield Triple(subject, node(ISNAD["count"]), integer(event.count))
    if event.date_text:
        yield Triple(subject, node(ISNAD.dateText), Literal(event.date_text))


def _words(names: Named, claim: NamedNode, event: Event) -> Iterator[Triple]:
    """The characters behind the claim: the clauses that state its event, and the fillers of its roles."""
    for span in event.evidence:
        yield from _span(names, span.start, span.end, "Mention")
        yield Triple(claim, node(ISNAD.evidence), NamedNode(names.span(span.start, span.end)))
    for filler in role_fillers(event):
        mention = NamedNode(names.span(filler.start, filler.end))
        yield from _reference(names, filler.start, filler.end, filler.entity)
        yield Triple(mention, node(ISNAD.fills), node(role_iri(filler.role)))
        yield Triple(claim, node(ISNAD.mention), mention)


def _sources(names: Named, event: Event) -> list[NamedNode]:
    """The sentences that state the event."""
    found = {
        names.span(sentence.start, sentence.end)
        for span in event.evidence
        for sentence in sentences_of(span, names.reading.sentences)
    }
    return [NamedNode(iri) for iri in sorted(found)]
