"""The prefixes that every query may use without declaring them."""

from collections.abc import Mapping
from types import MappingProxyType

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "isnad": "https://w3id.org/isnad/ontology#",
        "entity": "https://w3id.org/isnad/entity/",
        "article": "https://w3id.org/isnad/article/",
        "event": "https://w3id.org/isnad/event/",
        "claim": "https://w3id.org/isnad/claim/",
        "graph": "https://w3id.org/isnad/graph/",
        "wd": "http://www.wikidata.org/entity/",
        "wdt": "http://www.wikidata.org/prop/direct/",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "prov": "http://www.w3.org/ns/prov#",
        "dcterms": "http://purl.org/dc/terms/",
        "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    }
)

WRITTEN: Mapping[str, str] = MappingProxyType(
    {prefix: iri for prefix, iri in PREFIXES.items() if prefix not in ("article", "wdt")}
)
"""The prefixes that written data uses; a name below article/ would need escapes, which not every parser reads."""


def compacted(iri: str) -> str:
    """Return the IRI as a prefixed name where one of the prefixes fits, else the IRI itself."""
    for prefix, base in PREFIXES.items():
        rest = iri.removeprefix(base)
        if rest != iri and rest.replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{rest}"
    return iri


def shortened(iri: str) -> str:
    """Return what a table writes for an IRI: a prefixed name, also where only `expanded` understands it."""
    place = iri.removeprefix(PREFIXES["article"])
    return f"article:{place}" if place != iri else compacted(iri)


def expanded(name: str) -> str | None:
    """Return the IRI of a prefixed name, None where it is none."""
    prefix, colon, rest = name.partition(":")
    return PREFIXES[prefix] + rest if colon and prefix in PREFIXES else None
