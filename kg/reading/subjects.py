"""Who does a finite verb."""

from itertools import islice

from kg.reading.clauses import COMPLEMENTS, NOBODY, VAGUE, Analysis, Argument, Hit
from kg.reading.fields import (
    addressed,
    ends_arguments,
    handled,
    is_content_noun,
    is_object_noun,
    skip_back,
    skip_insert,
)
from kg.reading.known import Known, agrees, name_keys
from kg.reading.papers import paper_subject
from kg.reading.scan import Phrase, noun_gender
from kg.reading.words import keyset

REACH = 14  # words after a verb in which its subject may stand


def subject(a: Analysis, hit: Hit) -> Argument:
    """Who does a finite verb: the first free nominal after it, else before it, else the last subject."""
    if (first := subject_first(a, hit)) is not None:
        return first
    if hit.at and a.words[hit.at - 1].key in a.classes["pronoun_subject"]:
        known = going_on(a, hit)
        return Argument((), (known,), "dropped") if known is not None else NOBODY
    if relative_clause(a, hit) and not subject_follows(a, hit):
        if (
            hit.sense.predicate.frame == "clause"
            and hit.at + 1 < len(a.words)
            and a.words[hit.at + 1].key in COMPLEMENTS
        ):
            known = going_on(a, hit)
            return Argument((), (known,), "dropped") if known is not None else NOBODY
        if resumed(a, hit):
            known = going_on(a, hit)
            return Argument((), (known,), "dropped") if known is not None else NOBODY
        return subject_before(a, hit)
    before = subject_before(a, hit)
    transitive = "obj" in hit.sense.predicate.roles or hit.sense.predicate.frame in {"object", "target"}
    if before.fillers and (
        hit.at + 1 not in a.starts or (transitive and opens_clause(a, before.phrases[0])) or addresses(a, hit)
    ):
        return before
    after = met(a, hit, subject_after(a, hit))
    if after.fillers or after.how == "vague":
        return after
    if before.fillers or before.how == "vague":
        return before
    if not may_drop(a, hit):
        return VAGUE
    if hit.sense.form.number == "d" and len(a.memory.pair) == 2:
        return Argument((), tuple(a.memory.get(i) for i in a.memory.pair), "dropped")
    known = here_before(a, hit) or going_on(a, hit)
    return Argument((), a.memory.together(known), "dropped") if known is not None else NOBODY


def going_on(a: Analysis, hit: Hit) -> Known | None:
    """Whom a verb without a subject goes on with: the last subject that agrees with it."""
    return a.memory.dropped(hit.sense.form.gender, a.words[hit.at].start, hit.sense.form.number)


def here_before(a: Analysis, hit: Hit) -> Known | None:
    """The first person of the sentence before a verb, where it has no subject yet: «زيارة لبوتين … حيث عقد»."""
    if hit.at < 5 or not hit.sense.form.gender or (a.memory.silenced and hit.sense.predicate.type == "Statement"):
        return None
    start = a.words[0].start
    if any(known.named_since(start) for known in islice(a.memory.last_subjects(), 1)):
        return None
    named = [p for p in a.phrases if p.end <= hit.at and p.kind in {"person", "office"}]
    persons = [k for p in sorted(named, key=lambda p: bool(p.preposition)) for k in a.refer(p) if k.named]
    return next((k for k in persons if agrees(k.agreeing, hit.sense.form.gender)), None)


def met(a: Analysis, hit: Hit, found: Argument) -> Argument:
    """«التقى خلالها الرئيس X»: the only one behind a verb of meeting is met, if a subject stands before."""
    if hit.sense.predicate.type != "Meeting" or found.how != "after" or "obj" not in hit.sense.predicate.roles:
        return found
    last = found.phrases[-1]
    reach = next((i for i in range(last.end, len(a.words)) if a.words[i].text in {"،", ".", "؛"}), len(a.words))
    others = [
        p
        for p in a.phrases
        if last.end <= p.start < reach + 2
        and p.kind not in {"own", "pair"}
        and (not p.preposition or p.preposition in {"مع", "ب"})
    ]
    known = going_on(a, hit)
    here = known is not None and known.named_since(a.words[0].start, a.words[hit.at].start)
    if others or known is None or not here or known in found.fillers or known.type != "Person":
        return found
    return Argument((), (known,), "dropped")


RELATIVES = keyset("الذي التي الذين اللذان اللتان اللذين والتي والذي")


def relative_clause(a: Analysis, hit: Hit) -> bool:
    """Whether a relative pronoun stands right before a verb."""
    return hit.at > 0 and a.words[hit.at - 1].key in RELATIVES


RESUMING = {"الذي": "ه", "التي": "ها", "الذين": "هم"}


def resumed(a: Analysis, hit: Hit) -> bool:
    """«الوزير الذي وصفه بالعجوز»: whether a verb's pronoun is the noun before «الذي», who then does nothing."""
    pronoun = hit.sense.form.pronoun
    return bool(pronoun) and RESUMING.get(a.words[hit.at - 1].key.removeprefix("و")) == pronoun


def addresses(a: Analysis, hit: Hit) -> bool:
    """«الوزير الذي طالب الاتحاد بوقف الدعم»: whether a verb behind «الذي» has its object behind it and no pronoun."""
    if not relative_clause(a, hit) or hit.sense.predicate.frame != "object" or hit.sense.form.pronoun:
        return False
    phrase = a.starts.get(hit.at + 1)
    return phrase is not None and a.scan.key(phrase.end) not in a.classes["pronoun_preposition"]


def subject_follows(a: Analysis, hit: Hit) -> bool:
    """«الذي يزور بوتين», «التي ضرب فيها التنظيم»: whether a free phrase stands behind a verb and its pronoun."""
    i = hit.at + 1 + (a.scan.key(hit.at + 1) in a.classes["pronoun_preposition"])
    return i in a.starts and not a.starts[i].preposition


def may_drop(a: Analysis, hit: Hit) -> bool:
    """Whether a verb can go on with the last subject: it bears a conjunction, or follows a comma or such a word."""
    if hit.split.conjunction or hit.at == 0:
        return bool(hit.split.conjunction)
    before = a.words[hit.at - 1]
    if before.key in a.classes["auxiliary"] and noun_stands(a, hit.at - 2):
        return False
    return (
        before.key in a.classes["continuer"]
        or (before.key[:1] in "وف" and before.key[1:] in a.classes["continuer"])
        or before.text in {"،", ",", "و"}
        or hit.sense.form.form == "participle"
    )


def noun_stands(a: Analysis, i: int) -> bool:
    """«تلك التصريحات لا تشير إلى»: whether word i is a definite noun that names no actor."""
    return (
        i >= 0
        and a.words[i].key.startswith("ال")
        and i not in a.covered
        and i not in a.timed
        and not a.scan.is_particle(i)
        and not a.scan.has(i, "insert")
    )


def opens_clause(a: Analysis, phrase: Phrase) -> bool:
    """Whether a phrase stands where a clause begins: at the start, behind كان, أن, الذي, a comma or a conjunction."""
    if phrase.start == 0 or phrase.conjunction:
        return True
    before = a.words[phrase.start - 1]
    return (
        before.key in COMPLEMENTS | a.classes["continuer"] | RELATIVES
        or before.text in {"،", ",", ":"}
        or before.key in {"اما", "فيما", "بينما", "غير"}
    )


def subject_first(a: Analysis, hit: Hit) -> Argument | None:
    """«لوكاشينكو أبلغ السفير»: a free phrase right before a verb that takes an object is its subject."""
    phrase = a.ends.get(hit.at)
    if phrase is None or hit.split.conjunction or hit.sense.predicate.frame != "object" or hit.sense.form.pronoun:
        return None
    found = subject_before(a, hit)
    return found if found.fillers else None


def subject_after(a: Analysis, hit: Hit) -> Argument:
    """A subject behind its verb."""
    if tells_number(a, hit):
        return NOBODY
    i, stop = hit.at + 1, min(hit.at + REACH, len(a.words))
    while i < stop:
        phrase = a.starts.get(i)
        if a.words[i].key == OWN_PREPOSITION.get(hit.sense.predicate.lemma):
            return NOBODY
        if phrase is not None and phrase.preposition:
            i = phrase.end
        elif phrase is not None:
            return subject_phrase(a, hit, phrase)
        elif (issuer := paper_subject(a, hit, i)) is not None:
            return issuer
        elif (skipped := skip_insert(a, i)) > i:
            i = skipped
        elif a.words[i].key in a.classes["counting"] and i + 1 in a.starts and not is_object_noun(a, hit, i + 1):
            i += 1  # «قصفت ثلاث طائرات روسية»
        elif nobody_named(a, hit, i):
            return VAGUE
        elif a.words[i].text in {"،", ","} and i > hit.at + 1:
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


OWN_PREPOSITION = {
    **dict.fromkeys(("شدد", "رد", "علق"), "علي"),
    **dict.fromkeys(("أشار", "لفت", "ألمح", "دعا"), "الي"),
    **dict.fromkeys(("تحدث", "كشف", "أعرب", "عبر", "دافع"), "عن"),
    **dict.fromkeys(("حذر", "قلل", "سخر"), "من"),
}
"""Verbs of saying to the preposition of what they say, behind which no subject stands: «وشدد على محاسبة الجندي»."""


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
    return (
        key in a.classes["unnamed_subject"]
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
    if phrase.kind in {"org", "nation", "office", "source"}:
        gender = phrase.gender
    elif known and known[0].type == "Organization" and not gender and not a.scan.has(phrase.start, "fighter"):
        gender = organisation_gender(a, known[0])
    if phrase.surface.endswith("ون") and phrase.kind == "name":
        gender = "m"
    if not agrees(gender, hit.sense.form.gender) and phrase.kind != "pair":
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


def organisation_gender(a: Analysis, known: Known) -> str:
    """The gender of an organisation by its first noun, else by the adjective at its end (الأمم المتحدة)."""
    keys = name_keys(known.name)
    feminine = len(keys) > 1 and keys[-1].startswith("ال") and keys[-1].endswith("ه")
    return noun_gender(a.scan, keys[0].removeprefix("ال")) or ("f" if feminine else "")


def subject_before(a: Analysis, hit: Hit) -> Argument:
    """A subject before its verb, or the antecedent of its relative clause."""
    i = hit.at - 1
    relative = a.words[i].key in RELATIVES if i >= 0 else False
    if relative:
        i -= 1
        while i >= 0 and a.words[i].text in {"،", ",", "»", '"', "”"}:
            i -= 1
    elif hit.split.conjunction == "و":
        return NOBODY
    else:
        i = skip_back(a, i, hit.at)
    if (
        not relative
        and i >= 0
        and a.words[i].text in {"،", ","}
        and i in a.ends
        and opens_clause(a, group_back(a, a.ends[i])[0])
    ):
        i -= 1  # «محمد السوداني، عقد لقاء»: one comma between subject and verb
    phrase = a.ends.get(i + 1) or (None if relative else distant(a, i))
    if phrase is not None and not relative and phrase.preposition == "ل" and preceded(a, phrase):
        return a.argument(group_back(a, phrase), "before")
    if phrase is None or (phrase.preposition and not relative and not after_comp(a, phrase)):
        return NOBODY
    members = group_back(a, phrase)
    if not relative and (members[0].preposition and not after_comp(a, members[0])):
        return NOBODY
    found = a.argument(members, "relative" if relative else "before")
    gender = a.memory.acting(found.fillers[0]).agreeing if found.fillers else ""
    if (
        len(members) == 1
        and not agrees(phrase.gender or gender, hit.sense.form.gender)
        and not agrees(gender, hit.sense.form.gender)
    ):
        return NOBODY
    return found


def preceded(a: Analysis, phrase: Phrase) -> bool:
    """«سبق للرياض وأبوظبي أن سحبت»: who stands behind «سبق لـ» is the subject."""
    first = group_back(a, phrase)[0]
    return first.start > 0 and a.words[first.start - 1].key.lstrip("و") == "سبق"


def distant(a: Analysis, i: int) -> Phrase | None:
    """A phrase at its clause's start with only its own tail before the verb: «كانت شركة X لصناعة الأسلحة قد أعلنت»."""
    phrase = next((p for p in reversed(a.phrases) if p.end <= i + 1), None)
    if phrase is None or i + 1 - phrase.end > 4 or phrase.preposition:
        return None
    tail = range(phrase.end, i + 1)
    plain = all(a.words[k].is_word and not a.scan.is_verb(k) and not a.scan.is_particle(k) for k in tail)
    opening = (
        phrase.start == 0
        or a.words[phrase.start - 1].key == "اما"
        or a.words[phrase.start - 1].key in a.classes["continuer"]
        or phrase.conjunction
        or a.words[phrase.start - 1].text in {"،", "."}
    )
    return phrase if plain and opening else None


def after_comp(a: Analysis, phrase: Phrase) -> bool:
    """Whether what looks like a preposition before a phrase is a complementizer."""
    return phrase.start > 0 and a.words[phrase.start - 1].key in COMPLEMENTS


def group_back(a: Analysis, last: Phrase) -> tuple[Phrase, ...]:
    """A phrase and those listed before it."""
    members = [last]
    for phrase in reversed(a.phrases):
        if phrase.end <= members[0].start and a.conjoined(phrase, members[0]):
            members.insert(0, phrase)
    return tuple(members)
