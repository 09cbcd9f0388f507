"""What a reading written by hand leaves out: where its entities are named, and which words fill each role."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from kg.model import Event, Filler, Mention, Sentence, Span

_CLITICS = "[وفبلكس]{0,2}?"  # may stand before a name in one word with it


def spans_of(text: str, forms: Iterable[str]) -> tuple[Span, ...]:
    """Where whole words of the text are one of the forms, the longest at each place; within words if nowhere else."""
    longest_first = "|".join(re.escape(form) for form in sorted(set(forms), key=lambda form: (-len(form), form)))
    if not longest_first:
        return ()
    whole = re.compile(rf"(?<!\w){_CLITICS}({longest_first})(?!\w)")
    found = [Span(*match.span(1)) for match in whole.finditer(text)]
    return tuple(found or (Span(*match.span()) for match in re.finditer(longest_first, text)))


def mentions_of(places: Mapping[str, Sequence[Span]], events: Sequence[Event]) -> tuple[Mention, ...]:
    """A mention for each place that names an entity; of several names alike those that fill a role, else the first."""
    first: dict[Span, str] = {}
    for entity, spans in places.items():
        for span in spans:
            first.setdefault(span, entity)
    filled: dict[Span, set[str]] = {}
    for filler in (filler for event in events for filler in event.fillers):
        filled.setdefault(Span(filler.start, filler.end), set()).add(filler.entity)
    found = [(span, entity) for span, owner in first.items() for entity in sorted(filled.get(span, {owner}))]
    ordered = sorted(found, key=lambda owned: (owned[0].start, owned[0].end, owned[1]))
    return tuple(Mention(span.start, span.end, entity) for span, entity in ordered)


def fillers_of(event: Event, places: Mapping[str, Sequence[Span]], sentences: Sequence[Sentence]) -> tuple[Filler, ...]:
    """The characters that fill each role: a name in the evidence, its sentence, before it or anywhere, else itself."""
    return tuple(
        Filler(role, entity, span.start, span.end)
        for role, entities in event.roles.items()
        for entity in entities
        for span in [_best(places.get(entity, ()), event.evidence, sentences)]
    )


def _best(places: Sequence[Span], evidence: Sequence[Span], sentences: Sequence[Sentence]) -> Span:
    around = [_sentence_of(span, sentences) for span in evidence]
    for within in (evidence, around):
        if inside := [place for span in within for place in places if _holds(span, place)]:
            return inside[0]
    before = [place for place in places if place.end <= evidence[0].start]
    return (before[-1:] or places[:1] or evidence[:1])[0]


def _sentence_of(span: Span, sentences: Sequence[Sentence]) -> Span:
    """From the sentence in which the span starts to its own end."""
    at = bisect_right([sentence.start for sentence in sentences], span.start) - 1
    if at < 0:
        return span
    return Span(sentences[at].start, max(sentences[at].end, span.end))


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
