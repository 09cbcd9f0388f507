"""Who is party to an agreement that neither its links nor its signers tell: rules that look around it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.reading.clauses import NOBODY, Analysis, Hit
from kg.reading.draft import Draft
from kg.reading.known import Known
from kg.reading.light import finite_hits, is_finite
from kg.reading.pronouns import possessed
from kg.reading.scan import Phrase
from kg.reading.subjects import subject
from kg.reading.terms import UNSETTLED, in_status
from kg.reading.words import keyset

Parties = Iterable[tuple[Known, Phrase | None]]

LATELY = 900  # characters back to which two named together may be meant without their names

MUTUAL = keyset("بينهما الثنائي الثنائية")

ADJECTIVE = re.compile("^(?:ال|وال).+(?:ي|يه|ين|ات|ان)$")

DASHES = frozenset("-–—/")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an agreement is stated: its noun, the word of its status, the end of its clause."""

    hit: Hit
    where: int | None
    end: int

    def status_key(self, a: Analysis) -> str:
        """The key of the word of its status, empty where none states it."""
        return a.words[self.where].key if self.where is not None else ""


def binds(a: Analysis, place: Place) -> bool:
    """Whether the word of status says that an agreement binds: «ترتبط مصر بإسرائيل بمعاهدة»."""
    return place.status_key(a).removeprefix("و") in a.classes["binding"]


def national(a: Analysis, place: Place, draft: Draft, _frame: Draft | None) -> Parties:
    """«الاتفاقية المصرية السعودية», «الاتفاق الأميركي مع كوبا»: the states of its adjectives, two or beside another."""
    found = list(adjectives(a, place.hit.at + 1))
    return found if len(found) > 1 or (found and len(draft.ids("party")) == 1) else ()


def adjectives(a: Analysis, start: int) -> Iterator[tuple[Known, Phrase]]:
    """The states of the adjectives behind a noun, with other adjectives and dashes among them."""
    for k in range(start, min(start + 6, len(a.words))):
        word, country = a.words[k], a.scan.nation(k)
        if k in a.covered or not (country or ADJECTIVE.search(word.key) or word.text in DASHES):
            return
        if country is not None:
            yield a.mention(country, k), a.adjective(country, k)


def passive_pair(a: Analysis, place: Place, draft: Draft, _frame: Draft | None) -> Parties:
    """«تصدر مصر الغاز إلى الأردن بموجب عقد أبرم عام 2005»: the two states of the clause before a passive."""
    if draft.ids("party") or place.where is None or not unsigned(a, place):
        return ()
    states = {}
    for phrase in a.phrases:
        if phrase.end <= place.hit.at and same_clause(a, place.hit, phrase):
            for known in a.refer(phrase):
                acting = a.memory.represented(known)
                if acting is not None and acting.type == "Country":
                    states[acting.id] = acting, phrase
    return states.values() if len(states) == 2 else () if place.hit.split.article else last_pair(a)


def unsigned(a: Analysis, place: Place) -> bool:
    """Whether the verb of status stands behind its noun without an object, so that it is passive: «اتفاق أبرم عام»."""
    where = place.where
    if where is None or where <= place.hit.at:
        return False
    if a.scan.key(where + 1) in {"اليه", "اليها", "عليه", "عليها"}:
        return False  # «الاتفاق الذي توصلت إليه إيران»
    return any(in_status(a, where, s) and bare(a, where, s) for s in ("signed", "agreed", "ratified"))


def bare(a: Analysis, i: int, status: str) -> bool:
    """Whether a word of a status bears no pronoun."""
    key, members = a.words[i].key, a.classes[status]
    if any(key.removesuffix(pronoun) in members for pronoun in ("ه", "ها") if key.endswith(pronoun)):
        return False  # «أبرمته»
    return key in members or (key[:1] == "و" and key[1:] in members)


def visiting(a: Analysis, place: Place, draft: Draft, _frame: Draft | None) -> Parties:
    """«توقيع اتفاقيات خلال زيارة أردوغان للجزائر»: the visitor's state and the host, where nobody signs by name."""
    visit = next((h for h in a.hits if h.sense.predicate.kind == "visit" and not h.finite), None)
    if draft.ids("party") or visit is None or abs(visit.at - place.hit.at) > 14:
        return
    for phrase in a.phrases:
        if visit.at < phrase.start < visit.at + 9 and phrase.preposition in {"", "ل", "الي"}:
            yield from ((known, phrase) for known in a.refer(phrase))


def supplying(a: Analysis, place: Place, draft: Draft, _frame: Draft | None) -> Parties:
    """«عقدا لشراء دبابات من كوريا الجنوبية»: from whom something is bought, or to whom it is sold."""
    if len(draft.ids("party")) != 1 or draft.kind != "contract":
        return
    trade = next((k for k in range(place.hit.at + 1, min(place.hit.at + 4, place.end)) if key_of_trade(a, k)), None)
    for phrase in a.phrases if trade is not None else ():
        if place.hit.at < phrase.start < place.end and phrase.preposition in {"من", "الي", "ل"}:
            yield from ((known, phrase) for known in a.refer(phrase))
            return


def joining(a: Analysis, place: Place, draft: Draft, _frame: Draft | None) -> Parties:
    """«اتفاقا للانضمام إلى التحالف»: what an agreement lets somebody join."""
    word = next((k for k in range(place.hit.at, place.end) if "انضمام" in a.words[k].key), None)
    phrase = next((p for p in a.phrases if word is not None and word < p.start <= word + 2), None)
    if phrase is None or phrase.preposition != "الي" or len(draft.ids("party")) != 1:
        return ()
    return ((known, phrase) for known in a.refer(phrase))


def key_of_trade(a: Analysis, i: int) -> bool:
    """Whether a word says that goods change hands: «لتوريد», «شراء»."""
    return a.words[i].key.removeprefix("ل") in a.classes["trading"]


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
    if draft.ids("party") or place.where is None or draft.status in UNSETTLED:
        return ()
    return last_pair(a) if reciprocal(a, place.where) or place.status_key(a) == "حيز" else ()


def announcing(a: Analysis, place: Place, draft: Draft, frame: Draft | None) -> Parties:
    """The state or organisation that announces an agreement with another."""
    parties = len(draft.ids("party"))
    together = parties == 0 and frame is not None and len(frame.ids("speaker")) == 2  # «أعلنت واشنطن وبكين التوصل إلى»
    if not (parties == 1 or together) or frame is None or frame.kind not in {"announce", "assert"}:
        return ()
    if place.status_key(a).removeprefix("و").startswith(ACCEPTING):
        return ()
    if any(p.preposition == "بين" and place.hit.at < p.start < place.end for p in a.phrases) or signs_itself(a, place):
        return ()
    speakers = (a.memory.represented(a.memory.get(ident)) for ident in frame.ids("speaker"))
    return ((known, None) for known in speakers if known is not None and known.type != "Person")


def accepting(a: Analysis, place: Place, draft: Draft, frame: Draft | None) -> Parties:
    """«أعلنت حماس موافقتها على هدنة»: who tells that he himself accepts."""
    own = place.status_key(a).removeprefix("و").startswith(ACCEPTING) and possessed(place.status_key(a))
    if draft.ids("party") or frame is None or not own:
        return ()
    speakers = (a.memory.represented(a.memory.get(ident)) for ident in frame.ids("speaker"))
    return ((known, None) for known in speakers if known is not None)


ACCEPTING = tuple(keyset("وافق توافق يوافق موافقت قبلت قبول"))
"""Words by which one side alone takes up what is proposed begin so."""


def signs_itself(a: Analysis, place: Place) -> bool:
    """Whether a finite verb gives the status, so that its own subject signs and not who tells of it."""
    key = place.status_key(a).lstrip("وف")
    return bool(key) and is_finite(a, key) and key not in a.classes["status_noun"]


def last_pair(a: Analysis) -> Parties:
    """The two parties last named together, if both can sign and were named a few sentences ago at most."""
    members = [a.memory.get(ident) for ident in a.memory.pair]
    since = a.words[0].start - LATELY
    fit = all(not known.outlet and known.named_since(max(since, 0)) for known in members)
    return [(known, None) for known in members] if fit else []


def enemies(a: Analysis, _place: Place, draft: Draft, _frame: Draft | None) -> Parties:
    """«انتهاء هدنة استمرت خمسة أيام»: a ceasefire that names nobody is of the two last named together."""
    acts = draft.kind == "ceasefire" and draft.status in {"ended", "failed", "in_force", "agreed", "signed"}
    if not acts or draft.ids("party"):
        return ()
    against = [p for p in a.phrases if p.preposition == "ضد"]
    free = [p for p in a.phrases if against and p.start < against[0].start and not p.preposition]
    both = [(known, p) for p in (*free[:1], *against[:1]) for known in a.refer(p)]
    return both if len(both) > 1 else last_pair(a)


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
