"""Organisations by their head noun, and the outlets that correspondents speak for."""

from itertools import chain

from kg.reading.datewords import CODES, entry_of
from kg.reading.lexicon import DUALS
from kg.reading.naming import table_name, tagged_name
from kg.reading.scan import (
    CLOSE,
    OPEN,
    Phrase,
    Scan,
    begins_conjoined,
    make,
    match_name,
    noun_gender,
    of_person,
    quoted_end,
    whole_name,
)
from kg.reading.words import Split, endings, fold, keyset, splits


def organisation(scan: Scan, i: int) -> Phrase | None:
    """A head noun with its name: شركة «روستيخ», وزارة الخارجية الروسية, حركة النهضة; or the bare noun (الوزارة)."""
    split = org_split(scan, i)
    if split is None:
        return None
    if split.stem in TWO and (phrase := first_of_two(scan, i, split)):
        return phrase
    owned = ((core, p) for core, p in endings(split.stem) if core in scan.classes["orghead"] and p)
    core, pronoun = next(owned, (split.stem, ""))
    if pronoun and split.stem.startswith("معارض"):
        return None  # «أبدت معارضتها»
    if (split.stem == "مركز" and scan.key(i + 1) in CENTRED) or (split.stem == "رياسه" and split.preposition == "ب"):
        return None  # «جنوب الموصل مركز المحافظة», «اجتماعه برئاسة البطريرك»
    if organises(scan, i, split):
        return None
    end, country = org_tail(scan, i + 1, core if split.article or pronoun else "")
    if end == i + 1 and not split.article and not pronoun:
        return None
    if (
        end == i + 1
        and split.article
        and scan.key(i - 1).startswith("ال")
        and not split.conjunction
        and not scan.is_particle(i - 1)
    ):
        return None
    if (
        not split.article
        and not pronoun
        and indefinite(scan, i + 1, end)
        and split.stem not in scan.classes["armed_group"]
    ):
        return None
    phrase = make(
        scan,
        i,
        end,
        split,
        "org",
        country=country,
        head=split.stem,
        gender=noun_gender(scan, split.stem),
        keys=inner_rows(scan, i + 1, end),
    )
    if phrase.keys:
        return phrase._replace(kind="name", name=phrase.surface)
    return phrase._replace(name=whole_name(phrase.surface))


def first_of_two(scan: Scan, i: int, split: Split) -> Phrase | None:
    """«شركتي النفط الروسيتين روسنفت ولوك أويل»: the first of two behind what both are."""
    at = next((k for k in range(i + 1, i + 4) if not scan.key(k).startswith("ال") or k in scan.tagged), i + 1)
    name = (table_name(scan, at) or tagged_name(scan, at)) if at > i + 1 else None
    if name is None or name.conjunction or name.preposition:
        return None
    return name._replace(start=i, conjunction=bool(split.conjunction), preposition=split.preposition)


GRANTED = keyset(
    "السيطرة الهجوم القصف التقدم الانسحاب الدخول الخروج التدخل الثقة النظر الدعم التحقيق الاتفاق القرار الأمر الملف "
    "الوضع العمل"
)
"""What one asks of or grants to an organisation whose name ends before: «طلب من لجنة الانضباط التدخل»."""
TWO = frozenset(chain.from_iterable(DUALS.values()))
INDEFINITE = keyset("خاصة مسلحة عسكرية")  # «اقتحمت قوات خاصة المبنى»
CENTRED = keyset("المحافظة المدينة القضاء الولاية الإقليم المنطقة الناحية البلاد العاصمة الاقتراع")
"""Of what a centre is no organisation."""


def indefinite(scan: Scan, i: int, end: int) -> bool:
    """Whether an organisation's tail names nothing: only indefinite adjectives (صحيفة إسرائيلية)."""
    return all(
        scan.words[k].is_word
        and not scan.key(k).startswith("ال")
        and k not in scan.tagged
        and match_name(scan, k) is None
        for k in range(i, end)
    )


def inner_rows(scan: Scan, i: int, end: int) -> tuple[str, ...]:
    """The rows of an organisation that the tables know by the name behind its head noun: شركة "روسنفت", حركة حماس."""
    k = i + 1 if i < end and scan.words[i].text in OPEN else i
    named = match_name(scan, k) if k < end else None
    if named is None or named[0].conjunction or named[0].preposition:
        return ()
    if any(scan.words[i].text not in CLOSE and not scan.nation(i) for i in range(named[1], end - 1)):
        return ()  # «وكالة "يونهاب" الكورية الجنوبية» is the agency, «حركة فتح الإسلام» is not Fatah
    return tuple(r for r in named[2] if scan.lexicon.authorities[r].type == "Organization")


def organises(scan: Scan, i: int, split: Split) -> bool:
    """«احتمال تنظيم بريطانيا حملة»: whether a state organises something, and «تنظيم» is no organisation."""
    named = match_name(scan, i + 1) if split.stem == "تنظيم" and not split.article else None
    return named is not None and scan.lexicon.authorities[named[2][0]].type in {"Country", "Place"}


def org_split(scan: Scan, i: int) -> Split | None:
    """The clitics under which word i is an organisation's head noun, a pronoun allowed (وزارته)."""
    members = scan.classes["orghead"]
    return next(
        (
            s
            for s in splits(scan.key(i))
            for core, p in endings(s.stem)
            if core in members
            and p not in {"ي", "ك", "نا", "كم"}
            and not (p and core in PAGES)
            and not (p == "ه" and scan.words[i].text.endswith("ة"))
        ),
        None,
    )


def other(scan: Scan, i: int, start: int, head: str) -> bool:
    """«منظمة التحرير وإسرائيل», «وانتقدت الصحيفة فرنسا»: whether a name that the model found is no part of another.

    It is conjoined, or a place right behind a definite noun.
    """
    behind = bool(head) and i == start and scan.tagged[i].label == "LOC"
    return scan.tagged[i].clitics > 0 or begins_conjoined(scan, i) or behind


PAGES = keyset("موقع صفحة حساب قناة منصة")  # «في بيان نشرته على موقعها»


def org_tail(scan: Scan, i: int, head: str = "") -> tuple[int, str | None]:
    """Where an organisation's name ends, and the country in it; a definite `head` has only its adjectives behind it."""
    start, country = i, None
    if not head and (quoted := quoted_end(scan, i)):  # but «إن القوات "طهرت" الجسر»
        while quoted < len(scan.words) and (nation := scan.nation(quoted)):
            country, quoted = nation, quoted + 1
        return quoted, country
    while i < min(start + 8, len(scan.words)) and not (country and many(scan, i)):
        if nation := scan.nation(i):
            country, i = nation, i + 1
        elif i in scan.tagged and scan.tagged[i].label != "PER" and not other(scan, i, start, head):
            i = scan.tagged[i].end
            country = country or scan.nation(i - 1)
        elif (
            not (head and i == start)
            and (named := match_name(scan, i))
            and not named[0].conjunction
            and not named[0].preposition
            and not of_person(scan, named)
        ):
            country, i = scan.lexicon.authorities[named[2][0]].country or country, named[1]
        elif name_word(scan, i, start) and not (head and (heads(scan, i) or (i == start and differs(scan, head, i)))):
            i += 1
        else:
            break
        if i == start + 1 and (quoted := quoted_end(scan, i)):
            i = quoted
    return i, country


def many(scan: Scan, i: int) -> bool:
    """«بحث مع قيادة الجيش الإسرائيلي التهديدات»: whether a definite plural stands, which belongs to no name by now."""
    return scan.key(i).startswith("ال") and scan.key(i).endswith("ات")


def differs(scan: Scan, head: str, i: int) -> bool:
    """«لفتت الوكالة النظر», «دول المجلس الكاملة»: whether a definite word is by its gender no adjective of the head."""
    gender, key = noun_gender(scan, head), scan.key(i)
    return (gender == "f" and not key.endswith(("ه", "ا", "ي", "ات"))) or (gender == "m" and key.endswith("ه"))


def heads(scan: Scan, i: int) -> bool:
    """«طالبت الوزارة المحكمة», «حملت الوزارة الحكومة المسؤولية»: whether a definite noun begins a phrase of its own."""
    stem = scan.key(i).removeprefix("ال")
    if any(split.article and sense.form.form == "masdar" for split, sense in scan.lexicon.senses_of(scan.words[i])):
        return True  # «استعادت القوات السيطرة على»
    if stem == ARREST:
        return True  # «ألقت الشرطة القبض على»
    return any(stem in scan.classes[name] for name in ("orghead", "collective", "title", "responsibility"))


ARREST = fold("قبض")


def name_word(scan: Scan, i: int, start: int) -> bool:
    """Whether a plain word goes on with an organisation's name: a definite noun, or one in the title words."""
    word = scan.words[i]
    if not word.is_word or scan.is_particle(i) or begins_conjoined(scan, i):
        return False
    if i > start and names_day(scan, i):
        return False  # «مقاتلو المقاومة الشعبية الأربعاء»
    if word.key in PARTISAN and i > start and scan.key(i + 1)[:1] in {"ل", "ب", "م"}:
        return False
    if word.key.startswith(("ال", "لل")) and len(word.key) > 3:
        apart = i > start and (word.key in GRANTED or scan.key(i - 1) in INDEFINITE)
        return not scan.classes["pair"] & {word.key} and not apart
    inner = i == start and word.key in scan.classes["orghead"]  # «دائرة حرس الحدود»
    return (scan.has(i, "titletail") or inner) and i < start + 3 and not scan.is_verb(i)


def names_day(scan: Scan, i: int) -> bool:
    """Whether word i is the name of a day, «اليوم» among them."""
    word = scan.words[i]
    return word.key.startswith("ال") and entry_of(word.text, word.key)[1] in DAYS


DAYS = frozenset({CODES["weekday"], CODES["today"]})
PARTISAN = keyset(
    "الموالي الموالية الموالون الموالين الداعم الداعمة الداعمون الداعمين المؤيد المؤيدة المؤيدون المؤيدين المدعوم "
    "المدعومة المدعومون المدعومين المناهض المناهضة المناهضون المناهضين التابع التابعة التابعون التابعين"
)
"""Behind the name of an organisation, whose side it takes: «المقاومة الشعبية الموالية للرئيس»."""


def correspondent(scan: Scan, i: int) -> Phrase | None:
    """«مراسل الجزيرة», «موفد رويترز»: the outlet."""
    split = next(
        (s for s in splits(scan.key(i)) if not s.article and s.stem in scan.classes["correspondent"]),
        None,
    )
    outlet = (
        table_name(scan, i + 1) if split is not None and i + 1 < len(scan.words) and scan.words[i + 1].is_word else None
    )
    if split is None or outlet is None or scan.lexicon.authorities[outlet.keys[0]].type != "Organization":
        return None
    return outlet._replace(start=i, conjunction=bool(split.conjunction), preposition=split.preposition, gender="m")
