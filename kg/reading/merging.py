"""One event for one happening: drafts of an article that tell of the same thing become one."""

from collections.abc import Iterator, Mapping, Sequence

from kg.judged import CORE
from kg.reading.draft import Draft

Lands = Mapping[str, str]
"""Id of a place to the id of its state, where both are named."""

NEAR = 200  # drafts of one actor that a later one is compared with
RESTATING = frozenset({"ناقش", "بحث", "تباحث"})


def merged(drafts: Sequence[Draft], lands: Lands) -> list[Draft]:
    """The drafts in order, each later one that tells of an earlier one's happening folded into it."""
    kept: list[Draft] = []
    by_actor: dict[tuple[str, str], list[int]] = {}
    for draft in drafts:
        actors = [(draft.type, ident) for role in CORE[draft.type] for ident in draft.ids(role)]
        near = {k for actor in actors for k in by_actor.get(actor, [])[-NEAR:]}
        at = next((k for k in sorted(near, reverse=True) if one_event(kept[k], draft, lands)), len(kept))
        if at == len(kept):
            kept.append(draft)
        else:
            fold(kept[at], draft)
            keep_nearer(kept[at], lands)
        for actor in actors:
            if at not in (known := by_actor.setdefault(actor, []))[-NEAR:]:
                known.append(at)
    for visit, talks in within_visits(kept):
        talks.roles.setdefault("place", {}).update(visit.roles["place"])
        talks.fillers |= {f: None for f in visit.fillers if f.role == "place"}
    return kept


def within_visits(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Draft]]:
    """(visit, talks) where a visitor meets somebody in the sentence of the visit or the next: both where it leads."""
    visit: Draft | None = None
    for draft in drafts:
        if draft.kind == "visit" and len(draft.ids("place")) == 1:
            visit = draft
        elif (
            visit is not None
            and draft.kind in {"talks", "summit"}
            and not draft.ids("place")
            and draft.sentence - visit.sentence <= 1
            and draft.factuality == visit.factuality
            and set(visit.ids("participant")) <= set(draft.ids("participant"))
        ):
            yield visit, draft


def one_event(first: Draft, second: Draft, lands: Lands) -> bool:
    """Whether two drafts tell of one happening: same type and kind, takers in common, nothing that contradicts."""
    if first.type != second.type or first.type == "Statement":
        return same_stance(first, second) or framed(first, second)
    if restated(first, second) or launched(first, second) or one_war(first, second):
        return True
    if not agree(first, second) or first.kind != second.kind:
        return False
    fitting = all(
        set(second.ids(r)) <= set(first.ids(r)) or set(first.ids(r)) <= set(second.ids(r)) for r in CORE[first.type]
    )
    shared = any(set(first.ids(r)) & set(second.ids(r)) for r in CORE[first.type])
    return fitting and shared and (nested(first, second) or (places(first, second, lands) and pinned(first, second)))


def pinned(first: Draft, second: Draft) -> bool:
    """Whether more than the doer is the same: target or place of an act of force, both sides of a diplomatic act."""
    if second.definite and second.type == "MilitaryAction" and not second.ids("target") and not second.ids("place"):
        return True  # «الغارات الإسرائيلية»: those told of before
    if first.type == "MilitaryAction" and first.kind not in {"war", "coup", "invasion"}:
        return any(set(first.ids(r)) & set(second.ids(r)) for r in ("target", "place"))
    if first.type == "DiplomaticAction":
        return all(set(first.ids(r)) & set(second.ids(r)) for r in ("agent", "target"))
    return True


def restated(first: Draft, second: Draft) -> bool:
    """Whether «بحث الجانبان» only says again that two met."""
    return (
        second.type == "Meeting"
        and second.lemma in RESTATING
        and set(second.ids("participant")) == set(first.ids("participant"))
    )


def launched(first: Draft, second: Draft) -> bool:
    """«شنت حملة جوية على», «استهدف بغارتين مقرا»: whether a noun of force is the object or the means of its verb."""
    return (
        second.type == first.type == "MilitaryAction"
        and first.lemma in STRIKING
        and first.sentence == second.sentence
        and first.at < second.at < first.at + (WAGED if first.lemma == "شن" and first.kind == second.kind else 5)
        and (first.lemma == "شن" or first.kind == second.kind)
        and (nested(first, second) or (first.lemma == "شن" and not first.ids("target")))
        and set(second.ids("agent")) <= set(first.ids("agent"))
    )


WAGED = 14  # words up to the noun that «شن» always has: «شن طيران التحالف العربي، صباح الخميس، غارات»
STRIKING = frozenset({"شن", "استهدف", "قصف", "هاجم", "ضرب"})
"""Verbs of striking, behind which a noun of force tells with what."""


def one_war(first: Draft, second: Draft) -> bool:
    """«الغزو الروسي لأوكرانيا … الحرب الروسية على أوكرانيا»: one war of the same two sides under two names."""
    named = first.type == "MilitaryAction" and {first.lemma, second.lemma} <= WARS
    if not named or not {first.kind, second.kind} & {"war", "invasion"}:
        return False
    sides = all(first.ids(r) and first.ids(r) == second.ids(r) for r in CORE[first.type])
    return sides and agree(first, second)


WARS = frozenset({"حرب", "غزا", "اجتاح", "عدوان", "هجوم", "حملة"})
"""Words for a war as a whole."""


def same_stance(first: Draft, second: Draft) -> bool:
    """Whether two statements are one stance taken twice: «أكد دعمه … مجددا دعمه»."""
    if first.type != second.type or first.kind not in {"support"} or first.kind != second.kind:
        return False
    near = abs(first.sentence - second.sentence) <= 1
    about = set(first.ids("about")) & set(second.ids("about")) or not first.ids("about") or not second.ids("about")
    return first.ids("speaker") == second.ids("speaker") and near and bool(about) and agree(first, second)


def framed(first: Draft, second: Draft) -> bool:
    """Whether one statement is but the Arabic frame of the foreign post that the other is: «وكتب على تويتر:»."""
    return (
        second.rule == "statement_foreign_quote"
        and first.sentence == second.sentence
        and any(a.start <= second.evidence[0].end and second.evidence[0].start <= a.end for a in first.evidence)
    )


def agree(first: Draft, second: Draft) -> bool:
    """Whether dates, factuality and status do not contradict."""
    dates = (
        first.date is None
        or second.date is None
        or first.date.startswith(second.date)
        or second.date.startswith(first.date)
    )
    return (
        dates
        and (first.factuality == second.factuality or vouched(first, second))
        and first.status == second.status
        and (first.count is None or second.count is None or first.count == second.count)
    )


def vouched(first: Draft, second: Draft) -> bool:
    """Whether one tells as fact an act of force that the other has from the enemy."""
    told = {first.factuality, second.factuality} == {"actual", "alleged"}
    return first.type == second.type == "MilitaryAction" and told


def nested(first: Draft, second: Draft) -> bool:
    """Whether the words of one lie within the other's: «شنت غارة»."""
    return first.sentence == second.sentence and any(
        a.start <= b.start < a.end or b.start <= a.start < b.end for a in first.evidence for b in second.evidence
    )


def places(first: Draft, second: Draft, lands: Lands) -> bool:
    """Whether the places of two drafts do not contradict: a city and its state do not."""
    one, other = set(first.ids("place")), set(second.ids("place"))
    wider = {lands[place] for place in one if place in lands}, {lands[place] for place in other if place in lands}
    return not one or not other or bool(one & other or wider[0] & other or one & wider[1])


def keep_nearer(draft: Draft, lands: Lands) -> None:
    """Let a city stand for its state among the places of a meeting."""
    inner = draft.ids("place") if draft.type == "Meeting" else ()
    for state in {lands[place] for place in inner if place in lands} & {*inner}:
        del draft.roles["place"][state]
        draft.fillers = {f: None for f in draft.fillers if (f.role, f.entity) != ("place", state)}


def fold(into: Draft, other: Draft) -> None:
    """Take over what the second draft adds; a post tells its act better than its frame."""
    if other.rule == "statement_foreign_quote":
        into.kind, into.rule = other.kind, other.rule
    into.evidence += other.evidence
    if vouched(into, other):
        into.factuality = "actual"
    if into.lemma == "شن" and other.lemma in {"حرب", "عدوان"}:
        into.kind = other.kind
    means = into.lemma in STRIKING and into.sentence == other.sentence and bool(into.ids("target"))
    for role, members in other.roles.items():
        if means and role == "target":
            continue  # where it struck tells no more of whom
        into.roles.setdefault(role, {}).update(dict.fromkeys(members))
    into.fillers |= {f: None for f in other.fillers if not (means and f.role == "target")}
    if into.date is None or (other.date is not None and len(other.date) > len(into.date)):
        into.date, into.date_end, into.date_text = (
            other.date or into.date,
            other.date_end,
            other.date_text or into.date_text,
        )
    into.quote = into.quote or other.quote
    into.count = into.count or other.count
    into.subjects = into.subjects or other.subjects
