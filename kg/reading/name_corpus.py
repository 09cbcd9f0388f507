"""The annotated sentences of kg/data/names: `[PER …]`, `[ORG …]` and `[LOC …]` round names, clitics outside."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.authority import DATA
from kg.errors import TableError
from kg.reading.names import OUTSIDE, TYPES, begin
from kg.reading.words import MARKS, Word, words

CORPUS = DATA / "names"
BRACKET = re.compile(r"\[([A-Z]+) ([^\[\]]+)\]")
CLITICS = re.compile("^[وف]?[بلكس]?$")


@dataclass(frozen=True, slots=True)
class Tagged:
    """One annotated sentence: its words and the label of each."""

    words: tuple[Word, ...]
    labels: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The look-up keys of its words."""
        return tuple(word.key for word in self.words)


def corpus(folder: Path = CORPUS) -> tuple[Tagged, ...]:
    """Every sentence of the corpus, files in the order of their names."""
    return tuple(sentence for path in sorted(folder.glob("*.txt")) for sentence in read(path))


def read(path: Path) -> Iterator[Tagged]:
    """The sentences of one file; a mistake in it is a TableError that names the line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                yield parse(line)
            except TableError as mistake:
                raise TableError(f"{path.name}:{number}: {mistake}") from None


def parse(line: str) -> Tagged:
    """One annotated line."""
    text, names = "", []
    rest = 0
    for match in BRACKET.finditer(line):
        text += plain(line[rest : match.start()])
        names.append((len(text), len(text) + len(match[2]), known(match[1])))
        text += match[2]
        rest = match.end()
    text += plain(line[rest:])
    found = words(text)
    return Tagged(found, tuple(label(found, names)))


def plain(part: str) -> str:
    """Text outside brackets."""
    if "[" in part or "]" in part:
        raise TableError(f"a bracket without its partner near «{part.strip()[:40]}»; write [PER …], [ORG …] or [LOC …]")
    return part


def known(kind: str) -> str:
    """A label of ours."""
    if kind not in TYPES:
        raise TableError(f"unknown label {kind}; use one of {', '.join(TYPES)}")
    return kind


def label(found: Sequence[Word], names: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    """The label of each word; names must end where words end and begin where words or their clitics do."""
    ahead = list(names)
    for word in found:
        while ahead and ahead[0][1] <= word.start:
            del ahead[0]
        if not ahead or word.end <= ahead[0][0]:
            yield OUTSIDE
            continue
        start, end, kind = ahead[0]
        if word.end > end:
            raise TableError(f"the name in «{word.text}» ends inside the word")
        yield f"I-{kind}" if word.start > start else begin(kind, clitics(word, start - word.start))


def clitics(word: Word, length: int) -> int:
    """The number of clitic letters before a name inside its first word."""
    before = MARKS.sub("", word.text[:length])
    if not CLITICS.match(before):
        raise TableError(f"«{before}» in «{word.text}» is no clitic")
    return len(before)
