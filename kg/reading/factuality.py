"""Factuality as a layer over every event: what the words around a predicate say of whether it happened."""

from collections.abc import Callable

from kg.reading.clauses import COMPLEMENTS, Analysis, Hit
from kg.reading.extent import before, clause_end, key_in, nearest
from kg.reading.subjects_before import RELATIVES
from kg.reading.words import fold, keyset

Rule = Callable[[Analysis, Hit, str], str | None]
"""A rule looks at a predicate and the act of the statement it stands in (or empty), and gives a value or None."""


def threatened(a: Analysis, hit: Hit, act: str) -> str | None:
    """An act that a threat or a refusal to rule it out speaks of."""
    if looked_into(a, hit) or a.scan.key(hit.at - 1) in AFTER:
        return None
    near = before(a, hit, 9) if a.scan.holds("threat") else ()
    if act == "threaten" or any(key_in(a, i, "threat") and not _noun_of_own(a, hit, i) for i in near):
        return "threatened"
    return None


AFTER = keyset("عقب إثر غداة جراء")
"""Prepositions of what has happened."""
FUTURE = frozenset({"سي", "ست", "سن"})
"""How verbs of what is to come begin."""


def _noun_of_own(a: Analysis, hit: Hit, i: int) -> bool:
    """Whether a verb of another clause stands between a threat and the predicate."""
    return any(a.words[k].text == "،" or a.words[k].key in COMPLEMENTS for k in range(i + 1, hit.at))


def denied(a: Analysis, hit: Hit, act: str) -> str | None:
    """An act that is denied, refused or negated."""
    form = hit.sense.form.form
    if looked_into(a, hit):
        return None
    if form == "imperfect" and hit.at and a.words[hit.at - 1].key in {"لم", "ولم", "لن", "ولن", "لا", "ولا"}:
        return "denied"
    if act in {"deny", "reject"} or nearest(a, hit, 5, "denialword") is not None:
        return "denied"
    if form == "masdar" and any(a.words[i].key in a.classes["refusal"] for i in before(a, hit, 3)):
        return "denied"
    verbs = (i for i in before(a, hit, 5) if i in a.finite or a.scan.has(i, "light"))  # «لن تقوم بسحب القوات»
    negated = form == "masdar" and any(a.scan.key(i - 1) in NEGATED for i in verbs)
    if negated and not took_place(a, hit):
        return "denied"
    if a.scan.key(hit.at - 1) in WITHOUT or (a.scan.key(hit.at - 2) in WITHOUT and a.scan.has(hit.at - 1, "light")):
        return "denied"
    return None


def took_place(a: Analysis, hit: Hit) -> bool:
    """«لم تحضر القضية في المباحثات التي جمعت»: whether a relative clause tells that an act was, whatever is denied."""
    told = a.scan.key(hit.at + 2)
    relative = a.scan.key(hit.at + 1) in RELATIVES
    return relative and told[:1] not in {"ي", "س", "ن"} and told not in NEGATED and told.endswith(("ت", "ها", "ه"))


NEGATED = keyset("لم ولم لن ولن")  # «لم يشارك الجيش في عمليات عسكرية»
WITHOUT = keyset("دون بدون بلا")
"""«دون شن هجوم», «من دون قصف المدينة»: what does not happen."""


def planned(a: Analysis, hit: Hit, _act: str) -> str | None:
    """An act still to come: a future verb, a plan, a decision to do it, «لإجراء»."""
    word = a.words[hit.at]
    stem = word.key.lstrip("وف")
    if hit.sense.form.form == "imperfect" and stem[:2] in FUTURE:
        return "planned"
    if nearest(a, hit, 6, "future") is not None:
        return "planned"
    delivery = hit.sense.predicate.kind in {"arms_transfer", "military_aid", "deployment"}
    if delivery and nearest(a, hit, 9, "approval") is not None:
        return "planned"
    if hit.sense.form.form == "masdar" and hit.split.preposition == "ل" and not (ongoing(hit) or bygone(a, hit)):
        return None if nearest(a, hit, 12, "undergone") is not None or launched(a, hit) else "planned"
    if hit.sense.form.form == "masdar" and (carried_on(a, hit) or awaited(a, hit) or to_be_held(a, hit)):
        return "planned"
    after = [a.words[k].key for k in range(hit.at + 1, min(hit.at + 16, len(a.words))) if k not in a.covered][:7]
    if hit.sense.form.form != "perfect" and any(k in COMING for k in after):
        return "planned"
    if hit.sense.form.form == "imperfect" and hit.sense.predicate.type == "Meeting" and LATER in " ".join(after[:4]):
        return "planned"
    return "planned" if within_a_term(a, hit) else None


def launched(a: Analysis, hit: Hit) -> bool:
    """«أطلقت تركيا حملة جوية لقصف مواقع»: whether an operation that was begun has an act for its purpose."""
    near = before(a, hit, 8)
    return any(a.scan.key(i).removeprefix("و") in LAUNCHED for i in near) and any(
        a.scan.key(i) in OPERATIONS for i in near[:3]
    )


LAUNCHED = keyset("أطلق أطلقت شن شنت بدأ بدأت نفذ نفذت")
OPERATIONS = keyset("حملة عملية غارات طلعات هجوما عمليات ضربات")


def bygone(a: Analysis, hit: Hit) -> bool:
    """«في إشارة لزيارة الرئيس للسعودية مؤخرا»: whether a word of time behind an act says that it is past."""
    if a.scan.key(hit.at - 1) in BELONGING:
        return True  # «في اليوم الأول لزيارة الرئيس»
    return any(a.scan.key(i) in PAST for i in range(hit.at + 1, clause_end(a, hit)))


BELONGING = keyset("انتقادات انتقادا انتقاد إدانة تنديد الأول الثاني الثالث الأخير الأولى الثانية الأخيرة نتيجة إشارة")
PAST = keyset("مؤخرا أمس الماضي الماضية أخيرا سابقا")


def ongoing(hit: Hit) -> bool:
    """«مسرح للمواجهات», «الذكرى الأولى للحرب»: force that has the article is no purpose, as taking a town is."""
    bygone = hit.sense.predicate.lemma in {"حرب", "غزا", "عدوان", "حاصر"} or hit.sense.predicate.type == "Meeting"
    return hit.split.article and (hit.sense.predicate.kind in {"clash", "strike"} or bygone)


def within_a_term(a: Analysis, hit: Hit) -> bool:
    """«تنسحب القوات خلال 60 يوما»: an imperfect with a term that is still to run."""
    if hit.sense.form.form != "imperfect" or hit.sense.predicate.type != "MilitaryAction":
        return False
    near = range(hit.at + 1, min(hit.at + 16, len(a.words) - 2))
    return any(
        a.words[k].key in {"خلال", "غضون"} and a.words[k + 1].is_number and a.words[k + 2].key in TERMS for k in near
    )


TERMS = keyset("يوما أيام يوم شهرا أشهر شهر أسبوعا أسابيع ساعة سنوات عاما")


def awaited(a: Analysis, hit: Hit) -> bool:
    """«هجوم إيراني متوقع»: an adjective, right behind or behind another, says that an act is still to come."""
    return any(a.scan.key(i).removeprefix("ال") in AWAITED for i in (hit.at + 1, hit.at + 2))


def to_be_held(a: Analysis, hit: Hit) -> bool:
    """«الاجتماع الذي سيعقد», «قمة الدول العربية التي ستنعقد»: a relative clause says that a meeting is to come."""
    if hit.sense.predicate.type != "Meeting":
        return False
    if a.scan.key(hit.at - 1) in TO_HOLD and any(a.scan.key(i)[:2] in FUTURE for i in before(a, hit, 14)):
        return True  # «سيزور الهند لإجراء محادثات»
    held = (i for i in range(hit.at + 2, min(hit.at + 18, len(a.words))) if a.scan.key(i) in HELD)
    verb = next((i for i in held if a.scan.key(i - 1) in RELATIVES), None)
    if verb is None:
        return False
    return not any(h.sense.predicate.type == "Meeting" for h in a.hits if hit.at < h.at < verb - 1)


TO_HOLD = keyset("لإجراء لعقد")
HELD = keyset("سيعقد ستعقد سينعقد ستنعقد سيجري ستجري سيجمع ستجمع سيستضيف ستستضيف ستستضيفه ستستضيفها ستحتضنه ستحتضنها")


def carried_on(a: Analysis, hit: Hit) -> bool:
    """«ومن المتوقع أن يجري وفدا البلدين مباحثات», «سيجري محادثات»: the light verb is still to come."""
    carrier = nearest(a, hit, 14, "light")
    if carrier is None or a.words[carrier].key in COMPLEMENTS:
        return False
    coming = a.words[carrier].key.lstrip("وف")[:2] in {"سي", "ست"}
    if coming or a.scan.key(carrier - 1) != "ان":
        return coming
    free = [i for i in range(carrier - 2, max(-1, carrier - 10), -1) if i not in a.covered]
    return any(key_in(a, i, "future") for i in free[:2])


def appointed(a: Analysis, hit: Hit, _act: str) -> str | None:
    """«يلتقي بوتين شي الثلاثاء»: an imperfect of meeting with a bare weekday behind it is still to come."""
    if hit.sense.form.form != "imperfect" or hit.sense.predicate.type != "Meeting" or a.memory.published is None:
        return None
    if hit.at and a.words[hit.at - 1].key in a.classes["past_auxiliary"]:
        return None
    end = clause_end(a, hit)
    days = (d for d in a.dates if a.words[hit.at].start < d.start < a.words[end - 1].end)
    return "planned" if any(d.kind == "weekday" and d.value and len(d.text.split()) < 3 for d in days) else None


COMING = keyset("المقبل المقبلة القادم القادمة غدا")
LATER = fold("في وقت لاحق")  # «كما يلتقي في وقت لاحق نظيره»
AWAITED = keyset("منتظر منتظرة منتظرا متوقع متوقعة متوقعا مرتقب مرتقبة مرتقبا مزمع مزمعة مقرر مقررة")
"""Adjectives of what is still to come: «هجوم إيراني متوقع», «الزيارة المرتقبة»."""


def hypothetical(a: Analysis, hit: Hit, _act: str) -> str | None:
    """An act that is only thought of: if, possible, perhaps, a wish."""
    near = before(a, hit, 6) if a.scan.holds("hypothesis") else ()
    behind = a.words[hit.at + 1 : hit.at + 4]
    if of_any_kind(a, hit) or discussed(a, hit) or asked(a, hit) or listed_demand(a, hit):
        return "hypothetical"
    if hit.sense.form.form == "masdar" and any(
        w.key.removeprefix("ال") in {"محتمل", "محتمله", "مفترض", "مفترضه"} for w in behind
    ):
        return "hypothetical"
    for i in near:
        if key_in(a, i, "hypothesis") and not (a.words[i].key in {"قد", "وقد"} and hit.sense.form.form == "perfect"):
            if (
                a.words[i].key in {"قد", "وقد"}
                and hit.sense.form.form != "imperfect"
                and not to_come(a.words[i + 1].key)
            ):
                continue
            return "hypothetical"
    return None


def wanted(a: Analysis, hit: Hit, _act: str) -> str | None:
    """«ضرورة أن تسحب قواتها»: an imperfect right behind «أن», unless that tells what has happened: «قبل أن»."""
    verb = hit.at if hit.finite else nearest(a, hit, 8, "light") or 0
    if not verb or a.words[verb - 1].text not in {"أن", "بأن"} or a.words[verb].key[:1] not in "يتن":
        return None
    imperfect = hit.sense.form.form == "imperfect" or not hit.finite
    return "hypothetical" if imperfect and a.scan.key(verb - 2) not in BEFORE_FACTS else None


BEFORE_FACTS = keyset("قبل بعد منذ إلى حتى سبق دون استطاع استطاعت كاد كادت من")


def asked(a: Analysis, hit: Hit) -> bool:
    """«ليس واضحا ما إذا كانت إيران تستعد لهجوم»: an act of which it is asked whether it will be."""
    near = before(a, hit, 18)
    clause = near[: next((n for n, i in enumerate(near) if a.words[i].text in {"،", ","}), len(near))]
    return any(a.words[i].key == "اذا" and a.scan.key(i - 1) in {"ما", "عما", "فيما"} for i in clause)


def listed_demand(a: Analysis, hit: Hit) -> bool:
    """«كررت مطالبها، وانسحاب القوات»: an act of force among what somebody demands or a plan holds."""
    if hit.finite or hit.split.article or hit.sense.predicate.type != "MilitaryAction":
        return False
    return any(a.words[i].key in DEMANDS for i in before(a, hit, 25)) and not a.finite.intersection(before(a, hit, 4))


DEMANDS = keyset("مطالب مطالبها مطالبه مطالبهم المطالب شروط شروطها شروطه الشروط تتضمن يتضمن تشمل يشمل تنص ينص بنود")


def of_any_kind(a: Analysis, hit: Hit) -> bool:
    """«أي هجوم صيني»: an act of force of which there need be none."""
    force = hit.sense.predicate.type == "MilitaryAction" and not hit.finite
    return force and a.scan.key(hit.at - 1) in {"اي", "لاي", "باي"}


OFFERED = frozenset({"deployment", "arms_transfer", "withdrawal", "military_aid", "exercise"})


def discussed(a: Analysis, hit: Hit) -> bool:
    """«محادثات بشأن نشر صواريخ»: whether talks are only about what is done with forces or arms."""
    offered = hit.sense.predicate.kind in OFFERED and not hit.finite and not hit.split.article
    return offered and a.scan.key(hit.at - 1) in {"بشان", "حول", "لبحث", "بحث"} and a.scan.nation(hit.at + 1) is None


def looked_into(a: Analysis, hit: Hit) -> bool:
    """«رفض التعليق على اغتيال», «عدم التحقيق في قصف», «من يقف خلف اغتيال»: an act that has happened."""
    if hit.finite or hit.sense.predicate.type != "MilitaryAction":
        return False
    return a.scan.key(hit.at - 1) in {"خلف", "وراء"} or any(
        a.words[i].key in a.classes["inquiry"] for i in before(a, hit, 3)
    )


def to_come(key: str) -> bool:
    """Whether the word behind «قد» is an imperfect, so that it says perhaps: «قد تفرض», not «قد تعرضت»."""
    return key.startswith(("ي", "ن")) or (key.startswith("ت") and not key.endswith(("ت", "وا")) and len(key) > 3)


def alleged(a: Analysis, hit: Hit, act: str) -> str | None:
    """An act that somebody accuses somebody else of."""
    told = nearest(a, hit, 10, "allegation") is not None and hit.sense.predicate.type != "Meeting"
    if act == "accuse" or told:
        return "alleged"
    return None


def refuted(a: Analysis, hit: Hit, _act: str) -> str | None:
    """An act that the next clause denies: «وهو ما تنفيه طهران»."""
    after = range(hit.at + 1, min(hit.at + 30, len(a.words))) if a.scan.holds("denialword") else ()
    taken_up = any(key_in(a, i, "denialword") and a.words[i - 1].key in {"ما", "الذي", "وهذا", "التي"} for i in after)
    return "alleged" if taken_up else None


RULES: tuple[tuple[str, Rule], ...] = (
    ("alleged", alleged),
    ("threatened", threatened),
    ("denied", denied),
    ("hypothetical", hypothetical),
    ("planned", planned),
    ("wanted", wanted),
    ("appointed", appointed),
    ("refuted", refuted),
)
"""The rules of factuality in the order of their force."""


def factuality(a: Analysis, hit: Hit, act: str = "") -> tuple[str, str]:
    """(value, name of the rule): `actual` by `stated` where no rule says otherwise."""
    for name, rule in RULES:
        if value := rule(a, hit, act):
            return value, name
    return "actual", "stated"
