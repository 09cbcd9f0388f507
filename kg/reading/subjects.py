"""Who does a finite verb: who stands behind it, before it, or did what came last."""

from itertools import islice

from kg.reading.clauses import COMPLEMENTS, NOBODY, VAGUE, Analysis, Argument, Hit
from kg.reading.extent import before
from kg.reading.known import Known, agrees
from kg.reading.phrases import distributed
from kg.reading.subjects_after import subject_after
from kg.reading.subjects_before import may_drop, opens_clause, relative_clause, subject_before
from kg.reading.words import keyset


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
        if (resumed(a, hit) and unnamed_doer(a, hit.at + 1)) or (taken_up(a, hit) and unnamed_doer(a, hit.at + 2)):
            return VAGUE
        if resumed(a, hit):
            known = going_on(a, hit)
            return Argument((), (known,), "dropped") if known is not None else NOBODY
        return subject_before(a, hit)
    if (paper := paper_before(a, hit)) is not None and (author := author_of(a, hit, paper)):
        return author
    before = subject_before(a, hit)
    behind = a.starts.get(hit.at + 1)
    governed = behind is not None and bool(behind.preposition)  # «أن واشنطن تعترف بالقدس عاصمة لإسرائيل»
    transitive = "obj" in hit.sense.predicate.roles or hit.sense.predicate.frame in {"object", "target"}
    if before.fillers and (
        behind is None
        or ((transitive or governed) and opens_clause(a, before.phrases[0]))
        or (transitive and acts_itself(a, hit, before))
        or addresses(a, hit)
    ):
        return before
    after = met(a, hit, subject_after(a, hit))
    if after.fillers or after.how == "vague":
        return after
    if before.fillers or before.how == "vague":
        return before
    if not may_drop(a, hit):
        return VAGUE
    if hit.sense.form.number == "d":
        return Argument((), tuple(a.memory.get(i) for i in a.memory.pair), "dropped") if a.memory.pair else NOBODY
    known = here_before(a, hit) or going_on(a, hit)
    return Argument((), a.memory.together(known), "dropped") if known is not None else NOBODY


def acts_itself(a: Analysis, hit: Hit, before: Argument) -> bool:
    """«الولايات المتحدة التي أمدت الوحدات»: whether a relative clause takes its noun up by no pronoun, so that it acts.

    In «المدينة التي قصف الجيش مواقعها» the pronoun stands behind who acts, or the verb has another gender.
    """
    phrase = a.starts.get(hit.at + 1)
    if before.how != "relative" or hit.sense.form.pronoun or phrase is None:
        return False
    doer = a.memory.acting(before.fillers[0])
    behind = a.words[phrase.end] if phrase.end < len(a.words) else None
    resumed = behind is not None and behind.key.endswith(("ها", "ه", "هم")) and not behind.text.endswith("ة")
    return doer.type != "Place" and agrees(doer.agreeing, hit.sense.form.gender) and not resumed


def unnamed_doer(a: Analysis, i: int) -> bool:
    """«الهجوم الذي شنه مستوطنون»: whether a plain noun behind a verb does what it says."""
    if i >= len(a.words) or i in a.covered or i in a.timed or not a.words[i].is_word or a.scan.has(i, "insert"):
        return False
    return not (a.scan.is_particle(i) or a.words[i].key[:1] in "بلكف")


def paper_before(a: Analysis, hit: Hit) -> int | None:
    """«أصدرت الوزارة بيانا أدانت فيه الغارات»: the word for what a verb tells the contents of."""
    if a.scan.key(hit.at + 1) not in {"فيه", "فيها", "خلاله", "خلالها"} or hit.sense.predicate.type != "Statement":
        return None
    papers = a.classes["document"] | a.classes["paper"] | SPEECHES
    return next((i for i in before(a, hit, IN_PAPER) if a.words[i].key.removesuffix("ا") in papers), None)


IN_PAPER = 14  # words between a paper and the verb that tells what stands in it
AUTHORS = frozenset({"person", "office", "org", "nation"})
SPEECHES = keyset("خطاب كلمة مقابلة مقال تسجيل تغريدات منشورات تدوينات خطبة برقية اجتماع جلسة لقاء مؤتمر")


def author_of(a: Analysis, hit: Hit, paper: int) -> Argument:
    """«خطاب للمرشد قال فيه», «رسالة من الملك أكد فيها»: who is named right behind a paper, else the last subject."""
    phrase = a.starts.get(paper + (2 if a.scan.key(paper + 1) == "من" else 1))
    if phrase is not None and phrase.preposition in {"", "ل", "من"} and phrase.kind in AUTHORS:
        return a.argument((phrase,), "before")
    known = going_on(a, hit) or here_before(a, hit)
    return Argument((), (known,), "dropped") if known is not None else NOBODY


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
    if known is None or not known.named_since(a.words[0].start, a.words[hit.at].start):
        known = here_before(a, hit) if relative_clause(a, hit) else None  # «زيارة X إلى أنقرة، التي التقى خلالها Y»
    if others or known is None or known in found.fillers or known.type != "Person":
        return found
    return Argument((), (known,), "dropped")


RESUMING = {"الذي": "ه", "التي": "ها", "الذين": "هم"}


def resumed(a: Analysis, hit: Hit) -> bool:
    """«الوزير الذي وصفه بالعجوز»: whether a verb's pronoun is the noun before «الذي», who then does nothing."""
    pronoun = hit.sense.form.pronoun
    return bool(pronoun) and RESUMING.get(a.words[hit.at - 1].key.removeprefix("و")) == pronoun


def taken_up(a: Analysis, hit: Hit) -> bool:
    """«المساعدات التي التزمت بها الدول الثلاث»: whether a preposition's pronoun is the noun before «التي»."""
    pronoun = RESUMING.get(a.words[hit.at - 1].key.removeprefix("و"), "")
    behind = a.scan.key(hit.at + 1)
    return bool(pronoun) and behind in a.classes["pronoun_preposition"] and behind.endswith(pronoun)


def addresses(a: Analysis, hit: Hit) -> bool:
    """«الوزير الذي طالب الاتحاد بوقف الدعم»: whether a verb behind «الذي» has its object behind it and no pronoun."""
    if not relative_clause(a, hit) or hit.sense.predicate.frame != "object" or hit.sense.form.pronoun:
        return False
    phrase = a.starts.get(hit.at + 1)
    return phrase is not None and a.scan.key(phrase.end) not in a.classes["pronoun_preposition"]


def subject_follows(a: Analysis, hit: Hit) -> bool:
    """«الذي يزور بوتين», «التي ضرب فيها التنظيم»: whether a free phrase stands behind a verb and its pronoun."""
    i = hit.at + 1 + (a.scan.key(hit.at + 1) in a.classes["pronoun_preposition"])
    i += 2 * (distributed(a.scan, i) is not None and a.scan.key(i + 1) == "من")  # «التي شنتها كل من أمريكا وفرنسا»
    if i not in a.starts or a.starts[i].preposition:
        return False
    visited = hit.sense.predicate.kind == "visit" and not hit.sense.form.pronoun
    return not (visited and all(known.type in {"Place", "Country"} for known in a.refer(a.starts[i])))


def subject_first(a: Analysis, hit: Hit) -> Argument | None:
    """«لوكاشينكو أبلغ السفير»: a free phrase right before a verb that takes an object is its subject."""
    phrase = a.ends.get(hit.at)
    if phrase is None or hit.split.conjunction or hit.sense.predicate.frame != "object" or hit.sense.form.pronoun:
        return None
    found = subject_before(a, hit)
    return found if found.fillers else None
