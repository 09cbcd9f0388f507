"""Words with their offsets, look-up keys and clitic hypotheses; the text itself is never altered."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import NamedTuple

MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
FOLD = str.maketrans(
    "أإآٱىةؤئڤکیگ٠١٢٣٤٥٦٧٨٩",
    "اااايهويفكيك0123456789",
    "".join(mark for mark in map(chr, range(0x0610, 0x2070)) if MARKS.match(mark)),
)
SHAPES = {
    code: unicodedata.normalize("NFKC", chr(code)).strip() for code in (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD))
}
"""Letters in the shape of their place in a word («ﺍﻟﻌﺮﺍﻕ»), as some pages send them, and the letters that they are."""
SHAPED = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc]")
KEYS = FOLD | {code: letters.translate(FOLD) for code, letters in SHAPES.items()}
ABBREVIATED = "[أدم\ufe83\ufe84\ufea9\ufeaa\ufee1-\ufee4]"
WORD = re.compile(
    r"[٠-٩0-9]+(?:[.,٫٬/:-][٠-٩0-9]+)*"
    rf"|(?<![^\W_])(?:{ABBREVIATED}\.)+(?=\s?[^\W\d_])"  # «د. فلان», «أ.د. فلان»
    r"|[^\W\d_]+(?:[\u0610-\u061a\u064b-\u065f\u0670\u0640'’]+[^\W\d_]*)*"
    r"|\.\.+|\S",
)
HASHTAG = re.compile(r"#(?=[^\W\d_])|(?<=[^\W\d_])_(?=[^\W\d_])")
CONJUNCTIONS = ("و", "ف")
PREPOSITIONS = ("ب", "ل", "ك")
PRONOUNS = ("هما", "هم", "هن", "ها", "نا", "كم", "ه", "ك", "ي")
PASSIVE = re.compile("^[وف]?.ُ")


class Word(NamedTuple):
    """One token of a sentence; `key` is for look-up only."""

    start: int
    end: int
    text: str
    key: str
    is_word: bool  # whether it is made of letters

    @property
    def span(self) -> tuple[int, int]:
        """Its characters."""
        return self.start, self.end

    @property
    def is_number(self) -> bool:
        """Whether it is made of digits."""
        return self.key[:1].isdigit()

    @property
    def passive(self) -> bool:
        """Whether a written damma on the first letter marks a passive verb (وُقّع)."""
        return PASSIVE.match(self.text) is not None


WORD_OF = partial(tuple.__new__, Word)
"""A word of its fields in order, made in half the time that `Word` takes."""


class Split(NamedTuple):
    """A clitic hypothesis: conjunction, preposition, article, the rest."""

    conjunction: str
    preposition: str
    article: bool
    stem: str


def fold(form: str) -> str:
    """Look-up key: no marks, hamza and alef maksura and ta marbuta merged, digits Western, case folded."""
    return form.translate(KEYS).casefold()


def keyset(listed: str) -> frozenset[str]:
    """Keys of words that a space parts."""
    return frozenset(map(fold, listed.split()))


@lru_cache(maxsize=65536)
def known_key(form: str) -> tuple[str, bool]:
    """`fold`, remembered, for news repeats its words; and whether it begins with a letter."""
    key = fold(form)
    return key, key[:1].isalpha()


def word_keys(text: str) -> tuple[str, ...]:
    """The keys of a text's words and numbers."""
    if text.replace(" ", "").isalpha():  # as nearly every name of the tables is
        return tuple(fold(text).split())
    return tuple([key for key, letters in map(known_key, WORD.findall(text)) if letters or key[:1].isdigit()])


def words(text: str, offset: int = 0) -> tuple[Word, ...]:
    """The tokens of a text, their offsets counted from `offset`; «#الولايات_المتحدة» is two words."""
    if "#" in text:
        text = HASHTAG.sub(" ", text)
    if SHAPED.search(text):
        told = ((m, m[0].translate(SHAPES)) for m in WORD.finditer(text))
        return tuple([Word(offset + m.start(), offset + m.end(), word, *known_key(word)) for m, word in told])
    found, end = [], 0
    for word in WORD.findall(text):  # only white space stands between two, so that each is found where it was matched
        start = text.find(word, end)
        end = start + len(word)
        found.append(WORD_OF((offset + start, offset + end, word, *known_key(word))))
    return tuple(found)


def skip(text: str, letters: int) -> int:
    """The length of the first so many letters of a text, with the marks that they bear."""
    at = 0
    while at < len(text) and (letters > 0 or MARKS.match(text[at])):
        letters -= 0 if MARKS.match(text[at]) else 1
        at += 1
    return at


@lru_cache(maxsize=65536)
def splits(key: str) -> tuple[Split, ...]:
    """Every clitic hypothesis of a key, the whole word first and the longest stems before the shorter."""
    return tuple(sorted(_splits(key), key=lambda s: (-len(s.stem), s.conjunction, s.preposition)))


@lru_cache(maxsize=65536)
def spellings(key: str) -> tuple[tuple[Split, str], ...]:
    """Every clitic hypothesis of a key with the word it leaves, article included."""
    return tuple((split, "ال" * split.article + split.stem) for split in splits(key))


def _splits(key: str) -> Iterator[Split]:
    for conjunction, rest in _optional(key, CONJUNCTIONS):
        for preposition, core in _optional(rest, PREPOSITIONS):
            yield Split(conjunction, preposition, False, core)
            if core.startswith("ال") and len(core) > 3:
                yield Split(conjunction, preposition, True, core[2:])
        if rest.startswith("لل") and len(rest) > 3:  # للإطاحة = ل + ال + إطاحة
            yield Split(conjunction, "ل", True, rest[2:])


def _optional(key: str, prefixes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    yield "", key
    if key[:1] in prefixes and len(key) > 2:
        yield key[0], key[1:]


@lru_cache(maxsize=65536)
def endings(stem: str) -> tuple[tuple[str, str], ...]:
    """(core, pronoun) hypotheses of a noun stem; the ta marbuta before a pronoun is folded back (دعوته -> دعوه)."""
    found = [(stem, "")]
    for pronoun in PRONOUNS:
        core = stem.removesuffix(pronoun)
        if core != stem and len(core) > 2:
            found.append((core, pronoun))
            if core.endswith("ت"):
                found.append((core[:-1] + "ه", pronoun))
    return tuple(found)
