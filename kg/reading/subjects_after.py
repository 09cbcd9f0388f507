"""Who stands behind a finite verb as its subject."""

from itertools import islice

from kg.reading.clauses import COMPLEMENTS, NOBODY, VAGUE, Analysis, Argument, Hit
from kg.reading.fields import (
    addressed,
    ends_arguments,
    handled,
    is_content_noun,
    is_object_noun,
    prepositional_end,
    skip_insert,
)
from kg.reading.known import Known, agrees, name_keys
from kg.reading.papers import paper_subject
from kg.reading.phrases import distributed
from kg.reading.scan import OPEN, Phrase, noun_gender
from kg.reading.subjects_before import may_drop, subject_before

RECENT = 8  # persons back to whom a description may go
LONG = 22  # words in which a speaker's description and name stand
REACH = 14  # words after a verb in which its subject may stand


def subject_after(a: Analysis, hit: Hit) -> Argument:
    """A subject behind its verb."""
    if tells_number(a, hit):
        return NOBODY
    i, stop = hit.at + 1, min(hit.at + REACH, len(a.words))
    while i < stop:
        phrase = a.starts.get(i)
        if a.words[i].key == OWN_PREPOSITION.get(hit.sense.predicate.lemma) or promised(a, hit, i):
            behind = behind_matter(a, i)
            return subject_phrase(a, hit, behind) if behind is not None and i == hit.at + 1 else NOBODY
        if phrase is not None and phrase.preposition:
            i = phrase.end
        elif phrase is not None:
            return subject_phrase(a, hit, phrase)
        elif (issuer := paper_subject(a, hit, i)) is not None:
            return issuer
        elif (known := described_before(a, hit, i)) is not None:
            return Argument((), (known,), "dropped")
        elif (skipped := skip_insert(a, i)) > i:
            i = skipped
        elif hit.sense.predicate.kind == "visit" and a.words[i].key == "الي":
            i = prepositional_end(a, i)  # «وصل إلى عدن نائب الرئيس»
        elif a.words[i].key in a.classes["counting"] and i + 1 in a.starts and not counts_object(a, hit, i + 1):
            i += 1  # «قصفت ثلاث طائرات روسية»
        elif suffering_place(a, hit, i) or listed_arms(a, hit, i):
            i += 1
        elif (late := named_at_last(a, hit, i)) is not None:
            return late
        elif nobody_named(a, hit, i):
            return VAGUE
        elif a.words[i].text in {"،", ","} and (i > hit.at + 1 or hit.split.conjunction):
            return NOBODY  # «وأضافت في مؤتمر صحفي، أن»: a comma behind an insert names nobody
        elif (
            undergoes(a, hit, i)
            or ends_arguments(a, i)
            or is_content_noun(a, i)
            or is_object_noun(a, hit, i)
            or addressed(a, hit, i)
        ):
            return NOBODY
        else:
            return VAGUE
    return NOBODY


def counts_object(a: Analysis, hit: Hit, i: int) -> bool:
    """«نشرت واشنطن ألف جندي», but «ينتشر ألف جندي أمريكي»: whether what is counted is the object of a verb."""
    flown = hit.sense.predicate.kind == "strike" and a.scan.has(i, "striker")
    return "obj" in hit.sense.predicate.roles and not flown and is_object_noun(a, hit, i)


def behind_matter(a: Analysis, i: int) -> Phrase | None:
    """«دعت إلى الاحتجاج منصة المجتمع المدني»: who stands free behind a preposition at word i and one definite noun."""
    if i + 2 >= len(a.words) or i + 1 in a.covered or not a.words[i + 1].key.startswith("ال"):
        return None
    phrase = a.starts.get(i + 2 + (a.words[i + 2].text in OPEN))
    if phrase is None or phrase.preposition or phrase.conjunction:
        return None
    return phrase if phrase.kind in {"org", "person", "office"} else None


def named_at_last(a: Analysis, hit: Hit, i: int) -> Argument | None:
    """«ويرى الأستاذ في مؤسسة بحثية وعضو المنتدى سامي كليب أن»: a name behind a long description, before «أن»."""
    if i != hit.at + 1 or hit.sense.predicate.frame != "clause" or not a.words[i].key.startswith("ال"):
        return None
    end = next((k for k in range(i, min(i + LONG, len(a.words))) if a.words[k].key in COMPLEMENTS), None)
    if end is None:
        return None
    comma = a.words[end - 1].text in {"،", ","}
    phrase = a.ends.get(end - comma)
    if phrase is None or phrase.kind != "person" or phrase.preposition:
        return None
    between = range(i, phrase.start - comma)
    if not a.finite.isdisjoint(between) or any(a.words[k].text in {"،", ","} for k in between):
        return None
    second = phrase.conjunction and phrase.title  # «وعضو المنتدى سامي كليب»
    apart = not phrase.conjunction and a.words[phrase.start - 1].key.startswith("ال")
    inset = comma and a.words[phrase.start - 1].text in {"،", ","}  # «القنصل العام بالمغرب، لورانس راندولف، إن»
    return a.argument((phrase,), "after") if second or apart or inset else None


def suffering_place(a: Analysis, hit: Hit, i: int) -> bool:
    """«تعرضت مدينة أوديسا لهجوم»: whether the noun of a place stands before its name, behind a verb of no role."""
    named = a.starts.get(i + 1)
    return not hit.sense.predicate.roles and named is not None and named.kind == "name" and a.scan.has(i, "place_head")


def listed_arms(a: Analysis, hit: Hit, i: int) -> bool:
    """«دكت مقاتلات ومدفعية التحالف المواقع»: whether word i is one of the arms by which a force hits."""
    listed = any(a.scan.key(k)[:1] == "و" for k in (i, i + 1))
    return hit.sense.predicate.kind == "strike" and listed and a.scan.has(i, "striker")


def described_before(a: Analysis, hit: Hit, i: int) -> Known | None:
    """«وأكدت البرلمانية السابقة», «وتابع السياسي ذاته»: the person whom the article has introduced so, or spoken of."""
    key = a.words[i].key
    if i != hit.at + 1 or hit.sense.predicate.type != "Statement" or not key.startswith("ال") or i in a.timed:
        return None
    if a.scan.key(i + 1) in a.classes["selfsame"]:
        return next((known for known in islice(a.memory.last_subjects(), RECENT) if known.type == "Person"), None)
    near = islice(a.memory.newest("Person"), RECENT)
    introduced = (k for k in near if {key, key[2:]} & {*k.title.split()[:1], *k.described.split()[:1]})
    return next((known for known in introduced if agrees(known.agreeing, hit.sense.form.gender)), None)


OWN_PREPOSITION = {
    **dict.fromkeys(("شدد", "رد", "علق"), "علي"),
    **dict.fromkeys(("أشار", "لفت", "ألمح", "دعا"), "الي"),
    **dict.fromkeys(("تحدث", "كشف", "أعرب", "عبر", "دافع"), "عن"),
    **dict.fromkeys(("حذر", "قلل", "سخر"), "من"),
}
"""Verbs of saying to the preposition of what they say, behind which no subject stands: «وشدد على محاسبة الجندي»."""


def promised(a: Analysis, hit: Hit, i: int) -> bool:
    """«ووعد بحل سلمي»: whether what is promised stands right behind a verb of promising."""
    if i != hit.at + 1 or hit.sense.predicate.kind not in {"promise", "threaten"}:
        return False
    named = i in a.starts and not a.starts[i].preposition  # «ووعد بوتين»
    return a.words[i].key[:1] == "ب" and not named


def tells_number(a: Analysis, hit: Hit) -> bool:
    """«طالبوا الوزير», «أكدا دعم بغداد»: who stands behind a plural or a dual is none of those who do it."""
    if hit.sense.form.number not in {"d", "p"} or not hit.finite:
        return False
    phrase = a.starts.get(hit.at + 1)
    return phrase is not None and not phrase.preposition and phrase.kind != "pair"


def undergoes(a: Analysis, hit: Hit, i: int) -> bool:
    """«وانتقد السياسة الأميركية», «ووصف دور قطر»: a noun that does not agree with a stance, or only undergoes any."""
    if hit.sense.predicate.frame not in {"target", "object"} or not may_drop(a, hit) or not a.words[i].is_word:
        return False
    key, form = a.words[i].key, hit.sense.form
    return (
        key.endswith("ين")
        or (form.gender == "m" and form.number == "s" and key.endswith(("ه", "ات")))
        or key in a.classes["stance_object"]
    )


def nobody_named(a: Analysis, hit: Hit, i: int) -> bool:
    """«قال بعض النواب», «استنكرت عدة أحزاب», «وقال الكاتب»: whether word i is a subject that names nobody."""
    key = a.words[i].key
    nationals = i == hit.at + 1 and key.endswith("ون") and a.scan.nation(i) is not None and i not in a.covered
    return (
        nationals  # «اتهم يمنيون»
        or key in a.classes["unnamed_subject"]
        or (hit.sense.predicate.type == "Statement" and key in a.classes["unnamed_speaker"])
        or a.scan.has(i, "vague")
        or speaks_itself(a, hit, i)
    )


TAKES_NOUN = frozenset({"أعلن", "كشف", "أكد", "جدد", "قرر", "رجح", "توقع", "استبعد", "أقر", "برر", "كرر", "شدد"})


def speaks_itself(a: Analysis, hit: Hit, i: int) -> bool:
    """«وأشار التقرير إلى», «وقال الكاتب»: an unknown definite noun right behind a verb of saying is who says it."""
    predicate = hit.sense.predicate
    return (
        i == hit.at + 1
        and predicate.frame == "clause"
        and predicate.lemma not in TAKES_NOUN
        and a.words[i].key.startswith("ال")
        and not a.scan.is_particle(i)
    )


def subject_phrase(a: Analysis, hit: Hit, phrase: Phrase) -> Argument:
    """A free phrase behind a verb as its subject, if their genders agree."""
    if (phrase.kind == "pair" and phrase.head == "obl" and not hit.split.preposition) or handled(a, hit, phrase):
        return NOBODY
    known = a.refer(phrase)
    gender = a.memory.acting(known[0]).agreeing if known else phrase.gender
    if known and known[0].type == "Place":
        gender = place_gender(a, phrase)
    if phrase.kind in {"org", "nation", "office", "source", "again"}:
        gender = phrase.gender
    elif known and known[0].type == "Organization" and not known[0].gender:
        gender = organisation_gender(a, phrase, known[0]) if not a.scan.has(phrase.start, "fighter") else ""
    if phrase.surface.endswith("ون") and phrase.kind == "name":
        gender = "m"
    if a.scan.key(phrase.start) == "وفد":
        gender = "m"  # «يزور وفد من الشركة»
    if a.scan.has(phrase.start - 1, "striker"):
        gender = ""  # «دكت مقاتلات ومدفعية التحالف المواقع»
    each = a.scan.key(phrase.start - 1) == "من" and distributed(a.scan, phrase.start - 2) is not None
    if not agrees(gender, hit.sense.form.gender) and phrase.kind != "pair" and not each:
        return VAGUE if says_itself(a, hit, phrase) else NOBODY
    return a.argument(a.group(phrase), "after")


WITH_OBJECT = frozenset({"نقل", "طمأن", "ذكّر", "رأى", "توقع", "روى"})  # verbs of saying whose object may be somebody


def says_itself(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """«وأعلن مطار بغداد أن»: what stands right behind a verb of saying says it, though its gender is unclear."""
    predicate = hit.sense.predicate
    return (
        predicate.type == "Statement"
        and predicate.frame == "clause"
        and predicate.lemma not in WITH_OBJECT
        and phrase.start == hit.at + 1
        and not subject_before(a, hit).fillers
    )


def place_gender(a: Analysis, phrase: Phrase) -> str:
    """The gender of a place: its noun's (مطار بغداد), else feminine as cities are, also where their country is not."""
    head = a.words[phrase.start].key.removeprefix("و")
    return "m" if head in a.classes["place_head"] and not head.endswith("ه") else "f"


def organisation_gender(a: Analysis, phrase: Phrase, known: Known) -> str:
    """The gender of an organisation by its first noun here, else by the adjective at its end (الأمم المتحدة)."""
    keys = name_keys(known.name)
    feminine = len(keys) > 1 and keys[-1].startswith("ال") and keys[-1].endswith("ه")
    return noun_gender(a.scan, name_keys(phrase.surface)[0].removeprefix("ال")) or ("f" if feminine else "")
