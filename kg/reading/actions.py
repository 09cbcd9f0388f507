"""Military, diplomatic and meeting events: predicates of actions.tsv with their arguments."""

from collections.abc import Iterator, Sequence

from kg.judged import CORE
from kg.reading.arguments import arguments, attack_before, attack_behind
from kg.reading.attendance import attended
from kg.reading.casting import place_or_actor, strike_states
from kg.reading.clauses import Analysis, Hit
from kg.reading.draft import Draft
from kg.reading.envoys import RECOGNISING, claimed, declare
from kg.reading.extent import before, clause_end, span, trimmed
from kg.reading.factuality import AFTER, factuality
from kg.reading.fitness import readable
from kg.reading.force import unfit
from kg.reading.merging import fold
from kg.reading.pronouns import ACTORS, PRONOMINAL, meant
from kg.reading.scan import Phrase
from kg.reading.words import keyset, splits

OVER = AFTER | keyset("إزاء حيال بعد")
"""Prepositions between a feeling and the act that roused it."""
DROPPED_ACTS = frozenset({"demand", "request"})


def actions(a: Analysis, number: int, said: Sequence[Draft]) -> Iterator[Draft]:
    """The events of a sentence; `said` are its statements, which tell who vouches for what."""
    taken: set[int] = set()
    told: dict[int, Draft] = {}
    for hit in a.hits:
        if hit.sense.predicate.type == "Statement" or hit.at in taken:
            continue
        if not readable(a, hit):
            a.refuse(
                hit.at,
                hit.sense.predicate.kind,
                f"none of its words stands near: {' '.join(hit.sense.predicate.needs) or 'a verb'}",
            )
            continue
        draft = action(a, hit, number, said)
        if draft is None:
            continue
        taken.add(hit.at)
        if hit.sense.predicate.lemma == "محاولة":
            taken.update((hit.at + 1, hit.at + 2))  # «محاولة الانقلاب» is one
        if hit.sense.predicate.lemma == "استعاد" and not hit.finite:
            taken.add(hit.at + 1)  # «استعادة السيطرة على» as well
        if (subject := attack_behind(a, hit)) is not None:
            taken.add(subject.at)
        attack = attack_before(a, hit)
        host = told.get(attack.at) if attack is not None else None
        if host is None:
            told[hit.at] = draft
            yield draft
        else:
            fold(host, draft)


def action(a: Analysis, hit: Hit, number: int, said: Sequence[Draft]) -> Draft | None:
    """The event of one predicate, or None where nobody takes part or it only is demanded."""
    frame = said_in(hit, said)
    act = frame.kind if frame is not None else ""
    if act in DROPPED_ACTS and frame is not None and hit.at > frame.at and not held_then(a, hit):
        a.refuse(hit.at, hit.sense.predicate.kind, "only demanded")
        return None
    if pressed_for(a, hit):
        a.refuse(hit.at, hit.sense.predicate.kind, "only pressed for")
        return None
    if act in {"warn", "concern"} and frame is not None and not hit.finite and not under_way(a, hit):
        a.refuse(hit.at, hit.sense.predicate.kind, "only warned of")
        return None
    value, why = factuality(a, hit, act if hit.sense.predicate.type != "Meeting" else "")
    if act == "propose" and hit.sense.predicate.type == "Meeting" and not hit.finite and value in {"actual", "planned"}:
        value, why = "hypothetical", "proposed"  # «اقترح إجراء محادثات»
    predicate = hit.sense.predicate
    end = trimmed(a, hit.at, clause_end(a, hit))
    draft = Draft(
        predicate.type,
        predicate.kind,
        f"{predicate.type.lower()}_{hit.sense.form.form}_{why}",
        number,
        hit.at,
        [span(a, hit.at, end)],
        factuality=value,
        lemma=predicate.lemma,
        definite=hit.split.article and not hit.finite,
    )
    if draft.kind == "recognition" and value == "denied":
        draft.kind, draft.factuality = "non_recognition", "actual"
    for role, known, phrase in arguments(a, hit, end, frame):
        if role == "agent" and phrase is not None and fought_in(a, hit, phrase, end):
            role = "place"
        if (
            role == "target"
            and draft.ids("target")
            and phrase is not None
            and phrase.preposition in {"في", "من", "لدي"}
            and not (phrase.preposition == "لدي" and phrase.conjunction)  # «لدى واشنطن وباريس»
        ):
            continue
        place_or_actor(a, draft, role, known, phrase, hit)
    if predicate.type == "DiplomaticAction" or (predicate.type == "MilitaryAction" and draft.ids("agent")):
        taken_up(a, hit, end, draft)
    for known, phrase, word in claimed(a, hit, end, draft):
        draft.fill("target", a.memory.acting(known), phrase, word)
    if predicate.lemma == "مرغوب":
        declare(a, hit, draft)
    never_oneself(a, draft, hit)
    if draft.type == "MilitaryAction" and (fault := unfit(a, hit, draft)):
        a.refuse(hit.at, predicate.kind, fault)
        return None
    if draft.kind == "invasion" and draft.lemma == "دخل" and any(a.scan.key(i) in MISSION for i in range(hit.at, end)):
        draft.kind = "deployment"  # «دخلت قوات كينية إلى هايتي في إطار بعثة دولية»
    strike_states(a, draft, hit)
    if draft.lemma == "أطلق" and not draft.ids("target") and at_sea(a, draft):
        draft.kind = "other"  # «أطلقت صاروخا باتجاه بحر اليابان»: a test
    if draft.factuality == "actual" and frame is not None and by_enemy(a, draft, frame):
        draft.factuality = "alleged"
    if not complete(a, draft):
        a.refuse(hit.at, predicate.kind, "too few of those who take part are named")
        return None
    return draft


MISSION = keyset("بعثة البعثة مهمة لحفظ")


def pressed_for(a: Analysis, hit: Hit) -> bool:
    """«تزيد واشنطن ضغوطها على الخرطوم لقطع علاقاتها»: whether an act is what somebody is pressed to do."""
    aim = not hit.finite and (hit.split.preposition == "ل" or a.scan.key(hit.at - 1) == "علي")
    return aim and any(split.stem in PRESSURE for i in before(a, hit, PRESSED) for split in splits(a.words[i].key))


PRESSED = 8  # words between pressure and what it is for
PRESSURE = keyset("ضغط ضغوط ضغوطا ضغوطها ضغوطه ضغوطات ضغطها")


def at_sea(a: Analysis, draft: Draft) -> bool:
    """Whether an act is placed on a sea."""
    rows = [a.memory.get(ident).row for ident in draft.ids("place")]
    return any(row is not None and row.extra.get("kind") in {"sea", "ocean"} for row in rows)


def held_then(a: Analysis, hit: Hit) -> bool:
    """«حث ماتيس، خلال لقائه بارزاني، على»: whether a meeting is the time of a demand and not what is demanded."""
    meeting = hit.sense.predicate.type == "Meeting" and not hit.split.article
    return meeting and a.scan.key(hit.at - 1) in DURING


DURING = AFTER | keyset("خلال أثناء بعد قبيل")


def taken_up(a: Analysis, hit: Hit, end: int, draft: Draft) -> None:
    """Fill the role of a preposition whose pronoun takes up somebody named before: «قطعت علاقاتها معه»."""
    kinds = ACTORS | ({"Person"} if draft.kind in RECOGNISING else frozenset())
    for i in range(hit.at + 1, min(end + 1, len(a.words))):
        preposition, gender = PRONOMINAL.get(a.words[i].key, ("", ""))
        role = hit.sense.predicate.roles.get(preposition, "")
        if role in {"target", "agent"} and not draft.ids(role) and not (role == "target" and draft.ids("place")):
            known = meant(a, i, gender, [k for r in draft.roles for k in draft.ids(r)], kinds)
            if known is not None:
                draft.fill(role, known, None, a.words[i].span)


def under_way(a: Analysis, hit: Hit) -> bool:
    """«حذرت من أن الحرب الروسية تسببت»: a war that has the article and a state's adjective is on, whoever warns."""
    if a.scan.key(hit.at - 1) in OVER:
        return True  # «أعرب عن صدمته إزاء قصف مستشفى»
    return hit.split.article and hit.sense.predicate.kind == "war" and a.scan.nation(hit.at + 1) is not None


def never_oneself(a: Analysis, draft: Draft, hit: Hit) -> None:
    """Take back an agent that is acted on as well and that no words name, or only the verb of a noun."""
    for filler in [f for f in draft.fillers if f.role == "agent" and f.entity in draft.ids("target")]:
        if not hit.finite or (filler.start, filler.end) == a.words[hit.at].span:
            del draft.fillers[filler]
            del draft.roles["agent"][filler.entity]


def by_enemy(a: Analysis, draft: Draft, frame: Draft) -> bool:
    """«قالت كييف إن القوات الروسية قصفت أوديسا»: an act of force that the one acted on tells of."""
    sides = {known.id: a.memory.side(known) for known in map(a.memory.get, frame.ids("speaker"))}
    own = {*sides, *(state.id for state in sides.values() if state is not None)}
    told = draft.type == "MilitaryAction" and bool(draft.ids("agent")) and not own & set(draft.ids("agent"))
    return told and bool(own & set(draft.ids("target")))


def fought_in(a: Analysis, hit: Hit, phrase: Phrase, end: int) -> bool:
    """«حرب سوريا»: one name right behind a war, and nobody against whom: where it is fought."""
    if hit.finite or hit.sense.predicate.kind != "war":
        return False
    two = a.scan.nation(hit.at + 1) is not None and a.scan.nation(hit.at + 2) is not None
    return phrase.start == hit.at + 1 and not two and not against(a, phrase, end)


def against(a: Analysis, phrase: Phrase, end: int) -> bool:
    """Whether somebody is named whom a war is against: «حرب روسيا على أوكرانيا»."""
    return any(p.preposition in {"علي", "ضد", "مع"} and phrase.end <= p.start < end for p in a.phrases)


def said_in(hit: Hit, said: Sequence[Draft]) -> Draft | None:
    """The statement in whose words a predicate stands."""
    return next((d for d in reversed(said) if d.content[0] <= hit.at < d.content[1] and d.at != hit.at), None)


def complete(a: Analysis, draft: Draft) -> bool:
    """Whether enough is known of who takes part."""
    if draft.type == "Meeting":
        return attended(a, draft)
    if draft.type == "Sanction" or draft.kind in RECOGNISING:
        return bool(draft.ids("target"))
    if draft.kind == "coup" and draft.ids("place"):
        return True  # «الانقلاب في مالي»
    if draft.kind == "seizure" and not draft.ids("target") and not draft.ids("place"):
        return False  # «استعادة أمنها»
    return any(draft.ids(role) for role in CORE[draft.type])
