"""The IRIs of the data: deterministic, made of content, in ASCII so that each has one spelling."""

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote

from kg.authority import Authority, rows
from kg.graph.transliterate import folded, latin
from kg.model import Entity, Reading

BASE = "https://w3id.org/isnad/"
WIKIDATA = "http://www.wikidata.org/entity/"
MAX_SLUG = 60


@dataclass(frozen=True, slots=True)
class Iris:
    """Makes every IRI of the data under one base."""

    base: str = BASE

    def article(self, identifier: str) -> str:
        """The article, which is also its named graph; letters beyond ASCII are percent-encoded as UTF-8."""
        return f"{self.base}article/{quote(identifier, safe='')}"

    def span(self, identifier: str, start: int, end: int) -> str:
        """Characters of an article, counted as in RFC 5147."""
        return f"{self.article(identifier)}#char={start},{end}"

    def event(self, *content: object) -> str:
        """An event by what identifies it."""
        return f"{self.base}event/{digest('event', *content)}"

    def claim(self, *content: object) -> str:
        """A claim by what it says."""
        return f"{self.base}claim/{digest('claim', *content)}"

    def tenure(self, name: str) -> str:
        """A term of office of a person."""
        return f"{self.base}tenure/{quote(name, safe='')}"

    def run(self, name: str) -> str:
        """A run of a reader, or the work of a person's hand."""
        return f"{self.base}run/{quote(name, safe='')}"

    def graph(self, name: str) -> str:
        """A graph that all articles share."""
        return f"{self.base}graph/{name}"

    def entity(self, entity: Entity, article: str) -> str:
        """An entity: its QID, else its row's key, else its name, which where it is a stand-in counts in one article."""
        if entity.wikidata:
            return f"{self.base}entity/{entity.wikidata}"
        return f"{self.base}entity/{entity.type.lower()}-{_slug(entity, article)}"

    def known(self, row: Authority) -> str:
        """An entity of the authority tables."""
        return f"{self.base}entity/{row.qid or f'{row.type.lower()}-{row.key}'}"

    def entities(self, reading: Reading) -> dict[str, str]:
        """Entity id in the reading -> IRI."""
        return {entity.id: self.entity(entity, reading.article.id) for entity in reading.entities}


def digest(*content: object) -> str:
    """Twenty hex digits that depend on the content and on nothing else; JSON keeps its parts apart."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def main_name(entity: Entity) -> str:
    """The Arabic name, else the English one, else the shortest surface form."""
    return entity.name_ar or entity.name_en or min(entity.surface_forms, key=lambda form: (len(form), form))


def is_stand_in(entity: Entity) -> bool:
    """Whether an unlinked entity has no name of its own: «مصدر دبلوماسي» in two articles is two people."""
    if entity.wikidata or entity.key or entity.type != "Person":
        return False
    first = folded(main_name(entity)).split(" ")[0]
    return first.removeprefix("ال") in _stand_ins()


@cache
def _stand_ins() -> frozenset[str]:
    return frozenset(folded(row["word"]) for row in rows("stand_ins"))


def _slug(entity: Entity, article: str) -> str:
    """The readable end of an unlinked entity's IRI."""
    if entity.key:
        return entity.key
    readable = _hyphenated(entity.name_en or latin(main_name(entity)))[:MAX_SLUG].strip("-")
    if is_stand_in(entity):
        return "-".join(filter(None, (readable, digest(article, folded(main_name(entity)))[:8])))
    if entity.name_en and readable:
        return readable
    return "-".join(filter(None, (readable, digest(folded(main_name(entity)))[:8])))


def _hyphenated(name: str) -> str:
    """Lower-case ASCII letters and digits, everything else a hyphen."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())
