"""Who suffers an act of force, or kills by it, told by another verb than that of the act: «تعرضت القاعدة لهجوم»."""

from collections.abc import Iterator

from kg.reading.clauses import COMPLEMENTS, Analysis, Argument, Hit
from kg.reading.extent import key_in
from kg.reading.known import Known, agrees
from kg.reading.light import light_hit
from kg.reading.scan import Phrase
from kg.reading.subjects import subject
from kg.reading.subjects_before import RELATIVES
from kg.reading.words import keyset

Victims = Iterator[tuple[str, Known, Phrase | None]]


def victims(a: Analysis, hit: Hit) -> Victims:
    """(role, entity, phrase) of those whom a verb beside an action noun says to suffer, see or mourn the act."""
    if endurable(a, hit) and hit.sense.predicate.roles.get("gen") == "agent":
        found = suffering(a, hit.at)
        yield from (("target", known, phrase) for known, phrase in found.pairs()) if found is not None else ()
    if (state := bereaved(a, hit)) is not None:
        yield "target", state, None
    if (struck := exposed(a, hit)) is not None:
        yield from (("target", known, struck) for known in a.refer(struck))
    if (scenery := witnessing(a, hit)) is not None:
        yield from (
            ("target" if known.type == "Country" else "place", known, phrase) for known, phrase in scenery.pairs()
        )


def endurable(a: Analysis, hit: Hit) -> bool:
    """«تعرض لهجوم», «تعرض إلى هجوم»: whether an action noun may be what a verb of suffering takes."""
    return hit.split.preposition == "ل" or (a.scan.key(hit.at - 1) == "الي" and not hit.finite)


def bereaved(a: Analysis, hit: Hit) -> Known | None:
    """«قتل سبعة جنود باكستانيين في هجوم»: the state whose people an act of force kills or hurts."""
    verb = killing(a, hit)
    if verb is None:
        return None
    by = killer(a, verb)
    for k in range(verb + 2 if by is None else max(by.end, verb + 1), hit.at):
        country = a.scan.nation(k) if a.scan.has(k - 1, "force") else None
        if country is not None:
            return a.mention(country, k)
        if a.scan.is_particle(k):
            return None
    return None


def deadly(a: Analysis, hit: Hit) -> bool:
    """«قتل قائد في ضربة إسرائيلية»: what kills is an act of force."""
    masdar = hit.sense.form.form == "masdar" and hit.sense.predicate.kind == "strike"
    return masdar and death_before(a, hit) is not None


def death_before(a: Analysis, hit: Hit) -> int | None:
    """The word of dying nearest before a predicate."""
    near = range(hit.at - 1, max(0, hit.at - 9) - 1, -1)
    return next((k for k in near if a.words[k].key in a.classes["casualty"]), None)


def killing(a: Analysis, hit: Hit) -> int | None:
    """«قتلت القوات سبعة في غارة»: the verb of dying before an act of force that tells how."""
    cause = hit.split.preposition == "ب" or a.scan.key(hit.at - 1) in CAUSING
    told = cause and not hit.finite and hit.sense.predicate.kind in {"strike", "clash"}
    return death_before(a, hit) if told else None


def killer(a: Analysis, verb: int) -> Phrase | None:
    """«قتلت القوات الإسرائيلية سبعة», «إسرائيل قتلت قائدا»: who kills: a state or force, that cannot be the dead."""
    hit = next((h for h in a.hits if h.at == verb and h.finite and h.sense.predicate.lemma in KILLING), None)
    if hit is None or hit.sense.form.number != "s":
        return None  # «ثلاثة من عناصر الحزب قتلوا»
    behind, first = a.starts.get(verb + 1), a.ends.get(verb - (a.scan.key(verb - 1) in {"قد", "لقد"}))
    if behind is not None and not behind.preposition and not behind.conjunction and kills(a, behind):
        states = [k for k in a.refer(behind) if k.type == "Country"] if behind.kind == "name" else []
        verbal = all(agrees(state.agreeing, hit.sense.form.gender) for state in states)  # «بعد قتل إسرائيل قائدا»
        return behind if verbal else None
    return first if first is not None and not first.preposition and kills(a, first) else None


KILLING = frozenset({"قتل", "أسر"})  # lemmas of verbs whose subject may be who dies or is captured


def kills(a: Analysis, phrase: Phrase) -> bool:
    """Whether a phrase names a state, an organisation or a body of armed people."""
    if phrase.kind == "own":
        return True
    if phrase.head in BODIES or (phrase.kind == "nation" and phrase.head == ""):
        return phrase.kind in {"nation", "org"}
    known = a.refer(phrase) if phrase.kind in {"name", "org"} else ()
    return any(one.type in {"Country", "Organization"} and one.row is not None for one in known)


BODIES = keyset(
    "قوات قوة جيش بحرية طيران طائرة طائرات مسيرة تحالف تنظيم حركة جماعة ميليشيا مليشيا ميليشيات مليشيات كتائب"
)
CAUSING = keyset("في جراء إثر نتيجة خلال")


def exposed(a: Analysis, hit: Hit) -> Phrase | None:
    """«الهجوم الذي تعرضت له محطة زابوريجيا»: who suffered an act of force, told in its relative clause."""
    verb = hit.at + 2
    if hit.finite or hit.sense.predicate.kind not in {"strike", "clash"} or a.scan.key(hit.at + 1) not in RELATIVES:
        return None
    if not a.scan.has(verb, "suffering") or a.scan.key(verb + 1) not in {"له", "لها"}:
        return None
    return next((p for p in a.phrases if verb + 2 <= p.start <= verb + 3 and not p.preposition), None)


def witnessing(a: Analysis, hit: Hit) -> Argument | None:
    """«شهدت أوكرانيا هجوما روسيا»: who or where saw an act of force, the subject of the verb before it."""
    strike = hit.sense.predicate.kind in {"strike", "clash"} and not hit.finite and not hit.split.preposition
    near = any(a.scan.has(i, "witness") for i in range(max(0, hit.at - 14), hit.at)) if strike else False
    return suffering(a, hit.at, "witness") if near else None


def suffering(a: Analysis, i: int, name: str = "suffering") -> Argument | None:
    """«تعرضت القاعدة لهجوم», «تخضع إيران لعقوبات»: the subject of a verb of suffering what word i says."""
    for k in range(i - 1, max(i - 14, -1), -1):
        if a.words[k].text in {".", "؛"} or a.words[k].key in COMPLEMENTS:
            return None
        if key_in(a, k, name):
            found = subject(a, light_hit(a, k))
            return found or None
    return None
