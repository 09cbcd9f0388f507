"""Whether a store keeps its promises: provenance complete, texts and offsets true, entities named, shapes kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, QuerySolution, QuerySolutions, RdfFormat, Store, Triple

from kg.errors import IsnadError
from kg.graph.iris import Iris
from kg.graph.shacl import Violation, rejected, to_rdflib, validated_with_context
from kg.graph.vocabulary import ISNAD
from kg.model import KINDS, ROLES

SHOWN = 1000
"""Exceptions listed of one check; all are counted."""

_PREFIXES = """
PREFIX isnad: <https://w3id.org/isnad/ontology#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX void: <http://rdfs.org/ns/void#>
"""
_BASE = _PREFIXES + "SELECT ?x WHERE { ?x a void:Dataset } ORDER BY ?x LIMIT 1"
_GRAPHS = _PREFIXES + "SELECT DISTINCT ?x WHERE { GRAPH ?x { ?x a isnad:Article } } ORDER BY ?x"
_SPANS = _PREFIXES + (
    "SELECT ?x ?begin ?end ?words ?text WHERE { ?x nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?words ;"
    " dcterms:isPartOf ?article . ?article nif:isString ?text } ORDER BY ?x"
)
_IRIS = "SELECT DISTINCT ?x WHERE { { ?x ?p ?o } UNION { ?o ?p ?x } FILTER(isIRI(?x)) }"
_PART = re.compile(
    r"((article|run)/([A-Za-z0-9._~-]|%[0-9A-F]{2})+|entity/(Q[1-9][0-9]*|[a-z]+-[a-z0-9-]+)"
    r"|(event|claim)/[0-9a-f]{20}|graph/[a-z]+)?(#[A-Za-z]+=[A-Za-z0-9._~,-]+)?"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One exception: the check it fails, the node at fault, and what is wrong with it."""

    check: str
    node: str
    message: str
    message_ar: str | None = None
    path: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One check: how many things were looked at, and the exceptions, of which at most SHOWN are listed."""

    name: str
    checked: int
    exceptions: int
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Every check with its counts."""

    results: tuple[Result, ...]

    @property
    def exceptions(self) -> int:
        """How many exceptions all checks found."""
        return sum(result.exceptions for result in self.results)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The exceptions of all checks, as far as they are listed."""
        return tuple(finding for result in self.results for finding in result.findings)


@dataclass(frozen=True, slots=True)
class Rule:
    """A check in SPARQL: the things it is about, and what makes one of them an exception."""

    name: str
    message: str
    things: str
    exception: str
    variables: str = "?x"


_IS_EVENT = f"a ?type VALUES ?type {{ {' '.join(f'isnad:{name}' for name in KINDS)} }}"
_EVENTS = f"?x {_IS_EVENT}"
_ENTITIES = "{ ?m isnad:refersTo ?x } UNION { ?c isnad:attributedTo ?x } UNION { ?x isnad:linkStatus ?s }"
_ROLES = " ".join(f"isnad:{role}" for role in sorted({role for roles in ROLES.values() for role in roles}))

RULES = (
    Rule("event-claim", "no claim reports this event", _EVENTS, "?c isnad:reports ?x"),
    Rule("event-sentence", "no sentence states this event", _EVENTS, "?x prov:wasDerivedFrom/a isnad:Sentence"),
    Rule(
        "claim-sentence",
        "this claim rests on no sentence of an article",
        "?x a isnad:Claim",
        "?x prov:wasDerivedFrom ?s . ?s a isnad:Sentence ; dcterms:isPartOf/a isnad:Article",
    ),
    Rule("claim-event", "this claim reports no event", "?x a isnad:Claim", f"?x isnad:reports ?e . ?e {_IS_EVENT}"),
    Rule("claim-evidence", "no characters state this claim", "?x a isnad:Claim", "?x isnad:evidence/a isnad:Mention"),
    Rule(
        "role-mention",
        "no mention of a claim fills this role of the event with this entity",
        f"?x ?p ?y VALUES ?p {{ {_ROLES} }} ?x a ?t FILTER(?t != isnad:Role)",
        "?c isnad:reports ?x ; isnad:mention ?m . ?m isnad:fills ?p ; isnad:refersTo ?y",
        "?x ?p ?y",
    ),
    Rule(
        "mention-article",
        "this mention lies in no article",
        "?x a isnad:Mention",
        "?x dcterms:isPartOf/a isnad:Article",
    ),
    Rule(
        "entity-type",
        "this entity has no type",
        _ENTITIES,
        "?x a ?t VALUES ?t { isnad:Person isnad:Organization isnad:Country isnad:Place }",
    ),
    Rule("entity-label", "this entity has no label", _ENTITIES, "?x rdfs:label ?l"),
    Rule("entity-link", "this entity does not say whether it is linked", _ENTITIES, "?x isnad:linkStatus ?l"),
    Rule(
        "link-source",
        "this link does not say where it was verified",
        "?x owl:sameAs ?q FILTER(STRSTARTS(STR(?q), 'http://www.wikidata.org/entity/'))",
        "?x isnad:linkSource ?l",
    ),
)
"""The checks in SPARQL; `exception` holds what every thing must have."""


def check(store: Store) -> CheckReport:
    """Run every check over a store."""
    by_rule = (_by_rule(store, rule) for rule in RULES)
    return CheckReport((*by_rule, _offsets(store), _iris(store), _shacl(store)))


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
    found = validated_with_context(to_rdflib(plain))
    return CheckReport((_result("shacl", len({triple.subject for triple in plain}), map(_finding, found)),))


def _result(name: str, checked: int, findings: Iterator[Finding]) -> Result:
    found = list(findings)
    return Result(name, checked, len(found), tuple(found[:SHOWN]))


def _select(store: Store, query: str) -> Iterator[QuerySolution]:
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, QuerySolutions)
    return iter(solutions)


def _by_rule(store: Store, rule: Rule) -> Result:
    things = f"{_PREFIXES}SELECT DISTINCT {rule.variables} WHERE {{ {rule.things} "
    checked = sum(1 for _ in _select(store, things + "}"))
    without = f"FILTER NOT EXISTS {{ {rule.exception} }} }} ORDER BY {rule.variables}"
    found = (_exception(rule, row) for row in _select(store, things + without))
    return _result(rule.name, checked, found)


def _exception(rule: Rule, row: QuerySolution) -> Finding:
    more = [_text(term) for term in list(row)[1:]] + [None, None]
    return Finding(rule.name, _text(row["x"]) or "", rule.message, path=more[0], value=more[1])


def _text(term: object) -> str | None:
    return term.value if isinstance(term, NamedNode | Literal) else None if term is None else str(term)


def _offsets(store: Store) -> Result:
    """Each span against the text of its article."""
    rows = [[_text(term) or "" for term in row] for row in _select(store, _SPANS)]
    findings = (
        Finding("offsets", iri, f"says «{words[:80]}» where the text has «{text[int(begin) : int(end)][:80]}»")
        for iri, begin, end, words, text in rows
        if text[int(begin) : int(end)] != words or not iri.endswith(f"#char={begin},{end}")
    )
    return _result("offsets", len(rows), findings)


def _iris(store: Store) -> Result:
    """Each IRI of the data against the ways in which the data's IRIs are spelt."""
    base = next((_text(row["x"]) for row in _select(store, _BASE)), None)
    if base is None:
        return Result("iris", 0, 1, (Finding("iris", Iris().graph("about"), "no dataset is described in this graph"),))
    iris = sorted(iri for row in _select(store, _IRIS) if (iri := _text(row["x"]) or "").startswith(base))
    own = [iri for iri in iris if not iri.startswith(ISNAD.base.rstrip("#"))]
    bad = (iri for iri in own if not _PART.fullmatch(iri.removeprefix(base)))
    return _result("iris", len(own), (Finding("iris", iri, "is not spelt as IRIs of the data are") for iri in bad))


def _shacl(store: Store) -> Result:
    """Each article's graph, with what the shared graphs say of its nodes, against the shapes."""
    graphs = [row["x"] for row in _select(store, _GRAPHS)]
    found = {one for graph in graphs for one in rejected(_around(store, graph))}
    nodes = sum(len({quad.subject for quad in store.quads_for_pattern(None, None, None, graph)}) for graph in graphs)
    return _result("shacl", nodes, map(_finding, sorted(found, key=lambda one: (one.focus, one.message))))


def _around(store: Store, graph: NamedNode) -> Iterator[Triple]:
    """An article's graph, and what other graphs but those of articles say of the nodes in it."""
    own = [quad.triple for quad in store.quads_for_pattern(None, None, None, graph)]
    yield from own
    nodes = {term for triple in own for term in (triple.subject, triple.object) if isinstance(term, NamedNode)}
    for node in nodes:
        for quad in store.quads_for_pattern(node, None, None, None):
            if quad.graph_name != graph and "/graph/" in str(quad.graph_name):
                yield quad.triple


def _finding(one: Violation) -> Finding:
    return Finding("shacl", one.focus, one.message, one.message_ar, one.path, one.value)
