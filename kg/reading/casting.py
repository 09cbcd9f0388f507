"""Which entity an event's role takes for a phrase: the state for its capital, its force or its envoy."""

from kg.model import ROLES
from kg.reading.clauses import Analysis, Hit
from kg.reading.draft import Draft
from kg.reading.envoys import envoy, opening, summoned
from kg.reading.known import Known, name_keys
from kg.reading.pronouns import possessed
from kg.reading.scan import Phrase
from kg.reading.words import fold, keyset


def place_or_actor(a: Analysis, draft: Draft, role: str, known: Known, phrase: Phrase | None, hit: Hit) -> None:
    """Fill a role: a place role keeps the capital, an actor's role takes its country; both only where the type fits."""
    word = a.words[hit.at].span
    if role == "place" and role in ROLES[draft.type]:
        known = a.memory.seat(known)
        if known.type in {"Place", "Country"} and (not draft.ids("place") or listed_place(a, draft, phrase)):
            draft.fill("place", known, phrase, word)
        elif known.type == "Person" and draft.lemma == "زار":
            draft.fill("participant", known, phrase, word)  # «زار السفير الوزير»
    elif role in ROLES[draft.type] and not unaimed(a, draft, role, known, phrase, hit):
        role = "target" if summoned(a, hit, role, phrase) and draft.kind == "other" else role
        if role == "target" and known.type == "Place" and draft.kind in LOCATED:
            draft.fill("place", known, phrase, word)  # a capital that is struck is the place too
        acting = envoy_state(a, draft, role, known, phrase)
        if acting is not None and acting.type == "Place" and role == "target" and draft.type == "MilitaryAction":
            draft.fill("place", known, phrase, word)
            acting = state_of(a, known, phrase)
        if acting is not None and takes_part(a, draft, role, acting, phrase):
            draft.fill(role, force(a, draft, role, acting), phrase, word)


LOCATED = frozenset({"strike", "invasion", "seizure", "blockade"})
"""Kinds of acts of force that hit a place, and by it the state that it belongs to."""


def envoy_state(a: Analysis, draft: Draft, role: str, known: Known, phrase: Phrase | None) -> Known | None:
    """Who acts under a name: the state for its capital or its envoy; None for one's own mission abroad."""
    if draft.type == "DiplomaticAction" and role == "target" and known.row is None and own_mission(a, known):
        return None  # «سفارتها في تل أبيب»: where it stands tells whom the act is aimed at
    if draft.type == "DiplomaticAction" and phrase is not None and phrase.country and envoy(a, phrase):
        state = a.memory.of_row(phrase.country)
        a.memory.call(state, phrase.surface)
        return state
    return a.memory.acting(known)


def state_of(a: Analysis, place: Known, phrase: Phrase | None) -> Known | None:
    """The state of a place that the tables know."""
    key = a.memory.lexicon.authorities[place.row.key].country if place.row else None
    if key is None:
        return None
    state = a.memory.of_row(key)
    a.memory.call(state, phrase.surface if phrase else place.name)
    return state


def takes_part(a: Analysis, draft: Draft, role: str, acting: Known, phrase: Phrase | None) -> bool:
    """Whether an entity can take a role: no place acts, no outlet fights, no person that words do not name."""
    if acting.type == "Place" and role in {"agent", "participant"}:
        return False
    if role == "participant" and acting.outlet:
        return False  # «لقاء مع قناة الجزيرة» is an interview
    if draft.type == "DiplomaticAction" and role == "agent" and acting.type == "Organization" and commercial(acting):
        return False  # «استدعت الشركة موظفيها»
    if draft.type != "MilitaryAction":
        return True
    if acting.outlet or role != "agent":
        return not acting.outlet
    if acting.type == "Person" and phrase is not None and vessel(a, phrase):
        return False  # «حاملة الطائرات جيرالد فورد»
    if acting.type == "Person":
        return (phrase is not None or a.memory.country_of(acting) is not None) and not travels(draft)
    return not unarmed(a, draft, acting)


def vessel(a: Analysis, phrase: Phrase) -> bool:
    """Whether a name is that of a ship or craft, by the noun right before it."""
    return any(a.scan.has(k, name) for k in (phrase.start - 1, phrase.start - 2) for name in ("ship", "warship"))


def commercial(known: Known) -> bool:
    """Whether an organisation is a company, a bank or an outlet."""
    return known.head == "شركه" or (known.row is not None and known.row.extra.get("kind") in {"company", *CIVIL})


def travels(draft: Draft) -> bool:
    """«غادر الرئيس المطار», «اشتبك النائب مع»: what a person does without arms."""
    return draft.lemma in TRAVELS or draft.kind == "clash"


TRAVELS = frozenset({"غادر", "خرج", "دخل", "وصل", "هبط", "حط", "انتشر", "عبر", "مر"})
"""Verbs of moving, by which a person travels and only a force deploys or withdraws."""

CIVIL = frozenset({"court", "ngo", "bank", "outlet", "agency", "platform", "union"})
"""Kinds of organisations that have no arms."""


def unarmed(a: Analysis, draft: Draft, acting: Known) -> bool:
    """Whether an organisation cannot do an act of force: a court, a charity, the United Nations but for its troops."""
    if acting.type != "Organization":
        return False
    if acting.row is None:
        return acting.head in a.classes["unarmed"]
    kind = acting.row.extra.get("kind")
    return kind in CIVIL or (acting.row.key.split("-")[0] == "un" and draft.kind not in KEEPING_PEACE)


KEEPING_PEACE = frozenset({"deployment", "withdrawal", "military_aid", "exercise", "clash"})
"""What the troops of the United Nations do."""


def force(a: Analysis, draft: Draft, role: str, acting: Known) -> Known:
    """Whose force acts: the state for its head or its ministry."""
    if draft.type == "MilitaryAction" and role == "agent" and (acting.type == "Person" or of_state(acting)):
        return a.memory.side(acting) or acting
    return acting


def unaimed(a: Analysis, draft: Draft, role: str, known: Known, phrase: Phrase | None, hit: Hit) -> bool:
    """Whether what stands as the target is none: a mission that is opened, the post of who is appointed, the doer."""
    if draft.type != "DiplomaticAction" or role != "target":
        return False
    post = draft.kind == "appointment" and envoy(a, phrase) and not known.named
    own = a.memory.acting(known)
    at_home = any(a.memory.country_of(a.memory.get(i)) is own for i in draft.ids("agent"))  # «السفير لدى روسيا»
    called = draft.kind == "recall" and phrase is not None and possessed(a.words[phrase.start].key)  # «سفيرها فلان»
    return opening(a, draft, known, hit) or post or at_home or bool(called) or own.id in draft.ids("agent")


def of_state(known: Known) -> bool:
    """Whether an organisation is an arm of its state that has no force of its own: a ministry, a presidency."""
    return known.row is not None and known.row.extra.get("kind") in {
        "ministry",
        "presidency",
        "government",
        "parliament",
    }


def own_mission(a: Analysis, known: Known) -> bool:
    """Whether an entity is a mission that only a pronoun tells whose it is."""
    return known.type == "Organization" and fold(known.name) in a.classes["own_mission"]


def strike_states(a: Analysis, draft: Draft, hit: Hit) -> None:
    """Who strikes, invades or takes a place acts on its state, where nobody else is named and it is not his own."""
    if draft.type != "MilitaryAction" or draft.kind not in LOCATED or draft.ids("target"):
        return
    at = {p.char_start: p for p in a.phrases}
    for filler in [f for f in draft.fillers if f.role == "place"]:
        phrase = at.get(filler.start)
        if phrase is not None and phrase.preposition == OFF:
            continue  # «قبالة السنغال»
        state = struck(a, a.memory.get(filler.entity), phrase)
        if state is not None and not any(own_state(a, a.memory.get(i), state) for i in draft.ids("agent")):
            draft.fill("target", state, phrase, a.words[hit.at].span)
            return


OFF = fold("قبالة")  # where an act is that hits nobody there


def struck(a: Analysis, place: Known, phrase: Phrase | None) -> Known | None:
    """The state of a place: by the tables, by an adjective («مدينة أربيل العراقية»), by the place that stands next."""
    key = place.row.country or place.row.key if place.row is not None else None
    if key is None and phrase is not None:
        key = next((c for k in range(phrase.start, min(phrase.end + 2, len(a.words))) if (c := a.scan.nation(k))), None)
        key = key or around(a, phrase)
    known = a.memory.lexicon.authorities.get(key or "")
    return a.memory.of_row(known.key) if known is not None and known.type == "Country" else None


def own_state(a: Analysis, agent: Known, state: Known) -> bool:
    """Whether who acts is the state or fights for it: «الجيش السوري سيطر على حلب»."""
    rebels = agent.row is not None and agent.row.extra.get("kind") == "armed_group"
    return (
        agent is state or serving(agent) or agent.head == POLICE or (not rebels and a.memory.country_of(agent) is state)
    )


POLICE = fold("شرطة")


def serving(agent: Known) -> bool:
    """«القوات الموالية للحكومة», and not «المناهضة للحكومة»: a force that its name puts on the side of its state."""
    keys = name_keys(agent.name) if agent.row is None else ()
    return not SERVED.isdisjoint(keys) and OPPOSING.isdisjoint(key.removeprefix("ال") for key in keys)


SERVED = keyset("للحكومة لحكومة للرئيس للنظام لنظام للجيش")
OPPOSING = keyset("مناهضة مناهضين مناوئة معارضة معارضين")


def around(a: Analysis, phrase: Phrase) -> str | None:
    """«في فوتوكول بشمال الكاميرون»: the country of a place, told by the place that stands next."""
    behind = next((p for p in a.phrases if phrase.end <= p.start <= phrase.end + 4 and p.preposition), None)
    if behind is None or any(a.words[k].text in {"،", "."} for k in range(phrase.end, behind.start)):
        return None
    return next((k.row.country or k.row.key for k in a.refer(behind) if k.row and k.type in {"Place", "Country"}), None)


def listed_place(a: Analysis, draft: Draft, phrase: Phrase | None) -> bool:
    """Whether a further place is listed with one that the event has already («شملت الرياض ودبي والدوحة»)."""
    ends = {f.end for f in draft.fillers if f.role == "place"}
    return phrase is not None and any(
        p.char_end in ends and p.end <= phrase.start and a.conjoined(p, phrase) for p in a.phrases
    )
