"""Search by names and by words of sentences, in the index file that lies beside a version of the store."""

import json
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError

FILE = "search.db"
NAMED = ("entity", "event", "article", "class", "property", "concept")
KINDS = (*NAMED, "sentence")
LONGEST = 200  # letters of a question that count

_WORD = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Hit:
    """What a question found: a thing with its label and the name that matched, or a sentence."""

    kind: str
    iri: str
    label: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, best first, and the folded words that were looked for."""

    hits: tuple[Hit, ...]
    words: tuple[str, ...]
    letters: dict[int, str]

    def marked(self, text: str) -> list[tuple[str, bool]]:
        """The text in pieces, each with whether it is a word that was looked for."""
        pieces, last = [], 0
        for word in _WORD.finditer(text):
            folded = _folded(word.group(), self.letters)
            if any(one in folded for one in self.words):
                pieces += [(text[last : word.start()], False), (word.group(), True)]
                last = word.end()
        return [piece for piece in [*pieces, (text[last:], False)] if piece[0]]


def search(version: Path, question: str, kinds: Sequence[str], language: str, limit: int) -> Found:
    """What names and sentences have every word of a question, the last one perhaps unfinished.

    `language` is the one that labels are wanted in; StoreError where the version has no index.
    """
    with closing(_opened(version)) as index:
        letters = {ord(letter): put for letter, put in json.loads(_one(index, "SELECT letters FROM folding")).items()}
        words = tuple(_WORD.findall(_folded(question[:LONGEST], letters)))
        if not words:
            return Found((), (), letters)
        match = " ".join(f'"{word}"' for word in words) + "*"
        named = [kind for kind in kinds if kind in NAMED]
        hits = _things(index, match, named, language, limit) if named else []
        if "sentence" in kinds:
            hits += _sentences(index, match, limit)
        return Found(tuple(hits), words, letters)


def _opened(version: Path) -> sqlite3.Connection:
    file = version / FILE
    if not file.exists():
        raise StoreError(f"{file}: this version has no search index; build the store again: kg build")
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _things(index: sqlite3.Connection, match: str, kinds: Sequence[str], language: str, limit: int) -> list[Hit]:
    """Things by their best name: those called so first, most mentioned first, then the shortest name."""
    marks = ", ".join("?" * len(kinds))
    rows = index.execute(
        f"""SELECT kind, iri, text, language FROM (
              SELECT *, ROW_NUMBER() OVER (
                PARTITION BY iri ORDER BY main DESC, language <> ?, LENGTH(text), id
              ) AS place
              FROM docs JOIN words ON words.rowid = docs.id WHERE words MATCH ? AND kind IN ({marks})
            ) WHERE place = 1 ORDER BY main DESC, weight DESC, LENGTH(text), iri LIMIT ?""",
        (language, match, *kinds, limit),
    )
    return [Hit(kind, iri, _label(index, iri, language), text, tag) for kind, iri, text, tag in rows.fetchall()]


def _sentences(index: sqlite3.Connection, match: str, limit: int) -> list[Hit]:
    rows = index.execute(
        """SELECT iri, text, language FROM words JOIN docs ON docs.id = words.rowid
           WHERE words MATCH ? AND kind = 'sentence' ORDER BY BM25(words), docs.id LIMIT ?""",
        (match, limit),
    )
    return [Hit("sentence", iri, "", text, language) for iri, text, language in rows]


def _label(index: sqlite3.Connection, iri: str, language: str) -> str:
    """The label in a language, else in Arabic, else any."""
    query = """SELECT text FROM docs WHERE iri = ? ORDER BY main DESC, language <> ?, language <> 'ar', id LIMIT 1"""
    return str(index.execute(query, (iri, language)).fetchone()[0])


def _one(index: sqlite3.Connection, query: str) -> str:
    return str(index.execute(query).fetchone()[0])


def _folded(text: str, letters: dict[int, str]) -> str:
    return text.translate(letters).casefold()
