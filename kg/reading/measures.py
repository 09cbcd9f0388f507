"""The words that name a measure against somebody."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.reading.clauses import COMPLEMENTS, Analysis
from kg.reading.extent import key_in
from kg.reading.words import Split, Word, fold, keyset, splits

MEASURES = {
    "entry": keyset("حظر حظرت تحظر يحظر ستحظر منع منعت تمنع يمنع"),
    "embargo": keyset("حظر حظرا حصار حصارا"),
    "tariff": keyset("رسوم رسوما تعريفات تعرفات تعريفة تعريفتها رسم ضرائب"),
    "sanction": keyset("عقوبات عقوبة"),
    "other": keyset("قيود قيودا"),
    "asset_freeze": keyset("تجميد جمد جمدت جمدا يجمد تجمد سيجمد ستجمد"),
    "listing": keyset("أدرج أدرجت تدرج إدراج يدرج صنف صنفت تصنيف تصنف يصنف وضعت وضع أضافت أضاف"),
    "delisting": keyset("شطب شطبت تشطب يشطب ستشطب سيشطب رفع رفعت إزالة أزال أزالت حذفت حذف"),
    "ban": keyset(
        "حظرت تحظر يحظر ستحظر سيحظر أوقف أوقفت منع منعت توقف ستوقف علق علقت وقف تعليق تجميد جمد جمدت يجمد تجمد"
    ),
    "boycott": keyset("قاطع قاطعت مقاطعة"),
    "waiver": keyset("رخص رخصت ترخيص ترخيصا رخصة أعفى أعفت إعفاء إعفاءات استثناء استثناءات"),
    "punish": keyset("عاقب عاقبت تعاقب معاقبة"),
}
VERB_KINDS = frozenset({"entry", "listing", "delisting", "ban", "boycott", "punish", "waiver"})
"""Kinds whose word is a verb or its action noun, so that its subject imposes and its object is hit."""


OWNING = frozenset({"listing", "punish"})  # those of them whose verb may have a pronoun as its object


MEASURE_OBJECTS = {
    "entry": keyset("دخول الدخول دخولهم دخوله"),
    "asset_freeze": keyset(
        "أصول الأصول أصوله أصولها أرصدة أموال أموالها أصولهم أصولا أرصدتها أرصدته الأرصدة ودائع ممتلكات الممتلكات "
        "ممتلكاتها ممتلكاته ممتلكاتهم حسابات الحسابات حساباتها حساباته حساباتهم"
    ),
    "listing": keyset("السوداء العقوبات عقوباتها إرهابية إرهابي الإرهاب الإرهابية للإرهاب سوداء للعقوبات"),
    "delisting": keyset("السوداء الإرهاب الإرهابية للإرهاب سوداء القائمة اللائحة"),
    "ban": keyset(
        "تصدير استيراد توريد واردات صادرات الواردات الصادرات بيع مبيعات وارداتها صادراتها تجارة التجارة تجارتها "
        "التعامل التعاملات التبادل التبادلات"
    ),
    "boycott": keyset("منتجات المنتجات بضائع البضائع سلع السلع"),
    "tariff": keyset("جمركية إضافية الجمركية تجارية جمركي انتقامية الواردات واردات وارداتها السلع البضائع"),
    "waiver": keyset("الخزانة العقوبات عقوبات عقوباتها شيفرون النفطية"),
}
PUTTING = keyset("أضاف أضافت وضع وضعت")  # verbs of listing only where a list is spoken of: «وأضاف أن الإرهاب»
LISTS = keyset("قوائم قوائمها قائمة القائمة القوائم لائحة لائحتها قائمتها اللائحة لوائح")
PENALTIES = keyset("بالسجن بالحبس بالإعدام الإعدام السجن الحبس الجلد المؤبد سالبة جنائية بديلة تأديبية قضائية الفصل")
SANCTIONS = fold("العقوبات")
REACH = {"entry": 9, "listing": 18, "delisting": 14, "waiver": 9, "asset_freeze": 9, "ban": 5, "boycott": 4}
"""Words behind a measure's word in which what makes it one may stand; eight where none is given."""


def measures(a: Analysis) -> Iterator[tuple[int, str, Split]]:
    """(word, kind, clitics) of every word that names a measure."""
    listed = -1  # the last word of putting somebody on a list, or of taking him off
    for i, word in enumerate(a.words):
        if i in a.covered or not word.is_word:
            continue
        for kind, split in measure(word.key):
            of_list = kind == "sanction" and i - listed < REACH["listing"] and a.words[i - 1].key in LISTS
            if backed_measure(a, i, kind) and not part_of_another(a, i) and not (of_list and listed >= 0):
                listed = i if kind in {"listing", "delisting"} else listed
                yield i, kind, split
                break


def part_of_another(a: Analysis, i: int) -> bool:
    """«عقوبات من بينها تجميد أموال الشركة»: whether a measure only says what another consists of."""
    before = a.words[max(0, i - 5) : i]
    waived = any(kind == "waiver" for w in before for kind, _ in measure(w.key))
    if waived and a.scan.key(i - 1) == "من" and not a.scan.key(i + 1).startswith("المفروض"):
        return True  # «إعفاء المجر من العقوبات»
    near = {w.key for w in before}
    return bool(near & CONSISTING) and any(measure(w.key) for w in a.words[max(0, i - 9) : i - 1])


CONSISTING = keyset("تشمل شملت تتضمن تضمنت يشمل يتضمن")


@lru_cache(maxsize=65536)
def measure(key: str) -> tuple[tuple[str, Split], ...]:
    """The (kind, clitics) that a key may name a measure by."""
    return tuple(
        (kind, split)
        for split in splits(key)
        for kind, keys in MEASURES.items()
        if split.stem in keys or (bears_pronoun(split.stem, keys) and (kind not in VERB_KINDS or done_to(kind, split)))
    )


def done_to(kind: str, split: Split) -> bool:
    """«أدرجتها», but «جماعات تصنفها أنقرة إرهابية»: whether somebody was listed, and not only held to be."""
    return kind in OWNING and split.stem[:1] not in "تي"


def bears_pronoun(stem: str, keys: frozenset[str]) -> bool:
    """«عقوباتها»: whether a noun of a class bears a pronoun."""
    return any(stem.removesuffix(p) in keys for p in ("ها", "ه", "هم") if stem.endswith(p) and len(stem) > 5)


def backed_measure(a: Analysis, i: int, kind: str) -> bool:
    """Whether a word that could be much else (freeze, list, duties, ban) has beside it what makes it a measure."""
    near = {w.key for w in clause_words(a, i, REACH.get(kind, 8))}
    if kind == "listing" and not near & LISTS and any(split.stem in PUTTING for split in splits(a.words[i].key)):
        return False
    if kind == "entry" and "منع" in a.words[i].key and not barring_land(a, i):
        return False
    if kind == "tariff" and i and a.scan.has(i - 1, "impose") and not key_in(a, i - 1, "increase"):
        return True  # «بفرض رسوم بنسبة 25 بالمئة»
    if kind == "punish" and not near.isdisjoint(PENALTIES):
        return False  # «عاقبت المحكمة بالسجن»
    if kind == "delisting" and near & LISTS and SANCTIONS in near:
        return True  # «شطبت اسمه من قائمة العقوبات»
    if kind == "sanction" and i + 1 < len(a.words) and a.words[i + 1].key in PENALTIES:
        return False  # «عقوبة الإعدام»
    if kind in MEASURE_OBJECTS:
        return bool(near & MEASURE_OBJECTS[kind])
    if kind == "other":
        if any(w.key.removeprefix("ال") in UNAIMED for w in a.words[i + 1 : i + 5]):
            return False  # «قيود على برنامجها»
        governed = any(a.scan.has(k, "impose") or a.scan.has(k, "relieve") for k in before_words(i))
        return governed or any(w.key.startswith("المفروض") for w in a.words[i + 1 : i + 4])
    if kind == "embargo":
        besieged = "حصار" in a.words[i].key
        return economic(a, i, near) if besieged else not near & a.classes["no_embargo"]
    return True


def barring_land(a: Analysis, i: int) -> bool:
    """«منعت نائبا من دخول البلاد», but «منعته من دخول مقر حزبه»: whether somebody is kept out of a land."""
    for k in range(i + 1, min(i + 1 + REACH["entry"], len(a.words) - 1)):
        if a.words[k].key in MEASURE_OBJECTS["entry"]:
            land = a.starts.get(k + 1)
            return a.words[k + 1].key in LANDS or (land is not None and land.kind in {"name", "nation"})
    return False


LANDS = keyset("البلاد بلاده بلادها أراضيها أراضيه أراضي")
UNAIMED = keyset("برنامج برنامجها برنامجه حرية حركة تنقل سفر دخول وصول استخدام تجمعات سرعة")
"""What restrictions bind that hit no state."""
ECONOMIC = keyset("اقتصادي الاقتصادي تجاري التجاري مالي المالي نفطي النفطي دبلوماسي كوبا قطر الجزيرة")


def economic(a: Analysis, i: int, near: set[str]) -> bool:
    """«الحصار الاقتصادي», «الحصار الذي فرضته واشنطن»: whether a blockade is a measure and no siege."""
    imposed = any(a.scan.has(k, "impose") for k in range(i + 1, min(i + 4, len(a.words))))
    return bool(near & ECONOMIC) or (imposed and not near & BESIEGED)


BESIEGED = keyset(
    "موانئ الملاحة البحري بحري السفن مضيق سفن غزة القطاع قطاع الحوثيون الحوثيين قوات الجيش مدينة المدينة بلدة"
)


def clause_words(a: Analysis, i: int, reach: int) -> Sequence[Word]:
    """The words behind word i up to a full stop or a complement."""
    stop = next(
        (k for k in range(i + 1, min(i + 1 + reach, len(a.words))) if ends(a, k)), min(i + 1 + reach, len(a.words))
    )
    return a.words[i + 1 : stop]


def ends(a: Analysis, i: int) -> bool:
    """Whether a word ends the clause of a measure."""
    return a.words[i].text in {".", "؛", ":"} or a.words[i].key in COMPLEMENTS


def before_words(i: int) -> range:
    """Indices of the six words before a word."""
    return range(max(0, i - 7), i)
