"""A sentence under analysis: its words, what the tables and the name model say of them, and phrases over them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.reading.lexicon import Entry, Lexicon, Names
from kg.reading.names import Name
from kg.reading.words import SHAPES, Split, Word, keyset, skip, splits

OPEN = "\"“«„'‘"
CLOSE = "\"”»“'’"
THAT = keyset("أن أنه أنها بأن بأنه بأنها")  # what is said begins so; «إن» has the same key as «أن»
FEMININE = ("ه", "ات")


class Phrase(NamedTuple):
    """Words `start:end` of a sentence that name or stand for something."""

    start: int
    end: int
    kind: str  # name, person, office, org, nation, pair, own, counterpart, pronoun, source
    char_start: int
    char_end: int
    surface: str
    keys: tuple[str, ...] = ()  # authority rows it may be
    name: str = ""  # of a person or organisation
    head: str = ""  # key of the title or head noun
    country: str | None = None  # of a title, organisation or collective
    gender: str = ""
    number: str = "s"
    conjunction: bool = False
    preposition: str = ""  # attached or standing before it
    title: str = ""  # the words of the title before a name
    described: str = ""  # the definite nouns before a name without a title
    tagged: str = ""  # PER, ORG or LOC where the model named it
    subject: bool = False  # a state right behind a feminine verb, where no adjective stands


Surnames = Mapping[str, Sequence[tuple[str, ...]]]
"""First key of a last name to the last names that begin with it, longest first."""

Match = tuple[Split, int, tuple[str, ...]]
"""A name of the tables in a sentence: clitics of its first word, index behind it, authority rows."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A sentence under analysis: its words, the lexicon, the names the model found."""

    text: str  # the article's
    words: Sequence[Word]
    lexicon: Lexicon
    entries: Sequence[Entry]  # what the lexicon knows of each word
    present: frozenset[str]  # the classes that any of its words is in
    tagged: dict[int, Name] = field(default_factory=dict)  # names the model found, by their first word
    doubted: set[int] = field(default_factory=set)  # words that it found none in, and yet is not sure of
    surnames: Surnames = field(default_factory=dict)  # of the persons named so far
    matched: dict[int, Match | None] = field(default_factory=dict)  # names of the tables found so far, by word
    named: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)  # last names of its own persons so far

    @classmethod
    def of(cls, text: str, words: Sequence[Word], lexicon: Lexicon, surnames: Surnames) -> "Scan":
        """A sentence looked up word by word."""
        entries = [lexicon.entry(word.key) for word in words]
        present: frozenset[str] = frozenset().union(*[entry.classes for entry in entries])
        return cls(text, words, lexicon, entries, present, surnames=surnames)

    @property
    def classes(self) -> Mapping[str, frozenset[str]]:
        """The word classes of the lexicon."""
        return self.lexicon.classes

    def has(self, i: int, name: str) -> bool:
        """Whether word i is in a class."""
        return 0 <= i < len(self.entries) and name in self.entries[i].classes

    def holds(self, *names: str) -> bool:
        """Whether any word is in one of several classes: the quick look that spares most sentences a search."""
        return not self.present.isdisjoint(names)

    def key(self, i: int) -> str:
        """The key of word i, empty outside the sentence."""
        return self.words[i].key if 0 <= i < len(self.words) else ""

    def may_be_surname(self, i: int) -> bool:
        """Whether a last name of somebody named so far may begin with word i: the quick look."""
        spelt = self.entries[i].spelt
        if self.surnames and not self.surnames.keys().isdisjoint(spelt):
            return True
        return bool(self.named) and not self.named.keys().isdisjoint(spelt)

    def nation(self, i: int) -> str | None:
        """The country whose adjective word i is, alone or with the word behind it."""
        if not 0 <= i < len(self.words):
            return None
        return self.lexicon.nation(self.words[i], self.words[i + 1] if i + 1 < len(self.words) else None)

    def nation_end(self, i: int) -> int:
        """Index behind the adjective of nationality at word i, which may be two words."""
        pair = self.nation(i) is not None and self.lexicon.nation(self.words[i]) != self.nation(i)
        pair = pair or (i + 1 < len(self.words) and self.nation(i) != self.lexicon.nation(self.words[i]))
        return i + 2 if pair else i + 1

    def behind_saying(self, i: int) -> bool:
        """Whether a finite verb of saying stands right before word i."""
        senses = self.lexicon.senses_of(self.words[i - 1]) if i else ()
        return any(s.predicate.frame == "clause" and s.form.form in {"perfect", "imperfect"} for _, s in senses)

    def strange(self, i: int) -> bool:
        """Whether no list holds word i, not even without clitics, so that it can be of a name only."""
        word, entry = self.words[i], self.entries[i]
        listed = entry.classes or entry.opened or self.lexicon.senses_of(word) or self.nation(i)
        return word.is_word and not listed

    def is_particle(self, i: int) -> bool:
        """Whether word i is a function word, with or without a conjunction."""
        return 0 <= i < len(self.entries) and "particle" in self.entries[i].plain

    def is_verb(self, i: int) -> bool:
        """Whether word i can only be read as a finite verb."""
        word = self.words[i]
        if any(
            (sense.form.form in {"perfect", "imperfect"} and not sense.form.pronoun) or len(split.stem) > 4
            for split, sense in self.lexicon.senses_of(word)
            if sense.form.form in {"perfect", "imperfect"}
        ):
            return True
        stem = word.key.removeprefix("و").removeprefix("ف")
        return (len(stem) > 4 and stem[:2] in {"سي", "ست", "سن"}) or (
            len(stem) > 3 and stem[0] == "ي" and stem[1] != "و"
        )


def make(scan: Scan, start: int, end: int, split: Split, kind: str, **more: object) -> Phrase:
    """A phrase over words start:end whose first word bears the clitics of `split`."""
    begin, stop, text = surface(scan, start, end, split)
    return Phrase(
        start,
        end,
        kind,
        begin,
        stop,
        text,
        conjunction=bool(split.conjunction),
        preposition=split.preposition,
        **more,  # type: ignore[arg-type]
    )


def surface(scan: Scan, start: int, end: int, split: Split) -> tuple[int, int, str]:
    """Characters of words start:end without the first word's clitics; لل keeps its letters."""
    first, last = scan.words[start], scan.words[end - 1]
    letters = len(split.conjunction) + (0 if assimilated(first.key, split) else len(split.preposition))
    begin = first.start + skip(first.text, letters)
    return begin, last.end, scan.text[begin : last.end]


def assimilated(key: str, split: Split) -> bool:
    """Whether the article of للأمم has lost its alef, so that its ل belongs to the name's letters."""
    return split.preposition == "ل" and split.article and "لل" in key[:3]


def whole_name(surface: str) -> str:
    """«للجيش» as the name that it holds: «الجيش»."""
    said = surface.translate(SHAPES)
    return "ال" + said[2:] if said.startswith("لل") else said


def match_name(scan: Scan, i: int) -> Match | None:
    """The longest name of the tables at word i: clitics, end, authority rows."""
    if not 0 <= i < len(scan.words):
        return None
    opened = scan.entries[i].opened
    if opened and i not in scan.matched:
        scan.matched[i] = _match_name(scan, i, opened)
    return scan.matched[i] if opened else None


def _match_name(scan: Scan, i: int, opened: tuple[tuple[Split, Names], ...]) -> Match | None:
    best: Match | None = None
    following = scan.key(i + 1)
    for split, names in opened:
        for name in (*names.get(following, ()), *names.get("", ())):
            end = i + len(name.keys)
            if (best is None or end > best[1]) and spells(scan, i, name.keys):
                best = split, end, name.rows
                break  # the longest of this stem: they stand longest first
    return best


def spells(scan: Scan, i: int, keys: tuple[str, ...]) -> bool:
    """Whether the words from i on have these keys, the first of which fits already."""
    if len(keys) == 1:
        return True
    if i + len(keys) > len(scan.words) or scan.words[i + 1].key != keys[1]:
        return False
    return all(scan.words[i + k].key == key for k, key in enumerate(keys) if k > 1)


def of_person(scan: Scan, named: Match) -> bool:
    """Whether a name of the tables is a person's."""
    return scan.lexicon.authorities[named[2][0]].type == "Person"


def begins_conjoined(scan: Scan, i: int) -> bool:
    """Whether a word begins with a conjunction that is none of its letters."""
    key = scan.key(i)
    return (key[:1] == "و" and key[1:3] == "ال") or (
        key[:1] == "و"
        and key not in {"وزاره", "وزير", "وزراء", "وطني", "وطنيه", "وكاله", "وزيره"}
        and any(key[1:] in scan.classes[name] for name in ("title", "orghead", "collective", "armed"))
    )


def head_splits(scan: Scan, i: int, name: str) -> Split | None:
    """The clitics under which word i is a noun of a class (without pronoun)."""
    return scan.lexicon.noun(scan.words[i], name) if 0 <= i < len(scan.words) else None


def in_whose_name(scan: Scan, i: int) -> bool:
    """«المتحدث باسم غوتيريش»: whether word i is the preposition behind a spokesman, and no given name."""
    return scan.key(i) == "باسم" and any(split.stem in SPOKESMEN for split in splits(scan.key(i - 1)))


SPOKESMEN = keyset("متحدث متحدثة ناطق ناطقة")


def quoted_end(scan: Scan, i: int) -> int:
    """Index after a short quoted name that begins at word i, or 0."""
    if i >= len(scan.words) or scan.words[i].text not in OPEN:
        return 0
    for k in range(i + 2, min(i + 8, len(scan.words))):
        if scan.words[k].text in CLOSE:
            return k + 1
    return 0


def noun_gender(scan: Scan, key: str) -> str:
    """Grammatical gender of a noun by its ending; empty for broken plurals and what else does not show it."""
    if key.endswith(FEMININE) or key in scan.classes["feminine_plural"]:
        return "f"
    return "m" if key in scan.classes["masculine_noun"] else ""
