"""What the name tagger sees of each word: its letters, its clitics, its neighbours, and what a lexicon says of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from typing import NamedTuple

from kg.authority import listed, rows
from kg.reading.words import fold

NO_FLAGS: tuple[str, ...] = ()
QUOTES = frozenset("\"“”„«»‹›'‘’")
CONJUNCTIONS = frozenset("وف")
PREPOSITIONS = frozenset("بلكس")
QUOTE_REACH = 6  # words: a longer quote is speech, not a name
TITLE_REACH = 7  # words between a title and its name
TITLE_TAIL = frozenset({"titletail", "nisba", "honorific", "orghead"})  # kinds of words that go on with a title
COMMAS = frozenset({"،", ",", '"'})


@cache
def given_names() -> Mapping[str, str]:
    """Folded given name to how sure it is: `name`, or `common` where it is also an ordinary word."""
    found: dict[str, str] = {}
    for row in rows("given_names"):
        for word in listed(row["words"]):
            found[fold(word)] = "common" if row["class"] == "common" else "name"
    return found


@cache
def cues() -> Mapping[str, tuple[str, ...]]:
    """Folded word to the classes of kg/data/name_cues.tsv that hold it."""
    found: dict[str, dict[str, None]] = {}
    for row in rows("name_cues"):
        for word in listed(row["words"]):
            found.setdefault(fold(word), {})[row["class"]] = None
    return {word: tuple(classes) for word, classes in found.items()}


@lru_cache(maxsize=65536)
def normal(key: str) -> str:
    """A key with numbers, quotation marks and Latin words each made one."""
    if key in QUOTES:
        return '"'
    if key[:1].isdigit():
        return "0" * min(len(key), 4)
    return "A" if key[:1].isascii() and key.isalpha() else key


@lru_cache(maxsize=65536)
def stems(key: str) -> tuple[str, ...]:
    """A key and what is left of it without one or two clitics."""
    found = [key]
    if len(key) > 3 and key[0] in CONJUNCTIONS:
        found.append(key[1:])
    found += [stem[1:] for stem in tuple(found) if len(stem) > 3 and stem[0] in PREPOSITIONS]
    return tuple(found)


@lru_cache(maxsize=65536)
def classes(key: str) -> tuple[str, ...]:
    """The cue classes of a key, its clitics and article stripped where needed."""
    table = cues()
    for stem in stems(key):
        for core in (stem, stem.removeprefix("ال"), stem.removeprefix("ل")):
            if core in table:
                return table[core]
    if nisba(key):
        return ("nisba",)
    return ()


def nisba(key: str) -> bool:
    """Whether a key looks like a definite adjective of belonging (الروسي، الأميركية)."""
    return len(key) > 5 and key.startswith(("ال", "وال")) and key.endswith(("ي", "يه", "يين", "يون", "يتين"))


@lru_cache(maxsize=65536)
def given(key: str) -> tuple[str, ...]:
    """Whether a key, or what is left of it without clitics, is a given name."""
    table = given_names()
    return tuple(f"{table[stem]}{len(key) - len(stem)}" for stem in stems(key) if stem in table)[:1]


@lru_cache(maxsize=65536)
def letters(key: str) -> tuple[str, ...]:
    """Features of the letters of one word."""
    core = key.removeprefix("ال")
    found = [f"len={min(len(key), 9)}"]
    found += [f"p{n}={key[:n]}" for n in (1, 2, 3) if len(key) > n]
    found += [f"s{n}={key[-n:]}" for n in (1, 2, 3, 4) if len(key) > n]
    found += [f"any={stem}" for stem in stems(key)]
    found += [f"c{n}={stem}" for n, stem in enumerate(stems(key)[1:])]
    found += [f"t={core[i : i + 3]}" for i in range(len(core) - 2)]
    if key.startswith("ال"):
        found.append("al")
    if nisba(key):
        found.append("nisba")
    return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)  # hashed by identity, so that what it numbers can be remembered
class Numbers:
    """The number by which a model knows each feature that it has a weight for: shorter to look up than the feature."""

    of: Mapping[bytes, bytes]


class Told(NamedTuple):
    """What one word tells of itself and of the words near it, as attributes of the model."""

    word: str  # its normal form
    kinds: tuple[str, ...]
    own: tuple[bytes, ...]
    near: tuple[tuple[bytes, ...], ...]  # for each of NEAR what it tells of the word so many before it


NEAR = (-3, -2, -1, 1, 2)  # words round a word that it is seen with
NOTHING = Told("", (), (), ((),) * len(NEAR))


def features(
    keys: Sequence[str], flags: Sequence[Sequence[str]] = NO_FLAGS, numbers: Numbers | None = None
) -> list[list[bytes]]:
    """The features of each word of a sentence; `flags` holds what the caller knows of each word, such as `B-PER`.

    With the numbers of a model these stand for the features, and those that it has no weight for are left out.
    """
    told = [told_by(key, numbers) for key in keys]
    padded = (*[NOTHING.near] * -NEAR[0], *[one.near for one in told], *[NOTHING.near] * NEAR[-1])
    near = [islice(tells, d - NEAR[0], None) for d, tells in zip(NEAR, zip(*padded, strict=True), strict=True)]
    places = of_place([one.word for one in told], [one.kinds for one in told], numbers)
    seen = [
        [*own, *a, *b, *c, *x, *y, *place]
        for own, a, b, c, x, y, place in zip([one.own for one in told], *near, places, strict=False)
    ]
    for i, known in enumerate(flags):
        for d in (-1, 0, 1) if known else ():
            if 0 <= i + d < len(seen):
                seen[i + d] += known_near(tuple(known), d, numbers)
    return seen


@lru_cache(maxsize=65536)
def told_by(key: str, numbers: Numbers | None) -> Told:
    """Everything that depends on one word alone, remembered, for news repeats its words."""
    word, kinds = normal(key), classes(key)
    own = ["bias", *letters(word), *of_neighbour(word, kinds, 0)]
    near = tuple(encoded(of_neighbour(word, kinds, d), numbers) for d in NEAR)
    return Told(word, kinds, encoded(own, numbers), near)


def encoded(found: Iterable[str], numbers: Numbers | None) -> tuple[bytes, ...]:
    """Features as the model takes them fastest: as bytes, and as its numbers where those are known."""
    plain = map(str.encode, found)
    return tuple(plain) if numbers is None else tuple(numbers.of[one] for one in plain if one in numbers.of)


def of_neighbour(word: str, kinds: Sequence[str], d: int) -> Iterator[str]:
    """What a word tells of the one `d` words before it."""
    yield from (f"k{d}={kind}" for kind in kinds)
    if d > -3:
        yield f"{d}={word}"
    if -3 < d < 2:
        yield from (f"n{d}={name}" for name in given(word))
    if d in {-1, 1}:
        yield f"{d:+}s={word[-2:]}"
        yield f"{d:+}p={word[:2]}"


@lru_cache(maxsize=1024)
def known_near(flags: tuple[str, ...], d: int, numbers: Numbers | None) -> tuple[bytes, ...]:
    """What the word `d` behind one that the caller knows is told of that."""
    return encoded((f"g{-d}={flag}" for flag in flags), numbers)


def of_place(
    words: Sequence[str], kinds: Sequence[tuple[str, ...]], numbers: Numbers | None
) -> Iterator[tuple[bytes, ...]]:
    """Features of where each word stands: behind which kind, in which quote, how far behind a title."""
    before: tuple[str, ...] | None = None
    for own, quoted, title in zip(kinds, quote_lengths(words), titles_before(words, kinds), strict=True):
        yield placed(before, own, quoted, title, numbers)
        before = own


@lru_cache(maxsize=65536)
def placed(
    before: tuple[str, ...] | None, own: tuple[str, ...], quoted: int, title: str, numbers: Numbers | None
) -> tuple[bytes, ...]:
    """The same of one word; `before` tells of what kinds the word before it is, None of the first word."""
    found = ["first"] if before is None else [f"kk={kind}>{one}" for kind in before for one in own or ("-",)]
    found += [f"q={quoted}"] if quoted else []
    found += [f"title={title}"] if title else []
    return encoded(found, numbers)


def titles_before(words: Sequence[str], kinds: Sequence[Sequence[str]]) -> Iterator[str]:
    """How each word follows a title with only words that belong to a title between them; empty where it does not."""
    since, comma = 0, ""  # words since the title, 0 where none goes on
    for word, kind in zip(words, kinds, strict=True):
        yield ("near" if since == 1 else "far") + comma if since else ""
        if "title" in kind:
            since, comma = 1, ""
        elif since and word in COMMAS:
            since, comma = since + 1, "+comma"
        elif since:
            since = since + 1 if not TITLE_TAIL.isdisjoint(kind) else 0
        if since > TITLE_REACH:
            since = 0


def quote_lengths(words: Sequence[str]) -> list[int]:
    """For each word the length of the short quotation round it, 0 outside one."""
    found = [0] * len(words)
    opened: int | None = None
    for i, word in enumerate(words):
        if word != '"':
            continue
        if opened is not None and 0 < (length := i - opened - 1) <= QUOTE_REACH:
            found[opened + 1 : i] = [length] * length
            opened = None
        else:
            opened = i
    return found
