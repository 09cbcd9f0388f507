"""Who is party to an agreement: who stands behind its links, who signs it, and whom further rules find."""

from collections.abc import Callable

from kg.reading.clauses import NOBODY, Analysis, Argument, Hit
from kg.reading.draft import Draft
from kg.reading.known import Known
from kg.reading.light import light_hit
from kg.reading.partners import (
    Parties,
    Place,
    accepting,
    adjectives,
    announcing,
    attending,
    between_them,
    binds,
    enemies,
    joining,
    last_pair,
    mutual_pair,
    national,
    passive_pair,
    planning,
    same_clause,
    supplying,
    unsigned,
    visiting,
)
from kg.reading.scan import Phrase
from kg.reading.subjects import subject
from kg.reading.words import fold


def names_both(a: Analysis, hit: Hit, end: int) -> bool:
    """Whether the parties are named with the agreement: «اتفاق بين X وY», «الاتفاقية المصرية السعودية»."""
    return (
        len(list(adjectives(a, hit.at + 1))) > 1
        or any(p.preposition == "بين" and hit.at < p.start < end for p in a.phrases)
        or any(a.words[k].key in {"بينهما"} for k in range(hit.at, end))
    )


def parties(a: Analysis, hit: Hit, where: int | None, end: int, draft: Draft, frame: Draft | None) -> None:
    """The parties: «بين X وY», «مع Y», the subject of the verb; states for the persons who sign for them."""
    place = Place(hit, where, end)
    linked(a, place, draft)
    word = a.words[hit.at].span
    for rule in PARTY_RULES:
        for known, phrase in rule(a, place, draft, frame):
            fill(a, draft, known, phrase, word)


def linked(a: Analysis, place: Place, draft: Draft) -> None:
    """Who stands behind «بين» and «مع», for a bond also behind «ب»."""
    links = {"بين", "مع", "ب"} if binds(a, place) else {"بين", "مع"}
    low = min(place.hit.at, place.where if place.where is not None else place.hit.at)
    high = max(place.end, place.hit.at + 12)
    for phrase in a.phrases:
        if low < phrase.start < high and phrase.preposition in links and same_clause(a, place.hit, phrase):
            fill_party(a, draft, phrase)


def signing(a: Analysis, place: Place, draft: Draft, _frame: Draft | None) -> Parties:
    """Who signs, agrees or leaves, where fewer than two are named or all stand behind «مع»."""
    if draft.ids("party") and any(p.preposition == "بين" and place.hit.at < p.start < place.end for p in a.phrases):
        return ()
    found = signer(a, place)
    if len(draft.ids("party")) > 1 and found.how not in {"after", "before"}:
        return ()
    return found.pairs() if not (alone(a, place) and len(found.fillers) == 1) else last_pair(a)


def alone(a: Analysis, place: Place) -> bool:
    """«اتفقا»: whether a verb says by its form that two agree."""
    return place.status_key(a).endswith(("قا", "قتا", "صلا", "صلتا"))


PARTY_RULES: tuple[Callable[[Analysis, Place, Draft, Draft | None], Parties], ...] = (
    signing,
    national,
    between_them,
    attending,
    planning,
    passive_pair,
    mutual_pair,
    visiting,
    accepting,
    announcing,
    supplying,
    joining,
    enemies,
)
"""Who is party to an agreement that «بين» and «مع» leave open: each rule looks at what those before it found."""


def fill_party(a: Analysis, draft: Draft, phrase: Phrase) -> None:
    """Fill the parties of one phrase."""
    for known in a.refer(phrase):
        fill(a, draft, known, phrase)


def fill(a: Analysis, draft: Draft, known: Known, phrase: Phrase | None, word: tuple[int, int] | None = None) -> None:
    """Fill one party: who signs for his state or group, and for himself where he leads who opposes that state."""
    acting = a.memory.represented(known)
    if acting is not None and known.named and known.head == OPPOSING and acting.id in draft.ids("party"):
        acting = known  # «توصل الرئيس كير وزعيم المعارضة مشار إلى اتفاق»
    if acting is not None and signs(acting):
        draft.fill("party", acting, phrase, word)


OPPOSING = fold("زعيم")


def signs(known: Known) -> bool:
    """Whether an entity can be party: no outlet, and no person without a name or state («خبيران»)."""
    return not known.outlet and (known.type != "Person" or known.named)


def signer(a: Analysis, place: Place) -> Argument:
    """Who signs, agrees or leaves: the subject of the verb of status, or who stands behind its noun."""
    where = place.where
    if where is None or unsigned(a, place):
        return NOBODY
    word = a.words[where]
    noun = word.key.lstrip("وبل") in a.classes["status_noun"] or word.key.startswith(("ال", "بال", "مو", "مب"))
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
