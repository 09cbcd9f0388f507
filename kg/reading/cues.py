"""Words that give a speech act away: nouns that somebody expresses, and words in what is said."""

from collections.abc import Iterable, Set
from functools import cache
from typing import NamedTuple

from kg.authority import listed, rows
from kg.reading.words import fold


class Cue(NamedTuple):
    """What gives an act away: one of some words, or all of one of some sets."""

    words: frozenset[str]
    sets: tuple[frozenset[str], ...]
    act: str

    def fits(self, found: Set[str]) -> bool:
        """Whether it stands among some keys."""
        return not self.words.isdisjoint(found) or any(together <= found for together in self.sets)


@cache
def content_acts() -> dict[str, str]:
    """Key of an expressed noun to the act it makes."""
    return {fold(w): row["act"] for row in rows("content_acts") for w in listed(row["words"])}


@cache
def content_cues() -> tuple[Cue, ...]:
    """Words in what is said, and the act they make, in order of preference."""
    return tuple(cue(listed(row["words"]), row["act"]) for row in rows("content_cues"))


def cue(listing: Iterable[str], act: str) -> Cue:
    """One row of the table; «الخيارات+الطاولة» asks for both."""
    found = [frozenset(map(fold, one.split("+"))) for one in listing]
    return Cue(frozenset().union(*(one for one in found if len(one) == 1)), tuple(o for o in found if len(o) > 1), act)
