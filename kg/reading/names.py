"""Names of persons, organisations and places in running text, by a linear-chain CRF trained on kg/data/names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.authority import DATA
from kg.reading.name_features import NO_FLAGS, Numbers, features
from kg.reading.words import Word, skip

if TYPE_CHECKING:
    import pycrfsuite  # type: ignore[import-untyped]

MODEL = DATA / "names.crfsuite"
NUMBERS = ".features"  # suffix of the file beside a model that lists its features: number, tab, feature
TYPES = ("PER", "ORG", "LOC")
OUTSIDE = "O"
SURELY_OUTSIDE = 0.95  # least probability of a word outside of names that is not doubted


class Name(NamedTuple):
    """Words `first` to `end` (exclusive) of a sentence name something; `clitics` letters of the first are no name."""

    first: int
    end: int
    label: str  # PER, ORG or LOC
    clitics: int
    confidence: float  # the least certain word's marginal probability


class Found(NamedTuple):
    """What the model makes of one sentence."""

    names: tuple[Name, ...]
    doubted: frozenset[int]  # words outside of names that it is not sure of


@dataclass(frozen=True, slots=True)
class Tagger:
    """A loaded model."""

    model: "pycrfsuite.Tagger"
    numbers: Numbers

    def found(self, words: Sequence[Word], flags: Sequence[Sequence[str]] = NO_FLAGS) -> Found:
        """The names of one sentence; `flags` may say what a lexicon or the document knows of each word.

        `B-PER` or `I-ORG` is where a known name begins or goes on; `c0`, `c1` or `c2` beside a B counts its clitics.
        """
        if not words:
            return Found((), frozenset())
        seen = features([word.key for word in words], flags, self.numbers)
        labels = self.model.tag(seen)
        marginal = self.model.marginal
        names = tuple(
            Name(
                first,
                end,
                label,
                told(flags[first], clitics) if flags else clitics,
                min(map(marginal, labels[first:end], range(first, end))),
            )
            for first, end, label, clitics in spans(labels)
        )
        doubted = [i for i, one in enumerate(labels) if one == OUTSIDE and marginal(OUTSIDE, i) < SURELY_OUTSIDE]
        return Found(names, frozenset(doubted))


def told(flags: Sequence[str], guess: int) -> int:
    """The clitic letters that the flags of a name's first word tell; a guess where they do not."""
    return next((int(flag[1:]) for flag in flags if flag in {"c0", "c1", "c2"}), guess)


def spans(labels: Sequence[str]) -> Iterator[tuple[int, int, str, int]]:
    """(first, end, type, clitics) of each name that a sequence of labels holds; an I without its B begins a name."""
    first, kind, clitics = 0, OUTSIDE, 0
    for i, label in enumerate((*labels, OUTSIDE)):
        if label == kind == OUTSIDE:
            continue
        prefix, _, now = label.partition("-")
        if prefix == "I" and now == kind:
            continue
        if kind != OUTSIDE:
            yield first, i, kind, clitics
        first, kind = i, now or OUTSIDE
        clitics = int(prefix[1:] or 0)


def begin(kind: str, clitics: int) -> str:
    """The label of a name's first word with so many clitic letters before it."""
    return f"B{clitics or ''}-{kind}"


def characters(words: Sequence[Word], name: Name) -> tuple[int, int]:
    """Where a name begins and ends in the text, its clitics left out."""
    word = words[name.first]
    return word.start + skip(word.text, name.clitics), words[name.end - 1].end


@cache
def tagger(path: Path = MODEL) -> Tagger | None:
    """The shipped model, loaded once; None where it or python-crfsuite is missing, and names come from tables alone."""
    try:
        import pycrfsuite
    except ImportError:
        return None
    listing = path.with_suffix(NUMBERS)  # the model can tell its features itself, but takes a fifth of a second to
    if not path.exists() or not listing.exists():
        return None
    model = pycrfsuite.Tagger()
    model.open(str(path))
    lines = (line.split(b"\t") for line in listing.read_bytes().splitlines())
    return Tagger(model, Numbers({feature: number for number, feature in lines}))
