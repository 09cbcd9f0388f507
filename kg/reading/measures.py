"""The words that name a measure against somebody."""

from collections.abc import Iterator
from functools import lru_cache

from kg.reading.clauses import Analysis
from kg.reading.words import Split, keyset, splits

MEASURES = {
    "embargo": keyset("حظر حظرا"),
    "tariff": keyset("رسوم رسوما تعريفات تعرفات تعريفة"),
    "sanction": keyset("عقوبات عقوبة"),
    "other": keyset("قيود قيودا"),
    "asset_freeze": keyset("تجميد جمد جمدت جمدا"),
    "listing": keyset("أدرج أدرجت تدرج إدراج"),
    "ban": keyset("حظرت تحظر يحظر ستحظر سيحظر"),
    "punish": keyset("عاقب عاقبت تعاقب معاقبة"),
}


MEASURE_OBJECTS = {
    "asset_freeze": keyset("أصول الأصول أصوله أصولها أرصدة أموال أموالها أصولهم"),
    "listing": keyset("قائمة قائمتها القائمة لائحة السوداء العقوبات لائحتها"),
    "ban": keyset("تصدير استيراد واردات صادرات الواردات الصادرات بيع"),
    "tariff": keyset("جمركية إضافية الجمركية تجارية"),
}


def measures(a: Analysis) -> Iterator[tuple[int, str, Split]]:
    """(word, kind, clitics) of every word that names a measure."""
    for i, word in enumerate(a.words):
        if i in a.covered or not word.is_word:
            continue
        found = measure(word.key)
        if found is not None and backed_measure(a, i, found[0]):
            yield i, *found


@lru_cache(maxsize=65536)
def measure(key: str) -> tuple[str, Split] | None:
    """(kind, clitics) of a key that may name a measure."""
    found = (
        (kind, split)
        for split in splits(key)
        for kind, keys in MEASURES.items()
        if split.stem in keys or bears_pronoun(split.stem, keys)
    )
    return next(found, None)


def bears_pronoun(stem: str, keys: frozenset[str]) -> bool:
    """«عقوباتها»: whether a noun of a class bears a pronoun."""
    return any(stem.removesuffix(p) in keys for p in ("ها", "ه", "هم") if stem.endswith(p) and len(stem) > 5)


def backed_measure(a: Analysis, i: int, kind: str) -> bool:
    """Whether a word that could be much else (freeze, list, duties, ban) has beside it what makes it a measure."""
    near = {w.key for w in a.words[i + 1 : i + 9]}
    if kind in MEASURE_OBJECTS:
        return bool(near & MEASURE_OBJECTS[kind])
    if kind == "other":
        return any(a.scan.has(k, "impose") for k in before_words(i))
    if kind == "embargo":
        return not near & a.classes["no_embargo"]
    return True


def before_words(i: int) -> range:
    """Indices of the six words before a word."""
    return range(max(0, i - 7), i)
