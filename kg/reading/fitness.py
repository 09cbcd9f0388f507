"""Whether a form can be its predicate here: what it needs stands near, and no word takes it for something else."""

from kg.reading.clauses import PERSONAL, Analysis, Hit
from kg.reading.extent import before, clause_end
from kg.reading.known import OUTLET_NOUNS
from kg.reading.measures import measure
from kg.reading.subjects_before import RELATIVES
from kg.reading.victims import killer, killing
from kg.reading.words import fold, keyset, splits

RECEIVED = keyset("تلقى تلقت وتلقى وتلقت")
DURING = keyset("في خلال أثناء")  # «في اتصال مع نظيره»
REACH = 8  # words behind a predicate, names not counted, among which what it needs must stand


UNWELCOME = keyset("شخص شخصا شخصية أشخاصا أشخاص شخصين دبلوماسيا دبلوماسيين مرغوبين")


def readable(a: Analysis, hit: Hit) -> bool:
    """Whether a form can be its predicate here: a bare participle is no verb, «حرب كلامية» is no war."""
    if hit.sense.form.form == "participle" or hit.sense.form.first:
        return False
    if hit.at and any(s.stem in a.classes["no_event_before"] for s in splits(a.words[hit.at - 1].key)):
        return False
    if hit.sense.predicate.type == "Meeting" and (of_sport(a, hit) or with_press(a, hit)):
        return False
    if hit.sense.predicate.lemma == "جلسة" and any(
        h.at == hit.at + 1 and h.sense.predicate.kind == "talks" for h in a.hits
    ):
        return False  # «جلسة مباحثات» are talks
    if hit.sense.predicate.kind == "visit" and (arrives_at_terms(a, hit) or arriving_at(a, hit)):
        return False
    if hit.sense.predicate.lemma == "مرغوب" and not any(
        w.key in UNWELCOME for w in a.words[max(0, hit.at - 5) : hit.at]
    ):
        return False  # «تراجعا غير مرغوب فيه»
    if (
        hit.sense.predicate.lemma == "مغادرة"
        and hit.sense.predicate.kind == "expulsion"
        and hit.split.preposition != "ب"
    ):
        return False  # «أمرت بمغادرة السفير», but «بعد مغادرة السفير»
    if hit.sense.predicate.type == "MilitaryAction" and any(rule(a, hit) for rule in OTHERWISE):
        return False
    return needed(a, hit) or deadly(a, hit) or mutual(a, hit)


def arrives_at_terms(a: Analysis, hit: Hit) -> bool:
    """«وصول الحكومة إلى اتفاق», «وصول المساعدات إلى»: whether somebody arrives at no place, or goods do."""
    goods = a.scan.key(hit.at + 1) in GOODS or a.scan.has(hit.at + 1, "nature")
    if goods and hit.sense.predicate.lemma == "وصل" and not hit.finite:
        return True
    return any(a.scan.key(i) in TERMS and a.scan.key(i - 1) == "الي" for i in range(hit.at + 2, hit.at + 6))


GOODS = keyset(
    "المساعدات الإمدادات الإغاثة القوافل الغذاء الدواء الأدوية الوقود الغاز النفط الأموال السلع مساعدات إمدادات"
)
TERMS = keyset("اتفاق حل حلول تفاهم تفاهمات نتيجة نتائج تسوية توافق قناعة هدنة")


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
    if name in {"ownenvoy", "diplomat"} and a.words[i].text.endswith("ة"):
        return name == "diplomat" and a.scan.lexicon.noun(a.words[i], name) is not None
    return a.scan.has(i, name)


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


def deadly(a: Analysis, hit: Hit) -> bool:
    """«قتل قائد في ضربة إسرائيلية»: what kills is an act of force."""
    masdar = hit.sense.form.form == "masdar" and hit.sense.predicate.kind == "strike"
    return masdar and any(w.key in a.classes["casualty"] for w in a.words[max(0, hit.at - 9) : hit.at])


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
    taken_up = a.scan.key(hit.at + 1) in {"منه", "منها"}  # «المعاهدة التي انسحبت منها»
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
    """«تسليم أسلحتها للجيش»: arms that one lays down."""
    if hit.sense.predicate.lemma != "سلم":
        return False
    return any(a.scan.key(i) in OWN_ARMS for i in range(hit.at + 1, hit.at + 9))


OWN_ARMS = keyset("أسلحتها أسلحتهم أسلحته سلاحها سلاحهم سلاحه أسلحتهما")


def arriving_at(a: Analysis, hit: Hit) -> bool:
    """«بدءا بالعقوبات وصولا إلى التهديد»: the adverb of how far a list goes."""
    return a.words[hit.at].key == "وصولا"


def intercepted(a: Analysis, hit: Hit) -> bool:
    """«اعتراض الصاروخ وتدميره»: a missile or aircraft that one destroys in the air."""
    if hit.sense.predicate.lemma != "دمر" or not hit.sense.form.pronoun:
        return False
    return any(h.sense.predicate.kind == "shootdown" for h in a.hits if hit.at - IN_THE_AIR < h.at < hit.at)


def perished(a: Analysis, hit: Hit) -> bool:
    """«قتل ثلاثة جنود», «قتلت القوات سبعة في غارة»: who dies, or an act that tells better who kills."""
    if hit.sense.predicate.lemma not in {"قتل", "أسر"}:
        return False
    return killer(a, hit.at) is None or any(killing(a, h) == hit.at for h in a.hits)


def judicial(a: Analysis, hit: Hit) -> bool:
    """«القضاء العسكري», «قضت المحكمة»: courts, and not «القضاء على المسلحين»."""
    if hit.sense.predicate.lemma != "قضى":
        return False
    return not any(a.scan.key(i) == "علي" for i in range(hit.at + 1, hit.at + (6 if hit.finite else 2)))


IN_THE_AIR = 10  # words between what is intercepted and that it is destroyed


OTHERWISE = (
    figurative,
    arriving_at,
    exchanged,
    sails_in,
    surrendered,
    intercepted,
    perished,
    judicial,
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
