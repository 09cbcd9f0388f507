"""To whom and about whom somebody speaks."""

from collections.abc import Iterator

from kg.reading.clauses import COMPLEMENTS, Analysis, Argument, Hit, after_phrases
from kg.reading.draft import Draft
from kg.reading.fields import genitive_before
from kg.reading.known import Known
from kg.reading.scan import Phrase
from kg.reading.words import keyset

ACTORS = {"Person", "Organization", "Country"}


def addressees(a: Analysis, hit: Hit, content: int, draft: Draft, found: Argument) -> None:
    """To whom: the object of a verb that takes one, or who stands behind «ل» before what is said."""
    if (
        hit.sense.predicate.frame == "object"
        and hit.sense.predicate.kind != "accuse"
        and hit.sense.predicate.lemma not in {"عرض"}
    ):
        if hit.sense.form.pronoun:
            fill_pronoun(a, draft, "addressee", hit)
            return
        phrase = object_phrase(a, hit, found)
        if phrase is not None and phrase.start < max(content, hit.at + 10):
            for member in a.group(phrase):
                fill(a, draft, "addressee", member)
        return
    if hit.at + 1 < len(a.words) and a.words[hit.at + 1].key in {"له", "لها", "لهم"}:
        fill_pronoun(a, draft, "addressee", hit, {"له": "m", "لها": "f"}.get(a.words[hit.at + 1].key, ""))
    if hit.sense.predicate.lemma in {"طمأن", "اقترح", "عرض"} and (phrase := whom(a, hit, found, content)) is not None:
        fill(a, draft, "addressee", phrase)
    told = hit.sense.predicate.frame == "express" and draft.kind in {"thank", "congratulate", "request"}
    for phrase in after_phrases(a, hit.at + 1, draft.content[1] if told else content):
        if (told and phrase.preposition in {"ل", "الي"}) or (
            (
                phrase.preposition == "ل"
                and beside(a, hit, found, phrase)
                and phrase not in found.phrases
                and not any(k.outlet for k in a.refer(phrase))
            )
            and hit.sense.predicate.frame == "clause"
        ):
            fill(a, draft, "addressee", phrase)


SPOKEN_TO = frozenset({"demand", "request", "warn", "thank", "congratulate"})
OBLIGING = keyset("يجب ينبغي يتعين يتوجب وجب")


def spoken_to(a: Analysis, draft: Draft) -> None:
    """«قال "أدعو روسيا إلى"», «"نشكر لقطر"», «يجب على إيران أن»: to whom the words themselves turn."""
    if draft.ids("addressee") or draft.kind not in SPOKEN_TO:
        return
    for i in range(*draft.content):
        first, obliging = speaks_as_one(a, i, draft.kind), draft.kind == "demand" and a.words[i].key in OBLIGING
        phrase = a.starts.get(i + 1) or (a.starts.get(i + 2) if obliging else None)
        if phrase is not None and phrase.preposition in ({"", "ل"} if first else {"علي"} if obliging else ()):
            for member in a.group(phrase):
                fill(a, draft, "addressee", member)
            return


def speaks_as_one(a: Analysis, i: int, kind: str) -> bool:
    """«نطالب», «أدعو»: whether word i is the first person of a verb of an act."""
    key = a.words[i].key
    plural = "ن" + key[1:] if key[:1] == "ا" else key
    senses = a.scan.lexicon.senses.get(plural)
    return any(sense.form.first and sense.predicate.kind == kind for sense in senses)


def beside(a: Analysis, hit: Hit, found: Argument, phrase: Phrase) -> bool:
    """Whether a phrase stands right behind the verb or its subject, and in no apposition to it (التابعة للوزارة)."""
    starts = [hit.at + 1, *(p.end for p in found.phrases)]
    near = any(0 <= phrase.start - s <= 1 for s in starts) or found.how != "after"
    return near and not a.scan.key(phrase.start - 1).startswith("ال")


def whom(a: Analysis, hit: Hit, found: Argument, content: int) -> Phrase | None:
    """«طمأن مصر», «اقترح على الجانب الإيراني», «عرض على أنقرة»: to whom, behind «على» or as the object."""
    for phrase in after_phrases(a, hit.at + 1, max(content, hit.at + 8)):
        if phrase not in found.phrases and phrase.preposition in {
            "علي",
            "" if hit.sense.predicate.lemma == "طمأن" else "علي",
        }:
            return phrase
    return None


def object_phrase(a: Analysis, hit: Hit, found: Argument) -> Phrase | None:
    """The object behind the subject, no preposition before it."""
    start = max((p.end for p in found.phrases), default=hit.at + 1) if found.how == "after" else hit.at + 1
    start += start == hit.at + 1 and a.scan.key(start) in a.classes["pronoun_preposition"]  # «طالب فيها طالبان»
    for phrase in a.phrases:
        if phrase.start < start:
            continue
        if any(
            w.key in COMPLEMENTS or (w.text in {":", ".", "«", "“"} and k + 1 not in a.starts)
            for k, w in enumerate(a.words[start : phrase.start], start)
        ):
            return None
        if phrase.start - start > 6:
            return None
        genitive = phrase.start > start and genitive_before(a, phrase.start)
        if not phrase.preposition and not apposed(phrase, start, found) and not genitive:
            return phrase
    return None


def apposed(phrase: Phrase, start: int, found: Argument) -> bool:
    """«حذر سامي أبو زهري عضو المكتب السياسي من»: whether an office right behind a person is his own, not addressed."""
    behind = phrase.start == start and found.how == "after" and found.phrases[-1].kind == "person"
    return behind and phrase.kind == "office" and not phrase.surface.startswith("ال")


def fill_pronoun(a: Analysis, draft: Draft, role: str, hit: Hit, gender: str | None = None) -> None:
    """An attached pronoun refers to the actor last named before that is not the speaker."""
    word = a.words[hit.at].span
    if gender is None:
        gender = {"ه": "m", "ها": "f"}.get(hit.sense.form.pronoun, "")
    for known in a.memory.newest():
        acting = a.memory.acting(known)
        if (
            known.type in ACTORS
            and acting.id not in draft.ids("speaker")
            and gender in {"", acting.agreeing}
            and any(e <= word[0] for _, e in known.spans)
        ):
            draft.fill(role, acting, None, word)
            return


def fill(a: Analysis, draft: Draft, role: str, phrase: Phrase) -> None:
    """Fill a role with what a phrase refers to; actors' roles take countries for their capitals."""
    for known in a.refer(phrase):
        acting = a.memory.acting(known)
        if acting.id not in draft.ids("speaker"):
            draft.fill(role, acting, phrase)


def topics(a: Analysis, hit: Hit, content: int, stop: int, draft: Draft) -> None:
    """Whom the words are chiefly about: the first named who is no side of the speaker's, else the speaker's own."""
    start = hit.at + 1 if hit.sense.predicate.frame in {"target", "object"} else content
    named = [*named_in(a, start, stop, draft)]
    own = {state.id for ident in draft.ids("speaker") if (state := a.memory.country_of(a.memory.get(ident)))}
    others = [(known, phrase) for known, phrase in named if known.id not in own]
    for known, phrase in (others or [*nations_in(a, start, stop, draft, own)] or named)[:1]:
        draft.fill("about", known, phrase)
        if phrase.kind == "pair":
            for second in map(a.memory.acting, a.refer(phrase)):
                draft.fill("about", second, phrase)


def named_in(a: Analysis, start: int, stop: int, draft: Draft) -> Iterator[tuple[Known, Phrase]]:
    """The actors that words start:stop name, who are neither speaking nor spoken to."""
    taken = {*draft.ids("speaker"), *draft.ids("via"), *draft.ids("addressee")}
    for phrase in after_phrases(a, start, stop):
        for known in map(a.memory.acting, a.refer(phrase)):
            if known.type in ACTORS and known.id not in taken and not known.outlet:
                yield known, phrase


def nations_in(a: Analysis, start: int, stop: int, draft: Draft, own: set[str]) -> Iterator[tuple[Known, Phrase]]:
    """«ندد بالتوغل الإسرائيلي»: the states whose adjectives stand in words start:stop."""
    taken = {*draft.ids("speaker"), *draft.ids("addressee"), *own}
    for i in range(start, stop):
        nation = a.scan.nation(i) if i not in a.covered else None
        if nation is not None and (known := a.memory.of_row(nation)).id not in taken:
            word = a.words[i]
            a.memory.mention(known, word.start, word.end, word.text)
            yield known, a.adjective(nation, i)
