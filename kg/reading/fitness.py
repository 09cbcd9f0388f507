"""Whether a form can be its predicate here: what it needs stands near, and no word takes it for something else."""

from collections.abc import Callable, Mapping

from kg.reading.clauses import PERSONAL, Analysis, Hit
from kg.reading.extent import before, clause_end
from kg.reading.harmless import HARMLESS
from kg.reading.known import OUTLET_NOUNS
from kg.reading.subjects_before import RELATIVES
from kg.reading.victims import deadly
from kg.reading.words import keyset, splits

RECEIVED = keyset("تلقى تلقت وتلقى وتلقت")
DURING = keyset("في خلال أثناء")  # «في اتصال مع نظيره»
REACH = 8  # words behind a predicate, names not counted, among which what it needs must stand


def readable(a: Analysis, hit: Hit) -> bool:
    """Whether a form can be its predicate here: a bare participle is no verb, «حرب كلامية» is no war."""
    if hit.sense.form.form == "participle" or hit.sense.form.first or arriving_at(a, hit):
        return False
    if hit.at and any(s.stem in a.classes["no_event_before"] for s in splits(a.words[hit.at - 1].key)):
        return False
    if any(rule(a, hit) for rule in OTHERWISE.get(hit.sense.predicate.type, ())):
        return False
    return needed(a, hit) or deadly(a, hit) or mutual(a, hit)


def session_of_talks(a: Analysis, hit: Hit) -> bool:
    """«جلسة مباحثات»: a session that the word behind calls talks."""
    talks = (h for h in a.hits if h.at == hit.at + 1 and h.sense.predicate.kind == "talks")
    return hit.sense.predicate.lemma == "جلسة" and any(talks)


def undesired(a: Analysis, hit: Hit) -> bool:
    """«تراجعا غير مرغوب فيه»: something unwelcome that is nobody."""
    return hit.sense.predicate.lemma == "مرغوب" and not any(
        w.key in UNWELCOME for w in a.words[max(0, hit.at - 5) : hit.at]
    )


UNWELCOME = keyset("شخص شخصا شخصية أشخاصا أشخاص شخصين دبلوماسيا دبلوماسيين مرغوبين")


def departing(_a: Analysis, hit: Hit) -> bool:
    """«بعد مغادرة السفير», but «أمرت بمغادرة السفير»: an envoy who leaves of his own."""
    return hit.sense.predicate.lemma == "مغادرة" and hit.split.preposition != "ب"


def arrives_at_terms(a: Analysis, hit: Hit) -> bool:
    """«وصول الحكومة إلى اتفاق», «وصول المساعدات إلى»: whether somebody arrives at no place, or goods do."""
    if hit.sense.predicate.kind != "visit":
        return False
    goods = a.scan.key(hit.at + 1) in GOODS or a.scan.has(hit.at + 1, "nature")
    if goods and hit.sense.predicate.lemma == "وصل" and not hit.finite:
        return True
    return any(a.scan.key(i) in TERMS and a.scan.key(i - 1) == "الي" for i in range(hit.at + 2, hit.at + 6))


GOODS = keyset(
    "المساعدات الإمدادات الإغاثة القوافل الغذاء الدواء الأدوية الوقود الغاز النفط الأموال السلع مساعدات إمدادات"
)
TERMS = keyset("اتفاق حل حلول تفاهم تفاهمات نتيجة نتائج تسوية توافق قناعة هدنة")


def arriving_at(a: Analysis, hit: Hit) -> bool:
    """«بدءا بالعقوبات وصولا إلى التهديد»: the adverb of how far a list goes."""
    return a.words[hit.at].key == "وصولا"


def with_press(a: Analysis, hit: Hit) -> bool:
    """«عقد لقاء صحفيا مشتركا», «مقابلة مع أسبوعية X»: what is held before the press."""
    if hit.finite:
        return False
    outlet = a.scan.key(hit.at + 1) == "مع" and a.scan.key(hit.at + 2).removeprefix("ال") in PAPERS
    return outlet or a.scan.key(hit.at + 1).removeprefix("ال") in PRESS


PAPERS = OUTLET_NOUNS | keyset("أسبوعية يومية جريدة إذاعة راديو")
PRESS = keyset("صحفي صحفيا صحافي صحافيا إعلامي إعلاميا تلفزيوني تلفزيونيا إذاعي إذاعيا تلفزيونية صحفية صحافية")


def of_sport(a: Analysis, hit: Hit) -> bool:
    """«تعادل الفريقان في اللقاء الودي على ملعب»: a match."""
    near = range(max(0, hit.at - 14), min(hit.at + 15, len(a.words)))
    return a.scan.holds("sport") and any(a.scan.has(i, "sport") for i in near)


def needed(a: Analysis, hit: Hit) -> bool:
    """Whether one of the words that a predicate needs stands near it; those with `+` right behind it."""
    needs = [name for name in hit.sense.predicate.needs if name.removesuffix("+") in a.classes]
    if not needs:
        return True
    behind = [name[:-1] for name in needs if name.endswith("+")]
    if any(a.scan.has(i, name) for name in behind for i in range(hit.at + 1, hit.at + 3)):
        return True
    near = [name for name in needs if not name.endswith("+")]
    behind_too = [] if taken_up(hit) else within_reach(a, hit, clause_end(a, hit))
    around = (*range(max(before_clause(a, hit), 0), hit.at), *behind_too)
    return any(stands(a, i, name) for name in near for i in around) or ("land" in near and place_near(a, hit))


def taken_up(hit: Hit) -> bool:
    """«بيان نشره الجيش»: whether a verb's pronoun takes up what is sent out, so that behind it only its doer stands."""
    return hit.finite and bool(hit.sense.form.pronoun) and hit.sense.predicate.roles.get("obj") == "agent"


def stands(a: Analysis, i: int, name: str) -> bool:
    """Whether word i is of a class; «سفيرة» is an envoy and «سفيره» one's own, though their keys are one."""
    if name in {"ties", "relations"} and a.scan.key(i - 1) in COMMITTEES:
        return False  # «عضو لجنة العلاقات الخارجية»
    if name in {"ownenvoy", "diplomat"} and a.words[i].text.endswith("ة"):
        return name == "diplomat" and a.scan.lexicon.noun(a.words[i], name) is not None
    return a.scan.has(i, name)


COMMITTEES = keyset("لجنة مجلس هيئة بلجنة ولجنة")


def within_reach(a: Analysis, hit: Hit, end: int) -> list[int]:
    """The words behind a predicate among which what it needs must stand; long names and titles do not count."""
    near: list[int] = []
    free = 0
    for i in range(hit.at + 1, end):
        free += i not in a.covered and a.words[i].is_word
        if free > REACH:
            break
        near.append(i)
    return near


def mutual(a: Analysis, hit: Hit) -> bool:
    """«اتصال بين بوتين وأردوغان», «في اتصال مع نظيره»: two right behind it make a contact a call."""
    if hit.sense.predicate.lemma != "اتصال" or hit.finite:
        return False
    behind = a.starts.get(hit.at + 1)
    called = behind is not None and behind.preposition == "ب" and behind.kind in PERSONAL
    with_one = a.scan.key(hit.at + 1) == "مع" and hit.at + 2 in a.starts and a.scan.key(hit.at - 1) in DURING
    received = a.scan.key(hit.at + 1) == "من" and hit.at + 2 in a.starts and a.scan.key(hit.at - 1) in RECEIVED
    return a.scan.key(hit.at + 1) == "بين" or with_one or called or received


def before_clause(a: Analysis, hit: Hit) -> int:
    """From where on what a form needs may stand: the noun of a relative clause, with the subject before its verb."""
    able = next((i for i in before(a, hit, 12) if managed(a, i)), None) if a.scan.key(hit.at - 1) == "من" else None
    if able is not None:
        return able
    back = 6 if hit.finite else 1
    opener = next((k for k in range(hit.at - 1, max(-1, hit.at - back - 1), -1) if a.words[k].key in RELATIVES), None)
    if opener is not None:
        return opener - 8
    subject = a.ends.get(hit.at - (a.scan.key(hit.at - 1) == "قد")) if hit.finite else None
    return min(hit.at - 2, subject.start) if subject is not None else hit.at - 2


def managed(a: Analysis, i: int) -> bool:
    """«تمكنت القوات من دخول المدينة»: whether word i says that its subject managed to do what «من» adds."""
    return a.scan.key(i).removeprefix("و") in {"تمكن", "تمكنت", "تمكنوا"}


def place_near(a: Analysis, hit: Hit) -> bool:
    """«سيطر على عدن», «منبج، التي استعادتها»: whether a place is named that a predicate of taking land may mean."""
    relative = hit.at - 1 if hit.at and a.words[hit.at - 1].key in RELATIVES else None
    if relative is not None and hit.sense.form.pronoun:
        named = a.ends.get(relative) or a.ends.get(relative - 1)
        return named is not None and any(known.type == "Place" for known in a.refer(named))
    near = set(within_reach(a, hit, clause_end(a, hit)))
    names = (p for p in a.phrases if p.kind == "name" and p.start in near)
    sure = (p for p in names if p.start <= hit.at + 5 or p.preposition == "علي")
    return any(known.type == "Place" for p in sure for known in a.refer(p))


OTHERWISE: Mapping[str, tuple[Callable[[Analysis, Hit], bool], ...]] = {
    "Meeting": (of_sport, with_press, session_of_talks, arrives_at_terms),
    "DiplomaticAction": (undesired, departing),
    "MilitaryAction": HARMLESS,
}
"""What takes a form for something else, by the type of event that it would be."""
