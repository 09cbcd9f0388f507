"""The graph as one OWL 2 DL ontology for Protégé: everything declared and named in Arabic, provenance under "@"."""

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph.iris import Iris, digest
from kg.graph.select import Graph
from kg.graph.terms import OWL_SAME_AS, RDF_TYPE, RDFS_LABEL, node
from kg.graph.vocabulary import DCTERMS, ISNAD, NIF, ONTOLOGY, PROV, role_iri
from kg.model import ROLES

OWL = "http://www.w3.org/2002/07/owl#"
COMMENT = NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
WORDS = 80  # characters of a sentence that name it

_AXIOM = {name: NamedNode(f"{OWL}{name}") for name in ("Axiom", "annotatedSource", "annotatedProperty")}
_TARGET = NamedNode(f"{OWL}annotatedTarget")
_INDIVIDUAL = NamedNode(f"{OWL}NamedIndividual")
_ONTOLOGY = NamedNode(f"{OWL}Ontology")


class Names:
    """The Arabic labels given so far, by node."""

    def __init__(self, graphs: list[Graph]) -> None:
        self.labels = {
            one.subject: one.object.value
            for _, triples in graphs
            for one in triples
            if one.predicate == RDFS_LABEL and isinstance(one.object, Literal) and one.object.language == "ar"
        }

    def of(self, subject: NamedNode, values: dict[NamedNode, list[str]]) -> str:
        """A name for a node of an article's graph, made of what it holds."""
        words = values.get(node(NIF.anchorOf), [""])[0]
        event = values.get(node(ISNAD.reports), [""])[0]
        if event:
            return f"ادعاء: {self.labels.get(NamedNode(event), event)}"
        if words:
            return " ".join(words.split())[:WORDS]
        title = values.get(node(DCTERMS.title)) or values.get(node(DCTERMS.identifier))
        return title[0] if title else subject.value.rpartition("/")[2]


def protege_triples(graphs: list[Graph], schema: list[Triple], iris: Iris) -> Iterator[Triple]:
    """Schema and data of the graphs as one ontology; a triple that two articles state comes once."""
    yield from _header(iris)
    header = NamedNode(ONTOLOGY)
    yield from (one for one in schema if one.subject != header)
    names = Names(graphs)
    done: set[Triple] = set()
    for _, triples in graphs:
        for one in (*triples, *_declared(triples, names)):
            if one not in done:
                yield one
            if _is_shared(one):
                done.add(one)
        yield from _annotations(triples)


def _is_shared(triple: Triple) -> bool:
    """Whether another article's graph may hold the triple too."""
    return isinstance(triple.subject, NamedNode) and "/article/" not in triple.subject.value


def _header(iris: Iris) -> Iterator[Triple]:
    ontology = NamedNode(iris.graph("protege"))
    yield Triple(ontology, RDF_TYPE, _ONTOLOGY)
    for text, language in (("Isnad: schema and data", "en"), ("إسناد: المخطط والبيانات", "ar")):
        yield Triple(ontology, RDFS_LABEL, Literal(text, language=language))


def _declared(triples: list[Triple], names: Names) -> Iterator[Triple]:
    """Each subject as a named individual with an Arabic label, and each Wikidata item it is the same as."""
    values: dict[NamedNode, dict[NamedNode, list[str]]] = {}
    for one in triples:
        if isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode | Literal):
            values.setdefault(one.subject, {}).setdefault(one.predicate, []).append(one.object.value)
        if one.predicate == OWL_SAME_AS and isinstance(one.object, NamedNode):
            yield Triple(one.object, RDF_TYPE, _INDIVIDUAL)
            label = f"ويكي بيانات {one.object.value.rpartition('/')[2]}"
            yield Triple(one.object, RDFS_LABEL, Literal(label, language="ar"))
    for subject, known in values.items():
        yield Triple(subject, RDF_TYPE, _INDIVIDUAL)
        if subject not in names.labels:
            yield Triple(subject, RDFS_LABEL, Literal(names.of(subject, known), language="ar"))


def _annotations(triples: list[Triple]) -> Iterator[Triple]:
    """On each role assertion of an article's graph its words, and the claim and sentences that make it."""
    held: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = {}
    for one in triples:
        if isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode | Literal):
            held.setdefault(one.subject, {}).setdefault(one.predicate, []).append(one.object)
    roles = [node(role_iri(role)) for role in sorted({role for roles in ROLES.values() for role in roles})]
    for claim, values in held.items():
        for event in [one for one in values.get(node(ISNAD.reports), ()) if isinstance(one, NamedNode)]:
            for role in roles:
                for entity in held[event].get(role, ()):
                    yield from _axiom(Triple(event, role, entity), claim, held)


def _axiom(
    assertion: Triple, claim: NamedNode, held: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]]
) -> Iterator[Triple]:
    """One owl:Axiom: the assertion with the words that fill the role, their place, and the claim."""
    axiom = BlankNode(f"a{digest(str(assertion), claim.value)}")
    yield Triple(axiom, RDF_TYPE, _AXIOM["Axiom"])
    yield Triple(axiom, _AXIOM["annotatedSource"], assertion.subject)
    yield Triple(axiom, _AXIOM["annotatedProperty"], assertion.predicate)
    yield Triple(axiom, _TARGET, assertion.object)
    yield Triple(axiom, node(DCTERMS.source), claim)
    for mention in held[claim].get(node(ISNAD.mention), ()):
        values = held.get(mention, {}) if isinstance(mention, NamedNode) else {}
        fits = assertion.predicate in values.get(node(ISNAD.fills), ())
        if fits and assertion.object in values.get(node(ISNAD.refersTo), ()):
            yield Triple(axiom, node(DCTERMS.source), mention)
            yield from (Triple(axiom, COMMENT, words) for words in values[node(NIF.anchorOf)])
    yield from (Triple(axiom, node(DCTERMS.source), one) for one in held[claim].get(node(PROV.wasDerivedFrom), ()))
