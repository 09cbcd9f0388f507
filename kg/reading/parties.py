"""Who is party to an agreement, who mediates it, and where."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kg.reading.clauses import NOBODY, Analysis, Argument, Hit
from kg.reading.draft import Draft
from kg.reading.known import Known
from kg.reading.light import finite_hits, light_hit
from kg.reading.scan import Phrase
from kg.reading.subjects import subject
from kg.reading.words import keyset

Parties = Iterable[tuple[Known, Phrase | None]]
MUTUAL = keyset("بينهما الثنائي الثنائية")


def names_both(a: Analysis, hit: Hit, end: int) -> bool:
    """Whether the parties are named with the agreement: «اتفاق بين X وY»."""
    return any(p.preposition == "بين" and hit.at < p.start < end for p in a.phrases) or any(
        a.words[k].key in {"بينهما"} for k in range(hit.at, end)
    )


def parties(a: Analysis, hit: Hit, where: int | None, end: int, draft: Draft, frame: Draft | None) -> None:
    """The parties: «بين X وY», «مع Y», the subject of the verb; states for the persons who sign for them."""
    place = Place(hit, where, end)
    linked(a, place, draft)
    word = a.words[hit.at].span
    for rule in PARTY_RULES:
        for known, phrase in rule(a, place, draft, frame):
            acting = a.memory.represented(known)
            if acting is not None:
                draft.fill("party", acting, phrase, word)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an agreement is stated: its noun, the word of its status, the end of its clause."""

    hit: Hit
    where: int | None
    end: int

    def status_key(self, a: Analysis) -> str:
        """The key of the word of its status, empty where none states it."""
        return a.words[self.where].key if self.where is not None else ""


def linked(a: Analysis, place: Place, draft: Draft) -> None:
    """Who stands behind «بين» and «مع», for a bond also behind «ب»."""
    bound = place.status_key(a).removeprefix("و") in a.classes["binding"]
    links = {"بين", "مع", "ب"} if bound else {"بين", "مع"}
    low = min(place.hit.at, place.where if place.where is not None else place.hit.at)
    high = max(place.end, place.hit.at + 12)
    for phrase in a.phrases:
        if low < phrase.start < high and phrase.preposition in links and same_clause(a, place.hit, phrase):
            fill_party(a, draft, phrase)


def signing(a: Analysis, place: Place, draft: Draft, _frame: Draft | None) -> Parties:
    """Who signs, agrees or leaves, where fewer than two are named."""
    return signer(a, place.where).pairs() if len(draft.ids("party")) < 2 else ()


def between_them(a: Analysis, place: Place, draft: Draft, _frame: Draft | None) -> Parties:
    """«بينهما», «الاتفاق الثنائي»: the two last named together."""
    mutual = any(a.words[k].key in MUTUAL for k in range(place.hit.at, place.end))
    return last_pair(a) if len(draft.ids("party")) < 2 and mutual else ()


def attending(a: Analysis, place: Place, draft: Draft, _frame: Draft | None) -> Parties:
    """The two who attend a signing that names nobody."""
    if draft.ids("party") or not place.status_key(a).endswith("توقيع"):
        return ()
    return ((known, phrase) for phrase in witnesses(a, place.hit) for known in a.refer(phrase))


def planning(a: Analysis, place: Place, draft: Draft, _frame: Draft | None) -> Parties:
    """The two who plan an agreement."""
    return planners(a, place.hit) if not draft.ids("party") and draft.status in {"proposed", "negotiated"} else ()


def mutual_pair(a: Analysis, place: Place, draft: Draft, _frame: Draft | None) -> Parties:
    """The two last named together, where the verb needs two and names none."""
    if draft.ids("party") or place.where is None:
        return ()
    return last_pair(a) if reciprocal(a, place.where) or place.status_key(a) == "حيز" else ()


def announcing(a: Analysis, _place: Place, draft: Draft, frame: Draft | None) -> Parties:
    """The state or organisation that announces an agreement with another."""
    if len(draft.ids("party")) != 1 or frame is None or frame.kind not in {"announce", "assert"}:
        return ()
    speakers = (a.memory.represented(a.memory.get(ident)) for ident in frame.ids("speaker"))
    return ((known, None) for known in speakers if known is not None and known.type != "Person")


def last_pair(a: Analysis) -> Parties:
    """The two parties last named together."""
    return ((a.memory.get(ident), None) for ident in a.memory.pair)


PARTY_RULES: tuple[Callable[[Analysis, Place, Draft, Draft | None], Parties], ...] = (
    signing,
    between_them,
    attending,
    planning,
    mutual_pair,
    announcing,
)
"""Who is party to an agreement that «بين» and «مع» leave open: each rule looks at what those before it found."""


def reciprocal(a: Analysis, where: int) -> bool:
    """Whether a verb of status needs two that sign: dual, passive, or «تم توقيع»."""
    word = a.words[where]
    passive = (
        word.passive
        or (where > 0 and a.scan.has(where - 1, "passive"))
        or any(a.scan.has(k, "passive") for k in range(max(0, where - 4), where))
    )
    return passive or (word.key.endswith("ا") and not word.key.startswith("ال"))


def witnesses(a: Analysis, hit: Hit) -> tuple[Phrase, ...]:
    """Two that attend a signing in the sentence's first list: «رعى X ونظيره Y مراسم التوقيع»."""
    for phrase in a.phrases:
        members = a.group(phrase)
        if phrase.start < hit.at and not phrase.preposition and len(members) >= 2:
            return members
    return ()


def planners(a: Analysis, hit: Hit) -> Parties:
    """Who plans an agreement: the two subjects of the verb before it («ناقشا رغبتهما في إبرام اتفاقية»)."""
    verb = next((v for v in reversed(finite_hits(a)) if v.at < hit.at and hit.at - v.at < 12), None)
    found = subject(a, verb) if verb is not None else NOBODY
    return found.pairs() if len(found.fillers) >= 2 else ()


def same_clause(a: Analysis, hit: Hit, phrase: Phrase) -> bool:
    """Whether no full stop parts the agreement from a phrase."""
    low, high = sorted((hit.at, phrase.start))
    return not any(a.words[k].text in {".", "؛", ":"} for k in range(low, high))


def fill_party(a: Analysis, draft: Draft, phrase: Phrase) -> None:
    """Fill the parties of one phrase."""
    for known in a.refer(phrase):
        acting = a.memory.represented(known)
        if acting is not None:
            draft.fill("party", acting, phrase)


def signer(a: Analysis, where: int | None) -> Argument:
    """Who signs, agrees or leaves: the subject of the verb of status, or who stands behind its noun."""
    if where is None:
        return NOBODY
    word = a.words[where]
    noun = word.key.lstrip("وب") in a.classes["status_noun"] or word.key.startswith(("ال", "بال", "مو", "مب"))
    if word.passive or noun:
        return status_genitive(a, where) or NOBODY
    return subject(a, light_hit(a, where))


def status_genitive(a: Analysis, i: int) -> Argument | None:
    """Who stands right behind an action noun of status, or whom its pronoun means."""
    phrase = a.starts.get(i + 1)
    if phrase is not None and not phrase.preposition:
        return a.argument(a.group(phrase), "genitive")
    if a.words[i].key.endswith(("ها", "ه")) and a.words[i].key.startswith(("انسحاب", "الغاء")):
        known = a.memory.dropped("")
        return Argument((), (known,), "pronoun") if known else None
    return None


def agreement_places(a: Analysis, start: int, end: int, draft: Draft) -> None:
    """Where: a place behind «في» or «ب»."""
    for phrase in a.phrases:
        if start < phrase.start < end and phrase.preposition in {"في", "ب"}:
            for known in a.refer(phrase):
                if known.type == "Place" and not draft.ids("place"):
                    draft.fill("place", known, phrase)


def mediators(a: Analysis, i: int, draft: Draft) -> None:
    """Who mediated: behind «بوساطة» and «برعاية», as name or adjective."""
    word = next((k for k in range(i, min(i + 26, len(a.words))) if a.scan.has(k, "mediation")), None)
    if word is None:
        return
    for k in range(word + 1, min(word + 6, len(a.words))):
        phrase, nation = a.starts.get(k), a.scan.nation(k)
        if phrase is not None:
            for member in a.group(phrase):
                for known in a.refer(member):
                    draft.fill("mediator", a.memory.acting(known), member)
            return
        if nation is not None:
            known = a.memory.touch(nation, a.words[k].start, a.words[k].end, a.words[k].text)
            draft.fill("mediator", known, None, a.words[k].span)
