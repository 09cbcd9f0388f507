"""How well the name tagger does: cross-validated on its corpus, and on the names that gold readings list."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.reading.lexicon import Lexicon, lexicon
from kg.reading.name_corpus import Tagged, corpus
from kg.reading.name_features import features
from kg.reading.names import TYPES, Tagger, characters, spans, tagger
from kg.reading.train import pretended_flags, train
from kg.reading.words import Word, fold, splits, words

FOLDS = 6
LABELS = {"Person": "PER", "Organization": "ORG", "Country": "LOC", "Place": "LOC"}
Counts = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class GoldNames:
    """An article and the folded names of each of its entities."""

    text: str
    names: tuple[tuple[str, frozenset[str]], ...]  # (label, forms)


def report(folders: Sequence[Path]) -> Iterator[str]:
    """The figures, one line each."""
    sentences = corpus()
    mentions = Counter(kind for s in sentences for _, _, kind, _ in spans(s.labels))
    yield f"corpus: {len(sentences)} sentences, {sum(len(s.words) for s in sentences)} tokens, {dict(mentions)}"
    for name, flagged in (("bare", False), ("half the names in a lexicon", True)):
        yield from table(f"cross-validation, {name}", cross_validated(sentences, flagged))
    found = tagger()
    gold = [article for folder in folders for article in gold_articles(folder)]
    if found is not None and gold:
        for name, known in (("bare", None), ("with the tables", lexicon())):
            yield from table(f"gold names of {len(gold)} articles, {name}", gold_counts(found, gold, known))


def table(name: str, counts: Counts) -> Iterator[str]:
    """One line a type: precision, recall, F1 in per cent."""
    for kind in TYPES:
        right, made, due = (counts[kind, what] for what in ("right", "made", "due"))
        hit = counts[kind, "hit"] or right
        precision, recall = right / max(made, 1), hit / max(due, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        yield f"{name} | {kind} | P {precision:.1%} | R {recall:.1%} | F {f1:.1%} | {made} made, {due} due"


def cross_validated(sentences: Sequence[Tagged], flagged: bool) -> Counts:
    """Counts over folds of neighbouring sentences, so that a fold is another subject than the rest."""
    counts: Counts = Counter()
    size = -(-len(sentences) // FOLDS)
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(sentences), size):
            model = Path(folder) / f"fold{start}"
            train([*sentences[:start], *sentences[start + size :]], model)
            for sentence in sentences[start : start + size]:
                compare(counts, sentence, predict(tagger(model), sentence, flagged))
    return counts


def predict(model: Tagger | None, sentence: Tagged, flagged: bool) -> Sequence[str]:
    """The labels a model gives."""
    if model is None:
        raise SystemExit("python-crfsuite is missing; install it to measure the tagger")
    flags = pretended_flags(sentence.keys, sentence.labels) if flagged else ()
    return tuple(model.model.tag(features(sentence.keys, flags, model.numbers)))


def compare(counts: Counts, sentence: Tagged, labels: Sequence[str]) -> None:
    """Adds one sentence's exact matches (span, type and clitics) to the counts."""
    due, made = set(spans(sentence.labels)), set(spans(labels))
    for what, names in (("due", due), ("made", made), ("right", due & made)):
        counts.update((name[2], what) for name in names)


def gold_articles(folder: Path) -> Iterator[GoldNames]:
    """The articles with gold readings of a folder; of numbered dev articles only the odd ones, which may be read."""
    articles = folder / "articles" if (folder / "articles").is_dir() else folder.parent.parent / folder.name
    for path in sorted((folder / "readings").glob("*.json")):
        number = path.stem.rpartition("_")[2]
        if path.stem.startswith("dev_") and int(number) % 2 == 0:
            continue
        reading = json.loads(path.read_text(encoding="utf-8"))
        text = (articles / f"{path.stem}.txt").read_text(encoding="utf-8")
        yield GoldNames(text, tuple(gold_name(entity) for entity in reading["entities"]))


def gold_name(entity: Mapping[str, object]) -> tuple[str, frozenset[str]]:
    """An entity's label, empty where it has no proper name, and its folded forms."""
    forms = frozenset(fold(str(form)) for form in entity["surface_forms"])  # type: ignore[attr-defined]
    english = [word for word in str(entity.get("name_en") or "").split() if len(word) > 3]
    proper = bool(english) and all(not word[0].islower() for word in english)
    return (LABELS[str(entity["type"])] if proper else "", forms)


def gold_counts(model: Tagger, gold: Iterable[GoldNames], known: Lexicon | None) -> Counts:
    """A name is right if a form of its type holds it; an entity is found if a name of its type is in a form."""
    counts: Counts = Counter()
    for article in gold:
        made = set(predicted(model, article.text, known))
        for kind, name in made:
            counts[kind, "made"] += 1
            counts[kind, "right"] += any(within(name, forms) for label, forms in article.names if label in {kind, ""})
        for label, forms in article.names:
            if label and any("\u0621" <= letter <= "\u064a" for form in forms for letter in form):
                counts[label, "due"] += 1
                counts[label, "hit"] += any(kind == label and within(name, forms) for kind, name in made)
    return counts


def within(name: str, forms: Iterable[str]) -> bool:
    """Whether a name ends or begins one of the forms (the rest being a title), clitics aside."""
    return any(form.endswith(name) or form.startswith(name) or name.endswith(form) for form in forms)


def predicted(model: Tagger, text: str, known: Lexicon | None) -> Iterator[tuple[str, str]]:
    """(label, folded name) of each name in a text, line by line."""
    offset = 0
    for line in text.splitlines(keepends=True):
        found = words(line, offset)
        for name in model.found(found, flags_of(found, known) if known else ()).names:
            start, end = characters(found, name)
            yield name.label, fold(text[start:end])
        offset += len(line)


def flags_of(found: Sequence[Word], known: Lexicon) -> list[tuple[str, ...]]:
    """What the tables say of each word: the longest name that begins there."""
    flags: list[tuple[str, ...]] = [() for _ in found]
    at = 0
    while at < len(found):
        label, length, clitics = longest(found, at, known)
        if length:
            flags[at : at + length] = [("B-" + label, f"c{clitics}"), *[("I-" + label,)] * (length - 1)]
        at += max(length, 1)
    return flags


def longest(found: Sequence[Word], at: int, known: Lexicon) -> tuple[str, int, int]:
    """Label, length and clitic letters of the longest name of the tables at a word, clitics stripped in every way."""
    following = "".join(word.key for word in found[at + 1 : at + 2])
    for split in splits(found[at].key):
        for stem in ("ال" + split.stem, split.stem) if split.article else (split.stem,):
            names = known.names.get(stem, {})
            for name in (*names.get(following, ()), *names.get("", ())):
                rest = tuple(word.key for word in found[at + 1 : at + len(name.keys)])
                if rest == name.keys[1:]:
                    clitics = len(split.conjunction + split.preposition)
                    return LABELS[known.authorities[name.rows[0]].type], len(name.keys), clitics
    return "", 0, 0
