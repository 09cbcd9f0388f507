"""Through whom words came: agencies, outlets, platforms, written statements."""

from kg.reading.clauses import Analysis, Argument, Hit, after_phrases
from kg.reading.draft import Draft
from kg.reading.extent import evidence_start, keys
from kg.reading.scan import Phrase
from kg.reading.subjects_after import subject_after
from kg.reading.subjects_before import RELATIVES
from kg.reading.words import keyset


def medium(a: Analysis, hit: Hit, stop: int, draft: Draft, found: Argument) -> None:
    """Through whom the words came: an outlet in the clause, or an institution (بحسب بيان أصدره الكرملين)."""
    start = evidence_start(hit, found)
    while start and a.words[start - 1].text not in {".", "؛"} and hit.at - start < 8:
        start -= 1
    for phrase in after_phrases(a, start, stop):
        known = a.refer(phrase)
        if not known or phrase in found.phrases or known[0].id in draft.ids("speaker"):
            continue
        carries = known[0].outlet and cue_before(a, phrase) and not of_other_words(a, phrase, draft)
        if carries or reported_by(a, phrase):
            draft.fill("via", known[0], phrase)


def of_other_words(a: Analysis, phrase: Phrase, draft: Draft) -> bool:
    """«لفت إلى أن المقال الذي كتبته موغيريني في الغارديان»: whether an outlet within what is said bore other words."""
    first = max(draft.content[0], phrase.start - 10)
    if NAMING_WORDS & set(keys(a, first, phrase.start)):
        return False
    return any(a.scan.key(i).removeprefix("و") in RELATIVES for i in range(max(first, phrase.start - 5), phrase.start))


NAMING_WORDS = keyset("بحسب حسب وفق وفقا نقلا مقابلة حديث تصريح تصريحات حوار")


def carried_medium(a: Analysis, hit: Hit, draft: Draft, found: Argument, last: Draft | None) -> None:
    """The agency that passed the words on before them, or through which the same speaker went on speaking."""
    word = a.words[hit.at].span
    if a.memory.medium is not None:
        draft.fill("via", a.memory.medium, None, word)
        a.memory.medium = None
    if hit.sense.predicate.lemma in {"نقل", "نسب"}:
        for known in subject_after(a, hit).fillers:
            if known.id not in draft.ids("speaker"):
                draft.fill("via", known, None, word)
    going_on = (
        last is not None
        and not draft.ids("via")
        and found.how == "dropped"
        and draft.ids("speaker") == last.ids("speaker")
    )
    if going_on and last is not None and draft.sentence - last.sentence <= 1:
        for ident in last.ids("via"):
            draft.fill("via", a.memory.get(ident), None, word)


def cue_before(a: Analysis, phrase: Phrase) -> bool:
    """Whether a preposition or a word of passing on stands before an outlet."""
    near = keys(a, max(0, phrase.start - 6), phrase.start)
    return phrase.preposition in {"في", "علي", "ل", "عبر", "عن", "مع", "الي", "ب"} or bool(
        a.classes["medium_cue"] & set(near)
    )


def reported_by(a: Analysis, phrase: Phrase) -> bool:
    """«بحسب بيان أصدره الكرملين», «وفق بيان للرئاسة»."""
    near = keys(a, max(0, phrase.start - 4), phrase.start)
    cue = next((n for n, k in enumerate(near) if k in {"بحسب", "وفق", "حسب", "وفقا"}), None)
    named = cue is not None and (
        cue == len(near) - 1 or bool({"بيان", "بيانات", "تصريحات", "تصريح", "ما", "لما", "مصادر"} & set(near[cue:]))
    )
    return named and phrase.kind in {"name", "org", "person", "office"}
