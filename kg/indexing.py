"""The search index of a version, written once: names, terms and sentences under folded keys, in a file of SQLite.

- words: full-text table of the keys, their rowid that of docs
- docs: what each key leads to; main is 1 for a label, 0 for another name; weight counts the mentions or claims
- folding: one row, the JSON map of letters with which keys were folded, so that a reader folds a question the same way
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, QuerySolutions, Store

from kg.prefixes import PREFIXES
from kg.reading.words import FOLD, WORD, fold, splits
from kg.search import FILE

Doc = tuple[str, str, str, str, int, int]
"""kind, iri, language, text, main, weight"""

SCHEMA = """
CREATE TABLE docs (
  id INTEGER PRIMARY KEY, kind TEXT, iri TEXT, language TEXT, text TEXT, main INTEGER, weight INTEGER
);
CREATE VIRTUAL TABLE words USING fts5(
  key, content = '', detail = 'none', prefix = '2', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TABLE folding (letters TEXT);
"""

ENTITIES = """SELECT DISTINCT ?kind ?iri ?text ?main (COUNT(DISTINCT ?mention) AS ?weight) WHERE {
  ?iri isnad:linkStatus ?status BIND("entity" AS ?kind)
  { ?iri rdfs:label ?text BIND(1 AS ?main) } UNION { ?iri skos:altLabel ?text BIND(0 AS ?main) }
  OPTIONAL { ?iri isnad:mentionedBy ?mention }
} GROUP BY ?kind ?iri ?text ?main ORDER BY ?iri ?main ?text"""

EVENTS = """SELECT DISTINCT ?kind ?iri ?text ?main (COUNT(DISTINCT ?claim) AS ?weight) WHERE {
  ?claim isnad:reports ?iri . ?iri rdfs:label ?text BIND("event" AS ?kind) BIND(1 AS ?main)
} GROUP BY ?kind ?iri ?text ?main ORDER BY ?iri ?text"""

ARTICLES = """SELECT DISTINCT ?kind ?iri ?text ?language ?main ?weight WHERE {
  ?iri a isnad:Article ; dcterms:title ?text ; isnad:language ?language
  BIND("article" AS ?kind) BIND(1 AS ?main) BIND(0 AS ?weight)
} ORDER BY ?iri ?text"""

SENTENCES = """SELECT DISTINCT ?kind ?iri ?text ?language ?main ?weight WHERE {
  ?iri a isnad:Sentence ; nif:anchorOf ?text ; isnad:language ?language
  BIND("sentence" AS ?kind) BIND(1 AS ?main) BIND(0 AS ?weight)
} ORDER BY ?iri"""

TERMS = """SELECT DISTINCT ?kind ?iri ?text ?main ?weight WHERE {
  GRAPH graph:ontology {
    VALUES (?type ?kind) {
      (owl:Class "class") (owl:ObjectProperty "property") (owl:DatatypeProperty "property") (skos:Concept "concept")
    }
    ?iri a ?type ; rdfs:isDefinedBy|skos:inScheme ?defined .
    { ?iri rdfs:label ?text } UNION { ?iri skos:prefLabel ?text }
    UNION { ?iri a ?type BIND(STRAFTER(STR(?iri), "#") AS ?text) }
    BIND(1 AS ?main) BIND(0 AS ?weight)
  }
} ORDER BY ?iri ?kind ?text"""


def write_index(store: Store, folder: Path) -> None:
    """Write the index of a store into the folder of its version."""
    with closing(sqlite3.connect(folder / FILE)) as index:
        index.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {SCHEMA}")
        index.execute("INSERT INTO folding VALUES (?)", (json.dumps(letters(), ensure_ascii=False, sort_keys=True),))
        for number, doc in enumerate(_docs(store), start=1):
            index.execute("INSERT INTO docs VALUES (?, ?, ?, ?, ?, ?, ?)", (number, *doc))
            index.execute("INSERT INTO words (rowid, key) VALUES (?, ?)", (number, key(doc[3])))
        index.execute("CREATE INDEX by_iri ON docs (iri)")
        index.execute("INSERT INTO words (words) VALUES ('optimize')")
        index.commit()


def letters() -> dict[str, str]:
    """What folding puts for a letter; nothing for a mark."""
    return {chr(code): "" if put is None else chr(put) for code, put in FOLD.items()}


def key(text: str) -> str:
    """The folded words of a text, each with what is left without the letters joined to its front."""
    return " ".join(_forms(word) for word in dict.fromkeys(WORD.findall(text)) if word[0].isalnum())


@lru_cache(maxsize=65536)
def _forms(word: str) -> str:
    """A word, folded, and, where it begins with joined letters, its stems with and without the article."""
    stems = [fold(word)]
    for split in splits(stems[0]):
        stems += [f"ال{split.stem}", split.stem] if split.article else [split.stem]
    return " ".join(dict.fromkeys(stems))


def _docs(store: Store) -> Iterator[Doc]:
    for query in (ENTITIES, EVENTS, ARTICLES, SENTENCES, TERMS):
        found = store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
        assert isinstance(found, QuerySolutions)
        given = {variable.value for variable in found.variables}
        for row in found:
            text = row["text"]
            assert isinstance(text, Literal)
            language = row["language"].value if "language" in given else text.language or ""
            yield row["kind"].value, row["iri"].value, language, text.value, *map(_count, (row["main"], row["weight"]))


def _count(term: Literal) -> int:
    return int(term.value)
