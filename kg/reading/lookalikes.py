"""Words that look like finite verbs of speech and are none: action nouns, adjectives, other verbs."""

from kg.reading.clauses import COMPLEMENTS, Analysis, Hit
from kg.reading.cues import content_acts
from kg.reading.extent import may_be_noun
from kg.reading.known import agrees
from kg.reading.scan import Phrase

LISTED = 9  # words either side of an action noun in which the next of a list stands


def listed_noun(a: Analysis, hit: Hit) -> bool:
    """«ودعم وحدة العراق والحفاظ على», «ورفض البلدين»: a form that may be a noun is one in a list of action nouns."""
    if not hit.split.conjunction or hit.at == 0 or not may_be_noun(a, hit.at):
        return False
    phrase = a.starts.get(hit.at + 1)
    if phrase is not None and phrase.kind == "pair" and phrase.head == "obl":
        return True
    if phrase is not None and not phrase.preposition and phrase.kind in {"person", "office"}:
        return False
    near = range(max(0, hit.at - LISTED), min(hit.at + LISTED, len(a.words)))
    if any(a.words[i].key.startswith("وال") and only_noun(a, i) for i in near if i != hit.at):
        return True
    return phrase is None and (listed_before(a, hit) or of_another(a, hit))


def listed_before(a: Analysis, hit: Hit) -> bool:
    """«على الحوار والعمل المشترك ورفض التدخل»: whether a noun of a list stands before a form, and no comma between."""
    for i in range(hit.at - 1, max(-1, hit.at - LISTED), -1):
        if not a.words[i].is_word or a.scan.is_verb(i):
            return False
        if a.words[i].key.startswith("وال") and i not in a.covered and i not in a.timed:
            return True
    return False


def of_another(a: Analysis, hit: Hit) -> bool:
    """«وتدعو إلى تهجيرهم ورفض عودتهم»: whether the verb before a form has a subject of another gender."""
    before = next((h for h in reversed(a.hits) if h.at < hit.at and h.finite), None)
    return (
        before is not None
        and hit.at - before.at < 2 * LISTED
        and not agrees(before.sense.form.gender, hit.sense.form.gender)
    )


def only_noun(a: Analysis, i: int) -> bool:
    """Whether word i can only be an action noun: «والحفاظ», «والتشديد»."""
    forms = {s.form.form for _, s in a.scan.lexicon.senses_of(a.words[i])}
    return "masdar" in forms and not forms & {"perfect", "imperfect"}


def describes(a: Analysis, hit: Hit) -> bool:
    """«شبكة تدعم الحوثيين»: an imperfect right behind an indefinite noun only describes it."""
    if hit.sense.form.form != "imperfect" or hit.split.conjunction or hit.at < 1 or hit.at in a.ends:
        return False
    before = a.words[hit.at - 1]
    if before.key in {"وقت", "حين"} and a.scan.key(hit.at + 1) == "فيه":
        return False  # «في وقت تؤكد فيه كييف أن»
    plain = before.is_word and not before.key.startswith("ال") and hit.at - 1 not in a.timed
    return (
        plain
        and not a.scan.is_particle(hit.at - 1)
        and not a.scan.is_verb(hit.at - 1)
        and before.key not in a.classes["light"]
    )


def misread(a: Analysis, hit: Hit) -> bool:
    """«توقع دمشق اتفاقا», «توجه الوزير إلى»: a form that begins with ت is the other verb it may be."""
    form, phrase = hit.sense.form, a.starts.get(hit.at + 1)
    if hit.split.stem[:1] != "ت" or form.number != "s" or form.pronoun:
        return False
    if form.form == "imperfect" and hit.sense.predicate.lemma == "وجه":
        return a.scan.key(hit.at + 1)[:1] == "ب" or (phrase is not None and not agrees(phrase.gender, "f"))
    if form.form != "perfect" or form.gender != "m" or phrase is None or phrase.preposition or phrase.kind != "name":
        return False
    known = a.refer(phrase)
    return bool(known) and (known[0].type == "Place" or a.memory.acting(known[0]).agreeing == "f")


def leaves(a: Analysis, hit: Hit) -> bool:
    """«لا يدع مجالا للشك أن»: a negated verb of leaving, spelt as one of claiming or calling."""
    return hit.split.stem in {"يدع", "تدع"} and a.scan.key(hit.at - 1) in {"لا", "لم", "ولا", "ولم"}


def urges(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """«وحث أمريكا على لعب دور أكبر»: whether a form with «و» has an object, and what is asked of him behind it."""
    asked = a.scan.key(phrase.end) in {"علي", "الي"}
    return hit.split.conjunction == "و" and hit.sense.predicate.frame == "object" and asked


def genitive_noun(a: Analysis, hit: Hit) -> bool:
    """«دعم روسيا لفنزويلا»: a form that may be an action noun and whose gender does not fit the name behind is one."""
    phrase = a.starts.get(hit.at + 1)
    if (
        phrase is None
        or phrase.preposition
        or hit.sense.form.pronoun
        or urges(a, hit, phrase)
        or not any(s.form.form == "masdar" for _, s in a.scan.lexicon.senses_of(a.words[hit.at]))
    ):
        return False
    known = a.refer(phrase)
    gender = a.memory.acting(known[0]).agreeing if known and phrase.kind in {"name", "person"} else phrase.gender
    return not agrees(gender, hit.sense.form.gender)


def speaks(a: Analysis, i: int) -> bool:
    """Whether word i is a verb or participle of saying."""
    return any(h.at == i and h.sense.predicate.type == "Statement" for h in a.hits)


def noun_in_content(a: Analysis, hit: Hit) -> bool:
    """«أكد دعمه»: a word that could be a verb is the noun that another verb of saying governs."""
    word = a.words[hit.at]
    if hit.split.conjunction or (
        not any(s.form.form == "masdar" for _, s in a.scan.lexicon.senses_of(word)) and word.key not in content_acts()
    ):
        return False
    if a.words[hit.at - 1].key == "ان" and a.scan.key(hit.at - 2) == "الي" and speaks(a, hit.at - 3):
        return True  # «لافتا إلى أن تضامن السعودية ومصر أساس»
    if hit.at and a.words[hit.at - 1].key in {"عن", "علي", "في", "الي", "من", "اي", "عدم"}:
        return True
    for other in a.hits:
        if (
            0 < hit.at - other.at <= 8
            and other.sense.predicate.type == "Statement"
            and other.sense.form.form in {"perfect", "imperfect", "participle"}
        ):
            between = a.words[other.at + 1 : hit.at]
            if not any(
                w.key in COMPLEMENTS or w.text in {"،", ",", ":", "."} for w in between
            ) and other.sense.predicate.frame in {"clause", "express", "target"}:
                return True
    return False
