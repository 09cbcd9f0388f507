"""The ontology as a page: every term in two languages with a real triple, well-formed, readable without a network."""

import itertools
import re
from xml.etree import ElementTree

import pytest
from pyoxigraph import NamedNode, Store

from kg.graph.diagram import Arrow, Box, drawing, placed, routed
from kg.graph.glossary import entries
from kg.graph.reference import Examples, class_diagram, examples_of, reference_body, reference_page
from kg.graph.vocabulary import ISNAD

LANGUAGES = ("en", "ar")


@pytest.fixture(scope="module")
def examples(gold_graph: Store) -> Examples:
    return examples_of(gold_graph)


@pytest.fixture(scope="module", params=LANGUAGES)
def page(examples: Examples, request: pytest.FixtureRequest) -> str:
    return reference_page(examples, request.param)


def tree(page: str) -> ElementTree.Element:
    """The page, which is XML but for its first line and its unclosed meta elements."""
    return ElementTree.fromstring(re.sub(r"<(meta[^>]*)>", r"<\1/>", page.partition("\n")[2]))


def test_every_term_is_on_it_once_with_its_texts(page: str) -> None:
    ids = [one.attrib["id"] for one in tree(page).iter() if "id" in one.attrib]
    names = [entry.name for entry in entries()]
    assert len(names) > 150
    assert sorted(set(ids) & set(names)) == sorted(names)
    assert len(ids) == len(set(ids))
    text = "".join(tree(page).itertext())
    for entry in entries():
        for language in LANGUAGES:
            assert entry.labels[language] in text
            assert entry.definitions[language] in text


def test_arabic_runs_from_the_right(page: str) -> None:
    language = tree(page).attrib["lang"]
    assert tree(page).attrib["dir"] == ("rtl" if language == "ar" else "ltr")
    blocks = [one for one in tree(page).iter("div") if one.attrib.get("lang") == "ar"]
    assert {one.attrib["dir"] for one in blocks} == {"rtl"}
    assert len(blocks) == len(entries())


def test_links_lead_to_terms_of_the_page_or_out(page: str) -> None:
    ids = {one.attrib["id"] for one in tree(page).iter() if "id" in one.attrib}
    links = {one.attrib["href"] for one in tree(page).iter() if "href" in one.attrib}
    assert {link.removeprefix("#") for link in links if link.startswith("#")} <= ids
    assert all(link.startswith(("#", "http://", "https://")) for link in links)


def test_it_needs_no_script_and_no_network(page: str) -> None:
    assert not re.search(r"<script|<link|<img|@import|url\(|\ssrc=", page)
    assert "prefers-color-scheme: dark" in page


def test_examples_are_triples_of_the_store(examples: Examples, gold_graph: Store) -> None:
    assert len(examples) > 100
    for term, one in examples.items():
        assert term in (one.predicate, one.value)
        quads = gold_graph.quads_for_pattern(NamedNode(one.subject), NamedNode(one.predicate), None, None)
        assert one.value in {quad.object.value for quad in quads}  # type: ignore[union-attr]
        assert not one.subject.startswith(ISNAD.base)


def test_every_class_and_role_has_an_example(examples: Examples) -> None:
    used = {"Entity", "Actor", "Claim", "Mention", "Sentence", "Article", "Agreement", "Meeting", "Sanction", "Country"}
    assert {str(ISNAD[name]) for name in (*used, "party", "speaker", "via", "fills", "evidence")} <= set(examples)


def test_a_page_without_examples_is_a_page() -> None:
    assert tree(f"\n{reference_body({})}").attrib["class"] == "reference"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_diagram_shows_every_class_and_joins_the_chain_of_provenance(language: str) -> None:
    shown = "".join(ElementTree.fromstring(class_diagram(language)).itertext())
    for entry in entries():
        if entry.group == "classes":
            assert entry.labels[language] in shown
    for name in ("reports", "involves", "refersTo", "fills", "attributedTo", "evidence"):
        assert next(entry.labels[language] for entry in entries() if entry.name == name) in shown


BOXES = [Box(name, f"box {name}", tuple("xy")) for name in "abcde"]
ARROWS = [Arrow("a", "b", "one"), Arrow("b", "c"), Arrow("a", "c", "long"), Arrow("c", "a", "back"), Arrow("c", "d")]


def test_boxes_stand_apart_and_right_of_what_points_to_them() -> None:
    found, ways = routed(BOXES, ARROWS)
    places = placed(found)
    assert places["a"].x < places["b"].x < places["c"].x < places["d"].x
    assert places["e"].x == places["a"].x
    assert [len(way) for way in ways] == [2, 2, 3, 2, 2]
    boxes = sorted(places.values(), key=lambda one: (one.x, one.y))
    for first, second in itertools.pairwise(boxes):
        assert first.x + first.width < second.x or first.y + first.box.height < second.y


def test_a_drawing_escapes_what_it_shows() -> None:
    svg = drawing([Box("a", "<a> & b", ('"c"',)), Box("b", "ب")], [Arrow("a", "b", "x < y")], "<t>")
    assert "<a> & b" in "".join(ElementTree.fromstring(svg).itertext())
