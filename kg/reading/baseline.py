"""The naive baseline: a trigger word of the lists with the names of the tables nearest to it, and nothing more."""

from collections.abc import Iterator, Sequence
from itertools import count
from types import MappingProxyType

from kg.judged import CORE
from kg.model import Article, Event, Reading, Sentence, Span
from kg.reading.dates import find_dates
from kg.reading.draft import Draft, record
from kg.reading.known import Known
from kg.reading.lexicon import Predicate, lexicon
from kg.reading.memory import Memory
from kg.reading.naming import table_name
from kg.reading.reference import resolve
from kg.reading.scan import Phrase, Scan
from kg.reading.words import words
from kg.sentences import split

RULE = "baseline_nearest"
CONFIDENCE = 0.3  # about its precision on the dev corpus
CONTINUED = "continue"  # the lists' word for a speech act that goes on with the one before
NOUNS = MappingProxyType(
    {
        "agreement": Predicate("", "Agreement", "other", "", (), {}),
        "sanction": Predicate("", "Sanction", "sanction", "", (), {}),
    }
)
"""Word class to what a word of it is taken for."""
STATUS = MappingProxyType({"Agreement": "signed"})


def read_baseline(article: Article) -> Reading:
    """What the baseline finds in an article; it shares tables and word lists with the reader, and no rule."""
    sentences = split(article.text)
    memory = Memory(lexicon(), article.published)
    numbers = count(1)
    events = tuple(
        event
        for number, sentence in enumerate(sentences)
        if sentence.part == "body" and sentence.language == "ar"
        for event in sentence_events(article, sentence, number, memory, numbers)
    )
    return Reading(article, sentences, memory.entities(), events, memory.mentions())


def sentence_events(
    article: Article, sentence: Sentence, number: int, memory: Memory, numbers: Iterator[int]
) -> Iterator[Event]:
    """One event for each trigger of a sentence that has a name near it."""
    scan = Scan.of(article.text, words(sentence.text, sentence.start), memory.lexicon, {})
    named = [(phrase, known) for phrase in names(scan) for known in resolve(memory, phrase)]
    date = next((m.value for m in find_dates(sentence.text, article.published) if m.value), None)
    for i, predicate in triggers(scan, {k for phrase, _ in named for k in range(phrase.start, phrase.end)}):
        if named:
            yield record(nearest_draft(scan, i, predicate, number, named, date), f"v{next(numbers)}")


def names(scan: Scan) -> Iterator[Phrase]:
    """The table names of a sentence, left to right."""
    i = 0
    while i < len(scan.words):
        phrase = table_name(scan, i) if scan.words[i].is_word else None
        if phrase:
            yield phrase
        i = phrase.end if phrase else i + 1


def triggers(scan: Scan, taken: set[int]) -> Iterator[tuple[int, Predicate]]:
    """Each word of the predicate lists, or for a measure or an agreement, that is no part of a name."""
    for i, word in enumerate(scan.words):
        if word.is_word and i not in taken:
            senses = scan.lexicon.senses_of(word)
            noun = next((predicate for name, predicate in NOUNS.items() if scan.has(i, name)), None)
            predicate = noun or (senses[0][1].predicate if senses else None)
            if predicate:
                yield i, predicate


def nearest_draft(
    scan: Scan, i: int, predicate: Predicate, number: int, named: Sequence[tuple[Phrase, Known]], date: str | None
) -> Draft:
    """An event whose core roles are filled by the nearest names, the nearest first."""
    kind = "assert" if predicate.kind == CONTINUED else predicate.kind
    near = sorted(named, key=lambda pair: (abs(pair[0].start - i), pair[0].start))
    roles = CORE[predicate.type] if len(CORE[predicate.type]) > 1 else CORE[predicate.type] * fillers(predicate.type)
    chosen = list(zip(roles, near, strict=False))
    first = min([scan.words[i].start, *(phrase.char_start for _, (phrase, _) in chosen)])
    last = max([scan.words[i].end, *(phrase.char_end for _, (phrase, _) in chosen)])
    draft = Draft(predicate.type, kind, RULE, number, i, [Span(first, last)])
    draft.status, draft.date, draft.confidence = STATUS.get(predicate.type), date, CONFIDENCE
    for role, (phrase, known) in chosen:
        draft.fill(role, known, phrase)
    return draft


def fillers(kind: str) -> int:
    """How many fillers the one core role of an event type takes: a speaker is one, parties and participants two."""
    return 1 if kind == "Statement" else 2
