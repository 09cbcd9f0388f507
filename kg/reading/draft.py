"""An event while its rule is still finding out about it, and the record it becomes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.model import KINDS, Event, Filler, Span
from kg.reading.known import Known
from kg.reading.scan import Phrase


@dataclass(slots=True)
class Draft:
    """One event of one article under construction; local to the reading."""

    type: str
    kind: str
    rule: str
    sentence: int
    at: int  # word index of its trigger
    evidence: list[Span]
    factuality: str = "actual"
    roles: dict[str, dict[str, None]] = field(default_factory=dict)
    fillers: dict[Filler, None] = field(default_factory=dict)
    status: str | None = None
    date: str | None = None
    date_end: str | None = None
    date_text: str | None = None
    quote: str | None = None
    more_quotes: list[str] = field(default_factory=list)
    subjects: tuple[str, ...] = ()
    count: int | None = None
    attributed: tuple[str, ...] = ()
    content: tuple[int, int] = (0, 0)  # words of what a statement says
    lemma: str = ""  # of the predicate that found it
    direct: bool = False  # whether what is said is quoted outright
    definite: bool = False  # whether its action noun has the article: «الهجوم»
    confidence: float = 0.7

    def fill(self, role: str, known: Known, phrase: Phrase | None, pronoun: tuple[int, int] | None = None) -> None:
        """Give a role a filler, with the characters that name it or stand for it."""
        members = self.roles.setdefault(role, {})
        if known.id in members:
            return
        members[known.id] = None
        if phrase is not None:
            self.fillers[Filler(role, known.id, phrase.char_start, phrase.char_end)] = None
        elif pronoun is not None:
            self.fillers[Filler(role, known.id, *pronoun)] = None

    def fill_all(self, role: str, known: Iterable[Known], phrases: Sequence[Phrase], word: tuple[int, int]) -> None:
        """Give a role several fillers; `word` stands for one that no phrase names (a dropped subject's verb)."""
        known = tuple(known)
        for i, one in enumerate(known):
            phrase = phrases[min(i, len(phrases) - 1)] if phrases else None
            self.fill(role, one, phrase, word)

    def ids(self, role: str) -> tuple[str, ...]:
        """The fillers of a role."""
        return tuple(self.roles.get(role, ()))


def merged(evidence: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in text order, those that touch or overlap joined."""
    out: list[Span] = []
    for span in sorted(evidence, key=lambda s: (s.start, s.end)):
        if out and span.start <= out[-1].end + 2:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def record(draft: Draft, ident: str) -> Event:
    """The finished event."""
    kind = draft.kind if draft.kind in KINDS[draft.type] else "other"
    return Event(
        id=ident,
        type=draft.type,
        kind=kind,
        factuality=draft.factuality,
        roles={role: tuple(ids) for role, ids in draft.roles.items() if ids},
        evidence=merged(draft.evidence),
        status=draft.status,
        date=draft.date,
        date_end=draft.date_end,
        date_text=draft.date_text,
        quote=draft.quote,
        more_quotes=tuple(draft.more_quotes),
        subjects=draft.subjects,
        count=draft.count,
        fillers=tuple(draft.fillers),
        attributed_to=draft.attributed,
        rule=draft.rule,
        confidence=draft.confidence,
    )
