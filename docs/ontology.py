"""Writes what is drawn from the graph of the seeds: the pictures of protege.md, and the ontology as HTML in build/.

The pictures show the file that `kg export --profile protege` writes; the pages need no server and no network.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from rdflib import DCTERMS, OWL, RDF, RDFS, Graph, URIRef
from rdflib.namespace import PROV
from rdflib.term import Node

from kg.build import build
from kg.graph.diagram import Arrow, Box, drawing
from kg.graph.export import export
from kg.graph.reference import examples_of, reference_page
from kg.graph.vocabulary import ISNAD, NIF
from kg.shipped import shipped
from kg.store import open_reader

FOLDER = Path(__file__).parent
PAGES = FOLDER.parent / "build"
WIDTH = 44  # letters of a line in a box
HEIGHT = 4  # lines of a text


def main() -> None:
    """Build the seeds, export them, and write pictures and pages."""
    with TemporaryDirectory() as folder:
        build([shipped("seeds")], folder)
        with open_reader(folder) as reader:
            out, examples = BytesIO(), examples_of(reader.store)
            export(reader.store, out, "protege", "rdfxml")
    graph = Graph().parse(out.getvalue(), format="xml")
    write(FOLDER / "protege-classes.svg", class_tree(graph))
    write(FOLDER / "protege-event.svg", event_picture(graph, chosen_event(graph)))
    for language in ("en", "ar"):
        write(PAGES / f"ontology.{language}.html", reference_page(examples, language))


def write(file: Path, text: str) -> None:
    """Write a file and say so."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
    print(file.relative_to(FOLDER.parent))


def class_tree(graph: Graph) -> str:
    """Every class of ours below owl:Thing, as the class tab shows them."""
    classes = sorted(one for one in graph.subjects(RDF.type, OWL.Class) if str(one).startswith(ISNAD.base))
    above = {one: [each for each in graph.objects(one, RDFS.subClassOf) if each in classes] for one in classes}
    top = Box("Thing", "owl:Thing")
    boxes = [Box(str(one), f"{name(graph, one, 'en')} · {name(graph, one, 'ar')}") for one in classes]
    arrows = [Arrow(str(upper), str(one)) for one in classes for upper in above[one] or [URIRef("Thing")]]
    return drawing([top, *boxes], sorted(arrows, key=lambda one: one.target), "The classes of Isnad")


def chosen_event(graph: Graph) -> Node:
    """The agreement told in fewest sentences whose roles most words fill, the first by name among equals."""

    def rank(event: Node) -> tuple[bool, int, int, str]:
        words = {
            one.target for claim in graph.subjects(ISNAD.reports, event) for one in mention_arrows(graph, event, claim)
        }
        told = len(set(graph.objects(event, PROV.wasDerivedFrom)))
        return (not graph.value(event, ISNAD.date), told, -len(words), name(graph, event, "ar"))

    return min(graph.subjects(RDF.type, ISNAD.Agreement), key=rank)


def event_picture(graph: Graph, event: Node) -> str:
    """The event, its claim, its sentence and article, the words of each role, and the entities that fill them."""
    claims = sorted(graph.subjects(ISNAD.reports, event))
    boxes = [node_box(graph, event, True), *(claim_box(graph, one) for one in claims)]
    arrows = [Arrow(str(claim), str(event), "reports") for claim in claims]
    for claim in claims:
        for sentence in sorted(graph.objects(claim, PROV.wasDerivedFrom)):
            boxes.append(text_box(graph, sentence, "sentence"))
            arrows.append(Arrow(str(claim), str(sentence), "prov:wasDerivedFrom"))
            for article in graph.objects(sentence, DCTERMS.isPartOf):
                boxes.append(Box(str(article), f"article {graph.value(article, DCTERMS.identifier)}"))
                arrows.append(Arrow(str(sentence), str(article), "dcterms:isPartOf"))
        arrows.extend(mention_arrows(graph, event, claim))
        mentions = dict.fromkeys(one.target for one in arrows if one.label == "mention")
        boxes.extend(text_box(graph, URIRef(one), "mention") for one in mentions)
    for role, entity in role_triples(graph, event):
        boxes.append(node_box(graph, entity, False))
        arrows.append(Arrow(str(event), str(entity), local(role)))
    return drawing({box.key: box for box in boxes}.values(), arrows, f"One event and where it comes from: {event}")


def mention_arrows(graph: Graph, event: Node, claim: Node) -> Iterator[Arrow]:
    """From the claim to the words of each role, and on to the entities they refer to."""
    for role, entity in role_triples(graph, event):
        for mention in sorted(graph.objects(claim, ISNAD.mention)):
            if (mention, ISNAD.fills, role) in graph and (mention, ISNAD.refersTo, entity) in graph:
                yield Arrow(str(claim), str(mention), "mention")
                yield Arrow(str(mention), str(entity), f"fills {local(role)}, refersTo")


def role_triples(graph: Graph, event: Node) -> list[tuple[Node, Node]]:
    """The roles of an event with their fillers."""
    return sorted(
        (role, value) for role, value in graph.predicate_objects(event) if (role, RDF.type, ISNAD.Role) in graph
    )


def node_box(graph: Graph, node: Node, lit: bool) -> Box:
    """An event or entity by its Arabic name, with its class and IRI."""
    types = [local(one) for one in graph.objects(node, RDF.type) if one != OWL.NamedIndividual]
    short = f"{str(node).rsplit('/', 2)[1]}/{local(node)}"
    return Box(str(node), name(graph, node, "ar"), (*sorted(types), short), lit)


def claim_box(graph: Graph, claim: Node) -> Box:
    """A claim with how sure it is and what found it."""
    values = (graph.value(claim, ISNAD[one]) for one in ("factuality", "rule", "confidence"))
    lines = (f"{label} {local(value)}" for label, value in zip(("", "rule", "confidence"), values, strict=True))
    return Box(str(claim), f"claim/{local(claim)[:8]}…", tuple(line.strip() for line in lines), True)


def text_box(graph: Graph, span: Node, kind: str) -> Box:
    """The words of a span, and their place."""
    words = " ".join(str(graph.value(span, NIF.anchorOf)).split())
    return Box(str(span), f"{kind} #{str(span).rpartition('#')[2]}", tuple(wrapped(f"«{words}»")))


def wrapped(text: str) -> list[str]:
    """Lines of some letters; what does not fit is left out."""
    lines = [""]
    for word in text.split(" "):
        if len(lines[-1]) + len(word) >= WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines if len(lines) <= HEIGHT else [*lines[: HEIGHT - 1], f"{lines[HEIGHT - 1]} …"]


def name(graph: Graph, node: Node, language: str) -> str:
    """The label in a language, else the end of the IRI."""
    labels = {getattr(text, "language", None): str(text) for text in graph.objects(node, RDFS.label)}
    return labels.get(language) or local(node)


def local(node: object) -> str:
    """The end of an IRI, a value as it is."""
    return str(node).rpartition("#")[2].rpartition("/")[2]


if __name__ == "__main__":
    main()
