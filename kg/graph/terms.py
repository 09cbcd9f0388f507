"""RDF terms of plain values, in the datatypes that OWL 2 knows."""

from functools import cache

from pyoxigraph import Literal, NamedNode

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RDFS_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
OWL_SAME_AS = NamedNode("http://www.w3.org/2002/07/owl#sameAs")

_DATE_TIME = NamedNode(f"{XSD}dateTime")
_INTEGER = NamedNode(f"{XSD}integer")
_DECIMAL = NamedNode(f"{XSD}decimal")
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@cache
def node(iri: str) -> NamedNode:
    """The node of an IRI of the vocabulary, kept for the next time."""
    return NamedNode(iri)


def integer(value: int) -> Literal:
    """A whole number."""
    return Literal(str(value), datatype=_INTEGER)


def decimal(value: float) -> Literal:
    """A figure with at most four digits after the point."""
    return Literal(f"{value:.4f}".rstrip("0").rstrip(".") or "0", datatype=_DECIMAL)


def earliest(edtf: str) -> Literal:
    """The first moment of a day, month or year in UTC: 2024-11 gives 2024-11-01T00:00:00Z."""
    return Literal(f"{edtf}{'-01-01'[len(edtf) - 4 :]}T00:00:00Z", datatype=_DATE_TIME)


def latest(edtf: str) -> Literal:
    """The last second of a day, month or year in UTC: 2024-11 gives 2024-11-30T23:59:59Z."""
    year, month, day = (*map(int, edtf.split("-")), 0, 0)[:3]
    month = month or 12
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    day = day or _MONTH_DAYS[month - 1] + leap
    return Literal(f"{year:04}-{month:02}-{day:02}T23:59:59Z", datatype=_DATE_TIME)


def named(text: str) -> Literal:
    """A name tagged by its script: Arabic and Cyrillic letters tell ar and ru, others no language."""
    language = script_language(text)
    return Literal(text, language=language) if language else Literal(text)


def script_language(text: str) -> str | None:
    """The language that the first letter of a script of one language here tells, None where it tells none."""
    for letter in text:
        if "\u0600" <= letter <= "\u06ff":
            return "ar"
        if "\u0400" <= letter <= "\u04ff":
            return "ru"
    return None
