"""The text of an article cut where mentions and evidence begin and end, so that a page can colour each piece."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.server.language import direction_of


@dataclass(frozen=True, slots=True)
class Marked:
    """Characters with what they are marked as: an entity, or words that state a fact."""

    begin: int
    end: int
    entity: str = ""
    name: str = ""
    type: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters with one look; `facts` are the facts whose words these are."""

    text: str
    facts: tuple[str, ...]
    entity: str = ""
    name: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence, or what lies between two; `begin` None between."""

    begin: int | None
    language: str
    part: str
    pieces: tuple[Piece, ...]


def stretches(text: str, sentences: Iterable[tuple[int, int, str, str]], marks: Sequence[Marked]) -> list[Stretch]:
    """The whole text in order, nothing lost; sentences come as (begin, end, language, part), sorted."""
    found, last = [], 0
    for begin, end, language, part in sentences:
        if begin > last:
            found.append(Stretch(None, "", "", (Piece(text[last:begin], ()),)))
        inside = [mark for mark in marks if mark.begin < end and begin < mark.end]
        found.append(Stretch(begin, language, part, pieces(text, begin, end, inside)))
        last = end
    if last < len(text):
        found.append(Stretch(None, "", "", (Piece(text[last:], ()),)))
    return found


def directed(found: Sequence[Stretch], language: str) -> list[tuple[str, list[Stretch]]]:
    """The stretches in runs of one direction: sentences of another script keep their order among each other.

    What lies between two sentences goes with them where both run the same way, else the way of the text's `language`.
    """
    runs: list[tuple[str, list[Stretch]]] = []
    for place, stretch in enumerate(found):
        around = {one.language for one in found[max(place - 1, 0) : place + 2] if one.language}
        ways = {direction_of(tag) for tag in ({stretch.language} if stretch.language else around)}
        way = ways.pop() if len(ways) == 1 else direction_of(language)
        if not runs or runs[-1][0] != way:
            runs.append((way, []))
        runs[-1][1].append(stretch)
    return runs


def pieces(text: str, begin: int, end: int, marks: Sequence[Marked]) -> tuple[Piece, ...]:
    """`text[begin:end]` cut at every edge of a mark."""
    edges = {begin, end} | {edge for mark in marks for edge in (mark.begin, mark.end) if begin < edge < end}
    cuts = sorted(edges)
    return tuple(_piece(text, start, stop, marks) for start, stop in pairwise(cuts))


def _piece(text: str, begin: int, end: int, marks: Sequence[Marked]) -> Piece:
    over = [mark for mark in marks if mark.begin <= begin and end <= mark.end]
    facts = tuple(dict.fromkeys(mark.fact for mark in over if mark.fact))
    entities = [mark for mark in over if mark.entity]
    if not entities:
        return Piece(text[begin:end], facts)
    inner = min(entities, key=lambda mark: mark.end - mark.begin)
    return Piece(text[begin:end], facts, inner.entity, inner.name, inner.type)
