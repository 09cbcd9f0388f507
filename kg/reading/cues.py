"""Words that give a speech act away: nouns that somebody expresses, and words in what is said."""

from functools import cache

from kg.authority import listed, rows
from kg.reading.words import fold


@cache
def content_acts() -> dict[str, str]:
    """Key of an expressed noun to the act it makes."""
    return {fold(w): row["act"] for row in rows("content_acts") for w in listed(row["words"])}


@cache
def content_cues() -> tuple[tuple[frozenset[str], str], ...]:
    """Words in what is said, and the act they make, in order of preference."""
    return tuple((frozenset(fold(w) for w in listed(row["words"])), row["act"]) for row in rows("content_cues"))
