"""The field of a verb's arguments: what may stand between a verb and its subject, and what closes the field."""

from collections.abc import Mapping
from types import MappingProxyType

from kg.reading.clauses import COMPLEMENTS, Analysis, Hit
from kg.reading.phrases import ABOUT
from kg.reading.scan import CLOSE, OPEN, Phrase
from kg.reading.words import fold


def skip_insert(a: Analysis, i: int) -> int:
    """Index behind an adverb, a bracketed insert or a prepositional phrase at word i; i where there is none."""
    word = a.words[i]
    if i in a.timed or a.scan.has(i, "insert") or word.is_number:
        return i + 1
    if word.key in ABOUT and i + 1 < len(a.words) and a.words[i + 1].is_number:
        return i + 1  # «ينتشر نحو 14 ألف جندي أمريكي»
    if word.text in {"،", ","} and i + 1 < len(a.words) and inserts(a, i + 1):
        return next((k + 1 for k in range(i + 2, min(i + 14, len(a.words))) if a.words[k].text in {"،", ","}), i)
    if (
        word.text in OPEN
        and i + 1 in a.starts
        and any(w.text in CLOSE for w in a.words[i + 2 : a.starts[i + 1].end + 1])
    ):
        return i + 1
    if word.text in {"-", "–", "(", ")", "/"} or (word.text in CLOSE and i in a.ends):
        return i + 1
    if word.key in {"كل", "كلا"} and i + 2 in a.starts and a.words[i + 1].key == "من":
        return i + 2
    if word.key in a.classes["pronoun_preposition"]:
        return i + 1
    if word.key in a.classes["plain_preposition"]:
        return prepositional_end(a, i)
    if (
        word.key[:1] in "بل"
        and len(word.key) > 3
        and word.key not in COMPLEMENTS
        and not a.scan.is_verb(i)
        and hit_free(a, i)
    ):
        return i + 1
    return i


def hit_free(a: Analysis, i: int) -> bool:
    """Whether no lexicon form claims a word that looks like a preposition with its noun."""
    return not any(s.form.form in {"perfect", "imperfect"} for s in a.scan.lexicon.senses.get(a.words[i].key))


def inserts(a: Analysis, i: int) -> bool:
    """Whether a comma opens an insert: بحسب بيان, الذي يزور, الخميس, في بيان."""
    return (
        i in a.timed or a.words[i].key in a.classes["insert_opener"] or a.scan.has(i, "insert") or a.words[i].is_number
    )


def prepositional_end(a: Analysis, i: int) -> int:
    """Where a prepositional phrase ends: before the next free phrase, complement, comma or verb."""
    k = i + 1
    while k < min(i + 7, len(a.words)):
        phrase = a.starts.get(k)
        if phrase is not None and k > i + 1 and not phrase.preposition and not genitive_before(a, k):
            return k
        if phrase is not None:
            k = phrase.end
        elif ends_arguments(a, k) or a.words[k].text in {"،", ","}:
            return k
        else:
            k += 1
    return k


def genitive_before(a: Analysis, k: int) -> bool:
    """Whether the noun before a phrase has it as its genitive: an indefinite noun that is no adjective."""
    key = a.words[k - 1].key
    return (
        a.words[k - 1].is_word
        and k - 1 not in a.timed
        and not key.startswith("ال")
        and a.scan.nation(k - 1) is None
        and key not in a.classes["no_genitive"]
    )


def ends_arguments(a: Analysis, i: int) -> bool:
    """Whether word i closes the argument field of a verb: complement, quote, colon, full stop, another verb."""
    word = a.words[i]
    if word.key in COMPLEMENTS or word.text in {":", ".", "؛", ";", "!", "؟", "?", "…"} or word.text in OPEN:
        return True
    return word.is_word and (
        (a.scan.is_particle(i) and word.key not in a.classes["plain_preposition"]) or a.scan.is_verb(i)
    )


def is_content_noun(a: Analysis, i: int) -> bool:
    """Whether a word is what is said rather than who says it: an action noun, a noun with a pronoun, an accusative."""
    word = a.words[i]
    if any(sense.form.form == "masdar" for _, sense in a.scan.lexicon.senses_of(word)):
        return True
    return (
        word.key.endswith(("ا", "ته", "تها", "هم", "هما"))
        or a.scan.has(i, "content")
        or (word.key.startswith(("ال", "ا")) and len(word.key) > 6 and word.key.endswith("اء"))
    )


OBJECT_FIRST = frozenset(["بحث", "ناقش", "وقع", "أبرم", "عقد", "أجرى", "استعرض", "فرض"])


def is_object_noun(a: Analysis, hit: Hit, i: int) -> bool:
    """Whether an unknown noun behind a verb is what it does something to: troops deployed, files discussed."""
    predicate = hit.sense.predicate
    classes = [name for name in predicate.needs if name in a.classes]
    subjectless = (
        predicate.roles.get("subj")
        and predicate.roles.get("obj") in {None, "place"}
        and predicate.kind in {"military_visit", "strike"}
    )
    return (not subjectless and any(a.scan.has(i, name) for name in classes)) or fold(predicate.lemma) in map(
        fold, OBJECT_FIRST
    )


HANDLED: Mapping[str, str] = MappingProxyType({"shootdown": "aircraft", "seizure": "ship", "deployment": "hired"})
"""Kinds of acts, and the class of what they are done to and who does none of them."""


def handled(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """«إسقاط طائرة روسية», «احتجزت ناقلة بريطانية»: the thing acted on, unless another of its class follows it."""
    predicate = hit.sense.predicate
    name = HANDLED.get(predicate.kind)
    if predicate.type == "DiplomaticAction" and any(a.scan.has(phrase.start, need) for need in predicate.needs):
        return phrase.kind in {"org", "office"} and predicate.roles.get("obj") == "target"  # «وأغلقت القنصلية»
    if name is None or not a.scan.has(phrase.start, name):
        return False
    return not any(
        a.scan.has(p.start, name) and not p.preposition for p in a.phrases if phrase.end <= p.start < phrase.end + 4
    )


def addressed(a: Analysis, hit: Hit, i: int) -> bool:
    """«وحث مواطنيه على», «وطالب الحكومة بالكشف»: a plain noun behind a verb of addressing is whom it addresses."""
    if hit.sense.predicate.frame != "object" or not hit.split.conjunction or a.scan.has(i, "vague"):
        return False
    behind = a.starts.get(i + 1)
    if a.words[i].key.endswith("ون") or (
        a.words[i].key.startswith("ال") and behind is not None and not behind.preposition and not behind.conjunction
    ):
        return False  # «ويتهم المعارضون الرئيس بأنه»
    return hit.sense.predicate.lemma in {"شكر", "هنأ", "طالب", "ناشد", "حث", "أبلغ", "اتهم"}


def skip_back(a: Analysis, i: int, at: int) -> int:
    """Index of the last word before adverbs and bracketed inserts that stand before a verb."""
    while i >= 0:
        if (
            i in a.timed
            or a.scan.has(i, "insert")
            or a.words[i].key in a.classes["auxiliary"]
            or a.words[i].is_number
            or (a.words[i].text in OPEN and i + 1 == at and i in a.ends)
        ):
            i -= 1
        elif a.words[i].text in {"،", ","}:
            opening = next((k for k in range(i - 1, max(i - 14, -1), -1) if a.words[k].text in {"،", ","}), None)
            apposed = opening in a.covered and a.ends.get(i) is not None  # «شي، رئيس الصين، ينوي»
            begins = opening is not None and a.words[opening + 1].key in COMPLEMENTS  # «الاثنين، أن الوزارة، ستستدعي»
            if opening is None or apposed or begins or not (inserts(a, opening + 1) or i - opening < 6):
                return i
            i = opening - 1
        elif a.words[i].text in CLOSE and i + 1 not in a.ends:
            return i
        else:
            return i
    return i
