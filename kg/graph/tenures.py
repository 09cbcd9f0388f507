"""Terms of office: who held which office where, between two dates, as the table of people knows it."""

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.authority import Authority, Office
from kg.graph.iris import Iris
from kg.graph.labels import LANGUAGES, term_label
from kg.graph.terms import RDF_TYPE, RDFS_LABEL, node
from kg.graph.vocabulary import ISNAD, office_iri


def tenure_triples(person: NamedNode, office: Office, place: Authority, iris: Iris) -> Iterator[Triple]:
    """One term of a person; its IRI is made of the person, the office, the place and the first day."""
    at = iris.known(place)
    parts = (person.value, office.role, at, office.since)
    tenure = NamedNode(iris.tenure("-".join(part.rpartition("/")[2] for part in parts if part)))
    yield Triple(person, node(ISNAD.tenure), tenure)
    yield Triple(tenure, RDF_TYPE, node(ISNAD.Tenure))
    yield Triple(tenure, node(ISNAD.office), node(office_iri(office.role)))
    yield Triple(tenure, node(ISNAD.officeAt), NamedNode(at))
    if office.since:
        yield Triple(tenure, node(ISNAD.since), Literal(office.since))
    if office.until:
        yield Triple(tenure, node(ISNAD.until), Literal(office.until))
    for language in LANGUAGES:
        label = _label(office, place, language)
        yield Triple(tenure, RDFS_LABEL, Literal(label, language=language))


def _label(office: Office, place: Authority, language: str) -> str:
    """«رئيس: روسيا (2012-05-07–)»."""
    where = place.names.get(language) or place.key
    term = f" ({office.since}–{office.until})" if office.since or office.until else ""
    return f"{term_label(office_iri(office.role), language)}: {where}{term}"
