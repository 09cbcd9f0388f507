"""Who does an action noun by the verb or noun that carries it: «أجرى بوتين محادثات», «قيام تركيا بإسقاط»."""

from kg.reading.clauses import COMPLEMENTS, NOBODY, Analysis, Argument, Hit
from kg.reading.extent import before, key_in
from kg.reading.factuality import AFTER
from kg.reading.light import light_hit
from kg.reading.subjects import subject
from kg.reading.subjects_before import RELATIVES
from kg.reading.words import keyset


def taken_up_behind(a: Analysis, hit: Hit) -> Argument | None:
    """«قصف حلب الذي نفذته الطائرات الروسية»: the subject of the relative clause right behind the genitive of an act."""
    genitive = a.starts.get(hit.at + 1)
    if genitive is None or a.scan.key(genitive.end) not in RELATIVES:
        return None
    return relative_subject(a, hit, genitive.end + 1 - hit.at)


def relative_subject(a: Analysis, hit: Hit, reach: int = 5) -> Argument | None:
    """«زيارة قام بها الرئيس», «محادثات أجرياها», «التي تستخدمها الولايات المتحدة»."""
    for h in a.hits:
        if hit.at < h.at <= hit.at + reach and another_act(h, hit):
            return None
        if hit.at < h.at <= hit.at + reach and h.finite and (h.sense.form.pronoun or pronoun_behind(a, h.at)):
            found = subject(a, h)
            return found if found else None
    relative = not hit.split.article
    for i in range(hit.at + 1, min(hit.at + reach + 1, len(a.words))):
        relative = relative or a.words[i].key in RELATIVES
        if relative and a.scan.has(i, "light") and a.words[i].is_word:  # «بعد الحرب استخدم الرئيس» is another clause
            return light_subject(a, i, backward=False)
    return None


def another_act(h: Hit, hit: Hit) -> bool:
    """«الاشتباكات مع غارات نفذها»: whether a noun is another act of force, to which the clause behind it belongs."""
    return not h.finite and h.sense.predicate.type == hit.sense.predicate.type == "MilitaryAction"


def pronoun_behind(a: Analysis, i: int) -> bool:
    """«قام بها»: whether a preposition with a pronoun follows a verb."""
    return i + 1 < len(a.words) and a.words[i + 1].key in {"بها", "به", "فيها", "عليها", "عليه"}


def nominal_carrier(a: Analysis, hit: Hit) -> Argument | None:
    """«قيام تركيا بإسقاط», «تنفيذ الجيش غارة», «استمرار إسرائيل في قصف»: the genitive of a noun of doing."""
    for i in before(a, hit, 7):
        if a.words[i].text in {"،", ","} or a.words[i].key in COMPLEMENTS:
            return None
        phrase = a.starts.get(i + 1)
        if phrase is not None and not phrase.preposition and a.scan.has(i, "doing_noun"):
            return a.argument(a.group(phrase), "carried") or None
    return None


def carrier_subject(a: Analysis, hit: Hit) -> Argument | None:
    """The subject of the verb that carries the noun: «أجرى بوتين محادثات», «أمر ترمب بنشر»."""
    if hit.sense.predicate.type == "MilitaryAction" and a.scan.key(hit.at - 1) in OCCASIONS:
        return None  # «بدأت الإمارات الحوار في أعقاب هجمات»
    free = 5 if hit.split.article and hit.sense.predicate.type == "MilitaryAction" else 12
    for i in before(a, hit, LONG if hit.sense.predicate.type == "Meeting" else 12):
        free -= i not in a.covered
        if free < 0 or a.words[i].key in COMPLEMENTS or a.words[i].key in a.classes["turn"]:
            return None
        if key_in(a, i, "passive") and not (key_in(a, i, "light") and (i + 1 in a.starts or i in a.ends)):
            return None  # «سيجري توقيع», but «سيجري ماكرون محادثات»
        if key_in(a, i, "light") or key_in(a, i, "commit"):
            found = light_subject(a, i, backward=True)
            return None if found is not None and only_reports(a, hit, i, found) else found
    return None


LONG = 20  # words back to the verb that carries a meeting, over the names and titles of who holds it
OCCASIONS = AFTER | keyset("أعقاب بعد بسبب نتيجة منذ")
"""Words behind which another time or cause is told than the verb's own."""


def only_reports(a: Analysis, hit: Hit, verb: int, found: Argument) -> bool:
    """«أعلن وزير الأمن مقتل شخصين في هجوم», «أعلن الجيش مقتل جندي»: whether who died is announced, and by no foe."""
    dead = next((i for i in range(verb + 1, hit.at) if a.words[i].key in a.classes["casualty"]), None)
    if dead is None or hit.sense.predicate.type != "MilitaryAction":
        return False
    return all(k.type == "Person" for k in found.fillers) or any(
        a.scan.has(i, "serviceman") for i in range(dead, hit.at)
    )


def light_subject(a: Analysis, i: int, *, backward: bool) -> Argument | None:
    """The subject of a light verb, read as any other finite verb."""
    readings = [*(h for h in a.hits if h.at == i and h.finite), light_hit(a, i)]
    found = next((s for h in readings if (s := subject(a, h))), NOBODY)
    if found.fillers and key_in(a, i, "hosting") and found.fillers[0].type != "Person":
        return None
    if found.how == "vague" or not found.fillers or (found.how == "dropped" and not backward):
        return None
    return found
