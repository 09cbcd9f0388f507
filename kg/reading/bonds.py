"""Bonds without a noun of agreement: an organisation that a state leaves, relations that two raise to a partnership."""

from collections.abc import Iterator

from kg.reading.carriers import carrier_subject
from kg.reading.clauses import NOBODY, Analysis, Argument, Hit
from kg.reading.doers import possessor
from kg.reading.draft import Draft
from kg.reading.extent import before, clause_end, span, trimmed
from kg.reading.factuality import factuality
from kg.reading.forms import Form
from kg.reading.known import Known
from kg.reading.lexicon import Predicate, Sense
from kg.reading.light import light_hit
from kg.reading.scan import Phrase
from kg.reading.subjects import subject
from kg.reading.words import Split

BOND = Predicate("", "Agreement", "other", "", (), {})
NOUN = Form("masdar", "", "", "")
JOINED = frozenset({"igo"})  # kinds of organisations that states join and leave


def bonds(a: Analysis, number: int) -> Iterator[Draft]:
    """The bonds of a sentence."""
    for i, word in enumerate(a.words):
        if i in a.covered or not word.is_word:
            continue
        key = word.key.lstrip("وب")
        if key in a.classes["quitting"] and (left := organisation_left(a, i)) is not None:
            yield from tied(a, i, number, left, "ended")
        elif key == "شراكه" or word.key.lstrip("و") in {"الشراكه", "لشراكه", "للشراكه"}:
            yield from raised(a, i, number)


def organisation_left(a: Analysis, i: int) -> Phrase | None:
    """«انسحابها من مجموعة دول الساحل»: the organisation of states behind «من» near a word of leaving."""
    phrase = next((p for p in a.phrases if i < p.start <= i + 7 and p.preposition == "من"), None)
    if phrase is None or a.scan.lexicon.noun(a.words[phrase.start], "agreement"):
        return None
    return phrase if any(of_states(known) for known in a.refer(phrase)) else None


def of_states(known: Known) -> bool:
    """Whether an entity is an organisation of states: an authority's, or a group, union or alliance by its noun."""
    if known.type != "Organization":
        return False
    if known.row is not None:
        return known.row.extra.get("kind") in JOINED
    return known.head in {"مجموعه", "منظمه", "اتحاد", "تحالف", "حلف"}


def tied(a: Analysis, i: int, number: int, left: Phrase, status: str) -> Iterator[Draft]:
    """The agreement that a state leaves with its organisation, where it really does."""
    hit = Hit(i, Split("", "", False, a.words[i].key), Sense(BOND, NOUN))
    value, why = factuality(a, hit)
    doer = leaver(a, hit)
    if value != "actual" or not doer:
        return
    draft = begun(a, hit, number, "other", status, f"agreement_left_{why}")
    for known, phrase in (*doer.pairs(), *((known, left) for known in a.refer(left))):
        acting = a.memory.represented(known)
        if acting is not None:
            draft.fill("party", acting, phrase, a.words[i].span)
    if len(draft.ids("party")) > 1:
        yield draft


def leaver(a: Analysis, hit: Hit) -> Argument:
    """Who leaves: the subject of the verb, the genitive of the noun, whom its pronoun means, who announces it."""
    key = a.words[hit.at].key.lstrip("وب")
    if key in a.classes["quitting_verb"]:
        return subject(a, light_hit(a, hit.at))
    phrase = a.starts.get(hit.at + 1)
    if phrase is not None and not phrase.preposition:
        return a.argument((phrase,), "genitive")
    pronoun = "ها" if key.endswith("ها") else "ه" if key.endswith("ه") else ""
    owned = Hit(hit.at, hit.split, Sense(BOND, Form("masdar", "", "", pronoun)))
    return (possessor(a, owned) if pronoun else carrier_subject(a, hit)) or NOBODY


def raised(a: Analysis, i: int, number: int) -> Iterator[Draft]:
    """«رفعت الصين ومصر علاقاتهما إلى مستوى الشراكة»: the two whose relations somebody raises to a partnership."""
    hit = Hit(i, Split("", "", False, a.words[i].key), Sense(BOND, NOUN))
    near = before(a, hit, 12)
    verb = next((k for k in near if a.words[k].key.lstrip("ول") in a.classes["raising"]), None)
    if verb is None or not any(a.words[k].key.endswith(("مستوي", "مرتبه", "مصاف")) for k in near):
        return
    value, why = factuality(a, hit._replace(at=verb))
    draft = begun(
        a, hit, number, "partnership", "agreed" if value == "actual" else "proposed", f"agreement_raised_{why}"
    )
    draft.factuality = "actual" if value == "actual" else "planned"
    draft.evidence = [span(a, verb, i + 1)]
    pairs = [
        (k, p) for p in a.phrases if verb < p.start < i and p.preposition in {"", "ب", "بين", "مع"} for k in a.refer(p)
    ]
    doer = subject(a, light_hit(a, verb)) if len(pairs) < 2 else NOBODY
    for known, phrase in (*pairs, *doer.pairs()):
        acting = a.memory.represented(known)
        if acting is not None:
            draft.fill("party", acting, phrase, a.words[verb].span)
    if len(draft.ids("party")) > 1:
        yield draft


def begun(a: Analysis, hit: Hit, number: int, kind: str, status: str, rule: str) -> Draft:
    """The draft of a bond from its word to the end of its clause."""
    end = trimmed(a, hit.at, clause_end(a, hit))
    return Draft("Agreement", kind, rule, number, hit.at, [span(a, hit.at, end)], status=status)
