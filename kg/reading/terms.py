"""The terms of an agreement: its kind and status, how many there are, what they are about."""

import re

from kg.reading.clauses import Analysis, Hit
from kg.reading.extent import before
from kg.reading.words import Split, fold, keyset

KIND_OF = (
    ("memorandum", keyset("مذكرة مذكرات مذكرتي مذكرتا مذكرتين")),
    ("protocol", keyset("بروتوكول بروتوكولا بروتوكولات")),
    ("roadmap", keyset("خارطة خريطة")),
    ("contract", keyset("عقد عقدا عقود عقودا عقدين صفقة صفقات")),
    ("treaty", keyset("معاهدة معاهدات ميثاق مواثيق")),
    ("ceasefire", keyset("هدنة")),
    ("partnership", keyset("شراكة")),
)


CEASEFIRE = keyset("النار نار القتال إطلاق")
PARTNERSHIP = keyset("شراكة الشراكة للشراكة")
STATUSES = ("ended", "suspended", "failed", "ratified", "signed", "agreed", "inforce", "negotiated", "proposed")
STATUS_NAME = {"inforce": "in_force"}
UNSETTLED = {"proposed", "negotiated"}
NUMBER_WORDS = {
    fold(w): n
    for n, w in enumerate(["صفر", "واحد", "اثنين", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"])
}


STATUS_REACH = 24


def agreement_state(a: Analysis, hit: Hit) -> tuple[int | None, str | None]:
    """(word, status) that the nearest governing verb, noun or participle gives."""
    near = [*before(a, hit, STATUS_REACH), *range(hit.at + 1, min(hit.at + 9, len(a.words)))]
    bound = next((i for i in near if a.words[i].key.removeprefix("و") in a.classes["binding"]), None)
    if bound is not None and bound < hit.at:
        return bound, "inforce"
    nearest = sorted(near, key=lambda k: abs(k - hit.at) + (3 if k > hit.at else 0))
    for statuses in (STATUSES[:6], STATUSES[6:]):
        for i in nearest:
            found = next(
                (s for s in statuses if i not in a.covered and in_status(a, i, s) and reaches(a, hit, i)), None
            )
            if found in {"signed", "agreed"} and a.words[i].key.startswith("ل") and i < hit.at:
                found = "negotiated" if any(in_status(a, k, "negotiated") for k in near if k < i) else "proposed"
            if found is not None:
                return i, found
    return None, None


def in_status(a: Analysis, i: int, status: str) -> bool:
    """Whether word i is in a status class; «الاتفاق» before an agreement is the agreement itself."""
    key = a.words[i].key
    members = a.classes[status]
    return key in members or (key[:1] in "وفبل" and key[1:] in members)


def reaches(a: Analysis, hit: Hit, i: int) -> bool:
    """Whether no stop stands between a verb of status and the agreement."""
    low, high = sorted((i, hit.at))
    commas = sum(a.words[k].text in {"،", ","} for k in range(low, high))
    behind_comma = i > hit.at and commas > 0
    return not behind_comma and not any(a.words[k].text in {".", "؛", ":"} for k in range(low, high))


def kind_of(a: Analysis, i: int, split: Split, end: int) -> str:
    """The kind by the noun and what it is about."""
    following = {w.key for w in a.words[i + 1 : min(i + 6, max(end, i + 1))]}
    around = {w.key.removeprefix("ل").removeprefix("ب") for w in a.words[max(0, i - 1) : i + 5]}
    if (
        split.stem in KIND_OF[5][1]
        or following & a.classes["truce"]
        or (following & CEASEFIRE and around & {"وقف", "هدنه"})
    ):
        return "ceasefire"
    named = next((kind for kind, keys in KIND_OF if split.stem in keys), None)
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
