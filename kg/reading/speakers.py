"""Who is held responsible for words."""

from itertools import islice

from kg.reading.clauses import NOBODY, Analysis, Argument, Hit
from kg.reading.draft import Draft
from kg.reading.extent import keys
from kg.reading.fields import ends_arguments
from kg.reading.known import Known, agrees
from kg.reading.openers import ISSUED, openers
from kg.reading.papers import issuer_of_statement
from kg.reading.scan import Phrase
from kg.reading.subjects import subject
from kg.reading.words import fold


def speaker(a: Analysis, hit: Hit, last: Draft | None) -> Argument:
    """Who is held responsible for the words."""
    form = hit.sense.form
    if form.form == "masdar":
        phrase = a.starts[hit.at + 1]
        return a.argument(a.group(phrase), "genitive")
    if form.form == "participle":
        return spoke_here(a, hit, last) or circumstance_subject(a, hit)
    if hit.sense.predicate.lemma == "طلب" and "عدم" in keys(a, hit.at + 1, hit.at + 2):
        return NOBODY
    if refused(a, hit, last):
        return Argument((), tuple(a.memory.get(i) for i in last.ids("addressee")), "addressee")  # type: ignore[union-attr]
    if hit.sense.predicate is ISSUED:
        return issuer(a, hit, last)
    found = subject(a, hit)
    if found.how == "dropped" and hit.finite and (same := speaking_still(a, hit, found, last)):
        return same
    if found.how == "after" and takes_object(a, hit, found):
        known = other_subject(a, hit, found)
        if known is not None:
            return Argument((), (known,), "dropped")
    if found and is_medium(found) and (source := passed_on(a, hit)):
        a.memory.medium = found.fillers[0]
        return source
    return quoted_source(a, hit, found)


def speaking_still(a: Analysis, hit: Hit, found: Argument, last: Draft | None) -> Argument:
    """«قال شكري إن الجيش تقدم. وأضاف»: who spoke last, and not who did what he spoke of."""
    joined = hit.split.conjunction or (hit.at and a.words[hit.at - 1].key in {"كما", "ثم"})
    if last is None or not joined or not all(spoken_of(known, last, a.words[hit.at].start) for known in found.fillers):
        return NOBODY
    return spoke_last(a, hit, last)


def spoke_here(a: Analysis, hit: Hit, last: Draft | None) -> Argument:
    """«نفى تميم أن تكون الدوحة وسيطا، مشددا على»: a participle goes on with who spoke last in its sentence."""
    if last is None or last.evidence[-1].end <= a.words[0].start:
        return NOBODY
    return spoke_last(a, hit, last)


def spoke_last(a: Analysis, hit: Hit, last: Draft) -> Argument:
    """Who spoke last, if a verb or participle agrees with him."""
    spoke = tuple(a.memory.get(ident) for ident in last.ids("speaker"))
    form = hit.sense.form
    fitting = all(agrees(k.agreeing, form.gender) and a.memory.counted(k, form.number) for k in spoke)
    return Argument((), spoke, "dropped") if fitting else NOBODY


def spoken_of(known: Known, last: Draft, at: int) -> bool:
    """Whether a statement, and nothing between it and character `at`, named somebody last."""
    content = last.evidence[-1]
    before = next((start for start, _ in reversed(known.spans) if start < at), None)
    return before is not None and content.start < before < content.end


def passed_on(a: Analysis, hit: Hit) -> Argument:
    """«قالت رويترز نقلا عن مسؤول»: whose words an outlet passes on."""
    cue = next((i for i in range(hit.at + 1, min(hit.at + 8, len(a.words) - 1)) if a.words[i].key == "نقلا"), None)
    phrase = a.starts.get(cue + 2) if cue is not None and a.words[cue + 1].key == "عن" else None
    return a.argument(a.group(phrase), "source") if phrase is not None else NOBODY


def issuer(a: Analysis, hit: Hit, last: Draft | None) -> Argument:
    """Who issued what «جاء في بيان» introduces: who is named behind it, else the last medium or speaker."""
    for phrase in a.phrases:
        between = range(hit.at + 3, phrase.start)
        if any((ends_arguments(a, k) and not a.scan.is_verb(k)) or a.words[k].text in {"،", ","} for k in between):
            break
        if (
            phrase.start > hit.at + 2
            and phrase.preposition in {"", "ل", "عن", "من", "من قبل"}
            and phrase.start < hit.at + 9
        ):
            return a.argument(a.group(phrase), "issuer")
    passed_on = last.ids("via") if last is not None else ()
    known = a.memory.get(passed_on[0]) if passed_on else issuer_of_statement(a)
    return Argument((), (known,), "issuer") if known is not None else NOBODY


def refused(a: Analysis, hit: Hit, last: Draft | None) -> bool:
    """«دعت موسكو إلى وقف دعمها، لكنها رفضت»: who was asked refuses."""
    asked = last is not None and last.kind in {"demand", "request", "propose"} and bool(last.ids("addressee"))
    return (
        asked
        and hit.sense.predicate.kind == "reject"
        and hit.at > 0
        and a.words[hit.at - 1].key in {"لكنها", "لكنه", "ولكنها", "ولكنه"}
    )


OBJECT_NEEDED = {"اتهم", "شكر", "هنأ", "طالب", "ناشد", "حث", "أبلغ"}
OBJECT_POSSIBLE = {"دعا", "حذر"}


def takes_object(a: Analysis, hit: Hit, found: Argument) -> bool:
    """Whether the one free phrase behind a verb is its object: the verb needs one and none other follows."""
    lemma, last = hit.sense.predicate.lemma, found.phrases[-1]
    joined = hit.split.conjunction or (hit.at and a.words[hit.at - 1].key in a.classes["continuer"])
    if not joined or hit.sense.form.pronoun or lemma not in OBJECT_NEEDED | OBJECT_POSSIBLE:
        return False
    following = a.words[last.end].key if last.end < len(a.words) else "."
    ahead = a.starts.get(last.end)
    closed = following in {"الي", "علي", "من", "ان", "بان"} or (
        following[:1] == "ب" and (ahead is None or ahead.preposition == "ب")
    )
    if lemma in OBJECT_NEEDED and not (lemma == "طالب" and found.fillers[0].type == "Person"):
        return closed and found.phrases[0].kind != "source"
    return (
        closed
        and (found.fillers[0].type in {"Country", "Place"} or lemma == "طالب")
        and any(
            known.named_since(a.words[0].start, a.words[hit.at].start) for known in islice(a.memory.last_subjects(), 1)
        )
    )


def other_subject(a: Analysis, hit: Hit, found: Argument) -> Known | None:
    """The last subject that agrees with a verb and is not its object."""
    objects = {a.memory.acting(known).id for known in found.fillers} | {known.id for known in found.fillers}
    form = hit.sense.form
    near = (k for k in islice(a.memory.last_subjects(), 3) if k.id not in objects)
    return next((k for k in near if agrees(k.agreeing, form.gender) and a.memory.counted(k, form.number)), None)


def quoted_source(a: Analysis, hit: Hit, found: Argument) -> Argument:
    """«نقلت السفارة عن لافروف قوله», «نسبت إلى لافروف قوله»: the source is the speaker, not who passes it on."""
    preposition = PASSING_ON.get(hit.sense.predicate.lemma)
    if preposition is None:
        return found
    near = [p for p in a.phrases if hit.at < p.start < hit.at + SOURCED]
    phrase = next((p for p in near if p.preposition == preposition or whose_paper(a, p, preposition)), None)
    return a.argument(a.group(phrase), "source") if phrase is not None else NOBODY


SOURCED = 12  # words behind a verb of passing on in which its source stands


def whose_paper(a: Analysis, phrase: Phrase, preposition: str) -> bool:
    """«نقلت عن بيان أصدرته الوزارة», «على لسان الوزير»: whether a phrase names whose the paper or the tongue is."""
    if a.scan.key(phrase.start - 1) == TONGUE:
        return True
    paper = next((k for k in range(phrase.start - 1, max(0, phrase.start - 4), -1) if a.scan.has(k, "document")), None)
    return paper is not None and a.scan.key(paper - 1) == preposition and phrase.preposition in {"", "ل"}


TONGUE = fold("لسان")


PASSING_ON = {"نقل": "عن", "نسب": "الي"}
"""Verbs of passing words on, with the preposition before whose words they are."""


def circumstance_subject(a: Analysis, hit: Hit) -> Argument:
    """The subject of a participle: the sentence's last subject of the same gender and number."""
    form = hit.sense.form
    phrase = next(
        (
            p
            for p in reversed(a.phrases)
            if p.end <= hit.at
            and a.words[p.end - 1].end <= a.words[hit.at].start
            and not p.conjunction
            and not p.preposition
            and p.kind in {"person", "office", "org", "name", "nation", "source"}
        ),
        None,
    )
    known = a.memory.dropped(form.gender)
    if known is None and phrase is not None and not (a.memory.silenced and form.number == "s"):
        return a.argument((phrase,), "before")
    return Argument((), (known,), "dropped") if known is not None else NOBODY


def is_medium(found: Argument) -> bool:
    """Whether a speaker is one that passes words on: an agency, an outlet, a platform."""
    return all(known.outlet for known in found.fillers)


def inner_saying(a: Analysis, hit: Hit, end: int) -> bool:
    """Whether another saying verb with a subject of its own stands in what a medium reports."""
    later = [h for h in openers(a) if h.at >= end and h.at - hit.at < 14 and h.finite]
    return any(subject(a, h).how in {"after", "before"} and not h.split.conjunction for h in later[:1])
