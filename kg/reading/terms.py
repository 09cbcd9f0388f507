"""The terms of an agreement: its kind and status, how many there are, what they are about."""

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.reading.clauses import COMPLEMENTS, Analysis, Hit
from kg.reading.extent import before, key_in
from kg.reading.lexicon import Lexicon
from kg.reading.subjects_before import RELATIVES
from kg.reading.words import Split, fold, keyset

KIND_OF = (
    ("memorandum", keyset("مذكرة مذكرات مذكرتي مذكرتا مذكرتين")),
    ("protocol", keyset("بروتوكول بروتوكولا بروتوكولات")),
    ("roadmap", keyset("خارطة خريطة")),
    ("contract", keyset("عقد عقدا عقود عقودا عقدين صفقة صفقات")),
    ("treaty", keyset("معاهدة معاهدات ميثاق مواثيق")),
    ("ceasefire", keyset("هدنة تهدئة وقف وقفا")),
    ("partnership", keyset("شراكة")),
)


TRUCE = keyset("هدنة تهدئة وقف وقفا")
CEASEFIRE = keyset("النار نار القتال إطلاق النيران نيران نيرانه نيرانها")
EXCHANGED = keyset("تبادل لتبادل التبادل القرن الأسرى أسرى")
TRADE = keyset("تجارة التجارة تجاري التجاري تجارية التجارية للتجارة تجاريا")
LOAN = keyset("قرض قروض القرض")
PARTNERSHIP = keyset("شراكة الشراكة للشراكة")
STATUSES = ("ended", "suspended", "failed", "ratified", "signed", "agreed", "inforce", "negotiated", "proposed")
STATUS_NAME = {"inforce": "in_force"}
UNSETTLED = {"proposed", "negotiated"}
NUMBER_WORDS = {
    fold(w): n
    for n, w in enumerate(["صفر", "واحد", "اثنين", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"])
}


STATUS_REACH = 24
BARE = frozenset({"موقع", "موقعه"})  # participles that are also nouns of a site
ENDING_ITSELF = keyset("انتهى انتهت انتهاء انقضى انقضت")


def agreement_state(a: Analysis, hit: Hit) -> tuple[int | None, str | None]:
    """(word, status) that the nearest governing verb, noun or participle gives."""
    near = [*before(a, hit, STATUS_REACH), *range(hit.at + 1, min(hit.at + 9, len(a.words)))]
    nearest = sorted(near, key=lambda k: abs(k - hit.at) + (3 if k > hit.at else 0))
    bound = next((k for k in nearest if k < hit.at and key_in(a, k, "binding") and reaches(a, hit, k)), None)
    if bound is not None:
        behind = (status_at(a, hit, k, near) for k in range(hit.at + 1, min(hit.at + 9, len(a.words))))
        return bound, "signed" if "signed" in behind else "inforce"
    governed = ((k, status_at(a, hit, k, near)) for k in nearest if k < hit.at)
    first = next(((k, found) for k, found in governed if found is not None), None)
    if first is not None and first[1] in STATUSES[:3]:
        return first  # «انسحبت من الاتفاق المبرم مع إيران»
    for statuses in (STATUSES[:6], STATUSES[6:]):
        for i in nearest:
            found = status_at(a, hit, i, near)
            if found in statuses or (found in UNSETTLED and (aimed(a, i) or unreached(a, i))):
                return i, found
    return None, None


def aimed(a: Analysis, i: int) -> bool:
    """«لتوقيع», «للتوصل»: whether a word of signing or agreeing says what is only aimed at."""
    return a.words[i].key.startswith("ل") and (in_status(a, i, "signed") or in_status(a, i, "agreed"))


def unreached(a: Analysis, i: int) -> bool:
    """«أهمية التوصل إلى اتفاق»: whether a noun of reaching has no word before it that says it was reached."""
    if a.words[i].key.lstrip("وب") != "التوصل":
        return False
    if any(a.scan.key(k) in WISHED for k in range(i - 3, i)):
        return True
    return not any(a.words[k].key.lstrip("وف") in a.classes["reached"] for k in range(max(0, i - 4), i))


WISHED = keyset("ضرورة بضرورة أهمية وجوب إمكانية سبل جهود مساعي محاولات محاولة فرص أمل آمال حاجة الحاجة الرامية")
"""Nouns of what is only wished or worked for: «أكد ضرورة التوصل إلى هدنة»."""


def status_at(a: Analysis, hit: Hit, i: int, near: Sequence[int]) -> str | None:
    """The status that word i gives an agreement, if it governs it or stands in its relative clause."""
    given = statuses(a.scan.lexicon, a.words[i].key)
    if not given or i in a.covered or not reaches(a, hit, i):
        return None
    found = next((status for status in given if fits(a, hit, i, status)), None)
    if found in {"signed", "agreed"} and i < hit.at and (aimed(a, i) or unreached(a, i)):
        return "negotiated" if any(in_status(a, k, "negotiated") for k in near if k < i) else "proposed"
    return found


def fits(a: Analysis, hit: Hit, i: int, status: str) -> bool:
    """Whether a word gives its status where it stands: «موقع» right behind, no action noun of signing behind."""
    key = a.words[i].key
    if key in BARE:
        return hit.at < i <= hit.at + 3
    if status in {"ended", "suspended"}:
        return key.removeprefix("و") in ENDING_ITSELF or left_behind(a, i) if i > hit.at else ends(a, hit, i)
    if i > hit.at and status in {"signed", "agreed", "ratified"}:
        return relates(a, hit, i) and (key not in a.classes["status_noun"] or a.scan.has(i - 1, "passive"))
    return not (status in UNSETTLED and hit.split.article)


def ends(a: Analysis, hit: Hit, i: int) -> bool:
    """Whether a word of ending has the agreement as its object: leaving with «من», and none that is only listed."""
    from_it = any(word.key == "من" for word in a.words[max(i + 1, hit.at - 3) : hit.at])
    return not hit.split.conjunction and (not leaves(a, i) or from_it)


def leaves(a: Analysis, i: int) -> bool:
    """Whether word i is of leaving or withdrawing."""
    return any(stem in a.words[i].key for stem in ("سحب", "سحاب", "خرج", "خروج"))


def left_behind(a: Analysis, i: int) -> bool:
    """«الاتفاق النووي رغم انسحاب واشنطن منه»: whether a word of leaving takes up the agreement with a pronoun."""
    return leaves(a, i) and any(word.key in FROM_IT for word in a.words[i + 1 : i + 4])


FROM_IT = keyset("منه منها")


def relates(a: Analysis, hit: Hit, i: int) -> bool:
    """Whether a verb behind an agreement is its relative clause: «الاتفاق الذي أبرم», «اتفاق أبرم», «المبرم»."""
    key = a.words[i].key
    if key.startswith(("الم", "م")):
        return True
    if key[:1] == "و" and any(key[1:] in a.classes[status] for status in ("signed", "agreed", "ratified")):
        return False
    relative = next((k for k in range(hit.at + 1, min(hit.at + 6, i)) if a.words[k].key in RELATIVES), None)
    return i - relative <= 4 if relative is not None else not hit.split.article and i - hit.at <= 5


def in_status(a: Analysis, i: int, status: str) -> bool:
    """Whether word i, its conjunction or preposition and a verb's object aside, is in a status class."""
    return status in statuses(a.scan.lexicon, a.words[i].key)


@lru_cache(maxsize=65536)
def statuses(lexicon: Lexicon, key: str) -> tuple[str, ...]:
    """The status classes that a key is in: «وقعت», «بتوقيع», «أبرمته»."""
    forms = {key, *([key[1:]] if key[:1] in "وفبل" else [])}
    forms |= {f.removesuffix(p) for f in forms for p in ("هما", "ها", "ه") if f[:1] != "م" and len(f) > len(p) + 2}
    return tuple(status for status in STATUSES if not lexicon.classes[status].isdisjoint(forms))


def reaches(a: Analysis, hit: Hit, i: int) -> bool:
    """Whether no stop, complement or verb of a new clause stands between a word of status and the agreement."""
    low, high = sorted((i, hit.at))
    between = a.words[low + 1 : high]
    if any(w.text in {".", "؛", ":"} or w.key in COMPLEMENTS for w in between):
        return False
    if i > hit.at:
        return not any(w.text in {"،", ","} for w in between)
    return not any(h.finite and h.split.conjunction and i < h.at < hit.at for h in a.hits)


def kind_of(a: Analysis, i: int, split: Split, end: int) -> str:
    """The kind by the noun and what it is about."""
    following = {w.key for w in a.words[i + 1 : min(i + 6, max(end, i + 1))]}
    around = {w.key.removeprefix("ل").removeprefix("ب") for w in a.words[max(0, i - 1) : i + 5]}
    if (
        split.stem in TRUCE
        or following & a.classes["truce"]
        or (following & CEASEFIRE and around & {"وقف", "هدنه", "يوقف", "توقف", "وقفا"})
    ):
        return "ceasefire"
    named = next((kind for kind, keys in KIND_OF if split.stem in keys), None)
    if named == "contract" and following & EXCHANGED:
        return "other"
    if named is None and {w.key for w in a.words[i + 1 : i + 3]} & TRADE:
        return "trade_deal"
    if named is None and following & LOAN:
        return "contract"
    if named is not None:
        return named
    if following & PARTNERSHIP or split.stem in PARTNERSHIP:
        return "partnership"
    return "other"


def agreement_count(a: Analysis, i: int) -> int | None:
    """How many: the number before the noun, or a dual."""
    for k in (i - 1, i - 2, i + 1):
        if 0 <= k < len(a.words) and a.words[k].is_number and re.fullmatch(r"\d{1,4}", a.words[k].key):
            value = int(a.words[k].key)
            return value if value < 1000 and k < i else None
    if i and a.words[i - 1].key.removesuffix("ه") in NUMBER_WORDS:
        return NUMBER_WORDS[a.words[i - 1].key.removesuffix("ه")]
    return 2 if a.words[i].key.endswith(("ين", "تين")) and len(a.words[i].key) > 5 else None


BEFORE_SUBJECTS = keyset("مجال مجالات المجالات بشأن حول شأن")


def agreement_subjects(a: Analysis, i: int, end: int) -> tuple[str, ...]:
    """What it is about: the nouns behind «في مجالات», «بشأن», «حول»."""
    for k in range(i + 1, min(end, i + 12)):
        if a.words[k].key in BEFORE_SUBJECTS and k + 1 < end:
            text = a.scan.text[a.words[k + 1].start : a.words[end - 1].end]
            parts = re.split(r"[،,]\s*|\s+و(?=\S)", text)
            return tuple(p.strip().removeprefix("و") for p in parts if p.strip())[:6]
    return ()
