"""What the name tagger sees of each word: its letters, its clitics, its neighbours, and what a lexicon says of it."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from kg.authority import listed, rows
from kg.reading.words import fold

NO_FLAGS: tuple[str, ...] = ()
QUOTES = frozenset("\"“”„«»‹›'‘’")
CONJUNCTIONS = frozenset("وف")
PREPOSITIONS = frozenset("بلكس")
QUOTE_REACH = 6  # words: a longer quote is speech, not a name
TITLE_REACH = 7  # words between a title and its name


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


def features(keys: Sequence[str], flags: Sequence[Sequence[str]] = NO_FLAGS) -> list[list[str]]:
    """The features of each word of a sentence; `flags` holds what the caller knows of each word, such as `B-PER`."""
    words = [normal(key) for key in keys]
    kinds = [classes(key) for key in keys]
    quoted = quote_lengths(words)
    seen = [of_words(keys, i) for i in range(len(words))]
    for i, found in enumerate(seen):
        found += of_place(words, kinds, quoted, i)
    for i, known in enumerate(flags):
        for d in (-1, 0, 1) if known else ():
            if 0 <= i + d < len(seen):
                seen[i + d] += [f"g{-d}={flag}" for flag in known]
    return seen


NEAR = (-3, -2, -1, 1, 2)  # words round a word that it is seen with


def of_words(keys: Sequence[str], i: int) -> list[str]:
    """Features of word i and its neighbours, each by itself."""
    found = [*of_word(keys[i])]
    for d in NEAR:
        if 0 <= i + d < len(keys):
            found += of_neighbour(keys[i + d], d)
    return found


@lru_cache(maxsize=65536)
def of_word(key: str) -> tuple[str, ...]:
    """Features of a word by itself."""
    return ("bias", *letters(normal(key)), *of_neighbour(key, 0))


@lru_cache(maxsize=262144)
def of_neighbour(key: str, d: int) -> tuple[str, ...]:
    """What a word tells of the one `d` words before it."""
    word = normal(key)
    found = [f"k{d}={kind}" for kind in classes(key)]
    if d > -3:
        found.append(f"{d}={word}")
    if -3 < d < 2:
        found += [f"n{d}={name}" for name in given(word)]
    if d in {-1, 1}:
        found += [f"{d:+}s={word[-2:]}", f"{d:+}p={word[:2]}"]
    return tuple(found)


def of_place(words: Sequence[str], kinds: Sequence[Sequence[str]], quoted: Sequence[int], i: int) -> list[str]:
    """Features of where word i stands."""
    found = [] if i else ["first"]
    if i and kinds[i - 1]:
        found += [f"kk={before}>{own}" for before in kinds[i - 1] for own in kinds[i] or ("-",)]
    if quoted[i]:
        found.append(f"q={quoted[i]}")
    if reach := title_before(kinds, words, i):
        found.append(f"title={reach}")
    return found


def title_before(kinds: Sequence[Sequence[str]], words: Sequence[str], i: int) -> str:
    """How word i follows a title with only words that belong to a title between them; empty where it does not."""
    comma = ""
    for back in range(1, min(TITLE_REACH, i) + 1):
        kind = kinds[i - back]
        if "title" in kind:
            return ("near" if back == 1 else "far") + comma
        if words[i - back] in {"،", ",", '"'}:
            comma = "+comma"
        elif not {"titletail", "nisba", "honorific", "orghead"} & set(kind):
            return ""
    return ""


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
