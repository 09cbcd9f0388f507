"""Who imposes a measure."""

from collections.abc import Callable
from dataclasses import dataclass

from kg.reading.clauses import NOBODY, Analysis, Argument, Hit
from kg.reading.doers import adjective_country
from kg.reading.draft import Draft
from kg.reading.envoys import answering
from kg.reading.extent import before, key_in
from kg.reading.light import light_hit
from kg.reading.scan import Phrase
from kg.reading.subjects import subject
from kg.reading.words import keyset

SPOKEN = frozenset({"threaten", "announce", "promise"})
ACTING = frozenset({"name", "nation", "org"})


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as it stands: its word, the word of imposing or lifting, the statement around it, its kind."""

    hit: Hit
    verb: int | None
    frame: Draft | None
    kind: str


Rule = Callable[[Analysis, Measure], Argument | None]


def imposers(a: Analysis, hit: Hit, verb: int | None, frame: Draft | None, draft: Draft) -> None:
    """Who imposes, by the first rule that finds somebody."""
    measure = Measure(hit, verb, frame, draft.kind)
    found = next((found for rule in RULES if (found := rule(a, measure))), NOBODY)
    for known, named in found.pairs():
        acting = a.memory.acting(known)
        if acting.type != "Place" and not acting.outlet:
            draft.fill("imposer", acting, named, a.words[hit.at].span)
            if hit.finite and found.how in {"before", "after"}:
                a.memory.subject(acting)


def does_itself(a: Analysis, m: Measure) -> Argument | None:
    """«حظرت الهند تصدير الأرز», «عقوبات الاتحاد الأوروبي»: the subject of a verb that is the measure."""
    if not m.hit.finite:
        return None
    by = next((p for p in a.phrases if m.hit.at < p.start < m.hit.at + BY and p.preposition == "من قبل"), None)
    if by is not None:
        return a.argument(a.group(by), "source")  # «جماعة تصنف إرهابية من قبل واشنطن»
    hit = light_hit(a, m.hit.at, "object")._replace(split=m.hit.split)  # «كانت واشنطن قد عاقبت موسكو»
    found = subject(a, hit)
    if m.kind == "asset_freeze" and found.phrases and found.phrases[0].head in ASSETS:
        known = a.memory.dropped(hit.sense.form.gender, a.words[hit.at].start)
        return Argument((), (known,), "dropped") if known is not None else None
    return found


BY = 12  # words behind a passive verb in which who does it is named
ASSETS = keyset("أصول أرصدة أموال")


def adjective(a: Analysis, m: Measure) -> Argument | None:
    """«العقوبات الأميركية»: the country of the noun's adjective."""
    return None if m.kind == "asset_freeze" or m.hit.finite else adjective_country(a, m.hit)


def imposing(a: Analysis, m: Measure) -> Argument | None:
    """«فرضت واشنطن عقوبات»: the subject of the verb that imposes or lifts."""
    if m.verb is None or m.hit.finite or not finite(a, m.verb) or decreed(a, m.verb):
        return None
    found = subject(a, light_hit(a, m.verb)) if masdar_free(a, m.verb) else None
    passive = found is not None and found.how == "dropped" and m.hit.split.article and m.hit.at == m.verb + 1
    return None if passive and a.words[m.verb].key[:1] in "تي" else found  # «حين ترفع العقوبات»


def finite(a: Analysis, verb: int) -> bool:
    """Whether a word of imposing shows a verb's form."""
    key = a.words[verb].key
    shown = (key.lstrip("وف")[-1:] in "تهاض" and not key.startswith("ال")) or a.scan.key(verb - 1) == "قد"
    return shown or verb in a.finite


def genitive(a: Analysis, m: Measure) -> Argument | None:
    """«عقوبات الاتحاد الأوروبي»: the genitive of the measure."""
    phrase = a.starts.get(m.hit.at + 1)
    if phrase is None or phrase.preposition or phrase.conjunction or phrase.kind not in ACTING or m.hit.finite:
        return None
    if m.hit.split.stem in a.classes["measure_noun"] or (m.kind == "embargo" and phrase.kind == "nation"):
        return None  # «معاقبة فرنسا», «حظر شحنات روسية»: whom it hits
    return a.argument((phrase,), "genitive")


def right_behind(a: Analysis, m: Measure) -> Argument | None:
    """«فرض الاتحاد الأوروبي عقوبات»: who stands free between a word of imposing, verb or noun, and the measure."""
    phrase = a.starts.get(m.verb + 1) if m.verb is not None else None
    if phrase is None or phrase.preposition or phrase.conjunction or phrase.end > m.hit.at:
        return None
    return a.argument(a.group(phrase), "genitive")


def carrying(a: Analysis, m: Measure) -> Argument | None:
    """«قررت واشنطن إعادة فرض عقوبات», «قرر إدراج شركة»: the subject of the verb that carries a noun of imposing."""
    itself = m.hit.at if not m.hit.finite and m.hit.split.stem in a.classes["measure_noun"] else None
    at = itself if m.verb is None else m.verb
    for i in before(a, light_hit(a, at), 8) if at is not None else ():
        if (
            i not in a.covered
            and (a.scan.has(i, "impose") or a.scan.has(i, "commit") or a.scan.has(i, "light") or decrees(a, i))
            and masdar_free(a, i)
        ):
            return subject(a, light_hit(a, i)) or None
    return None


def coming_from(a: Analysis, m: Measure) -> Argument | None:
    """«عقوبات من الاتحاد الأوروبي», «تفرضها دول منها بريطانيا»: who stands behind «من» or examples of those who do."""
    for phrase in a.phrases:
        if not m.hit.at < phrase.start < m.hit.at + 10:
            continue
        if any(a.words[k].key.removeprefix("ال") in a.classes["goods"] for k in range(m.hit.at + 1, phrase.start)):
            continue  # «رسوم على واردات الصلب من الاتحاد الأوروبي»
        example = a.scan.key(phrase.start - 1) in {"منها", "بينها", "مثل", "ابرزها"}
        if example or (phrase.preposition in {"من", "من قبل", "جانب"} and acting(a, phrase)):
            return a.argument(a.group(phrase), "source")
    return None


def acting(a: Analysis, phrase: Phrase) -> bool:
    """Whether a phrase is a state or an organisation, and no goods of theirs: «من روسيا»."""
    return any(a.memory.acting(known).type == "Organization" for known in a.refer(phrase))


def answered(a: Analysis, m: Measure) -> Argument | None:
    """«ردت الصين بفرض رسوم»: who answers with a measure."""
    at = m.hit.at if m.verb is None else m.verb
    return (answering(a, at) or None) if a.words[at].key[:1] == "ب" else None


def deciding(a: Analysis, m: Measure) -> Argument | None:
    """«نددت بقرار واشنطن إعادة إدراج كوبا»: who decides on a measure."""
    for phrase in reversed(a.phrases):
        if m.hit.at - 5 < phrase.end <= m.hit.at and not phrase.preposition and phrase.start:
            decided = a.scan.lexicon.noun(a.words[phrase.start - 1], "deciding_noun")
            return a.argument((phrase,), "genitive") if decided is not None else None
    return None


def speaking(a: Analysis, m: Measure) -> Argument | None:
    """«هددت بعقوبات»: who threatens, announces or promises a measure, or says «فرضنا»."""
    ours = m.verb is not None and a.words[m.verb].key.endswith("نا")
    if m.frame is None or not (m.frame.kind in SPOKEN or ours):
        return None
    speakers = tuple(a.memory.get(k) for k in m.frame.ids("speaker"))
    return Argument((), tuple(a.memory.country_of(k) or k for k in speakers), "frame")


def addressed(a: Analysis, m: Measure) -> Argument | None:
    """«دعت واشنطن إلى رفع عقوباتها»: whom a demand addresses, where the measure bears his pronoun."""
    owned = m.hit.split.stem.endswith(("ها", "ه", "هم"))
    if m.frame is None or m.frame.kind not in {"demand", "request"} or not owned:
        return None
    return Argument((), tuple(a.memory.get(k) for k in m.frame.ids("addressee")), "addressee")


RULES: tuple[Rule, ...] = (
    does_itself,
    adjective,
    imposing,
    genitive,
    right_behind,
    carrying,
    coming_from,
    deciding,
    answered,
    speaking,
    addressed,
)
"""Who imposes a measure: the first rule that finds somebody wins."""


def decreed(a: Analysis, verb: int) -> bool:
    """«قرار يفرض عقوبات»: whether what imposes is a paper and not its neighbour."""
    return verb > 0 and a.words[verb - 1].key.lstrip("ول") in a.classes["decree"]


def masdar_free(a: Analysis, i: int) -> bool:
    """Whether a word of imposing is a verb: it stands before the measure without article or preposition."""
    if a.scan.key(i - 1) == "قد":
        return True  # «كان الاتحاد قد رفع عقوباته»
    noun = a.words[i].key in a.classes["imposing_noun"]
    return not noun and not a.words[i].key.startswith(("ال", "ب", "ل", "المفروض"))


def decrees(a: Analysis, i: int) -> bool:
    """«وقع الرئيس مرسوما بفرض عقوبات»: signing or issuing a decree carries what it imposes."""
    return key_in(a, i, "decreeing") and any(w.key in a.classes["decree"] for w in a.words[i + 1 : i + 9])
