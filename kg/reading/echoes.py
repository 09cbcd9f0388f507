"""What an event leaves unsaid because an earlier one of the article says it: whom it is aimed at, what is returned."""

from collections.abc import Iterator, Sequence

from kg.reading.draft import Draft
from kg.reading.memory import Memory

AIMED = {"DiplomaticAction": "agent", "Sanction": "imposer"}
FAR = 30  # events back to which an echo reaches
RETURNED = "رد"


def echoed(memory: Memory, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The events in order, each with what it takes over from those before it."""
    before: list[Draft] = []
    for draft in drafts:
        if draft.type in AIMED:
            if draft.lemma == RETURNED and not returned(memory, draft, before[-FAR:]):
                continue
            if restates(draft, before[-FAR:]):
                continue
            if not draft.ids("target"):
                same_target(memory, draft, before[-FAR:])
            before.append(draft)
        yield draft


def restates(draft: Draft, before: Sequence[Draft]) -> bool:
    """«بعد قطع العلاقات مع قطر»: whether an act of nobody only takes up one that the article told with its doer."""
    if draft.type == "Sanction" or draft.ids("agent") or not draft.ids("target"):
        return False
    targets = set(draft.ids("target"))
    return any(
        d.type == draft.type and d.kind == draft.kind and d.ids("agent") and targets <= set(d.ids("target"))
        for d in before
    )


def returned(memory: Memory, draft: Draft, before: Sequence[Draft]) -> bool:
    """«وردت موسكو بالمثل»: who was the target does the same to who did it; False where nothing is to be returned."""
    agents = set(draft.ids("agent"))
    first = next((d for d in reversed(before) if d.type == draft.type and agents & set(d.ids("target"))), None)
    if first is None:
        return False
    draft.kind = first.kind
    for ident in first.ids("agent"):
        draft.fill("target", memory.get(ident), None, (draft.evidence[0].start, draft.evidence[0].end))
    return True


def same_target(memory: Memory, draft: Draft, before: Sequence[Draft]) -> None:
    """«وطردت بولندا أربعة دبلوماسيين»: who the others of the article expelled or punish, where no other is named."""
    doers = set(draft.ids(AIMED[draft.type]))
    first = next((d for d in reversed(before) if goes_on(draft, d, doers)), None)
    if first is None or not doers:
        return
    for ident in first.ids("target"):
        draft.fill("target", memory.get(ident), None, (draft.evidence[0].start, draft.evidence[0].end))


def goes_on(draft: Draft, first: Draft, doers: set[str]) -> bool:
    """Whether an earlier event tells whom a later one is aimed at: expulsions in turn, the measures of one imposer."""
    if first.type != draft.type or not first.ids("target") or doers & set(first.ids("target")):
        return False
    if draft.type == "Sanction":
        return bool(doers & set(first.ids("imposer")))
    return draft.kind == first.kind == "expulsion" and first.lemma != RETURNED
