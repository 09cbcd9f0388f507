"""Stances that a relative clause or a verb of doing carries: «وهو ما نفته روسيا», «سارعت الشركة إلى رفض القرار»."""

from collections.abc import Iterator

from kg.reading.clauses import COMPLEMENTS, Analysis, Hit
from kg.reading.forms import Form
from kg.reading.lexicon import Sense
from kg.reading.words import keyset

CARRIED = 9  # words behind a carrying verb in which the stance stands
POINTING = keyset("وهو هو وهي هي وهذا هذا فهو")
THING = keyset("الأمر الشيء")
GOVERNING = keyset("إلى على في عن")
CARRIERS = ("stance_carrier", "repeating")
REPEATED = frozenset(["أكد", "دعا", "رفض", "حذر", "طالب", "نفى", "قال"])
STANCES = frozenset(
    ["deny", "reject", "condemn", "welcome", "support", "praise", "accuse", "warn", "threaten", "thank", "demand"]
)


def on_what_precedes(a: Analysis, hit: Hit) -> bool:
    """«وهو ما تنفيه إيران», «الأمر الذي رفضته قطر», «وهي تهم نفتها طهران»: a stance on what the clause before says."""
    if hit.at < 2 or hit.split.conjunction or not hit.finite:
        return False
    before, pointing = a.words[hit.at - 1], a.words[hit.at - 2].key
    if before.key == "ما":
        return pointing in POINTING and (bool(hit.sense.form.pronoun) or hit.at + 1 in a.starts)
    if before.key == "الذي":
        return pointing in THING
    return pointing in POINTING and before.is_word and bool(hit.sense.form.pronoun) and not before.key.startswith("ال")


def carried(a: Analysis) -> Iterator[Hit]:
    """«سارعت الشركة إلى رفض القرار», «دأبت روسيا على نفيه», «أعاد الوزير التأكيد»: the stance that a verb carries."""
    for i, word in enumerate(a.words) if a.scan.holds(*CARRIERS) else ():
        for name in CARRIERS:
            split = a.scan.lexicon.noun(word, name) if word.is_word and not care(a, i) else None
            sense = carried_sense(a, i, name) if split is not None and not a.quoted(i) else None
            if split is not None and sense is not None:
                gender = "f" if split.stem.endswith(("ت", "تا")) or split.stem[:1] == "ت" else "m"
                yield Hit(i, split, Sense(sense.predicate, Form("perfect", gender, "", "")))


def care(a: Analysis, i: int) -> bool:
    """«مؤكدا حرص بايدن على»: whether word i is the noun that looks like «حرص» the verb."""
    return a.words[i].key == "حرص" and i > 0 and a.words[i - 1].key not in a.classes["before_verb"]


def carried_sense(a: Analysis, i: int, carrier: str) -> Sense | None:
    """The stance whose noun the verb at word i governs: by a preposition or, behind «أعاد», as its object."""
    for hit in a.hits:
        if hit.at <= i:
            continue
        if hit.at > i + CARRIED or any(w.key in COMPLEMENTS or w.text in {".", "؛"} for w in a.words[i + 1 : hit.at]):
            return None
        if hit.sense.form.form != "masdar" or hit.sense.predicate.type != "Statement":
            continue
        governed = bool(hit.split.preposition) or a.words[hit.at - 1].key in GOVERNING
        if governed == (carrier == "stance_carrier") and fits_carrier(hit, carrier):
            return hit.sense
    return None


def fits_carrier(hit: Hit, carrier: str) -> bool:
    """Whether a verb of hastening or of habit carries this stance, or a verb of repeating this saying."""
    predicate = hit.sense.predicate
    return predicate.kind in STANCES if carrier == "stance_carrier" else predicate.lemma in REPEATED
