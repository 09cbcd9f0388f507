"""Trains the name tagger, always to the same bytes: `python -m kg.reading.train`; `--evaluate` prints figures."""

import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kg.authority import DATA
from kg.reading.name_corpus import Tagged, corpus
from kg.reading.name_features import features
from kg.reading.names import MODEL, OUTSIDE, TYPES, spans

PARAMETERS = {"c1": 0.12, "c2": 0.02, "max_iterations": 120}
KNOWN_SHARE = 50  # per cent of names that training pretends a lexicon holds
FALSE_SHARE = 1  # per cent of other words that it pretends to be names of a lexicon
STAMP = DATA / "names.made_from"
CUES = DATA / "name_cues.tsv"
CODE = ("name_features.py", "train.py")


def draw(*parts: str) -> int:
    """A number from 0 to 99 that depends on the words alone."""
    return hashlib.sha256("|".join(parts).encode()).digest()[0] * 100 // 256


def pretended_flags(sentence: Tagged) -> list[tuple[str, ...]]:
    """Flags of a lexicon that knows some of the names, and takes a few other words for names."""
    flags: list[tuple[str, ...]] = [() for _ in sentence.words]
    for i, word in enumerate(sentence.words):
        if sentence.labels[i] == OUTSIDE and len(word.key) > 3 and draw("false", word.key) < FALSE_SHARE:
            flags[i] = ("B-" + TYPES[draw("type", word.key) % 3],)
    for first, end, kind, _ in spans(sentence.labels):
        name = " ".join(word.key for word in sentence.words[first:end])
        if draw("known", name) < KNOWN_SHARE:
            flags[first:end] = [("B-" + kind,), *[("I-" + kind,)] * (end - first - 1)]
    return flags


def examples(sentences: Iterable[Tagged]) -> Iterator[tuple[list[list[str]], Sequence[str]]]:
    """What the model is shown: each sentence without a lexicon and with a pretended one."""
    for sentence in sentences:
        keys = [word.key for word in sentence.words]
        yield features(keys), sentence.labels
        yield features(keys, pretended_flags(sentence)), sentence.labels


def train(sentences: Iterable[Tagged], path: Path) -> None:
    """Writes the model of some sentences to a file."""
    import pycrfsuite

    trainer = pycrfsuite.Trainer("lbfgs", PARAMETERS, verbose=False)
    for seen, labels in examples(sentences):
        trainer.append(seen, labels)
    trainer.train(str(path))


def stamp(sentences: Iterable[Tagged]) -> str:
    """A hash of everything the model is made of: the words and labels of the corpus, cues, features, this file."""
    digest = hashlib.sha256()
    for sentence in sentences:
        digest.update(repr([(w.key, label) for w, label in zip(sentence.words, sentence.labels, strict=True)]).encode())
    for path in (CUES, *(Path(__file__).with_name(name) for name in CODE)):
        digest.update(path.read_bytes())
    return digest.hexdigest() + "\n"


def main() -> None:
    """Trains the model, or prints figures with `--evaluate [FOLDER WITH articles/ AND readings/]…`."""
    if sys.argv[1:2] == ["--evaluate"]:
        from kg.reading.name_figures import report

        print("\n".join(report([Path(folder) for folder in sys.argv[2:]])))
        return
    sentences = corpus()
    train(sentences, MODEL)
    STAMP.write_text(stamp(sentences), encoding="utf-8")
    print(f"{MODEL.name}: {MODEL.stat().st_size:,} bytes from {len(sentences):,} sentences")


if __name__ == "__main__":
    main()
