"""Which date belongs to which event: the date in its own clause, never the day of publication by default."""

from collections.abc import Sequence
from dataclasses import replace

from kg.reading.clauses import COMPLEMENTS, Analysis
from kg.reading.dates import DateMention, as_future, find_dates, resolve_anchor
from kg.reading.draft import Draft

USABLE = frozenset({"date", "weekday", "relative", "year", "anchor"})
COMING = frozenset({"planned", "threatened", "hypothetical"})


def mentions_of(text: str, offset: int, published: str | None) -> tuple[DateMention, ...]:
    """The dates of a sentence, offsets counted in the article."""
    return tuple(
        replace(m, start=m.start + offset, end=m.end + offset) for m in find_dates(text, published) if m.kind in USABLE
    )


def dated(
    a: Analysis, drafts: Sequence[Draft], found: Sequence[DateMention], published: str | None, last: str | None
) -> str | None:
    """Date the events of one sentence; returns the date that a later anchor («عشية ذلك») hangs on."""
    starts = sorted({opening(a, d) for d in drafts})
    for draft in drafts:
        mine = [m for m in found if not (of_another(a, draft, m, drafts) or of_saying(a, draft, m, drafts))]
        mention = choose(a, draft, mine, starts)
        if mention is not None:
            settle(draft, mention, published, last)
    for draft in drafts:
        if draft.date is None and draft.date_text is None:
            inherit(a, draft, drafts)
    resolved = [d.date for d in drafts if d.date]
    return resolved[-1] if resolved else last


def opening(a: Analysis, draft: Draft) -> int:
    """Character at which an event's trigger begins."""
    return a.words[draft.at].start


def choose(a: Analysis, draft: Draft, found: Sequence[DateMention], starts: Sequence[int]) -> DateMention | None:
    """The date nearest to the trigger within its own field."""
    low, high = field(a, draft, starts)
    at = opening(a, draft)
    inside = [m for m in found if low <= m.start and m.end <= high]
    return min(inside, key=lambda m: (m.start < at, abs(m.start - at)), default=None)


def of_another(a: Analysis, draft: Draft, mention: DateMention, drafts: Sequence[Draft]) -> bool:
    """«وبعدما ذكر بالزيارة التي تمت في أغسطس 2019، رحب»: a date before a trigger tells when another deed was."""
    at = opening(a, draft)
    if mention.end > at or draft.type != "Statement":
        return False
    deeds = (d for d in drafts if d is not draft and d.type != "Statement" and opening(a, d) < mention.start)
    return any(span.start <= mention.start and mention.end <= span.end < at for d in deeds for span in d.evidence)


def of_saying(a: Analysis, draft: Draft, mention: DateMention, drafts: Sequence[Draft]) -> bool:
    """«أعلن الرئيس، الجمعة، أن بلاده سترد على الرسوم»: a date before what is said tells when it was said."""
    for said in drafts:
        first = said.content[0]
        told = any(span.start <= opening(a, draft) < span.end for span in said.evidence)
        inside = said.type == "Statement" and draft.type != "Statement" and first <= draft.at and told
        if inside and first and (a.words[first - 1].key in COMPLEMENTS or said.kind in STANCES):
            return a.words[said.at].start < mention.start < a.words[first].start
    return False


STANCES = frozenset({"condemn", "welcome", "reject", "support", "praise", "deny"})


def field(a: Analysis, draft: Draft, starts: Sequence[int]) -> tuple[int, int]:
    """Characters in which an event's date may stand: from the stop or event before it to what is said or its end."""
    at = opening(a, draft)
    earlier = [s for s in starts if s < at]
    low = max(earlier, default=a.words[0].start)
    evidence_low = min(s.start for s in draft.evidence)
    before_words = [w for w in a.words if low < w.start < at]
    stops = [w.end for w in before_words if w.text in {"؛", "."}]
    low = max([min(low, evidence_low) if not earlier else low, *stops])
    high = max(s.end for s in draft.evidence)
    if draft.type == "Statement":
        content = a.words[draft.content[0]].start if 0 < draft.content[0] < len(a.words) else high
        later = [s for s in starts if s > at]
        return low, max(min(high, content), min([*later, high])) if content <= at else content
    later = [s for s in starts if s > at]
    limit = min(later, default=a.words[-1].end)
    return low, max(high, min(limit, high + 40))


def settle(draft: Draft, mention: DateMention, published: str | None, last: str | None) -> None:
    """Give an event the date of a mention; what stays unresolved keeps its words."""
    if draft.factuality in COMING:
        start, end = mention.start, mention.end
        mention = replace(as_future(mention, published), start=start, end=end)
    value = mention.value
    if value is None and mention.kind == "anchor" and last is not None:
        value = resolve_anchor(mention, last)
    draft.date, draft.date_end, draft.date_text = value, mention.value_end, mention.text


def inherit(a: Analysis, draft: Draft, drafts: Sequence[Draft]) -> None:
    """A participle speaks when its verb does; what is announced as a noun happens when it is announced."""
    if draft.rule.startswith("statement_participle"):
        governor = next(
            (d for d in reversed(drafts) if d.type == "Statement" and d.at < draft.at and "participle" not in d.rule),
            None,
        )
    else:
        governor = next(
            (d for d in drafts if d.type == "Statement" and d.kind == "announce" and nominal_content(a, d, draft)), None
        )
    if governor is not None and governor.date:
        draft.date, draft.date_text = governor.date, governor.date_text


def nominal_content(a: Analysis, said: Draft, draft: Draft) -> bool:
    """Whether an event is the noun that a statement announces: «أعلنت قطع علاقاتها»."""
    between = a.words[said.at : draft.at]
    complement = any(w.key in {"ان", "انه", "انها", "بان", "بانه", "بانها", ":"} for w in between)
    return said.at < draft.at < said.content[1] and not complement and "_perfect_" not in draft.rule
