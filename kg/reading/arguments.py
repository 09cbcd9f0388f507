"""The arguments of a predicate of acting, and the roles that they fill."""

from collections.abc import Iterator, Mapping

from kg.reading.apart import Candidate, apart
from kg.reading.attendance import all_joined, envoys, hosted, purpose, traveller
from kg.reading.carriers import taken_up_behind
from kg.reading.clauses import COMPLEMENTS, NOBODY, Analysis, Argument, Hit
from kg.reading.doers import doing, noun_subject, pronoun_object
from kg.reading.draft import Draft
from kg.reading.envoys import unwelcome, unwelcoming
from kg.reading.fields import handled
from kg.reading.known import Known
from kg.reading.scan import Phrase
from kg.reading.subjects import subject
from kg.reading.subjects_before import RELATIVES
from kg.reading.victims import victims
from kg.reading.words import fold, keyset

WHERE = keyset("في قرب شمال جنوب شرق غرب داخل قبالة فوق عند ضمن")
NEAR = {"MilitaryAction": WHERE | {"حول"}, "Meeting": WHERE}  # «محادثات حول سوريا» are not held there
"""Prepositions that say where, by the type of event, whatever the predicate."""


def arguments(a: Analysis, hit: Hit, end: int, frame: Draft | None) -> Iterator[tuple[str, Known, Phrase | None]]:
    """(role, entity, phrase) of a predicate's arguments."""
    roles = hit.sense.predicate.roles
    used: set[int] = set()
    doer = doer_of(a, hit, end, frame)
    by = next((p for p in a.phrases if hit.at < p.start < end and p.preposition == "من قبل"), None)
    if by is not None and not hit.finite and roles_agent(roles) and doer.how not in {"genitive", "adjective"}:
        doer = NOBODY  # «تستعد واشنطن لهجوم من جانب إيران»
    kind = "obj" if a.words[hit.at].passive or (by is not None and hit.finite) else "subj"
    acts = roles_agent(roles)
    if by is not None and acts:
        used.add(by.start)
        for known in a.refer(by):
            yield acts, known, by
    if kind in roles or not hit.finite:
        role = roles.get(kind) or roles.get("subj") or roles.get("gen") or roles.get("بين", "")
        if doer.how == "genitive" and "gen" in roles:
            role = genitive_role(a, hit, doer, end)
        scene = role == "agent" and is_scene(a, hit, doer, end)
        role = "place" if scene else role
        yield from ((role, known, phrase) for known, phrase in doer.pairs())
        used |= {p.start for p in doer.phrases}
        a.doers[hit.at] = doer
        if doer.how == "genitive" and role in {"target", "place"}:
            acting = doing(a, hit, frame) if not scene else taken_up_behind(a, hit) or NOBODY
            used |= {p.start for p in acting.phrases}
            for known in acting.fillers:
                yield roles.get("subj", "agent"), known, None
    yield from all_joined(a, hit, used)
    for role, known, phrase in victims(a, hit):
        used |= {phrase.start} if phrase is not None else set()
        yield role, known, phrase
    if pronoun_role(hit) and (whom := pronoun_object(a, hit)) is not None and whom not in doer.fillers:
        yield pronoun_role(hit), whom, None
    yield from unwelcome(a, hit)
    yield from antecedent(a, hit)
    yield from traveller(a, hit)
    yield from envoys(a, hit)
    yield from hosted(a, hit)
    acted_on = (
        (roles.get("gen") in {"target", "place"} or roles.get("علي") == "target")
        if not hit.finite
        else roles.get("obj") == "target"
    )
    if acted_on and (found := object_nation(a, hit, end, used)):
        yield found
    reach = purpose(a, hit, end)
    for phrase in a.phrases:
        if not hit.at < phrase.start < reach or phrase.start in used:
            continue
        one = candidate(a, hit, phrase, used)
        if not apart(a, one) and one.takes:
            for known in a.refer(phrase):
                yield one.takes, known, phrase
            used.add(phrase.start)


def candidate(a: Analysis, hit: Hit, phrase: Phrase, used: set[int]) -> Candidate:
    """A phrase with the role that its preposition gives it."""
    predicate, name = hit.sense.predicate, phrase.preposition or "obj"
    palace = a.scan.key(phrase.start).removeprefix("ب") == "قصر"
    seats = (a.memory.seat(k) if palace else k for k in a.refer(phrase))
    if predicate.type == "Meeting" and name == "ب" and all(k.type == "Place" for k in seats):
        name = fold("في")  # «المنعقد بالدوحة»
    takes = predicate.roles.get(name) or ("place" if name in NEAR.get(predicate.type, ()) else "")
    struck = name == "ل" and takes == "target" and strikes_others(a, hit, phrase)
    takes = "agent" if struck or (name == "obj" and received(a, hit, phrase)) else takes
    return Candidate(hit, phrase, name, takes, used)


def doer_of(a: Analysis, hit: Hit, end: int, frame: Draft | None) -> Argument:
    """Who does an act: the subject of its verb, who does its noun, or who did the attack that the verb takes up."""
    if not hit.finite:
        return NOBODY if unwelcoming(hit) else noun_subject(a, hit, frame)
    if (attack := attack_before(a, hit)) is not None:
        return a.doers.get(attack.at, NOBODY)
    attack = attack_behind(a, hit)
    if attack is not None and (found := noun_subject(a, attack, frame)):
        return Argument(found.phrases, found.fillers, "after")
    doer = subject(a, hit)
    doer = NOBODY if only_object(a, hit, doer, end) else doer
    if doer or hit.sense.predicate.type != "MilitaryAction":
        return doer
    return next((a.doers[at] for at in sorted(a.doers) if 0 < hit.at - at <= 5 and a.doers[at]), doer)


def roles_agent(roles: Mapping[str, str]) -> str:
    """The role of who acts, where a predicate tells it by its subject or genitive; else empty."""
    return roles.get("subj") or ("agent" if roles.get("gen") == "agent" else "")


def pronoun_role(hit: Hit) -> str:
    """The role of the pronoun that a predicate bears: «تزويدها», «والتقاه»; empty where it is the doer's or none."""
    roles, form = hit.sense.predicate.roles, hit.sense.form
    if not form.pronoun:
        return ""
    if hit.finite:
        return "participant" if hit.sense.predicate.type == "Meeting" and "obj" in roles else ""
    return "target" if roles.get("gen") == "target" else ""


def only_object(a: Analysis, hit: Hit, doer: Argument, end: int) -> bool:
    """«الطائرة كانت تستهدف التنظيم»: whether the one phrase behind a verb is hit, its subject a plain noun."""
    if not hit.finite or hit.sense.predicate.kind != "strike" or doer.how != "after":
        return False
    if hit.sense.predicate.roles.get("obj") != "target" or any(
        doer.phrases[-1].end <= p.start < end and not p.preposition for p in a.phrases
    ):
        return False
    i = hit.at - 1 - (a.scan.key(hit.at - 1) in {"كان", "كانت"})
    opening = a.scan.is_particle(i) or a.scan.key(i) in a.classes["before_verb"] or a.scan.has(i, "insert")
    plain = i >= 0 and a.words[i].is_word and i not in a.timed and i not in a.covered and not a.scan.is_verb(i)
    return plain and not opening and not hit.split.conjunction


def attack_before(a: Analysis, hit: Hit) -> Hit | None:
    """«غارة إسرائيلية استهدفت», «الهجوم الذي ضرب»: the attack before a verb of hitting, which is its subject."""
    if not hit.finite or hit.sense.predicate.kind != "strike" or "obj" not in hit.sense.predicate.roles:
        return None
    near = (h for h in reversed(a.hits) if hit.at - 9 < h.at < hit.at)
    last = next((h for h in near if h.finite or h.sense.predicate.type == "MilitaryAction"), None)
    if last is None or last.finite or last.sense.predicate.kind not in {"strike", "war"}:
        return None
    between = range(last.at + 1, hit.at)
    closed = any(a.words[k].text in {"،", ",", ".", ":"} or a.words[k].key in CLOSING for k in between)
    return None if closed or hit.split.conjunction else last


def attack_behind(a: Analysis, hit: Hit) -> Hit | None:
    """«استهدفت غارة إسرائيلية مدينة حمص»: the attack right behind a verb of hitting, which is its subject."""
    if not hit.finite or hit.sense.predicate.kind != "strike" or "obj" not in hit.sense.predicate.roles:
        return None
    nouns = (h for h in a.hits if h.at == hit.at + 1 and not h.finite and not h.split.preposition)
    return next((h for h in nouns if h.sense.predicate.kind == "strike"), None)


CLOSING = COMPLEMENTS | keyset("فيما بينما حيث كما لكن وكانت وكان")
"""Words behind which another clause begins."""


def genitive_role(a: Analysis, hit: Hit, doer: Argument, end: int) -> str:
    """What stands behind an action noun: who acts or is acted on; «إسقاط طائرة روسية», «قصف الطيران الحربي»."""
    roles, head = hit.sense.predicate.roles, doer.phrases[0].head
    if hit.sense.predicate.kind == "appointment" and not doer.phrases[0].surface.startswith("ال"):
        return "target"  # «تعيين مبعوث جديد للصحراء»
    if roles["gen"] == "place" and hit.sense.predicate.kind in {"seizure", "other"} and forces(a, doer.phrases[0]):
        return roles.get("subj", "agent")
    if hit.sense.predicate.lemma == "باع" and a.scan.has(doer.phrases[-1].end, "weapon"):
        return roles.get("subj", "agent")  # «بيع الولايات المتحدة أسلحة»
    if received(a, hit, doer.phrases[0]):
        return "agent"  # «تلقي السلاح الإيراني»
    twofold = doubled(a, doer.phrases[-1], end) or aims(a, hit, doer.phrases[-1])
    if not twofold and handled(a, hit, doer.phrases[0]):
        return "target"
    if roles["gen"] in {"target", "place"} and (head in a.classes["striker"] or hits_something(a, doer)):
        return roles.get("subj", "agent")
    if roles["gen"] == "target" and a.scan.key(doer.phrases[-1].end) == LED:
        return roles.get("subj", "agent")  # «غزو التحالف بقيادة واشنطن»
    return roles.get("subj", roles["gen"]) if twofold and "obj" in roles else roles["gen"]


def received(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """«تسلمت الهند صواريخ روسية»: whether arms that somebody gets are named with the state that they come from."""
    return hit.sense.predicate.roles.get("subj") == "target" and a.scan.has(phrase.start, "weapon")


def strikes_others(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """«القصف العشوائي للميليشيات على الأحياء»: whether an action noun is aimed at somebody else than «ل» brings in."""
    if hit.sense.predicate.kind != "strike" or hit.finite:
        return False
    behind = range(phrase.end, min(phrase.end + 3, len(a.words)))
    flown = a.scan.has(phrase.start, "striker") and phrase.start == hit.at + 1  # «بقصف لطائرات التحالف»
    return flown or any(a.words[i].key == "علي" for i in behind)


LED = fold("بقيادة")


def is_scene(a: Analysis, hit: Hit, doer: Argument, end: int) -> bool:
    """«معركة الزبداني», «هجوم لندن»: whether a city behind an act of force is where it was: nobody else is aimed at."""
    if hit.sense.predicate.kind not in {"clash", "strike"} or doer.how != "genitive":
        return False
    if any(known.type != "Place" for known in doer.fillers):
        return False
    behind = (p for p in a.phrases if doer.phrases[-1].end <= p.start < end)
    return hit.sense.predicate.kind == "clash" or all(p.preposition not in {"علي", "ضد", "ل"} for p in behind)


def hits_something(a: Analysis, doer: Argument) -> bool:
    """«قصف الجيش النيجيري خطأ مخيما»: whether an army stands behind an act of force, and what it hits behind that."""
    army, end = doer.fillers[0], doer.phrases[-1].end
    if army.row is None or army.row.extra.get("kind") != "military":
        return False
    near = [word.key for word in a.words[end : end + 6]]
    return any(key.endswith("ا") and key[:-1] in a.classes["land"] for key in near)


def forces(a: Analysis, phrase: Phrase) -> bool:
    """«استعادة القوات الأوكرانية المنطقة»: whether who stands behind an act of seizing is a force and no land."""
    return phrase.kind != "person" and any(a.scan.has(phrase.start, name) for name in ("troops", "armed"))


def antecedent(a: Analysis, hit: Hit) -> Iterator[tuple[str, Known, Phrase | None]]:
    """«الرئيس الذي تعترف به باريس»: the noun that a relative clause takes up with a pronoun."""
    pronoun = hit.sense.form.pronoun or (
        hit.at + 1 < len(a.words) and a.words[hit.at + 1].key in a.classes["pronoun_preposition"]
    )
    if not hit.finite or not pronoun or hit.at == 0 or a.scan.key(hit.at + 1) in WITHIN:
        return
    opener = next((i for i in range(hit.at - 1, max(hit.at - 7, -1), -1) if a.words[i].key in RELATIVES), None)
    if opener is None or any(
        i not in a.covered and a.words[i].key not in {"كانت", "كان", "قد"} for i in range(opener + 1, hit.at)
    ):
        return
    role = hit.sense.predicate.roles.get("obj") or hit.sense.predicate.roles.get("ب")
    phrase = next((p for p in reversed(a.phrases) if p.end <= opener and opener - p.end < 5), None)
    if role and phrase is not None:
        for known in a.refer(phrase):
            yield role, known, phrase


WITHIN = keyset("خلالها خلاله فيها فيه")
"""What takes up the time or place of an act: «زيارة التقى خلالها الرئيس»."""


def object_nation(a: Analysis, hit: Hit, end: int, used: set[int]) -> tuple[str, Known, Phrase | None] | None:
    """«طرد 5 دبلوماسيين برتغاليين», «احتجاز ناقلة بريطانية»: the country of the adjective of what is acted on."""
    free = [p.start for p in a.phrases if hit.at < p.start < hit.at + 8 and p.start not in used and not p.preposition]
    for i in range(hit.at + 2, min(hit.at + 7, end, *free)):
        if a.words[i].text in {"،", ","} or (
            a.scan.is_particle(i) and hit.sense.predicate.roles.get(a.words[i].key) != "target"
        ):
            return None
        if i in used or i in a.covered or a.scan.is_particle(i) or not a.words[i].is_word:
            continue
        country = a.scan.nation(i)
        if country is not None:
            return "target", a.mention(country, i), a.adjective(country, i)
    return None


def doubled(a: Analysis, phrase: Phrase, end: int) -> bool:
    """Whether another free phrase follows at once: «ضم دولة إقليما», «استهداف الميليشيا الإرهابية مؤخرا لسفينة»."""
    following = a.starts.get(phrase.end)
    free = following is not None and not following.preposition and following.start < end
    at = behind_name(a, phrase, end)
    return free or (at < end and a.words[at].key[:1] == "ل" and len(a.words[at].key) > 3)


def behind_name(a: Analysis, phrase: Phrase, end: int) -> int:
    """Index behind a phrase and the adjectives, adverbs and times that follow it."""
    at = phrase.end
    while at < min(phrase.end + 3, end) and at not in a.starts and (at in a.timed or beside_name(a, at)):
        at += 1
    return at


def aims(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """«قصف الميليشيا الانقلابية على أحياء المدينة»: whether a strike is on what «على» brings in behind a phrase."""
    return hit.sense.predicate.kind == "strike" and a.scan.key(behind_name(a, phrase, len(a.words))) == "علي"


def beside_name(a: Analysis, i: int) -> bool:
    """Whether word i is an adjective or adverb behind a name: «الحوثي الإرهابية مؤخرا»."""
    key = a.scan.key(i)
    return (key.startswith("ال") and key.endswith(("يه", "ي"))) or key in ADVERBS


ADVERBS = keyset("مؤخرا أخيرا مجددا حاليا")
