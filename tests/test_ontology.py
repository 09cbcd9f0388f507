"""The ontology files: they agree with the model, and every term is labelled and defined in Arabic and English."""

import re
from functools import cache
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import SKOS
from rdflib.term import Node

from kg.authority import OFFICES
from kg.graph.vocabulary import (
    DCTERMS,
    ISNAD,
    NIF,
    ONTOLOGY,
    Vocabulary,
    class_iri,
    declared,
    factuality_iri,
    kind_iri,
    link_status_iri,
    ontology_dir,
    part_iri,
    role_iri,
    speech_act_iri,
    status_iri,
)
from kg.model import ENTITY_TYPES, FACTUALITIES, KINDS, ROLES, STATUSES

FILES = ("isnad.ttl", "schemes.ttl", "plover.ttl")
PARTS = ("body", "heading", "dateline", "recap", "boilerplate")
LINK_STATUSES = ("linked", "ambiguous", "proposed", "unlinked")
MODES = {
    "CONSULT": ("visit", "third-party", "multilateral", "phone"),
    "RETREAT": ("withdraw", "release", "disarm", "ceasefire", "access", "resign"),
    "REQUEST": ("assist", "change", "yield", "meet"),
    "ACCUSE": ("disapprove", "investigate", "allege"),
    "REJECT": ("assist", "change", "yield", "meet"),
    "THREATEN": ("restrict", "arrest", "relations", "expel", "territory", "violence"),
    "PROTEST": ("demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"),
    "SANCTION": ("convict", "expel", "withdraw", "discontinue"),
    "MOBILIZE": ("troops", "weapons", "police", "militia"),
    "COERCE": (
        *("seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport"),
        *("withhold", "misinformation", "cyber"),
    ),
    "ASSAULT": (
        *("abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives"),
        *("suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional"),
    ),
}
"""The PLOVER types with modes; five more have none."""
TYPES = {*MODES, "AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID"}
CONTEXTS = {"diplomatic", "economic", "military", "political_institutions", "territory"}


@cache
def ontology() -> Graph:
    graph = Graph()
    for name in FILES:
        graph.parse(ontology_dir() / name, format="turtle")
    return graph


def ours() -> list[URIRef]:
    """Every term of our own namespace."""
    return sorted({term for term in ontology().subjects(RDF.type) if _is_ours(term)})


def _is_ours(term: Node) -> bool:
    return isinstance(term, URIRef) and term.startswith(ISNAD.base)


def languages(term: Node, predicate: Node) -> list[str]:
    texts = [text for text in ontology().objects(term, predicate) if isinstance(text, Literal) and text.strip()]
    return sorted(str(text.language) for text in texts)


def concepts(scheme: str) -> set[str]:
    """The notations of a scheme, each on the concept that it names."""
    found = set()
    for concept in ontology().subjects(SKOS.inScheme, ISNAD[f"{scheme}-scheme"]):
        notation = str(ontology().value(concept, SKOS.notation))
        assert concept == ISNAD[f"{scheme}-{notation}"]
        found.add(notation)
    return found


def test_every_term_has_a_label_and_a_definition_in_both_languages() -> None:
    assert len(ours()) > 150
    for term in ours():
        assert languages(term, RDFS.label) == ["ar", "en"], term
        assert languages(term, SKOS.definition) == ["ar", "en"], term
        assert (term, RDFS.isDefinedBy, URIRef(ONTOLOGY)) in ontology(), term


def test_arabic_texts_are_arabic_and_english_ones_are_not() -> None:
    for term in ours():
        for text in ontology().objects(term):
            if isinstance(text, Literal) and text.language in ("ar", "en"):
                assert bool(re.search("[\u0600-\u06ff]", text)) == (text.language == "ar"), (term, text)


def test_every_concept_has_five_preferred_labels() -> None:
    for kind in (SKOS.Concept, SKOS.ConceptScheme):
        for term in ontology().subjects(RDF.type, kind):
            assert languages(term, SKOS.prefLabel) == ["ar", "en", "es", "fr", "ru"], term


def test_no_two_concepts_of_a_scheme_share_a_label() -> None:
    for scheme in ontology().subjects(RDF.type, SKOS.ConceptScheme):
        labels = [t for c in ontology().subjects(SKOS.inScheme, scheme) for t in ontology().objects(c, SKOS.prefLabel)]
        assert len(labels) == len(set(labels)), scheme


def test_the_schemes_hold_what_the_model_knows_and_no_more() -> None:
    expected = {**KINDS, "status": STATUSES, "factuality": FACTUALITIES, "part": PARTS, "link": LINK_STATUSES}
    expected["office"] = OFFICES
    assert {scheme: concepts(scheme) for scheme in expected} == {name: set(of) for name, of in expected.items()}
    expected["plover"] = tuple(TYPES)
    assert concepts("plover") == TYPES
    schemes = {str(scheme) for scheme in ontology().subjects(RDF.type, SKOS.ConceptScheme)}
    assert schemes == {f"{ISNAD.base}{name}-scheme" for name in expected}


def test_the_classes_are_those_of_the_model() -> None:
    events = {str(each) for each in ontology().subjects(RDFS.subClassOf, ISNAD.Event)}
    assert events == {str(class_iri(event_type)) for event_type in KINDS}
    below = {str(each) for each in ontology().transitive_subjects(RDFS.subClassOf, ISNAD.Entity)}
    assert below - {str(ISNAD.Entity), str(ISNAD.Actor)} == {str(class_iri(type_)) for type_ in ENTITY_TYPES}


def test_the_roles_are_those_of_the_model_with_the_same_domains() -> None:
    roles = {role for of in ROLES.values() for role in of}
    assert set(ontology().subjects(RDFS.subPropertyOf, ISNAD.involves)) == {role_iri(role) for role in roles}
    assert set(ontology().subjects(RDF.type, ISNAD.Role)) == {role_iri(role) for role in roles}
    for role in roles:
        assert _domain(role_iri(role)) == {class_iri(type_) for type_, of in ROLES.items() if role in of}, role


def _domain(role: URIRef) -> set[Node]:
    """The classes of a domain: the one it names, or those of its union."""
    domain = ontology().value(role, RDFS.domain)
    union = ontology().value(domain, OWL.unionOf)
    return set(ontology().items(union)) if union else {domain} if domain else set()


def test_every_property_says_its_domain_and_range_or_has_an_inverse_that_does() -> None:
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in filter(_is_ours, ontology().subjects(RDF.type, kind)):
            if (None, OWL.inverseOf, term) in ontology() or term == ISNAD.speechAct:
                continue
            assert ontology().value(term, RDFS.domain) is not None, term
            assert ontology().value(term, RDFS.range) is not None, term


def test_the_header_says_what_an_ontology_should() -> None:
    header = URIRef(ONTOLOGY)
    assert (header, RDF.type, OWL.Ontology) in ontology()
    for predicate in (OWL.versionIRI, OWL.versionInfo, DCTERMS.license, DCTERMS.creator):
        assert ontology().value(header, predicate) is not None, predicate
    for predicate in (DCTERMS.title, DCTERMS.description):
        assert languages(header, predicate) == ["ar", "en"]
    assert list(ontology().objects(header, OWL.imports)) == []


def test_plover_types_modes_and_contexts_are_those_of_the_manual() -> None:
    for concept, type_ in ontology().subject_objects(ISNAD.plover):
        assert str(type_) in TYPES, concept
        for mode in ontology().objects(concept, ISNAD.ploverMode):
            assert str(mode) in MODES[str(type_)], concept
    assert {str(context) for context in ontology().objects(None, ISNAD.ploverContext)} <= CONTEXTS
    with_mode = set(ontology().subjects(ISNAD.ploverMode))
    assert with_mode <= set(ontology().subjects(ISNAD.plover))


def test_cameo_codes_have_three_or_four_digits_and_only_kinds_have_them() -> None:
    kinds = [pair for pair in ontology().subject_objects(ISNAD.cameo) if "plover-" not in str(pair[0])]
    for concept, code in kinds:
        assert re.fullmatch("(0[1-9]|1[0-9]|20)[0-9]{1,2}", str(code)), concept
        assert str(concept).removeprefix(ISNAD.base).split("-")[0] in KINDS


def test_each_kind_falls_under_the_plover_type_of_its_notation() -> None:
    noted = {(concept, ISNAD[f"plover-{type_}"]) for concept, type_ in ontology().subject_objects(ISNAD.plover)}
    assert set(ontology().subject_objects(SKOS.broadMatch)) == noted


def test_every_mapping_is_documented() -> None:
    text = (ontology_dir().parent / "docs" / "plover-cameo.md").read_text(encoding="utf-8")
    rows = {cells[0]: cells for line in text.splitlines() if (cells := _cells(line))}
    for event_type, kinds in KINDS.items():
        for kind in kinds:
            concept = kind_iri(event_type, kind)
            assert rows[f"{event_type}-{kind}"][1:4] == [_plover(concept), _mode(concept), _cameo(concept)]


def _cells(line: str) -> list[str]:
    """The cells of a row of a Markdown table, without code marks."""
    return [cell.strip().strip("`") for cell in line.strip("| ").split("|")] if line.startswith("| `") else []


def _values(concept: URIRef, predicate: URIRef) -> str:
    return " ".join(sorted(str(value) for value in ontology().objects(concept, predicate))) or "–"


def _plover(concept: URIRef) -> str:
    return _values(concept, ISNAD.plover)


def _mode(concept: URIRef) -> str:
    return _values(concept, ISNAD.ploverMode)


def _cameo(concept: URIRef) -> str:
    return _values(concept, ISNAD.cameo)


def test_the_files_are_grouped_by_comments_and_have_no_tabs_or_trailing_blanks() -> None:
    for path in ontology_dir().glob("*.ttl"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("# "), path
        assert text.endswith("\n"), path
        assert not re.search(r"\t|[ ]+$", text, re.MULTILINE), path


@pytest.mark.parametrize("path", sorted(ontology_dir().glob("*.ttl")), ids=lambda path: path.name)
def test_every_term_of_ours_that_a_file_uses_is_declared(path: Path) -> None:
    used = {term for triple in Graph().parse(path, format="turtle") for term in triple if _is_ours(term)}
    assert {str(term) for term in used} - set(declared()) == set()


def test_a_term_is_an_attribute_or_an_item() -> None:
    assert ISNAD.party == ISNAD["party"] == URIRef(f"{ONTOLOGY}#party")
    assert "party" in ISNAD
    assert "Agreement-treaty" in list(ISNAD)
    assert str(NIF.beginIndex).endswith("nif-core#beginIndex")


def test_a_misspelt_term_is_an_error_that_names_the_near_one() -> None:
    with pytest.raises(AttributeError, match=r"'paty' is no term .* did you mean 'party'"):
        _ = ISNAD.paty
    with pytest.raises(KeyError, match="status-sined"):
        status_iri("sined")
    with pytest.raises(KeyError, match="Meeting-treaty"):
        kind_iri("Meeting", "treaty")
    with pytest.raises(AttributeError, match=r"no term of https://nowhere\.example/ in ontology/$"):
        _ = Vocabulary("https://nowhere.example/").anything


def test_concept_iris_follow_from_their_values() -> None:
    assert kind_iri("MilitaryAction", "arms_transfer") == ISNAD["MilitaryAction-arms_transfer"]
    assert speech_act_iri("accuse") == kind_iri("Statement", "accuse")
    assert factuality_iri("alleged") == ISNAD["factuality-alleged"]
    assert part_iri("heading") == ISNAD["part-heading"]
    assert link_status_iri("linked") == ISNAD["link-linked"]
