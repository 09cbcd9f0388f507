"""The reader: an article into its Reading, sentence by sentence; `traced` keeps what each rule found and refused."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from kg.model import Article, Reading, Sentence
from kg.reading.actions import actions
from kg.reading.agreements import agreements
from kg.reading.clauses import Analysis, Refusal
from kg.reading.confidence import confidence
from kg.reading.continued import quote_to_come, quoted_next
from kg.reading.dates import DateMention
from kg.reading.draft import Draft, record
from kg.reading.echoes import echoed
from kg.reading.envoys import refuses_recognition
from kg.reading.foreign import LANGUAGES, name_known, posted, quoted
from kg.reading.known import Known
from kg.reading.lexicon import lexicon
from kg.reading.memory import Memory
from kg.reading.merging import merged
from kg.reading.sanctions import sanctions
from kg.reading.statements import statements
from kg.reading.tagging import scanned
from kg.reading.times import dated, mentions_of
from kg.reading.words import words
from kg.sentences import split

EVENT_RULES = (actions, agreements, sanctions)
READ = frozenset({"body", "dateline"})
LONGEST = 2000  # characters of a sentence that are read at once


@dataclass(frozen=True, slots=True)
class Trace:
    """What the rules made of one sentence."""

    sentence: Sentence
    analysis: Analysis | None  # None where no rule of ours reads it: boilerplate, another language
    dates: tuple[DateMention, ...]
    drafts: tuple[Draft, ...]

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """What was nearly found, and why not."""
        return tuple(self.analysis.refusals) if self.analysis is not None else ()


@dataclass(slots=True)
class Thread:
    """What one sentence hands on to the next; local to one reading."""

    memory: Memory
    last: Draft | None = None  # the statement that came last
    anchor: str | None = None  # the date that «عشية ذلك» hangs on
    pending: Draft | None = None  # a post whose foreign words stand next
    opened: Draft | None = None  # a statement whose quote stands next


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Python's cycle collector left off: a reading makes no cycles, and its many small records would wake it always."""
    awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if awake:
            gc.enable()


@collector_at_rest()
def read(article: Article) -> Reading:
    """What an article says."""
    memory = Memory(lexicon(), article.published)
    sentences = split(article.text)
    traces = list(traced(article, sentences, memory))
    drafts = merged(list(echoed(memory, [draft for trace in traces for draft in trace.drafts])), memory.lands())
    for draft in drafts:
        draft.confidence = confidence(draft)
        for filler in draft.fillers:
            memory.stand_in(filler.entity, filler.start, filler.end, article.text)
    events = tuple(record(draft, f"v{k}") for k, draft in enumerate(drafts, 1))
    return Reading(article, sentences, memory.entities(), events, memory.mentions())


def traced(article: Article, sentences: Iterable[Sentence], memory: Memory) -> Iterator[Trace]:
    """What the rules make of every sentence, in order; the memory fills as it goes."""
    thread = Thread(memory)
    for number, piece in enumerate(piece for sentence in sentences for piece in pieces(sentence)):
        if piece.language == "ar" and piece.part in READ | {"heading"}:
            yield arabic(article, thread, number, piece)
        elif piece.language in LANGUAGES and piece.part in READ:
            yield foreign(thread, piece)
        else:
            yield Trace(piece, None, (), ())


def pieces(sentence: Sentence) -> Iterator[Sentence]:
    """A sentence, or where it is longer than any of prose, the pieces that the rules read one after the other."""
    start = 0
    while len(sentence.text) - start > LONGEST:
        end = start + cut(sentence.text[start : start + LONGEST])
        yield part_of(sentence, start, end)
        start = end
    yield part_of(sentence, start, len(sentence.text)) if start else sentence


def cut(text: str) -> int:
    """Where to cut a text: behind the last comma of its second half, else the last space, else at its end."""
    half = len(text) // 2
    return max(text.rfind("،", half), text.rfind(",", half)) + 1 or text.rfind(" ", half) + 1 or len(text)


def part_of(sentence: Sentence, start: int, end: int) -> Sentence:
    """Characters start:end of a sentence, as a sentence."""
    return replace(sentence, start=sentence.start + start, end=sentence.start + end, text=sentence.text[start:end])


def arabic(article: Article, thread: Thread, number: int, sentence: Sentence) -> Trace:
    """An Arabic sentence; a heading only names who the article is about, what it tells stands in the text."""
    memory = thread.memory
    scan = scanned(article.text, words(sentence.text, sentence.start), memory.lexicon, memory.directory.surnames)
    dates = mentions_of(sentence.text, sentence.start, article.published)
    analysis = Analysis(scan, memory, dates)
    if sentence.part == "heading":
        return Trace(sentence, analysis, dates, ())
    thread.pending = posted(analysis, number)
    if thread.opened is not None:
        quoted_next(analysis, thread.opened)
    said = list(statements(analysis, number, thread.last))
    thread.opened = quote_to_come(analysis, said)
    thread.last = said[-1] if said else thread.last
    drafts = [*said, *(draft for rule in EVENT_RULES for draft in rule(analysis, number, said))]
    drafts = [draft for draft in drafts if not refuses_recognition(draft, drafts)]
    for draft in drafts:
        memory.join(opponents(draft, memory))
    thread.anchor = dated(
        analysis, [d for d in drafts if d.sentence == number], dates, article.published, thread.anchor
    )
    return Trace(sentence, analysis, dates, tuple(drafts))


def opponents(draft: Draft, memory: Memory) -> tuple[Known, ...]:
    """The two states of an act of force, of which «البلدان» may speak next; nobody where it has other sides."""
    sides = [*draft.ids("agent"), *draft.ids("target")] if draft.type == "MilitaryAction" else []
    states = dict.fromkeys(s for ident in sides if (s := memory.country_of(memory.get(ident))) is not None)
    return tuple(states) if len(states) == 2 else ()


def foreign(thread: Thread, sentence: Sentence) -> Trace:
    """A sentence of another language: its names, and the post it is, where the Arabic before it opens one."""
    named = name_known(thread.memory, sentence)
    found = tuple(quoted(thread.memory, thread.pending, sentence, named))
    if found:
        thread.pending = None
    return Trace(sentence, None, (), found)
