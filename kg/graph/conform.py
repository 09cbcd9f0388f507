"""Which nodes break the shapes, decided fast: shapes.ttl compiled once into look-ups over plain dictionaries.

It decides and no more. What a node must mend is told by the SHACL validator, which then looks at those nodes alone: it
takes 0.3 s an article, this 0.01 s. A mistake here on the strict side costs time only; a test compares both.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph.terms import RDF_TYPE, XSD
from kg.graph.vocabulary import ontology_dir

Term = NamedNode | BlankNode | Literal | Triple
Values = Mapping[Term, Mapping[NamedNode, list[Term]]]

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SUB_CLASS = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
DATE_TIME = r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z"

SPELLINGS = MappingProxyType(
    {
        f"{XSD}string": re.compile("(?s).*"),
        f"{XSD}integer": re.compile("[+-]?[0-9]+"),
        f"{XSD}decimal": re.compile(r"[+-]?[0-9]+(\.[0-9]+)?"),
        f"{XSD}dateTime": re.compile(DATE_TIME),
    }
)
"""Of each datatype the spellings that are surely valid; the rest is left to the validator."""


@dataclass(frozen=True, slots=True)
class Data:
    """A graph for look-ups; types are closed under the subclasses that the graph states."""

    values: Values
    inverse: Values
    types: Mapping[Term, Collection[Term]]

    def of(self, node: Term, predicate: NamedNode) -> list[Term]:
        """What a node has for a predicate."""
        return self.values.get(node, {}).get(predicate, [])


Rule = Callable[[Data, Term, list[Term]], bool]
"""Whether a focus node with these values of the shape's path meets one constraint."""
Shape = Callable[[Data, Term], bool]


def breaking(triples: Iterable[Triple]) -> dict[str, set[Term]]:
    """Shape -> the nodes of a graph that break it, of all shapes whose target they are."""
    data = _data(triples)
    found = {name: {node for node in targets(data) if not shape(data, node)} for name, targets, shape in shapes()}
    return {name: nodes for name, nodes in found.items() if nodes}


def _data(triples: Iterable[Triple]) -> Data:
    values: dict[Term, dict[NamedNode, list[Term]]] = {}
    inverse: dict[Term, dict[NamedNode, list[Term]]] = {}
    backwards = _inverse_paths()
    for triple in dict.fromkeys(triples):
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        values.setdefault(subject, {}).setdefault(predicate, []).append(value)
        if predicate in backwards:
            inverse.setdefault(value, {}).setdefault(predicate, []).append(subject)
    above = {node: found[SUB_CLASS] for node, found in values.items() if SUB_CLASS in found}
    types = {node: _closed(found[RDF_TYPE], above) for node, found in values.items() if RDF_TYPE in found}
    return Data(values, inverse, types)


def _closed(classes: list[Term], above: Mapping[Term, list[Term]]) -> Collection[Term]:
    """The classes with all that stand above them."""
    if not above:
        return classes
    found, new = set(classes), set(classes)
    while new:
        new = {upper for each in new for upper in above.get(each, ())} - found
        found |= new
    return found


@cache
def _source() -> Data:
    """The shapes themselves, as a graph."""
    values: dict[Term, dict[NamedNode, list[Term]]] = {}
    for quad in pyoxigraph.parse(path=ontology_dir() / "shapes.ttl"):
        values.setdefault(quad.subject, {}).setdefault(quad.predicate, []).append(quad.object)
    return Data(values, {}, {})


@cache
def shapes() -> tuple[tuple[str, Callable[[Data], Iterator[Term]], Shape], ...]:
    """Each shape that has targets: its IRI, how to find them, and the compiled shape."""
    found = []
    for node, parts in _source().values.items():
        classes, properties = (frozenset(parts.get(_sh(name), ())) for name in ("targetClass", "targetSubjectsOf"))
        if classes or properties:
            found.append((_text(node), _targets(classes, properties), _compiled(node)))
    return tuple(found)


@cache
def _inverse_paths() -> frozenset[Term]:
    """The predicates that some shape follows backwards."""
    return frozenset(one for parts in _source().values.values() for one in parts.get(_sh("inversePath"), ()))


def _targets(classes: frozenset[Term], properties: frozenset[Term]) -> Callable[[Data], Iterator[Term]]:
    def targets(data: Data) -> Iterator[Term]:
        if classes:
            yield from (node for node, types in data.types.items() if not classes.isdisjoint(types))
        if properties:
            yield from (node for node, values in data.values.items() if not properties.isdisjoint(values))

    return targets


def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)


_SILENT = frozenset(map(_sh, ("path", "message", "targetClass", "targetSubjectsOf", "severity"))) | {RDF_TYPE}


@cache
def _compiled(shape: Term) -> Shape:
    """A shape, a node shape or a property shape, as one function of a focus node."""
    parts = _source().values[shape]
    rules = tuple(
        MAKERS[predicate.value.removeprefix(SH)](parameter)
        for predicate, parameters in parts.items()
        if predicate not in _SILENT
        for parameter in parameters
    )
    path = parts.get(_sh("path"))
    values = _path(path[0]) if path else _itself

    def keeps(data: Data, node: Term) -> bool:
        found = values(data, node)
        return all(rule(data, node, found) for rule in rules)

    return keeps


def _itself(_: Data, node: Term) -> list[Term]:
    return [node]


def _path(path: Term) -> Callable[[Data, Term], list[Term]]:
    """The values of a path: a predicate, or one followed backwards."""
    if isinstance(path, NamedNode):
        return lambda data, node: data.of(node, path)
    (predicate,) = _source().of(path, _sh("inversePath"))
    assert isinstance(predicate, NamedNode)
    return lambda data, node: data.inverse.get(node, {}).get(predicate, [])


def _items(head: Term) -> Iterator[Term]:
    """The members of an RDF list."""
    while _source().of(head, NamedNode(f"{RDF}first")):
        yield from _source().of(head, NamedNode(f"{RDF}first"))
        (head,) = _source().of(head, NamedNode(f"{RDF}rest"))


def _text(term: Term) -> str:
    """The letters of an IRI or literal, which a blank node has none of."""
    return term.value if isinstance(term, NamedNode | Literal) else ""


def _each(test: Callable[[Data, Term], bool]) -> Rule:
    return lambda data, _, values: all(test(data, value) for value in values)


def _datatype(parameter: Term) -> Rule:
    spelling = SPELLINGS[_text(parameter)]

    def valid(_: Data, value: Term) -> bool:
        fits = isinstance(value, Literal) and value.datatype == parameter
        return fits and spelling.fullmatch(_text(value)) is not None

    return _each(valid)


def _pattern(parameter: Term) -> Rule:
    wanted = re.compile(_text(parameter))
    return _each(lambda _, value: not isinstance(value, BlankNode) and wanted.search(_text(value)) is not None)


def _bound(parameter: Term, fits: Callable[[Decimal, Decimal], bool]) -> Rule:
    limit = Decimal(_text(parameter))
    number = SPELLINGS[f"{XSD}decimal"]
    return _each(lambda _, value: bool(number.fullmatch(_text(value))) and fits(Decimal(_text(value)), limit))


def _compared(parameter: Term, fits: Callable[[object, object], bool]) -> Rule:
    """Each value against each value of another predicate; what has no sure order fails."""
    assert isinstance(parameter, NamedNode)

    def ordered(data: Data, node: Term, values: list[Term]) -> bool:
        pairs = ((_order(one), _order(other)) for one in values for other in data.of(node, parameter))
        return all(a is not None and b is not None and type(a) is type(b) and fits(a, b) for a, b in pairs)

    return ordered


def _order(term: Term) -> Decimal | str | None:
    """A number as such; a time in UTC as its letters, which stand in its order."""
    text = _text(term)
    if SPELLINGS[f"{XSD}integer"].fullmatch(text):
        return Decimal(text)
    return text if SPELLINGS[f"{XSD}dateTime"].fullmatch(text) else None


def _unique_languages(_: Data, __: Term, values: list[Term]) -> bool:
    tags = [value.language.lower() for value in values if isinstance(value, Literal) and value.language]
    return len(tags) == len(set(tags))


def _equals(parameter: Term) -> Rule:
    assert isinstance(parameter, NamedNode)
    return lambda data, node, values: set(values) == set(data.of(node, parameter))


def _exactly_one(parameter: Term) -> Rule:
    listed = [_compiled(item) for item in _items(parameter)]
    return _each(lambda data, value: sum(shape(data, value) for shape in listed) == 1)


def _any_of(parameter: Term) -> Rule:
    listed = [_compiled(item) for item in _items(parameter)]
    return _each(lambda data, value: any(shape(data, value) for shape in listed))


def _class(parameter: Term) -> Rule:
    return _each(lambda data, value: parameter in data.types.get(value, ()))


def _in(parameter: Term) -> Rule:
    listed = frozenset(_items(parameter))
    return _each(lambda _, value: value in listed)


def _keeps(parameter: Term) -> Rule:
    shape = _compiled(parameter)
    return _each(shape)


def _keeps_not(parameter: Term) -> Rule:
    shape = _compiled(parameter)
    return _each(lambda data, value: not shape(data, value))


def _at_least(parameter: Term) -> Rule:
    number = int(_text(parameter))
    return lambda _, __, values: len(values) >= number


def _at_most(parameter: Term) -> Rule:
    number = int(_text(parameter))
    return lambda _, __, values: len(values) <= number


def _has_length(parameter: Term) -> Rule:
    number = int(_text(parameter))
    return _each(lambda _, value: not isinstance(value, BlankNode) and len(_text(value)) >= number)


def _is_iri(parameter: Term) -> Rule:
    assert parameter == _sh("IRI"), "the only sh:nodeKind of shapes.ttl"
    return _each(lambda _, value: isinstance(value, NamedNode))


MAKERS: Mapping[str, Callable[[Term], Rule]] = MappingProxyType(
    {
        "class": _class,
        "datatype": _datatype,
        "equals": _equals,
        "hasValue": lambda parameter: lambda _, __, values: parameter in values,
        "in": _in,
        "lessThan": lambda parameter: _compared(parameter, lambda a, b: a < b),  # type: ignore[operator]
        "lessThanOrEquals": lambda parameter: _compared(parameter, lambda a, b: a <= b),  # type: ignore[operator]
        "maxCount": _at_most,
        "maxInclusive": lambda parameter: _bound(parameter, lambda number, limit: number <= limit),
        "minCount": _at_least,
        "minInclusive": lambda parameter: _bound(parameter, lambda number, limit: number >= limit),
        "minLength": _has_length,
        "node": _keeps,
        "nodeKind": _is_iri,
        "not": _keeps_not,
        "or": _any_of,
        "pattern": _pattern,
        "property": _keeps,
        "uniqueLang": lambda _: _unique_languages,
        "xone": _exactly_one,
    }
)
"""The constraints of SHACL Core that shapes.ttl uses; another one is an error at once."""
