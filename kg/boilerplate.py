"""The patterns of kg/data/boilerplate.tsv and datelines.tsv, and the key of a line that they are looked up with."""

import re
import unicodedata
from functools import cache, lru_cache

from kg.authority import listed, rows

_KEY_LENGTH = 640  # characters of a line that its key keeps; longer lines are paragraphs
_FOLD = dict(zip("أإآٱىةؤئ", "اااايهوي", strict=True))
_MARKS = re.compile("[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_OUTER = " \t\u00a0\"“”«»'*•·▪■►◄→←|_-–—#[]{}<>"


def fold(line: str) -> str:
    """Look-up key of a line: compatible forms, no marks, letters merged, small, single spaces, outer marks off."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", line[:_KEY_LENGTH]))
    for letter, one in _FOLD.items():  # faster than to translate a whole paragraph
        plain = plain.replace(letter, one)
    return " ".join(plain.casefold().split()).strip(_OUTER)


@cache
def phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """How each phrase is looked for, and its pattern."""
    return tuple((row["how"], _pattern(row)) for row in rows("boilerplate") if row["how"] != "button")


@lru_cache(maxsize=1024)
def holds_phrase(key: str) -> bool:
    """Whether a line may hold any phrase: the quick look that spares most lines the slow one."""
    return _any_phrase().search(key) is not None


@cache
def _any_phrase() -> re.Pattern[str]:
    patterns = (pattern.pattern if how == "holds" else rf"\A(?:{pattern.pattern})" for how, pattern in phrases())
    return re.compile("|".join(patterns))


def _pattern(row: dict[str, str]) -> re.Pattern[str]:
    """The compiled pattern of a row, folded as the lines are."""
    if row["how"] == "regex":
        return re.compile(row["pattern"].translate(str.maketrans(_FOLD)))
    words = re.escape(fold(row["pattern"]))
    return re.compile({"starts": words, "holds": words}.get(row["how"], words + r"[ :.؛…]*\Z"))


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
    return tuple(_pattern(row) for row in rows("datelines") if row["how"] == "regex")


def _one_of(table: str, how: str) -> re.Pattern[str]:
    """Any of the names that a table lists for one kind of look-up, the longest first."""
    names = (fold(name) for row in rows(table) if row["how"] == how for name in listed(row["pattern"]))
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)")
