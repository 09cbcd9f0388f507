"""The words that name a measure against somebody."""

from collections.abc import Iterator

from kg.reading.clauses import Analysis
from kg.reading.words import Split, fold, splits

MEASURES = {
    "embargo": frozenset(fold(w) for w in "حظر حظرا".split()),
    "tariff": frozenset(fold(w) for w in "رسوم رسوما تعريفات تعرفات تعريفة".split()),
    "sanction": frozenset(fold(w) for w in "عقوبات عقوبة".split()),
    "other": frozenset(fold(w) for w in "قيود قيودا".split()),
    "asset_freeze": frozenset(fold(w) for w in "تجميد جمد جمدت جمدا".split()),
    "listing": frozenset(fold(w) for w in "أدرج أدرجت تدرج إدراج".split()),
    "punish": frozenset(fold(w) for w in "عاقب عاقبت تعاقب معاقبة".split()),
}


MEASURE_OBJECTS = {
    "asset_freeze": frozenset(fold(w) for w in "أصول الأصول أصوله أصولها أرصدة أموال أموالها أصولهم".split()),
    "listing": frozenset(fold(w) for w in "قائمة قائمتها القائمة لائحة السوداء العقوبات لائحتها".split()),
    "tariff": frozenset(fold(w) for w in "جمركية إضافية الجمركية تجارية".split()),
}


def measures(a: Analysis) -> Iterator[tuple[int, str, Split]]:
    """(word, kind, clitics) of every word that names a measure."""
    for i, word in enumerate(a.words):
        if i in a.covered or not word.is_word:
            continue
        found = next(
            (
                (kind, s)
                for s in splits(word.key)
                for kind, keys in MEASURES.items()
                if s.stem in keys or bears_pronoun(s.stem, keys)
            ),
            None,
        )
        if found is not None and backed_measure(a, i, found[0]):
            yield i, found[0], found[1]


def bears_pronoun(stem: str, keys: frozenset[str]) -> bool:
    return any(stem.removesuffix(p) in keys for p in ("ها", "ه", "هم") if stem.endswith(p) and len(stem) > 5)


def backed_measure(a: Analysis, i: int, kind: str) -> bool:
    """Whether a word that could be much else (freeze, list, duties, restrictions, ban) has beside it what makes it a measure."""
    near = {w.key for w in a.words[i + 1 : i + 9]}
    if kind in MEASURE_OBJECTS:
        return bool(near & MEASURE_OBJECTS[kind])
    if kind == "other":
        return any(a.scan.has(k, "impose") for k in before_words(i))
    if kind == "embargo":
        return not near & NO_EMBARGO
    return True


NO_EMBARGO = frozenset(fold(w) for w in "التجول التجوال طيران الطيران الأسلحة النووية السفر".split())


def before_words(i: int) -> range:
    """Indices of the six words before a word."""
    return range(max(0, i - 7), i)
