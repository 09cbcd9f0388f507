"""Whom the pronoun behind a preposition means: «قطعت علاقاتها بها», «العقوبات المفروضة عليها», «اعترفت به»."""

from collections.abc import Collection
from itertools import islice

from kg.reading.clauses import Analysis
from kg.reading.known import Known, agrees
from kg.reading.words import fold

NEAR = 12  # entities back to which a pronoun may refer
PRONOUNS = {"ها": "f", "ه": "m"}
PRONOMINAL = {
    fold(preposition) + pronoun: (fold(preposition), gender)
    for preposition in ("مع", "ب", "علي", "ضد", "لدي", "من", "الي", "عن", "ل", "تجاه", "بحق")
    for pronoun, gender in PRONOUNS.items()
}
"""Key of a preposition with a pronoun to the preposition and the gender of whom it means."""
ACTORS = frozenset({"Country", "Organization"})


def meant(a: Analysis, i: int, gender: str, besides: Collection[str], kinds: Collection[str] = ACTORS) -> Known | None:
    """The actor of a gender that is named last before word i and is none of those that take part already."""
    here = a.words[i].start
    best: tuple[int, Known] | None = None
    for known in islice(a.memory.newest(), NEAR):
        at = next((start for start, _ in reversed(known.spans) if start < here), -1)
        acting = a.memory.acting(known)
        nameless = acting.outlet or (acting.type == "Person" and not acting.named)
        fits = acting.type in kinds and not nameless and agrees(acting.agreeing, gender)
        if fits and acting.id not in besides and at >= 0 and (best is None or at > best[0]):
            best = at, acting
    return best[1] if best is not None else None


def possessed(key: str) -> str | None:
    """The gender of the pronoun that a noun bears: «سيادتها», «بشرعيته»; None where it bears none."""
    return next((gender for pronoun, gender in PRONOUNS.items() if key.endswith(pronoun) and len(key) > 4), None)
