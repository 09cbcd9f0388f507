"""The words that open a statement."""

from collections.abc import Iterator, Mapping

from kg.reading.acts import expressed
from kg.reading.circumstances import circumstance, nominal
from kg.reading.clauses import COMPLEMENTS, Analysis, Hit
from kg.reading.complements import GOVERNED, has_complement
from kg.reading.extent import keys, may_be_noun
from kg.reading.forms import Form
from kg.reading.lexicon import Predicate, Sense
from kg.reading.light import light_hit
from kg.reading.lookalikes import describes, genitive_noun, leaves, listed_noun, misread, noun_in_content
from kg.reading.scan import OPEN, THAT
from kg.reading.stances import carried, on_what_precedes
from kg.reading.subjects_before import RELATIVES
from kg.reading.words import Split, fold, keyset


def openers(a: Analysis) -> list[Hit]:
    """The words that open a statement: one sense a word, saying before acting, none inside a quote."""
    found: dict[int, Hit] = {}
    for hit in a.hits:
        if hit.sense.predicate.type != "Statement" or hit.at in found:
            continue
        if hit.sense.form.first or a.quoted(hit.at) or goes_on_saying(a, hit, found):
            continue
        if opens(a, hit):
            found[hit.at] = hit
        elif hit.finite:
            a.refuse(hit.at, "statement", "nothing that is said follows")
    for hit in (*issued(a), *shown(a), *carried(a), *lashed(a)):
        found.setdefault(hit.at, hit)
    for hit in in_saying(a):
        if not any(hit.at - WORDED < at < hit.at for at in found):
            found[hit.at] = hit
    return [found[at] for at in sorted(found)]


SAYING_SO = Sense(Predicate("قال", "Statement", "assert", "clause", (), {}), Form("participle", "", "", ""))
BY_SAYING = keyset("بالقول بقوله بقولها بقولهم")
WORDED = 14  # words behind another opener in which «بالقول» only brings in what that one says


def in_saying(a: Analysis) -> Iterator[Hit]:
    """«توجهت يلين إلى العسكر بالقول إن», «اكتفى الوزير بالقول إن»: a deed that is done with words."""
    for i, word in a.keyed(BY_SAYING):
        if i + 1 < len(a.words) and not a.quoted(i):
            behind = a.words[i + 1]
            if behind.key in COMPLEMENTS or behind.text == ":" or (behind.text in OPEN and i + 2 not in a.starts):
                yield Hit(i, Split("", "ب", False, word.key[1:]), SAYING_SO)


def goes_on_saying(a: Analysis, hit: Hit, found: Mapping[int, Hit]) -> bool:
    """«وتابع السبسي يقول»: whether a verb only repeats that the verb of saying before it says something."""
    if hit.sense.predicate.lemma != "قال" or hit.sense.form.form != "imperfect" or hit.split.conjunction:
        return False
    theme = a.ends.get(hit.at)
    return (theme.start if theme is not None else hit.at) - 1 in found


ISSUED = Predicate("جاء", "Statement", "assert", "clause", (), {})


def issued(a: Analysis) -> Iterator[Hit]:
    """«جاء في بيان الكرملين أن», «وورد في رسالة لغوتيريش: "…"»: words that stand in what somebody issued."""
    for i, word in enumerate(a.words[:-2]) if a.scan.holds("standing") else ():
        stem = word.key.removeprefix("و")
        if (
            stem in a.classes["standing"]
            and a.words[i + 1].key == "في"
            and a.words[i + 2].key in a.classes["paper"]
            and not a.quoted(i)
        ):
            conjunction = "و" if stem != word.key else ""
            hit = Hit(i, Split(conjunction, "", False, stem), Sense(ISSUED, Form("perfect", "m", "s", "")))
            if has_complement(a, hit):
                yield hit


SHOWN = Predicate("بين", "Statement", "assert", "clause", (), {})
SHOWING = {"بين": "m", "بينت": "f", "وبين": "m", "وبينت": "f"}


def shown(a: Analysis) -> Iterator[Hit]:
    """«وبين الوزير أن», «وبينت أن»: the verb of showing; «بين أن تخضع وبين أن ترفض» has the preposition."""
    for i, word in a.keyed(SHOWING):
        if a.quoted(i):
            continue
        phrase = a.starts.get(i + 1)
        end = phrase.end if phrase is not None and not phrase.preposition else i + 1
        if a.scan.key(end) in THAT and not (end == i + 1 and a.scan.key(end + 1)[:1] in {"ي", "ت"}):
            form, stem = Form("perfect", SHOWING[word.key], "s", ""), word.key.removeprefix("و")
            yield Hit(i, Split(word.key.removesuffix(stem), "", False, stem), Sense(SHOWN, form))


LASHED = Predicate("انتقد", "Statement", "condemn", "target", (), {})
ATTACKS = keyset("هجوما هجمة حملة هجوم هجمات")
LASHING = keyset("لاذعا لاذعة حادا حادة كلاميا كلامية لفظيا لفظية")


def lashed(a: Analysis) -> Iterator[Hit]:
    """«شن أردوغان هجوما لاذعا على ماكرون»: an attack with words."""
    for hit in a.hits:
        if hit.finite and hit.sense.predicate.lemma == "شن" and not a.quoted(hit.at):
            near = range(hit.at + 1, min(hit.at + GOVERNED, len(a.words) - 1))
            if any(a.words[i].key in ATTACKS and a.words[i + 1].key in LASHING for i in near):
                yield Hit(hit.at, hit.split, Sense(LASHED, hit.sense.form))
    for i, _ in a.keyed(GALL):
        verb = a.covered[i - 1].start - 1 if i - 1 in a.covered else i - 1
        if verb >= 0 and a.words[verb].key in POURING and not a.quoted(verb):
            found = light_hit(a, verb)  # «صبت بكين جام غضبها على واشنطن»
            yield Hit(verb, found.split, Sense(LASHED, found.sense.form))


GALL = frozenset({"جام"})
POURING = keyset("صب صبت يصب تصب صبوا وصب وصبت ويصب وتصب")


def opens(a: Analysis, hit: Hit) -> bool:
    """Whether a form of a saying predicate can open a statement where it stands."""
    form = hit.sense.form.form
    if form == "masdar":
        return nominal(a, hit)
    if form == "participle":
        express = hit.sense.predicate.frame == "express"
        said = not express or a.scan.key(hit.at + 1) == "عن" or expressed(a, hit) is not None
        return said and circumstance(a, hit)  # «متوجها إلى أنقرة» says nothing
    if no_verb(a, hit) or denied(a, hit) or sourcing(a, hit) or convicts(a, hit) or leaves(a, hit):
        return False
    if on_what_precedes(a, hit):
        return hit.sense.predicate.frame != "express"
    if describes(a, hit) or misread(a, hit) or (hit.sense.predicate.lemma in DEEDS and not spoken(a, hit)):
        return False
    return not behind_noun_only(a, hit) and takes(a, hit)


def convicts(a: Analysis, hit: Hit) -> bool:
    """«أدانت المحكمة الرجل بتهمة التجسس»: what a court finds."""
    near = range(hit.at + 1, min(hit.at + GOVERNED, len(a.words)))
    return hit.sense.predicate.lemma == "أدان" and any(a.words[i].key in CHARGES for i in near)


CHARGES = keyset("بتهمة بتهم بالسجن بجريمة بجرم بالقتل بالإعدام")


def no_verb(a: Analysis, hit: Hit) -> bool:
    """Whether a finite form is a noun or an adverb here, or passive: «ردا على», «إدانتها», «ورفض البلدين»."""
    word = a.words[hit.at]
    return (
        word.key in {"نقلا", "وفقا", "ردا", "وردا", "تعليقا"}
        or (word.text.lstrip("وف")[:1] == "إ" and hit.sense.predicate.lemma[0] != "ا")  # but «إحتجت» is misspelt
        or word.passive
        or misspelt(a, hit)
        or accusative(a, hit)
        or impersonal(a, hit)
        or wished(a, hit)
        or a.scan.key(hit.at - 1) in {"اذا", "واذا"}
        or (a.scan.key(hit.at - 1) == "او" and may_be_noun(a, hit.at))
        or noun_in_content(a, hit)
        or genitive_noun(a, hit)
        or listed_noun(a, hit)
    )


def misspelt(a: Analysis, hit: Hit) -> bool:
    """«وهنا», «ويدعى»: the adverb that looks like «وهنأ», and the passive that looks like «ويدعي»."""
    text, lemma, following = a.words[hit.at].text, hit.sense.predicate.lemma, a.scan.key(hit.at + 1)
    if lemma == "هنأ":
        return not hit.sense.form.pronoun and text.endswith("نا")
    return (
        lemma in {"ادعى", "دعا"}
        and hit.sense.form.form == "imperfect"
        and text.endswith("ى")
        and following not in COMPLEMENTS
    )


def accusative(a: Analysis, hit: Hit) -> bool:
    """«رفضا لتهويد القدس», «أبرزها»: the accusative of an action noun, which looks like a dual, and a superlative."""
    form = hit.sense.form
    if hit.sense.predicate.lemma == "أبرز":
        return bool(form.pronoun)
    if hit.at and a.words[hit.at - 1].is_number:
        return True  # «اختطف مسلحون 215 طالبا»
    return form.number == "d" and form.form == "perfect" and not hit.split.conjunction and may_be_noun(a, hit.at)


def impersonal(a: Analysis, hit: Hit) -> bool:
    """«الجيش الذي اتهم بمساعدته», «يتوقع أن», «ستكشفه الأيام»: a passive, which names nobody, and time."""
    relative, following = hit.at > 0 and a.words[hit.at - 1].key in RELATIVES, a.scan.key(hit.at + 1)
    if hit.sense.predicate.lemma == "اتهم":
        return relative and following[:1] == "ب" and hit.at + 1 not in a.starts
    if hit.sense.predicate.lemma in {"توقع", "رجح"} and hit.sense.form.form == "imperfect" and hit.at not in a.ends:
        return following in COMPLEMENTS and not hit.sense.form.pronoun and hit.sense.form.gender == "m"
    return hit.sense.form.form == "imperfect" and following in a.classes["days"]


def wished(a: Analysis, hit: Hit) -> bool:
    """«لا ينبغي لأحد أن يقلل من», «صلاحية أن تقرر»: an imperfect right behind «أن» tells of what may be."""
    if hit.sense.form.form != "imperfect" or hit.at == 0 or a.words[hit.at - 1].text not in {"أن", "بأن", "وأن"}:
        return False
    return a.scan.key(hit.at - 2) not in {"قبل", "بعد", "الي", "منذ"}


def denied(a: Analysis, hit: Hit) -> bool:
    """«لم يعلن», «ولا أستبعد»: what nobody says, or the narrator; but «لم يستبعد» takes a stance."""
    before = a.words[hit.at - 1].key if hit.at else ""
    if before in {"لا", "ولا"} and hit.sense.form.form == "perfect":
        return True
    return before in {"لم", "ولم", "لن", "ولن"} and hit.sense.predicate.lemma != "استبعد"


def behind_noun_only(a: Analysis, hit: Hit) -> bool:
    """Whether a form stands where only nouns do, or in a free relative: «بعد إعلان», «ما قال»."""
    before = a.words[hit.at - 1].key if hit.at else ""
    return not hit.split.conjunction and before in a.classes["noun_only"] | {"ما", "بما", "مما", "لما"}


def takes(a: Analysis, hit: Hit) -> bool:
    """Whether what a finite verb of this frame needs follows it."""
    form, lemma, frame = hit.sense.form, hit.sense.predicate.lemma, hit.sense.predicate.frame
    if lemma == "أمل" and form.form == "perfect":
        return not form.pronoun and hit.at + 1 in a.starts
    if frame == "clause":
        return has_complement(a, hit)
    if frame == "express":
        return a.scan.key(hit.at + 1) == "عن" or expressed(a, hit) is not None
    if lemma == "دعا" and a.scan.key(hit.at + 1) in a.classes["feeling"]:
        return False
    if lemma in {"حمل", "أخذ"}:
        return bool(a.classes["responsibility"] & {k.removeprefix("ال") for k in keys(a, hit.at, hit.at + 9)})
    if lemma == "التزم" and form.pronoun:
        return False  # «هدنة يلتزمها الطرفان»
    if lemma == "هدد" and form.form == "imperfect":
        return any(w.key[:1] == "ب" for w in a.words[hit.at + 1 : hit.at + GOVERNED])
    return lemma not in BOUND or near_bound(a, hit)


BLAME = frozenset({"باللوم", "اللوم", "باللايمه", "اللايمه", "بالمسووليه", "المسووليه", "مسووليه"})
BOUND = {"ألقى": BLAME, "أنحى": BLAME, "قلل": {"من"}, "تحفظ": {"علي"}, "تبرأ": {"من"}, "اشتكى": {"من"}, "شكا": {"من"}}
"""Verbs that only take a stance with a certain word near: «ألقى باللوم على», «قلل من أهمية»."""


def near_bound(a: Analysis, hit: Hit) -> bool:
    """Whether the word with which alone a verb takes a stance stands near behind it."""
    return bool(BOUND[hit.sense.predicate.lemma] & set(keys(a, hit.at + 1, hit.at + GOVERNED)))


def sourcing(a: Analysis, hit: Hit) -> bool:
    """«وفق ما أوضحت رويترز», «في تصريحات أوردتها تاس»: the verb names the medium of what stands before it."""
    if hit.sense.form.pronoun and a.scan.key(hit.at - 1) in UTTERED:
        return True
    return hit.at > 1 and (
        a.words[hit.at - 1].key in {"حسبما", "وفقما", "بحسبما", "مثلما"}
        or (
            a.words[hit.at - 1].key in {"ما", "لما"}
            and a.words[hit.at - 2].key in {"وفق", "بحسب", "حسب", "وحسب", "علي", "وفقا", "ووفقا", "ووفق", "وبحسب"}
        )
    )


UTTERED = keyset("تصريحات تصريح بيان مقابلة كلمة رسالة خطاب حديث مقال مقطع تغريدة")
TABLE = fold("الطاولة")
DEEDS = {"اعترض", "هاجم", "عرض", "طرح"}


def spoken(a: Analysis, hit: Hit) -> bool:
    """Whether a verb that may be a deed is a word: no force, ship or weapon near, «اعترض» only with «على»."""
    near = range(hit.at + 1, min(hit.at + 9, len(a.words)))
    if hit.sense.predicate.lemma == "طرح" and any(a.scan.key(i) == TABLE for i in near):
        return False  # «ستطرح كل الخيارات على الطاولة»
    if hit.sense.predicate.lemma == "هاجم" and not hit.sense.form.pronoun and not any(i in a.starts for i in near):
        return False  # «أن روسيا ستهاجم»
    deed = any(a.scan.has(i, name) for name in ("war", "ship", "missile", "aircraft") for i in near)
    return not deed and (hit.sense.predicate.lemma != "اعترض" or "علي" in keys(a, hit.at, hit.at + 6))
