"""The reader: an article into its Reading, one sentence after the other, with what each rule found."""

from kg.model import Article, Reading
from kg.reading.clauses import Analysis
from kg.reading.draft import Draft, record
from kg.reading.lexicon import lexicon
from kg.reading.memory import Memory
from kg.reading.phrases import Scan
from kg.reading.statements import statements
from kg.reading.words import words
from kg.sentences import split


def read(article: Article) -> Reading:
    """What an article says."""
    sentences = split(article.text)
    memory = Memory(lexicon(), article.published)
    drafts: list[Draft] = []
    last: Draft | None = None
    for number, sentence in enumerate(sentences):
        if sentence.part not in {"body", "dateline"} or sentence.language != "ar":
            continue
        scan = Scan(article.text, words(sentence.text, sentence.start), memory.lexicon, {})
        analysis = Analysis(scan, memory)
        for draft in statements(analysis, number, last):
            drafts.append(draft)
            last = draft
    events = tuple(record(draft, f"v{k}") for k, draft in enumerate(drafts, 1))
    return Reading(article, sentences, memory.entities(), events, memory.mentions())
