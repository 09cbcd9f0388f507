"""Finite verbs that no list of predicates holds: verbs of doing, deciding, signing."""

from kg.reading.clauses import Analysis, Hit
from kg.reading.forms import Form
from kg.reading.lexicon import Predicate, Sense
from kg.reading.words import Split, keyset

CARRYING = ("light", "suffering", "binding", "signed", "agreed", "ended", "suspended", "ratified", "inforce", "impose")
OF_FIFTH_FORM = keyset("تبنى تولى تسلم تبادل تمكن توصل تعهد")  # perfects whose ت is no prefix of the imperfect
DOING = ("light", "commit", "impose", "relieve", "signed", "agreed", "ended", "suspended", "ratified")


def light_hit(a: Analysis, i: int, frame: str = "clause") -> Hit:
    """A verb that no word list of predicates holds, with the gender that its form shows, and what it governs."""
    key = a.words[i].key
    carrying = key[1:3] in {"ست", "سي"} or any(key[1:] in a.classes[name] for name in CARRYING)
    conjunction = key[:1] if key[:1] in {"و", "ف"} and carrying else ""
    stem = key[len(conjunction) :]
    prefixed = stem[:2] == "ست" or (stem[:1] == "ت" and stem not in OF_FIFTH_FORM)
    feminine = stem.endswith(("ت", "تا", "تها", "ته", "تهما", "تهم")) or prefixed
    sense = Sense(Predicate(stem, "", "", frame, (), {}), Form("perfect", "f" if feminine else "m", "s", ""))
    return Hit(i, Split(conjunction, "", False, stem), sense)


def is_finite(a: Analysis, key: str) -> bool:
    """Whether a doing word is a verb and no action noun or participle: no article, preposition or noun pattern."""
    stem = key.lstrip("وف")
    return (
        (not stem.startswith(("ال", "ب", "لل", "ت")) and not stem.startswith(("م", "ا")))
        or stem in a.classes["verb_form"]
        or stem[:1] in "ي"
        or stem.endswith("ت")
    )


def finite_hits(a: Analysis) -> list[Hit]:
    """Every finite verb that the word lists know, light verbs among them, one hit a word, in order."""
    found: dict[int, Hit] = {}
    for hit in a.hits:
        if hit.finite:
            found.setdefault(hit.at, hit)
    for i, entry in enumerate(a.scan.entries) if a.scan.holds(*DOING) else ():
        if entry.classes.isdisjoint(DOING) or i in found or i in a.covered:
            continue
        if a.words[i].is_word and is_finite(a, a.words[i].key):
            found[i] = light_hit(a, i)
    return [found[i] for i in sorted(found)]
