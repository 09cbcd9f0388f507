"""The patterns of kg/data/boilerplate.tsv and datelines.tsv, and the key of a line that they are looked up with."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from kg.authority import listed, rows

_KEY_LENGTH = 640  # characters of a line that its key keeps; longer lines are paragraphs
_LETTERS, _MERGED = "أإآٱىةؤئ", "اااايهوي"
_FOLD = str.maketrans(_LETTERS, _MERGED)
_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_TAIL = " :.؛…"
_OUTER = " \t\u00a0\"“”«»'*•·▪■►◄→←|_-–—#[]{}<>"


def fold(line: str) -> str:
    """Look-up key of a line: compatible forms, no marks, letters merged, small, single spaces, outer marks off."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", line[:_KEY_LENGTH]))
    for letter, one in zip(_LETTERS, _MERGED, strict=True):  # faster than to translate a whole paragraph
        plain = plain.replace(letter, one)
    return " ".join(plain.casefold().split()).strip(_OUTER)


class Phrase(NamedTuple):
    """A row of boilerplate.tsv: what marks a line, and how it is looked for."""

    how: str  # whole, starts, holds, list or regex
    pattern: str  # folded as the lines are

    def stands_in(self, key: str) -> bool:
        """Whether it stands in a line where its kind must."""
        if self.how == "holds":
            return self.pattern in key
        if self.how == "regex":
            return re.match(self.pattern, key) is not None
        return key.startswith(self.pattern) and (self.how == "starts" or not key[len(self.pattern) :].strip(_TAIL))


@cache
def phrases() -> tuple[Phrase, ...]:
    """Every phrase, in the order of the table."""
    return tuple(_phrase(row) for row in rows("boilerplate") if row["how"] != "button")


def _phrase(row: Mapping[str, str]) -> Phrase:
    pattern = row["pattern"]
    return Phrase(row["how"], pattern.translate(_FOLD) if row["how"] == "regex" else fold(pattern))


@lru_cache(maxsize=1024)
def holds_phrase(key: str) -> bool:
    """Whether a line may hold any phrase: the quick look that spares most lines the slow one."""
    starts, held, patterns = _by_look()
    return key.startswith(starts) or any(words in key for words in held) or patterns.match(key) is not None


@cache
def _by_look() -> tuple[tuple[str, ...], tuple[str, ...], re.Pattern[str]]:
    """The words that lines begin with, those that they hold, and one pattern for the rest."""
    starts = tuple(one.pattern for one in phrases() if one.how not in {"holds", "regex"})
    held = tuple(one.pattern for one in phrases() if one.how == "holds")
    return starts, held, re.compile("|".join(one.pattern for one in phrases() if one.how == "regex"))


@cache
def buttons() -> re.Pattern[str]:
    """The name of one button, as a whole word."""
    return _one_of("boilerplate", "button")


@cache
def sources() -> re.Pattern[str]:
    """The name of one agency or other source, as a whole word."""
    return _one_of("datelines", "source")


@cache
def credits() -> tuple[re.Pattern[str], ...]:
    """Lines that say where, when or by whom the text was written."""
    return tuple(re.compile(_phrase(row).pattern) for row in rows("datelines") if row["how"] == "regex")


def _one_of(table: str, how: str) -> re.Pattern[str]:
    """Any of the names that a table lists for one kind of look-up, the longest first."""
    names = (fold(name) for row in rows(table) if row["how"] == how for name in listed(row["pattern"]))
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")
