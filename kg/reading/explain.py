"""Why an article was read as it was: the verdicts of the production rules, sentence by sentence, the refusals too."""

from collections.abc import Iterator

from kg.model import Article
from kg.reading.clauses import Analysis, Refusal
from kg.reading.confidence import confidence
from kg.reading.draft import Draft
from kg.reading.known import Known
from kg.reading.lexicon import lexicon
from kg.reading.memory import Memory
from kg.reading.reader import Trace, traced
from kg.sentences import split, verdicts


def explain(article: Article) -> Iterator[str]:
    """Lines: each sentence, why it ends there, its names, dates, events with their rule, and what was nearly found."""
    memory = Memory(lexicon(), article.published)
    ends = {verdict.offset: verdict.rule for verdict in verdicts(article.text) if verdict.ends}
    yield f"# {article.id}, published {article.published or 'nobody knows when'}"
    for trace in traced(article, split(article.text), memory):
        yield from sentence_lines(article.text, trace, memory, ends)
    yield "## entities"
    for known in memory.known:
        if known.forms:
            yield f"  {known.id} {known.type} {link(known)}: {' | '.join(known.forms)}"


def sentence_lines(text: str, trace: Trace, memory: Memory, ends: dict[int, str]) -> Iterator[str]:
    """One sentence and all that was decided on it."""
    sentence = trace.sentence
    rule = next((ends[k] for k in range(sentence.end, sentence.end - 4, -1) if k in ends), "paragraph_end")
    place = f"{sentence.start}-{sentence.end} {sentence.part} {sentence.language}, ended by {rule}"
    yield f"\n[{place}] {' '.join(sentence.text.split())}"
    if trace.analysis is not None:
        yield from (f"  name  {line}" for line in name_lines(trace.analysis))
    for date in trace.dates:
        yield f"  date  {date.text} = {date.value or 'unresolved'} ({date.rule}: {date.reason})"
    for draft in trace.drafts:
        yield from event_lines(text, draft, memory)
    if trace.analysis is not None:
        for refusal in unique(trace.refusals, trace.drafts):
            yield f"  not   {trace.analysis.words[refusal.at].text}: {refusal.rule}: {refusal.reason}"


def name_lines(analysis: Analysis) -> Iterator[str]:
    """Each phrase: its words, its kind, what it refers to."""
    for phrase in analysis.phrases:
        referents = ", ".join(f"{k.id} {k.name}" for k in analysis.refer(phrase)) or "nobody known"
        yield f"{phrase.surface} ({phrase.kind}{', ' + phrase.preposition if phrase.preposition else ''}) = {referents}"


def event_lines(text: str, draft: Draft, memory: Memory) -> Iterator[str]:
    """One event: rule, verdict, and the words behind each part."""
    date = draft.date or (f"«{draft.date_text}» unresolved" if draft.date_text else "no date")
    yield f"  found {draft.type}/{draft.kind} by {draft.rule} ({confidence(draft):.2f}): {draft.factuality}, {date}"
    for span in draft.evidence:
        yield f"          evidence: {' '.join(text[span.start : span.end].split())}"
    for filler in draft.fillers:
        yield f"          {filler.role}: {memory.get(filler.entity).name} <- {text[filler.start : filler.end]}"


def unique(refusals: tuple[Refusal, ...], drafts: tuple[Draft, ...]) -> Iterator[Refusal]:
    """Refusals of words that made no event of any kind, each once."""
    made = {draft.at for draft in drafts}
    seen: set[tuple[int, str]] = set()
    for refusal in sorted(refusals, key=lambda r: r.at):
        if refusal.at not in made and (refusal.at, refusal.reason) not in seen:
            seen.add((refusal.at, refusal.reason))
            yield refusal


def link(known: Known) -> str:
    """How an entity is linked, or why it is not."""
    if known.row is not None and known.row.qid:
        return f"{known.row.qid} ({known.method}; verified in {known.row.source})"
    if known.row is not None:
        return f"no QID (row {known.row.key} of the tables has none verified)"
    return f"no QID ({known.method or 'no row of the tables bears this name'})"
