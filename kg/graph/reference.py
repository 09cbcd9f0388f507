"""The ontology as a page: terms in two languages, examples from a store, a class diagram; plain HTML, no script."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import product
from types import MappingProxyType
from urllib.parse import quote

from pyoxigraph import QuerySolutions, Store

from kg.graph.diagram import Arrow, Box, drawing
from kg.graph.glossary import GROUPS, NAMESPACE, RELATIONS, Entry, entries, short
from kg.graph.vocabulary import ONTOLOGY
from kg.prefixes import PREFIXES, shortened

HEADINGS = MappingProxyType(
    {
        "title": ("The ontology of Isnad", "أنطولوجيا إسناد"),
        "about": (
            "Every fact of the graph leads back to the characters that state it; these are the words it is written in.",
            "تعود كل واقعة في المخطط إلى المحارف التي تنص عليها؛ وهذه هي الألفاظ التي يُكتب بها.",
        ),
        "diagram": ("Classes and what joins them", "الأصناف وما يصل بينها"),
        "classes": ("Classes", "الأصناف"),
        "properties": ("Properties", "الخصائص"),
        "schemes": ("Concept schemes", "مخططات المفاهيم"),
        "concepts": ("Concepts", "المفاهيم"),
        "example": ("example", "مثال"),
    }
)
"""English and Arabic."""

CSS = """
.reference { max-width: 76rem; margin-inline: auto; }
.reference section.term { border-block-start: 1px solid #8a929d55; padding-block: .6rem; }
.reference .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; }
.reference .pair p { margin: .15rem 0; } .reference .term h3 { margin: 0; font-size: 1rem; }
.reference code, .reference dd { overflow-wrap: anywhere; }
.reference dl { display: block; margin: .3rem 0; font-size: .88rem; }
.reference dl div { display: flex; gap: .6rem; } .reference dt { white-space: nowrap; }
.reference dd { margin: 0; min-width: 0; } .reference .wide { overflow-x: auto; }
.reference .example { font-size: .88rem; margin: .2rem 0; direction: ltr; text-align: left; }
.reference bdi { unicode-bidi: isolate; } .reference nav ul { columns: 4 12rem; padding: 0; list-style: none; }
@media (max-width: 40rem) { .reference .pair { grid-template-columns: 1fr; } }
"""

PAGE_CSS = """
:root { color-scheme: light dark; }
body { margin: 0 1.2rem 3rem; font: 1rem/1.6 system-ui, "Noto Sans Arabic", "Noto Naskh Arabic", Tahoma, sans-serif;
  background: #ffffff; color: #1c1e21; }
a { color: #14532d; }
@media (prefers-color-scheme: dark) { body { background: #15181c; color: #e7e9ec; } a { color: #7fd6a0; } }
"""


FOREIGN = (
    Arrow("Claim", "Span", "prov:wasDerivedFrom"),
    Arrow("Event", "Span", "prov:wasDerivedFrom"),
    Arrow("Claim", "Run", "prov:wasGeneratedBy"),
    Arrow("Span", "Article", "dcterms:isPartOf"),
    Arrow("Run", "Article", "prov:used"),
)
"""What joins classes in the words of other vocabularies, which the ontology gives no domain or range."""


@dataclass(frozen=True, slots=True)
class Example:
    """A triple of the data in which a term stands, with the names of its ends where they have any."""

    subject: str
    predicate: str
    value: str
    subject_name: str = ""
    value_name: str = ""


Examples = Mapping[str, Example]


def examples_query() -> str:
    """SPARQL that finds one triple for each term: rows of ?term ?s ?p ?o ?sName ?oName."""
    parts = " UNION ".join(_one_example(entry) for entry in entries() if entry.group != "schemes")
    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("rdfs", "nif"))
    return (
        f"{prefixes}SELECT ?term ?s ?p ?o (MIN(?sLabel) AS ?sName) (MIN(?oLabel) AS ?oName) WHERE {{\n{{ {parts} }}\n"
        "OPTIONAL { ?s rdfs:label|nif:anchorOf ?sLabel FILTER(lang(?sLabel) IN ('ar', '')) }\n"
        "OPTIONAL { ?o rdfs:label|nif:anchorOf ?oLabel FILTER(lang(?oLabel) IN ('ar', '')) }\n"
        "} GROUP BY ?term ?s ?p ?o ORDER BY ?term ?s"
    )


def _one_example(entry: Entry) -> str:
    """A group that finds one triple with the term, among what is not said of the terms themselves."""
    patterns = {
        "classes": f"?s a <{entry.iri}> BIND(<{PREFIXES['rdf']}type> AS ?p) BIND(<{entry.iri}> AS ?o)",
        "properties": f"?s <{entry.iri}> ?o BIND(<{entry.iri}> AS ?p)",
        "concepts": f"?s ?p <{entry.iri}> BIND(<{entry.iri}> AS ?o)",
    }
    data = f"FILTER(!STRSTARTS(STR(?s), '{NAMESPACE}'))"
    return f"{{ SELECT (<{entry.iri}> AS ?term) ?s ?p ?o WHERE {{ {patterns[entry.group]} {data} }} LIMIT 1 }}"


def examples_of(store: Store) -> Examples:
    """One triple of the store for each term that stands in it."""
    found = store.query(examples_query(), use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return examples({name: _text(row[name]) for name in names if row[name] is not None} for row in found)


def _text(term: object) -> str:
    return str(getattr(term, "value", term))


def examples(rows: Iterable[Mapping[str, str]]) -> Examples:
    """The rows that `examples_query` asks for, by their term."""
    return MappingProxyType(
        {row["term"]: Example(row["s"], row["p"], row["o"], row.get("sName", ""), row.get("oName", "")) for row in rows}
    )


def reference_page(found: Examples, language: str = "en") -> str:
    """A whole page that stands by itself."""
    direction, title = ("rtl" if language == "ar" else "ltr"), _heading("title", language)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction}">\n<head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f"<style>{PAGE_CSS}</style></head>\n<body>\n{reference_body(found, language)}\n</body>\n</html>\n"
    )


def reference_body(found: Examples, language: str = "en") -> str:
    """What stands inside a page: headings in its language, terms in both; ids are the names of the terms."""
    version = f'<p><code dir="ltr">{ONTOLOGY}</code></p>'
    parts = [
        f'<article class="reference"><style>{CSS}</style><h1>{_heading("title", language)}</h1>',
        f"<p>{_heading('about', language)}</p>{version}",
        f"<h2>{_heading('diagram', language)}</h2>",
        f'<div class="wide" dir="ltr">{class_diagram(language)}</div>',
        _contents(language),
        *(part for group in GROUPS for part in _section(group, found, language)),
        "</article>",
    ]
    return "\n".join(parts)


def _heading(name: str, language: str) -> str:
    return escape(HEADINGS[name][language == "ar"])


def _contents(language: str) -> str:
    """Links to the classes and properties."""
    listed = [one for one in entries() if one.group in ("classes", "properties")]
    items = "".join(f"<li>{_anchor(one.iri, _label(one, language))}</li>" for one in listed)
    return f"<nav><ul>{items}</ul></nav>"


def _section(group: str, found: Examples, language: str) -> Iterator[str]:
    yield f'<h2 id="{group}">{_heading(group, language)}</h2>'
    for entry in entries():
        if entry.group == group:
            yield _entry(entry, found.get(entry.iri), language)


def _entry(entry: Entry, example: Example | None, language: str) -> str:
    """One term: both languages side by side, what it stands with, an example."""
    texts = "".join(
        f'<div lang="{tag}" dir="{direction}"><h3>{escape(entry.labels.get(tag, ""))}</h3>'
        f"<p>{escape(entry.definitions.get(tag, ''))}</p>{_note(entry, tag)}</div>"
        for tag, direction in (("en", "ltr"), ("ar", "rtl"))
    )
    return (
        f'<section class="term" id="{escape(entry.name)}"><code dir="ltr">{escape(short(entry.iri))}</code>'
        f'<div class="pair" dir="ltr">{texts}</div>{_relations(entry, language)}{_shown(example, language)}</section>'
    )


def _note(entry: Entry, tag: str) -> str:
    return f"<p><small>{escape(entry.notes[tag])}</small></p>" if tag in entry.notes else ""


def _relations(entry: Entry, language: str) -> str:
    rows = [(RELATIONS[name][language == "ar"], values) for name, values in entry.relations.items()]
    rows += [(tag, (text,)) for tag, text in entry.translations.items()]
    listed = (f"<div><dt>{escape(name)}</dt><dd>{', '.join(map(_term, values))}</dd></div>" for name, values in rows)
    return f"<dl>{''.join(listed)}</dl>" if rows else ""


def _term(value: str) -> str:
    """A term as a link, a text as it is."""
    if not value.startswith(("http://", "https://")):
        return f"<bdi>{escape(value)}</bdi>"
    return _anchor(value, short(value))


def _anchor(iri: str, text: str) -> str:
    """A link to a term of ours on the page, to the web for others."""
    own = iri.startswith(NAMESPACE)
    address = f"#{quote(iri.removeprefix(NAMESPACE))}" if own else iri
    return f'<a href="{escape(address)}"><bdi>{escape(text)}</bdi></a>'


def _shown(example: Example | None, language: str) -> str:
    """An example as one line of Turtle, names beside the nodes that have no speaking IRIs."""
    if example is None:
        return ""
    ends = ((example.subject, example.subject_name), (example.predicate, ""), (example.value, example.value_name))
    parts = " ".join(f"<code>{escape(_clipped(shortened(iri)))}</code>{_name(name)}" for iri, name in ends)
    return f'<p class="example"><span>{_heading("example", language)}:</span> {parts}</p>'


def _name(name: str) -> str:
    return f' <bdi lang="ar">({escape(_clipped(" ".join(name.split())))})</bdi>' if name else ""


def _clipped(text: str, length: int = 90) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _label(entry: Entry, language: str) -> str:
    return entry.labels.get(language) or entry.name


def class_diagram(language: str = "en") -> str:
    """The classes with those below them, and the properties that join them."""
    classes = {one.name: one for one in entries() if one.group == "classes"}
    tops = {name: _top(name, classes) for name in classes}
    boxes = [
        Box(
            name,
            _label(one, language),
            tuple(_label(classes[below], language) for below, top in tops.items() if top == name and below != name),
            name in ("Claim", "Event"),
            f"#{name}",
        )
        for name, one in classes.items()
        if tops[name] == name
    ]
    return drawing(boxes, _arrows(tops, language), HEADINGS["diagram"][language == "ar"])


def _top(name: str, classes: Mapping[str, Entry]) -> str:
    """The uppermost class of ours above one."""
    above = (one.removeprefix(NAMESPACE) for one in classes[name].relations.get("rdfs:subClassOf", ()))
    upper = next((one for one in above if one in classes), None)
    return _top(upper, classes) if upper else name


def _arrows(tops: Mapping[str, str], language: str) -> Iterator[Arrow]:
    """What joins two classes, in our words (roles aside, which `involves` stands for) and in those of others."""
    for one in entries():
        below = any(iri.startswith(NAMESPACE) for iri in one.relations.get("rdfs:subPropertyOf", ()))
        if one.group == "properties" and not below:
            for source, target in product(*(_tops_of(one, end, tops) for end in ("rdfs:domain", "rdfs:range"))):
                if source != target:
                    yield Arrow(source, target, _label(one, language))
    yield from FOREIGN


def _tops_of(entry: Entry, end: str, tops: Mapping[str, str]) -> list[str]:
    names = (iri.removeprefix(NAMESPACE) for iri in entry.relations.get(end, ()))
    return list(dict.fromkeys(tops[name] for name in names if name in tops))
