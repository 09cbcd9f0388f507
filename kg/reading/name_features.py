"""What the name tagger sees of each word: its letters, its clitics, its neighbours, and what a lexicon says of it."""

from collections.abc import Iterator, Mapping, Sequence
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
    flags = flags or [NO_FLAGS] * len(words)
    return [[*of_word(words, kinds, quoted, i), *of_flags(flags, i)] for i in range(len(words))]


def of_word(words: Sequence[str], kinds: Sequence[Sequence[str]], quoted: Sequence[int], i: int) -> list[str]:
    """Features of word i and its neighbours."""
    found = ["bias", *letters(words[i])]
    near = [(d, i + d) for d in (-3, -2, -1, 0, 1, 2) if 0 <= i + d < len(words)]
    found += [f"{d}={words[k]}" for d, k in near if d > -3]
    found += [f"k{d}={kind}" for d, k in near for kind in kinds[k]]
    found += [f"n{d}={name}" for d, k in near if -3 < d < 2 for name in given(words[k])]
    if i == 0:
        found.append("first")
    else:
        found += [f"-1s={words[i - 1][-2:]}", f"-1p={words[i - 1][:2]}"]
        found += [f"kk={before}>{own}" for before in kinds[i - 1] for own in kinds[i] or ("-",)]
    if i + 1 < len(words):
        found += [f"+1s={words[i + 1][-2:]}", f"+1p={words[i + 1][:2]}"]
    if quoted[i]:
        found.append(f"q={quoted[i]}")
    if reach := title_before(kinds, words, i):
        found.append(f"title={reach}")
    return found


def of_flags(flags: Sequence[Sequence[str]], i: int) -> Iterator[str]:
    """Features of what the caller knows of word i and of the words beside it."""
    for d in (-1, 0, 1):
        if 0 <= i + d < len(flags):
            yield from (f"g{d}={flag}" for flag in flags[i + d])


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
