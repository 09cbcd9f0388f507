"""Words of force that tell of none here: «حرب كلامية», «حظر توريد الأسلحة», «إرسال سفينة إغاثة»."""

from kg.reading.clauses import Analysis, Hit
from kg.reading.measures import measure
from kg.reading.terms import FROM_IT
from kg.reading.victims import KILLING, deadly, killer, killing
from kg.reading.words import fold, keyset, splits


def figurative(a: Analysis, hit: Hit) -> bool:
    """«حرب كلامية», «هجوم لاذع», «الحرب على الفساد»: a noun of war for something without arms."""
    if hit.sense.predicate.lemma == "شن" and hit.finite:
        near = [i for i in range(hit.at + 1, len(a.words)) if i not in a.covered][:6]
        sharp = any(a.words[i].key in a.classes["figurative"] for i in near[:4])
        return sharp or any(a.scan.has(i, "raiding") for i in near[:5])
    if hit.sense.form.form != "masdar" or deadly(a, hit) or hit.sense.predicate.lemma == "اختبر":
        return False
    if a.scan.key(hit.at - 1).removeprefix("و") in AMOUNTING:
        return True  # «تعد ضربة قوية»
    against = next((i for i in range(hit.at + 1, hit.at + 4) if a.scan.key(i) in {"علي", "ضد"}), hit.at)
    behind = (hit.at + 1, hit.at + 2, against + 1, against + 2)  # «حربا داخلية على الفقر»
    return any(a.scan.key(i) in a.classes["figurative"] for i in behind)


AMOUNTING = keyset("تعد يعد تعتبر يعتبر تشكل يشكل شكلت شكل تمثل يمثل مثلت بمثابة وجه وجهت")


def ceasing(a: Analysis, hit: Hit) -> bool:
    """«وقف عسكري لإطلاق النار»: fire that is to stop, with an adjective between."""
    stopped = any(s.stem in STOPS for k in range(max(0, hit.at - 4), hit.at) for s in splits(a.words[k].key))
    return hit.split.preposition == "ل" and not hit.finite and hit.sense.predicate.lemma == "أطلق" and stopped


STOPS = keyset("وقف وقفا")


def mere_blow(a: Analysis, hit: Hit) -> bool:
    """«ضرب المثل», «ضرب الاقتصاد»: blows but those with which somebody threatens or hits a state: «بضرب إيران»."""
    if hit.sense.predicate.lemma != "ضرب" or hit.finite or hit.split.stem != "ضرب":
        return False
    phrase = a.starts.get(hit.at + 1)
    governed = hit.split.preposition or a.scan.key(hit.at - 1) in {"في", "علي"}
    return not (governed and phrase is not None and phrase.kind == "name" and not phrase.preposition)


def held(a: Analysis, hit: Hit) -> bool:
    """«مناطق سيطرة المعارضة», «برصاص الاحتلال»: who has control, and not that somebody took it."""
    if hit.sense.predicate.kind != "seizure" or hit.sense.form.form != "masdar":
        return False
    if hit.sense.predicate.lemma == "احتلال" and hit.split.article and a.scan.nation(hit.at + 1) is None:
        return True
    return a.scan.key(hit.at) == "لسيطره" or a.scan.key(hit.at - 1) in a.classes["controlled"]


def left_peacefully(a: Analysis, hit: Hit) -> bool:
    """«انسحابه من المحادثات», «الخروج من الاتفاق»: leaving what is no place of troops."""
    if hit.sense.predicate.kind != "withdrawal":
        return False
    taken_up = a.scan.key(hit.at + 1) in FROM_IT  # «المعاهدة التي انسحبت منها»
    near = range(max(0, hit.at - 8), hit.at) if taken_up else range(hit.at + 1, min(hit.at + 5, len(a.words)))
    return any(a.scan.key(i) in a.classes["leaving"] or (taken_up and a.scan.has(i, "agreement")) for i in near)


def published(a: Analysis, hit: Hit) -> bool:
    """«نشر تسجيل مصور للجنود», «نشره على صفحته», «سحبت دمشق تقارير»: what is made public or withdrawn and no force."""
    if hit.sense.predicate.lemma not in {"نشر", "سحب"}:
        return False
    if hit.sense.form.pronoun and a.scan.key(hit.at - 1) in a.classes["published"]:
        return True
    near = range(hit.at + 1, min(hit.at + 7, len(a.words)))
    near = range(hit.at + 1, next((i for i in near if a.scan.is_particle(i)), near.stop))
    return (hit.finite and bool(hit.sense.form.pronoun)) or any(a.scan.key(i) in a.classes["published"] for i in near)


def sanctioned(a: Analysis, hit: Hit) -> bool:
    """«عقوبات تستهدف شركتين»: what a measure and no weapon is aimed at."""
    if hit.sense.predicate.lemma != "استهدف":
        return False
    near = range(max(0, hit.at - 8), min(hit.at + 6, len(a.words)))
    return any(a.scan.has(i, "sanction") or a.scan.key(i) in TRADERS for i in near)


TRADERS = keyset("شركة شركات مصارف مصرفا بنوك كيانات كيانا")


def barred(a: Analysis, hit: Hit) -> bool:
    """«حظر توريد الأسلحة», «قيودا على بيع السلاح»: a trade in arms that a measure forbids."""
    if hit.finite or hit.sense.predicate.kind != "arms_transfer":
        return False
    near = a.words[max(0, hit.at - 3) : hit.at]
    return any(kind in BARRING for word in near for kind, _ in measure(word.key))


BARRING = frozenset({"ban", "embargo", "other"})  # kinds of measures that forbid a trade


def of_nature(a: Analysis, hit: Hit) -> bool:
    """«عاصفة ضربت العراق», «اجتاحت السيول المدينة», «ضرب المثل»: what no force does."""
    if hit.sense.predicate.lemma not in {"ضرب", "اجتاح", "دمر", "غزا", "حاصر", "استهدف"}:
        return False
    return any(a.scan.has(i, "nature") for i in range(max(0, hit.at - 5), min(hit.at + 4, len(a.words))))


def regained(a: Analysis, hit: Hit) -> bool:
    """«استعادة الثقة», «سيطر على الأسواق», «تحرير الأسعار»: what one takes or regains that is no land."""
    if hit.sense.predicate.kind != "seizure" or hit.sense.predicate.lemma in {"احتجز", "صادر", "ضبط", "اعترض"}:
        return False
    reach = 8 if hit.sense.predicate.lemma == "احتل" else 4  # «احتلت مدينة مكة المكرمة المرتبة الأولى»
    behind = range(hit.at + 1, min(hit.at + reach, len(a.words)))
    if any(a.scan.key(i) == PLACE and a.scan.key(i + 1) in RANKS for i in behind):
        return True
    return any(a.scan.has(i, "intangible") and not named_at(a, i) for i in behind)


def named_at(a: Analysis, i: int) -> bool:
    """«قوات سوريا الديمقراطية», «في مالي»: whether word i is of a name of the tables."""
    return i in a.covered and bool(a.covered[i].keys)


PLACE = fold("المركز")  # «احتل المركز الخامس»
RANKS = keyset("الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الأخير")


def averted(a: Analysis, hit: Hit) -> bool:
    """«لمنع اندلاع حرب», «تفادي هجوم»: an act that is to be kept from happening."""
    if hit.finite:
        return False
    near = range(max(0, hit.at - 3), hit.at)
    return any(a.scan.has(i, "averting") and not a.scan.is_verb(i) for i in near)


def humanitarian(a: Analysis, hit: Hit) -> bool:
    """«إرسال سفينة إغاثة», «إنزال جوي لمساعدات إنسانية»: goods for the needy and no force."""
    dropped = "انزال" in {a.scan.key(hit.at), a.scan.key(hit.at + 1)}
    if not dropped and hit.sense.predicate.kind not in {"deployment", "military_visit", "military_aid"}:
        return False
    near = range(hit.at + 1, min(hit.at + (20 if dropped else 7), len(a.words)))
    return any(a.scan.has(i, "relief") and not named_at(a, i) for i in near)


def pushed(a: Analysis, hit: Hit) -> bool:
    """«دفع الرئيس إلى»: to move somebody to something, and not «دفع بقوات»."""
    if hit.sense.predicate.lemma != "دفع":
        return False
    behind = range(hit.at + 1, min(hit.at + 5, len(a.words)))
    return not any(a.scan.key(i)[:1] == "ب" and a.scan.has(i, "force") for i in behind)


def of_manoeuvres(a: Analysis, hit: Hit) -> bool:
    """«عملية مناورات بحرية», «عملية إنزال جوي»: an operation that its genitive names better."""
    if hit.sense.predicate.kind != "war" or hit.sense.predicate.needs != ("military+",):
        return False
    behind = a.scan.lexicon.senses_of(a.words[hit.at + 1]) if hit.at + 1 < len(a.words) else ()
    return any(s.form.form == "masdar" and s.predicate.type == "MilitaryAction" for _, s in behind)


def schooled(a: Analysis, hit: Hit) -> bool:
    """«تلقوا تدريبات عسكرية», «حصل على دعوة», «حصل على شفرة الأسلحة»: what one gets that is no arms."""
    if hit.sense.predicate.lemma not in {"تلقى", "حصل", "منح", "قدم"}:
        return False
    upon = next((i for i in range(hit.at + 1, hit.at + 6) if a.scan.key(i) == "علي"), None)
    if hit.sense.predicate.lemma == "حصل" and upon is not None:
        return not any(a.scan.has(i, name) for name in hit.sense.predicate.needs for i in (upon + 1, upon + 2))
    return any(a.scan.has(i, "training") for i in range(hit.at + 1, min(hit.at + 3, len(a.words))))


def describing(a: Analysis, hit: Hit) -> bool:
    """«تنظيمات إرهابية تستهدف تركيا»: an imperfect right behind an organisation without a name says what it is like."""
    phrase = a.ends.get(hit.at)
    if phrase is None or hit.sense.form.form != "imperfect" or hit.split.conjunction or phrase.keys:
        return False
    return phrase.kind == "org" and not any(w.key.startswith("ال") for w in a.words[phrase.start : phrase.end])


def exchanged(a: Analysis, hit: Hit) -> bool:
    """«تبادل لإطلاق النار»: shots that the word before tells of."""
    return hit.sense.predicate.lemma == "أطلق" and not hit.finite and a.scan.key(hit.at - 1).startswith("تبادل")


def sails_in(a: Analysis, hit: Hit) -> bool:
    """«دخول السفن إلى الميناء»: merchant ships that enter a port."""
    if hit.sense.predicate.kind != "invasion" or hit.sense.predicate.lemma != "دخل":
        return False
    near = range(hit.at + 1, min(hit.at + 5, len(a.words)))
    return any(a.scan.has(i, "ship") for i in near) and not any(a.scan.has(i, "troops") for i in near)


def surrendered(a: Analysis, hit: Hit) -> bool:
    """«تسليم أسلحتها للجيش», «سلم نفسه»: arms that one lays down, and who gives himself up."""
    if hit.sense.predicate.lemma != "سلم":
        return False
    return any(a.scan.key(i) in OWN_ARMS for i in range(hit.at + 1, hit.at + 9))


OWN_ARMS = keyset("نفسه نفسها أنفسهم أسلحتها أسلحتهم أسلحته سلاحها سلاحهم سلاحه أسلحتهما")


def intercepted(a: Analysis, hit: Hit) -> bool:
    """«اعتراض الصاروخ وتدميره»: a missile or aircraft that one destroys in the air."""
    if hit.sense.predicate.lemma != "دمر" or not hit.sense.form.pronoun:
        return False
    return any(h.sense.predicate.kind == "shootdown" for h in a.hits if hit.at - IN_THE_AIR < h.at < hit.at)


def perished(a: Analysis, hit: Hit) -> bool:
    """«قتل ثلاثة جنود», «قتلت القوات سبعة في غارة»: who dies, or an act that tells better who kills."""
    if hit.sense.predicate.lemma not in KILLING:
        return False
    return killer(a, hit.at) is None or any(killing(a, h) == hit.at for h in a.hits)


def judicial(a: Analysis, hit: Hit) -> bool:
    """«القضاء العسكري», «قضت المحكمة»: courts, and not «القضاء على المسلحين»."""
    if hit.sense.predicate.lemma != "قضى":
        return False
    return not any(a.scan.key(i) == "علي" for i in range(hit.at + 1, hit.at + (6 if hit.finite else 2)))


IN_THE_AIR = 10  # words between what is intercepted and that it is destroyed


HARMLESS = (
    perished,
    judicial,
    figurative,
    exchanged,
    sails_in,
    surrendered,
    intercepted,
    mere_blow,
    ceasing,
    describing,
    held,
    left_peacefully,
    published,
    sanctioned,
    barred,
    of_nature,
    regained,
    averted,
    humanitarian,
    pushed,
    of_manoeuvres,
    schooled,
)
"""What takes a form of force for something else."""
