"""Whether an act of force that was found, with those who take part in it, is one that a reader would note."""

from collections.abc import Callable

from kg.reading.casting import TRAVELS
from kg.reading.clauses import Analysis, Hit
from kg.reading.doers import endured
from kg.reading.draft import Draft
from kg.reading.extent import nearest
from kg.reading.known import Known
from kg.reading.words import fold, keyset, splits, words

Check = Callable[[Analysis, Hit, Draft], bool]


def gunfire(a: Analysis, hit: Hit, draft: Draft) -> bool:
    """«إطلاق النار في مدرسة», «فتح النائب النار على فرنسا»: shots that no force fires are a crime, or words."""
    near = (a.scan.key(hit.at + k).removeprefix("ال") for k in range(1, SHOOTING))
    if draft.lemma not in {"أطلق", "فتح"} or FIRE.isdisjoint(near):
        return False
    return not any(armed_actor(a, ident) for ident in draft.ids("agent"))


SHOOTING = 8  # words behind «فتح», its subject among them, in which the fire is named
FIRE = frozenset({"نار", "رصاص", "عيارات", "رصاصات"})


def armed_actor(a: Analysis, ident: str) -> bool:
    """Whether who acts can be a force: a state or an organisation."""
    return a.memory.get(ident).type in {"Country", "Organization"}


def walks_in(a: Analysis, hit: Hit, draft: Draft) -> bool:
    """«دخل السيسي مجرى القناة»: a person who goes somewhere, and no force."""
    doer = a.doers.get(hit.at)
    return draft.lemma in TRAVELS and bool(doer) and doer is not None and all(k.type == "Person" for k in doer.fillers)


def nobody_strikes(a: Analysis, hit: Hit, draft: Draft) -> bool:
    """«ضحايا الهجوم», «الاغتيال»: an act told of before, of which this word names neither doer nor target."""
    bare = draft.definite and draft.kind in {"strike", "clash"} and not hit.finite
    named = draft.ids("agent") or draft.ids("target")
    return bare and not named and draft.lemma != "انفجار" and not endured(a, hit)


def war_spoken_of(a: Analysis, hit: Hit, draft: Draft) -> bool:
    """«سبب الحرب», «خصخصة الحرب»: a war known from elsewhere, of which no word says who wages it, on whom or where."""
    bare = draft.definite and draft.kind == "war" and not draft.ids("target") and not draft.ids("place")
    named = any(filler.start > a.words[hit.at].start for filler in draft.fillers)
    waged = any(a.scan.key(k).removeprefix("و") in WAGING for k in range(max(0, hit.at - 8), hit.at))
    return bare and not hit.finite and not named and not waged


WAGING = keyset(
    "خاض خاضت يخوض تخوض شن شنت بدأ بدأت أعلن أعلنت دخل دخلت أشعل أشعلت واصل واصلت خسر خسرت أنهى أنهت تشن يشن"
)


def unfounded(_a: Analysis, _hit: Hit, draft: Draft) -> bool:
    """«في حال تعرضها لهجوم», «أي عدوان»: an act only thought of, without one who would do it."""
    return draft.factuality == "hypothetical" and not draft.ids("agent")


def of_some_kind(a: Analysis, hit: Hit, draft: Draft) -> bool:
    """«لردع أي اعتداء»: whoever it may be, of whom no word behind the act says that he would do it."""
    whose = [f for f in draft.fillers if f.role == "agent" and f.start > a.words[hit.at].start]
    return not whose and not hit.finite and a.scan.key(hit.at - 1) in {"اي", "لاي", "باي"}


def mere_aggression(_a: Analysis, _hit: Hit, draft: Draft) -> bool:
    """«لردع العدوان»: aggression that nobody commits, on nobody."""
    return draft.lemma == "عدوان" and not draft.ids("agent")


def toppled_lawfully(a: Analysis, hit: Hit, draft: Draft) -> bool:
    """«بعد الإطاحة بالرئيس», «أطاح البرلمان بحكومته»: a fall from power that no force brought about."""
    if draft.lemma != "أطاح":
        return False
    if any(s.stem == COUP for k in range(max(0, hit.at - 4), hit.at) for s in splits(a.scan.key(k))):
        return False  # «الانقلاب الذي أطاح بالرئيس»
    near = range(max(0, hit.at - 4), min(hit.at + 16, len(a.words)))
    return not draft.ids("agent") or any(a.scan.has(i, "ballot") for i in near)


COUP = fold("انقلاب")


def aimless(_a: Analysis, hit: Hit, draft: Draft) -> bool:
    """«استهدفها لاغتيالها», «متفجرات لنسف المقر»: what a blow is for, told of beside the blow, and by nobody."""
    purpose = hit.split.preposition == "ل" and not hit.split.article and draft.factuality == "planned"
    return purpose and draft.kind == "strike" and not draft.ids("agent")


def quarrel(a: Analysis, _hit: Hit, draft: Draft) -> bool:
    """«الهجوم على الكاتب», «شن النائب هجوما على الحكومة»: words of a person or against one are no strike."""
    if draft.lemma not in {"شن", "هجوم", "هاجم", "حملة"} or draft.ids("place"):
        return False
    return any(a.memory.get(ident).type == "Person" for ident in (*draft.ids("target"), *draft.ids("agent")))


def embargo(a: Analysis, hit: Hit, draft: Draft) -> bool:
    """«الحصار على كوبا»: the blockade of a whole state without ships or troops is a measure of trade."""
    if draft.kind != "blockade":
        return False
    hit_by_it = [a.memory.get(i) for i in (*draft.ids("target"), *draft.ids("place"))]
    whole = bool(hit_by_it) and all(known.type == "Country" for known in hit_by_it)
    near = range(max(0, hit.at - 4), min(hit.at + 8, len(a.words)))
    return whole and not any(a.scan.has(i, "naval") or a.scan.has(i, "troops") for i in near)


def deaths_reported(a: Analysis, hit: Hit, draft: Draft) -> bool:
    """«أعلن المرصد مقتل خمسة مسلحين», «أعلن الجيش مقتل خمسة من عناصره»: deaths that no force reports as its deed."""
    if draft.lemma != "مقتل":
        return False
    near = [a.words[i] for i in range(hit.at + 1, min(hit.at + 6, len(a.words)))]
    foes = any(a.scan.lexicon.noun(word, name) is not None for word in near for name in ("armed", "foe"))
    foes = foes and not any(word.key in OWN for word in near)
    doers, dead = ([a.memory.get(ident) for ident in draft.ids(role)] for role in ("agent", "target"))
    sides = {side for side in map(a.memory.side, doers) if side is not None}
    own = any(serves(known) and a.memory.side(known) in sides for known in dead)
    return own or not foes or not any(serves(known) for known in doers)


def wiped_out(a: Analysis, hit: Hit, draft: Draft) -> bool:
    """«عملية للقضاء على المسلحين», «تعهد بالقضاء على الإرهاب»: an end that is sought, and not reached."""
    if draft.lemma != "قضى" or hit.finite:
        return False
    return bool(hit.split.preposition) or nearest(a, hit, 6, "commit") is None or not draft.ids("agent")


def poisoned(a: Analysis, hit: Hit, draft: Draft) -> bool:
    """«تحقيق في استخدام أسلحة كيماوية»: arms of which no word says who used them."""
    if draft.lemma != "استخدم":
        return False
    if hit.finite:
        return bool(hit.sense.form.pronoun) or not any(a.scan.has(i, "poison") for i in range(hit.at + 1, hit.at + 8))
    if any(f.role == "agent" and f.start > a.words[hit.at].start for f in draft.fillers):
        return False
    states = [a.memory.get(ident).type == "Country" for ident in draft.ids("agent")]
    return draft.factuality not in {"alleged", "denied"} or not states or not all(states)


def arrested(a: Analysis, _hit: Hit, draft: Draft) -> bool:
    """«اعتقلت أنقرة عشرات الضباط», but «جنديين يونانيين»: soldiers of one's own, or of nobody, that are arrested."""
    if draft.lemma != "اعتقل":
        return False
    doers, held = ([a.memory.side(a.memory.get(ident)) for ident in draft.ids(role)] for role in ("agent", "target"))
    return not any(held) or not set(held).isdisjoint(doers)


OWN = keyset("أمني أمنيا أمنيين الأمن الشرطة شرطة شرطيا الدرك الجيش")  # «مقتل عنصر أمني»


def serves(known: Known) -> bool:
    """Whether somebody is a state or one of its services."""
    return known.type == "Country" or any(word.key.removeprefix("ال") in SERVICES for word in words(known.name)[:1])


SERVICES = keyset("جيش قوات وزارة أمن شرطة حرس")


CHECKS: tuple[tuple[str, Check], ...] = (
    ("shots that no force fires", gunfire),
    ("a person who goes somewhere", walks_in),
    ("neither who strikes nor who is struck is named", nobody_strikes),
    ("a war of which nothing is told", war_spoken_of),
    ("only thought of, and by nobody", unfounded),
    ("only thought of, and by anybody", of_some_kind),
    ("nobody's aggression", mere_aggression),
    ("no force brought it about", toppled_lawfully),
    ("a purpose that is nobody's", aimless),
    ("words of a person or against one", quarrel),
    ("a measure of trade", embargo),
    ("deaths that no force reports", deaths_reported),
    ("an arrest at home", arrested),
    ("an end only sought", wiped_out),
    ("arms that nobody is said to have used", poisoned),
)
"""What makes an act of force none, in words, and the check for it."""


def unfit(a: Analysis, hit: Hit, draft: Draft) -> str:
    """Why an act of force is none, in words; empty where it stands."""
    return next((why for why, check in CHECKS if check(a, hit, draft)), "")
