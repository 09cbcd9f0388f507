"""Who stands before a finite verb as its subject, or as the antecedent of its relative clause."""

from kg.reading.clauses import COMPLEMENTS, NOBODY, Analysis, Argument, Hit
from kg.reading.fields import (
    skip_back,
)
from kg.reading.known import agrees
from kg.reading.scan import Phrase
from kg.reading.words import keyset

RELATIVES = keyset("الذي التي الذين اللذان اللتان اللذين والتي والذي")


def relative_clause(a: Analysis, hit: Hit) -> bool:
    """Whether a relative pronoun stands right before a verb."""
    return hit.at > 0 and a.words[hit.at - 1].key in RELATIVES


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
    if phrase is not None and not relative:
        phrase = antecedent(a, phrase) or housed(a, phrase) or phrase
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


def antecedent(a: Analysis, inner: Phrase) -> Phrase | None:
    """«التحالف الذي تقوده السعودية شن»: whom a relative clause describes that ends with a phrase, before its verb."""
    opening = next((k for k in (inner.start - 2, inner.start - 3) if k > 0 and a.words[k].key in RELATIVES), None)
    if opening is None or inner.preposition or opening + 1 in a.covered:
        return None
    outer = a.ends.get(opening) or (a.ends.get(opening - 1) if a.words[opening - 1].text in {"،", ","} else None)
    free = outer is not None and (not outer.preposition or after_comp(a, outer))
    return outer if free and outer is not None and (opens_clause(a, outer) or outer.start == 1) else None


def housed(a: Analysis, inner: Phrase) -> Phrase | None:
    """«السفارة البريطانية في لاهاي كتبت أن»: whose seat stands between a subject that opens its clause and the verb."""
    if inner.preposition != "في" or a.scan.key(inner.start - 1) != "في":
        return None
    outer = a.ends.get(inner.start - 1)
    return outer if outer is not None and not outer.preposition and opens_clause(a, outer) else None


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
