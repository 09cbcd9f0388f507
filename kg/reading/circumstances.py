"""Participles and action nouns that open a statement: «مؤكدا أن», «إعلان الجيش»."""

from kg.reading.clauses import COMPLEMENTS, Analysis, Hit
from kg.reading.complements import QUOTING
from kg.reading.cues import content_acts
from kg.reading.extent import keys, may_be_noun
from kg.reading.scan import Phrase
from kg.reading.words import fold

NOUNS_THAT_SPEAK = {"أعلن", "طالب", "اتهم", "هدد", "نفى", "دعا"}


def circumstance(a: Analysis, hit: Hit) -> bool:
    """Whether a participle is a circumstance (مؤكدا أن) and no adjective: accusative, with what is said behind it."""
    following = a.words[hit.at + 1] if hit.at + 1 < len(a.words) else None
    if following is None or predicative(a, hit) or adjectival(a, hit, following.key) or nounlike(a, hit):
        return False
    if hit.sense.form.pronoun == "?" and not (
        following.key in content_acts() and hit.sense.predicate.lemma in {"مجدد", "جدد", "أكد"}
    ):
        return False
    if hit.sense.predicate.frame in {"clause", "express"}:
        return (
            following.key in COMPLEMENTS | {"الي", "علي", "ب", "عن"}
            or following.text in QUOTING
            or following.key in content_acts()
            or has_near(a, hit.at + 1, 5)
        )
    return (
        (behind_comma(a, hit) and hit.sense.form.number == "s" and not a.scan.is_verb(hit.at + 1))
        or following.text in QUOTING
        or following.key in COMPLEMENTS | {"الي", "من", "اياه", "اياها", "ب"}
        or hit.at + 1 in a.starts
        or following.key[:1] in "بل"
        or has_near(a, hit.at + 1, 4)
        or bool({"الي", "علي", "من"} & set(keys(a, hit.at + 1, hit.at + 9)))
    )


def nounlike(a: Analysis, hit: Hit) -> bool:
    """«تلقت مقترحا», «عقد مجددا في», «محملة بالصواريخ»: a participle that is a noun, an adverb or of another sense."""
    lemma, following = hit.sense.predicate.lemma, a.scan.key(hit.at + 1)
    if lemma == "ساند" and not behind_comma(a, hit):
        return True  # «لاستنكار مساندة فرنسا»
    if lemma == "جدد":
        noun = following in content_acts() or may_be_noun(a, hit.at + 1)
        return following[:1] in "لب" or not noun or anew(a, hit)
    if lemma in {"حمل", "ألقى"}:
        return not a.classes["responsibility"] & {k.removeprefix("ال") for k in keys(a, hit.at + 1, hit.at + 9)}
    return lemma in {"اقترح", "أبلغ"} and not behind_comma(a, hit)


def anew(a: Analysis, hit: Hit) -> bool:
    """«أكد الوزير مجددا التزام بلاده»: whether a verb of saying before «مجددا» has not yet said what it says."""
    verb = next((h.at for h in reversed(a.hits) if h.at < hit.at and h.finite), None)
    if verb is None or hit.at - verb > 8:
        return False
    return not any(w.key in COMPLEMENTS or w.text in {"،", ","} for w in a.words[verb : hit.at])


def predicative(a: Analysis, hit: Hit) -> bool:
    """«كانت متوقعة», «3 متهمين», «ومساندة المقاومة»: a participle behind a copula or number, or an action noun."""
    form = hit.sense.form
    if hit.at and (a.words[hit.at - 1].key in a.classes["copula"] or a.words[hit.at - 1].is_number):
        return True
    if hit.split.conjunction and form.gender == "f" and may_be_noun(a, hit.at):
        return True
    return form.number == "p" and bool(hit.at) and not behind_comma(a, hit) and not has_near(a, hit.at + 1, 5)


def adjectival(a: Analysis, hit: Hit, following: str) -> bool:
    """Whether a participle is an adjective: behind a preposition or its noun, definite, or no accusative."""
    form, before = hit.sense.form, a.words[hit.at - 1] if hit.at else None
    if hit.split.article or (form.gender == "f" and form.number == "p"):
        return True
    if form.gender == "f" and form.number == "s" and "ة" not in a.words[hit.at].text[-2:]:
        return True
    if before is None:
        return False
    noun = before.key == "غير" or (
        before.is_word and before.key.endswith(("ه", "ا")) and not a.scan.has(hit.at - 1, "insert")
    )
    return before.key in a.classes["noun_only"] | COMPLEMENTS or (
        form.gender == "f" and noun and following not in COMPLEMENTS
    )


def behind_comma(a: Analysis, hit: Hit) -> bool:
    """Whether a comma stands right before a word."""
    return hit.at > 0 and a.words[hit.at - 1].text in {"،", ","}


def has_near(a: Analysis, i: int, reach: int) -> bool:
    """Whether a complement begins within some words."""
    return any(w.key in COMPLEMENTS or w.text in {":", "«", "“"} for w in a.words[i : i + reach])


def undergone(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """«باتهام إيران بتهريب», «تلبية دعوة الوزير», «"إعلان القاهرة"»: whether who stands behind a noun is silent."""
    lemma, before = hit.sense.predicate.lemma, a.words[hit.at - 1] if hit.at else None
    if lemma == "اتهم":
        return a.scan.key(phrase.end)[:1] == "ب"
    return before is not None and (
        (lemma == "دعا" and before.key in {"تلبيه", "لتلبيه"}) or (lemma == "أعلن" and before.text in QUOTING | {"("})
    )


NON_GRATA = fold("مرغوب")


def nominal(a: Analysis, hit: Hit) -> bool:
    """Whether an action noun reports a statement by itself: its speaker stands right behind it (إعلان الجيش)."""
    if hit.sense.predicate.lemma not in NOUNS_THAT_SPEAK or hit.split.article or hit.sense.form.pronoun:
        return False
    phrase = a.starts.get(hit.at + 1)
    if phrase is not None and (phrase.surface.startswith("الأمن") or undergone(a, hit, phrase)):
        return False
    if phrase is not None and NON_GRATA in keys(a, phrase.end, phrase.end + 4):
        return False  # «بإعلان السفير شخصا غير مرغوب فيه»
    return (
        phrase is not None
        and not phrase.preposition
        and phrase.kind in {"person", "office", "org", "name", "nation"}
        and len(a.words) > phrase.end
        and (hit.sense.form.number == "s" or addressed(a, hit, phrase))
    )


def addressed(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """«اتهامات موسكو لفرنسا»: whether accusations or threats of somebody are aimed at somebody."""
    aimed = a.starts.get(phrase.end)
    return hit.sense.predicate.lemma in {"اتهم", "هدد"} and aimed is not None and aimed.preposition == "ل"
