"""Nouns that stand for a state or for parties named before, and sources without a name."""

import re
from functools import lru_cache

from kg.reading.lexicon import Lexicon
from kg.reading.organisations import names_day, org_split, org_tail
from kg.reading.scan import Match, Phrase, Scan, head_splits, make, match_name, noun_gender
from kg.reading.words import Split, keyset, spellings, splits


def nation(scan: Scan, i: int) -> Phrase | None:
    """A collective that stands for its country: القوات الروسية, الحكومة الفنزويلية, نظام مادورو, إدارة ترامب."""
    split = head_splits(scan, i, "collective")
    if split is None or (split.stem == "جانب" and not split.article and scan.key(i - 1) == "من"):
        return None  # «من جانب إيران» is «من قبل إيران»
    if split.article and split.stem in OFFICIALS:
        return None  # «المسؤول الروسي»: somebody named before
    if scan.key(i + 1) in scan.classes["pair"]:
        return make(scan, i, i + 2, split, "pair", number="d", gender="", head="obl")
    for k in range(i + 1, min(i + 5, len(scan.words))):
        if scan.is_particle(k) or not scan.words[k].is_word or (split.article and scan.has(k, "title")):
            break  # «التقى الوفد رئيس المخابرات المصرية»
        country = scan.nation(k)
        if country is not None and split.article and not scan.key(k).startswith("ال"):
            return None  # «شهدت العاصمة هجوما صاروخيا روسيا»
        if country is not None and k + 1 < len(scan.words) and scan.lexicon.nation(scan.words[k]) != country:
            k += 1
        if country is not None and split.stem == "عاصمه":
            return capital(scan, i, k + 1, split, country)
        if country is not None:
            feminine = scan.key(k).endswith(("ه", "ات", "تان", "تين"))
            masculine = "m" if split.stem.endswith(("ون", "ين")) else noun_gender(scan, split.stem)
            gender = "f" if feminine else masculine
            return make(scan, i, k + 1, split, "nation", country=country, gender=gender, head=split.stem)
        named = match_name(scan, k)
        if named is not None and k == i + 1 and split.stem == "عاصمه":
            return named_capital(scan, i, split, named)
        if named is not None and k == i + 1:
            return named_nation(scan, i, split, named)
        if split.article and k == i + 1 and scan.key(k) in scan.classes["malian"]:
            return make(scan, i, k + 1, split, "nation", country="mali", gender="f", head=split.stem)
    return None


OFFICIALS = keyset("مسؤول دبلوماسي")


def capital(scan: Scan, i: int, end: int, split: Split, country: str) -> Phrase | None:
    """«العاصمة الروسية» (موسكو): the capital itself, its name with it where it follows."""
    key = scan.lexicon.authorities[country].extra.get("capital")
    if not key:
        return None
    named = match_name(scan, end)
    if named is not None and key in named[2]:
        end = named[1]
    phrase = make(scan, i, end, split, "name", keys=(key,), country=country)
    return phrase._replace(name=phrase.surface)


def named_capital(scan: Scan, i: int, split: Split, named: Match) -> Phrase | None:
    """«العاصمة كييف»: the city; «عاصمة فرنسا»: the capital of the state."""
    row = scan.lexicon.authorities[named[2][0]]
    if row.type == "Country":
        return capital(scan, i, named[1], split, row.key)
    if row.type != "Place" or named[0].conjunction or named[0].preposition:
        return None
    phrase = make(scan, i, named[1], split, "name", keys=named[2], country=row.country)
    return phrase._replace(name=row.names["ar"])


def named_nation(scan: Scan, i: int, split: Split, named: Match) -> Phrase | None:
    """A collective with its country or leader's name after it: حكومة فنزويلا, نظام مادورو."""
    row = scan.lexicon.authorities[named[2][0]]
    if named[0].conjunction or named[0].preposition or row.type == "Organization":
        return None
    if row.type == "Person" and split.stem not in {"نظام", "حكومه", "اداره"}:
        return None
    if row.type == "Place" and row.key not in scan.lexicon.capitals:
        return None
    country = row.country if row.type != "Place" else scan.lexicon.capitals[row.key]
    return make(
        scan, i, named[1], split, "nation", country=country, gender=noun_gender(scan, split.stem), head=split.stem
    )


def own(scan: Scan, i: int) -> Phrase | None:
    """بلاده, حكومته: the country of the one last spoken of."""
    if scan.words[i].text.endswith("ة"):
        return None  # «بلدة» is a town, «بلده» his country
    split = next((s for s in splits(scan.key(i)) if s.stem in scan.classes["own"]), None)
    return make(scan, i, i + 1, split, "own", gender="f") if split else None


RULING = keyset("الحكومة السلطات")
LOCAL = keyset("المحلية المؤقتة الانتقالية الشرعية السابقة المقبلة الجديدة المقالة المعزولة")


def government(scan: Scan, i: int) -> Phrase | None:
    """«وأعلنت الحكومة أنها», «رفضت السلطات»: the government of the state last spoken of."""
    split = next((s for s, form in spellings(scan.key(i)) if form in RULING and not s.preposition), None)
    named = match_name(scan, i + 1)
    of_land = named is not None and scan.lexicon.authorities[named[2][0]].type in {"Country", "Place"}
    if split is None or scan.nation(i + 1) or scan.key(i + 1) in LOCAL or of_land:
        return None
    if state := seated(scan, i + 1):
        return make(scan, i, state[0], split, "nation", country=state[1], gender="f", head="حكومه")
    return make(scan, i, i + 1, split, "own", gender="f", head="حكومه")


def seated(scan: Scan, i: int) -> tuple[int, str] | None:
    """«الحكومة العسكرية في النيجر»: (end, country) of the state that a government is said to be in."""
    i += scan.key(i).startswith("ال") and scan.key(i).endswith("ه")
    named = match_name(scan, i + 1) if scan.key(i) == "في" else None
    row = scan.lexicon.authorities[named[2][0]] if named is not None else None
    return (named[1], row.key) if named is not None and row is not None and row.type == "Country" else None


def own_forces(scan: Scan, i: int) -> Phrase | None:
    """«الدفاعات الجوية», «القوات المسلحة» without a nationality: the forces of the one who speaks or acts."""
    split = head_splits(scan, i, "collective")
    if (
        split is None
        or not split.article
        or split.stem not in {"قوات", "دفاعات", "طايرات"}
        or scan.key(i + 1) not in scan.classes["armed_forces"]
    ):
        return None
    if scan.nation(i + 2) or match_name(scan, i + 2):
        return None
    return make(scan, i, i + 2, split, "own", gender="f")


def pair(scan: Scan, i: int) -> Phrase | None:
    """الجانبان, الطرفين, البلدان: the two parties last named together."""
    split = pair_split(scan.lexicon, scan.key(i))
    if split is None or (scan.key(i).endswith("طرفا") and not scan.key(i + 1).startswith("ال")):
        return None  # «ولكن طرفا رئيسا لم يشارك» is one
    nominative = scan.key(i).endswith(("ان", "فا"))
    return make(scan, i, i + 1, split, "pair", number="d", gender="m", head="nom" if nominative else "obl")


@lru_cache(maxsize=65536)
def pair_split(lexicon: Lexicon, key: str) -> Split | None:
    """The clitics under which a key is a word for two parties."""
    return next((split for split, form in spellings(key) if form in lexicon.classes["pair"]), None)


def delegation(scan: Scan, i: int) -> Phrase | None:
    """«الوفد» alone: the delegation named last."""
    if scan.nation(i + 1) is not None or scan.key(i) not in DELEGATION:
        return None
    conjunction = scan.key(i)[:1] == "و"
    split = Split("و" if conjunction else "", "", True, "وفد")
    return make(scan, i, i + 1, split, "again", gender="m", head="وفد")


DELEGATION = keyset("الوفد والوفد")


def town(scan: Scan, i: int) -> Phrase | None:
    """«واستولت على المدينة»: the town named last."""
    split = town_split(scan.key(i))
    if split is None or scan.key(i + 1).startswith("ال") or match_name(scan, i + 1) or i + 1 in scan.tagged:
        return None
    return make(scan, i, i + 1, split, "again", gender="f", head="مدينه")


@lru_cache(maxsize=65536)
def town_split(key: str) -> Split | None:
    """The clitics under which a key is «المدينة» or the like."""
    return next((split for split in splits(key) if split.article and split.stem in TOWNS), None)


TOWNS = keyset("مدينة بلدة قرية")


def source(scan: Scan, i: int) -> Phrase | None:
    """An unnamed source: مصدر دبلوماسي, مسؤول أمريكي; with the article (المصدر) somebody named before."""
    split = head_splits(scan, i, "source")
    if split is None:
        return one_of(scan, i)
    if split.article:
        selfsame = scan.key(i + 1) in scan.classes["selfsame"]
        if split.stem not in {"مصدر", "مصادر", "مسوول", "مسووله", "دبلوماسي", "نايب"} and not selfsame:
            return None
        country = scan.nation(i + 1)
        if split.stem == "دبلوماسي" and split.conjunction and not country and not selfsame:
            return None  # «التنسيق الأمني والدبلوماسي»
        end = i + 1 + bool(country)
        end += scan.key(end) in scan.classes["selfsame"]
        gender = "f" if split.stem in {"مصادر", "مسووله"} else "m"
        return make(scan, i, end, split, "again", country=country, gender=gender, head=split.stem)
    end, country = i + 1, None
    while end < min(i + 6, len(scan.words)) and scan.words[end].is_word and not scan.is_particle(end):
        if nation := scan.nation(end):
            country = nation
        elif scan.is_verb(end) or names_day(scan, end) or VERBAL.match(scan.key(end)):
            break  # «أعلن مصدر أمني الجمعة», «نائبان وتكون له سلطة»
        elif scan.key(end).removesuffix("ه") in scan.classes["source_adjective"]:
            pass
        elif not scan.key(end).endswith(("ي", "يون", "يين", "يه", "ين", "ون")) and not (
            scan.key(end).startswith("ال") and end > i + 1
        ):
            break
        end += 1
    if scan.key(end) in {"مقرب", "مقربه", "مطلع", "رفيع", "قريب"}:
        end += 1
    if scan.key(end) in {"في", "من"} and org_split(scan, end + 1) and scan.has(end + 1, "orghead"):
        end, country = org_tail(scan, end + 2)
    elif scan.key(end) == "باسم" and scan.key(end + 1).startswith("ال"):
        end, country = org_tail(scan, end + 1)  # «متحدثان باسم الجيش الليبي»
    if end == i + 1 and not reported(scan, i):
        return None
    phrase = make(
        scan,
        i,
        end,
        split,
        "source",
        country=country,
        gender="f" if split.stem == "مصادر" or split.stem.endswith("ه") else "m",
        head=split.stem,
    )
    return phrase._replace(name=phrase.surface)


VERBAL = re.compile("و?[تي].*ون$")  # «وتكون», which ends as a plural does


def reported(scan: Scan, i: int) -> bool:
    """«قال دبلوماسيون إن»: whether a source of one word stands between a verb of saying and what is said."""
    return scan.behind_saying(i) and scan.key(i + 1) in scan.classes["behind_source"]


def one_of(scan: Scan, i: int) -> Phrase | None:
    """«أحد المصدرين», «أحد المسؤولين الأميركيين»: one of several sources."""
    split = head_splits(scan, i, "one_of")
    member = head_splits(scan, i + 1, "source") if split is not None else None
    if split is None or member is None or not member.article:
        return None
    country = scan.nation(i + 2)
    end = i + 2 + bool(country)
    phrase = make(scan, i, end, split, "source", country=country, gender="m", head=member.stem)
    return phrase._replace(name=phrase.surface)


def ministry_alone(scan: Scan, i: int) -> Phrase | None:
    """«وأكدت الخارجية أن»: the ministry, where its field alone stands behind a feminine verb of speech."""
    split = head_splits(scan, i, "ministry_field")
    before = scan.lexicon.senses_of(scan.words[i - 1]) if i else ()
    speaks = any(s.predicate.type == "Statement" and s.form.gender == "f" and s.form.number == "s" for _, s in before)
    if split is None or not split.article or split.preposition or not speaks or scan.nation(i + 1):
        return None
    phrase = make(scan, i, i + 1, split, "org", head="وزاره", gender="f")
    return phrase._replace(name="وزارة " + phrase.surface)


def highness(scan: Scan, i: int) -> Phrase | None:
    """«سموه», «معاليه»: the dignitary who spoke or acted last."""
    split = head_splits(scan, i, "his_honour")
    return make(scan, i, i + 1, split, "again", gender="m", head="سمو") if split is not None else None
