"""Which entity an event's role takes for a phrase: the state for its capital, its force or its envoy."""

from kg.model import ROLES
from kg.reading.clauses import Analysis, Hit
from kg.reading.draft import Draft
from kg.reading.known import Known
from kg.reading.scan import Phrase
from kg.reading.words import fold


def place_or_actor(a: Analysis, draft: Draft, role: str, known: Known, phrase: Phrase | None, hit: Hit) -> None:
    """Fill a role: a place role keeps the capital, an actor's role takes its country; both only where the type fits."""
    if role not in ROLES[draft.type]:
        return
    word = a.words[hit.at].span
    if role == "place":
        known = a.memory.seat(known)
        if known.type in {"Place", "Country"} and (not draft.ids("place") or listed_place(a, draft, phrase)):
            draft.fill("place", known, phrase, word)
            struck(a, draft, known, phrase, word)
        return
    acting = a.memory.acting(known)
    if draft.type == "DiplomaticAction" and role == "target" and known.row is None and own_mission(a, known):
        return  # «سفارتها في تل أبيب»: where it stands tells whom the act is aimed at
    if (
        draft.type == "DiplomaticAction"
        and phrase is not None
        and phrase.head.split()[:1]
        and phrase.head.split()[0] in a.classes["envoy_title"]
        and phrase.country
    ):
        acting = a.memory.of_row(phrase.country)
        a.memory.call(acting, phrase.surface)
    if acting.type == "Place" and role in {"agent", "participant"}:
        return
    if role == "participant" and acting.outlet:
        return  # «لقاء مع قناة الجزيرة» is an interview
    if draft.type == "MilitaryAction" and role == "agent" and (acting.type == "Person" or of_state(acting)):
        acting = a.memory.country_of(acting) or acting
    if role == "target" and known.type == "Place" and draft.kind in {"strike", "invasion", "seizure", "blockade"}:
        draft.fill("place", known, phrase, word)  # a capital that is struck is the place too
    if role == "target" and acting.type == "Place" and draft.type == "MilitaryAction":
        draft.fill("place", known, phrase, word)
        country = a.memory.lexicon.authorities[known.row.key].country if known.row else None
        if country is None:
            return
        acting = a.memory.of_row(country)
        a.memory.call(acting, phrase.surface if phrase else known.name)
    draft.fill(role, acting, phrase, word)


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


def struck(a: Analysis, draft: Draft, known: Known, phrase: Phrase | None, word: tuple[int, int]) -> None:
    """Who strikes or invades a place acts on its state."""
    if draft.type != "MilitaryAction" or draft.kind not in {"strike", "invasion", "blockade"} or draft.ids("target"):
        return
    key = known.row.country if known.row is not None else None
    if key is None and phrase is not None:
        key = next((c for k in range(phrase.start, min(phrase.end + 2, len(a.words))) if (c := a.scan.nation(k))), None)
    if key and key in a.memory.lexicon.authorities:
        state = a.memory.of_row(key)
        if state.id not in draft.ids("agent"):
            draft.fill("target", state, phrase, word)


def listed_place(a: Analysis, draft: Draft, phrase: Phrase | None) -> bool:
    """Whether a further place is listed with one that the event has already («شملت الرياض ودبي والدوحة»)."""
    ends = {f.end for f in draft.fillers if f.role == "place"}
    return phrase is not None and any(
        p.char_end in ends and p.end <= phrase.start and a.conjoined(p, phrase) for p in a.phrases
    )
