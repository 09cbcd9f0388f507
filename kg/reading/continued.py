"""When a statement goes on with the one before it."""

from collections.abc import Sequence

from kg.model import Span
from kg.reading.acts import cued, judged
from kg.reading.clauses import COMPLEMENTS, Analysis, Argument, Hit
from kg.reading.draft import Draft
from kg.reading.extent import clause_end, keys
from kg.reading.subjects_before import relative_clause
from kg.reading.words import keyset


def own_words(a: Analysis, hit: Hit, found: Argument, last: Draft | None, number: int) -> bool:
    """«قال إن بلاده قررت»: what a speaker says his own side says or decides is what he says."""
    if last is None or last.sentence != number or found.how != "before" or hit.at >= last.content[1] + 8:
        return False
    complement = any(w.key in COMPLEMENTS for w in a.words[last.at : hit.at])
    if (
        hit.sense.predicate.frame == "target"
        and found.phrases[0].start
        and a.words[found.phrases[0].start - 1].key in COMPLEMENTS
    ):
        return True
    mine = {c.id for i in last.ids("speaker") if (c := a.memory.country_of(a.memory.get(i))) is not None}
    paired = found.phrases[0].kind == "pair" and any(a.memory.acting(k).id in mine for k in found.fillers)
    return complement and (paired or all(a.memory.acting(k).id in mine for k in found.fillers))


def goes_on(a: Analysis, hit: Hit, draft: Draft, last: Draft | None) -> bool:
    """Whether «وتابع» with a quote goes on with the last statement."""
    if last is None:
        return False
    same = draft.ids("speaker") == last.ids("speaker")
    if hit.sense.predicate.kind == "continue" and not draft.direct:
        return False
    describes = hit.sense.predicate.lemma in {"وصف", "رأى"} and last.kind not in EVALUATIONS and not neutral(a, hit)
    if (
        same
        and not describes
        and (
            (hit.sense.form.form == "participle" and hit.sense.predicate.lemma in ELABORATING) or explains(a, hit, last)
        )
    ):
        return draft.sentence == last.sentence
    if same and last.rule.endswith("_issuer") and draft.kind == last.kind:
        return True  # «جاء في البيان … وأوضح الكرملين»: one document
    if hit.sense.predicate.kind != "continue":
        return False
    return same and draft.quote is not None and draft.kind in {"assert", "continue", last.kind}


EVALUATIONS = frozenset({"condemn", "accuse", "reject", "praise", "welcome"})
ELABORATING = frozenset({"قال", "اعتبر", "أوضح", "أشار", "لفت", "بين", "رأى", "وصف", "برر"})


def explains(a: Analysis, hit: Hit, last: Draft) -> bool:
    """«نددت بالهجوم ووصفته بأنه», «رفضت القرار الذي اعتبرته»: describing goes on with condemning."""
    return (
        hit.sense.predicate.lemma in {"وصف", "رأى", "اعتبر"}
        and (bool(hit.split.conjunction) or relative_clause(a, hit))
        and (last.kind in EVALUATIONS or (last.kind == "assert" and neutral(a, hit)))
    )


def neutral(a: Analysis, hit: Hit) -> bool:
    """«أكد ضرورة الاتفاق ووصفه بأنه خط أحمر»: whether a description neither praises nor blames."""
    own = hit.sense.predicate.lemma == "وصف" and bool(hit.sense.form.pronoun)
    return own and judged(a, keys(a, hit.at + 1, clause_end(a, hit))) is None


def quote_to_come(a: Analysis, said: Sequence[Draft]) -> Draft | None:
    """«وقال لافروف:» at the end of a paragraph: the statement whose words stand in the next."""
    last = said[-1] if said else None
    return last if last is not None and last.quote is None and a.words[-1].text == ":" else None


def quoted_next(a: Analysis, opened: Draft) -> None:
    """Give a statement the quote with which the next sentence begins."""
    if not a.quotes or a.quotes[0][0] != 0 or a.quotes[0][1] < 3:
        return
    inside = a.words[1 : a.quotes[0][1]]
    opened.quote = a.scan.text[inside[0].start : inside[-1].end]
    opened.evidence.append(Span(inside[0].start, inside[-1].end))
    if opened.kind == "assert":
        opened.kind = cued(a, 1, a.quotes[0][1]) or "assert"


def extended(last: Draft | None, draft: Draft) -> Draft | None:
    """The last statement with the evidence and the quote of its continuation."""
    if last is None:
        return None
    last.evidence += draft.evidence
    if draft.quote:
        if last.quote is None:
            last.quote = draft.quote
        else:
            last.more_quotes.append(draft.quote)
    return last


def hollow(a: Analysis, outer: Draft, draft: Draft) -> bool:
    """«قال لافروف إنه يرفض العقوبات», «قال بوتين محذرا كييف: "…"»: whether a statement only brings in another.

    The other is a stance that its speaker takes, or what a participle right behind the speaker says of the words.
    """
    if outer.sentence != draft.sentence or outer.ids("speaker") != draft.ids("speaker"):
        return False
    if draft.rule.startswith("statement_participle") and outer.quote is None and outer.kind == "assert":
        return all(k in a.covered or k in a.timed for k in range(outer.at + 1, draft.at))
    return outer.content[0] == draft.at and a.scan.key(draft.at - 1) in OF_ONESELF


OF_ONESELF = keyset("أنه أنها أنهم إنه إنها إنهم بأنه بأنها بأنهم")


def brought_in(outer: Draft, draft: Draft) -> Draft:
    """A stance with the words that bring it in; where those are one («نفى أنه رفض»), theirs with what it says."""
    if outer.kind not in {"assert", "announce"}:
        outer.evidence = [Span(outer.evidence[0].start, draft.evidence[0].end), *draft.evidence[1:]]
        outer.content = (outer.content[0], draft.content[1])
        outer.quote = outer.quote or draft.quote
        return outer
    draft.evidence = [Span(outer.evidence[0].start, draft.evidence[0].end), *draft.evidence[1:]]
    draft.at = outer.at
    for filler in outer.fillers:
        if filler.role == "speaker" or filler.entity not in draft.ids(filler.role):
            draft.fillers[filler] = None
            draft.roles.setdefault(filler.role, {})[filler.entity] = None
    return draft
