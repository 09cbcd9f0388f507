"""Whether a store keeps its promises: provenance complete, texts and offsets true, entities named, shapes kept.

Each article's graph must hold by itself: an event in it has a claim in it, a claim its sentence, a role its mention.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, Store, Triple

from kg.errors import IsnadError
from kg.graph.about import base_of
from kg.graph.domains import types_of, typing
from kg.graph.facts import Facts, facts_of
from kg.graph.iris import WIKIDATA, Iris
from kg.graph.report import TYPING, CheckReport, Finding, Result, Verdict
from kg.graph.shacl import Violation, rejected
from kg.graph.terms import OWL_SAME_AS, RDFS_LABEL
from kg.graph.vocabulary import DCTERMS, ISNAD, NIF, PROV, class_iri, role_iri
from kg.model import ENTITY_TYPES, KINDS, ROLES

SHOWN = 1000
"""Exceptions listed of one check; all are counted."""

_OURS = re.compile(
    r"((article|run)/([A-Za-z0-9._~-]|%[0-9A-F]{2})+|entity/(Q[1-9][0-9]*|[a-z]+-[a-z0-9-]+)"
    r"|(event|claim)/[0-9a-f]{20}|graph/[a-z]+|tenure/[A-Za-z0-9_-]+)?(#[A-Za-z]+=[A-Za-z0-9._~,-]+)?"
)


def check(store: Store) -> CheckReport:
    """Run every check over a store, graph by graph."""
    entities = facts_of(store, Iris(base_of(store)).graph("entities"))
    known = types_of(_triples(store, Iris(base_of(store)).graph("entities")))
    tally = _Tally()
    for name in _graphs(store):
        facts = facts_of(store, name)
        triples = list(_triples(store, name))
        tally.add(typing(triples, types_of(triples), known))
        for verdicts in (_provenance(facts), _offsets(facts), _named(facts, entities), _iris(facts, base_of(store))):
            tally.add(verdicts)
        if facts.typed(ISNAD.Article):
            tally.add((_finding(one), False) for one in _rejected(store, name))
            tally.looked("shacl", facts.subjects())
    tally.add(_linked(entities))
    return tally.report()


def check_file(path: Path) -> CheckReport:
    """Check an RDF file, whose name tells its format, against the shapes; IsnadError where it cannot be read."""
    format_ = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if format_ is None:
        raise IsnadError(f"{path}: its name tells no RDF format; name it .ttl, .nt, .nq, .trig, .rdf, .owl or .jsonld")
    try:
        triples = [quad.triple for quad in pyoxigraph.parse(path=path, format=format_)]
    except (SyntaxError, ValueError, OSError) as error:
        raise IsnadError(f"{path}: cannot be read as RDF ({error}); mend it or name it after its format") from error
    plain = [triple for triple in triples if not isinstance(triple.object, Triple)]
    tally = _Tally()
    tally.add(typing(plain, types_of(plain)))
    tally.add((_finding(one), False) for one in rejected(plain))
    tally.looked("shacl", (str(triple.subject).strip("<>") for triple in plain))
    return CheckReport(tuple(one for one in tally.report().results if one.name in ("shacl", *TYPING)))


class _Tally:
    """Counts what each check looked at, each thing once, and keeps the exceptions."""

    def __init__(self) -> None:
        self._seen: dict[str, set[tuple[str, ...]]] = {name: set() for name in CHECKS}
        self._found: dict[str, dict[Finding, None]] = {name: {} for name in CHECKS}

    def add(self, verdicts: Iterator[Verdict]) -> None:
        """Take in what checks found."""
        for finding, fine in verdicts:
            self._seen[finding.check].add((finding.node, finding.path or "", finding.value or ""))
            if not fine:
                self._found[finding.check][finding] = None

    def looked(self, check: str, nodes: Iterator[str]) -> None:
        """Take in what a check looked at beside its findings."""
        self._seen[check].update((node, "", "") for node in nodes)

    def report(self) -> CheckReport:
        """The counts and exceptions of all checks."""
        return CheckReport(tuple(_result(name, len(self._seen[name]), iter(self._found[name])) for name in CHECKS))


CHECKS: Mapping[str, str] = MappingProxyType(
    {
        "event-claim": "no claim reports this event",
        "event-sentence": "no sentence states this event",
        "claim-event": "this claim reports no event",
        "claim-sentence": "this claim rests on no sentence of its article",
        "claim-evidence": "no characters state this claim",
        "role-mention": "no mention of a claim fills this role of the event with this entity",
        "mention-article": "these characters lie in no article",
        "offsets": "the text of the article has other characters here",
        "entity-type": "this entity has no type",
        "entity-label": "this entity has no label",
        "entity-link": "this entity does not say whether it is linked",
        "link-source": "this link does not say where it was verified",
        "iris": "is not spelt as the IRIs of the data are",
        "domain": "is of no class that may have this property",
        "range": "is no value that this property may have",
        "shacl": "the shapes reject this",
    }
)
"""Every check with what it says of an exception."""

_EVENTS = tuple(str(class_iri(name)) for name in KINDS)
_ENTITIES = tuple(str(class_iri(name)) for name in ENTITY_TYPES)
_ROLES = tuple(sorted({str(role_iri(role)) for roles in ROLES.values() for role in roles}))


def _verdict(check: str, fine: bool, node: str, path: str | None = None, value: str | None = None) -> Verdict:
    return Finding(check, node, CHECKS[check], path=path, value=value), fine


def _provenance(facts: Facts) -> Iterator[Verdict]:
    """Events, claims and mentions of one graph."""
    sentences = facts.typed(ISNAD.Sentence) & facts.having(DCTERMS.isPartOf)
    mentions, reported = facts.typed(ISNAD.Mention), facts.values(ISNAD.reports)
    events = facts.typed(*_EVENTS)
    for event in events:
        yield _verdict("event-claim", event in reported, event)
        yield _verdict("event-sentence", bool(facts.get(event, PROV.wasDerivedFrom) & sentences), event)
    for claim in facts.typed(ISNAD.Claim):
        yield _verdict("claim-event", bool(facts.get(claim, ISNAD.reports) & events), claim)
        yield _verdict("claim-sentence", bool(facts.get(claim, PROV.wasDerivedFrom) & sentences), claim)
        yield _verdict("claim-evidence", bool(facts.get(claim, ISNAD.evidence) & mentions), claim)
    for mention in mentions:
        yield _verdict("mention-article", bool(facts.get(mention, DCTERMS.isPartOf)), mention)
    yield from _roles(facts)


def _roles(facts: Facts) -> Iterator[Verdict]:
    """Each role triple against the mentions of the claims that report its event."""
    backed = {
        (event, role, entity)
        for claim, event in facts.pairs(ISNAD.reports)
        for mention in facts.get(claim, ISNAD.mention)
        for role in facts.get(mention, ISNAD.fills)
        for entity in facts.get(mention, ISNAD.refersTo)
    }
    for role in _ROLES:
        for event, entity in facts.pairs(role):
            yield _verdict("role-mention", (event, role, entity) in backed, event, role, entity)


def _offsets(facts: Facts) -> Iterator[Verdict]:
    """Each span against the text of its article."""
    for span, words in facts.pairs(NIF.anchorOf):
        begin, end = facts.one(span, NIF.beginIndex), facts.one(span, NIF.endIndex)
        text = facts.one(facts.one(span, DCTERMS.isPartOf), NIF.isString)
        fine = span.endswith(f"#char={begin},{end}") and text[int(begin or 0) : int(end or 0)] == words
        yield _verdict("offsets", fine, span, value=words[:80])


def _named(facts: Facts, entities: Facts) -> Iterator[Verdict]:
    """Each entity that a graph speaks of against its description."""
    links = (ISNAD.refersTo, ISNAD.attributedTo, ISNAD.candidate, ISNAD.country, *_ROLES)
    described, labelled = entities.typed(*_ENTITIES), entities.having(RDFS_LABEL.value)
    for entity in {one for link in links for one in facts.values(link)}:
        yield _verdict("entity-type", entity in described, entity)
        yield _verdict("entity-label", entity in labelled, entity)
        yield _verdict("entity-link", bool(entities.get(entity, ISNAD.linkStatus)), entity)


def _linked(entities: Facts) -> Iterator[Verdict]:
    for entity, item in entities.pairs(OWL_SAME_AS.value):
        if item.startswith(WIKIDATA):
            yield _verdict("link-source", bool(entities.get(entity, ISNAD.linkSource)), entity, value=item)


def _iris(facts: Facts, base: str) -> Iterator[Verdict]:
    """Each IRI of the data against the ways in which the data's IRIs are spelt."""
    for iri in facts.iris:
        if iri.startswith(base) and not iri.startswith(ISNAD.base.rstrip("#")):
            yield _verdict("iris", bool(_OURS.fullmatch(iri.removeprefix(base))), iri)


def _graphs(store: Store) -> list[str]:
    """The graphs that state something of their own."""
    names = {graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode)}
    iris = Iris(base_of(store))
    return sorted(names - {iris.graph("inferred"), iris.graph("ontology")})


def _triples(store: Store, graph: str) -> Iterator[Triple]:
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(graph)))


def _rejected(store: Store, name: str) -> list[Violation]:
    """What the shapes reject in an article's graph, given what the shared graphs say of its nodes."""
    own = [quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(name))]
    return rejected(around(store, own))


def _result(name: str, checked: int, findings: Iterator[Finding]) -> Result:
    found = sorted(findings, key=lambda one: (one.node, one.path or "", one.value or "", one.message))
    return Result(name, checked, len(found), tuple(found[:SHOWN]))


def around(store: Store, triples: Sequence[Triple]) -> Iterator[Triple]:
    """Triples, and what the shared graphs say of the nodes in them and of those they lead to."""
    yield from triples
    iris = Iris(base_of(store))
    graphs = [NamedNode(iris.graph(name)) for name in ("entities", "events", "about")]
    new = {term for triple in triples for term in (triple.subject, triple.object) if isinstance(term, NamedNode)}
    known: set[NamedNode] = set()
    while new:
        known |= new
        quads = (quad for node in new for name in graphs for quad in store.quads_for_pattern(node, None, None, name))
        shared = [quad.triple for quad in quads]
        yield from shared
        new = {triple.object for triple in shared if isinstance(triple.object, NamedNode)} - known


def _finding(one: Violation) -> Finding:
    return Finding("shacl", one.focus, one.message, one.message_ar, one.path, one.value)
