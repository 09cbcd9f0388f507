"""Whom a measure hits."""

from collections.abc import Callable, Iterator

from kg.reading.clauses import Analysis, Hit
from kg.reading.draft import Draft
from kg.reading.extent import key_in, nearest
from kg.reading.factuality import AFTER
from kg.reading.known import Known
from kg.reading.measures import LISTS, MEASURE_OBJECTS, measure
from kg.reading.pronouns import PRONOMINAL, meant, possessed
from kg.reading.scan import Phrase
from kg.reading.victims import suffering
from kg.reading.words import fold, keyset

AGAINST = frozenset({"علي", "ضد", "عن", "بحق", "ل", "امام"})
LISTED_AS = LISTS | keyset("سجل منظمة كمنظمة")
AFTERWARDS = AFTER | keyset("بعد")  # «أوقفت برلين تصدير السلاح إلى الرياض بعد مقتل خاشقجي»
LOCATING = keyset("في لدى داخل")  # «تجميد أصولهم في مناطق خاضعة لسلطة واشنطن»
LAND = fold("أراضي")
Found = Iterator[tuple[Known, Phrase | None, tuple[int, int]]]


def sanction_targets(a: Analysis, hit: Hit, end: int, frame: Draft | None, draft: Draft) -> None:
    """Whom the measure hits: those its words name, else whom the first further rule finds."""
    limit = reach(a, hit, end)
    for known, phrase, word in named(a, hit, limit):
        hit_by(a, draft, known, phrase, word)
    for rule in RULES:
        if draft.ids("target"):
            return
        for known, phrase, word in rule(a, hit, limit, frame, draft):
            hit_by(a, draft, known, phrase, word)


def reach(a: Analysis, hit: Hit, end: int) -> int:
    """Index behind the words that may name whom a measure hits: up to a reason, an occasion or the name of a list."""
    limit = max(end, min(hit.at + 12, len(a.words)))
    return next(
        (
            i
            for i in range(hit.at + 1, limit)
            if a.words[i].key in a.classes["turn"] | AFTERWARDS
            or i in a.circumstances  # «فرضت عليها حظرا متهمة إياها بدعم جماعات»
            or (listing(a, hit) and a.words[i].key.removeprefix("ل") in LISTED_AS)
            or destination(a, hit, i)
        ),
        limit,
    )


def destination(a: Analysis, hit: Hit, i: int) -> bool:
    """«منعت نائبا من دخول البلاد», «حظرت دخول الروس إلى أراضيها»: whether what one is kept or freed from begins."""
    entered = MEASURE_OBJECTS["entry"]
    if a.words[i].key == "الي":
        return any(w.key in entered for w in a.words[hit.at + 1 : i])
    freed = any(kind == "sanction" for kind, _ in measure(a.words[i].key))
    return a.words[i - 1].key == "من" and (freed or a.words[i].key in entered)


def listing(a: Analysis, hit: Hit) -> bool:
    """Whether a measure puts somebody on a list or takes him off, so that the list's name hits nobody."""
    return hit.finite or hit.split.stem in a.classes["measure_noun"]


def hit_by(a: Analysis, draft: Draft, known: Known, phrase: Phrase | None, word: tuple[int, int]) -> None:
    """Fill a target that is no place and does not impose the measure itself."""
    acting = a.memory.acting(known)
    if acting.type != "Place" and acting.id not in draft.ids("imposer"):
        draft.fill("target", acting, phrase, word)


def named(a: Analysis, hit: Hit, limit: int) -> Found:
    """Who stands behind على, ضد, عن, the object of a freeze or listing, whom a relative clause names."""
    word = a.words[hit.at].span
    freeze = "جمد" in a.words[hit.at].key or "تجميد" in a.words[hit.at].key
    for phrase in a.phrases:
        if not hit.at < phrase.start < limit or a.words[phrase.end - 1].key in MEASURE_OBJECTS["listing"]:
            continue  # «صنفت حركة حماس منظمة إرهابية»
        if phrase.head == LAND:
            continue  # «تجميد أصولهم على الأراضي الصينية»
        aimed = any(a.words[k].key in a.classes["aiming"] for k in range(hit.at + 1, phrase.start))
        acted = hit.split.stem in a.classes["measure_noun"] or (phrase.start == hit.at + 1 and phrase.kind == "nation")
        freezes = freeze and not any(a.words[k].key in LOCATING for k in range(hit.at + 1, phrase.start))
        direct = not phrase.preposition and (hit.finite or acted or freezes or aimed or of_goods(a, phrase))
        traded = phrase.preposition in {"الي", "من", "مع"} and trading(a, hit, phrase)
        if direct or phrase.preposition in AGAINST or traded or (hit.finite and phrase.preposition in {"الي", "من"}):
            yield from ((known, phrase, word) for known in a.refer(phrase))


def trading(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """«حظرا على توريد الأسلحة إلى السودان»: whether a measure bars the trade with whom a phrase names."""
    return any(a.words[k].key in MEASURE_OBJECTS["ban"] for k in range(hit.at + 1, phrase.start))


def of_goods(a: Analysis, phrase: Phrase) -> bool:
    """«على واردات كندا»: whose goods a measure hits."""
    return a.words[phrase.start - 1].key in a.classes["goods"] and a.words[phrase.start - 2].key in {"علي", "عن"}


def suffered(a: Analysis, hit: Hit, _limit: int, _frame: Draft | None, _draft: Draft) -> Found:
    """«تخضع إيران لعقوبات», «تواجه نيكاراغوا عقوبات»: the subject of a verb of suffering."""
    near = nearest(a, hit, 4, "suffering") is not None
    victim = suffering(a, hit.at) if near or hit.split.preposition == "ل" else None
    for known, phrase in victim.pairs() if victim else ():
        yield known, phrase, a.words[hit.at].span


def struck_before(a: Analysis, hit: Hit, limit: int, _frame: Draft | None, draft: Draft) -> Found:
    """«شملت العقوبات الأوروبية وزير الدفاع»: the object of a verb of aiming before its subject, the measure."""
    if hit.at and draft.ids("imposer") and key_in(a, hit.at - 1, "aiming"):
        phrase = next((p for p in a.phrases if hit.at < p.start < limit and not p.preposition), None)
        for known in a.refer(phrase) if phrase is not None else ():
            yield known, phrase, a.words[hit.at].span


def taken_up(a: Analysis, hit: Hit, limit: int, _frame: Draft | None, draft: Draft) -> Found:
    """«أدرجتها», «عليها», «على قطاعيها»: the actor that a pronoun of the verb or behind a preposition takes up."""
    for i in range(hit.at, limit):
        gender = pronoun(a, i) if i > hit.at else possessed(a.words[i].key) if hit.finite else None
        known = meant(a, i, gender, draft.ids("imposer")) if gender is not None else None
        if known is not None:
            yield known, None, a.words[i].span
            return


def pronoun(a: Analysis, i: int) -> str | None:
    """The gender of the pronoun of «عليها» or of a noun right behind على or عن; None where there is none."""
    preposition, gender = PRONOMINAL.get(a.words[i].key, ("", ""))
    if preposition in {"علي", "ضد", "عن", "بحق"}:
        return gender
    noun = a.words[i - 1].key in {"علي", "عن"} and i not in a.covered and a.words[i].text[-1:] != "ة"
    return possessed(a.words[i].key) if noun else None


def adjective(a: Analysis, hit: Hit, limit: int, _frame: Draft | None, _draft: Draft) -> Found:
    """«على شركات صينية»: the state of the first adjective behind the measure's own."""
    for i in range(hit.at + 1, limit):
        nation = a.scan.nation(i) if i not in a.covered else None
        if nation and i > hit.at + 2:
            yield a.mention(nation, i), None, a.words[i].span
            return


def residents(a: Analysis, hit: Hit, limit: int, _frame: Draft | None, _draft: Draft) -> Found:
    """«على أربعة مسؤولين في نيكاراغوا»: the state where those live whom nothing names."""
    for phrase in a.phrases:
        inside = hit.at < phrase.start < limit and phrase.preposition in {"في", "من"}
        between = range(hit.at + 1, phrase.start)
        if inside and any(a.scan.has(k, "affected") for k in between):
            yield from ((known, phrase, a.words[hit.at].span) for known in a.refer(phrase))
            return


def among(a: Analysis, hit: Hit, limit: int, _frame: Draft | None, _draft: Draft) -> Found:
    """«على نحو أربعين شخصا بينهم لوكاشنكو»: who is named of many whom nothing else names."""
    for phrase in a.phrases:
        if hit.at < phrase.start < limit + AMONG and a.scan.has(phrase.start - 1, "amidst") and not phrase.preposition:
            yield from ((known, phrase, a.words[hit.at].span) for known in a.refer(phrase))
            return


AMONG = 8  # words behind the reach of a measure in which one of many hit is named


def listed_among(a: Analysis, hit: Hit, _limit: int, _frame: Draft | None, _draft: Draft) -> Found:
    """«أضافت 90 اسما إلى قائمة العقوبات المفروضة على روسيا»: against whom the list is that somebody is put on."""
    near = (p for p in a.phrases if hit.at < p.start < hit.at + LISTED and p.preposition == "علي")
    against = next((p for p in near if a.scan.key(p.start - 2).startswith("المفروض")), None)
    if against is not None and listing(a, hit):
        yield from ((known, against, a.words[hit.at].span) for known in a.refer(against))


LISTED = 20  # words behind a measure in which the list is described


def threatened(a: Analysis, hit: Hit, _limit: int, frame: Draft | None, _draft: Draft) -> Found:
    """«هددت واشنطن إيران بعقوبات»: whom somebody threatens with a measure."""
    for role in ("addressee", "about") if frame is not None and frame.kind == "threaten" else ():
        for ident in frame.ids(role) if frame is not None else ():
            yield a.memory.get(ident), None, a.words[hit.at].span


Rule = Callable[[Analysis, Hit, int, Draft | None, Draft], Found]
RULES: tuple[Rule, ...] = (suffered, struck_before, taken_up, among, adjective, residents, listed_among, threatened)
"""Whom a measure hits where its own words name nobody: each rule is asked only if those before it found none."""
