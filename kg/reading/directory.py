"""Who bears which name in an article: look-ups that take the same time however long the article is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from kg.reading.known import Known, name_keys
from kg.reading.name_features import given_names
from kg.reading.words import fold, keyset

LINKS = keyset("بن ابن بنت أبو آل آيت أيت عبد فون دي دير لا فان دو دوس بو ولد")
Key = TypeVar("Key")
LONGEST = 5  # words of a name that is called by others than its last
REACH = 500  # organisations of one head noun, or persons, that a look-up goes through


@dataclass(slots=True)
class Directory:
    """Indices of the names of one article; local to one reading."""

    persons: list[Known] = field(default_factory=list)  # those with a name of their own
    places: dict[str, Known] = field(default_factory=dict)  # that no table knows, by folded name
    titled: dict[str, Known] = field(default_factory=dict)  # persons that no table knows, by folded name
    whole: dict[tuple[str, ...], Known] = field(default_factory=dict)  # keys of a person's name
    ends: dict[tuple[str, ...], Known] = field(default_factory=dict)  # last keys of a person's name
    surnames: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)  # by their first key
    organisations: dict[frozenset[str], Known] = field(default_factory=dict)
    headed: dict[str, list[tuple[Known, frozenset[str]]]] = field(default_factory=dict)  # by head noun
    words: dict[int, set[str]] = field(default_factory=dict)  # an organisation's number to the bare keys of its names

    def add(self, known: Known) -> None:
        """Enter a new entity."""
        if known.type == "Organization":
            self.headed.setdefault(known.head, []).append((known, frozenset(name_keys(known.name))))
        if known.named:
            self.persons.append(known)
        self.call(known, known.name)
        if known.row is None:
            self.rename(known, known.name)

    def rename(self, known: Known, name: str) -> None:
        """Enter the name by which somebody of no table goes."""
        index = {"Person": self.titled, "Place": self.places}.get(known.type)
        if index is None:
            return
        if index.get(fold(known.name)) is known:
            del index[fold(known.name)]
        known.name = name
        keep(index, fold(name), known, first=True)

    def call(self, known: Known, form: str) -> None:
        """Enter a form by which an entity is called."""
        keys = name_keys(form)
        if known.type == "Organization":
            keep(self.organisations, frozenset(keys), known, first=True)
            self.words.setdefault(known.number, set()).update(key.removeprefix("ال") for key in keys)
        elif known.named and keys:
            keep(self.whole, keys, known, first=False)
            for end in tails(keys):
                keep(self.ends, end, known, first=False)
            for short in called_by(keys):
                keep(self.ends, short, known, first=False)
                self._surname(short)

    def _surname(self, keys: tuple[str, ...]) -> None:
        if keys not in (others := self.surnames.setdefault(keys[0], [])):
            others.append(keys)
            others.sort(key=lambda k: (-len(k), k))

    def person(self, keys: tuple[str, ...]) -> Known | None:
        """The person last added whose name these keys are, or end, or who is called by the last of them."""
        found = [self.ends.get(keys), *(self.whole.get(end) for end in tails(keys))]
        return max((known for known in found if known is not None), key=lambda k: k.number, default=None)

    def near_persons(self) -> list[Known]:
        """The persons with a name, as far back as a look-up goes, the first first."""
        return self.persons[-REACH:]

    def organisation(self, head: str, keys: frozenset[str]) -> Known | None:
        """The first organisation of these keys, or of this head noun with more or fewer of them."""
        if keys in self.organisations:
            return self.organisations[keys]
        near = self.headed.get(head, [])[-REACH:]
        return next((known for known, mine in near if mine < keys or keys < mine), None)


def keep(index: dict[Key, Known], key: Key, known: Known, *, first: bool) -> None:
    """Enter an entity under a key where it is the first, or the last, of those that claim it."""
    held = index.get(key)
    if held is None or (known.number < held.number) == first:
        index[key] = known


def tails(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The endings of a name, the whole first; of one longer than any person's only the last words."""
    return (keys[k:] for k in range(max(0, len(keys) - 30), len(keys)))


ORDINALS = keyset("الأول الثاني الثالث الرابع الخامس السادس السابع")
NEVER_ALONE = frozenset((key,) for key in ORDINALS | keyset("الله علي الشيخ الملك الأمير السيد"))
"""Last words of names that call nobody: «حفظه الله», «على», «النائب الثاني»."""


def called_by(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """How the bearer of a name is called later: by its last word, the last two, all, one between that is no first."""
    if (last := last_name(keys)) and last not in NEVER_ALONE:
        yield last
    if len(keys) > 2 and len(keys) <= LONGEST:
        yield keys
        yield keys[-2:]
        between = ((key,) for key in keys[1:-1] if len(key) > 3 and key not in LINKS and key not in given_names())
        yield from (name for name in between if name not in NEVER_ALONE)


def last_name(keys: tuple[str, ...]) -> tuple[str, ...]:
    """The last word of a name of two or more, with its particles (بن سلمان, آل ثاني, فون دير لاين)."""
    if len(keys) < 2 or keys[-1] in LINKS:
        return ()
    start = len(keys) - 1
    while start > 1 and keys[start - 1] in LINKS:
        start -= 1
    return keys[start:] if len(keys[-1]) > 2 or start < len(keys) - 1 else ()
