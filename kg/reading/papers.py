"""Papers that speak: the statement of a ministry, a resolution, a draft; who issued them is the speaker."""

from itertools import islice

from kg.reading.clauses import COMPLEMENTS, NOBODY, VAGUE, Analysis, Argument, Hit
from kg.reading.known import Known

TAIL = 7  # words behind a paper in which its issuer stands
ISSUED_BY = frozenset({"", "ل", "عن", "من", "من قبل"})


def paper_subject(a: Analysis, hit: Hit, i: int) -> Argument | None:
    """«قال بيان الحكومة إن», «وتدعو المسودة إلى»: who issued the paper at word i; None where no paper stands there."""
    split = a.scan.lexicon.noun(a.words[i], "document") if hit.sense.predicate.type == "Statement" else None
    if split is None or split.preposition:
        return None
    if (named := named_issuer(a, i, split.article)) is not None:
        return named
    if "المشترك" in {w.key for w in a.words[i : i + 4]} and len(a.memory.pair) == 2:
        return Argument((), tuple(a.memory.get(ident) for ident in a.memory.pair), "issuer")
    if not split.article and a.scan.key(i + 1).startswith("صادر"):
        return VAGUE  # «بيان صادر عن وقفة احتجاجية»
    known = issuer_of_statement(a) if split.stem in a.classes["own_document"] else None
    return Argument((), (known,), "issuer") if known is not None else VAGUE


def named_issuer(a: Analysis, i: int, definite: bool) -> Argument | None:
    """The issuer whose name or adjective stands behind a paper: «بيان لوزارة الخارجية», «مشروع القرار الأميركي»."""
    issued = ISSUED_BY - {""} if definite else ISSUED_BY  # «نصح التقرير الإدارة الأميركية»
    for k in range(i + 1, min(i + TAIL, len(a.words))):
        word, phrase, country = a.words[k], a.starts.get(k), a.scan.nation(k)
        if phrase is not None:
            found = a.argument(a.group(phrase), "issuer") if phrase.preposition in issued else NOBODY
            return found if found.fillers else None
        if country is not None:
            return Argument((), (a.mention(country, k),), "issuer")
        if word.key in COMPLEMENTS or not word.is_word or k in a.timed:
            return None
        if (
            word.key not in {"عن", "من"}
            and not word.key.startswith("صادر")
            and (a.scan.is_particle(k) or a.scan.is_verb(k))
        ):
            return None
    return None


def issuer_of_statement(a: Analysis) -> Known | None:
    """Who issued «البيان»: the organisation or state that spoke last, else who spoke last."""
    for kinds in (("Organization", "Country"), ("Person",)):
        for known in islice(a.memory.last_speakers(), 4):
            armed = known.row is None and known.head in a.classes["armed"] | a.classes["soldiery"]
            if known.type in kinds and not armed:
                return known
    return None
