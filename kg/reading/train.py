"""Trains the name tagger, always to the same bytes: `python -m kg.reading.train`; `--evaluate` prints figures."""

import hashlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from kg.authority import DATA
from kg.reading.name_corpus import Tagged, corpus
from kg.reading.name_features import features
from kg.reading.names import MODEL, NUMBERS, OUTSIDE, TYPES, begin, spans
from kg.reading.words import fold

PARAMETERS = {"c1": 0.3, "c2": 0.1, "max_iterations": 120}
KNOWN_SHARE = 50  # per cent of names that training pretends a lexicon holds
FALSE_SHARE = 1  # per cent of other words that it pretends to be names of a lexicon
SWAPPED = ("PER", "LOC")  # organisations agree with their verbs and adjectives, so they stay where they are
ATTACHED_SHARE = 60  # per cent of prepositions before swapped names that training writes as clitics
CLITIC_OF = {
    **{(fold(word), kind): "ل" for word in ("إلى", "لدى") for kind in TYPES},
    **{(fold("مع"), kind): "ب" for kind in TYPES},
    (fold("في"), "LOC"): "ب",
}
STAMP = DATA / "names.made_from"
TABLES = ("name_cues.tsv", "given_names.tsv")
CODE = ("name_features.py", "train.py")

Pools = Mapping[tuple[str, bool], Sequence[tuple[str, ...]]]


def number(*parts: str) -> int:
    """A number that depends on the words alone."""
    return int.from_bytes(hashlib.sha256("|".join(parts).encode()).digest()[:4], "big")


def pretended_flags(keys: Sequence[str], labels: Sequence[str]) -> list[tuple[str, ...]]:
    """Flags of a lexicon that knows some of the names, and takes a few other words for names."""
    flags: list[tuple[str, ...]] = [() for _ in keys]
    for i, key in enumerate(keys):
        if labels[i] == OUTSIDE and len(key) > 3 and number("false", key) % 100 < FALSE_SHARE:
            flags[i] = ("B-" + TYPES[number("type", key) % len(TYPES)],)
    for first, end, kind, clitics in spans(labels):
        if number("known", *keys[first:end]) % 100 < KNOWN_SHARE:
            split = (f"c{clitics}",) if number(*keys) % 2 else ()
            flags[first:end] = [("B-" + kind, *split), *[("I-" + kind,)] * (end - first - 1)]
    return flags


def name_pools(sentences: Iterable[Tagged]) -> Pools:
    """The keys of the corpus's names, by type and whether they are one word."""
    pools: dict[tuple[str, bool], dict[tuple[str, ...], None]] = {}
    for sentence in sentences:
        for first, end, kind, clitics in spans(sentence.labels):
            if not clitics:
                pools.setdefault((kind, end - first == 1), {})[sentence.keys[first:end]] = None
    return {which: sorted(names) for which, names in pools.items()}


def swapped(sentence: Tagged, pools: Pools) -> tuple[list[str], list[str]]:
    """The sentence with other persons and places, so that the model learns contexts rather than names."""
    keys, labels = list(sentence.keys), list(sentence.labels)
    for first, end, kind, clitics in reversed(list(spans(sentence.labels))):
        pool = pools.get((kind, end - first == 1), ())
        if kind in SWAPPED and pool:
            new = pool[number(*sentence.keys, str(first)) % len(pool)]
            keys[first:end] = [attach(keys[first][:clitics], new[0]), *new[1:]]
            labels[first:end] = [begin(kind, clitics), *[f"I-{kind}"] * (len(new) - 1)]
            if not clitics and first and number(*new, *sentence.keys) % 100 < ATTACHED_SHARE:
                attach_preposition(keys, labels, first, kind)
    return keys, labels


def attach_preposition(keys: list[str], labels: list[str], first: int, kind: str) -> None:
    """Write a preposition before a name as the clitic that means the same (إلى بوتين, لبوتين), where there is one."""
    clitic = CLITIC_OF.get((keys[first - 1], kind))
    if clitic and labels[first - 1] == OUTSIDE:
        keys[first - 1 : first + 1] = [attach(clitic, keys[first])]
        labels[first - 1 : first + 1] = [begin(kind, len(clitic))]


def attach(clitics: str, word: str) -> str:
    """A word with clitics before it; ل and ال make لل."""
    return clitics + "ل" + word[2:] if clitics.endswith("ل") and word.startswith("ال") else clitics + word


def examples(sentences: Sequence[Tagged]) -> Iterator[tuple[list[list[bytes]], Sequence[str]]]:
    """What the model is shown: each sentence as it is, with a pretended lexicon, and with its names swapped."""
    pools = name_pools(sentences)
    for sentence in sentences:
        yield features(sentence.keys), sentence.labels
        yield features(sentence.keys, pretended_flags(sentence.keys, sentence.labels)), sentence.labels
        keys, labels = swapped(sentence, pools)
        yield features(keys, pretended_flags(keys, labels)), labels


def train(sentences: Sequence[Tagged], path: Path) -> None:
    """Writes the model of some sentences to a file, and the features that have a weight to another beside it."""
    import pycrfsuite  # type: ignore[import-untyped]

    trainer = pycrfsuite.Trainer("lbfgs", PARAMETERS, verbose=False)
    numbers: dict[bytes, bytes] = {}
    for seen, labels in examples(sentences):
        trainer.append([[numbers.setdefault(one, b"%x" % len(numbers)) for one in word] for word in seen], labels)
    trainer.train(str(path))
    model = pycrfsuite.Tagger()
    model.open(str(path))
    weighed = {number.encode() for number in model.info().attributes}
    lines = (number + b"\t" + feature + b"\n" for feature, number in numbers.items() if number in weighed)
    path.with_suffix(NUMBERS).write_bytes(b"".join(lines))


def stamp(sentences: Iterable[Tagged]) -> str:
    """A hash of everything the model is made of: the words and labels of the corpus, tables, features, this file."""
    digest = hashlib.sha256()
    for sentence in sentences:
        digest.update(repr((sentence.keys, sentence.labels)).encode())
    for path in (*(DATA / name for name in TABLES), *(Path(__file__).with_name(name) for name in CODE)):
        digest.update(path.read_bytes())
    return digest.hexdigest() + "\n"


def main() -> None:
    """Trains the model, or prints figures with `--evaluate [FOLDER WITH articles/ AND readings/]…`."""
    if sys.argv[1:2] == ["--evaluate"]:
        from kg.reading.name_figures import report

        for line in report([Path(folder) for folder in sys.argv[2:]]):
            print(line, flush=True)
        return
    sentences = corpus()
    train(sentences, MODEL)
    STAMP.write_text(stamp(sentences), encoding="utf-8")
    print(f"{MODEL.name}: {MODEL.stat().st_size:,} bytes from {len(sentences):,} sentences")


if __name__ == "__main__":
    main()
