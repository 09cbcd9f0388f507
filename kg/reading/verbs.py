"""Whether a word that may be verb or action noun stands where verbs do: «أعلنت، الاثنين، قطع», «وسحب دبلوماسييها»."""

from typing import TYPE_CHECKING

from kg.reading.phrases import distributed
from kg.reading.scan import OPEN, Phrase
from kg.reading.words import keyset

if TYPE_CHECKING:
    from kg.reading.clauses import Analysis, Hit


def verbal_place(a: "Analysis", hit: "Hit") -> bool:
    """Whether a word that may be verb or noun stands where verbs do: first in a clause, behind subject or particle."""
    if hit.split.preposition or hit.split.article:
        return False
    if hit.at == 0:
        return True
    before = a.words[hit.at - 1]
    if before.text in {"،", ","} and (announced(a, hit.at - 1) or listed_action(a, hit)):
        return False
    if before.key == "ان" and any(a.words[k].key.lstrip("و") == "سبق" for k in range(max(0, hit.at - 12), hit.at)):
        return True
    if before.key in a.classes["before_verb"] or before.text in {"و", "،", ",", ".", "؛", ":", "-", "–"}:
        return True
    phrase = a.ends.get(hit.at)
    if hit.split.conjunction:
        return not any(is_action_noun(a, i) for i in range(max(0, hit.at - 8), hit.at - 1))
    if phrase is not None and phrase.start and a.words[phrase.start - 1].key in a.classes["deciding_noun"]:
        return False
    if phrase is not None and phrase.preposition and phrase.start <= 1 and a.words[0].key.removeprefix("و") == "في":
        return hit.at + 1 in a.starts  # «وفي لندن كشف الوزير»
    free = phrase is not None and not phrase.preposition and phrase.kind != "own"
    if phrase is not None and a.words[hit.at].key[-1] == "ا" and phrase.kind in {"name", "person"}:
        return phrase.conjunction  # «شهدت كييف قصفا» is no dual
    return (phrase is not None and free and not has_verb(a, phrase)) or before.text in OPEN


def has_verb(a: "Analysis", subject: Phrase) -> bool:
    """«تعتزم روسيا نشر قوات», «قررت كل من بولندا وليتوانيا طرد»: whether a verb stands right before its subject."""
    first = subject
    while first.conjunction and (earlier := a.ends.get(first.start)) is not None:
        first = earlier
    at = first.start - 1
    if a.scan.key(at) == "من" and distributed(a.scan, at - 1) is not None:
        at -= 2
    if at < 0 or a.scan.key(at - 1) in {"الذي", "التي"}:  # «التحالف الذي تقوده السعودية قصف»
        return False
    verb = any(s.form.form in {"perfect", "imperfect"} for _, s in a.scan.lexicon.senses_of(a.words[at]))
    return verb or a.scan.has(at, "light") or a.scan.has(at, "commit") or unknown_verb(a, at)


def listed_action(a: "Analysis", hit: "Hit") -> bool:
    """«قطع علاقاتها، وإغلاق بعثتها، وسحب دبلوماسييها»: whether action nouns with «و» go on behind a comma."""
    near = range(max(0, hit.at - 8), hit.at - 1)
    return hit.split.conjunction == "و" and any(a.words[i].key[:1] == "و" and is_action_noun(a, i) for i in near)


def unknown_verb(a: "Analysis", i: int) -> bool:
    """«وخسر خان دعم الجيش»: whether word i opens a sentence as a verb that no list holds."""
    key = a.words[i].key
    return i == 0 and key[:1] == "و" and not key.startswith("وال") and not a.scan.is_particle(i) and i not in a.covered


def announced(a: "Analysis", comma: int) -> bool:
    """Whether a comma closes an insert behind a verb of announcing: «أعلنت، الاثنين، قطع», «أعلنت فيه، قطع»."""
    if any(announces(a, i) for i in range(max(0, comma - 3), comma)) and not any(
        i in a.covered for i in range(max(0, comma - 2), comma)
    ):
        return True
    dated = next((i for i in range(comma - 1, -1, -1) if i not in a.timed and not a.scan.has(i, "insert")), 0)
    if dated < comma - 1 and dated in a.covered:  # «أعلنت ليبيا اليوم الاثنين، قطع»
        return a.covered[dated].start > 0 and announces(a, a.covered[dated].start - 1)
    opening = next((i for i in range(comma - 1, max(comma - 8, -1), -1) if a.words[i].text in {"،", ","}), None)
    if opening is None:
        return listed_doers(a, comma)
    verbs = range(max(0, opening - 6), opening)
    if a.words[opening + 1].key in INSERTING and a.words[comma + 1].key.endswith(("ه", "ها", "هم", "هما")):
        return any(renews(a, i) for i in verbs)  # «جددت القاهرة، عبر بيان للوزارة، رفضها»
    inserted = all(i in a.timed or not a.words[i].is_word for i in range(opening + 1, comma))
    return inserted and any(announces(a, i) for i in verbs)


def listed_doers(a: "Analysis", comma: int) -> bool:
    """«وأعلنت واشنطن وكندا ودول أوروبية، طرد»: whether only those who announce stand between their verb and a comma."""
    for i in range(comma - 1, max(comma - 12, -1), -1):
        if i not in a.covered and announces(a, i):
            return i + 1 in a.starts
        if i not in a.covered and not a.words[i].key.startswith("و") and a.scan.nation(i) is None:
            return False
    return False


INSERTING = keyset("عبر خلال في على أثناء عقب بعد قبل لدى")


def renews(a: "Analysis", i: int) -> bool:
    """Whether word i is a verb that has a stance of its subject for its object."""
    senses = a.scan.lexicon.senses_of(a.words[i])
    return any(sense.predicate.lemma in RENEWING and sense.form.form == "perfect" for _, sense in senses)


RENEWING = frozenset({"جدد", "أكد", "أبدى", "كرر", "أظهر"})


def announces(a: "Analysis", i: int) -> bool:
    """Whether word i says what will be done, so that a noun of doing it follows."""
    senses = a.scan.lexicon.senses_of(a.words[i])
    return any(sense.predicate.kind in {"announce", "demand", "reject", "promise"} for _, sense in senses)


def is_action_noun(a: "Analysis", i: int) -> bool:
    """Whether word i can only be an action noun that stands alone or behind a preposition."""
    if i in a.covered or not a.words[i].is_word:
        return False
    forms = {s.form.form for _, s in a.scan.lexicon.senses_of(a.words[i])}
    return forms == {"masdar"} and a.words[i].key[:2] != "ال"
