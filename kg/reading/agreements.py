"""Agreements: what was signed, agreed, proposed or left, between whom, about what, how many."""

from collections.abc import Iterator, Sequence

from kg.reading.clauses import Analysis, Hit
from kg.reading.draft import Draft
from kg.reading.extent import clause_end, span, trimmed
from kg.reading.factuality import factuality
from kg.reading.forms import Form
from kg.reading.lexicon import Predicate, Sense
from kg.reading.parties import agreement_places, fill_party, mediators, names_both, parties
from kg.reading.terms import (
    STATUS_NAME,
    UNSETTLED,
    agreement_count,
    agreement_state,
    agreement_subjects,
    in_status,
    kind_of,
)
from kg.reading.words import Split, keyset, splits

AGREEMENT_NOUN = Predicate("اتفاق", "Agreement", "other", "", (), {})


def agreements(a: Analysis, number: int, said: Sequence[Draft]) -> Iterator[Draft]:
    """The agreements of a sentence."""
    taken: set[int] = set()
    for i, word in enumerate(a.words):
        if i in taken or (i in a.covered and not names_agreement(a, i)) or not word.is_word:
            continue
        split = agreement_split(a, i)
        if split is None:
            continue
        draft = agreement(a, i, split, number, said)
        if draft is not None:
            taken.update(range(i, i + 5))
            yield draft
        if (
            draft is not None
            and draft.status in {"ended", "suspended"}
            and (signed := concluded(a, i, split, number)) is not None
        ):
            yield signed


def concluded(a: Analysis, i: int, split: Split, number: int) -> Draft | None:
    """«انسحبت من الاتفاق المبرم مع إيران في 2015»: the conclusion of what somebody leaves."""
    at = next(
        (
            k
            for k in range(i + 1, min(i + 4, len(a.words)))
            if in_status(a, k, "signed") and a.words[k].key.startswith("الم")
        ),
        None,
    )
    if at is None:
        return None
    hit = Hit(i, split, Sense(AGREEMENT_NOUN, Form("masdar", "", "", "")))
    end = trimmed(a, at, clause_end(a, Hit(at, split, hit.sense)))
    draft = Draft(
        "Agreement", kind_of(a, i, split, end), "agreement_concluded", number, at, [span(a, i, end)], status="signed"
    )
    for phrase in a.phrases:
        if at < phrase.start < end and phrase.preposition in {"بين", "مع"}:
            fill_party(a, draft, phrase)
    return draft if draft.ids("party") else None


def names_agreement(a: Analysis, i: int) -> bool:
    """Whether the phrase over a word is no name of the tables."""
    phrase = a.covered[i]
    left = phrase.keys and phrase.start == i and any(in_status(a, k, "ended") for k in range(max(0, i - 8), i))
    return (phrase.kind == "org" and not phrase.keys) or phrase.tagged != "" or bool(left)


def agreement_split(a: Analysis, i: int) -> Split | None:
    """The clitics under which word i is a noun of agreement, or «وقف إطلاق النار», or a verb of agreeing."""
    members = a.classes["agreement"]
    found = next((s for s in splits(a.words[i].key) if s.stem in members), None)
    if found is not None and not (found.stem == "عقد" and not noun_of_contract(a, i)):
        return found
    if found is None and a.scan.key(i).lstrip("و") in a.classes["agreeing"] and complement_of_agreeing(a, i):
        return Split("", "", False, a.scan.key(i))
    return None


def complement_of_agreeing(a: Analysis, i: int) -> bool:
    """Whether «على» with what was agreed follows."""
    return any(w.key in {"علي", "ان"} for w in a.words[i + 1 : i + 10])


BEFORE_CONTRACT = keyset("توقيع وقع بموجب ابرام على من أبرم وقعت أبرمت")
BEHIND_CONTRACT = keyset("أبرم مع بين بقيمة تسليح")


def noun_of_contract(a: Analysis, i: int) -> bool:
    """Whether «عقد» is the contract and not the verb of holding a meeting or «decade»."""
    after = a.scan.key(i + 1)
    if any(
        s.predicate.type == "Meeting"
        for k in range(i + 1, min(i + 14, len(a.words)))
        if k not in a.covered
        for _, s in a.scan.lexicon.senses_of(a.words[k])
    ):
        return False
    before_key = a.scan.key(i - 1) if i else ""
    if after == "من" and not before_key:
        return False
    return (
        before_key in BEFORE_CONTRACT
        or after[:1] == "ل"
        or after in BEHIND_CONTRACT
        or (a.words[i].key.startswith(("ال", "ب", "ل")) and len(a.words[i].key) > 4)
    )


def agreement(a: Analysis, i: int, split: Split, number: int, said: Sequence[Draft]) -> Draft | None:
    """The agreement that a noun states, or None where nobody is party to it or nothing happens to it."""
    hit = Hit(i, split, Sense(AGREEMENT_NOUN, Form("masdar", "", "", "")))
    where, status = agreement_state(a, hit)
    verbal = a.scan.key(i).lstrip("و") in a.classes["agreeing"]
    if verbal:
        where, status = i, "agreed"
    frame = next((d for d in reversed(said) if d.at < i < d.content[1]), None)
    end = trimmed(a, i, clause_end(a, hit))
    if status is None and not names_both(a, hit, end):
        return None
    if frame is not None and frame.kind in {"demand", "request"} and frame.at < i:
        return None
    trigger = Hit(where, split, hit.sense) if where is not None else hit
    value, why = factuality(a, trigger, "threaten" if frame is not None and frame.kind == "threaten" else "")
    if value == "planned" and status in {"signed", "agreed", "ratified"}:
        status = "proposed" if status != "agreed" else "negotiated"
    status = status or "in_force"
    value = (
        "planned"
        if STATUS_NAME.get(status, status) in UNSETTLED
        else "actual"
        if value in {"hypothetical", "threatened", "planned"}
        else value
    )
    start = min(x for x in (where, i) if x is not None)
    draft = Draft(
        "Agreement",
        kind_of(a, i, split, end),
        f"agreement_{why}",
        number,
        i,
        [span(a, start, max(end, i + 1))],
        factuality=value,
        status=STATUS_NAME.get(status, status),
    )
    parties(a, hit, where, end, draft, frame)
    agreement_places(a, start, end, draft)
    mediators(a, i, draft)
    draft.count = agreement_count(a, i)
    draft.subjects = agreement_subjects(a, i, end)
    return draft if draft.ids("party") and acceptable(draft, split, where) else None


def acceptable(draft: Draft, split: Split, where: int | None) -> bool:
    """Whether a mention is an agreement of its own: two parties, or one with a verb that does something to it."""
    return len(draft.ids("party")) >= 2 or (
        where is not None
        and (
            draft.status in {"ended", "suspended"}
            or (draft.status in {"ratified", "agreed", "signed"} and not split.article)
        )
    )
